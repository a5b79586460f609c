//! Shell scripts and the commands of a page: words, not meaning.
//!
//! Nothing is run and nothing is guessed: a word that the shell would compute (`$x`, backticks, a pattern) is
//! [`Word::Unknown`], and so is a placeholder such as `<password>`. Commands inside loops, branches and functions are read
//! like others and marked. Follows the grammar of POSIX's Shell Command Language (sections 2.2, 2.3 and 2.10) and the
//! parts of bash(1) that pages use.

mod command;
pub mod invocation;
mod lexer;

use super::FormatError;
use super::source::{Source, Spanned};
use crate::base::offset_map::Excerpt;
use crate::base::text::Span;

pub use invocation::{Action, GivenOption, Invocation};

/// A script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// In text order.
    pub commands: Vec<Command>,
    /// What here-documents write, in text order.
    pub files: Vec<HereFile>,
    /// What could not be read, in order.
    pub errors: Vec<FormatError>,
}

impl Script {
    /// The commands that say something about a cluster, in text order.
    pub fn invocations(&self) -> impl Iterator<Item = Invocation> {
        self.commands.iter().filter_map(invocation::recognize)
    }
}

/// A simple command: no redirections, assignments, `sudo` or prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// At least one; the first names the program.
    pub words: Vec<Word>,
    /// True inside a loop, a branch or a function, and behind `||`: it may run never or often.
    pub conditional: bool,
    /// From the first to the last word.
    pub span: Span,
}

/// A word of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Its text once quotes are removed.
    Known(Spanned<String>),
    /// The shell, or the reader, would put something else here.
    Unknown(Spanned<String>),
}

impl Word {
    /// The text, unless it is unknown.
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(text) => Some(&text.value),
            Self::Unknown(_) => None,
        }
    }

    /// The text as written, quotes removed.
    pub fn as_written(&self) -> &str {
        match self {
            Self::Known(text) | Self::Unknown(text) => &text.value,
        }
    }

    /// Where it stands, with its quotes.
    pub fn span(&self) -> Span {
        match self {
            Self::Known(text) | Self::Unknown(text) => text.span,
        }
    }
}

/// A file that a command writes from a here-document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HereFile {
    /// Its path.
    pub path: Word,
    /// Its text.
    pub body: Excerpt,
    /// False when the delimiter is quoted, so that the shell leaves the text alone.
    pub expands: bool,
    /// True for `>>` and `tee -a`.
    pub append: bool,
}

impl HereFile {
    /// True when the shell would write another text than the page shows.
    pub fn is_changed_by_shell(&self) -> bool {
        self.expands && self.body.text.contains(['$', '`', '\\'])
    }
}

/// Reads `excerpt` as a script.
pub fn read(excerpt: &Excerpt) -> Script {
    let (tokens, errors) = lexer::Lexer::new(Source::new(excerpt), excerpt).run();
    let mut script = command::assemble(tokens);
    script.errors = errors;
    script
}

#[cfg(test)]
mod tests;
