//! The text that grammars read, and pieces of it.

use std::ops::Range;

use crate::base::offset_map::{Excerpt, OffsetMap, OffsetMapBuilder};
use crate::base::text::Span;

use super::Found;
use super::character::{entity_width, is_space};

/// A piece of the text of a diagram, as its grammar sees it.
///
/// It holds no characters: a tree of statements owns nothing and borrows nothing, and reading one allocates per statement
/// and not per token. [`Parse`](crate::mermaid::Parse) says what it reads and where it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Word {
    start: u32,
    end: u32,
}

impl Word {
    /// The bytes of the prepared text.
    pub(crate) const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Where it starts in the prepared text.
    pub(crate) const fn start(self) -> usize {
        self.start as usize
    }

    /// Where it ends in the prepared text.
    pub(crate) const fn end(self) -> usize {
        self.end as usize
    }

    /// From its start to the end of `last`.
    pub(crate) const fn to(self, last: Self) -> Self {
        Self { start: self.start, end: if last.end > self.end { last.end } else { self.end } }
    }

    /// True when it holds no character.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl From<Range<usize>> for Word {
    /// A text behind the 4 GiB that a file may hold is cut there.
    fn from(range: Range<usize>) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: byte(range.start), end: byte(range.end) }
    }
}

impl From<Word> for Range<usize> {
    fn from(word: Word) -> Self {
        word.range()
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
    /// The span in the file of a word or of bytes.
    pub(crate) fn span(self, range: impl Into<Range<usize>>) -> Span {
        self.map.span(range.into())
    }

    /// The characters of a word; none when it is of another text.
    pub(crate) fn slice(self, word: Word) -> &'a str {
        self.text.get(word.range()).unwrap_or_default()
    }

    /// The word without the white space around it.
    pub(crate) fn trim(self, word: Word) -> Word {
        let text = self.slice(word);
        let behind = text.trim_start_matches(is_space);
        let start = word.start() + (text.len() - behind.len());
        Word::from(start..start + behind.trim_end_matches(is_space).len())
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
        // A long token is cut, so that many mistakes in one cost no more than their number.
        let shown = rest.char_indices().take(24).take_while(|(at, c)| *at == 0 || !c.is_whitespace()).last();
        let len = shown.map_or(first.len_utf8(), |(at, last)| at + last.len_utf8());
        (Found::Token(rest[..len].to_owned()), self.span(at..at + len))
    }

    /// The word as an excerpt of the file, entities spelled as HTML: `#quot;` becomes `&quot;`, `#35;` becomes `&#35;`.
    pub(crate) fn excerpt(self, word: Word) -> Excerpt {
        self.excerpt_of(&[word])
    }

    /// The words, one behind the other, as one excerpt of the file, entities spelled as HTML.
    pub(crate) fn excerpt_of(self, words: &[Word]) -> Excerpt {
        if let [word] = words
            && !self.slice(*word).contains('#')
        {
            return Excerpt { text: self.slice(*word).to_owned(), map: self.map.slice(word.range()) };
        }
        let mut text = String::new();
        let mut inner = OffsetMapBuilder::new();
        for word in words {
            let mut done = word.start();
            for (hash, _) in self.slice(*word).match_indices('#') {
                let hash = word.start() + hash;
                let width = entity_width(&self.text[hash..word.end()]);
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
            text.push_str(&self.text[done..word.end()]);
            inner.copy(Span::new(done as u32, word.end() as u32));
        }
        Excerpt { text, map: inner.finish().over(self.map) }
    }

    /// The word with entities spelled as HTML, without its place.
    pub(crate) fn decoded(self, word: Word) -> String {
        let text = self.slice(word);
        if text.contains('#') { self.excerpt(word).text } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_spelled_as_html_and_keep_their_place() {
        let text = "a #quot;b#35; #nope #9x;";
        let map = OffsetMap::copy_of(Span::new(10, 10 + text.len() as u32));
        let source = Source { text, map: &map };
        let excerpt = source.excerpt(Word::from(0..text.len()));
        assert_eq!(excerpt.text, "a &quot;b&#35; #nope &9x;");
        assert_eq!(excerpt.span(8..9), Span::new(18, 19), "`b`");
        assert_eq!(excerpt.span(2..3), Span::new(12, 13), "`&` stands for `#`");
    }
}
