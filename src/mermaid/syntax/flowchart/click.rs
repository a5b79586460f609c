//! `click`: links and callbacks.

use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::source::Word;
use crate::mermaid::syntax::{Expected, Problem};

use super::parse::{Parser, Stop};
use super::token::{Keyword, Token};
use super::tree::{Click, ClickAction, StatementKind};

impl Parser<'_> {
    /// Behind `click` one word is the id whatever it holds, then exactly one white space.
    pub(super) fn click(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        if self.lexer.peek().token == Token::Quote {
            return self.refuse(&[Expected::Id]);
        }
        let start = keyword.end;
        let rest = self.lexer.rest();
        let len = rest.find(is_space).unwrap_or(rest.len());
        let id = Word::from(start..start + len);
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
    fn click_link(&mut self, id: Word) -> Result<(ClickAction, Option<Word>), Stop> {
        let (_, url) = self.quoted(id)?;
        let tooltip = self.spaced_text(id)?;
        let before = self.lexer.at();
        let mut target = None;
        if self.lexer.eat(Token::Space) && self.lexer.peek().token == Token::Keyword(Keyword::LinkTarget) {
            let lexeme = self.lexer.take();
            target = Some(Word::from(lexeme.start..lexeme.end));
        } else {
            self.lexer.seek(before);
        }
        Ok((ClickAction::Link { url, target }, tooltip))
    }

    /// A quoted text behind blanks, if it comes.
    fn spaced_text(&mut self, opened: Word) -> Result<Option<Word>, Stop> {
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
        let opened = Word::from(open..open + 1);
        let Some(close) = self.lexer.find(b')', open) else {
            let problem =
                Problem::UnclosedBracket { opener: "(".to_owned(), closer: ")", opened: self.span(opened) };
            self.report(self.end_of_text(), problem);
            return self.stop_at(start);
        };
        self.lexer.seek(close + 1);
        Ok(())
    }
}
