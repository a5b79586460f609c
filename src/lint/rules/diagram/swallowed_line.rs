use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Lines of a flowchart that Mermaid drops because `direction` and a direction stand in them.
    ///
    /// ## Why it matters
    /// Mermaid takes the word `direction` before `TB`, `BT`, `LR`, `RL` or `TD` for a statement wherever it stands, in a label too, and with
    /// it the whole line. Nodes and edges of that line are missing from the picture, and nothing says so.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart TD
    ///     Wide --> Turn[Change direction LR]
    ///     Turn --> Done
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart TD
    ///     Wide --> Turn[Change direction to LR]
    ///     Turn --> Done
    /// ```
    pub(crate) static SWALLOWED_LINE = {
        name: "swallowed-line", code: "DG015", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(flowchart) = cx.flowchart() else {
        return Vec::new();
    };
    flowchart
        .swallowed
        .iter()
        .map(|line| {
            let message = "Mermaid drops this whole line: it reads `direction` in it as a statement";
            Diagnostic::new(&SWALLOWED_LINE.meta, cx.place(*line), message)
                .label("nothing on it is drawn")
                .help("part the two words, for example \"direction to LR\", or write another word for one of them")
        })
        .collect()
}
