//! From tokens to commands and the files they write.

use super::lexer::{RawWord, Separator, Token};
use crate::base::offset_map::Excerpt;

/// Reserved words that open something which may run never or often (POSIX, 2.4).
const OPENS: [&str; 7] = ["if", "for", "while", "until", "case", "select", "{"];
/// Reserved words that end it.
const CLOSES: [&str; 4] = ["fi", "done", "esac", "}"];
/// Reserved words with a command behind them.
const LEADS: [&str; 9] = ["if", "then", "else", "elif", "while", "until", "do", "{", "!"];
/// Programs that run the command behind them.
const WRAPPERS: [&str; 5] = ["sudo", "time", "nohup", "exec", "command"];

/// A simple command: no redirections, assignments, `sudo` or prompt.
#[derive(Debug)]
pub(super) struct Command<'a> {
    /// At least one; the first names the program.
    pub(super) words: Vec<RawWord<'a>>,
    /// True inside a loop, a branch or a function, and behind `||`: it may run never or often.
    pub(super) conditional: bool,
}

/// A here-document that is written to a file.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) path: RawWord<'a>,
    pub(super) body: Excerpt,
    pub(super) expands: bool,
    pub(super) append: bool,
}

/// What a script consists of, in text order.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    pub(super) commands: Vec<Command<'a>>,
    pub(super) files: Vec<Written<'a>>,
}

/// A command while its tokens arrive.
#[derive(Default)]
struct Draft<'a> {
    words: Vec<RawWord<'a>>,
    output: Option<(RawWord<'a>, bool)>,
    heredoc: Option<(Excerpt, bool)>,
}

/// The commands and files of `tokens`.
pub(super) fn assemble(tokens: Vec<Token<'_>>) -> Parts<'_> {
    let mut parts = Parts::default();
    let mut draft = Draft::default();
    let mut depth = 0usize;
    let mut behind_or = false;
    for token in tokens {
        match token {
            Token::Word(word) => draft.words.push(word),
            Token::Output { target, append } => draft.output = Some((target, append)),
            Token::Heredoc { body, expands } => draft.heredoc = Some((body, expands)),
            Token::Separator(separator) => {
                std::mem::take(&mut draft).finish(&mut parts, &mut depth, behind_or);
                behind_or = separator == Separator::Or;
            }
        }
    }
    draft.finish(&mut parts, &mut depth, behind_or);
    parts
}

impl<'a> Draft<'a> {
    fn finish(self, parts: &mut Parts<'a>, depth: &mut usize, behind_or: bool) {
        let Self { mut words, output, heredoc } = self;
        let n_leading = leading(&words, depth);
        words.drain(..n_leading);
        if let Some((body, expands)) = heredoc {
            let written = output.or_else(|| tee_target(&words));
            if let Some((path, append)) = written {
                parts.files.push(Written { path, body, expands, append });
            }
        }
        if !words.is_empty() {
            parts.commands.push(Command { words, conditional: *depth > 0 || behind_or });
        }
    }
}

/// How many words stand before the command itself: reserved words, assignments, wrappers and a prompt. All of them for a
/// head such as `for x in a b`.
fn leading(words: &[RawWord], depth: &mut usize) -> usize {
    for (index, word) in words.iter().enumerate() {
        let text = &*word.text;
        let reserved = word.bare && word.known;
        if reserved && OPENS.contains(&text) {
            *depth += 1;
        }
        if reserved && CLOSES.contains(&text) {
            *depth = depth.saturating_sub(1);
        }
        if reserved && matches!(text, "for" | "case" | "select" | "function") {
            // `function name {` opens a body on its own line.
            if words.iter().skip(index).any(|word| word.known() == Some("{")) {
                *depth += 1;
            }
            return words.len();
        }
        let skipped =
            reserved && (LEADS.contains(&text) || CLOSES.contains(&text) || WRAPPERS.contains(&text));
        if !(skipped || is_assignment(text) || is_prompt(text)) {
            return index;
        }
    }
    words.len()
}

/// `name=value`
fn is_assignment(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// `$`, or `root@pve1:~#`
fn is_prompt(text: &str) -> bool {
    text == "$" || (text.contains('@') && text.ends_with(['#', '$']))
}

/// The file that `tee FILE` writes.
fn tee_target<'a>(words: &[RawWord<'a>]) -> Option<(RawWord<'a>, bool)> {
    let (program, rest) = words.split_first()?;
    if program.known() != Some("tee") {
        return None;
    }
    let append = rest.iter().any(|word| matches!(word.known(), Some("-a" | "--append")));
    let target = rest.iter().find(|word| !word.text.starts_with('-'))?;
    Some((target.clone(), append))
}
