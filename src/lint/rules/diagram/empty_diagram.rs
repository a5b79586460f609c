use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::Diagram;
use crate::mermaid::syntax::Problem;

declare_rule! {
    /// ## What it checks
    /// Mermaid blocks that hold nothing to draw: no text at all, or a first line and nothing behind it.
    ///
    /// ## Why it matters
    /// Of an empty block readers see an error, of a lone first line an empty space.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     %% to be drawn
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Web --> App
    /// ```
    pub(crate) static EMPTY_DIAGRAM = {
        name: "empty-diagram", code: "DG013", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let reading = cx.reading;
    let message = match reading.errors.as_slice() {
        [] if draws_nothing(reading.diagram.as_ref()) => "this diagram ends behind its first line",
        [error] if error.problem == Problem::NoDiagram && cx.text_at(error.span).is_empty() => {
            "this diagram is empty"
        }
        _ => return Vec::new(),
    };
    let finding = Diagnostic::new(&EMPTY_DIAGRAM.meta, cx.place(cx.block.opening), message);
    vec![finding.help("draw something, or remove the block")]
}

fn draws_nothing(diagram: Option<&Diagram>) -> bool {
    match diagram {
        Some(Diagram::Flowchart(flowchart)) => flowchart.nodes.is_empty() && flowchart.subgraphs.is_empty(),
        Some(Diagram::State(diagram)) => diagram.states.is_empty(),
        Some(Diagram::Sequence(diagram)) => {
            diagram.participants.is_empty() && diagram.events.is_empty() && diagram.titles.title.is_none()
        }
        None => false,
    }
}
