//! From a label's text to lines of runs: breaks, references, tags, markdown.

use crate::draw::scene::Run;
use crate::mermaid::diagram::text::TextKind;

use super::emphasis::{self, Delimiter};
use super::entity::entity;

/// Tags of HTML that mean nothing here, sorted; those of blocks break the line.
const TAGS: [(&str, Effect); 41] = [
    ("a", Effect::None),
    ("abbr", Effect::None),
    ("b", Effect::Bold),
    ("big", Effect::None),
    ("blockquote", Effect::Block),
    ("br", Effect::Break),
    ("center", Effect::Block),
    ("cite", Effect::None),
    ("code", Effect::None),
    ("del", Effect::None),
    ("div", Effect::Block),
    ("em", Effect::Italic),
    ("font", Effect::None),
    ("h1", Effect::Block),
    ("h2", Effect::Block),
    ("h3", Effect::Block),
    ("h4", Effect::Block),
    ("h5", Effect::Block),
    ("h6", Effect::Block),
    ("hr", Effect::Block),
    ("i", Effect::Italic),
    ("img", Effect::None),
    ("ins", Effect::None),
    ("kbd", Effect::None),
    ("li", Effect::Block),
    ("mark", Effect::None),
    ("ol", Effect::Block),
    ("p", Effect::Block),
    ("pre", Effect::Block),
    ("q", Effect::None),
    ("s", Effect::None),
    ("samp", Effect::None),
    ("small", Effect::None),
    ("span", Effect::None),
    ("strike", Effect::None),
    ("strong", Effect::Bold),
    ("sub", Effect::None),
    ("sup", Effect::None),
    ("tt", Effect::None),
    ("u", Effect::None),
    ("ul", Effect::Block),
];

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    None,
    Bold,
    Italic,
    /// A new line starts.
    Break,
    /// A new line starts unless one has just started.
    Block,
}

/// A part of a label's text.
#[derive(Debug, Clone, Copy)]
enum Token {
    Shown(char),
    Break,
    Block,
    Bold(bool),
    Italic(bool),
    /// A row of `*` or `_` and its length.
    Row(char, usize),
}

/// The lines of `text`, blanks as written; bold everywhere when `is_bold`.
pub(super) fn lines(text: &str, kind: TextKind, is_bold: bool) -> Vec<Vec<Run>> {
    let tokens = tokens(text, kind == TextKind::Markdown);
    let mut delimiters = delimiters(&tokens).into_iter();
    let mut setter = Setter { lines: vec![Vec::new()], bold: 0, italic: 0, is_bold };
    for token in tokens {
        match token {
            Token::Shown(c) => setter.show(c),
            Token::Break => setter.lines.push(Vec::new()),
            Token::Block if setter.lines.last().is_some_and(|line| !line.is_empty()) => {
                setter.lines.push(Vec::new());
            }
            Token::Block => {}
            Token::Bold(starts) => setter.bold = step(setter.bold, !starts, starts),
            Token::Italic(starts) => setter.italic = step(setter.italic, !starts, starts),
            Token::Row(marker, _) => {
                let Delimiter { bold, italic, n_shown } = delimiters.next().unwrap_or_default();
                setter.bold = setter.bold.saturating_sub(bold.0);
                setter.italic = setter.italic.saturating_sub(italic.0);
                (0..n_shown).for_each(|_| setter.show(marker));
                setter.bold += bold.1;
                setter.italic += italic.1;
            }
        }
    }
    setter.lines
}

fn step(depth: usize, ends: bool, starts: bool) -> usize {
    depth.saturating_sub(usize::from(ends)) + usize::from(starts)
}

/// Lines that are being written.
struct Setter {
    lines: Vec<Vec<Run>>,
    bold: usize,
    italic: usize,
    is_bold: bool,
}

impl Setter {
    fn show(&mut self, c: char) {
        let (is_bold, is_italic) = (self.is_bold || self.bold > 0, self.italic > 0);
        let Some(line) = self.lines.last_mut() else {
            return;
        };
        match line.last_mut() {
            Some(run) if run.is_bold == is_bold && run.is_italic == is_italic => run.text.push(c),
            _ => line.push(Run { text: c.to_string(), is_bold, is_italic }),
        }
    }
}

fn tokens(text: &str, is_markdown: bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    // Icons and emphasis depend on what stands before them.
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut len = c.len_utf8();
        match c {
            '\n' => tokens.push(Token::Break),
            '\\' if rest.starts_with("\\n") => {
                len = 2;
                tokens.push(Token::Break);
            }
            '&' => {
                let (shown, width) = entity(rest).unwrap_or((c, 1));
                len = width;
                tokens.push(Token::Shown(shown));
            }
            '<' => match tag(rest) {
                Some((effect, closes, width)) => {
                    len = width;
                    tokens.extend(match effect {
                        Effect::None => None,
                        Effect::Bold => Some(Token::Bold(!closes)),
                        Effect::Italic => Some(Token::Italic(!closes)),
                        Effect::Break => Some(Token::Break),
                        Effect::Block => Some(Token::Block),
                    });
                }
                None => tokens.push(Token::Shown(c)),
            },
            'f' if !before.is_some_and(char::is_alphanumeric) && icon(rest) > 0 => len = icon(rest),
            '*' | '_' if is_markdown => {
                len = rest.bytes().take_while(|byte| *byte == c as u8).count();
                tokens.push(Token::Row(c, len));
            }
            c => tokens.push(Token::Shown(c)),
        }
        before = Some(c);
        at += len;
    }
    tokens
}

/// What each row of `*` or `_` marks, in order.
fn delimiters(tokens: &[Token]) -> Vec<Delimiter> {
    let neighbour = |token: Option<&Token>| match token {
        Some(Token::Shown(c) | Token::Row(c, _)) => Some(*c),
        Some(Token::Bold(_) | Token::Italic(_)) => Some('<'),
        Some(Token::Break | Token::Block) | None => None,
    };
    let rows: Vec<_> = tokens
        .iter()
        .enumerate()
        .filter_map(|(index, token)| match token {
            Token::Row(marker, len) => {
                let before = index.checked_sub(1).and_then(|before| tokens.get(before));
                Some((*marker, *len, neighbour(before), neighbour(tokens.get(index + 1))))
            }
            _ => None,
        })
        .collect();
    emphasis::delimiters(&rows)
}

/// The tag that `text` starts with: what it does, whether it closes, and its length in bytes.
fn tag(text: &str) -> Option<(Effect, bool, usize)> {
    // A `<` before the next `>` says that this one begins no tag; so each character is looked at once.
    let end = text[1..].find(['<', '>']).map(|end| end + 1)?;
    let inside = text.get(1..end).filter(|_| text[end..].starts_with('>'))?;
    let (closes, name) = match inside.strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, inside),
    };
    let name_len = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name[..name_len].to_ascii_lowercase();
    let at = TAGS.binary_search_by_key(&name.as_str(), |(known, _)| known).ok()?;
    Some((TAGS[at].1, closes, end + 1))
}

/// Bytes of the icon that `text` starts with, such as `fa:fa-server` (Mermaid's `fa[bklrs]?:fa-name`); 0 when it starts
/// with none.
fn icon(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("fa") else {
        return 0;
    };
    let rest = rest.strip_prefix(['b', 'd', 'k', 'l', 'r', 's', 't']).unwrap_or(rest);
    let Some(rest) = rest.strip_prefix(":fa-") else {
        return 0;
    };
    let name = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    text.len() - rest.len() + name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_sorted() {
        assert!(TAGS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
