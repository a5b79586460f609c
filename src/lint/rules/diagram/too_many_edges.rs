use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::limit::Limit;

declare_rule! {
    /// ## What it checks
    /// Flowcharts with more edges than Mermaid draws.
    ///
    /// ## Why it matters
    /// Above 500 edges (280 before Mermaid 10.7) Mermaid shows an error instead of the diagram, unless whoever publishes the
    /// page has raised `maxEdges`; a diagram cannot raise it itself. `[limits] edges` in merrow.toml says what your site
    /// allows. Merrow draws the diagram all the same.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     A & B & C & D & E & F & G & H --> I & J & K & L & M & N & O & P
    ///     A & B & C & D & E & F & G & H -->|1| I & J & K & L & M & N & O & P
    ///     A & B & C & D & E & F & G & H -->|2| I & J & K & L & M & N & O & P
    ///     A & B & C & D & E & F & G & H -->|3| I & J & K & L & M & N & O & P
    ///     A & B & C & D & E & F & G & H -->|4| I & J & K & L & M & N & O & P
    ///     A & B & C & D & E & F & G & H -->|5| I & J & K & L & M & N & O & P
    ///     A & B & C & D & E & F & G & H -->|6| I & J & K & L & M & N & O & P
    ///     A & B & C & D & E & F & G & H -->|7| I & J & K & L & M & N & O & P
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Left --> Right
    /// ```
    pub(crate) static TOO_MANY_EDGES = {
        name: "too-many-edges", code: "DG014", severity: Severity::Error,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let limits = cx.reading.limits.iter();
    limits
        .filter_map(|limit| match limit {
            Limit::Edges { n_edges, n_built, max } => Some((n_edges, n_built, max)),
            _ => None,
        })
        .map(|(n_edges, n_built, max)| {
            let message = format!("this flowchart has {n_edges} edges; Mermaid draws up to {max}");
            let finding = Diagnostic::new(&TOO_MANY_EDGES.meta, cx.place(cx.block.opening), message)
                .help("draw several diagrams, or connect subgraphs instead of each node with each other");
            if n_built == n_edges {
                return finding;
            }
            finding.note(format!("only the first {n_built} edges were checked; the others are left out"))
        })
        .collect()
}
