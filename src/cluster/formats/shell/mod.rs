//! Shell scripts and the commands of a page: words, not meaning.
//!
//! Nothing is run and nothing is guessed: a word that the shell would compute (`$x`, backticks, a pattern) is
//! [`Word::Unknown`], and so is a placeholder such as `<password>`. Commands inside loops, branches and functions are read
//! like others and marked. Follows the grammar of POSIX's Shell Command Language (sections 2.2, 2.3 and 2.10) and the
//! parts of bash(1) that pages use.

mod command;
pub mod invocation;
mod lexer;
pub mod request;

use super::FormatError;
use super::source::Spanned;
use crate::base::offset_map::Excerpt;
use crate::base::text::Span;

use command::Written;
use lexer::{Lexed, Lexer, RawWord};

pub use invocation::{Action, GivenOption, Invocation};

/// A script, as far as it speaks of clusters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// The commands that say something about a cluster, in text order.
    pub invocations: Vec<Invocation>,
    /// What here-documents write, in text order.
    pub files: Vec<HereFile>,
    /// What could not be read, in order.
    pub errors: Vec<FormatError>,
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
    fn new(raw: &RawWord, excerpt: &Excerpt) -> Self {
        let text = Spanned::new(raw.text.clone().into_owned(), excerpt.span(raw.range.clone()));
        if raw.known { Self::Known(text) } else { Self::Unknown(text) }
    }

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
    let Lexed { tokens, mut bodies, errors } = Lexer::new(excerpt).run();
    let mut invocations = Vec::new();
    let files =
        command::assemble(tokens, |command| invocations.extend(invocation::recognize(command, excerpt)));
    let file = |written: Written| HereFile {
        path: Word::new(&written.path, excerpt),
        // Each here-document has one command.
        body: bodies.get_mut(written.body).map(std::mem::take).unwrap_or_default(),
        expands: written.expands,
        append: written.append,
    };
    let files = files.into_iter().map(file).collect();
    Script { invocations, files, errors }
}

#[cfg(test)]
mod tests;
