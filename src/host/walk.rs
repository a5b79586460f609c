//! Finds the files below the paths that a user names.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::document::SourceKind;

use super::read_error::{ReadError, ReadProblem};

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its path as the user gave it, with `/`.
    pub(super) shown: String,
    /// Where it is, without links in the part that the user gave.
    pub(super) real: PathBuf,
    /// How it is read.
    pub(super) kind: SourceKind,
}

/// The files that `paths` name, sorted by path, each once; and what could not be looked at.
///
/// A named file is taken whatever its name starts with and whoever ignores it. Below a named folder, hidden files and
/// those that `.gitignore` and `.ignore` name are left out; links are followed.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<ReadError>) {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => folder(path, &mut found, &mut errors),
            Ok(metadata) if metadata.is_file() => {
                let shown = shown(path);
                match SourceKind::of(&shown) {
                    Some(kind) => found.push(Found { path: path.clone(), shown, real: real(path), kind }),
                    None => errors.push(ReadError { path: shown, problem: ReadProblem::UnknownKind }),
                }
            }
            Ok(_) => errors.push(ReadError { path: shown(path), problem: ReadProblem::NoFile }),
            Err(error) => errors.push(ReadError { path: shown(path), problem: ReadProblem::of_io(error) }),
        }
    }
    found.sort_by(|a, b| a.shown.cmp(&b.shown));
    found.dedup_by(|a, b| a.shown == b.shown);
    (found, errors)
}

fn folder(root: &Path, found: &mut Vec<Found>, errors: &mut Vec<ReadError>) {
    let real_root = real(root);
    // A checkout without its .git folder (an archive, a copy in CI) is read as the checkout is.
    let walk = WalkBuilder::new(root).follow_links(true).require_git(false).build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                if let Some(file) = file_of(root, &real_root, entry) {
                    found.push(file);
                }
            }
            Err(error) => errors.push(read_error(root, &error)),
        }
    }
}

/// The file that an entry is, when it is one that Merrow reads.
fn file_of(root: &Path, real_root: &Path, entry: DirEntry) -> Option<Found> {
    if !entry.file_type().is_some_and(|kind| kind.is_file()) {
        return None;
    }
    let shown = shown(entry.path());
    let kind = SourceKind::of(&shown)?;
    let real = real_root.join(entry.path().strip_prefix(root).ok()?);
    Some(Found { path: entry.into_path(), shown, real, kind })
}

fn read_error(root: &Path, error: &ignore::Error) -> ReadError {
    let (path, problem) = match innermost(error) {
        (path, ignore::Error::Loop { ancestor, child }) => {
            (path.or(Some(child)), ReadProblem::Loop(shown(ancestor)))
        }
        (path, error) => {
            let kind = error.io_error().map_or(std::io::ErrorKind::Other, std::io::Error::kind);
            let words = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            (path, ReadProblem::of_io(std::io::Error::new(kind, words)))
        }
    };
    ReadError { path: shown(path.map_or(root, PathBuf::as_path)), problem }
}

/// The cause of an error of the walk, with the path that was looked at.
fn innermost(error: &ignore::Error) -> (Option<&PathBuf>, &ignore::Error) {
    let mut path = None;
    let mut error = error;
    loop {
        error = match error {
            ignore::Error::WithPath { path: at, err } => {
                path = Some(at);
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            _ => return (path, error),
        };
    }
}

/// A path as it is printed: with `/`, without a leading `./`.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace('\\', "/") };
    match text.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => text,
    }
}

/// The path without links and dots, or made absolute where that cannot be known.
pub(super) fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}
