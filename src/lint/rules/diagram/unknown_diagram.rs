use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::base::similar;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::detect;
use crate::mermaid::syntax::Problem;

declare_rule! {
    /// ## What it checks
    /// Mermaid blocks whose first line names no kind of diagram that Mermaid 12 has.
    ///
    /// ## Why it matters
    /// Mermaid finds the kind by the first word, written exactly as it is. Without it readers see
    /// "No diagram type detected" instead of a picture.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchrt LR
    ///     Web --> App
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Web --> App
    /// ```
    pub(crate) static UNKNOWN_DIAGRAM = {
        name: "unknown-diagram", code: "DG002", severity: Severity::Error,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let errors = cx.reading.errors.iter().filter(|error| error.problem == Problem::NoDiagram);
    errors
        .map(|error| (error.span, cx.text_at(error.span)))
        .filter(|(_, word)| !word.is_empty())
        .map(|(span, word)| {
            let message = format!("Mermaid knows no kind of diagram called `{word}`");
            let finding = Diagnostic::new(&UNKNOWN_DIAGRAM.meta, cx.place(span), message);
            match similar::nearest(word, detect::headers()) {
                Some(meant) => finding
                    .help(format!("write `{meant}` if that is meant"))
                    .fix(Applicability::Unsafe, vec![Edit::replace(span, meant)]),
                None => finding.help(
                    "begin with the kind, such as `flowchart TD`, `sequenceDiagram` or `stateDiagram-v2`",
                ),
            }
        })
        .collect()
}
