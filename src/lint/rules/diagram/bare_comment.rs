use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::trap::Trap;

declare_rule! {
    /// ## What it checks
    /// Lines of a flowchart that are `%%` and nothing else.
    ///
    /// ## Why it matters
    /// Mermaid removes a comment only when at least one character follows `%%`. Without one the line is a node, and readers see
    /// a box that says `%%`.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     %% storage
    ///     %%
    ///     Ceph --> Pool
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     %% storage
    ///     %% -------
    ///     Ceph --> Pool
    /// ```
    pub(crate) static BARE_COMMENT = {
        name: "bare-comment", code: "DG022", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let comments = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::BareComment(comment) => Some(comment),
        _ => None,
    });
    comments
        .map(|comment| {
            let finding = Diagnostic::new(
                &BARE_COMMENT.meta,
                cx.place(comment.mark),
                "Mermaid draws a box called `%%` here",
            )
            .note("a comment needs at least one character behind `%%`")
            .help("remove the mark, or write the comment behind it");
            if !comment.is_alone {
                return finding;
            }
            finding.fix(Applicability::Safe, vec![Edit::replace(comment.mark, "")])
        })
        .collect()
}
