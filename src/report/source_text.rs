//! The texts that findings point into.

use std::collections::BTreeMap;

use crate::base::diagnostic::Diagnostic;
use crate::base::text::{FileId, LineColumn, LineIndex, Place};

/// A file as a report needs it.
#[derive(Debug, Clone, Copy)]
pub struct SourceText<'a> {
    /// Path as the user gave it, with `/`.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// Path, line and column of a place, as people and editors read it: `post.md:3:5`; `None` for a file that is not there.
pub(crate) fn position(place: Place, sources: &[SourceText]) -> Option<String> {
    let source = sources.get(place.file.0 as usize)?;
    let at = LineIndex::new(source.text).line_column(source.text, place.span.start);
    Some(format!("{}:{}:{}", source.path, at.line, at.column))
}

/// A file that is mentioned, with its lines.
#[derive(Debug)]
pub(crate) struct Mentioned<'a> {
    pub(crate) source: SourceText<'a>,
    pub(crate) lines: LineIndex,
}

impl Mentioned<'_> {
    /// Line and column of a byte.
    pub(crate) fn line_column(&self, offset: u32) -> LineColumn {
        self.lines.line_column(self.source.text, offset)
    }
}

/// The files that a report mentions; the lines of all others are never counted.
#[derive(Debug)]
pub(crate) struct Lookup<'a>(BTreeMap<FileId, Mentioned<'a>>);

impl<'a> Lookup<'a> {
    /// Prepares the files that `diagnostics` mention.
    pub(crate) fn new(sources: &[SourceText<'a>], diagnostics: &[Diagnostic]) -> Self {
        let mut files = BTreeMap::new();
        for diagnostic in diagnostics {
            let places =
                std::iter::once(diagnostic.place).chain(diagnostic.related.iter().map(|label| label.place));
            for Place { file, .. } in places {
                if let Some(source) = sources.get(file.0 as usize) {
                    files
                        .entry(file)
                        .or_insert_with(|| Mentioned { source: *source, lines: LineIndex::new(source.text) });
                }
            }
        }
        Self(files)
    }

    /// The file with this id.
    pub(crate) fn get(&self, file: FileId) -> Option<&Mentioned<'a>> {
        self.0.get(&file)
    }
}
