//! From tokens to commands and the files they write.

use super::lexer::{Separator, Token};
use super::{Command, HereFile, Script, Word};

/// Reserved words that open something which may run never or often (POSIX, 2.4).
const OPENS: [&str; 7] = ["if", "for", "while", "until", "case", "select", "{"];
/// Reserved words that end it.
const CLOSES: [&str; 4] = ["fi", "done", "esac", "}"];
/// Reserved words with a command behind them.
const LEADS: [&str; 9] = ["if", "then", "else", "elif", "while", "until", "do", "{", "!"];
/// Programs that run the command behind them.
const WRAPPERS: [&str; 5] = ["sudo", "time", "nohup", "exec", "command"];

/// A command while its tokens arrive.
#[derive(Default)]
struct Draft {
    words: Vec<(Word, bool)>,
    output: Option<(Word, bool)>,
    heredoc: Option<(crate::base::offset_map::Excerpt, bool)>,
}

/// The commands and files of `tokens`.
pub(super) fn assemble(tokens: Vec<Token>) -> Script {
    let mut script = Script::default();
    let mut draft = Draft::default();
    let mut depth = 0usize;
    let mut behind_or = false;
    for token in tokens {
        match token {
            Token::Word { word, bare } => draft.words.push((word, bare)),
            Token::Output { target, append } => draft.output = Some((target, append)),
            Token::Heredoc { body, expands } => draft.heredoc = Some((body, expands)),
            Token::Separator(separator) => {
                std::mem::take(&mut draft).finish(&mut script, &mut depth, behind_or);
                behind_or = separator == Separator::Or;
            }
        }
    }
    draft.finish(&mut script, &mut depth, behind_or);
    script
}

impl Draft {
    fn finish(self, script: &mut Script, depth: &mut usize, behind_or: bool) {
        let Self {
            words,
            output,
            heredoc,
        } = self;
        let words = without_leads(words, depth);
        if let Some((body, expands)) = heredoc {
            let written = output.or_else(|| tee_target(&words));
            if let Some((path, append)) = written {
                script.files.push(HereFile {
                    path,
                    body,
                    expands,
                    append,
                });
            }
        }
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return;
        };
        let span = first.span().join(last.span());
        script.commands.push(Command {
            conditional: *depth > 0 || behind_or,
            span,
            words,
        });
    }
}

/// The words of the command itself: without reserved words, assignments, wrappers and a prompt. None for a head such as
/// `for x in a b`.
fn without_leads(words: Vec<(Word, bool)>, depth: &mut usize) -> Vec<Word> {
    let mut words = words.into_iter().peekable();
    while let Some((word, bare)) = words.peek() {
        let text = word.as_written();
        let reserved = *bare && word.known().is_some();
        if reserved && OPENS.contains(&text) {
            *depth += 1;
        }
        if reserved && CLOSES.contains(&text) {
            *depth = depth.saturating_sub(1);
        }
        if reserved && matches!(text, "for" | "case" | "select" | "function") {
            // `function name {` opens a body on its own line.
            if words.any(|(word, _)| word.known() == Some("{")) {
                *depth += 1;
            }
            return Vec::new();
        }
        let skipped = (reserved
            && (LEADS.contains(&text) || CLOSES.contains(&text) || WRAPPERS.contains(&text)))
            || is_assignment(text)
            || is_prompt(text);
        if !skipped {
            break;
        }
        words.next();
    }
    words.map(|(word, _)| word).collect()
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
fn tee_target(words: &[Word]) -> Option<(Word, bool)> {
    let (program, rest) = words.split_first()?;
    if program.known() != Some("tee") {
        return None;
    }
    let append = rest
        .iter()
        .any(|word| matches!(word.known(), Some("-a" | "--append")));
    let target = rest.iter().find(|word| !word.as_written().starts_with('-'))?;
    Some((target.clone(), append))
}
