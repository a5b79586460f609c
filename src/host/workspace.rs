//! The one way to a set of files: finds, reads and judges them, and keeps them while they change.

use std::path::PathBuf;

use rayon::prelude::*;

use crate::base::text::FileId;
use crate::document::SourceKind;
use crate::pipeline::file::{self, FileFacts, Source};
use crate::pipeline::set::{self, Findings, LabFacts};
use crate::report::Failure;
use crate::report::source_text::SourceText;

use super::file_text;
use super::read_error::{ReadError, ReadProblem};
use super::settings_file::Project;
use super::walk::{self, Found};

/// A set of files with what they say.
///
/// Files are sorted by path and their ids are their indices, so that findings do not depend on the order of edits.
/// Law: after any edits the findings equal those of a fresh workspace over the same texts.
#[derive(Debug)]
pub struct Workspace {
    project: Project,
    files: Vec<File>,
    errors: Vec<ReadError>,
    version: u64,
}

#[derive(Debug)]
struct File {
    source: Source,
    facts: FileFacts,
}

impl Workspace {
    /// Reads every file that `paths` name. What cannot be read is in [`Self::errors`]; the others are read all the same.
    pub fn open(project: Project, paths: &[PathBuf]) -> Self {
        let (found, mut errors) = walk::find(paths);
        let texts: Vec<Result<String, ReadError>> = found
            .par_iter()
            .map(|file| {
                file_text::read(&file.path).map_err(|problem| ReadError { path: file.shown.clone(), problem })
            })
            .collect();
        let mut sources = Vec::new();
        for (file, text) in found.into_iter().zip(texts) {
            match text {
                Ok(text) => sources.push(source(&project, file, text)),
                Err(error) => errors.push(error),
            }
        }
        errors.sort_by(|a, b| a.path.cmp(&b.path));
        Self::over(project, sources, errors)
    }

    /// A workspace over texts that are nowhere on a disk: path from the project's folder, and text.
    ///
    /// A path whose name does not say what it is becomes an error.
    pub fn of_texts<'a>(project: Project, texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut workspace = Self::over(project, Vec::new(), Vec::new());
        for (path, text) in texts {
            workspace.put(path, text.to_owned());
        }
        workspace.renumber(0);
        workspace
    }

    fn over(project: Project, sources: Vec<Source>, errors: Vec<ReadError>) -> Self {
        let numbered = sources.into_par_iter().enumerate();
        let files = numbered
            .map(|(index, source)| {
                let source = Source { id: FileId(index as u32), ..source };
                File { facts: file::file(&project.settings, &source), source }
            })
            .collect();
        Self { project, files, errors, version: 0 }
    }

    /// Gives the file at `path` (as printed) a new text; a path that is not in the set joins it.
    pub fn replace(&mut self, path: &str, text: impl Into<String>) {
        self.version += 1;
        let n_files = self.files.len();
        let index = self.put(path, text.into());
        if self.files.len() > n_files {
            self.renumber(index);
        } else if let Some(file) = self.files.get_mut(index) {
            file.facts = file::file(&self.project.settings, &file.source);
        }
    }

    /// Takes the file at `path` out of the set, if it is there.
    pub fn remove(&mut self, path: &str) {
        self.version += 1;
        self.errors.retain(|error| error.path != path);
        if let Ok(index) = self.index_of(path) {
            self.files.remove(index);
            self.renumber(index);
        }
    }

    /// Puts a text at its place in the order and says which; the facts of the file are left behind.
    fn put(&mut self, path: &str, text: String) -> usize {
        self.errors.retain(|error| error.path != path);
        match self.index_of(path) {
            Ok(index) => {
                self.files[index].source.text = text;
                index
            }
            Err(index) => {
                let Some(kind) = SourceKind::of(path) else {
                    self.errors.push(ReadError { path: path.to_owned(), problem: ReadProblem::UnknownKind });
                    self.errors.sort_by(|a, b| a.path.cmp(&b.path));
                    return self.files.len();
                };
                let found = Found {
                    path: PathBuf::from(path),
                    shown: path.to_owned(),
                    real: self.project.folder.join(path),
                    kind,
                };
                let source = source(&self.project, found, text);
                let facts = file::file(&self.project.settings, &source);
                self.files.insert(index, File { source, facts });
                index
            }
        }
    }

    fn index_of(&self, path: &str) -> Result<usize, usize> {
        self.files.binary_search_by(|file| file.source.path.as_str().cmp(path))
    }

    /// Gives the files from `first` on the ids of their indices, and judges them anew.
    fn renumber(&mut self, first: usize) {
        let settings = &self.project.settings;
        self.files[first..].par_iter_mut().enumerate().for_each(|(index, file)| {
            file.source.id = FileId((first + index) as u32);
            file.facts = file::file(settings, &file.source);
        });
    }

    /// What is wrong with the set.
    pub fn findings(&self) -> Findings {
        set::set(&self.project.settings, &self.pairs())
    }

    /// What each lab of the set says.
    pub fn labs(&self) -> Vec<LabFacts<'_>> {
        set::labs(&self.project.settings, &self.pairs()).collect()
    }

    fn pairs(&self) -> Vec<(&Source, &FileFacts)> {
        self.files.iter().map(|file| (&file.source, &file.facts)).collect()
    }

    /// The files, by id.
    pub fn sources(&self) -> Vec<SourceText<'_>> {
        self.files
            .iter()
            .map(|file| SourceText { path: &file.source.path, text: &file.source.text })
            .collect()
    }

    /// What could not be read, sorted by path.
    pub fn errors(&self) -> &[ReadError] {
        &self.errors
    }

    /// What could not be read, as reports tell it.
    pub fn failures(&self) -> Vec<Failure> {
        self.errors.iter().map(Failure::from).collect()
    }

    /// How often the set has been changed.
    pub fn version(&self) -> u64 {
        self.version
    }
}

/// The source of a file; its id is given when the set is known.
fn source(project: &Project, file: Found, text: String) -> Source {
    let project_path =
        file.real.strip_prefix(&project.folder).map_or_else(|_| walk::shown(&file.real), walk::shown);
    Source { id: FileId(0), path: file.shown, project_path, kind: file.kind, text }
}
