//! What a sequence diagram is made of.
//!
//! Mermaid's lexer decides by what a token starts with, then some keywords change how the rest of their line is read:
//! behind `participant` stands a name, behind `loop` a text. [`Lexer::next`] reads the former, the other methods the
//! latter, right behind the keyword.

use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{char, digit0, digit1};
use nom::combinator::{opt, recognize, verify};
use nom::sequence::preceded;
use nom::{IResult, Parser as _};

use crate::mermaid::syntax::character::{entity_width, is_space, is_word};
use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::{Source, Word};

use super::arrow::{Arrow, arrow};
use super::tree::{AttachmentKind, FragmentKind};

/// A token and its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Its characters; a participant's name is trimmed.
    pub(crate) word: Word,
    /// Where it starts.
    pub(crate) start: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A newline, several, or `;`.
    EndOfStatement,
    /// The end of the diagram.
    EndOfText,
    /// A word of the language.
    Keyword(Keyword),
    /// A number that white space follows.
    Number,
    /// A message's arrow.
    Arrow(Arrow),
    /// `:` and the text behind it.
    Text,
    /// `,`
    Comma,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `()`
    Central,
    /// The name of a participant in a message or note.
    Participant,
    /// A character that starts nothing.
    Stray,
}

/// A word of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyword {
    SequenceDiagram,
    Participant,
    Actor,
    Create,
    Destroy,
    Activate,
    Deactivate,
    Autonumber,
    Off,
    Note,
    LeftOf,
    RightOf,
    Over,
    Box,
    Fragment(FragmentKind),
    Else,
    And,
    Option,
    End,
    Title,
    AccTitle,
    AccDescr,
    /// `accDescr {`
    AccDescrBlock,
    Attachment(AttachmentKind),
}

/// The keywords that are whole words, whatever follows.
const KEYWORDS: [(&str, Keyword); 24] = [
    ("sequenceDiagram", Keyword::SequenceDiagram),
    ("participant", Keyword::Participant),
    ("actor", Keyword::Actor),
    ("create", Keyword::Create),
    ("destroy", Keyword::Destroy),
    ("activate", Keyword::Activate),
    ("deactivate", Keyword::Deactivate),
    ("autonumber", Keyword::Autonumber),
    ("off", Keyword::Off),
    ("note", Keyword::Note),
    ("over", Keyword::Over),
    ("box", Keyword::Box),
    ("loop", Keyword::Fragment(FragmentKind::Loop)),
    ("opt", Keyword::Fragment(FragmentKind::Opt)),
    ("break", Keyword::Fragment(FragmentKind::Break)),
    ("rect", Keyword::Fragment(FragmentKind::Rect)),
    ("alt", Keyword::Fragment(FragmentKind::Alt)),
    ("par", Keyword::Fragment(FragmentKind::Par)),
    ("par_over", Keyword::Fragment(FragmentKind::ParOver)),
    ("critical", Keyword::Fragment(FragmentKind::Critical)),
    ("else", Keyword::Else),
    ("and", Keyword::And),
    ("option", Keyword::Option),
    ("end", Keyword::End),
];

/// The keywords that only a name behind them makes keywords.
const ATTACHMENTS: [(&str, AttachmentKind); 4] = [
    ("link", AttachmentKind::Link),
    ("links", AttachmentKind::Links),
    ("properties", AttachmentKind::Properties),
    ("details", AttachmentKind::Details),
];

/// How the name behind `participant` goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameEnd {
    /// With the end of the statement.
    Statement,
    /// With `as`, which has been read.
    Label,
    /// With `@{`, which has been read.
    Metadata,
    /// With a character that no name holds.
    Forbidden,
}

/// Cuts a sequence diagram into tokens.
#[derive(Debug, Clone)]
pub(crate) struct Lexer<'a> {
    pub(crate) cursor: Cursor<'a>,
    /// Remarks, in text order.
    pub(crate) comments: Vec<Word>,
}

impl<'a> Lexer<'a> {
    /// The text that is read.
    pub(crate) fn source(&self) -> Source<'a> {
        self.cursor.source
    }

    /// A lexer that starts at byte `at` of the source.
    pub(crate) fn new(source: Source<'a>, at: usize) -> Self {
        Self { cursor: Cursor::new(source, at), comments: Vec::new() }
    }

    /// The next token.
    pub(crate) fn next(&mut self) -> Token {
        self.skip_blanks_and_comments();
        let start = self.cursor.at;
        let kind = self.read_kind();
        let word = self.cursor.since(start);
        let word = if kind == TokenKind::Participant { self.cursor.source.trim(word) } else { word };
        Token { kind, word, start }
    }

    fn read_kind(&mut self) -> TokenKind {
        let rest = self.cursor.rest();
        let Some(first) = rest.chars().next() else {
            return TokenKind::EndOfText;
        };
        match first {
            '\n' => {
                self.cursor.skip_to(|byte| byte != b'\n');
                return TokenKind::EndOfStatement;
            }
            ';' => return self.one(TokenKind::EndOfStatement),
            ',' => return self.one(TokenKind::Comma),
            '+' => return self.one(TokenKind::Plus),
            ':' => {
                self.cursor.skip(1);
                self.skip_until(|byte| matches!(byte, b'\n' | b';' | b'#'));
                return TokenKind::Text;
            }
            '(' if self.cursor.eat("()") => return TokenKind::Central,
            '-' | '<' | '/' | '\\' => {
                if let Some((arrow, len)) = arrow(rest) {
                    self.cursor.skip(len);
                    return TokenKind::Arrow(arrow);
                }
                return self.one(if first == '-' { TokenKind::Minus } else { TokenKind::Stray });
            }
            '0'..='9' | '.' => {
                let len = number_width(rest);
                if len > 0 {
                    self.cursor.skip(len);
                    return TokenKind::Number;
                }
            }
            _ if first.is_ascii_alphabetic() => {
                if let Some(keyword) = self.keyword() {
                    return TokenKind::Keyword(keyword);
                }
            }
            _ => {}
        }
        match name_width(rest) {
            0 => self.one(TokenKind::Stray),
            len => {
                self.cursor.skip(len);
                TokenKind::Participant
            }
        }
    }

    /// A token of one ASCII character.
    fn one(&mut self, kind: TokenKind) -> TokenKind {
        self.cursor.skip(1);
        kind
    }

    /// A remark begins with `#` or `%`, or with any one character before `%%`.
    fn skip_blanks_and_comments(&mut self) {
        loop {
            self.cursor.skip_blanks();
            let rest = self.cursor.rest();
            let is_comment = match self.cursor.byte() {
                b'#' => entity_width(rest) == 0,
                b'%' => !rest.starts_with("%{"),
                b'\n' | b';' | b'}' => false,
                _ => rest.chars().next().is_some_and(|c| rest[c.len_utf8()..].starts_with("%%")),
            };
            if !is_comment {
                return;
            }
            let start = self.cursor.at;
            self.cursor.skip_to(|byte| byte == b'\n');
            self.comments.push(self.cursor.since(start));
        }
    }

    fn keyword(&mut self) -> Option<Keyword> {
        let rest = self.cursor.rest();
        let len = rest.bytes().take_while(|byte| is_word(char::from(*byte))).count();
        let (run, after) = rest.split_at(len);
        if let Some((_, keyword)) = KEYWORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(run)) {
            self.cursor.skip(len);
            return Some(*keyword);
        }
        let is = |word: &str| run.eq_ignore_ascii_case(word);
        let (keyword, more) = if is("left") || is("right") {
            let of = after.get(..3).filter(|of| of.eq_ignore_ascii_case(" of"))?;
            if after[of.len()..].starts_with(is_word) {
                return None;
            }
            (if is("left") { Keyword::LeftOf } else { Keyword::RightOf }, of.len())
        } else if is("title") {
            let colon = usize::from(after.starts_with(':'));
            let blank = after[colon..].chars().next().filter(|c| is_space(*c))?;
            let text = &after[colon + blank.len_utf8()..];
            if text.is_empty()
                || text.starts_with(['\n', ';'])
                || (text.starts_with('#') && entity_width(text) == 0)
            {
                return None;
            }
            (Keyword::Title, colon + blank.len_utf8())
        } else if is("accTitle") || is("accDescr") {
            let lead = after.trim_start_matches(is_space);
            let behind =
                lead.strip_prefix(':').or_else(|| lead.strip_prefix('{').filter(|_| is("accDescr")))?;
            let behind = behind.trim_start_matches(is_space);
            let keyword = match (is("accTitle"), lead.starts_with(':')) {
                (true, _) => Keyword::AccTitle,
                (false, true) => Keyword::AccDescr,
                (false, false) => Keyword::AccDescrBlock,
            };
            (keyword, after.len() - behind.len())
        } else if let Some((_, kind)) = ATTACHMENTS.iter().find(|(word, _)| is(word)) {
            let name = after.trim_start_matches(is_space);
            if name.len() == after.len() || name.bytes().next().is_none_or(ends_start) {
                return None;
            }
            (Keyword::Attachment(*kind), 0)
        } else {
            return None;
        };
        self.cursor.skip(len + more);
        Some(keyword)
    }

    /// The text up to a newline, `;` or `#`; entities hide their own `#` and `;`.
    pub(crate) fn text(&mut self) -> Word {
        let start = self.cursor.at;
        self.skip_until(|byte| matches!(byte, b'\n' | b';' | b'#'));
        self.cursor.since(start)
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

    /// Moves to the end of the statement.
    pub(crate) fn skip_statement(&mut self) {
        self.skip_until(|byte| matches!(byte, b'\n' | b';'));
    }

    /// Moves to the next byte at which `stop` holds, outside entities.
    fn skip_until(&mut self, stop: impl Fn(u8) -> bool) {
        loop {
            self.cursor.skip_to(|byte| byte == b'#' || stop(byte));
            if self.cursor.byte() != b'#' {
                return;
            }
            match entity_width(self.cursor.rest()) {
                0 if stop(b'#') => return,
                len => self.cursor.skip(len.max(1)),
            }
        }
    }

    /// The name behind `participant`, `destroy` and the like, and how it goes on.
    ///
    /// A name that `as` or `@{` follows holds no blanks; otherwise everything up to the end of the statement is the name.
    pub(crate) fn name(&mut self) -> (Word, NameEnd) {
        self.cursor.skip_blanks();
        let start = self.cursor.at;
        self.skip_until(|byte| byte.is_ascii_whitespace() || is_forbidden(byte));
        let short = self.cursor.since(start);
        let after = self.cursor.at;
        self.cursor.skip_blanks();
        if !self.source().slice(short).is_empty() {
            if self.cursor.eat("@{") {
                return (short, NameEnd::Metadata);
            }
            if self.cursor.at > after && self.eat_as() {
                return (short, NameEnd::Label);
            }
        }
        self.skip_until(|byte| byte == b'\n' || is_forbidden(byte));
        let name = self.cursor.source.trim(self.cursor.since(start));
        let end = if matches!(self.cursor.byte(), 0 | b'\n' | b';') {
            NameEnd::Statement
        } else {
            NameEnd::Forbidden
        };
        (name, end)
    }

    /// Moves behind `as` when white space follows it.
    pub(crate) fn eat_as(&mut self) -> bool {
        self.cursor.skip_blanks();
        let rest = self.cursor.rest();
        let found = rest.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("as"))
            && rest.get(2..).is_some_and(|after| after.is_empty() || after.starts_with(is_space));
        if found {
            self.cursor.skip(2);
        }
        found
    }
}

/// Characters that end a declared name.
fn is_forbidden(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b':' | b',' | b';' | b'@')
}

/// Characters that a participant's name in a message cannot begin with, and that end its first part.
fn ends_start(byte: u8) -> bool {
    ends_name(byte) || matches!(byte, b'/' | b'\\' | b'(' | b')')
}

/// Characters that end the later parts of a participant's name in a message.
fn ends_name(byte: u8) -> bool {
    matches!(byte, b'+' | b'<' | b'>' | b'-' | b':' | b',' | b';' | b'\n')
}

/// Length of the participant's name that `rest` starts with, blanks behind it included.
///
/// A dash belongs to it unless an arrow begins there or another dash follows.
fn name_width(rest: &str) -> usize {
    let mut at = run_width(rest, ends_start);
    if at == 0 {
        return 0;
    }
    loop {
        let tail = &rest[at..];
        if arrow(tail).is_some() || tail.starts_with("()") {
            return at;
        }
        let dash = usize::from(tail.starts_with('-'));
        match run_width(&tail[dash..], ends_name) {
            0 => return at,
            len => at += dash + len,
        }
    }
}

/// Length of `rest` up to the first byte at which `stop` holds; entities are taken whole.
fn run_width(rest: &str, stop: impl Fn(u8) -> bool) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let entity = if byte == b'#' { entity_width(&rest[at..]) } else { 0 };
        if entity == 0 && stop(byte) {
            break;
        }
        at += entity.max(1);
    }
    at
}

/// Length of the number that `rest` starts with when white space or the end of the text follows; 0 otherwise.
fn number_width(rest: &str) -> usize {
    fn decimals(rest: &str) -> IResult<&str, &str> {
        preceded(char('.'), take_while_m_n(1, 2, |c: char| c.is_ascii_digit())).parse(rest)
    }
    fn number(rest: &str) -> IResult<&str, &str> {
        verify(recognize((digit0, opt(decimals))), |text: &str| !text.is_empty()).parse(rest)
    }
    fn whole(rest: &str) -> IResult<&str, &str> {
        digit1.parse(rest)
    }
    [number(rest), whole(rest)]
        .into_iter()
        .flatten()
        .find(|(after, _)| after.is_empty() || after.starts_with([' ', '\n']))
        .map_or(0, |(_, number)| number.len())
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::OffsetMap;
    use crate::base::text::Span;

    use super::*;

    fn tokens(text: &str) -> Vec<(TokenKind, String)> {
        let map = OffsetMap::copy_of(Span::new(0, text.len() as u32));
        let mut lexer = Lexer::new(Source { text, map: &map }, 0);
        let mut found = Vec::new();
        loop {
            let token = lexer.next();
            if token.kind == TokenKind::EndOfText {
                return found;
            }
            found.push((token.kind, text[token.word.range()].to_owned()));
        }
    }

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.1).collect()
    }

    #[test]
    fn names_end_where_an_arrow_begins() {
        let table: [(&str, &[&str]); 12] = [
            ("node-1->>node-2: a", &["node-1", "->>", "node-2", ": a"]),
            ("a--b", &["a", "-", "-", "b"]),
            ("a -x b: t", &["a", "-x", "b", ": t"]),
            ("web server ->> db: t", &["web server", "->>", "db", ": t"]),
            ("a()->>()b: t", &["a", "()", "->>", "()", "b", ": t"]),
            ("a/->>b: t", &["a/", "->>", "b", ": t"]),
            ("a//->b: t", &["a", "//-", ">", "b", ": t"]),
            ("1->>2: t", &["1", "->>", "2", ": t"]),
            ("a#59;b->>c: d#59;e;f", &["a#59;b", "->>", "c", ": d#59;e", ";", "f"]),
            ("a->>b: t # remark\nc", &["a", "->>", "b", ": t ", "\n", "c"]),
            ("a->>b:%%x\nc", &["a", "->>", "b", "\n", "c"]),
            ("%x\n# y\nb%%z\nc", &["\n", "\n", "\n", "c"]),
        ];
        for (text, expected) in table {
            assert_eq!(texts(text), expected, "{text:?}");
        }
    }

    #[test]
    fn keywords_are_whole_words_in_any_case() {
        let first = |text: &str| tokens(text).first().map(|token| token.0);
        let keyword = |text: &str| match first(text) {
            Some(TokenKind::Keyword(keyword)) => Some(keyword),
            _ => None,
        };
        assert_eq!(keyword("END"), Some(Keyword::End));
        assert_eq!(keyword("end->>b"), Some(Keyword::End));
        assert_eq!(keyword("ending"), None);
        assert_eq!(keyword("par_over x"), Some(Keyword::Fragment(FragmentKind::ParOver)));
        assert_eq!(keyword("left of"), Some(Keyword::LeftOf));
        assert_eq!(keyword("left  of"), None);
        assert_eq!(keyword("title x"), Some(Keyword::Title));
        assert_eq!(keyword("title:"), None);
        assert_eq!(keyword("links a: {}"), Some(Keyword::Attachment(AttachmentKind::Links)));
        assert_eq!(keyword("links->>a: t"), None);
        assert_eq!(keyword("accDescr { a"), Some(Keyword::AccDescrBlock));
    }

    #[test]
    fn a_number_is_followed_by_white_space() {
        let table =
            [("12 ", 2), ("12", 2), ("1.25\n", 4), (".5 ", 2), ("1.555 ", 0), ("1->", 0), (". ", 0), ("", 0)];
        for (text, width) in table {
            assert_eq!(number_width(text), width, "{text:?}");
        }
    }

    #[test]
    fn a_declared_name_may_hold_blanks_unless_something_follows_it() {
        let table = [
            ("A", "A", NameEnd::Statement),
            (" A B \n", "A B", NameEnd::Statement),
            ("A as B", "A", NameEnd::Label),
            ("A B as C", "A B as C", NameEnd::Statement),
            ("A as\nB", "A", NameEnd::Label),
            ("A asB", "A asB", NameEnd::Statement),
            ("A @{ type: x }", "A", NameEnd::Metadata),
            ("as as as", "as", NameEnd::Label),
            ("A%% c", "A%% c", NameEnd::Statement),
            ("A: x", "A", NameEnd::Forbidden),
            ("\nA", "", NameEnd::Statement),
        ];
        for (text, name, end) in table {
            let map = OffsetMap::copy_of(Span::new(0, text.len() as u32));
            let (found, found_end) = Lexer::new(Source { text, map: &map }, 0).name();
            assert_eq!((&text[found.range()], found_end), (name, end), "{text:?}");
        }
    }
}
