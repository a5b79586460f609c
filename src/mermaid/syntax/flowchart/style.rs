//! `style`, `linkStyle`, `classDef` and `class`.

use crate::mermaid::syntax::character::{entity_width, is_word};
use crate::mermaid::syntax::source::Word;
use crate::mermaid::syntax::{Expected, Problem, Remedy, SyntaxError};

use super::parse::{Parser, Stop};
use super::token::{IdPart, Keyword, Token};
use super::tree::{Bracket, LinkTarget, StatementKind};

impl Parser<'_> {
    pub(super) fn style(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let id = self.spaced_id(&[Expected::Id])?;
        let pieces = self.spaced_pieces()?;
        self.push(keyword.start, StatementKind::Style { id, pieces });
        self.end_of_statement()
    }

    pub(super) fn class_def(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let names = self.spaced_id(&[Expected::ClassName])?;
        let pieces = self.spaced_pieces()?;
        self.push(keyword.start, StatementKind::ClassDef { names, pieces });
        self.end_of_statement()
    }

    pub(super) fn class(&mut self) -> Result<(), Stop> {
        let keyword = self.lexer.take();
        let ids = self.spaced_id(&[Expected::Id])?;
        let name = self.spaced_id(&[Expected::ClassName])?;
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
            while is_style(self.lexer.peek().token) || self.entity_in_styles() {
                self.lexer.take();
            }
            if self.lexer.at() == piece {
                return self.refuse(&[Expected::Styles]);
            }
            if self.lexer.peek().token == Token::Bracket(Bracket::Round)
                && let Some(stop) = self.refuse_colour_function()
            {
                return Err(stop);
            }
            if !self.lexer.eat(Token::Id(IdPart::Comma)) {
                return Ok(Word::from(start..self.lexer.at()));
            }
        }
    }

    /// Says that `rgb(...)` and its sisters cannot be written here; the cursor stands at the bracket.
    fn refuse_colour_function(&mut self) -> Option<Stop> {
        let text = self.lexer.source().text;
        let bracket = self.lexer.at();
        let start = text[..bracket].trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let name = &text[start..bracket];
        if !["rgb", "rgba", "hsl", "hsla"].contains(&name) {
            return None;
        }
        let line = text[bracket..].find('\n').map_or(text.len(), |len| bracket + len);
        let end = text[bracket..line].find(')').map_or(line, |len| bracket + len + 1);
        let colour = &text[start..end];
        let span = self.span(start..end);
        let mut error = SyntaxError::new(span, Problem::ColourFunction { colour: colour.to_owned() });
        if let Some(hex) = hex(colour) {
            error = error.remedy(Remedy::Replace(span, hex));
        }
        self.errors.push(error);
        self.stop_at::<()>(end).err()
    }

    /// Reports a colour that its `;` makes an entity of, such as `#fff;`, and goes to that `;`, which stands for a comma.
    fn entity_in_styles(&mut self) -> bool {
        let rest = self.lexer.rest();
        let width = entity_width(rest);
        let Some(before) = width.checked_sub(1) else {
            return false;
        };
        let at = self.lexer.at();
        let goes_on = rest.get(width..).is_some_and(|behind| behind.starts_with(|c| is_word(c) || c == ' '));
        let problem = Problem::EntityInStyles { entity: self.slice(Word::from(at..at + width)).to_owned() };
        let semicolon = self.span(at + before..at + width);
        let remedy =
            if goes_on { Remedy::Replace(semicolon, ",".to_owned()) } else { Remedy::Remove(semicolon) };
        self.errors.push(SyntaxError::new(self.span(at..at + width), problem).remedy(remedy));
        self.lexer.seek(at + before);
        true
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
            curve = Some(self.spaced_id(&[Expected::Id])?);
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

/// `rgb(r, g, b)` and `rgba(r, g, b, a)` of whole numbers as `#rrggbb` or `#rrggbbaa`.
fn hex(colour: &str) -> Option<String> {
    let byte = |value: u8| format!("{value:02x}");
    let (name, rest) = colour.split_once('(')?;
    let parts: Vec<&str> = rest.strip_suffix(')')?.split(',').map(str::trim).collect();
    let (channels, alpha) = match (name, parts.as_slice()) {
        ("rgb", [_, _, _]) => (parts.as_slice(), None),
        ("rgba", [channels @ .., alpha]) if channels.len() == 3 => (channels, Some(*alpha)),
        _ => return None,
    };
    let mut hex = "#".to_owned();
    for channel in channels {
        let channel: u8 = channel.parse().ok()?;
        hex.push_str(&byte(channel));
    }
    if let Some(alpha) = alpha {
        let alpha: f64 = alpha.parse().ok()?;
        let nearest = (0..=u8::MAX).find(|byte| f64::from(*byte) + 0.5 > alpha * 255.0)?;
        hex.push_str(&byte(nearest));
    }
    Some(hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_whole_numbers_have_a_hexadecimal_form() {
        assert_eq!(hex("rgb(255, 0,16)").as_deref(), Some("#ff0010"));
        assert_eq!(hex("rgba(0,0,0,0.5)").as_deref(), Some("#00000080"));
        for other in ["rgb(256,0,0)", "rgb(1,2)", "rgb(1,2,3,4)", "hsl(1,2,3)", "rgb(1,2,3", "rgba(1,2,3,x)"]
        {
            assert_eq!(hex(other), None, "{other}");
        }
    }
}
