//! Builds an [`Excerpt`] from pieces of the file.

use std::ops::Range;

use crate::base::offset_map::{Excerpt, OffsetMap, OffsetMapBuilder};
use crate::base::text::Span;

/// Text gathered piece by piece in file order, with its map.
#[derive(Debug, Default)]
pub(super) struct Collector {
    text: String,
    map: OffsetMapBuilder,
    /// Where the text would stand if it stays empty.
    start: u32,
}

impl Collector {
    /// A collector whose text starts at byte `start` of the file.
    pub(super) fn at(start: u32) -> Self {
        Self { start, ..Self::default() }
    }

    /// Adds bytes of the file unchanged.
    pub(super) fn copy(&mut self, file: &str, span: Span) {
        self.text.push_str(span.slice(file));
        self.map.copy(span);
    }

    /// Adds `text`, which stands for the file bytes `span` as a whole.
    pub(super) fn replace(&mut self, text: &str, span: Span) {
        self.text.push_str(text);
        self.map.replace(text.len() as u32, span);
    }

    /// Adds a stretch of the file with each line end as `\n`.
    ///
    /// A `\r\n` becomes the `\n` of it; a lone `\r` stays, because it ends no line for `pulldown-cmark` either.
    pub(super) fn copy_lines(&mut self, file: &str, span: Span) {
        let text = span.slice(file);
        let map = OffsetMap::copy_of(span);
        let mut start = 0;
        for (at, _) in text.match_indices("\r\n") {
            self.copy(file, map.span(start..at));
            start = at + '\r'.len_utf8();
        }
        self.copy(file, map.span(start..text.len()));
    }

    /// The excerpt of everything added.
    pub(super) fn finish(self) -> Excerpt {
        if self.text.is_empty() {
            return Excerpt { text: self.text, map: OffsetMap::copy_of(Span::at(self.start)) };
        }
        Excerpt { text: self.text, map: self.map.finish() }
    }
}

/// The excerpt of a stretch of the file, each line end a `\n`.
pub(super) fn lines_of(file: &str, span: Span) -> Excerpt {
    let mut collector = Collector::at(span.start);
    collector.copy_lines(file, span);
    collector.finish()
}

/// The part `range` of an excerpt, as an excerpt.
pub(super) fn part_of(excerpt: &Excerpt, range: Range<usize>) -> Excerpt {
    Excerpt {
        text: excerpt.text.get(range.clone()).unwrap_or_default().to_owned(),
        map: excerpt.map.slice(range),
    }
}
