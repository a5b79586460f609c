//! `%%` where it is no comment.

use std::ops::Range;

use crate::base::text::Span;
use crate::mermaid::syntax::character::{is_blank, is_space};
use crate::mermaid::syntax::source::{Source, Word};

use super::place::{editable, line_end};

/// A `%%` with nothing behind it, which a flowchart draws as a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BareComment {
    /// The two characters.
    pub mark: Span,
    /// They are a statement of their own.
    pub is_alone: bool,
}

/// A remark behind a statement that Mermaid takes for part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownComment {
    /// From `%%` to its end.
    pub remark: Span,
    /// What it becomes part of.
    pub holder: Holder,
    /// Where its statement starts.
    pub statement: Span,
    /// The remark and the blanks before it, when they are one piece of the file.
    pub removable: Option<Span>,
}

/// What a text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A message.
    Message,
    /// A note.
    Note,
    /// The label of a fragment, an operand or a box.
    Block,
    /// The label of a participant.
    Alias,
    /// A title, for readers or for screen readers.
    Title,
    /// The description of a state or the label of a transition.
    Description,
    /// The name of a participant or a state.
    Name,
    /// The name of a class.
    Class,
    /// Style declarations.
    Styles,
}

/// The remark in `text`, a part of `statement`.
///
/// White space stands before its `%%`, and something other than `{` behind it: `50%%` is part of a text, and a directive is
/// none of a statement.
pub(super) fn shown(source: Source<'_>, statement: Word, text: Word, holder: Holder) -> Option<ShownComment> {
    let at = remark_at(source, text)?;
    let end = remark_end(source, text, at);
    let blanks = source.text.get(statement.start()..at)?.trim_end_matches(is_space);
    let removable: Range<usize> = statement.start() + blanks.len()..end;
    Some(ShownComment {
        remark: source.span(at..end),
        holder,
        statement: source.span(statement),
        removable: editable(source, removable),
    })
}

/// Where a remark begins in `text`.
pub(super) fn remark_at(source: Source<'_>, text: Word) -> Option<usize> {
    let slice = source.slice(text);
    let mut marks =
        slice.match_indices("%%").filter_map(|(at, _)| Some((slice.get(..at)?, slice.get(at + 2..)?)));
    let (before, _) = marks.find(|(before, behind)| {
        let remark = behind.trim_start_matches(is_blank);
        before.ends_with(is_space) && !remark.is_empty() && !remark.starts_with(['{', '\n'])
    })?;
    Some(text.start() + before.len())
}

/// Where the remark at `at` ends: with its line or the text, but behind a `#` that cuts the text.
fn remark_end(source: Source<'_>, text: Word, at: usize) -> usize {
    let is_cut = source.text.get(text.end()..).is_some_and(|rest| rest.starts_with('#'));
    let in_text = source.text.get(at..text.end()).unwrap_or_default();
    let end = match in_text.find('\n') {
        Some(newline) => at + newline,
        None if is_cut => line_end(source, at),
        None => text.end(),
    };
    let remark = source.text.get(at..end).unwrap_or_default();
    at + remark.trim_end_matches(is_space).len()
}
