//! What a state diagram is made of.
//!
//! Mermaid's lexer decides by what a token starts with, and reads some lines by rules of their own: behind `state`,
//! `note`, `class` and the like. [`Lexer::next`] reads the former, the other methods the latter, right behind the
//! keyword. Inside a composite fewer words are keywords, and a `}` ends it.

use crate::mermaid::syntax::character::{entity_width, is_space, is_word};
use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::{Source, Word};

use super::pattern::{
    description_width, direction_in, end_note_in, id_width, position_width, stereotype_in, text_width,
};
use super::tree::Stereotype;

/// A token and its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Its characters.
    pub(crate) word: Word,
    /// Where it starts: of a direction the line, whatever stands in it before the word.
    pub(crate) start: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// One newline or several.
    EndOfLine,
    /// The end of the diagram.
    EndOfText,
    /// A word of the language.
    Keyword(Keyword),
    /// The id of a state.
    Id,
    /// `[*]`
    Edge,
    /// `-->`
    Arrow,
    /// `--` in a composite.
    Divider,
    /// `:` and the text behind it.
    Description,
    /// `:::`
    ClassMark,
    /// A text between double quotes, quotes included.
    Quoted,
    /// `{`
    Open,
    /// `}` in a composite.
    Close,
    /// The rest of a line that holds `direction` and a direction: the direction.
    Direction(Word),
    /// A character that starts nothing.
    Stray,
}

/// A word of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyword {
    /// `stateDiagram` with white space behind it, which only the header may be.
    StateDiagram,
    State,
    Note,
    ClassDef,
    Class,
    Style,
    Scale,
    Click,
    Default,
    Href,
    HideEmptyDescription,
    AccTitle,
    AccDescr,
    /// `accDescr {`
    AccDescrBlock,
}

/// The keywords that white space has to follow, which belongs to them, and whether composites have them too.
const SPACED: [(&str, Keyword, bool); 8] = [
    ("state", Keyword::State, true),
    ("note", Keyword::Note, true),
    ("class", Keyword::Class, true),
    ("classDef", Keyword::ClassDef, true),
    ("style", Keyword::Style, true),
    ("scale", Keyword::Scale, false),
    ("stateDiagram", Keyword::StateDiagram, true),
    ("stateDiagram-v2", Keyword::StateDiagram, true),
];

/// The keywords that end where a word ends. Composites do not have them.
const WORDS: [(&str, Keyword); 3] =
    [("click", Keyword::Click), ("default", Keyword::Default), ("href", Keyword::Href)];

/// The keyword that is a phrase. Composites do not have it.
const HIDE: &str = "hide empty description";

/// What stands behind `state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// A word without blanks.
    Word(Word),
    /// A text between double quotes, without them.
    Quoted(Word),
    /// A quote that nothing closes.
    UnclosedQuote,
    /// `as`, with white space behind it.
    As(Word),
    /// The end of the line, or `{`, which has not been read.
    End,
}

/// Cuts a state diagram into tokens.
#[derive(Debug, Clone)]
pub(crate) struct Lexer<'a> {
    pub(crate) cursor: Cursor<'a>,
    /// Remarks, in text order.
    pub(crate) comments: Vec<Word>,
    /// Up to here no line holds a direction; so that no line is searched twice.
    no_direction_before: usize,
    /// The same for stereotypes.
    no_stereotype_before: usize,
    /// From here on no quote closes.
    no_quote: bool,
    /// From here on no block of a note ends.
    no_end_note: bool,
}

impl<'a> Lexer<'a> {
    /// The text that is read.
    pub(crate) fn source(&self) -> Source<'a> {
        self.cursor.source
    }

    /// A lexer that starts at byte `at` of the source.
    pub(crate) fn new(source: Source<'a>, at: usize) -> Self {
        Self {
            cursor: Cursor::new(source, at),
            comments: Vec::new(),
            no_direction_before: 0,
            no_stereotype_before: 0,
            no_quote: false,
            no_end_note: false,
        }
    }

    /// The next token, inside a composite or at top level.
    pub(crate) fn next(&mut self, in_composite: bool) -> Token {
        self.skip_blanks_and_comments();
        let start = self.cursor.at;
        if let Some(direction) = self.direction_line() {
            return Token { kind: TokenKind::Direction(direction), word: self.cursor.since(start), start };
        }
        let kind = self.read_kind(in_composite);
        Token { kind, word: self.cursor.since(start), start }
    }

    fn read_kind(&mut self, in_composite: bool) -> TokenKind {
        let rest = self.cursor.rest();
        let Some(first) = rest.chars().next() else {
            return TokenKind::EndOfText;
        };
        match first {
            '\n' => {
                self.cursor.skip_to(|byte| byte != b'\n');
                TokenKind::EndOfLine
            }
            '{' => self.take(1, TokenKind::Open),
            '}' if in_composite => self.take(1, TokenKind::Close),
            '-' if rest.starts_with("-->") => self.take(3, TokenKind::Arrow),
            '-' if in_composite && rest.starts_with("--") => self.take(2, TokenKind::Divider),
            '-' => self.take(1, TokenKind::Stray),
            ':' if rest.starts_with(":::") => self.take(3, TokenKind::ClassMark),
            ':' => match description_width(rest) {
                0 => self.take(1, TokenKind::Stray),
                len => self.take(len, TokenKind::Description),
            },
            '[' if rest.starts_with("[*]") => self.take(3, TokenKind::Edge),
            '"' if !in_composite => match self.quoted_width() {
                0 => self.take(id_width(rest), TokenKind::Id),
                len => self.take(len, TokenKind::Quoted),
            },
            _ => match self.keyword(in_composite) {
                Some(keyword) => TokenKind::Keyword(keyword),
                None => self.take(id_width(rest), TokenKind::Id),
            },
        }
    }

    fn take(&mut self, len: usize, kind: TokenKind) -> TokenKind {
        self.cursor.skip(len);
        kind
    }

    /// White space that begins with a blank is skipped with the newlines in it, so a line that ends with a blank goes on
    /// in the next one.
    fn skip_blanks_and_comments(&mut self) {
        loop {
            if self.cursor.skip_blanks() {
                self.cursor.skip_space();
            }
            let rest = self.cursor.rest();
            let is_comment = match self.cursor.byte() {
                b'#' => entity_width(rest) == 0,
                b'%' => rest.starts_with("%%"),
                _ => false,
            };
            if !is_comment {
                return;
            }
            let start = self.cursor.at;
            self.cursor.skip_to(|byte| byte == b'\n');
            self.comments.push(self.cursor.since(start));
        }
    }

    fn keyword(&mut self, in_composite: bool) -> Option<Keyword> {
        let rest = self.cursor.rest();
        let run = rest.bytes().take_while(|byte| is_word(char::from(*byte)) || *byte == b'-').count();
        let (word, after) = rest.split_at(run);
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        let spaces = after.len() - after.trim_start_matches(is_space).len();
        let keyword = SPACED.iter().find(|(keyword, _, nests)| (*nests || !in_composite) && is(keyword));
        if let Some((_, keyword, _)) = keyword {
            // Mermaid reads a text with a newline behind it.
            if spaces == 0 && !after.is_empty() {
                return None;
            }
            self.cursor.skip(run + spaces);
            return Some(*keyword);
        }
        if in_composite {
            return None;
        }
        if is("accTitle") || is("accDescr") {
            let keyword = match (is("accTitle"), after[spaces..].chars().next()?) {
                (true, ':') => Keyword::AccTitle,
                (false, ':') => Keyword::AccDescr,
                (false, '{') => Keyword::AccDescrBlock,
                _ => return None,
            };
            self.cursor.skip(run + spaces + 1);
            return Some(keyword);
        }
        if is("hide") && rest.get(..HIDE.len()).is_some_and(|phrase| phrase.eq_ignore_ascii_case(HIDE)) {
            self.cursor.skip(HIDE.len());
            return Some(Keyword::HideEmptyDescription);
        }
        let word = word.split('-').next().unwrap_or(word);
        let (_, keyword) = WORDS.iter().find(|(keyword, _)| word.eq_ignore_ascii_case(keyword))?;
        self.cursor.skip(word.len());
        Some(*keyword)
    }

    /// Reads the whole line when `direction`, white space and a direction stand anywhere in it, as Mermaid does.
    fn direction_line(&mut self) -> Option<Word> {
        let start = self.cursor.at;
        if start < self.no_direction_before {
            return None;
        }
        let rest = self.cursor.rest();
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let Some(found) = direction_in(rest, line.len()) else {
            self.no_direction_before = start + line.len();
            return None;
        };
        self.cursor.at = start + found.end;
        self.cursor.skip_to(|byte| byte == b'\n');
        Some(Word::from(start + found.start..start + found.end))
    }

    /// Behind `state`: what the line says when a stereotype stands in it. The id is everything before it.
    pub(crate) fn stereotype(&mut self) -> Option<(Stereotype, Word)> {
        let start = self.cursor.at;
        if start < self.no_stereotype_before {
            return None;
        }
        let rest = self.cursor.rest();
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let Some((kind, marker)) = stereotype_in(line) else {
            self.no_stereotype_before = start + line.len();
            return None;
        };
        self.cursor.at = start + marker.end;
        let source = self.cursor.source;
        Some((kind, source.trim(Word::from(start..start + marker.start))))
    }

    /// Behind `state`: the next part of the head. A newline that ends it is read.
    pub(crate) fn head(&mut self) -> Head {
        self.cursor.skip_blanks();
        let rest = self.cursor.rest();
        match self.cursor.byte() {
            b'\n' => {
                self.cursor.take(1);
                Head::End
            }
            b'{' => Head::End,
            b'"' => self.quoted().map_or(Head::UnclosedQuote, Head::Quoted),
            _ if self.cursor.is_done() => Head::End,
            _ => {
                let is_as = rest.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("as"));
                if is_as && rest.get(2..).is_some_and(|after| after.starts_with(is_space)) {
                    let word = self.cursor.take(2);
                    self.cursor.skip_space();
                    return Head::As(word);
                }
                Head::Word(self.cursor.take_while(|c| !is_space(c) && c != '{'))
            }
        }
    }

    /// Behind `as`: the id, which is the rest of the line up to `{`.
    pub(crate) fn alias(&mut self) -> Word {
        let word = self.cursor.take_while(|c| c != '\n' && c != '{');
        self.cursor.eat("\n");
        self.cursor.source.trim(word)
    }

    /// Behind `note`: `left of` or `right of`, with one blank.
    pub(crate) fn position(&mut self) -> Option<Word> {
        let len = position_width(self.cursor.rest());
        (len > 0).then(|| self.cursor.take(len))
    }

    /// Behind `left of`: the state.
    pub(crate) fn noted_state(&mut self) -> Word {
        self.cursor.skip_space();
        let rest = self.cursor.rest();
        let len = rest.find(|c| is_space(c) || matches!(c, ':' | '-')).unwrap_or(rest.len());
        let len = rest[..len].find("%%").unwrap_or(len);
        self.cursor.take(len)
    }

    /// Behind the state of a note: its text, behind a colon or as a block up to `end note`.
    ///
    /// Mermaid drops the first two characters of ` : text`, whichever they are: in `:text` that is a letter.
    pub(crate) fn note_text(&mut self) -> Option<Word> {
        let start = self.cursor.at;
        let source = self.cursor.source;
        self.cursor.skip_space();
        if self.cursor.eat(":") {
            let from = self.cursor.at;
            self.cursor.at += text_width(self.cursor.rest());
            if self.cursor.at > from {
                let token = self.cursor.since(start);
                let dropped: usize = self.source().slice(token).chars().take(2).map(char::len_utf8).sum();
                return Some(source.trim(Word::from(start + dropped..self.cursor.at)));
            }
        }
        self.cursor.at = start;
        if self.no_end_note {
            return None;
        }
        let Some(end) = end_note_in(self.cursor.rest()) else {
            self.no_end_note = true;
            return None;
        };
        self.cursor.at = start + end.end;
        Some(source.trim(Word::from(start..start + end.start)))
    }

    /// Length of the quoted text that comes next, quotes included; 0 when there is none.
    fn quoted_width(&mut self) -> usize {
        let Some(text) = self.cursor.rest().strip_prefix('"') else {
            return 0;
        };
        let len = if self.no_quote { None } else { text.find('"') };
        self.no_quote = len.is_none();
        len.map_or(0, |len| len + 2)
    }

    /// A text between double quotes, without them.
    pub(crate) fn quoted(&mut self) -> Option<Word> {
        let len = self.quoted_width().checked_sub(2)?;
        self.cursor.skip(1);
        let text = self.cursor.take(len);
        self.cursor.skip(1);
        Some(text)
    }

    /// Moves behind `as`, with or without white space around it.
    pub(crate) fn eat_as(&mut self) -> bool {
        self.cursor.skip_space();
        let found = self.cursor.rest().get(..2).is_some_and(|word| word.eq_ignore_ascii_case("as"));
        if found {
            self.cursor.take(2);
            self.cursor.skip_blanks();
        }
        found
    }

    /// Characters that `accept` takes, with white space behind them: the ids behind `class` and the like.
    ///
    /// The white space may be a newline; what follows is then found on the next line, as in Mermaid.
    pub(crate) fn list(&mut self, accept: impl Fn(char) -> bool) -> Option<Word> {
        let list = self.cursor.take_while(accept);
        let is_complete = self.cursor.skip_space() || self.cursor.is_done();
        (is_complete && !self.source().slice(list).is_empty()).then_some(list)
    }

    /// Behind `class`: ids with commas between them, which white space may follow, and white space behind the last.
    pub(crate) fn ids(&mut self) -> Option<Word> {
        let start = self.cursor.at;
        loop {
            self.cursor.take_while(|c| !is_space(c) && c != ',');
            let end = self.cursor.at;
            if !self.cursor.eat(",") {
                let ids = Word::from(start..end);
                self.cursor.skip_space();
                return (!self.source().slice(ids).is_empty()).then_some(ids);
            }
            self.cursor.skip_space();
        }
    }

    /// The rest of the line.
    pub(crate) fn line(&mut self) -> Word {
        self.cursor.take_while(|c| c != '\n')
    }

    /// The text up to `}`, which is read too; `None` when there is none.
    pub(crate) fn braced(&mut self) -> Option<Word> {
        let text = self.cursor.take_while(|c| c != '}');
        self.cursor.eat("}").then_some(text)
    }

    /// Behind `scale`: digits, white space and `width`.
    pub(crate) fn scale(&mut self) -> Option<Word> {
        let number = self.cursor.take_while(|c| c.is_ascii_digit());
        let spaced = self.cursor.skip_space();
        let width = self.cursor.rest().get(..5).is_some_and(|word| word.eq_ignore_ascii_case("width"));
        let found = !self.source().slice(number).is_empty() && spaced && width;
        if found {
            self.cursor.take(5);
        }
        found.then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::OffsetMap;
    use crate::base::text::Span;

    use super::*;

    fn tokens(text: &str, in_composite: bool) -> Vec<(TokenKind, String)> {
        let map = OffsetMap::copy_of(Span::new(0, text.len() as u32));
        let mut lexer = Lexer::new(Source { text, map: &map }, 0);
        let mut found = Vec::new();
        loop {
            let token = lexer.next(in_composite);
            if token.kind == TokenKind::EndOfText {
                return found;
            }
            found.push((token.kind, text[token.word.range()].to_owned()));
        }
    }

    fn texts(text: &str) -> Vec<String> {
        tokens(text, false).into_iter().map(|token| token.1).collect()
    }

    #[test]
    fn ids_and_texts_end_where_mermaid_ends_them() {
        let table: [(&str, &[&str]); 12] = [
            ("Idle-->Busy : on demand", &["Idle", "-->", "Busy", ": on demand"]),
            ("a==>b", &["a==>b"]),
            ("A;B", &["A;B"]),
            ("A : b;c", &["A", ": b", ";c"]),
            ("A : b: :c", &["A", ": b: :c"]),
            ("A : b:: c", &["A", ": b", ":: c"]),
            ("A :", &["A", ":"]),
            ("A:::hot --> [*]", &["A", ":::", "hot", "-->", "[*]"]),
            ("A%%c\n#d", &["A", "\n"]),
            ("A \n--> \n B\n\nC", &["A", "-->", "B", "\n\n", "C"]),
            ("A#35; : x#59;y", &["A#35;", ": x#59;y"]),
            ("\"a\nb\" \"c", &["\"a\nb\"", "\"c"]),
        ];
        for (text, expected) in table {
            assert_eq!(texts(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_composite_has_fewer_keywords() {
        let kinds = |text, inside| tokens(text, inside).into_iter().map(|token| token.0).collect::<Vec<_>>();
        assert_eq!(kinds("click", false), [TokenKind::Keyword(Keyword::Click)]);
        assert_eq!(kinds("click", true), [TokenKind::Id]);
        assert_eq!(kinds("}--", true), [TokenKind::Close, TokenKind::Divider]);
        assert_eq!(kinds("}--", false), [TokenKind::Id, TokenKind::Stray, TokenKind::Stray]);
        assert_eq!(kinds("STATE x", true)[0], TokenKind::Keyword(Keyword::State));
        assert_eq!(kinds("stated", false), [TokenKind::Id]);
        assert_eq!(kinds("default-x", false)[0], TokenKind::Keyword(Keyword::Default));
    }

    #[test]
    fn a_direction_takes_its_line() {
        assert_eq!(texts("A : my direction LR is\nB"), ["A : my direction LR is", "\n", "B"]);
        assert_eq!(texts("direction lr direction TB"), ["direction lr direction TB"]);
        assert_eq!(texts("direction TD"), ["direction", "TD"]);
        assert_eq!(texts("directionLR"), ["directionLR"]);
    }

    #[test]
    fn a_note_ends_with_its_line_or_with_end_note() {
        let table = [
            (" : short; B", Some("short")),
            (":x", Some("")),
            (" :x", Some("x")),
            ("  : x", Some(": x")),
            ("\n one\n two\n  end note", Some("one\n two")),
            ("\n one\n", None),
            (" one end note", None),
        ];
        for (text, expected) in table {
            let map = OffsetMap::copy_of(Span::new(0, text.len() as u32));
            let found = Lexer::new(Source { text, map: &map }, 0).note_text();
            assert_eq!(found.map(|word| &text[word.range()]), expected, "{text:?}");
        }
    }
}
