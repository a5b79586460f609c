use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::base::text::Span;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::trap::Trap;
use crate::mermaid::trap::c4_word::{C4Words, Usage};

declare_rule! {
    /// ## What it checks
    /// The words `C4Container`, `C4Component`, `C4Dynamic` and `C4Deployment` in diagrams of other kinds.
    ///
    /// ## Why it matters
    /// Mermaid looks for these words anywhere in a text before it looks at how the text begins. A flowchart with one of them in a
    /// label is a C4 diagram for Mermaid, and a broken one: readers see an error instead of the diagram, and the error does not
    /// name the word.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Docs["See the C4Container view"] --> Api
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Docs["See the C4 Container view"] --> Api
    /// ```
    pub(crate) static TAKEN_FOR_C4 = {
        name: "taken-for-c4", code: "DG020", severity: Severity::Error,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let diagrams = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::C4Words(words) => Some(words),
        _ => None,
    });
    diagrams.filter_map(|words| word(cx, words)).collect()
}

fn word(cx: &DiagramCx, found: &C4Words) -> Option<Diagnostic> {
    let [first, others @ ..] = found.words.as_slice() else {
        return None;
    };
    let word = cx.text_at(*first);
    let header = found.begun.headers().first().copied().unwrap_or_default();
    let message = format!("`{word}` makes a C4 diagram of this `{header}`, and Mermaid refuses it");
    let mut finding = Diagnostic::new(&TAKEN_FOR_C4.meta, cx.place(*first), message)
        .note("Mermaid looks for this word anywhere in a text, before it looks at the first line");
    for other in others {
        finding = finding.related(cx.place(*other), "so does this word");
    }
    let spelled = |usage: Usage, span: &Span| usage.respell(cx.text_at(*span));
    let Some(usage) = found.usage else {
        let (text, name) = (spelled(Usage::Text, first), spelled(Usage::Name, first));
        return Some(finding.help(format!("write `{text}` in a text, `{name}` in a name")));
    };
    // A name that is no label as well is seen only by those who read the source, but here that is not known.
    let applicability = if usage == Usage::Text { Applicability::Safe } else { Applicability::Unsafe };
    let edits = found.words.iter().map(|span| Edit::replace(*span, spelled(usage, span))).collect();
    Some(finding.help(format!("write `{}`", spelled(usage, first))).fix(applicability, edits))
}
