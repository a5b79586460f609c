//! The lines of a formatted text, and what stood between the statements of the text before.

use crate::mermaid::indent;
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::written::{Line, Printed};

/// What stands between two pieces: white space, separators, and in a sequence diagram characters that start nothing, which
/// Mermaid passes over.
pub(super) struct Gap<'a> {
    /// In the line of the piece before, with what separates them; the only one when the next piece stands there too.
    pub(super) first: &'a str,
    /// In lines of their own.
    pub(super) lines: Vec<&'a str>,
    /// In the line of the next piece, which is not that of the piece before.
    pub(super) last: &'a str,
    pub(super) n_newlines: usize,
}

impl<'a> Gap<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let separates = |c: char| is_space(c) || c == ';';
        let bare = |line: &'a str| line.trim_matches(separates);
        let (first, more) = text.split_once('\n').unwrap_or((text, ""));
        let (middle, last) = more.rsplit_once('\n').unwrap_or(("", more));
        Self {
            first: if bare(first).is_empty() { "" } else { first.trim_end_matches(separates) },
            lines: middle.split('\n').map(bare).filter(|line| !line.is_empty()).collect(),
            last: if bare(last).is_empty() { "" } else { last.trim_start_matches(separates) },
            n_newlines: text.matches('\n').count(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty() && self.lines.is_empty() && self.last.is_empty()
    }
}

/// The lines that were written.
#[derive(Default)]
pub(super) struct Page {
    pub(super) text: String,
}

impl Page {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds text as it is.
    pub(super) fn keep(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Adds a statement, below an empty line when one stood there: `n_newlines` come before it.
    pub(super) fn statement(&mut self, printed: &Printed, level: usize, n_newlines: usize) {
        if n_newlines > 1 && !self.is_empty() {
            self.text.push('\n');
        }
        for line in &printed.lines {
            match line {
                Line::Indented(more, text) => {
                    indent::push(&mut self.text, level + more);
                    self.text.push_str(text);
                }
                Line::Continued(text) => self.text.push_str(text),
            }
            self.text.push('\n');
        }
    }

    /// Adds a comment behind the last line.
    pub(super) fn behind(&mut self, comment: &str) {
        self.text.pop();
        self.text.push(' ');
        self.text.push_str(comment);
        self.text.push('\n');
    }

    /// Adds what strays between two pieces, and returns how many bytes of it the next piece begins with.
    pub(super) fn strays(&mut self, gap: &Gap<'_>, level: usize) -> u32 {
        if !gap.first.is_empty() {
            self.text.pop();
            self.text.push_str(gap.first);
            self.text.push('\n');
        }
        for line in &gap.lines {
            self.statement(&Printed::new(line), level, 1);
        }
        gap.last.len() as u32
    }
}
