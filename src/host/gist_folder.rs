//! The folder of the files that left posts, with the list of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::gist::ledger::{self, Entry, Ledger, LedgerError};
use crate::gist::plan::Split;
use crate::gist::shelf::Shelf;

use super::file_text;
use super::output_folder::OutputFolder;
use super::read_error::{ReadError, ReadProblem};
use super::settings_file::Project;
use super::walk::{real_of_new, shown};
use super::write_file::WriteError;

/// The folder of the files that left posts.
#[derive(Debug)]
pub struct GistFolder {
    path: PathBuf,
    ledger: Ledger,
    shelf: Shelf,
}

/// Why what stands in the folder cannot be used.
#[derive(Debug, Error)]
pub enum GistFolderError {
    /// A file of it cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Its list is none.
    #[error("{path}: {problem}")]
    Ledger {
        /// The list, as the user would write it.
        path: String,
        /// Why.
        #[source]
        problem: LedgerError,
    },
}

/// Why a file was not put into the folder.
#[derive(Debug, Error)]
pub enum StoreError {
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A file of the same name stands there and is another one.
    #[error("another file stands at {path}")]
    Taken {
        /// As the user would write it.
        path: String,
    },
}

impl GistFolder {
    /// Reads the folder at `path`; one that does not exist is empty.
    ///
    /// # Errors
    /// [`GistFolderError`] when the list in it is no list, or it or a file that it names cannot be read.
    pub fn read(path: &Path) -> Result<Self, GistFolderError> {
        let mut folder = Self { path: path.to_owned(), ledger: Ledger::default(), shelf: Shelf::default() };
        if let Some(text) = folder.text(ledger::FILE_NAME)? {
            folder.ledger = Ledger::read(&text).map_err(|problem| GistFolderError::Ledger {
                path: shown(&path.join(ledger::FILE_NAME)),
                problem,
            })?;
        }
        for entry in folder.ledger.entries() {
            // The name of a file that was removed by hand stays taken: a post links to it, and must not lead to another block.
            let contents = folder.text(&entry.file)?.unwrap_or_default();
            folder.shelf.put(&entry.file, &contents);
        }
        Ok(folder)
    }

    /// The text of the file that is `relative` to the folder, `None` when there is none.
    fn text(&self, relative: &str) -> Result<Option<String>, ReadError> {
        let path = self.path.join(relative);
        match file_text::read(&path) {
            Ok(text) => Ok(Some(text)),
            Err(ReadProblem::Missing) => Ok(None),
            Err(problem) => Err(ReadError { path: shown(&path), problem }),
        }
    }

    /// The files that stand there, by the list.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The path of the folder as the user would write it.
    pub fn shown(&self) -> String {
        shown(&self.path)
    }

    /// The path from the folder of the project to this one, empty or ending with `/`; `None` when it lies elsewhere.
    pub fn path_below(&self, project: &Project) -> Option<String> {
        let real = real_of_new(&self.path);
        let below = shown(real.strip_prefix(&project.folder).ok()?);
        Some(if below.is_empty() { below } else { format!("{}/", below.trim_end_matches('/')) })
    }

    /// The files of the list, as paths from the folder of the project.
    pub fn files_below(&self, project: &Project) -> BTreeSet<String> {
        let Some(below) = self.path_below(project) else {
            return BTreeSet::new();
        };
        self.ledger.entries().iter().map(|entry| format!("{below}{}", entry.file)).collect()
    }

    /// Writes the file that a split becomes; nothing when it stands there already.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when another file has the name: nothing is overwritten.
    pub fn store(&self, split: &Split) -> Result<(), StoreError> {
        match self.text(&split.file) {
            Ok(Some(contents)) if contents == split.contents => return Ok(()),
            Ok(None) => {}
            // A file that is no text is another one as well.
            Ok(Some(_)) | Err(_) => {
                return Err(StoreError::Taken { path: shown(&self.path.join(&split.file)) });
            }
        }
        let folder = OutputFolder::open(&self.path)?;
        Ok(folder.write(&split.file, split.contents.as_bytes())?)
    }

    /// Adds files to the list and writes it, if that changes it.
    ///
    /// # Errors
    /// [`WriteError`] when it cannot be written.
    pub fn remember(&mut self, entries: Vec<Entry>) -> Result<(), WriteError> {
        if entries.is_empty() {
            return Ok(());
        }
        for entry in entries {
            self.ledger.put(entry);
        }
        OutputFolder::open(&self.path)?.write(ledger::FILE_NAME, self.ledger.text().as_bytes())
    }
}
