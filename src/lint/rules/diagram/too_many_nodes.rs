use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::Diagram;
use crate::mermaid::limit::Limit;

declare_rule! {
    /// ## What it checks
    /// Diagrams with more nodes, states or participants than Merrow builds.
    ///
    /// ## Why it matters
    /// Merrow stops behind the statement that exceeds 100 000 of them, so that a text that was made by a program cannot take
    /// all memory. What follows is neither checked nor drawn. `[limits] nodes` in merrow.toml sets another number.
    ///
    /// ## Example
    /// ````markdown
    /// <!-- merrow.toml: limits.nodes = 3 -->
    /// ```mermaid
    /// flowchart LR
    ///     Web --> App --> Cache --> Database
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````markdown
    /// <!-- merrow.toml: limits.nodes = 3 -->
    /// ```mermaid
    /// flowchart LR
    ///     Web --> App --> Database
    /// ```
    /// ````
    pub(crate) static TOO_MANY_NODES = {
        name: "too-many-nodes", code: "DG017", severity: Severity::Error,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let things = match cx.reading.diagram {
        Some(Diagram::State(_)) => "states",
        Some(Diagram::Sequence(_)) => "participants",
        _ => "nodes",
    };
    let limits = cx.reading.limits.iter();
    limits
        .filter_map(|limit| {
            let Limit::Nodes { max } = limit else { return None };
            let message = format!("this diagram has more than {max} {things}; what follows is not read");
            let finding = Diagnostic::new(&TOO_MANY_NODES.meta, cx.place(cx.block.opening), message);
            Some(finding.help("draw several diagrams, or raise `nodes` below `[limits]` in merrow.toml"))
        })
        .collect()
}
