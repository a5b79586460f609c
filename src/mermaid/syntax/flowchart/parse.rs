//! Statements.
//!
//! A statement that cannot be read is reported, and reading goes on at the next line; what was understood of it stays.

use crate::base::text::Span;
use crate::mermaid::syntax::cursor::{Source, Word, is_blank, is_space, is_word};
use crate::mermaid::syntax::{Expected, Found, Problem, SyntaxError};

use super::token::{Accessibility, IdPart, Keyword, Lexeme, Lexer, Token};
use super::tree::{
    Bracket, Click, ClickAction, Label, LinkTarget, Statement, StatementKind, SubgraphHead, Tree,
};

/// The statement cannot be read further; why is already said.
#[derive(Debug)]
pub(super) struct Stop;

/// Reads a flowchart.
pub(super) struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    pub(super) tree: Tree<'a>,
    pub(super) errors: Vec<SyntaxError>,
    /// Subgraphs that wait for their `end`, by their first word.
    open: Vec<Span>,
    /// Where reading goes on after a mistake: on the line behind this byte.
    resume_behind: usize,
}

/// Reads the flowchart whose header starts at byte `at`.
pub(crate) fn parse(source: Source<'_>, at: usize) -> (Tree<'_>, Vec<SyntaxError>) {
    let mut parser = Parser {
        lexer: Lexer::new(source, at),
        tree: Tree::default(),
        errors: Vec::new(),
        open: Vec::new(),
        resume_behind: at,
    };
    parser.diagram();
    (parser.tree, parser.errors)
}

/// Directions that the header takes, the longer first.
const HEADER_DIRECTIONS: [&str; 10] = ["TB", "TD", "BT", "LR", "RL", "BR", ">", "<", "^", "v"];

impl<'a> Parser<'a> {
    fn diagram(&mut self) {
        if self.header().is_err() {
            self.resume();
        }
        loop {
            match self.lexer.peek().token {
                Token::Newline | Token::Semicolon | Token::Space => {
                    self.lexer.take();
                }
                Token::EndOfText => break,
                _ => {
                    if self.statement().is_err() {
                        self.resume();
                    }
                }
            }
        }
        let end = self.end_of_text();
        for opened in std::mem::take(&mut self.open) {
            self.report(
                end,
                Problem::Unclosed {
                    keyword: "subgraph",
                    opened,
                },
            );
        }
    }

    /// Goes on at the end of the line on which a mistake was made.
    fn resume(&mut self) {
        let text = self.lexer.source().text;
        let line_end = text[self.resume_behind..]
            .find('\n')
            .map_or(text.len(), |len| self.resume_behind + len);
        self.lexer.seek(line_end);
    }

    /// Where the text ends: where it shows that something was never closed.
    pub(super) fn end_of_text(&self) -> Span {
        let end = self.lexer.source().text.len();
        self.lexer.source().span(end..end)
    }

    /// Ends the statement here.
    pub(super) fn stop<T>(&mut self) -> Result<T, Stop> {
        let at = self.lexer.peek().start;
        self.stop_at(at)
    }

    /// Ends the statement; reading goes on behind the line of byte `at`.
    pub(super) fn stop_at<T>(&mut self, at: usize) -> Result<T, Stop> {
        self.resume_behind = at.max(self.resume_behind);
        Err(Stop)
    }

    pub(super) fn report(&mut self, span: Span, problem: Problem) {
        self.errors.push(SyntaxError::new(span, problem));
    }

    /// Says that the next token cannot stand here.
    pub(super) fn refuse<T>(&mut self, expected: &'static [Expected]) -> Result<T, Stop> {
        let lexeme = self.lexer.peek();
        match lexeme.token {
            Token::Keyword(_) => return self.refuse_keyword(lexeme),
            Token::Unknown => return self.refuse_unknown(),
            _ => {}
        }
        let source = self.lexer.source();
        let (found, span) = match lexeme.token {
            Token::Newline => (Found::EndOfLine, source.span(lexeme.start..lexeme.start)),
            Token::Arrow | Token::ArrowOpening(_) => {
                let arrow = source.word(lexeme.start..lexeme.text_end);
                (Found::Token(arrow.text.to_owned()), arrow.span)
            }
            _ => source.found(lexeme.start + usize::from(lexeme.token == Token::Space)),
        };
        self.report(span, Problem::Unexpected { found, expected });
        self.stop()
    }

    /// Takes the next token when it is `token`; says that it is missing otherwise.
    pub(super) fn expect(&mut self, token: Token, expected: Expected) -> Result<Word<'a>, Stop> {
        let lexeme = self.lexer.peek();
        if lexeme.token == token {
            self.lexer.take();
            return Ok(self.lexer.word(lexeme.start, lexeme.end));
        }
        let expected: &'static [Expected] = match expected {
            Expected::Id => &[Expected::Id],
            Expected::Number => &[Expected::Number],
            Expected::Literal(":") => &[Expected::Literal(":")],
            Expected::Literal("|") => &[Expected::Literal("|")],
            Expected::Literal("(") => &[Expected::Literal("(")],
            Expected::QuotedText => &[Expected::QuotedText],
            _ => &[Expected::Statement],
        };
        self.refuse(expected)
    }

    /// Keeps a statement that started at byte `start`.
    pub(super) fn push(&mut self, start: usize, kind: StatementKind<'a>) {
        let text = &self.lexer.source().text[start..self.lexer.at()];
        let word = self
            .lexer
            .word(start, start + text.trim_end_matches(is_space).len());
        self.tree.statements.push(Statement { word, kind });
    }

    /// The word, an optional direction, and the end of the line; after a direction also `;`.
    fn header(&mut self) -> Result<(), Stop> {
        let start = self.lexer.at();
        let text = self.lexer.source().text;
        let rest = &text[start..];
        let found = ["flowchart-elk", "flowchart", "graph"]
            .iter()
            .find(|word| rest.starts_with(**word));
        let word = found.map_or(0, |word| word.len());
        let after = &rest[word..];
        let line = after.find('\n').unwrap_or(after.len());
        let on_line = &after[..line];
        let trimmed = on_line.trim_start_matches(is_blank);
        let at = start + word + (on_line.len() - trimmed.len());
        if on_line.starts_with(|c| is_word(c) || c == '-') {
            let found = rest.split(is_space).next().unwrap_or_default().to_owned();
            let span = self.lexer.word(start, start + found.len()).span;
            self.report(
                span,
                Problem::Header {
                    found,
                    expected: &["flowchart", "graph", "flowchart-elk"],
                },
            );
            return self.stop_at(at);
        }
        if trimmed.is_empty() {
            self.lexer.seek(start + word + line);
            return Ok(());
        }
        let direction = HEADER_DIRECTIONS.iter().find(|direction| {
            let after = trimmed.strip_prefix(**direction);
            let is_sign = !direction.starts_with(|c: char| c.is_ascii_alphabetic());
            after.is_some_and(|after| is_sign || !after.starts_with(is_word))
        });
        let Some(direction) = direction else {
            let (found, span) = self.lexer.source().found(at);
            self.report(
                span,
                Problem::Unexpected {
                    found,
                    expected: &[Expected::Direction, Expected::EndOfLine],
                },
            );
            return self.stop_at(at);
        };
        self.tree.direction = Some(self.lexer.word(at, at + direction.len()));
        let after = &trimmed[direction.len()..];
        let end = at + direction.len();
        self.lexer.seek(end);
        if after.starts_with(';') || after.trim_start_matches(is_blank).is_empty() {
            return Ok(());
        }
        let place = end + (after.len() - after.trim_start_matches(is_blank).len());
        let (found, span) = self.lexer.source().found(place);
        self.report(
            span,
            Problem::Unexpected {
                found,
                expected: &[Expected::EndOfLine],
            },
        );
        self.stop_at(place)
    }

    fn statement(&mut self) -> Result<(), Stop> {
        let lexeme = self.lexer.peek();
        let start = lexeme.start;
        self.resume_behind = start;
        match lexeme.token {
            Token::Id(_) => {
                self.chain()?;
                self.end_of_statement()
            }
            Token::Keyword(Keyword::Subgraph) => self.subgraph(),
            Token::Keyword(Keyword::End) => self.end(),
            Token::Keyword(Keyword::Style) => self.style(),
            Token::Keyword(Keyword::LinkStyle) => self.link_style(),
            Token::Keyword(Keyword::ClassDef) => self.class_def(),
            Token::Keyword(Keyword::Class) => self.class(),
            Token::Keyword(Keyword::Click) => self.click(),
            Token::Direction { value } => {
                self.lexer.take();
                let value = self.lexer.word(value, value + 2);
                self.push(start, StatementKind::Direction(value));
                Ok(())
            }
            Token::Accessibility(accessibility) => {
                self.accessibility(accessibility, lexeme);
                Ok(())
            }
            Token::Arrow | Token::ArrowOpening(_) => {
                let arrow = self.lexer.word(start, lexeme.text_end);
                self.report(
                    arrow.span,
                    Problem::MissingArrowSource {
                        arrow: arrow.text.to_owned(),
                    },
                );
                self.stop()
            }
            _ => self.refuse(&[Expected::Statement]),
        }
    }

    fn subgraph(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let opened = self.lexer.word(keyword.start, keyword.end).span;
        let is_alone = !self.lexer.eat(Token::Space);
        let head_start = self.lexer.at();
        let outcome = self.subgraph_head(is_alone, opened);
        // The subgraph is open whatever its head says: its `end` is not a stray one.
        self.open.push(opened);
        let (name, title, outcome) = match outcome {
            Ok((name, title)) => (name, title, Ok(())),
            Err(stop) => (Label::default(), None, Err(stop)),
        };
        let end = self.lexer.at().max(head_start);
        let text = self.lexer.source().text[head_start..end].trim_end_matches(is_space);
        let word = self.lexer.word(head_start, head_start + text.len());
        let name = if outcome.is_err() {
            Label {
                bare: word,
                ..Label::default()
            }
        } else {
            name
        };
        self.push(
            keyword.start,
            StatementKind::Subgraph(SubgraphHead { name, title, word }),
        );
        outcome?;
        if matches!(
            self.lexer.peek().token,
            Token::Newline | Token::Semicolon | Token::EndOfText
        ) {
            return Ok(());
        }
        self.refuse(&[Expected::EndOfStatement])
    }

    fn subgraph_head(
        &mut self,
        is_alone: bool,
        opened: Span,
    ) -> Result<(Label<'a>, Option<Label<'a>>), Stop> {
        let lexeme = self.lexer.peek();
        if is_alone && matches!(lexeme.token, Token::Newline | Token::Semicolon | Token::EndOfText) {
            self.report(opened, Problem::NamelessSubgraph);
            return Ok((Label::default(), None));
        }
        if is_alone {
            return self.refuse(&[Expected::EndOfStatement]);
        }
        let mut name = Label::default();
        let keyword = self.lexer.word(lexeme.start, lexeme.start);
        if lexeme.token == Token::Quote {
            (name.quoting, name.quoted) = self.quoted(keyword)?;
            self.lexer.eat(Token::Space);
        } else {
            while is_head(self.lexer.peek().token) {
                self.lexer.take();
            }
            let end = self.lexer.at();
            let text = self.lexer.source().text[lexeme.start..end].trim_end_matches(is_space);
            if text.is_empty() {
                return self.refuse(&[Expected::Id]);
            }
            name.bare = self.lexer.word(lexeme.start, lexeme.start + text.len());
        }
        let bracket = self.lexer.peek();
        if bracket.token != Token::Bracket(Bracket::Square) {
            return Ok((name, None));
        }
        self.lexer.take();
        let opened = self.lexer.word(bracket.start, bracket.end);
        let (title, _) = self.bracketed(Bracket::Square, opened)?;
        self.lexer.eat(Token::Space);
        Ok((name, Some(title)))
    }

    fn end(&mut self) -> Result<(), Stop> {
        let lexeme = self.lexer.take();
        let word = self.lexer.word(lexeme.start, lexeme.start + "end".len());
        if self.open.pop().is_none() {
            self.report(word.span, Problem::StrayEnd);
            return Ok(());
        }
        self.push(lexeme.start, StatementKind::End);
        Ok(())
    }

    /// Takes the blanks that must stand here.
    fn space(&mut self, expected: &'static [Expected]) -> Result<(), Stop> {
        if self.lexer.eat(Token::Space) {
            Ok(())
        } else {
            self.refuse(expected)
        }
    }

    /// An id with the blanks before it.
    fn spaced_id(&mut self) -> Result<Word<'a>, Stop> {
        self.space(&[Expected::Id])?;
        match self.id() {
            Some(id) => Ok(id),
            None => self.refuse(&[Expected::Id]),
        }
    }

    fn style(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let id = self.spaced_id()?;
        let pieces = self.spaced_pieces()?;
        self.push(keyword.start, StatementKind::Style { id, pieces });
        self.end_of_statement()
    }

    fn class_def(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let names = self.spaced_id()?;
        let pieces = self.spaced_pieces()?;
        self.push(keyword.start, StatementKind::ClassDef { names, pieces });
        self.end_of_statement()
    }

    fn class(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let ids = self.spaced_id()?;
        let name = self.spaced_id()?;
        self.push(keyword.start, StatementKind::Class { ids, name });
        self.end_of_statement()
    }

    fn spaced_pieces(&mut self) -> Result<Word<'a>, Stop> {
        self.space(&[Expected::Styles])?;
        self.pieces()
    }

    /// Reads style declarations: pieces with commas between them, none of them empty.
    fn pieces(&mut self) -> Result<Word<'a>, Stop> {
        let start = self.lexer.at();
        loop {
            let piece = self.lexer.at();
            while is_style(self.lexer.peek().token) {
                self.lexer.take();
            }
            if self.lexer.at() == piece {
                return self.refuse(&[Expected::Styles]);
            }
            if !self.lexer.eat(Token::Id(IdPart::Comma)) {
                return Ok(self.lexer.word(start, self.lexer.at()));
            }
        }
    }

    fn link_style(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        self.space(&[Expected::Number, Expected::Literal("default")])?;
        let target = if self.lexer.eat(Token::Id(IdPart::Default)) {
            LinkTarget::Default
        } else {
            let start = self.lexer.at();
            loop {
                self.expect(Token::Id(IdPart::Digits), Expected::Number)?;
                if !self.lexer.eat(Token::Id(IdPart::Comma)) {
                    break;
                }
            }
            LinkTarget::Edges(self.lexer.word(start, self.lexer.at()))
        };
        self.space(&[Expected::Styles])?;
        let mut curve = None;
        let mut pieces = None;
        if self.lexer.eat(Token::Keyword(Keyword::Interpolate)) {
            curve = Some(self.spaced_id()?);
            if self.lexer.eat(Token::Space) && is_style(self.lexer.peek().token) {
                pieces = Some(self.pieces()?);
            }
        } else {
            pieces = Some(self.pieces()?);
        }
        self.push(
            keyword.start,
            StatementKind::LinkStyle {
                target,
                curve,
                pieces,
            },
        );
        self.end_of_statement()
    }

    /// Behind `click` one word is the id whatever it holds, then exactly one white space.
    fn click(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        if self.lexer.peek().token == Token::Quote {
            return self.refuse(&[Expected::Id]);
        }
        let start = keyword.end;
        let rest = self.lexer.rest();
        let len = rest.find(is_space).unwrap_or(rest.len());
        let id = self.lexer.word(start, start + len);
        let blank = rest[len..].chars().next().map_or(0, char::len_utf8);
        self.lexer.seek(start + len + blank);
        if blank == 0 {
            self.lexer.seek(start + len);
            return self.refuse(&[Expected::QuotedText, Expected::Id]);
        }
        let lexeme = self.lexer.peek();
        let (action, tooltip) = match lexeme.token {
            Token::Quote => self.click_link(id)?,
            Token::Keyword(Keyword::Href) => {
                self.lexer.take();
                if self.lexer.peek().token != Token::Quote {
                    return self.refuse(&[Expected::QuotedText]);
                }
                self.click_link(id)?
            }
            Token::Keyword(Keyword::Call) => {
                self.lexer.take();
                self.callback()?;
                (ClickAction::Callback, self.spaced_text(id)?)
            }
            Token::Id(_) => {
                self.id();
                (ClickAction::Callback, self.spaced_text(id)?)
            }
            _ => return self.refuse(&[Expected::QuotedText, Expected::Id]),
        };
        self.push(keyword.start, StatementKind::Click(Click { id, action, tooltip }));
        self.end_of_statement()
    }

    /// `"url" "tooltip" _blank`, the last two if they are there.
    fn click_link(&mut self, id: Word<'a>) -> Result<(ClickAction<'a>, Option<Word<'a>>), Stop> {
        let (_, url) = self.quoted(id)?;
        let tooltip = self.spaced_text(id)?;
        let before = self.lexer.at();
        let mut target = None;
        if self.lexer.eat(Token::Space) && self.lexer.peek().token == Token::Keyword(Keyword::LinkTarget) {
            let lexeme = self.lexer.take();
            target = Some(self.lexer.word(lexeme.start, lexeme.end));
        } else {
            self.lexer.seek(before);
        }
        Ok((ClickAction::Link { url, target }, tooltip))
    }

    /// A quoted text behind blanks, if it comes.
    fn spaced_text(&mut self, opened: Word<'a>) -> Result<Option<Word<'a>>, Stop> {
        let before = self.lexer.at();
        if self.lexer.eat(Token::Space) && self.lexer.peek().token == Token::Quote {
            let (_, text) = self.quoted(opened)?;
            return Ok(Some(text));
        }
        self.lexer.seek(before);
        Ok(None)
    }

    /// `name(arguments)`: anything up to the bracket, anything up to the next closing one.
    fn callback(&mut self) -> Result<(), Stop> {
        let start = self.lexer.at();
        let Some(open) = self.lexer.find(b'(', start) else {
            return self.refuse(&[Expected::Literal("(")]);
        };
        let opened = self.lexer.word(open, open + 1);
        let Some(close) = self.lexer.find(b')', open) else {
            let problem = Problem::UnclosedBracket {
                opener: "(".to_owned(),
                closer: ")",
                opened: opened.span,
            };
            self.report(self.end_of_text(), problem);
            return self.stop_at(start);
        };
        self.lexer.seek(close + 1);
        Ok(())
    }

    fn accessibility(&mut self, accessibility: Accessibility, lexeme: Lexeme) {
        self.lexer.take();
        let rest = self.lexer.rest();
        let stop = if accessibility == Accessibility::DescriptionBlock {
            '}'
        } else {
            '\n'
        };
        let len = rest.find(stop).unwrap_or(rest.len());
        let text = rest[..len].trim_end_matches(is_space);
        let word = self.lexer.word(lexeme.end, lexeme.end + text.len());
        let closer = usize::from(accessibility == Accessibility::DescriptionBlock && len < rest.len());
        self.lexer.seek(lexeme.end + len + closer);
        let kind = match accessibility {
            Accessibility::Title => StatementKind::AccTitle(word),
            Accessibility::DescriptionBlock if closer == 0 => StatementKind::UnclosedAccDescr,
            _ => StatementKind::AccDescr(word),
        };
        self.push(lexeme.start, kind);
    }
}

/// A token that the head of a subgraph may hold.
fn is_head(token: Token) -> bool {
    match token {
        Token::Space => true,
        Token::Id(part) => !matches!(part, IdPart::Comma | IdPart::Default),
        Token::Keyword(keyword) => !matches!(
            keyword,
            Keyword::Href | Keyword::Click | Keyword::Call | Keyword::LinkTarget
        ),
        _ => false,
    }
}

/// A token that a style declaration may hold.
fn is_style(token: Token) -> bool {
    matches!(
        token,
        Token::Space
            | Token::Keyword(Keyword::Style)
            | Token::Id(IdPart::Digits | IdPart::Text | IdPart::Colon | IdPart::Hash)
    )
}
