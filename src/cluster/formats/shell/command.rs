//! From tokens to commands and the files they write.

use super::lexer::{RawWord, Separator, Token};

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
pub(super) struct Command<'w, 'a> {
    /// At least one; the first names the program.
    pub(super) words: &'w [RawWord<'a>],
    /// True inside a loop, a branch or a function, and behind `||`: it may run never or often.
    pub(super) conditional: bool,
}

/// A here-document that is written to a file.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) path: RawWord<'a>,
    /// Index of its text among the bodies.
    pub(super) body: usize,
    pub(super) expands: bool,
    pub(super) append: bool,
}

/// A command while its tokens arrive.
#[derive(Default)]
struct Draft<'a> {
    words: Vec<RawWord<'a>>,
    output: Option<(RawWord<'a>, bool)>,
    heredoc: Option<(usize, bool)>,
    depth: usize,
    behind_or: bool,
}

/// Shows each command of `tokens` to `take`, in text order, and returns the here-documents that are written to files.
pub(super) fn assemble<'a>(
    tokens: Vec<Token<'a>>,
    mut take: impl FnMut(&Command<'_, 'a>),
) -> Vec<Written<'a>> {
    let mut files = Vec::new();
    let mut draft = Draft::default();
    for token in tokens {
        match token {
            Token::Word(word) => draft.words.push(word),
            Token::Output { target, append } => draft.output = Some((target, append)),
            Token::Heredoc { body, expands } => draft.heredoc = Some((body, expands)),
            Token::Separator(separator) => {
                files.extend(draft.finish(&mut take));
                draft.behind_or = separator == Separator::Or;
            }
        }
    }
    files.extend(draft.finish(&mut take));
    files
}

impl<'a> Draft<'a> {
    /// Ends the command: shows it, returns the file that it writes, and starts the next.
    fn finish(&mut self, take: &mut impl FnMut(&Command<'_, 'a>)) -> Option<Written<'a>> {
        let n_leading = leading(&self.words, &mut self.depth);
        let words = self.words.get(n_leading..).unwrap_or_default();
        if !words.is_empty() {
            take(&Command { words, conditional: self.depth > 0 || self.behind_or });
        }
        let output = self.output.take();
        let written = self.heredoc.take().and_then(|(body, expands)| {
            let (path, append) = output.or_else(|| tee_target(words))?;
            Some(Written { path, body, expands, append })
        });
        self.words.clear();
        written
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
