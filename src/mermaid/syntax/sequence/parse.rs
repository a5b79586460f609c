//! Reads the statements of a sequence diagram, and goes on at the next one when one cannot be read.

use std::ops::Range;

use crate::base::text::Span;
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::source::{Source, Word};
use crate::mermaid::syntax::{
    Expected, Found, Listed, Problem, Remedy, Statement, Step, SyntaxError, foreign,
};

use super::arrow::foreign_arrow;
use super::token::{Keyword, Lexer, NameEnd, Token, TokenKind};
use super::tree::{
    ActivationMark, AttachmentKind, Autonumber, Central, Declaration, FragmentKind, Message, Note, Placement,
    StatementKind,
};

/// Reads the statements from byte `at` of the source, where the header ends.
pub(crate) fn parse(source: Source<'_>, at: usize) -> Listed<StatementKind> {
    let mut lexer = Lexer::new(source, at);
    let token = lexer.next();
    let mut parser =
        Parser { lexer, token, end: at, open: Vec::new(), statements: Vec::new(), errors: Vec::new() };
    parser.run();
    Listed { statements: parser.statements, errors: parser.errors, remarks: parser.lexer.comments }
}

/// A box or fragment that waits for its `end`.
struct Open {
    block: Block,
    keyword: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Box,
    Fragment(FragmentKind),
    /// A refused statement of another kind of diagram, behind which an `end` follows.
    Foreign,
}

impl Block {
    fn keyword(self) -> &'static str {
        match self {
            Self::Box => "box",
            Self::Fragment(kind) => kind.keyword(),
            Self::Foreign => "subgraph",
        }
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    /// The token that comes next. When it is a keyword, the lexer stands right behind it.
    token: Token,
    /// Where what was read ends: in front of the token that comes next.
    end: usize,
    open: Vec<Open>,
    statements: Vec<Statement<StatementKind>>,
    errors: Vec<SyntaxError>,
}

impl<'a> Parser<'a> {
    /// The characters of a word.
    fn slice(&self, word: Word) -> &'a str {
        self.lexer.source().slice(word)
    }

    /// Where a word or bytes stand in the file.
    fn span(&self, word: impl Into<Range<usize>>) -> Span {
        self.lexer.source().span(word)
    }

    fn run(&mut self) {
        loop {
            match self.token.kind {
                TokenKind::EndOfText => break,
                // Mermaid takes a character that starts nothing for an empty statement.
                TokenKind::EndOfStatement | TokenKind::Stray => self.advance(),
                _ => self.statement(),
            }
        }
        let source = self.lexer.source();
        let end = source.text.len();
        self.open.retain(|open| open.block != Block::Foreign);
        if let [around @ .., open] = self.open.as_slice() {
            let problem = Problem::Unclosed {
                keyword: open.block.keyword(),
                closer: "end",
                opened: open.keyword,
                n_more: around.len(),
            };
            self.errors.push(SyntaxError::new(source.span(end..end), problem));
        }
    }

    fn statement(&mut self) {
        let is_end = self.token.kind == TokenKind::Keyword(Keyword::End);
        if is_end && self.open.last().is_some_and(|open| open.block == Block::Foreign) {
            // It closes what was refused, and that has been said.
            self.open.pop();
            return self.advance();
        }
        let Token { start, word: first, .. } = self.token;
        self.check_box();
        match self.read_statement() {
            Ok(kind) => {
                let word = self.lexer.source().trim(Word::from(start..self.end));
                self.statements.push(Statement { kind, word });
            }
            Err(error) => {
                let foreign = foreign::statement(self.lexer.source(), start, &error, foreign::SEQUENCE);
                if foreign.as_ref().is_some_and(|foreign| foreign.opens) {
                    self.open.push(Open { block: Block::Foreign, keyword: self.span(first) });
                }
                self.errors.push(foreign.map_or(error, |foreign| foreign.error));
                if !self.is_at_end() {
                    self.lexer.skip_statement();
                    self.resume();
                }
            }
        }
    }

    /// A box holds declarations and nothing else.
    fn check_box(&mut self) {
        let Some(Open { block: Block::Box, keyword }) = self.open.last() else {
            return;
        };
        let may_stand = matches!(
            self.token.kind,
            TokenKind::Keyword(Keyword::Participant | Keyword::Actor | Keyword::Destroy | Keyword::End)
        );
        if !may_stand {
            let problem =
                Problem::NotInBox { found: self.slice(self.token.word).to_owned(), opened: *keyword };
            self.errors.push(SyntaxError::new(self.span(self.token.word), problem));
        }
    }

    fn read_statement(&mut self) -> Step<StatementKind> {
        match self.token.kind {
            TokenKind::Participant => self.message(),
            TokenKind::Arrow(_) => {
                let arrow = self.token.word;
                Err(SyntaxError::new(
                    self.span(arrow),
                    Problem::MissingArrowSource { arrow: self.slice(arrow).to_owned() },
                ))
            }
            TokenKind::Keyword(keyword) => self.keyword_statement(keyword),
            _ => Err(self.unexpected(&[Expected::Statement])),
        }
    }

    fn keyword_statement(&mut self, keyword: Keyword) -> Step<StatementKind> {
        match keyword {
            Keyword::Participant | Keyword::Actor => self.declaration(false),
            Keyword::Create => {
                self.advance();
                match self.token.kind {
                    TokenKind::Keyword(Keyword::Participant | Keyword::Actor) => self.declaration(true),
                    _ => {
                        Err(self.unexpected(&[Expected::Literal("participant"), Expected::Literal("actor")]))
                    }
                }
            }
            Keyword::Destroy => self.named().map(StatementKind::Destroy),
            Keyword::Activate => self.named().map(StatementKind::Activate),
            Keyword::Deactivate => self.named().map(StatementKind::Deactivate),
            Keyword::Autonumber => self.autonumber(),
            Keyword::Note => self.note(),
            Keyword::Box => {
                self.open.push(Open { block: Block::Box, keyword: self.span(self.token.word) });
                Ok(StatementKind::Box(self.text_behind()))
            }
            Keyword::Fragment(kind) => {
                self.open.push(Open { block: Block::Fragment(kind), keyword: self.span(self.token.word) });
                Ok(StatementKind::Fragment(kind, self.text_behind()))
            }
            Keyword::Else => self.operand(&[FragmentKind::Alt]),
            Keyword::And => self.operand(&[FragmentKind::Par, FragmentKind::ParOver]),
            Keyword::Option => self.operand(&[FragmentKind::Critical]),
            Keyword::End => {
                let end = self.span(self.token.word);
                self.advance();
                match self.open.pop() {
                    Some(Open { block: Block::Box, .. }) => Ok(StatementKind::EndBox),
                    Some(Open { block: Block::Fragment(_), .. }) => Ok(StatementKind::EndFragment),
                    Some(Open { block: Block::Foreign, .. }) | None => {
                        Err(SyntaxError::new(end, Problem::StrayEnd))
                    }
                }
            }
            Keyword::Title => Ok(StatementKind::Title(self.text_behind())),
            Keyword::AccTitle => Ok(StatementKind::AccTitle(self.line_behind())),
            Keyword::AccDescr => Ok(StatementKind::AccDescr(self.line_behind())),
            Keyword::AccDescrBlock => {
                // Without its brace it takes the rest of the text and describes nothing with it.
                let text = self.lexer.braced().unwrap_or_else(|| self.lexer.cursor.take(0));
                self.resume();
                Ok(StatementKind::AccDescr(text))
            }
            Keyword::Attachment(kind) => self.attachment(kind),
            Keyword::SequenceDiagram => Err(self.unexpected(&[Expected::Statement])),
            Keyword::LeftOf | Keyword::RightOf | Keyword::Over | Keyword::Off => Err(self.reserved()),
        }
    }

    fn declaration(&mut self, create: bool) -> Step<StatementKind> {
        let is_actor = self.token.kind == TokenKind::Keyword(Keyword::Actor);
        let (id, end) = self.name()?;
        let mut declaration = Declaration { create, is_actor, id, metadata: None, label: None };
        let mut has_label = end == NameEnd::Label;
        if end == NameEnd::Metadata {
            let metadata = self.metadata()?;
            declaration.metadata = Some(metadata);
            has_label = self.lexer.eat_as();
        }
        if has_label {
            let label = self.lexer.text();
            declaration.label = Some(label);
        }
        self.resume();
        self.end_of_statement()?;
        Ok(StatementKind::Declaration(declaration))
    }

    /// What stands between the braces of `@{ }`; the opening one has been read.
    fn metadata(&mut self) -> Step<Word> {
        let at = self.lexer.cursor.at;
        let source = self.lexer.source();
        match self.lexer.braced() {
            Some(text) if !self.slice(text).is_empty() => Ok(text),
            Some(_) => {
                self.resume();
                let problem = Problem::Unexpected {
                    found: Found::Token("}".to_owned()),
                    expected: &[Expected::Literal("type: database")],
                };
                Err(SyntaxError::new(source.span(at..at + 1), problem))
            }
            None => {
                let end = source.text.trim_end_matches(is_space).len();
                self.resume();
                let problem = Problem::UnclosedBracket {
                    opener: "@{".to_owned(),
                    closer: "}",
                    opened: source.span(at - 2..at),
                };
                Err(SyntaxError::new(source.span(end..end), problem))
            }
        }
    }

    /// The name behind a keyword, and how it goes on.
    fn name(&mut self) -> Step<(Word, NameEnd)> {
        let (name, end) = self.lexer.name();
        if end == NameEnd::Forbidden {
            let at = self.lexer.cursor.at;
            let found = self.lexer.cursor.char().unwrap_or_default();
            let span = self.span(at..at + found.len_utf8());
            self.lexer.skip_statement();
            self.resume();
            return Err(SyntaxError::new(span, Problem::UnknownCharacter(found)));
        }
        if self.slice(name).is_empty() {
            self.resume();
            return Err(self.unexpected(&[Expected::Id]));
        }
        Ok((name, end))
    }

    /// The name that is all that stands behind a keyword.
    fn named(&mut self) -> Step<Word> {
        let (name, end) = self.name()?;
        if end != NameEnd::Statement {
            let at = self.lexer.cursor.at;
            let (found, span) = self.lexer.source().found(at);
            let problem = Problem::Unexpected { found, expected: &[Expected::EndOfStatement] };
            self.lexer.skip_statement();
            self.resume();
            return Err(SyntaxError::new(span, problem));
        }
        self.resume();
        self.end_of_statement()?;
        Ok(name)
    }

    fn operand(&mut self, fits: &'static [FragmentKind]) -> Step<StatementKind> {
        let keyword = self.token.word;
        let text = self.text_behind();
        let inside = self.open.last();
        if inside.is_some_and(|open| fits.iter().any(|kind| open.block == Block::Fragment(*kind))) {
            return Ok(StatementKind::Operand(text));
        }
        let problem = Problem::MisplacedOperand {
            keyword: self.slice(keyword).to_owned(),
            belongs_to: fits.first().map_or("alt", |kind| kind.keyword()),
            inside: inside.map(|open| (open.block.keyword(), open.keyword)),
        };
        Err(SyntaxError::new(self.span(keyword), problem))
    }

    fn autonumber(&mut self) -> Step<StatementKind> {
        self.advance();
        let mut autonumber = Autonumber { off: false, start: None, step: None };
        if self.token.kind == TokenKind::Keyword(Keyword::Off) {
            autonumber.off = true;
            self.advance();
        } else {
            autonumber.start = self.eat(TokenKind::Number);
            if autonumber.start.is_some() {
                autonumber.step = self.eat(TokenKind::Number);
            }
        }
        if !self.is_at_end() {
            return Err(self.unexpected(match (autonumber.off, autonumber.step) {
                (false, None) => &[Expected::Number, Expected::EndOfStatement],
                _ => &[Expected::EndOfStatement],
            }));
        }
        Ok(StatementKind::Autonumber(autonumber))
    }

    fn note(&mut self) -> Step<StatementKind> {
        self.advance();
        let placement = match self.token.kind {
            TokenKind::Keyword(Keyword::LeftOf) => Placement::LeftOf,
            TokenKind::Keyword(Keyword::RightOf) => Placement::RightOf,
            TokenKind::Keyword(Keyword::Over) => Placement::Over,
            _ => {
                const PLACES: &[Expected] =
                    &[Expected::Literal("left of"), Expected::Literal("right of"), Expected::Literal("over")];
                return Err(self.unexpected(PLACES));
            }
        };
        self.advance();
        let first = self.participant()?;
        let mut second = None;
        if placement == Placement::Over && self.token.kind == TokenKind::Comma {
            self.advance();
            second = Some(self.participant()?);
            if self.token.kind == TokenKind::Comma {
                return Err(SyntaxError::new(self.span(self.token.word), Problem::NoteOverSeveral));
            }
        }
        let text = self.text(&[Expected::Literal(":")])?;
        Ok(StatementKind::Note(Note { placement, first, second, text }))
    }

    fn attachment(&mut self, kind: AttachmentKind) -> Step<StatementKind> {
        self.advance();
        let participant = self.participant()?;
        let text = self.text(&[Expected::Literal(":")])?;
        Ok(StatementKind::Attachment(kind, participant, text))
    }

    fn message(&mut self) -> Step<StatementKind> {
        let from = self.token.word;
        self.advance();
        let from_central = self.eat(TokenKind::Central).is_some();
        let TokenKind::Arrow(arrow) = self.token.kind else {
            return Err(self.no_arrow(from));
        };
        let arrow_word = self.token.word;
        self.advance();
        let to_central = self.eat(TokenKind::Central).is_some();
        let activation = match self.token.kind {
            TokenKind::Plus if !from_central && !to_central => Some(ActivationMark::Activate),
            TokenKind::Minus if !from_central && !to_central => Some(ActivationMark::Deactivate),
            _ => None,
        };
        if activation.is_some() {
            self.advance();
        }
        let to = match self.token.kind {
            TokenKind::EndOfStatement | TokenKind::EndOfText | TokenKind::Text => {
                let problem = Problem::MissingArrowTarget { arrow: self.slice(arrow_word).to_owned() };
                return Err(SyntaxError::new(self.span(arrow_word), problem));
            }
            _ => self.participant()?,
        };
        let central = match (from_central, to_central) {
            (false, false) => None,
            (false, true) => Some(Central::To),
            (true, false) => Some(Central::From),
            (true, true) => Some(Central::Both),
        };
        if self.is_at_end() {
            let behind = Span::at(self.span(to).end);
            let remedy = Remedy::Insert(behind, ":".to_owned());
            return Err(SyntaxError::new(self.span(to), Problem::MissingMessageText).remedy(remedy));
        }
        let text = self.text(&[Expected::Literal(":")])?;
        Ok(StatementKind::Message(Message { from, to, arrow, activation, central, text }))
    }

    /// What to say about a statement that starts with a name and goes on without an arrow.
    fn no_arrow(&self, from: Word) -> SyntaxError {
        let source = self.lexer.source();
        let start = from.range().start;
        let rest = source.text.get(start..).unwrap_or_default();
        // An arrow in the text behind the colon is none of this statement.
        let line = &rest[..rest.find(['\n', ':', ';']).unwrap_or(rest.len())];
        if let Some((range, nearest)) = foreign_arrow(line) {
            let span = source.span(start + range.start..start + range.end);
            let problem = Problem::ForeignArrow { arrow: line[range].to_owned(), nearest };
            return SyntaxError::new(span, problem).remedy(Remedy::Replace(span, nearest.to_owned()));
        }
        if self.is_at_end() {
            let found = Found::Token(self.slice(from).to_owned());
            return SyntaxError::new(
                self.span(from),
                Problem::Unexpected { found, expected: &[Expected::Statement] },
            );
        }
        self.unexpected(&[Expected::Arrow])
    }

    fn participant(&mut self) -> Step<Word> {
        match self.token.kind {
            TokenKind::Participant => {
                let name = self.token.word;
                self.advance();
                Ok(name)
            }
            TokenKind::Keyword(_) => Err(self.reserved()),
            _ => Err(self.unexpected(&[Expected::Participant])),
        }
    }

    /// The text behind a colon, with the colon.
    fn text(&mut self, expected: &'static [Expected]) -> Step<Word> {
        self.eat(TokenKind::Text).ok_or_else(|| self.unexpected(expected))
    }

    /// The text behind the keyword that comes next, up to the end of the statement.
    fn text_behind(&mut self) -> Word {
        let text = self.lexer.text();
        self.read_behind(text)
    }

    /// The rest of the line behind the keyword that comes next.
    fn line_behind(&mut self) -> Word {
        let text = self.lexer.line();
        self.read_behind(text)
    }

    fn read_behind(&mut self, text: Word) -> Word {
        self.resume();
        text
    }

    fn is_at_end(&self) -> bool {
        matches!(self.token.kind, TokenKind::EndOfStatement | TokenKind::EndOfText)
    }

    fn end_of_statement(&self) -> Step<()> {
        if self.is_at_end() { Ok(()) } else { Err(self.unexpected(&[Expected::EndOfStatement])) }
    }

    fn eat(&mut self, kind: TokenKind) -> Option<Word> {
        let word = self.token.word;
        (self.token.kind == kind).then(|| {
            self.advance();
            word
        })
    }

    /// Goes to the next token.
    fn advance(&mut self) {
        self.resume();
    }

    /// Reads a token after something that was no token.
    fn resume(&mut self) {
        self.end = self.lexer.cursor.at;
        self.token = self.lexer.next();
    }

    fn reserved(&self) -> SyntaxError {
        let word = self.slice(self.token.word).trim_matches(is_space).to_owned();
        SyntaxError::new(self.span(self.token.word), Problem::ReservedWord { word })
    }

    fn unexpected(&self, expected: &'static [Expected]) -> SyntaxError {
        let word = self.token.word;
        let (found, span) = match self.token.kind {
            TokenKind::EndOfText => (Found::EndOfText, self.span(word)),
            TokenKind::EndOfStatement if self.slice(word) == ";" => {
                (Found::Token(";".to_owned()), self.span(word))
            }
            TokenKind::EndOfStatement => (Found::EndOfLine, Span::at(self.span(word).start)),
            _ => (Found::Token(self.slice(word).to_owned()), self.span(word)),
        };
        SyntaxError::new(span, Problem::Unexpected { found, expected })
    }
}
