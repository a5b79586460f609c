use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::{self, Edit};
use crate::base::text::Span;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::trap::Trap;
use crate::mermaid::trap::comment::{Holder, ShownComment};

declare_rule! {
    /// ## What it checks
    /// Remarks that begin with `%%` behind a statement, where Mermaid takes them for a part of it.
    ///
    /// ## Why it matters
    /// A comment has a line of its own. Behind a message, a description or a title it is shown to readers; behind styles it spoils the
    /// last one; behind a name it makes another name. Where Mermaid refuses a remark instead, that is a finding of `syntax`.
    ///
    /// ## Example
    /// ```mermaid
    /// sequenceDiagram
    ///     Client->>Server: login %% over TLS
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// sequenceDiagram
    ///     %% over TLS
    ///     Client->>Server: login
    /// ```
    pub(crate) static SHOWN_COMMENT = {
        name: "shown-comment", code: "DG023", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let comments = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::ShownComment(comment) => Some(comment),
        _ => None,
    });
    comments.map(|comment| word(cx, comment)).collect()
}

fn word(cx: &DiagramCx, comment: &ShownComment) -> Diagnostic {
    let effect = match comment.holder {
        Holder::Message => "readers see it in the message",
        Holder::Note => "readers see it in the note",
        Holder::Block => "readers see it in the label of this block",
        Holder::Alias => "readers see it in the participant's label",
        Holder::Title => "readers see it in the title",
        Holder::Description => "readers see it in the label",
        Holder::Name => "it becomes part of the name",
        Holder::Class => "it becomes part of the class",
        Holder::Styles => "it becomes part of the last style, which then has no effect",
    };
    let finding = Diagnostic::new(
        &SHOWN_COMMENT.meta,
        cx.place(comment.remark),
        format!("this remark is no comment: {effect}"),
    )
    .note("a comment of Mermaid begins its line")
    .help("put the remark on a line of its own, above");
    let (Some(removable), Some(line_break)) =
        (comment.removable, edit::line_break(cx.text, comment.statement.start))
    else {
        return finding;
    };
    let above = format!("{}{line_break}", cx.text_at(comment.remark));
    let edits = vec![Edit::replace(Span::at(comment.statement.start), above), Edit::replace(removable, "")];
    finding.fix(Applicability::Safe, edits)
}
