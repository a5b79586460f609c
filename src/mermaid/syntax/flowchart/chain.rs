//! Chains: nodes, joined by `&` and by links.

use crate::mermaid::syntax::character::{is_space, is_word};
use crate::mermaid::syntax::source::Word;
use crate::mermaid::syntax::{Expected, Problem, Remedy, SyntaxError};

use super::arrow;
use super::parse::{Parser, Stop};
use super::token::{IdPart, Keyword, Lexeme, Token};
use super::tree::{Bracket, Bracketed, Label, Link, NodeUse, Part, StatementKind};

impl Parser<'_> {
    /// Reads a chain; its parts are kept even when it ends in a mistake.
    pub(super) fn chain(&mut self) -> Result<(), Stop> {
        let start = self.lexer.at();
        let first = self.tree.parts.len();
        let outcome = self.chain_parts();
        let end = self.tree.parts.len();
        // A link without its target says nothing.
        if matches!(self.tree.parts.last(), Some(Part::Link(_))) {
            self.tree.parts.pop();
        }
        let end = end.min(self.tree.parts.len());
        if end > first {
            self.push(start, StatementKind::Chain(first..end));
        }
        outcome
    }

    fn chain_parts(&mut self) -> Result<(), Stop> {
        let mut arrow: Option<Word> = None;
        loop {
            self.node(arrow)?;
            let ampersand = self.ampersand()?;
            if ampersand {
                arrow = None;
                continue;
            }
            match self.link()? {
                Some(link) => {
                    arrow = Some(link.arrow);
                    self.tree.parts.push(Part::Link(link));
                }
                None => return Ok(()),
            }
        }
    }

    /// Moves over `&` with the blanks that it needs on both sides.
    fn ampersand(&mut self) -> Result<bool, Stop> {
        let before = self.lexer.at();
        if !self.lexer.eat(Token::Space) {
            return Ok(false);
        }
        if self.lexer.peek().token != Token::Id(IdPart::Ampersand) {
            self.lexer.seek(before);
            return Ok(false);
        }
        let ampersand = self.lexer.take();
        let ends = [Token::Newline, Token::Semicolon, Token::EndOfText];
        if !self.lexer.eat(Token::Space) || ends.contains(&self.lexer.peek().token) {
            let span = self.span(ampersand.start..ampersand.end);
            self.report(span, Problem::UnjoinedAmpersand);
            return self.stop();
        }
        Ok(true)
    }

    /// Reads a node; `arrow` is what points at it.
    fn node(&mut self, arrow: Option<Word>) -> Result<(), Stop> {
        let Some(id) = self.id() else {
            return self.refuse_node(arrow);
        };
        if self.lexer.peek().token == Token::Unknown && self.lexer.peek().start == id.range().end {
            // Half an id would be another node's: say so before anything is made of it.
            self.refuse_unknown()?;
        }
        if let Token::Keyword(_) = self.lexer.peek().token {
            let keyword = self.lexer.peek();
            if keyword.start == id.range().end {
                return self.refuse_keyword(keyword);
            }
        }
        let mut node = NodeUse { word: id, id, shape: None, class: None, metadata: None };
        let outcome = self.node_parts(&mut node);
        if outcome.is_ok() {
            let text = &self.lexer.source().text[id.start()..self.lexer.at()];
            node.word = Word::from(id.start()..id.start() + text.trim_end_matches(is_space).len());
        }
        self.tree.parts.push(Part::Node(node));
        outcome
    }

    fn node_parts(&mut self, node: &mut NodeUse) -> Result<(), Stop> {
        if let Token::Bracket(bracket) = self.lexer.peek().token
            && bracket != Bracket::Bar
        {
            let shape = self.shape(bracket)?;
            self.pass_citation(&shape);
            node.shape = Some(shape);
        }
        if self.lexer.eat(Token::ClassSeparator) {
            node.class = Some(self.class_name()?);
        }
        if self.lexer.peek().token == Token::Metadata {
            node.metadata = Some(self.metadata()?);
            // Blanks behind the block are gone before Mermaid reads on, when a line ends there.
            let before = self.lexer.at();
            if self.lexer.eat(Token::Space)
                && !matches!(self.lexer.peek().token, Token::Newline | Token::EndOfText)
            {
                self.lexer.seek(before);
            }
        }
        Ok(())
    }

    /// Reads the name behind `:::`.
    fn class_name(&mut self) -> Result<Word, Stop> {
        match self.id() {
            Some(name) => Ok(name),
            None => self.refuse(&[Expected::ClassName]),
        }
    }

    fn shape(&mut self, bracket: Bracket) -> Result<Bracketed, Stop> {
        let lexeme = self.lexer.take();
        let opened = Word::from(lexeme.start..lexeme.end);
        let property = if bracket == Bracket::Property { Some(self.property()?) } else { None };
        let (label, closer) = self.bracketed(bracket, opened)?;
        Ok(Bracketed { bracket, label, property, closer })
    }

    /// Reads `key:value|`.
    fn property(&mut self) -> Result<(Word, Word), Stop> {
        let key = self.expect(Token::Id(IdPart::Text), &[Expected::Id])?;
        self.expect(Token::Id(IdPart::Colon), &[Expected::Literal(":")])?;
        let value = self.expect(Token::Id(IdPart::Text), &[Expected::Id])?;
        self.expect(Token::Bracket(Bracket::Bar), &[Expected::Literal("|")])?;
        Ok((key, value))
    }

    /// Passes over a citation like `[9]` behind a label; any other second label ends the statement later.
    fn pass_citation(&mut self, shape: &Bracketed) {
        let lexeme = self.lexer.peek();
        let Some(rest) = self.lexer.rest().strip_prefix('[') else {
            return;
        };
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if digits == 0 || !rest[digits..].starts_with(']') {
            return;
        }
        let citation = Word::from(lexeme.start..lexeme.start + "[]".len() + digits);
        let label = self.span(shape.label.first_part());
        let mut error = SyntaxError::new(self.span(citation), Problem::CitationAfterNode { label });
        if self.slice(shape.label.quoted).is_empty() {
            let all = format!("\"{} {}\"", self.slice(shape.label.bare).trim(), self.slice(citation));
            error = error.remedy(Remedy::Replace(label, all));
        }
        self.errors.push(error);
        self.lexer.seek(citation.range().end);
    }

    /// Reads the text between `@{` and `}`.
    fn metadata(&mut self) -> Result<Word, Stop> {
        let opened = self.lexer.take();
        let word = Word::from(opened.start..opened.end);
        let start = opened.end;
        let Some(close) = self.lexer.metadata_end(start) else {
            let problem =
                Problem::UnclosedBracket { opener: "@{".to_owned(), closer: "}", opened: self.span(word) };
            self.report(self.end_of_text(), problem);
            return self.stop_at(word.start());
        };
        let block = Word::from(start..close);
        let mut at = start;
        for (index, part) in self.slice(block).split('"').enumerate() {
            if let Some(caret) = part.find('^').filter(|_| index % 2 == 0) {
                let span = self.span(at + caret..at + caret + 1);
                self.report(span, Problem::UnknownCharacter('^'));
                break;
            }
            at += part.len() + 1;
        }
        self.lexer.seek(close + 1);
        Ok(block)
    }

    /// Reads a link, when one comes.
    fn link(&mut self) -> Result<Option<Link>, Stop> {
        let before = self.lexer.at();
        let mut id = None;
        if self.lexer.eat(Token::Space) && self.lexer.peek().token == Token::EdgeId {
            let lexeme = self.lexer.take();
            id = Some(Word::from(lexeme.start..lexeme.end - 1));
        }
        let lexeme = self.lexer.peek();
        match lexeme.token {
            Token::Arrow => {
                self.lexer.take();
                let arrow = Word::from(lexeme.start..lexeme.text_end);
                let label = self.bars()?;
                let end = if label.is_some() { self.lexer.at() } else { lexeme.text_end };
                if label.is_some() {
                    self.lexer.eat(Token::Space);
                }
                let word = Word::from(lexeme.start..end);
                Ok(Some(Link { id, word, opening: None, arrow, label }))
            }
            Token::ArrowOpening(line) => {
                self.lexer.take();
                let opening = Word::from(lexeme.start..lexeme.text_end);
                let (label, arrow) = self.in_line(line, opening)?;
                let word = Word::from(lexeme.start..arrow.range().end);
                // Bars behind an in-line label are a second label.
                Ok(Some(Link { id, word, opening: Some(opening), arrow, label: Some(label) }))
            }
            _ if id.is_some() => self.refuse(&[Expected::Arrow]),
            _ => {
                self.lexer.seek(before);
                Ok(None)
            }
        }
    }

    /// Reads `|label|`, when it comes.
    fn bars(&mut self) -> Result<Option<Label>, Stop> {
        let lexeme = self.lexer.peek();
        if lexeme.token != Token::Bracket(Bracket::Bar) {
            return Ok(None);
        }
        self.lexer.take();
        let opened = Word::from(lexeme.start..lexeme.end);
        self.bracketed(Bracket::Bar, opened).map(|(label, _)| Some(label))
    }

    /// Reads an id: tokens without blanks between them.
    pub(super) fn id(&mut self) -> Option<Word> {
        let start = self.lexer.at();
        let mut end = start;
        while let Lexeme { token: Token::Id(_), end: next, .. } = self.lexer.peek() {
            self.lexer.take();
            end = next;
        }
        (end > start).then(|| Word::from(start..end))
    }

    /// Says why no node stands here.
    fn refuse_node(&mut self, arrow: Option<Word>) -> Result<(), Stop> {
        let lexeme = self.lexer.peek();
        match (lexeme.token, arrow) {
            (Token::Keyword(_), _) => self.refuse_keyword(lexeme),
            (Token::Newline | Token::EndOfText | Token::Semicolon, Some(arrow)) => {
                self.report(
                    self.span(arrow),
                    Problem::MissingArrowTarget { arrow: self.slice(arrow).to_owned() },
                );
                self.stop()
            }
            (Token::Unknown, _) => self.refuse_unknown(),
            _ => self.refuse(&[Expected::Node]),
        }
    }

    /// Says that a word of the language cannot be a name, or a part of one.
    pub(super) fn refuse_keyword<T>(&mut self, lexeme: Lexeme) -> Result<T, Stop> {
        let text = self.slice(Word::from(lexeme.start..lexeme.end));
        let len = text.find(|c| !is_word(c)).unwrap_or(text.len());
        let word = Word::from(lexeme.start..lexeme.start + len);
        self.report(self.span(word), Problem::ReservedWord { word: self.slice(word).to_owned() });
        self.stop()
    }

    /// Says what to make of a character that no rule knows.
    pub(super) fn refuse_unknown<T>(&mut self) -> Result<T, Stop> {
        let rest = self.lexer.rest();
        let at = self.lexer.at();
        if let Some((arrow, nearest)) = arrow::foreign(rest) {
            let word = Word::from(at..at + arrow.len());
            let problem = Problem::ForeignArrow { arrow: arrow.to_owned(), nearest };
            self.errors.push(
                SyntaxError::new(self.span(word), problem)
                    .remedy(Remedy::Replace(self.span(word), nearest.to_owned())),
            );
            return self.stop();
        }
        let found = rest.chars().next().unwrap_or_default();
        let span = self.span(at..at + found.len_utf8());
        self.report(span, Problem::UnknownCharacter(found));
        self.stop()
    }

    /// The end of a statement, or what stands there instead of it.
    pub(super) fn end_of_statement(&mut self) -> Result<(), Stop> {
        let after = self.lexer.at();
        self.lexer.eat(Token::Space);
        let lexeme = self.lexer.peek();
        let rest = self.lexer.rest();
        match lexeme.token {
            Token::Newline | Token::Semicolon | Token::EndOfText => return Ok(()),
            Token::Unknown => return self.refuse_unknown(),
            Token::Keyword(Keyword::End) => return self.refuse_keyword(lexeme),
            Token::Id(_) if rest.starts_with("%%") => {
                let line = rest.find('\n').unwrap_or(rest.len());
                let comment = Word::from(lexeme.start..lexeme.start + line);
                self.errors.push(
                    SyntaxError::new(self.span(comment), Problem::TrailingComment)
                        .remedy(Remedy::Remove(self.span(comment))),
                );
            }
            Token::Id(_) if arrow::foreign(rest).is_some() => return self.refuse_unknown(),
            Token::Id(_) => {
                let len = rest.find(is_space).unwrap_or(rest.len());
                let word = Word::from(lexeme.start..lexeme.start + len);
                self.report(
                    self.span(word),
                    Problem::MissingSeparator { found: self.slice(word).to_owned() },
                );
            }
            _ => {
                if lexeme.token == Token::Bracket(Bracket::Odd) && arrow::foreign(&rest[1..]).is_some() {
                    return self.refuse_unknown();
                }
                self.lexer.seek(after);
                self.lexer.eat(Token::Space);
                return self.refuse(&[Expected::Arrow, Expected::EndOfStatement]);
            }
        }
        self.stop()
    }
}
