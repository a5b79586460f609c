//! Reading a prepared diagram text front to back.

use super::character::{is_blank, is_space};
use super::source::{Source, Word};

/// A place in a prepared text that moves forward.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    /// What is read.
    pub(crate) source: Source<'a>,
    /// Byte of the prepared text that comes next; always at a character's start.
    pub(crate) at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at byte `at` of the source.
    pub(crate) fn new(source: Source<'a>, at: usize) -> Self {
        Self { source, at }
    }

    /// What is still to be read.
    pub(crate) fn rest(&self) -> &'a str {
        self.source.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte, 0 at the end of the text.
    pub(crate) fn byte(&self) -> u8 {
        self.byte_at(0)
    }

    /// The byte `ahead` bytes further on, 0 behind the end of the text.
    pub(crate) fn byte_at(&self, ahead: usize) -> u8 {
        self.source.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The next character.
    pub(crate) fn char(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// True when nothing is left.
    pub(crate) fn is_done(&self) -> bool {
        self.at >= self.source.text.len()
    }

    /// Moves behind `expected` when that comes next.
    pub(crate) fn eat(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// Moves over the characters that `accept` takes, and returns them.
    pub(crate) fn take_while(&mut self, accept: impl Fn(char) -> bool) -> Word {
        let rest = self.rest();
        let len = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.take(len)
    }

    /// Moves over `len` bytes, or to the end of the text, and returns them.
    pub(crate) fn take(&mut self, len: usize) -> Word {
        let start = self.at;
        self.at = self.source.text.len().min(start.saturating_add(len));
        while !self.source.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        Word::from(start..self.at)
    }

    /// Moves over the next `len` bytes, which callers have measured as whole characters.
    pub(crate) fn skip(&mut self, len: usize) {
        self.at = self.source.text.len().min(self.at.saturating_add(len));
    }

    /// Moves to the next byte that is one of `stops`, which are ASCII, or to the end of the text.
    pub(crate) fn skip_to(&mut self, stops: impl Fn(u8) -> bool) {
        let bytes = &self.source.text.as_bytes()[self.at..];
        self.at += bytes.iter().position(|byte| stops(*byte)).unwrap_or(bytes.len());
    }

    /// Moves over blanks, newlines excluded.
    pub(crate) fn skip_blanks(&mut self) -> bool {
        let start = self.at;
        while matches!(self.byte(), b' ' | b'\t') {
            self.at += 1;
        }
        if !self.byte().is_ascii_graphic() {
            self.take_while(is_blank);
        }
        self.at > start
    }

    /// Moves over blanks and newlines.
    pub(crate) fn skip_space(&mut self) -> bool {
        let start = self.at;
        self.take_while(is_space);
        self.at > start
    }

    /// The words from `start` to here.
    pub(crate) fn since(&self, start: usize) -> Word {
        Word::from(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::OffsetMap;
    use crate::base::text::Span;

    use super::*;

    #[test]
    fn a_cursor_never_stops_inside_a_character() {
        let map = OffsetMap::copy_of(Span::new(0, 3));
        let mut cursor = Cursor::new(Source { text: "äb", map: &map }, 0);
        let first = cursor.take(1);
        assert_eq!(cursor.source.slice(first), "ä");
        let rest = cursor.take(99);
        assert_eq!(cursor.source.slice(rest), "b");
        assert!(cursor.is_done());
    }
}
