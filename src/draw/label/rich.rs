//! From a label's text to lines of runs: breaks, references, tags, markdown.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::draw::scene::{Rise, Run};
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
    ("code", Effect::Code),
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
    ("kbd", Effect::Code),
    ("li", Effect::Block),
    ("mark", Effect::None),
    ("ol", Effect::Block),
    ("p", Effect::Block),
    ("pre", Effect::Block),
    ("q", Effect::None),
    ("s", Effect::None),
    ("samp", Effect::Code),
    ("small", Effect::None),
    ("span", Effect::None),
    ("strike", Effect::None),
    ("strong", Effect::Bold),
    ("sub", Effect::Sub),
    ("sup", Effect::Super),
    ("tt", Effect::Code),
    ("u", Effect::None),
    ("ul", Effect::Block),
];

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    None,
    Bold,
    Italic,
    Code,
    Sub,
    Super,
    /// A new line starts.
    Break,
    /// A new line starts unless one has just started.
    Block,
}

/// What a stretch of text may be, several at once.
#[derive(Debug, Clone, Copy)]
enum Style {
    Bold,
    Italic,
    Code,
    Sub,
    Super,
}

/// A part of a label's text.
#[derive(Debug, Clone, Copy)]
enum Token {
    Shown(char),
    Break,
    Block,
    /// Something starts, or ends.
    Style(Style, bool),
    /// A row of `*` or `_` and its length.
    Row(char, usize),
}

/// The lines of `text`, blanks as written; bold everywhere when `is_bold`.
pub(super) fn lines(text: &str, kind: TextKind, is_bold: bool) -> Vec<Vec<Run>> {
    let tokens = tokens(text, kind == TextKind::Markdown);
    let mut delimiters = delimiters(&tokens).into_iter();
    let mut setter = Setter { lines: vec![Vec::new()], depths: [0; 5], is_bold };
    for token in tokens {
        match token {
            Token::Shown(c) => setter.show(c),
            Token::Break => setter.lines.push(Vec::new()),
            Token::Block if setter.lines.last().is_some_and(|line| !line.is_empty()) => {
                setter.lines.push(Vec::new());
            }
            Token::Block => {}
            Token::Style(style, starts) => setter.step(style, usize::from(!starts), usize::from(starts)),
            Token::Row(marker, _) => {
                let Delimiter { bold, italic, n_shown } = delimiters.next().unwrap_or_default();
                setter.step(Style::Bold, bold.0, 0);
                setter.step(Style::Italic, italic.0, 0);
                (0..n_shown).for_each(|_| setter.show(marker));
                setter.step(Style::Bold, 0, bold.1);
                setter.step(Style::Italic, 0, italic.1);
            }
        }
    }
    setter.lines
}

/// Lines that are being written.
struct Setter {
    lines: Vec<Vec<Run>>,
    /// How often each [`Style`] has started and not ended.
    depths: [usize; 5],
    is_bold: bool,
}

impl Setter {
    fn step(&mut self, style: Style, n_ends: usize, n_starts: usize) {
        let depth = &mut self.depths[style as usize];
        *depth = depth.saturating_sub(n_ends) + n_starts;
    }

    fn has(&self, style: Style) -> bool {
        self.depths[style as usize] > 0
    }

    fn show(&mut self, c: char) {
        let rise = match (self.has(Style::Super), self.has(Style::Sub)) {
            (true, _) => Rise::Super,
            (false, true) => Rise::Sub,
            (false, false) => Rise::None,
        };
        let mut run = Run {
            text: String::new(),
            width: 0.0,
            is_bold: self.is_bold || self.has(Style::Bold),
            is_italic: self.has(Style::Italic),
            is_code: self.has(Style::Code),
            rise,
        };
        let Some(line) = self.lines.last_mut() else {
            return;
        };
        match line.last_mut() {
            Some(last) if last.is_like(&run) => last.text.push(c),
            _ => {
                run.text.push(c);
                line.push(run);
            }
        }
    }
}

fn tokens(text: &str, is_markdown: bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    // Icons and emphasis depend on what stands before them.
    let mut before = None;
    let mut unclosed = BTreeSet::new();
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
                        Effect::Bold => Some(Token::Style(Style::Bold, !closes)),
                        Effect::Italic => Some(Token::Style(Style::Italic, !closes)),
                        Effect::Code => Some(Token::Style(Style::Code, !closes)),
                        Effect::Sub => Some(Token::Style(Style::Sub, !closes)),
                        Effect::Super => Some(Token::Style(Style::Super, !closes)),
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
            '`' if is_markdown => match code(rest, &mut unclosed) {
                Ok((inside, width)) => {
                    len = width;
                    tokens.push(Token::Style(Style::Code, true));
                    literal(inside, &mut tokens);
                    tokens.push(Token::Style(Style::Code, false));
                }
                Err(n_shown) => {
                    len = n_shown;
                    tokens.extend((0..n_shown).map(|_| Token::Shown('`')));
                }
            },
            c => tokens.push(Token::Shown(c)),
        }
        before = Some(c);
        at += len;
    }
    tokens
}

/// The code that `text`, a row of backticks and what follows, starts with (CommonMark, "Code spans"): what it holds and its
/// length in bytes. The length of the row when no row of the same length closes it; `unclosed` remembers such lengths, so that
/// each is looked for once.
fn code<'a>(text: &'a str, unclosed: &mut BTreeSet<usize>) -> Result<(&'a str, usize), usize> {
    let row = |text: &str| text.bytes().take_while(|byte| *byte == b'`').count();
    let len = row(text);
    if unclosed.contains(&len) {
        return Err(len);
    }
    let mut at = len;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find('`')) {
        at += next;
        let closing = text.get(at..).map_or(0, row);
        if closing == len {
            let inside = text.get(len..at).unwrap_or_default();
            let bare = inside.strip_prefix(' ').and_then(|inside| inside.strip_suffix(' '));
            let bare = bare.filter(|bare| !bare.trim().is_empty());
            return Ok((bare.unwrap_or(inside), at + len));
        }
        at += closing;
    }
    unclosed.insert(len);
    Err(len)
}

/// Adds what stands in code: nothing but breaks and references means more than itself.
fn literal(text: &str, tokens: &mut Vec<Token>) {
    let mut at = 0;
    while let Some((rest, c)) = text.get(at..).and_then(|rest| Some((rest, rest.chars().next()?))) {
        let (token, len) = match c {
            '\n' => (Token::Break, 1),
            '&' => entity(rest).map_or((Token::Shown(c), 1), |(c, len)| (Token::Shown(c), len)),
            c => (Token::Shown(c), c.len_utf8()),
        };
        tokens.push(token);
        at += len;
    }
}

/// What each row of `*` or `_` marks, in order.
fn delimiters(tokens: &[Token]) -> Vec<Delimiter> {
    let neighbour = |token: Option<&Token>| match token {
        Some(Token::Shown(c) | Token::Row(c, _)) => Some(*c),
        Some(Token::Style(..)) => Some('<'),
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

/// Where the icons of `text` stand, in bytes, in order.
pub(super) fn icons(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in text.match_indices("fa") {
        let is_start = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let len = if at >= end && is_start { icon(&text[at..]) } else { 0 };
        if len > 0 {
            end = at + len;
            found.push(at..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_sorted() {
        assert!(TAGS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
