//! Lines that Mermaid drops because `direction` and a direction stand in them.

use crate::base::text::Span;
use crate::mermaid::parse;
use crate::mermaid::syntax::Problem;
use crate::mermaid::syntax::character::{is_blank, is_space};
use crate::mermaid::syntax::source::{Source, Word};

use super::place::editable;

/// A line that Mermaid takes for a `direction` statement although it holds more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwallowedLine {
    /// What is dropped: from where Mermaid looks for a statement to the end of the line.
    pub line: Span,
    /// The two words, from `direction` to the direction.
    pub words: Span,
    /// What would make Mermaid draw the line; `None` when the line would still not be read.
    pub remedy: Option<Parting>,
}

/// How the two words are parted from what stands beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parting {
    /// They belong to a text: these are the blanks between them.
    Words(Span),
    /// They are a statement, and need a line of their own: the blanks, and a `;`, before and behind them that separate them
    /// from what else is there; `None` where nothing is.
    Statement(Option<Span>, Option<Span>),
}

/// The blank between the words, as an entity that readers see as a blank.
pub const BLANK: &str = "#32;";

/// The trap in a line that Mermaid takes for a `direction` statement with this value, if the line holds anything else.
///
/// `header` begins a diagram of the same kind.
pub(super) fn find(source: Source<'_>, line: Word, value: Word, header: &str) -> Option<SwallowedLine> {
    let before_value = source.text.get(line.start()..value.start())?;
    let lead = before_value.trim_end_matches(is_space);
    let keyword = line.start() + lead.len().checked_sub("direction".len())?;
    let before = source.text.get(line.start()..keyword)?.trim_end_matches(is_blank);
    let behind = source.text.get(value.end()..line.end())?;
    let separator = behind.len() - behind.trim_start_matches(|c| is_blank(c) || c == ';').len();
    let rest = behind.get(separator..)?;
    if before.is_empty() && (rest.is_empty() || rest.starts_with("%%")) {
        return None;
    }
    let words = source.span(keyword..value.end());
    let lead_end = line.start() + lead.len();
    let is_statement = before.is_empty() || before.ends_with([';', '{']);
    let remedy = if is_statement {
        let front = (!before.is_empty()).then_some(line.start() + before.len()..keyword);
        let back = (!rest.is_empty()).then_some(value.end()..value.end() + separator);
        let mended = [before, source.text.get(keyword..value.end())?, rest].join("\n");
        let edit = |range: Option<std::ops::Range<usize>>| match range {
            Some(range) => editable(source, range).map(Some),
            None => Some(None),
        };
        let edits = edit(front).zip(edit(back));
        edits.filter(|_| is_read(header, &mended)).map(|(front, back)| Parting::Statement(front, back))
    } else {
        let mended = format!("{lead}{BLANK}{}", source.text.get(value.start()..line.end())?);
        let in_text = header.starts_with("flowchart") || before.contains([':', '"']);
        editable(source, lead_end..value.start())
            .filter(|_| in_text && is_read(header, &mended))
            .map(Parting::Words)
    };
    Some(SwallowedLine { line: source.span(line), words, remedy })
}

/// True when Mermaid reads the line in a diagram of its own, blocks around it and in it left open.
fn is_read(header: &str, line: &str) -> bool {
    let text = format!("{header}\n{line}");
    let is_open = |problem: &Problem| matches!(problem, Problem::Unclosed { .. } | Problem::StrayEnd);
    parse::parse(&text).errors.iter().all(|error| is_open(&error.problem))
}
