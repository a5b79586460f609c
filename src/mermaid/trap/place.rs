//! Where a trap stands among what is around it.

use std::ops::Range;

use crate::base::text::Span;
use crate::mermaid::syntax::character::is_blank;
use crate::mermaid::syntax::source::{Source, Word};

/// The bytes of the file that `range` is a copy of; `None` when something was left out or rewritten between them, so that
/// no edit of the one is an edit of the other.
pub(super) fn editable(source: Source<'_>, range: Range<usize>) -> Option<Span> {
    source.map.is_contiguous(range.clone()).then(|| source.map.span(range))
}

/// Up to where the line of byte `at` goes, its line end excluded.
pub(super) fn line_end(source: Source<'_>, at: usize) -> usize {
    let rest = source.text.get(at..).unwrap_or_default();
    at + rest.find('\n').unwrap_or(rest.len())
}

/// From where the line of byte `at` goes.
pub(super) fn line_start(source: Source<'_>, at: usize) -> usize {
    let before = source.text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |newline| newline + 1)
}

/// True when nothing but blanks stands before the word on its line.
pub(super) fn begins_line(source: Source<'_>, word: Word) -> bool {
    let before = source.text.get(..word.start()).unwrap_or_default().trim_end_matches(is_blank);
    before.is_empty() || before.ends_with('\n')
}

/// True when nothing but blanks stands behind byte `at` on its line.
pub(super) fn ends_line(source: Source<'_>, at: usize) -> bool {
    let behind = source.text.get(at..).unwrap_or_default().trim_start_matches(is_blank);
    behind.is_empty() || behind.starts_with('\n')
}

/// True when nothing but blanks stands beside the word on its lines.
pub(super) fn is_alone(source: Source<'_>, word: Word) -> bool {
    begins_line(source, word) && ends_line(source, word.end())
}

/// What stands between the words, which are in this order.
pub(super) fn between(source: Source<'_>, first: Word, second: Word) -> &str {
    source.text.get(first.end()..second.start()).unwrap_or_default()
}
