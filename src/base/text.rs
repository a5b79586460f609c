//! Positions: bytes in a file, and the lines and columns people count in.

use std::ops::Range;

use serde::Serialize;

/// A file of the set that is being looked at, by its place in that set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FileId(pub u32);

/// A range of bytes of one file: `start` inclusive, `end` exclusive.
///
/// Spans are born in file coordinates (see [`super::offset_map::Excerpt`]); nobody above this room adds offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty span at `at`.
    pub const fn at(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// True when the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// True when `other` lies inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when both share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes of `file` that the span covers; empty when the span does not fit `file`.
    pub fn slice(self, file: &str) -> &str {
        file.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    /// The span of these bytes of a text; texts are below 4 GiB, because `host` reads no larger files.
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start as u32, range.end as u32)
    }
}

/// A span in a file of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes of it.
    pub span: Span,
}

impl Place {
    /// The place of `span` in `file`.
    pub const fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}

/// A line and a column as people count them: from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct LineColumn {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in Unicode scalar values.
    pub column: u32,
}

/// The line starts of one text; turns byte offsets into lines and columns.
///
/// A line ends at `\n`, at `\r\n`, or at a `\r` that no `\n` follows (CommonMark, "Lines").
#[derive(Debug, Clone)]
pub struct LineIndex {
    line_starts: Vec<u32>,
}

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut line_starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let next = at + 1;
            if bytes[at] == b'\n' || bytes.get(next) != Some(&b'\n') {
                line_starts.push(next as u32);
            }
        }
        Self { line_starts }
    }

    /// The 1-based line that holds the byte `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset) as u32
    }

    /// The byte where the 1-based `line` starts, `None` past the end.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.line_starts.get((line as usize).checked_sub(1)?).copied()
    }

    /// The bytes of the 1-based `line` of `text` without its line end, `None` past the end.
    pub fn line_span(&self, text: &str, line: u32) -> Option<Span> {
        let start = self.line_start(line)?;
        let next = self.line_starts.get(line as usize).copied().unwrap_or(text.len() as u32);
        let written = Span::new(start, next).slice(text);
        Some(Span::new(start, start + written.trim_end_matches(['\r', '\n']).len() as u32))
    }

    /// Line and column of the byte `offset` of `text`, the text that this index was made from.
    ///
    /// An offset inside a character counts as that character; one past the end as the end.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let line = self.line(offset);
        let start = self.line_starts[line as usize - 1] as usize;
        let mut end = (offset as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let column = text[start.min(end)..end].chars().count() as u32 + 1;
        LineColumn { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_each_kind_of_newline() {
        let text = "a\r\nb\rc\nd";
        let index = LineIndex::new(text);
        let lines: Vec<u32> =
            ["a", "b", "c", "d"].iter().map(|x| index.line(text.find(x).unwrap() as u32)).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
        assert_eq!(index.line_start(3), Some(5));
        assert_eq!(index.line_start(5), None);
        let contents: Vec<&str> =
            (1..=4).map(|line| index.line_span(text, line).unwrap().slice(text)).collect();
        assert_eq!(contents, ["a", "b", "c", "d"]);
    }

    #[test]
    fn columns_count_characters_and_tolerate_any_offset() {
        let text = "äö✓x";
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(text, 4), LineColumn { line: 1, column: 3 });
        assert_eq!(index.line_column(text, 5), LineColumn { line: 1, column: 3 }, "inside the check mark");
        assert_eq!(index.line_column(text, 99), LineColumn { line: 1, column: 5 });
    }
}
