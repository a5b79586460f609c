//! What holds the lines of a statement together: brackets, quotes, here-documents, the `if` and `do` of a shell.

use std::collections::VecDeque;

use super::language::{Comment, Grammar, Language};

/// Follows what holds lines together.
pub(super) struct Scanner<'a> {
    language: &'a Language,
    /// Open brackets.
    depth: usize,
    /// Open `if`, `do` and `case` of a shell.
    n_open_words: usize,
    /// The quotes that the line ends inside of.
    quote: Option<&'static str>,
    /// Ends of here-documents that are still to come: the word, and whether tabs may stand in front.
    here: VecDeque<(String, bool)>,
    /// The line ends with what asks for another.
    is_continued: bool,
}

/// Quotes that may hold several lines.
fn long_quotes(grammar: Grammar) -> &'static [&'static str] {
    match grammar {
        Grammar::Shell => &["\"", "'"],
        Grammar::Indentation | Grammar::Sections => &["\"\"\"", "'''"],
        Grammar::Paragraphs => &["\"\"\"", "`"],
        Grammar::Interfaces | Grammar::Blocks | Grammar::Whole => &[],
    }
}

impl<'a> Scanner<'a> {
    /// A scanner in front of the first line.
    pub(super) fn new(language: &'a Language) -> Self {
        Self { language, depth: 0, n_open_words: 0, quote: None, here: VecDeque::new(), is_continued: false }
    }

    /// True when the statement goes on in the next line.
    pub(super) fn is_open(&self) -> bool {
        self.depth > 0
            || self.n_open_words > 0
            || self.quote.is_some()
            || !self.here.is_empty()
            || self.is_continued
    }

    /// Takes the next line.
    pub(super) fn line(&mut self, line: &str) {
        if let Some((word, may_be_indented)) = self.here.front() {
            let text = if *may_be_indented { line.trim_start_matches('\t') } else { line };
            if text.trim_end() == word {
                self.here.pop_front();
            }
            return;
        }
        if self.quote.is_none() && self.language.is_comment(line) {
            // A comment does not end what goes on around it, and continues nothing.
            return;
        }
        let grammar = self.language.grammar;
        self.is_continued = false;
        let mut code = String::with_capacity(line.len());
        let mut at = 0;
        while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
            let width = rest.chars().next().map_or(1, char::len_utf8);
            if let Some(quote) = self.quote {
                if rest.starts_with(quote) {
                    self.quote = None;
                    at += quote.len();
                } else {
                    at += if rest.starts_with('\\') && quote != "'" { 1 + second_width(rest) } else { width };
                }
                continue;
            }
            if rest.starts_with('\\') {
                code.push('\\');
                at += 1 + second_width(rest);
                continue;
            }
            if self.begins_comment(rest, &code) {
                break;
            }
            if let Some(quote) = long_quotes(grammar).iter().find(|quote| rest.starts_with(**quote)) {
                self.quote = Some(quote);
                code.push('"');
                at += quote.len();
                continue;
            }
            let c = rest.chars().next().unwrap_or_default();
            if matches!(c, '"' | '\'')
                && let Some(len) = short_quote(rest, c)
            {
                code.push('"');
                at += len;
                continue;
            }
            if grammar == Grammar::Shell
                && let Some((len, word, may_be_indented)) = here_document(rest)
                && !code.ends_with('<')
            {
                self.here.push_back((word, may_be_indented));
                at += len;
                continue;
            }
            match c {
                '(' | '[' | '{' => self.depth += 1,
                ')' | ']' | '}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            code.push(c);
            at += width;
        }
        if grammar == Grammar::Shell {
            self.count_words(&code);
        }
        let code = code.trim_end();
        let asks_for_more = code.ends_with('\\')
            || (grammar == Grammar::Shell && (code.ends_with('|') || code.ends_with("&&")))
            || (grammar == Grammar::Paragraphs && code.ends_with([',', '=', '+', '|', '&', '(']));
        self.is_continued = asks_for_more && self.quote.is_none();
    }

    /// True when the rest of the line is a comment behind the `code` in front of it.
    fn begins_comment(&self, rest: &str, code: &str) -> bool {
        let Comment::Line(mark) = self.language.comment else {
            return false;
        };
        let is_apart = code.is_empty() || code.ends_with(char::is_whitespace);
        // `//` follows a statement without a blank, too; `http://` is none.
        rest.starts_with(mark) && (is_apart || (mark == "//" && !code.ends_with(':'))) && mark != "%"
    }

    /// Counts the words of a shell that open and close: `if` to `fi`, `do` to `done`, `case` to `esac`.
    fn count_words(&mut self, code: &str) {
        let mut begins_command = true;
        for word in code.split_inclusive(|c: char| c.is_whitespace() || c == ';') {
            let bare = word.trim_end_matches(|c: char| c.is_whitespace() || c == ';');
            if bare.is_empty() {
                begins_command |= word.contains(';');
                continue;
            }
            if begins_command {
                match bare {
                    "if" | "case" | "do" => self.n_open_words += 1,
                    "fi" | "esac" | "done" => self.n_open_words = self.n_open_words.saturating_sub(1),
                    _ => {}
                }
            }
            begins_command = word.contains(';')
                || matches!(
                    bare,
                    "then" | "do" | "else" | "{" | "(" | "&&" | "||" | "|" | "!" | "if" | "while"
                )
                || bare.ends_with(')');
        }
    }
}

/// Bytes of the character behind the first one, which is a byte wide.
fn second_width(text: &str) -> usize {
    text.chars().nth(1).map_or(0, char::len_utf8)
}

/// Bytes of the quoted text that `text` begins with, when it ends in this line.
fn short_quote(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

/// `<<WORD`, `<<-'WORD'`: its bytes, the word, and whether tabs may stand in front of the word that ends it.
fn here_document(text: &str) -> Option<(usize, String, bool)> {
    let rest = text.strip_prefix("<<")?;
    if rest.starts_with('<') {
        return None;
    }
    let (rest, may_be_indented) = rest.strip_prefix('-').map_or((rest, false), |rest| (rest, true));
    let rest = rest.trim_start();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '!');
    let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'));
    let (word, behind) = if let Some(quote) = quote {
        rest.strip_prefix(quote)?.split_once(quote)?
    } else {
        let rest = rest.strip_prefix('\\').unwrap_or(rest);
        rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()))
    };
    let begins_a_word = word.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '!');
    begins_a_word.then(|| (text.len() - behind.len(), word.to_owned(), may_be_indented))
}
