//! Text taken out of a file, and for each of its bytes the place in the file.
//!
//! Markdown removes quote and list prefixes, Mermaid removes comments and turns `\r\n` into `\n`. Each such step makes
//! a new text and an [`OffsetMap`]; the steps compose, so a span found in the last text is a span of the file.
//! This is the only offset arithmetic of the program.

use std::ops::Range;

use super::text::Span;

/// A run of text bytes and the file bytes it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Piece {
    text_start: u32,
    text_len: u32,
    file: Span,
    /// Byte `i` of the run is byte `i` of `file`; otherwise the whole run stands for the whole of `file`.
    copied: bool,
}

impl Piece {
    fn text_end(self) -> u32 {
        self.text_start + self.text_len
    }
}

/// Where each byte of a derived text stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OffsetMap {
    // The common case is one piece, which costs no allocation.
    first: Piece,
    rest: Vec<Piece>,
}

impl OffsetMap {
    /// The map of a text that is the bytes of `file` unchanged.
    pub fn copy_of(file: Span) -> Self {
        Self { first: Piece { text_start: 0, text_len: file.len(), file, copied: true }, rest: Vec::new() }
    }

    fn piece(&self, index: usize) -> Piece {
        if index == 0 { self.first } else { self.rest[index - 1] }
    }

    /// Index of the piece that holds the byte `offset`: the last one that starts at or before it and is not empty,
    /// or the last of all.
    fn piece_at(&self, offset: u32) -> usize {
        self.rest.partition_point(|piece| piece.text_start <= offset)
    }

    /// The place in the file where the character at `offset` starts.
    fn start(&self, offset: u32) -> u32 {
        let piece = self.piece(self.piece_at(offset));
        if offset >= piece.text_end() {
            piece.file.end
        } else if piece.copied {
            piece.file.start + (offset - piece.text_start)
        } else {
            piece.file.start
        }
    }

    /// The place in the file where the character before `offset` ends.
    fn end(&self, offset: u32) -> u32 {
        let Some(last) = offset.checked_sub(1) else {
            return self.start(0);
        };
        let piece = self.piece(self.piece_at(last));
        if piece.copied {
            piece.file.start + (last - piece.text_start).min(piece.text_len.saturating_sub(1)) + 1
        } else {
            piece.file.end
        }
    }

    /// The span in the file of the text bytes `range`.
    ///
    /// It covers every file byte that the range stands for, and what was removed between them.
    pub fn span(&self, range: Range<usize>) -> Span {
        // Most texts are one copy, and spans are asked for with every token.
        if self.rest.is_empty() && self.first.copied && range.start <= range.end {
            let (start, end) = (range.start as u32, range.end as u32);
            if end <= self.first.text_len {
                return Span::new(self.first.file.start + start, self.first.file.start + end);
            }
        }
        let start = self.start(range.start as u32);
        if range.is_empty() {
            return Span::at(start);
        }
        Span { start, end: self.end(range.end as u32).max(start) }
    }

    /// True when the text bytes `range` are one unbroken copy of file bytes, so that an edit of the one edits the other.
    pub fn is_contiguous(&self, range: Range<usize>) -> bool {
        let piece = self.piece(self.piece_at(range.start as u32));
        piece.copied && range.end as u32 <= piece.text_end()
    }

    /// The bytes of the file between the first and the last byte of the text that are not copied into it, in file order:
    /// what was removed, and what the text spells in another way.
    pub fn gaps(&self) -> impl Iterator<Item = Span> {
        let pieces = std::iter::once(&self.first).chain(&self.rest);
        let mut done = self.first.file.start;
        pieces.filter_map(move |piece| {
            let copied_from = if piece.copied { piece.file.start } else { piece.file.end };
            let gap = Span::new(done, copied_from.max(done));
            done = done.max(piece.file.end);
            (!gap.is_empty()).then_some(gap)
        })
    }

    /// The map of the text bytes `range` taken as a text of their own.
    pub fn slice(&self, range: Range<usize>) -> OffsetMap {
        if self.is_contiguous(range.clone()) || range.is_empty() {
            return OffsetMap::copy_of(self.span(range));
        }
        OffsetMap::copy_of(Span::new(range.start as u32, range.end as u32)).over(self)
    }

    /// The map of a text derived from this one's text: `self` maps inner text to middle text, `outer` middle text to file.
    pub fn over(&self, outer: &OffsetMap) -> OffsetMap {
        let mut composed = OffsetMapBuilder::new();
        for index in 0..=self.rest.len() {
            let piece = self.piece(index);
            let middle = piece.file;
            if !piece.copied {
                composed.replace(piece.text_len, outer.span(middle.start as usize..middle.end as usize));
                continue;
            }
            let mut at = middle.start;
            while at < middle.end {
                let source = outer.piece(outer.piece_at(at));
                let end = middle.end.min(source.text_end()).max(at + 1);
                if source.copied {
                    composed.copy(Span::new(outer.start(at), outer.end(end)));
                } else {
                    composed.replace(end - at, source.file);
                }
                at = end;
            }
        }
        composed.finish()
    }
}

/// Builds an [`OffsetMap`] piece by piece, in text order.
#[derive(Debug, Default)]
pub struct OffsetMapBuilder {
    pieces: Vec<Piece>,
    text_len: u32,
}

impl OffsetMapBuilder {
    /// A builder for an empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next text bytes are the bytes of `file`.
    pub fn copy(&mut self, file: Span) {
        if file.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.copied && last.file.end == file.start => {
                last.text_len += file.len();
                last.file.end = file.end;
            }
            _ => self.pieces.push(Piece {
                text_start: self.text_len,
                text_len: file.len(),
                file,
                copied: true,
            }),
        }
        self.text_len += file.len();
    }

    /// The next `text_len` text bytes stand for `file` as a whole.
    pub fn replace(&mut self, text_len: u32, file: Span) {
        if text_len > 0 {
            self.pieces.push(Piece { text_start: self.text_len, text_len, file, copied: false });
            self.text_len += text_len;
        }
    }

    /// The map of everything added.
    pub fn finish(self) -> OffsetMap {
        let mut pieces = self.pieces.into_iter();
        OffsetMap { first: pieces.next().unwrap_or_default(), rest: pieces.collect() }
    }
}

/// A text taken out of a file that knows where each of its bytes stands there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// The text, prefixes and line endings removed as its maker says.
    pub text: String,
    /// Where its bytes stand in the file.
    pub map: OffsetMap,
}

impl Excerpt {
    /// The excerpt that is the whole of `text`, starting at byte `start` of the file.
    pub fn whole(text: &str, start: u32) -> Self {
        Self { text: text.to_owned(), map: OffsetMap::copy_of(Span::new(start, start + text.len() as u32)) }
    }

    /// A text of another spelling than the file's, which stands as a whole for the bytes `span` there.
    pub fn standing_for(span: Span, text: String) -> Self {
        let mut map = OffsetMapBuilder::new();
        map.replace(text.len() as u32, span);
        Self {
            map: if text.is_empty() { OffsetMap::copy_of(Span::at(span.start)) } else { map.finish() },
            text,
        }
    }

    /// The span in the file of the text bytes `range`.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.map.span(range)
    }

    /// The span in the file of the whole text.
    pub fn full_span(&self) -> Span {
        self.map.span(0..self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `> ab\n> cd` without its prefixes: "ab\ncd".
    fn quoted() -> OffsetMap {
        let mut builder = OffsetMapBuilder::new();
        builder.copy(Span::new(2, 5));
        builder.copy(Span::new(7, 9));
        builder.finish()
    }

    #[test]
    fn a_span_covers_what_was_removed_inside_it() {
        assert_eq!(quoted().span(0..2), Span::new(2, 4));
        assert_eq!(quoted().span(3..5), Span::new(7, 9));
        assert_eq!(quoted().span(1..4), Span::new(3, 8));
        assert_eq!(quoted().span(5..5), Span::at(9));
        assert!(quoted().is_contiguous(3..5));
        assert!(!quoted().is_contiguous(1..4));
    }

    #[test]
    fn a_replacement_is_indivisible() {
        let mut builder = OffsetMapBuilder::new();
        builder.copy(Span::new(0, 1));
        builder.replace(1, Span::new(1, 5));
        builder.copy(Span::new(5, 6));
        let map = builder.finish();
        assert_eq!(map.span(1..2), Span::new(1, 5), "`<` written as `&lt;`");
        assert_eq!(map.span(0..3), Span::new(0, 6));
        assert!(!map.is_contiguous(0..3));
        assert_eq!(map.gaps().collect::<Vec<_>>(), [Span::new(1, 5)]);
        assert_eq!(quoted().gaps().collect::<Vec<_>>(), [Span::new(5, 7)]);
    }

    #[test]
    fn maps_compose() {
        // The inner text drops the newline of "ab\ncd".
        let mut inner = OffsetMapBuilder::new();
        inner.copy(Span::new(0, 2));
        inner.copy(Span::new(3, 5));
        let composed = inner.finish().over(&quoted());
        assert_eq!(composed.span(0..2), Span::new(2, 4));
        assert_eq!(composed.span(2..4), Span::new(7, 9));
        assert_eq!(composed.span(1..3), Span::new(3, 8));
    }

    #[test]
    fn a_slice_starts_at_its_own_zero() {
        assert_eq!(quoted().slice(1..4).span(0..1), Span::new(3, 4));
        assert_eq!(quoted().slice(1..4).span(2..3), Span::new(7, 8));
        assert_eq!(quoted().slice(4..5), OffsetMap::copy_of(Span::new(8, 9)));
    }

    #[test]
    fn another_spelling_stands_for_the_whole() {
        let excerpt = Excerpt::standing_for(Span::new(4, 7), "spelled out".to_owned());
        assert_eq!(excerpt.span(2..3), Span::new(4, 7));
        assert_eq!(Excerpt::standing_for(Span::new(4, 7), String::new()).full_span(), Span::at(4));
    }

    #[test]
    fn an_empty_text_has_a_place() {
        assert_eq!(OffsetMap::copy_of(Span::at(7)).span(0..0), Span::at(7));
        assert_eq!(OffsetMapBuilder::new().finish().span(0..0), Span::at(0));
    }
}
