//! The tokens of a flowchart outside of labels.
//!
//! Mermaid's lexer takes the first rule that matches, not the longest; the order here is its order. What stands inside
//! brackets, quotes and in-line labels is read by [`super::label`] when the parser comes to it.

use std::ops::Range;

use crate::mermaid::syntax::character::{
    blank_width, entity_width, is_blank, is_space, is_word, space_width,
};
use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;

use super::arrow::{self, Arrow, Line};
use super::tree::Bracket;

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// One newline or several.
    Newline,
    Semicolon,
    /// Blanks.
    Space,
    EndOfText,
    /// A whole arrow, with the white space around it.
    Arrow,
    /// What opens an in-line label, with the white space around it.
    ArrowOpening(Line),
    /// `id@` before an arrow.
    EdgeId,
    /// A part of an id.
    Id(IdPart),
    /// `:::`
    ClassSeparator,
    Bracket(Bracket),
    /// `"`
    Quote,
    /// `@{`
    Metadata,
    Keyword(Keyword),
    /// A line that holds `direction LR`: the rest of it, and where the value stands.
    Direction {
        value: usize,
    },
    /// `accTitle:` or `accDescr:`, `accDescr {`.
    Accessibility(Accessibility),
    /// What no rule matches.
    Unknown,
}

/// The tokens that an id is made of. A keyword is recognised behind all of them but `Text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdPart {
    Digits,
    Text,
    /// One letter beyond ASCII.
    Letter,
    Colon,
    Comma,
    Hash,
    Ampersand,
    Star,
    /// A `-` before a `>`, which belongs to no arrow.
    Minus,
    /// The word `default`.
    Default,
}

/// A word with a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyword {
    End,
    Graph,
    Subgraph,
    Style,
    LinkStyle,
    ClassDef,
    Class,
    /// With the white space behind it.
    Click,
    /// With one white space behind it.
    Href,
    /// With the white space behind it.
    Call,
    Interpolate,
    /// `_self`, `_blank`, `_parent`, `_top`
    LinkTarget,
}

/// A text for those who do not see the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accessibility {
    Title,
    Description,
    DescriptionBlock,
}

/// A token and its bytes in the prepared text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) token: Token,
    /// First byte, white space before an arrow excluded.
    pub(crate) start: usize,
    /// One past the last byte, white space behind it excluded.
    pub(crate) text_end: usize,
    /// Where the next token starts.
    pub(crate) end: usize,
}

/// A `direction LR` somewhere in the text, which swallows its line.
#[derive(Debug, Clone, Copy)]
struct Swallower {
    line_start: usize,
    word: usize,
    value: usize,
    line_end: usize,
}

/// Reads tokens; one is looked at before it is taken.
#[derive(Debug)]
pub(crate) struct Lexer<'a> {
    cursor: Cursor<'a>,
    peeked: Option<Lexeme>,
    /// In text order; those behind the cursor are dropped from the front.
    swallowers: std::vec::IntoIter<Swallower>,
    swallower: Option<Swallower>,
    /// The `@` that comes next, and where the run of characters around it starts that could be an edge's id.
    at_sign: Option<(usize, usize)>,
    /// A run of white space that was looked through, for tokens that start inside it.
    gap: Range<usize>,
    /// What was looked for: from where, and where it was found.
    finds: [(usize, Option<usize>); FINDABLE.len()],
    /// Made when the first `@{` comes.
    metadata_ends: Option<MetadataEnds>,
}

/// Where blocks of metadata may end: at the first `}` with an even number of quotes between it and the `@{`.
#[derive(Debug)]
struct MetadataEnds {
    quotes: Vec<usize>,
    /// The `}` behind an even number of quotes, and those behind an odd one, counted from the start of the text.
    braces: [Vec<usize>; 2],
}

impl MetadataEnds {
    fn new(text: &str) -> Self {
        let mut ends = Self { quotes: Vec::new(), braces: [Vec::new(), Vec::new()] };
        for (at, mark) in text.match_indices(['"', '}']) {
            if mark == "}" {
                ends.braces[ends.quotes.len() % 2].push(at);
            } else {
                ends.quotes.push(at);
            }
        }
        ends
    }

    fn behind(&self, start: usize) -> Option<usize> {
        let n_quotes = self.quotes.partition_point(|quote| *quote < start);
        let braces = &self.braces[n_quotes % 2];
        braces.get(braces.partition_point(|brace| *brace < start)).copied()
    }
}

/// What ends texts whose end may be far away.
const FINDABLE: [u8; 4] = [b'"', b'(', b')', b'`'];

/// The directions that a `direction` statement knows, in the order in which Mermaid looks for them.
const DIRECTIONS: [&str; 5] = ["TB", "BT", "RL", "LR", "TD"];

impl<'a> Lexer<'a> {
    pub(crate) fn new(source: Source<'a>, at: usize) -> Self {
        let mut swallowers = swallowers(source.text, at).into_iter();
        let swallower = swallowers.next();
        let mut lexer = Self {
            cursor: Cursor::new(source, at),
            peeked: None,
            swallowers,
            swallower,
            at_sign: None,
            gap: at..at,
            finds: [(usize::MAX, None); FINDABLE.len()],
            metadata_ends: None,
        };
        lexer.find_at_sign(at);
        lexer
    }

    pub(crate) fn source(&self) -> Source<'a> {
        self.cursor.source
    }

    /// Where the next token starts.
    pub(crate) fn at(&self) -> usize {
        self.cursor.at
    }

    /// Goes on at byte `at`.
    pub(crate) fn seek(&mut self, at: usize) {
        self.cursor.at = at.min(self.source().text.len());
        self.peeked = None;
    }

    /// What is still to be read.
    pub(crate) fn rest(&self) -> &'a str {
        self.cursor.rest()
    }

    /// The next byte, 0 at the end.
    pub(crate) fn byte(&self) -> u8 {
        self.cursor.byte()
    }

    pub(crate) fn peek(&mut self) -> Lexeme {
        if let Some(lexeme) = self.peeked {
            return lexeme;
        }
        let lexeme = self.lex();
        self.peeked = Some(lexeme);
        lexeme
    }

    pub(crate) fn take(&mut self) -> Lexeme {
        let lexeme = self.peek();
        self.seek(lexeme.end);
        lexeme
    }

    /// Takes the next token when it is `token`.
    pub(crate) fn eat(&mut self, token: Token) -> bool {
        let found = self.peek().token == token;
        if found {
            self.take();
        }
        found
    }

    /// The next `byte`, one of [`FINDABLE`], at or behind `from`. However often it is asked for, each stretch of the
    /// text is looked through once.
    pub(crate) fn find(&mut self, byte: u8, from: usize) -> Option<usize> {
        let slot = FINDABLE.iter().position(|known| *known == byte)?;
        let (asked, found) = self.finds[slot];
        if asked <= from && found.is_none_or(|found| from <= found) {
            return found;
        }
        let found = self.source().text.get(from..)?.find(byte as char).map(|len| from + len);
        self.finds[slot] = (from, found);
        found
    }

    /// The `}` that ends the metadata whose text starts at byte `start`.
    pub(crate) fn metadata_end(&mut self, start: usize) -> Option<usize> {
        let text = self.source().text;
        self.metadata_ends.get_or_insert_with(|| MetadataEnds::new(text)).behind(start)
    }

    fn lex(&mut self) -> Lexeme {
        let start = self.cursor.at;
        let text = self.source().text;
        let Some(&first) = text.as_bytes().get(start) else {
            return Lexeme { token: Token::EndOfText, start, text_end: start, end: start };
        };
        let lexeme = |token, end| Lexeme { token, start, text_end: end, end };
        if let Some(swallower) = self.swallower_at(start) {
            return lexeme(Token::Direction { value: swallower.value }, swallower.line_end);
        }
        let rest = &text[start..];
        match first {
            b'a' => {
                if let Some((accessibility, len)) = accessibility(rest) {
                    return lexeme(Token::Accessibility(accessibility), start + len);
                }
            }
            b'"' => return lexeme(Token::Quote, start + 1),
            b'@' if rest.starts_with("@{") => return lexeme(Token::Metadata, start + 2),
            _ => {}
        }
        if let Some(end) = self.edge_id(start) {
            return lexeme(Token::EdgeId, end);
        }
        if let Some((keyword, len)) = keyword(rest) {
            return lexeme(Token::Keyword(keyword), start + len);
        }
        if let Some(found) = self.arrow(start) {
            return found;
        }
        if first.is_ascii_alphabetic() {
            return match first {
                b'd' if word_len(rest) == 7 && rest.starts_with("default") => {
                    lexeme(Token::Id(IdPart::Default), start + 7)
                }
                _ => lexeme(Token::Id(IdPart::Text), start + id_text_len(rest)),
            };
        }
        if first == b'\n' {
            return lexeme(Token::Newline, text.len() - rest.trim_start_matches('\n').len());
        }
        let Some(c) = rest.chars().next() else {
            return lexeme(Token::EndOfText, start);
        };
        if is_blank(c) {
            return lexeme(Token::Space, start + blank_width(rest));
        }
        let one = |token| lexeme(token, start + 1);
        match first {
            b';' => one(Token::Semicolon),
            b':' if rest.starts_with(":::") => lexeme(Token::ClassSeparator, start + 3),
            b':' => one(Token::Id(IdPart::Colon)),
            b',' => one(Token::Id(IdPart::Comma)),
            b'&' => one(Token::Id(IdPart::Ampersand)),
            b'*' => one(Token::Id(IdPart::Star)),
            b'-' if rest.starts_with("->") => one(Token::Id(IdPart::Minus)),
            b'#' if entity_width(rest) == 0 => one(Token::Id(IdPart::Hash)),
            b'0'..=b'9' => {
                let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                lexeme(Token::Id(IdPart::Digits), start + digits)
            }
            b'|' => one(Token::Bracket(Bracket::Bar)),
            b'[' | b'(' | b'{' | b'>' => {
                let bracket = Bracket::opening(rest.as_bytes());
                bracket.map_or(one(Token::Unknown), |bracket| {
                    lexeme(Token::Bracket(bracket), start + bracket.opener().len())
                })
            }
            _ => match id_text_len(rest) {
                0 if is_id_letter(c) => lexeme(Token::Id(IdPart::Letter), start + c.len_utf8()),
                0 => lexeme(Token::Unknown, start + c.len_utf8()),
                len => lexeme(Token::Id(IdPart::Text), start + len),
            },
        }
    }

    /// The swallower whose line `at` stands in, when it comes behind `at`.
    fn swallower_at(&mut self, at: usize) -> Option<Swallower> {
        while self.swallower.is_some_and(|swallower| swallower.word < at) {
            self.swallower = self.swallowers.next();
        }
        self.swallower.filter(|swallower| swallower.line_start <= at)
    }

    /// The arrow at `at`, behind white space or not.
    fn arrow(&mut self, at: usize) -> Option<Lexeme> {
        let text = self.source().text;
        let mut start = at;
        if !text.as_bytes().get(at)?.is_ascii_graphic() {
            // Runs of blanks and newlines are several tokens, but are looked through once.
            if !self.gap.contains(&at) {
                self.gap = at..at + space_width(&text[at..]);
            }
            start = at.max(self.gap.end);
        }
        let (token, len) = match arrow::arrow(&text[start..])? {
            Arrow::Whole(len) => (Token::Arrow, len),
            Arrow::Opening(line, len) => (Token::ArrowOpening(line), len),
        };
        let text_end = start + len;
        let end = text_end + space_width(&text[text_end..]);
        Some(Lexeme { token, start, text_end, end })
    }

    /// Where the edge id at `at` ends: a run without blanks, quotes and brackets up to its last `@` that neither `{` nor
    /// `"` follows.
    fn edge_id(&mut self, at: usize) -> Option<usize> {
        while self.at_sign.is_some_and(|(sign, _)| sign < at) {
            self.find_at_sign(at);
        }
        let (sign, run_start) = self.at_sign?;
        if sign <= at || run_start > at {
            return None;
        }
        let text = self.source().text;
        let run = text[sign..].find(|c| !is_edge_id(c)).map_or(text.len(), |len| sign + len);
        let ends = text[sign..run].rmatch_indices('@').map(|(len, _)| sign + len + 1);
        let mut ends = ends.filter(|end| !text[*end..].starts_with(['{', '"']));
        ends.next()
    }

    fn find_at_sign(&mut self, from: usize) {
        let text = self.source().text;
        self.at_sign = text[from..].find('@').map(|len| {
            let sign = from + len;
            let run = text[from..sign].trim_end_matches(is_edge_id).len();
            (sign, from + run)
        });
    }
}

/// A character that an edge's id may hold.
fn is_edge_id(c: char) -> bool {
    !is_space(c) && !matches!(c, '"' | '[' | ']' | '(' | ')' | '{' | '}' | '|' | ';')
}

/// Where the text holds `direction` and a direction, as Mermaid's rule sees it: anywhere in a line.
fn swallowers(text: &str, from: usize) -> Vec<Swallower> {
    let mut found: Vec<Swallower> = Vec::new();
    for (len, name) in text[from..].match_indices("direction") {
        let word = from + len;
        let rest = &text[word + name.len()..];
        let value = text.len() - rest.trim_start_matches(is_space).len();
        let is_direction = DIRECTIONS.iter().any(|direction| text[value..].starts_with(direction));
        if value == word + name.len() || !is_direction {
            continue;
        }
        // A line is measured once, however often it says so.
        let (line_start, line_end) = match found.last() {
            Some(last) if last.line_end > value => (last.line_start, last.line_end),
            _ => (
                text[..word].rfind('\n').map_or(0, |newline| newline + 1),
                text[value..].find('\n').map_or(text.len(), |len| value + len),
            ),
        };
        found.push(Swallower { line_start, word, value, line_end });
    }
    found
}

/// Length of the run of word characters that `rest` starts with.
fn word_len(rest: &str) -> usize {
    rest.bytes().position(|byte| !is_word(byte as char)).unwrap_or(rest.len())
}

/// The keyword that `rest` starts with, and its length.
fn keyword(rest: &str) -> Option<(Keyword, usize)> {
    let first = *rest.as_bytes().first()?;
    if !matches!(first, b'_' | b'c' | b'e' | b'f' | b'g' | b'h' | b'i' | b'l' | b's') {
        return None;
    }
    let word = &rest[..word_len(rest)];
    let after = &rest[word.len()..];
    let spaced = || word.len() + after.len() - after.trim_start_matches(is_space).len();
    let is_spaced = after.is_empty() || after.starts_with(is_space);
    let keyword = match word {
        "end" => return Some((Keyword::End, spaced())),
        "graph" | "flowchart" => Keyword::Graph,
        "subgraph" => Keyword::Subgraph,
        "style" => Keyword::Style,
        "linkStyle" => Keyword::LinkStyle,
        "classDef" => Keyword::ClassDef,
        "class" => Keyword::Class,
        "interpolate" => Keyword::Interpolate,
        "_self" | "_blank" | "_parent" | "_top" => Keyword::LinkTarget,
        "click" if is_spaced => return Some((Keyword::Click, spaced())),
        "call" if is_spaced => return Some((Keyword::Call, spaced())),
        "href" if is_spaced => {
            return Some((Keyword::Href, word.len() + after.chars().next().map_or(0, char::len_utf8)));
        }
        _ => return None,
    };
    Some((keyword, word.len()))
}

/// `accTitle :`, `accDescr :` or `accDescr {` with the white space behind it, and its length.
fn accessibility(rest: &str) -> Option<(Accessibility, usize)> {
    let after = rest.strip_prefix("acc")?;
    let (is_title, after) = match after.strip_prefix("Title") {
        Some(after) => (true, after),
        None => (false, after.strip_prefix("Descr")?),
    };
    let after = after.trim_start_matches(is_space);
    let (accessibility, after) = match (is_title, after.as_bytes().first()?) {
        (true, b':') => (Accessibility::Title, &after[1..]),
        (false, b':') => (Accessibility::Description, &after[1..]),
        (false, b'{') => (Accessibility::DescriptionBlock, &after[1..]),
        _ => return None,
    };
    Some((accessibility, rest.len() - after.trim_start_matches(is_space).len()))
}

/// Length of the run of characters that an id's main token takes.
fn id_text_len(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let taken = match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'!'
            | b'"'
            | b'$'
            | b'%'
            | b'&'
            | b'\''
            | b'*'
            | b'+'
            | b'.'
            | b'`'
            | b'?'
            | b'\\'
            | b'_'
            | b'/' => true,
            b'#' => entity_width(&rest[at..]) == 0,
            b'-' => !matches!(bytes.get(at + 1), Some(b'-' | b'.' | b'>')),
            _ => false,
        };
        if !taken {
            break;
        }
        at += 1;
    }
    at
}

/// A letter of the Basic Multilingual Plane beyond ASCII.
fn is_id_letter(c: char) -> bool {
    !c.is_ascii() && c <= '\u{ffff}' && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::OffsetMap;
    use crate::base::text::Span;

    use super::*;

    fn tokens(text: &str) -> Vec<(Token, String)> {
        let map = OffsetMap::copy_of(Span::new(0, text.len() as u32));
        let mut lexer = Lexer::new(Source { text, map: &map }, 0);
        let mut found = Vec::new();
        loop {
            let lexeme = lexer.take();
            if lexeme.token == Token::EndOfText {
                return found;
            }
            found.push((lexeme.token, text[lexeme.start..lexeme.text_end].to_owned()));
        }
    }

    fn kinds(text: &str) -> Vec<Token> {
        tokens(text).into_iter().map(|(token, _)| token).collect()
    }

    #[test]
    fn ids_break_where_mermaid_looks_for_a_keyword() {
        use IdPart::{Colon, Digits, Letter, Text};
        let table: [(&str, &[Token]); 8] = [
            ("a-end", &[Token::Id(Text)]),
            ("1end", &[Token::Id(Digits), Token::Keyword(Keyword::End)]),
            ("a:end", &[Token::Id(Text), Token::Id(Colon), Token::Keyword(Keyword::End)]),
            ("Äend", &[Token::Id(Letter), Token::Keyword(Keyword::End)]),
            ("end_x", &[Token::Id(Text)]),
            ("default-x", &[Token::Id(IdPart::Default), Token::Id(Text)]),
            ("click-->B", &[Token::Id(Text), Token::Arrow, Token::Id(Text)]),
            ("🚀", &[Token::Unknown]),
        ];
        for (text, expected) in table {
            assert_eq!(kinds(text), expected, "{text:?}");
        }
    }

    #[test]
    fn arrows_take_the_white_space_around_them() {
        let found = tokens("A\n\n --> \n B");
        assert_eq!(found[1], (Token::Arrow, "-->".to_owned()));
        assert_eq!(found[2].1, "B");
        assert_eq!(tokens("1x-->B")[1], (Token::Arrow, "x-->".to_owned()));
    }

    #[test]
    fn a_direction_anywhere_swallows_the_line_from_its_token_on() {
        let found = tokens("A\nB --> C[to direction LR] x\nD");
        assert_eq!(found.len(), 5);
        assert_eq!(found[2].1, "B --> C[to direction LR] x");
        assert_eq!(kinds("direction lr").len(), 3);
    }

    #[test]
    fn an_edge_id_needs_an_at_sign_of_its_own_run() {
        assert_eq!(kinds("A e1@--> B")[2], Token::EdgeId);
        assert_eq!(kinds("A@{"), [Token::Id(IdPart::Text), Token::Metadata]);
        assert_eq!(kinds("A[")[0], Token::Id(IdPart::Text));
        assert_eq!(tokens("a@b@c")[0].1, "a@b@");
    }
}
