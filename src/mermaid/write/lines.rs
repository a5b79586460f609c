//! The lines of a diagram's text.

use crate::mermaid::{indent, prepare};

/// Collects statements, a line each.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    depth: usize,
}

impl Lines {
    /// Starts with a header line.
    pub(super) fn headed(header: &str) -> Self {
        Self { text: format!("{header}\n"), depth: 1 }
    }

    /// Adds a statement.
    pub(super) fn push(&mut self, statement: &str) {
        indent::push(&mut self.text, self.depth);
        self.text.push_str(statement);
        if prepare::loses_semicolon(statement) {
            // Mermaid removes the last one of such a line, and the one in front of it is an entity's.
            self.text.push(';');
        }
        self.text.push('\n');
    }

    /// Adds a statement whose block the next lines stand in.
    pub(super) fn open(&mut self, statement: &str) {
        self.push(statement);
        self.depth += 1;
    }

    /// Ends the innermost block with its closing statement.
    pub(super) fn close(&mut self, statement: &str) {
        self.depth = self.depth.saturating_sub(1).max(1);
        self.push(statement);
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }
}
