//! Where a value stands: configuration is read by cutting slices out of one text, and each slice knows its place.

use nom::Offset as _;
use serde::Serialize;

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;

/// A value and the bytes of the file that state it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands, in file bytes.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// The value at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// The text of an excerpt, for readers that cut it up.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    excerpt: &'a Excerpt,
}

impl<'a> Source<'a> {
    pub(super) fn new(excerpt: &'a Excerpt) -> Self {
        Self { excerpt }
    }

    pub(super) fn text(self) -> &'a str {
        &self.excerpt.text
    }

    /// The place of `part`, which must be a slice of the text.
    pub(super) fn span(self, part: &str) -> Span {
        let start = self.text().offset(part);
        self.excerpt.span(start..start + part.len())
    }

    pub(super) fn own(self, part: &str) -> Spanned<String> {
        Spanned::new(part.to_owned(), self.span(part))
    }

    /// The lines without their line ends, `\n` or `\r\n`.
    pub(super) fn lines(self) -> impl Iterator<Item = &'a str> {
        self.text().lines()
    }
}
