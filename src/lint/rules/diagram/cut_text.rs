use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::trap::Trap;
use crate::mermaid::trap::comment::Holder;
use crate::mermaid::trap::cut_text::{CutText, Spelling};

declare_rule! {
    /// ## What it checks
    /// Texts of a sequence diagram that a `#` cuts: of messages, notes, fragments, boxes, labels and titles.
    ///
    /// A `#` with blanks on both sides is taken for a remark and is no finding.
    ///
    /// ## Why it matters
    /// In a sequence diagram `#` starts a comment wherever it stands. Readers see the text before it and nothing of the rest.
    ///
    /// ## Example
    /// ```mermaid
    /// sequenceDiagram
    ///     Alice->>Bob: please look at issue #42
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// sequenceDiagram
    ///     Alice->>Bob: please look at issue #35;42
    /// ```
    pub(crate) static CUT_TEXT = {
        name: "cut-text", code: "DG028", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let texts = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::CutText(text) => Some(text),
        _ => None,
    });
    texts.map(|text| word(cx, text)).collect()
}

fn word(cx: &DiagramCx, cut: &CutText) -> Diagnostic {
    let holder = match cut.holder {
        Holder::Message => "this message",
        Holder::Note => "this note",
        Holder::Block => "the label of this block",
        Holder::Alias => "this label",
        Holder::Title => "this title",
        _ => "this text",
    };
    let lost = cx.text_at(cut.lost);
    let message = match &cut.spelled {
        Spelling::Text(_) => format!("{holder} ends before `{lost}`"),
        Spelling::Colour(_) => format!("the colour `{lost}` is a comment"),
    };
    let finding = Diagnostic::new(&CUT_TEXT.meta, cx.place(cut.lost), message)
        .label("`#` starts a comment here, which nobody sees");
    let (help, text) = match &cut.spelled {
        Spelling::Text(text) => (format!("write `#35;` for `#`: `{text}`"), text),
        Spelling::Colour(text) => (format!("write `{text}`"), text),
    };
    let finding = finding.help(help);
    if !cut.is_editable {
        return finding;
    }
    finding.fix(Applicability::Safe, vec![Edit::replace(cut.lost, text.as_str())])
}
