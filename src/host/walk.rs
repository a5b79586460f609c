//! Finds the files below the paths that a user names.

use std::collections::BTreeSet;
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

/// What stands at the paths that a user names.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The files, sorted by path, each once.
    pub(super) found: Vec<Found>,
    /// What could not be looked at.
    pub(super) errors: Vec<ReadError>,
    /// The folders in which there is nothing that Merrow reads, as the user gave them.
    pub(super) empty: Vec<String>,
}

/// The files that `paths` name.
///
/// A named file is taken whatever its name starts with and whoever ignores it. Below a named folder, hidden files and
/// those that `.gitignore` and `.ignore` name are left out, and so is what stands in the folder `except` (a real path);
/// links are followed.
pub(super) fn find(paths: &[PathBuf], except: Option<&Path>) -> Walk {
    let Walk { mut found, mut errors, mut empty } = Walk::default();
    for path in paths {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let n_before = found.len() + errors.len();
                folder(path, except, &mut found, &mut errors);
                if found.len() + errors.len() == n_before {
                    empty.push(shown(path));
                }
            }
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
    Walk { found, errors, empty }
}

/// The files below the folder `root`, the folder `except` left out, whose path from there `is_wanted`, as seen from the
/// current folder.
///
/// What else could not be looked at is nobody's concern: only a few files below the folder were asked for.
pub(super) fn find_below(root: &Path, except: Option<&Path>, is_wanted: impl Fn(&str) -> bool) -> Walk {
    let mut walk = Walk::default();
    folder(root, except, &mut walk.found, &mut walk.errors);
    let from_root = |path: &Path| path.strip_prefix(root).is_ok_and(|path| is_wanted(&shown(path)));
    walk.found.retain(|file| from_root(&file.path));
    walk.errors.retain(|error| from_root(Path::new(&error.path)));
    let here = real(Path::new("."));
    for file in &mut walk.found {
        file.shown = shown(&seen_from(&here, &file.real));
    }
    for error in &mut walk.errors {
        error.path = shown(&seen_from(&here, Path::new(&error.path)));
    }
    walk
}

/// The way from the folder `here` to `path`, both absolute; `path` itself where they share no folder.
fn seen_from(here: &Path, path: &Path) -> PathBuf {
    let shared = here.ancestors().find(|folder| path.starts_with(folder));
    match shared {
        Some(shared) if shared.parent().is_some() => {
            let n_up = here.strip_prefix(shared).map_or(0, |below| below.components().count());
            let up: PathBuf = std::iter::repeat_n("..", n_up).collect();
            up.join(path.strip_prefix(shared).unwrap_or(path))
        }
        _ => path.to_owned(),
    }
}

/// The folders whose changes can change what [`find`] finds at `paths`: those named or below, and those that hold a named
/// file or the file that a named link leads to.
pub(super) fn folders(paths: &[PathBuf], except: Option<&Path>) -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::new();
    for path in paths {
        if path.is_dir() {
            let entries = below(path, except).build().filter_map(Result::ok);
            let is_folder = |entry: &DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
            folders.extend(entries.filter(is_folder).map(DirEntry::into_path));
        } else {
            // The parent of a bare file name is written as nothing.
            let holders = [std::path::absolute(path).unwrap_or_else(|_| path.clone()), real(path)];
            let holders = holders.iter().filter_map(|path| path.parent()).filter(|folder| folder.is_dir());
            folders.extend(holders.map(Path::to_owned));
        }
    }
    folders
}

/// The way through what is visible below `root`.
fn below(root: &Path, except: Option<&Path>) -> WalkBuilder {
    // A checkout without its .git folder (an archive, a copy in CI) is read as the checkout is.
    let mut walk = WalkBuilder::new(root);
    walk.follow_links(true).require_git(false);
    if let Some(except) = except.map(Path::to_owned) {
        walk.filter_entry(move |entry| {
            !entry.file_type().is_some_and(|kind| kind.is_dir()) || real(entry.path()) != except
        });
    }
    walk
}

fn folder(root: &Path, except: Option<&Path>, found: &mut Vec<Found>, errors: &mut Vec<ReadError>) {
    let real_root = real(root);
    for entry in below(root, except).build() {
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

/// The path without links, of a folder of which the last parts may not exist yet.
pub(super) fn real_of_new(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let found = absolute.ancestors().find_map(|ancestor| {
        let real = std::fs::canonicalize(ancestor).ok()?;
        Some(real.join(absolute.strip_prefix(ancestor).ok()?))
    });
    found.unwrap_or(absolute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_file_is_named_as_it_is_seen_from_the_current_folder() {
        let table = [
            ("/a/b", "/a/b/c.md", "c.md"),
            ("/a/b", "/a/c.md", "../c.md"),
            ("/a/b/d", "/a/x/c.md", "../../x/c.md"),
            ("/a", "/b/c.md", "/b/c.md"),
            ("/", "/b/c.md", "/b/c.md"),
        ];
        for (here, path, expected) in table {
            assert_eq!(seen_from(Path::new(here), Path::new(path)), Path::new(expected), "{here} {path}");
        }
    }
}
