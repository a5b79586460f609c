//! Reading a prepared diagram text front to back.

use std::ops::Range;

use nom::bytes::complete::{tag, take_while1};
use nom::{IResult, Parser as _};

use crate::base::offset_map::{Excerpt, OffsetMap, OffsetMapBuilder};
use crate::base::text::Span;

use super::Found;

/// A piece of the prepared text, with its place there and in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Word<'a> {
    /// The characters.
    pub(crate) text: &'a str,
    /// Where it starts in the prepared text.
    pub(crate) at: usize,
    /// Where it stands in the file.
    pub(crate) span: Span,
}

impl Word<'_> {
    /// The bytes of the prepared text.
    pub(crate) fn range(&self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }
}

/// A prepared text and where its bytes stand in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The whole prepared text.
    pub(crate) text: &'a str,
    /// Where its bytes stand in the file.
    pub(crate) map: &'a OffsetMap,
}

impl<'a> Source<'a> {
    /// The span in the file of the bytes `range`.
    pub(crate) fn span(self, range: Range<usize>) -> Span {
        self.map.span(range)
    }

    /// The bytes `range` as a word; an empty one when they are none of the text.
    pub(crate) fn word(self, range: Range<usize>) -> Word<'a> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        Word { text, at: range.start, span: self.map.span(range) }
    }

    /// The word without the white space around it.
    pub(crate) fn trim(self, word: Word<'a>) -> Word<'a> {
        let behind = word.text.trim_start_matches(is_space);
        let start = word.at + (word.text.len() - behind.len());
        let text = behind.trim_end_matches(is_space);
        if text.len() == word.text.len() { word } else { self.word(start..start + text.len()) }
    }

    /// What stands at `at`, up to the next blank or line end, for a message.
    pub(crate) fn found(self, at: usize) -> (Found, Span) {
        let rest = self.text.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            return (Found::EndOfText, self.span(at..at));
        };
        if first == '\n' {
            return (Found::EndOfLine, self.span(at..at));
        }
        let end = rest.find(char::is_whitespace).filter(|end| *end > 0).unwrap_or(first.len_utf8());
        let end = rest.char_indices().take_while(|(at, _)| *at < end).take(24).last();
        let len = end.map_or(first.len_utf8(), |(at, last)| at + last.len_utf8());
        (Found::Token(rest[..len].to_owned()), self.span(at..at + len))
    }

    /// The word as an excerpt of the file, entities spelled as HTML: `#quot;` becomes `&quot;`, `#35;` becomes `&#35;`.
    pub(crate) fn excerpt(self, word: Word<'_>) -> Excerpt {
        self.excerpt_of(&[word])
    }

    /// The words, one behind the other, as one excerpt of the file, entities spelled as HTML.
    pub(crate) fn excerpt_of(self, words: &[Word<'_>]) -> Excerpt {
        if let [word] = words
            && !word.text.contains('#')
        {
            return Excerpt { text: word.text.to_owned(), map: self.map.slice(word.range()) };
        }
        let mut text = String::new();
        let mut inner = OffsetMapBuilder::new();
        for word in words {
            let mut done = word.at;
            for (hash, _) in word.text.match_indices('#') {
                let hash = word.at + hash;
                let width = entity_width(&self.text[hash..word.range().end]);
                if hash < done || width == 0 {
                    continue;
                }
                let name = &self.text[hash + 1..hash + width - 1];
                let spelled = if name.bytes().all(|byte| byte.is_ascii_digit()) { "&#" } else { "&" };
                text.push_str(&self.text[done..hash]);
                text.push_str(spelled);
                inner.copy(Span::new(done as u32, hash as u32));
                inner.replace(spelled.len() as u32, Span::new(hash as u32, hash as u32 + 1));
                done = hash + 1;
            }
            text.push_str(&self.text[done..word.range().end]);
            inner.copy(Span::new(done as u32, word.range().end as u32));
        }
        Excerpt { text, map: inner.finish().over(self.map) }
    }

    /// The word with entities spelled as HTML, without its place.
    pub(crate) fn decoded(self, word: Word<'_>) -> String {
        if word.text.contains('#') { self.excerpt(word).text } else { word.text.to_owned() }
    }
}

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
    pub(crate) fn take_while(&mut self, accept: impl Fn(char) -> bool) -> Word<'a> {
        let rest = self.rest();
        let len = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.take(len)
    }

    /// Moves over `len` bytes, or to the end of the text, and returns them.
    pub(crate) fn take(&mut self, len: usize) -> Word<'a> {
        let start = self.at;
        self.at = self.source.text.len().min(start.saturating_add(len));
        while !self.source.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        self.source.word(start..self.at)
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
    pub(crate) fn since(&self, start: usize) -> Word<'a> {
        self.source.word(start..self.at)
    }
}

/// White space as JavaScript's `\s` has it.
pub(crate) fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// White space other than a newline.
pub(crate) fn is_blank(c: char) -> bool {
    c != '\n' && is_space(c)
}

/// A character of `\w`: an ASCII letter, a digit or `_`.
pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Length of the entity that `rest` starts with, such as `#quot;` or `#35;`; 0 when it starts with none.
///
/// Mermaid hides `#` + word characters + `;` from its grammars, so neither character acts as comment or separator.
pub(crate) fn entity_width(rest: &str) -> usize {
    fn entity(rest: &str) -> IResult<&str, (&str, &str, &str)> {
        (tag("#"), take_while1(is_word), tag(";")).parse(rest)
    }
    entity(rest).map_or(0, |(after, _)| rest.len() - after.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_spelled_as_html_and_keep_their_place() {
        let text = "a #quot;b#35; #nope #9x;";
        let map = OffsetMap::copy_of(Span::new(10, 10 + text.len() as u32));
        let source = Source { text, map: &map };
        let excerpt = source.excerpt(source.word(0..text.len()));
        assert_eq!(excerpt.text, "a &quot;b&#35; #nope &9x;");
        assert_eq!(excerpt.span(8..9), Span::new(18, 19), "`b`");
        assert_eq!(excerpt.span(2..3), Span::new(12, 13), "`&` stands for `#`");
    }

    #[test]
    fn a_cursor_never_stops_inside_a_character() {
        let map = OffsetMap::copy_of(Span::new(0, 3));
        let mut cursor = Cursor::new(Source { text: "äb", map: &map }, 0);
        assert_eq!(cursor.take(1).text, "ä");
        assert_eq!(cursor.take(99).text, "b");
        assert!(cursor.is_done());
    }
}
