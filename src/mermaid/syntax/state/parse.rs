//! Reads the statements of a state diagram, and goes on behind the line when one cannot be read.

use std::ops::Range;

use crate::base::text::Span;
use crate::mermaid::syntax::character::{is_space, is_word};
use crate::mermaid::syntax::source::{Source, Word};
use crate::mermaid::syntax::{
    Expected, Found, Listed, Problem, Remedy, Statement, Step, SyntaxError, foreign,
};

use super::token::{Head, Keyword, Lexer, Token, TokenKind};
use super::tree::{Click, Described, Mention, Note, StatementKind};

/// Reads the statements from byte `at` of the source, where the header ends.
pub(crate) fn parse(source: Source<'_>, at: usize) -> Listed<StatementKind> {
    let mut lexer = Lexer::new(source, at);
    let token = lexer.next(false);
    let mut parser =
        Parser { lexer, token, end: at, open: Vec::new(), statements: Vec::new(), errors: Vec::new() };
    parser.run();
    Listed { statements: parser.statements, errors: parser.errors, remarks: parser.lexer.comments }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    /// The token that comes next. When it is a keyword, the lexer stands right behind it.
    token: Token,
    /// Where what was read ends: in front of the token that comes next.
    end: usize,
    /// The composites that wait for their `}`, by their ids.
    open: Vec<Span>,
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
                TokenKind::EndOfLine => self.advance(),
                _ => self.statement(),
            }
        }
        let source = self.lexer.source();
        let end = source.text.trim_end_matches(is_space).len();
        if let [around @ .., opened] = self.open.as_slice() {
            let problem =
                Problem::Unclosed { keyword: "state", closer: "}", opened: *opened, n_more: around.len() };
            self.errors.push(SyntaxError::new(source.span(end..end), problem));
        }
    }

    fn statement(&mut self) {
        let start = self.token.start;
        match self.read_statement() {
            Ok(kind) => {
                let word = self.lexer.source().trim(Word::from(start..self.end));
                self.statements.push(Statement { kind, word });
            }
            Err(error) => {
                let foreign = foreign::statement(self.lexer.source(), start, &error, foreign::STATE);
                self.errors.push(foreign.map_or(error, |foreign| foreign.error));
                if !self.is_at_end() {
                    self.lexer.line();
                    self.resume();
                }
            }
        }
    }

    fn read_statement(&mut self) -> Step<StatementKind> {
        let word = self.token.word;
        match self.token.kind {
            TokenKind::Id | TokenKind::Edge => self.state_or_transition(),
            TokenKind::Keyword(keyword) => self.keyword_statement(keyword),
            TokenKind::Direction(direction) => {
                self.advance();
                Ok(StatementKind::Direction(direction))
            }
            TokenKind::Close => {
                self.open.pop();
                self.advance();
                Ok(StatementKind::EndComposite)
            }
            TokenKind::Divider => {
                self.advance();
                Ok(StatementKind::Divider)
            }
            TokenKind::Open => Ok(self.stray_open()),
            TokenKind::Arrow => {
                let arrow = self.slice(word).to_owned();
                let problem = match self.statements.last() {
                    Some(Statement { kind: StatementKind::Transition(..), word: first })
                        if self.is_on_line_of(*first) =>
                    {
                        Problem::ChainedArrow { arrow, first: self.span(*first) }
                    }
                    _ => Problem::MissingArrowSource { arrow },
                };
                Err(SyntaxError::new(self.span(word), problem))
            }
            TokenKind::Quoted => Err(SyntaxError::new(self.span(word), Problem::QuotedId)),
            TokenKind::Stray => Err(self.stray()),
            _ => Err(self.unexpected(&[Expected::Statement])),
        }
    }

    /// True when no newline stands between the end of `word` and the token that comes next.
    fn is_on_line_of(&self, word: Word) -> bool {
        !self.slice(Word::from(word.end()..self.token.word.start())).contains('\n')
    }

    fn keyword_statement(&mut self, keyword: Keyword) -> Step<StatementKind> {
        match keyword {
            Keyword::State => self.declaration(),
            Keyword::Note => self.note(),
            Keyword::ClassDef => {
                let name = self.list(is_word, Expected::ClassName)?;
                if self.slice(name).eq_ignore_ascii_case("default") {
                    self.resume();
                    let word = self.slice(name).to_owned();
                    return Err(SyntaxError::new(self.span(name), Problem::ReservedWord { word }));
                }
                Ok(StatementKind::ClassDef(name, self.rest_of_line()))
            }
            Keyword::Class => match self.lexer.ids() {
                Some(ids) => Ok(StatementKind::Class(ids, self.rest_of_line())),
                None => Err(self.unreadable(&[Expected::Id])),
            },
            Keyword::Style => {
                let ids = self.list(|c| is_word(c) || c == ',', Expected::Id)?;
                Ok(StatementKind::Style(ids, self.rest_of_line()))
            }
            Keyword::Scale => match self.lexer.scale() {
                Some(_) => {
                    self.resume();
                    Ok(StatementKind::Scale)
                }
                None => Err(self.unreadable(&[Expected::Number, Expected::Literal("width")])),
            },
            Keyword::Click => self.click(),
            Keyword::HideEmptyDescription => {
                self.advance();
                Ok(StatementKind::HideEmptyDescription)
            }
            Keyword::AccTitle => Ok(StatementKind::AccTitle(self.rest_of_line())),
            Keyword::AccDescr => Ok(StatementKind::AccDescr(self.rest_of_line())),
            Keyword::AccDescrBlock => {
                // Without its brace it takes the rest of the text and describes nothing with it.
                let text = self.lexer.braced().unwrap_or_else(|| self.lexer.cursor.take(0));
                self.resume();
                Ok(StatementKind::AccDescr(text))
            }
            Keyword::Default | Keyword::Href | Keyword::StateDiagram => {
                let word = self.slice(self.token.word).trim_matches(is_space).to_owned();
                Err(SyntaxError::new(self.span(self.token.word), Problem::ReservedWord { word }))
            }
        }
    }

    fn state_or_transition(&mut self) -> Step<StatementKind> {
        let from = self.mention()?;
        match self.token.kind {
            TokenKind::Arrow => {
                let arrow = self.token.word;
                self.advance();
                if self.is_at_end() || matches!(self.token.kind, TokenKind::Description | TokenKind::Arrow) {
                    let problem = Problem::MissingArrowTarget { arrow: self.slice(arrow).to_owned() };
                    return Err(SyntaxError::new(self.span(arrow), problem));
                }
                let to = self.mention()?;
                Ok(StatementKind::Transition(from, to, self.description()))
            }
            TokenKind::Stray => Err(self.stray()),
            TokenKind::Open => Ok(self.stray_open()),
            _ => Ok(StatementKind::State(from, self.description())),
        }
    }

    /// A state by its id or `[*]`, with a class or without.
    fn mention(&mut self) -> Step<Mention> {
        let id = self.token.word;
        match self.token.kind {
            TokenKind::Id | TokenKind::Edge => self.advance(),
            TokenKind::Keyword(_) => {
                let word = self.slice(id).trim_matches(is_space).to_owned();
                return Err(SyntaxError::new(self.span(id), Problem::ReservedWord { word }));
            }
            TokenKind::Quoted => return Err(SyntaxError::new(self.span(id), Problem::QuotedId)),
            TokenKind::Stray => return Err(self.stray()),
            _ => return Err(self.unexpected(&[Expected::State])),
        }
        let mut class = None;
        if self.token.kind == TokenKind::ClassMark {
            self.advance();
            if self.token.kind != TokenKind::Id {
                return Err(self.unexpected(&[Expected::ClassName]));
            }
            class = Some(self.token.word);
            self.advance();
        }
        Ok(Mention { id, class })
    }

    fn description(&mut self) -> Option<Word> {
        let word = self.token.word;
        (self.token.kind == TokenKind::Description).then(|| {
            self.advance();
            word
        })
    }

    /// `state`: the lexer stands behind the word and the white space that belongs to it.
    fn declaration(&mut self) -> Step<StatementKind> {
        if let Some((stereotype, id)) = self.lexer.stereotype() {
            self.resume();
            return Ok(StatementKind::Stereotype(stereotype, id));
        }
        let mut words: Option<Word> = None;
        let mut n_words = 0_usize;
        let mut description = None;
        let described = loop {
            match self.lexer.head() {
                Head::Word(word) if description.is_none() => {
                    let start = words.map_or(word.start(), super::super::source::Word::start);
                    words = Some(Word::from(start..word.range().end));
                    n_words += 1;
                }
                Head::Quoted(text) if description.is_none() => {
                    if self.slice(text).is_empty() {
                        return Err(self.refuse(self.span(text), Problem::EmptyLabel));
                    }
                    description = Some(text);
                }
                Head::Word(word) | Head::Quoted(word) => {
                    let found = Found::Token(self.slice(word).to_owned());
                    let expected = &[Expected::Literal("as")];
                    return Err(self.refuse(self.span(word), Problem::Unexpected { found, expected }));
                }
                Head::As(word) => {
                    if description.is_none() {
                        return Err(self.refuse(self.span(word), Problem::AliasWithoutText));
                    }
                    let id = self.lexer.alias();
                    if self.slice(id).is_empty() {
                        return Err(self.unreadable(&[Expected::Id]));
                    }
                    break Some(Described { description, id });
                }
                Head::UnclosedQuote => {
                    let quote = self.lexer.cursor.take(1);
                    return Err(
                        self.refuse(self.span(quote), Problem::UnclosedQuote { opened: self.span(quote) })
                    );
                }
                Head::End => break None,
            }
        };
        self.resume();
        let opens = self.token.kind == TokenKind::Open;
        match (described, words) {
            (Some(described), _) if opens => Ok(self.open_composite(described)),
            (Some(described), _) => Ok(StatementKind::Described(described)),
            (None, Some(id)) if opens => {
                if n_words > 1 {
                    self.errors.push(SyntaxError::new(self.span(id), Problem::CompositeNameWithBlanks));
                }
                Ok(self.open_composite(Described { description: None, id }))
            }
            (None, words) => {
                // A text between quotes names nothing without `as`; the line has been left behind already.
                if let Some(text) = description {
                    let expected = &[Expected::Literal("as")];
                    let problem = Problem::Unexpected { found: Found::EndOfLine, expected };
                    self.errors.push(SyntaxError::new(Span::at(self.span(text).end), problem));
                }
                match words.or(description) {
                    Some(_) => Ok(StatementKind::Undeclared),
                    None => Err(self.unexpected(&[Expected::Id])),
                }
            }
        }
    }

    /// The `{` comes next.
    fn open_composite(&mut self, described: Described) -> StatementKind {
        self.open.push(self.span(described.id));
        self.advance();
        StatementKind::Composite(described)
    }

    /// A `{` without `state`: what stands before it is taken for the name of the composite that it is meant to open.
    fn stray_open(&mut self) -> StatementKind {
        let source = self.lexer.source();
        let before =
            source.text.get(..self.token.word.start()).unwrap_or_default().trim_end_matches(is_space);
        let start = before.rfind(is_space).map_or(0, |at| at + 1);
        let id = Word::from(start.min(before.len())..before.len());
        let opener = self.token.word;
        self.errors.push(SyntaxError::new(self.span(opener), Problem::CompositeWithoutState));
        self.open_composite(Described { description: None, id })
    }

    fn note(&mut self) -> Step<StatementKind> {
        let keyword = self.token.word;
        if self.lexer.quoted().is_some() {
            if !self.lexer.eat_as() {
                return Err(self.unreadable(&[Expected::Literal("as")]));
            }
            self.rest_of_line();
            return Ok(StatementKind::FloatingNote);
        }
        let Some(position) = self.lexer.position() else {
            return Err(self.unreadable(&[Expected::Literal("left of"), Expected::Literal("right of")]));
        };
        let state = self.lexer.noted_state();
        if self.slice(state).is_empty() {
            return Err(self.unreadable(&[Expected::State]));
        }
        let Some(text) = self.lexer.note_text() else {
            return Err(self.refuse(self.span(state), Problem::UnclosedNote { opened: self.span(keyword) }));
        };
        self.resume();
        Ok(StatementKind::Note(Note { position, state, text }))
    }

    fn click(&mut self) -> Step<StatementKind> {
        self.advance();
        let state = self.mention()?.id;
        let has_href = self.token.kind == TokenKind::Keyword(Keyword::Href);
        if has_href {
            self.advance();
        }
        let url = self.quoted()?;
        let tooltip = if has_href { None } else { Some(self.quoted()?) };
        if !self.is_at_end() {
            return Err(self.unexpected(&[Expected::EndOfLine]));
        }
        Ok(StatementKind::Click(Click { state, url, tooltip }))
    }

    fn quoted(&mut self) -> Step<Word> {
        let word = self.token.word;
        if self.token.kind != TokenKind::Quoted {
            return Err(self.unexpected(&[Expected::QuotedText]));
        }
        self.advance();
        Ok(word)
    }

    fn list(&mut self, accept: impl Fn(char) -> bool, expected: Expected) -> Step<Word> {
        let list = self.lexer.list(accept);
        list.ok_or_else(|| {
            self.unreadable(match expected {
                Expected::ClassName => &[Expected::ClassName],
                _ => &[Expected::Id],
            })
        })
    }

    /// The rest of the line behind what has been read.
    fn rest_of_line(&mut self) -> Word {
        let line = self.lexer.line();
        self.resume();
        line
    }

    fn is_at_end(&self) -> bool {
        matches!(self.token.kind, TokenKind::EndOfLine | TokenKind::EndOfText)
    }

    /// Goes to the next token.
    fn advance(&mut self) {
        self.resume();
    }

    /// Reads a token after something that was no token.
    fn resume(&mut self) {
        self.end = self.lexer.cursor.at;
        self.token = self.lexer.next(!self.open.is_empty());
    }

    /// What to say about a character that starts nothing, which is mostly part of an arrow that is none here.
    fn stray(&self) -> SyntaxError {
        let source = self.lexer.source();
        let word = self.token.word;
        let is_arrow = |c: char| matches!(c, '-' | '=' | '~' | '<' | '>' | '.');
        let before = source.text.get(..word.start()).unwrap_or_default();
        let start = before.trim_end_matches(is_arrow).len();
        let rest = source.text.get(start..).unwrap_or_default();
        let run = &rest[..rest.find(|c| !is_arrow(c)).unwrap_or(rest.len())];
        if run.len() > 1 && run.contains('-') {
            let span = source.span(start..start + run.len());
            let problem = Problem::ForeignArrow { arrow: run.to_owned(), nearest: "-->" };
            return SyntaxError::new(span, problem).remedy(Remedy::Replace(span, "-->".to_owned()));
        }
        let behind = source.text.get(word.range().end..).unwrap_or_default();
        if self.slice(word) == ":" && (behind.is_empty() || behind.starts_with(['\n', ';'])) {
            return SyntaxError::new(self.span(word), Problem::EmptyDescription);
        }
        SyntaxError::new(
            self.span(word),
            Problem::UnknownCharacter(self.slice(word).chars().next().unwrap_or_default()),
        )
    }

    fn unexpected(&self, expected: &'static [Expected]) -> SyntaxError {
        let word = self.token.word;
        let (found, span) = match self.token.kind {
            TokenKind::EndOfText => (Found::EndOfText, self.span(word)),
            TokenKind::EndOfLine => (Found::EndOfLine, Span::at(self.span(word).start)),
            _ => (Found::Token(self.slice(word).to_owned()), self.span(word)),
        };
        SyntaxError::new(span, Problem::Unexpected { found, expected })
    }

    /// What stands where the lexer stands cannot be read as what a keyword wants behind it.
    fn unreadable(&mut self, expected: &'static [Expected]) -> SyntaxError {
        let (found, span) = self.lexer.source().found(self.lexer.cursor.at);
        self.refuse(span, Problem::Unexpected { found, expected })
    }

    /// A problem behind a keyword: the rest of the line is left out.
    fn refuse(&mut self, span: Span, problem: Problem) -> SyntaxError {
        self.lexer.line();
        self.resume();
        SyntaxError::new(span, problem)
    }
}
