//! A folder that is written to, and nothing beside it.

use std::fs;
use std::path::{Component, Path, PathBuf};

use thiserror::Error;

use crate::pipeline::file::{FileFacts, Source};

use super::settings_file::Project;
use super::walk::{real, real_of_new, shown};
use super::write_file::{self, WriteError, WriteProblem};

/// A folder that is written to.
#[derive(Debug, Clone)]
pub struct OutputFolder {
    /// As the user gave it.
    path: PathBuf,
    /// Without links.
    real: PathBuf,
    /// The folder that holds all inputs.
    root: PathBuf,
}

/// Why a folder cannot be written to.
#[derive(Debug, Error)]
pub enum OutputFolderError {
    /// It cannot be made.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// What is read lies in it, so that the run would write over it.
    #[error("{out} holds {input}, which is read")]
    HoldsInput {
        /// The folder, as the user gave it.
        out: String,
        /// What is read, as the user gave it.
        input: String,
    },
}

impl OutputFolder {
    /// The folder at `path`, which is made when it is missing.
    ///
    /// # Errors
    /// [`WriteError`] when it cannot be made or something else stands there.
    pub fn open(path: &Path) -> Result<Self, WriteError> {
        let refused = |error| WriteError { path: shown(path), problem: WriteProblem::Refused(error) };
        if path.exists() && !path.is_dir() {
            return Err(WriteError { path: shown(path), problem: WriteProblem::NoFolder(shown(path)) });
        }
        fs::create_dir_all(path).map_err(refused)?;
        Ok(Self { path: path.to_owned(), real: real(path), root: PathBuf::new() })
    }

    /// The folder at `path` for what becomes of the files at `inputs`; it may lie in one of them, but not hold one.
    ///
    /// # Errors
    /// [`OutputFolderError`] when it holds an input or cannot be made.
    pub fn beside(path: &Path, inputs: &[PathBuf]) -> Result<Self, OutputFolderError> {
        let out = real_of_new(path);
        let held = inputs.iter().find(|input| real(input).starts_with(&out));
        if let Some(input) = held {
            return Err(OutputFolderError::HoldsInput { out: shown(path), input: shown(input) });
        }
        Ok(Self { root: common_folder(inputs), ..Self::open(path)? })
    }

    /// The project, which does not read what stands in the folder.
    pub fn left_out_of(&self, project: Project) -> Project {
        Project { out: Some(self.real.clone()), ..project }
    }

    /// The files, each with its path (with `/`) below the folder that holds all inputs: where it goes here.
    pub fn places<'a>(
        &self,
        files: impl Iterator<Item = (&'a Source, &'a FileFacts)>,
    ) -> Vec<(&'a Source, &'a FileFacts, String)> {
        let place = |source: &Source| {
            let path = Path::new(&source.path);
            let file_name = path.file_name().map(PathBuf::from).unwrap_or_default();
            let folder = match path.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => real(parent),
                _ => real(Path::new(".")),
            };
            let file = folder.join(&file_name);
            // A link leads elsewhere: the file is called as it is seen.
            shown(file.strip_prefix(&self.root).unwrap_or(&file_name))
        };
        files.map(|(source, facts)| (source, facts, place(source))).collect()
    }

    /// What the inputs are called: the folder that holds them.
    pub fn title(&self) -> String {
        self.root.file_name().map_or_else(|| shown(&self.root), |name| name.to_string_lossy().into_owned())
    }

    /// The file that is `relative` (with `/`) to the folder, as the user would write it.
    pub fn shown(&self, relative: &str) -> String {
        shown(&self.join(relative))
    }

    fn join(&self, relative: &str) -> PathBuf {
        self.path.join(relative)
    }

    /// Writes a file below the folder, wholly or not at all.
    ///
    /// # Errors
    /// [`WriteError`], also when the file would land outside of the folder because a link stands in the way.
    pub fn write(&self, relative: &str, contents: &[u8]) -> Result<(), WriteError> {
        let path = self.join(relative);
        let stays = Path::new(relative).components().all(|part| matches!(part, Component::Normal(_)));
        if !stays || leads_outside(&self.real, relative) {
            return Err(WriteError { path: shown(&path), problem: WriteProblem::Outside });
        }
        write_file::write(&path, contents)
    }
}

/// True when a link on the way from `root` to the file leads out of `root`.
fn leads_outside(root: &Path, relative: &str) -> bool {
    let mut at = root.to_owned();
    for part in Path::new(relative).components() {
        at.push(part);
        if fs::symlink_metadata(&at).is_ok_and(|metadata| metadata.is_symlink())
            && !real(&at).starts_with(root)
        {
            return true;
        }
    }
    false
}

/// The deepest folder that holds all of `inputs`, without links; of a file that is its folder.
fn common_folder(inputs: &[PathBuf]) -> PathBuf {
    let folders = inputs.iter().map(|input| {
        let real = real(input);
        if real.is_dir() { real } else { real.parent().map(Path::to_owned).unwrap_or_default() }
    });
    folders
        .reduce(|shared, folder| {
            let ancestors = shared.ancestors().find(|ancestor| folder.starts_with(ancestor));
            ancestors.map(Path::to_owned).unwrap_or_default()
        })
        .unwrap_or_default()
}
