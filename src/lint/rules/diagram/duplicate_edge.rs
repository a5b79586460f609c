use std::collections::BTreeMap;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::flowchart::{Edge, Head, Heads, Stroke};
use crate::mermaid::diagram::text::Text;

declare_rule! {
    /// ## What it checks
    /// Arrows of a flowchart that are drawn twice: same nodes, same direction, same line, same label.
    ///
    /// Lines without a head (`---`) may well be two cables and are no finding.
    ///
    /// ## Why it matters
    /// Two arrows that say the same are one statement, drawn as two; mostly one of them was meant to lead elsewhere.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Web --> App
    ///     Web --> App
    ///     App --> Database
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Web --> App
    ///     App --> Database
    /// ```
    pub(crate) static DUPLICATE_EDGE = {
        name: "duplicate-edge", code: "DG011", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(flowchart) = cx.flowchart() else {
        return Vec::new();
    };
    let mut first: BTreeMap<Saying, &Edge> = BTreeMap::new();
    let mut findings = Vec::new();
    for edge in flowchart.edges.iter().filter(|edge| is_arrow(edge)) {
        let label = edge.label.as_ref().map(Text::as_str).unwrap_or_default();
        let saying = (edge.from.0, edge.to.0, edge.stroke == Some(Stroke::Dotted), label);
        if let Some(before) = first.get(&saying) {
            let (from, to) = (&flowchart.node(edge.from).id, &flowchart.node(edge.to).id);
            findings.push(
                Diagnostic::new(
                    &DUPLICATE_EDGE.meta,
                    cx.place(edge.span),
                    format!("the arrow from `{from}` to `{to}` is drawn twice"),
                )
                .related(cx.place(before.span), "the same arrow")
                .help("remove one, or name on a label what makes them two"),
            );
        } else {
            first.insert(saying, edge);
        }
    }
    findings
}

/// Source, target, whether dotted, label.
type Saying<'a> = (usize, usize, bool, &'a str);

fn is_arrow(edge: &Edge) -> bool {
    edge.stroke != Some(Stroke::Invisible)
        && !matches!(edge.heads, None | Some(Heads { end: Head::Open, .. }))
}
