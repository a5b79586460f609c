//! Statements.
//!
//! A statement that cannot be read is reported, and reading goes on at the next line; what was understood of it stays.

use std::ops::Range;

use crate::base::text::Span;
use crate::mermaid::syntax::character::{is_blank, is_space, is_word};
use crate::mermaid::syntax::source::{Source, Word};
use crate::mermaid::syntax::{Expected, Found, Problem, Remedy, Statement, SyntaxError, foreign};

use super::token::{Accessibility, IdPart, Keyword, Lexeme, Lexer, Token};
use super::tree::{Bracket, Label, StatementKind, SubgraphHead, Tree};

/// The statement cannot be read further; why is already said.
#[derive(Debug)]
pub(super) struct Stop;

/// Reads a flowchart.
pub(super) struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    pub(super) tree: Tree,
    pub(super) errors: Vec<SyntaxError>,
    /// What waits for its `end`: subgraphs, by their first word, and refused statements of other kinds.
    open: Vec<Option<Span>>,
    /// Where reading goes on after a mistake: on the line behind this byte.
    resume_behind: usize,
}

/// Reads the flowchart whose header starts at byte `at`.
pub(crate) fn parse(source: Source<'_>, at: usize) -> (Tree, Vec<SyntaxError>) {
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
    /// The characters of a word.
    pub(super) fn slice(&self, word: Word) -> &'a str {
        self.lexer.source().slice(word)
    }

    /// Where a word or bytes stand in the file.
    pub(super) fn span(&self, word: impl Into<Range<usize>>) -> Span {
        self.lexer.source().span(word)
    }

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
                    let (start, n_errors) = (self.lexer.at(), self.errors.len());
                    if self.statement().is_err() {
                        self.name_foreign(start, n_errors);
                        self.resume();
                    }
                }
            }
        }
        let end = self.end_of_text();
        let open: Vec<Span> = self.open.iter().copied().flatten().collect();
        if let [around @ .., opened] = open.as_slice() {
            let problem = Problem::Unclosed {
                keyword: "subgraph",
                closer: "end",
                opened: *opened,
                n_more: around.len(),
            };
            self.report(end, problem);
        }
    }

    /// Says of a refused statement at byte `start` that it is one of another kind of diagram, when it looks like it.
    fn name_foreign(&mut self, start: usize, n_errors: usize) {
        let Some(last) = self.errors.get_mut(n_errors..).and_then(<[_]>::last_mut) else {
            return;
        };
        if let Some(foreign) = foreign::statement(self.lexer.source(), start, last, foreign::FLOWCHART) {
            if foreign.opens {
                self.open.push(None);
            }
            *last = foreign.error;
        }
    }

    /// Goes on at the end of the line on which a mistake was made.
    fn resume(&mut self) {
        let text = self.lexer.source().text;
        let line_end =
            text[self.resume_behind..].find('\n').map_or(text.len(), |len| self.resume_behind + len);
        self.lexer.seek(line_end);
    }

    /// Where the text ends: where it shows that something was never closed.
    pub(super) fn end_of_text(&self) -> Span {
        let end = self.lexer.source().text.len();
        self.span(end..end)
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
                let arrow = Word::from(lexeme.start..lexeme.text_end);
                (Found::Token(self.slice(arrow).to_owned()), self.span(arrow))
            }
            Token::Space => source.found(lexeme.end),
            _ => source.found(lexeme.start),
        };
        self.report(span, Problem::Unexpected { found, expected });
        self.stop()
    }

    /// Takes the next token when it is `token`; says that it is missing otherwise.
    pub(super) fn expect(&mut self, token: Token, expected: &'static [Expected]) -> Result<Word, Stop> {
        let lexeme = self.lexer.peek();
        if lexeme.token != token {
            return self.refuse(expected);
        }
        self.lexer.take();
        Ok(Word::from(lexeme.start..lexeme.end))
    }

    /// Keeps a statement that started at byte `start`.
    pub(super) fn push(&mut self, start: usize, kind: StatementKind) {
        let text = &self.lexer.source().text[start..self.lexer.at()];
        let word = Word::from(start..start + text.trim_end_matches(is_space).len());
        self.tree.statements.push(Statement { kind, word });
    }

    /// The word, an optional direction, and the end of the line; after a direction also `;`.
    fn header(&mut self) -> Result<(), Stop> {
        let start = self.lexer.at();
        let text = self.lexer.source().text;
        let rest = &text[start..];
        let found = ["flowchart-elk", "flowchart", "graph"].iter().find(|word| rest.starts_with(**word));
        let word = found.map_or(0, |word| word.len());
        let after = &rest[word..];
        let line = after.find('\n').unwrap_or(after.len());
        let on_line = &after[..line];
        let trimmed = on_line.trim_start_matches(is_blank);
        let at = start + word + (on_line.len() - trimmed.len());
        if on_line.starts_with(|c| is_word(c) || c == '-') {
            let found = rest.split(is_space).next().unwrap_or_default().to_owned();
            let span = self.span(start..start + found.len());
            self.report(span, Problem::Header { found, expected: &["flowchart", "graph", "flowchart-elk"] });
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
                Problem::Unexpected { found, expected: &[Expected::Direction, Expected::EndOfLine] },
            );
            return self.stop_at(at);
        };
        self.tree.direction = Some(Word::from(at..at + direction.len()));
        let after = &trimmed[direction.len()..];
        let end = at + direction.len();
        self.lexer.seek(end);
        if after.starts_with(';') || after.trim_start_matches(is_blank).is_empty() {
            return Ok(());
        }
        let place = end + (after.len() - after.trim_start_matches(is_blank).len());
        let (found, span) = self.lexer.source().found(place);
        let behind_direction = self.span(end..end);
        let problem = Problem::Unexpected { found, expected: &[Expected::EndOfLine] };
        let remedy = Remedy::Insert(behind_direction, ";".to_owned());
        self.errors.push(SyntaxError::new(span, problem).remedy(remedy));
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
            Token::Keyword(Keyword::End) => {
                self.end();
                Ok(())
            }
            Token::Keyword(Keyword::Style) => self.style(),
            Token::Keyword(Keyword::LinkStyle) => self.link_style(),
            Token::Keyword(Keyword::ClassDef) => self.class_def(),
            Token::Keyword(Keyword::Class) => self.class(),
            Token::Keyword(Keyword::Click) => self.click(),
            Token::Direction { value } => {
                self.lexer.take();
                let value = Word::from(value..value + 2);
                self.push(start, StatementKind::Direction(value));
                Ok(())
            }
            Token::Accessibility(accessibility) => {
                self.accessibility(accessibility, lexeme);
                Ok(())
            }
            Token::Arrow | Token::ArrowOpening(_) => {
                let arrow = Word::from(start..lexeme.text_end);
                self.report(
                    self.span(arrow),
                    Problem::MissingArrowSource { arrow: self.slice(arrow).to_owned() },
                );
                self.stop()
            }
            _ => self.refuse(&[Expected::Statement]),
        }
    }

    fn subgraph(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let opened = self.span(keyword.start..keyword.end);
        let is_alone = !self.lexer.eat(Token::Space);
        let head_start = self.lexer.at();
        let outcome = self.subgraph_head(is_alone, opened);
        // The subgraph is open whatever its head says: its `end` is not a stray one.
        self.open.push(Some(opened));
        let (name, title, outcome) = match outcome {
            Ok((name, title)) => (name, title, Ok(())),
            Err(stop) => (Label::default(), None, Err(stop)),
        };
        let end = self.lexer.at().max(head_start);
        let text = self.lexer.source().text[head_start..end].trim_end_matches(is_space);
        let word = Word::from(head_start..head_start + text.len());
        let name = if outcome.is_err() { Label { bare: word, ..Label::default() } } else { name };
        self.push(keyword.start, StatementKind::Subgraph(SubgraphHead { name, title, word }));
        outcome?;
        if matches!(self.lexer.peek().token, Token::Newline | Token::Semicolon | Token::EndOfText) {
            return Ok(());
        }
        self.refuse(&[Expected::EndOfStatement])
    }

    fn subgraph_head(&mut self, is_alone: bool, opened: Span) -> Result<(Label, Option<Label>), Stop> {
        let lexeme = self.lexer.peek();
        if is_alone && matches!(lexeme.token, Token::Newline | Token::Semicolon | Token::EndOfText) {
            self.report(opened, Problem::NamelessSubgraph);
            return Ok((Label::default(), None));
        }
        if is_alone {
            return self.refuse(&[Expected::EndOfStatement]);
        }
        let mut name = Label::default();
        let keyword = Word::from(lexeme.start..lexeme.start);
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
            name.bare = Word::from(lexeme.start..lexeme.start + text.len());
        }
        let bracket = self.lexer.peek();
        if bracket.token != Token::Bracket(Bracket::Square) {
            return Ok((name, None));
        }
        self.lexer.take();
        let opened = Word::from(bracket.start..bracket.end);
        let (title, _) = self.bracketed(Bracket::Square, opened)?;
        self.lexer.eat(Token::Space);
        Ok((name, Some(title)))
    }

    fn end(&mut self) {
        let lexeme = self.lexer.take();
        let word = Word::from(lexeme.start..lexeme.start + "end".len());
        match self.open.pop() {
            Some(Some(_)) => self.push(lexeme.start, StatementKind::End),
            Some(None) => {}
            None => self.report(self.span(word), Problem::StrayEnd),
        }
    }

    /// Takes the blanks that must stand here.
    pub(super) fn space(&mut self, expected: &'static [Expected]) -> Result<(), Stop> {
        if self.lexer.eat(Token::Space) { Ok(()) } else { self.refuse(expected) }
    }

    /// An id with the blanks before it.
    pub(super) fn spaced_id(&mut self, expected: &'static [Expected]) -> Result<Word, Stop> {
        self.space(expected)?;
        match self.id() {
            Some(id) => Ok(id),
            None => self.refuse(expected),
        }
    }

    fn accessibility(&mut self, accessibility: Accessibility, lexeme: Lexeme) {
        self.lexer.take();
        let rest = self.lexer.rest();
        let stop = if accessibility == Accessibility::DescriptionBlock { '}' } else { '\n' };
        let len = rest.find(stop).unwrap_or(rest.len());
        let text = rest[..len].trim_end_matches(is_space);
        let word = Word::from(lexeme.end..lexeme.end + text.len());
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
        Token::Keyword(keyword) => {
            !matches!(keyword, Keyword::Href | Keyword::Click | Keyword::Call | Keyword::LinkTarget)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::OffsetMap;

    use super::*;

    fn mistakes(statements: &str) -> Vec<(Problem, String)> {
        let text = format!("flowchart TD\n{statements}");
        let map = OffsetMap::copy_of(Span::new(0, text.len() as u32));
        let (_, errors) = parse(Source { text: &text, map: &map }, 0);
        errors
            .into_iter()
            .map(|error| (error.problem.clone(), error.cause().slice(&text).to_owned()))
            .collect()
    }

    /// The name of the variant.
    fn name(problem: &Problem) -> String {
        let spelled = format!("{problem:?}");
        spelled.split([' ', '(']).next().unwrap_or_default().to_owned()
    }

    #[test]
    fn each_mistake_is_named_at_its_token() {
        let table = [
            ("A[one] --> B[two", "UnclosedBracket", "["),
            ("A[call (twice)] --> B", "NeedsQuotes", "("),
            ("A([x) --> B", "MismatchedBracket", ")"),
            ("A[\"open] --> B", "UnclosedQuote", "\""),
            ("A[] --> B", "EmptyLabel", "[]"),
            ("A[OSV Database][9] --> B", "CitationAfterNode", "[9]"),
            ("A --> end", "ReservedWord", "end"),
            ("1graph --> B", "ReservedWord", "graph"),
            ("A -> B", "ForeignArrow", "->"),
            ("A->>B", "ForeignArrow", "->>"),
            ("A => B", "ForeignArrow", "=>"),
            ("A -- text", "UnclosedArrow", "--"),
            ("A -- a--b --> B", "MismatchedArrow", "--b"),
            ("A -->", "MissingArrowTarget", "-->"),
            ("--> B", "MissingArrowSource", "-->"),
            ("A B", "MissingSeparator", "B"),
            ("participant A as B", "ForeignStatement", "participant"),
            ("A\nloop each day\nA\nend", "ForeignStatement", "loop"),
            ("A\nsequenceDiagram x", "SecondDiagram", "sequenceDiagram"),
            ("A\ngraph TD", "SecondDiagram", "graph"),
            ("A -- why -> B\nC[\"x\"] --> D", "ForeignArrow", "->"),
            ("style A fill:rgb(1, 2, 3),stroke:red", "ColourFunction", "rgb(1, 2, 3)"),
            ("A --> B %% why", "TrailingComment", "%% why"),
            ("A & \nB", "UnjoinedAmpersand", "&"),
            ("subgraph s\nA", "Unclosed", "subgraph"),
            ("A\nend", "StrayEnd", "end"),
            ("subgraph\nA\nend", "NamelessSubgraph", "subgraph"),
            ("A🚀", "UnknownCharacter", "🚀"),
            ("A@{ shape: rect", "UnclosedBracket", "@{"),
            ("style A", "Unexpected", ""),
            ("class A, B c", "MissingSeparator", "c"),
            ("click A", "Unexpected", ""),
        ];
        for (text, problem, place) in table {
            let found: Vec<_> =
                mistakes(text).iter().map(|(problem, at)| (name(problem), at.clone())).collect();
            assert_eq!(found, [(problem.to_owned(), place.to_owned())], "{text:?}");
        }
    }

    #[test]
    fn a_mistake_hides_no_other_one() {
        let found = mistakes("A -> B\nC[x\nD --> end\nE --> F\nsubgraph s(t)\nG\nend\nH I");
        let names: Vec<String> = found.iter().map(|(problem, _)| name(problem)).collect();
        assert_eq!(
            names,
            ["ForeignArrow", "UnclosedBracket", "ReservedWord", "Unexpected", "MissingSeparator"]
        );
    }

    #[test]
    fn what_mermaid_takes_is_taken() {
        for text in [
            "A-->B\n-->C",
            "A[a-->b] & B{{\"x\" y}}:::c --> C>flag]",
            "A@{ shape: cyl, label: \"a } b\" } & B --> C",
            "A e1@-- t --> B; e1@{ animate: true }",
            "subgraph one two\n direction LR\n A\nend B",
            "click A href \"u\" \"t\" _blank\nclick A call f(x) \"t\"",
            "linkStyle 0,1 interpolate basis stroke:#f00\nlinkStyle default fill:none",
            "accDescr { a\n b } A",
            "A[Change direction LR",
            "odd->flag]",
            "A(-x-) --> B[|k:v|t] --> C[/t\\]",
        ] {
            assert_eq!(mistakes(text), [], "{text:?}");
        }
    }
}
