//! What people and programs read: one renderer per output.
//!
//! A renderer turns values into text. Not here: judging, and writing to a terminal or file.

pub mod built;
pub mod fixed;
pub mod formatted;
pub mod gist;
pub mod json;
pub mod left_out;
pub mod model;
mod outline;
pub mod page;
pub mod patch;
pub mod releases;
pub mod source_text;
pub mod terminal;
pub mod what_if;
mod wrap;

use crate::base::diagnostic::{Diagnostic, Severity};

use source_text::SourceText;

/// How much was looked at, of what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scope {
    /// Files that could be read.
    pub n_files: usize,
    /// Those of them that a finding points into.
    pub n_files_with_findings: usize,
    /// Those of them that are Markdown.
    pub n_posts: usize,
    /// Mermaid diagrams.
    pub n_diagrams: usize,
    /// Those of them that are of a kind known by its first line only, so that nothing behind it was checked.
    pub n_unchecked_diagrams: usize,
    /// Blocks and files in a configuration format that Merrow reads.
    pub n_configs: usize,
}

/// Something that could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file or source, as the user gave it.
    pub path: String,
    /// Why, with place and names.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Something that was done and is probably not what was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caution {
    /// What is odd, with names.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Everything that `check` tells.
#[derive(Debug, Clone, Copy)]
pub struct CheckReport<'a> {
    /// The files of the set, by id.
    pub sources: &'a [SourceText<'a>],
    /// In the order of files and places.
    pub diagnostics: &'a [Diagnostic],
    /// What could not be read.
    pub failures: &'a [Failure],
    /// How much was looked at.
    pub scope: Scope,
}

impl CheckReport<'_> {
    /// The number of findings of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }
}

/// "1 drawing", "2 drawings".
fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
