//! `style`, `linkStyle`, `classDef` and `class`.

use crate::mermaid::syntax::Expected;
use crate::mermaid::syntax::source::Word;

use super::parse::{Parser, Stop};
use super::token::{IdPart, Keyword, Token};
use super::tree::{LinkTarget, StatementKind};

impl Parser<'_> {
    pub(super) fn style(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let id = self.spaced_id()?;
        let pieces = self.spaced_pieces()?;
        self.push(keyword.start, StatementKind::Style { id, pieces });
        self.end_of_statement()
    }

    pub(super) fn class_def(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let names = self.spaced_id()?;
        let pieces = self.spaced_pieces()?;
        self.push(keyword.start, StatementKind::ClassDef { names, pieces });
        self.end_of_statement()
    }

    pub(super) fn class(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let ids = self.spaced_id()?;
        let name = self.spaced_id()?;
        self.push(keyword.start, StatementKind::Class { ids, name });
        self.end_of_statement()
    }

    fn spaced_pieces(&mut self) -> Result<Word, Stop> {
        self.space(&[Expected::Styles])?;
        self.pieces()
    }

    /// Reads style declarations: pieces with commas between them, none of them empty.
    fn pieces(&mut self) -> Result<Word, Stop> {
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
                return Ok(Word::from(start..self.lexer.at()));
            }
        }
    }

    pub(super) fn link_style(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        self.space(&[Expected::Number, Expected::Literal("default")])?;
        let target = if self.lexer.eat(Token::Id(IdPart::Default)) {
            LinkTarget::Default
        } else {
            let start = self.lexer.at();
            loop {
                self.expect(Token::Id(IdPart::Digits), &[Expected::Number])?;
                if !self.lexer.eat(Token::Id(IdPart::Comma)) {
                    break;
                }
            }
            LinkTarget::Edges(Word::from(start..self.lexer.at()))
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
        self.push(keyword.start, StatementKind::LinkStyle { target, curve, pieces });
        self.end_of_statement()
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
