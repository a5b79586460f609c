//! A folder that is written to, and nothing beside it.

use std::fs;
use std::path::{Component, Path, PathBuf};

use thiserror::Error;

use crate::pipeline::file::{FileFacts, Source};

use super::file_text;
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
    /// The inputs: as the user gave them, and where they stand.
    inputs: Vec<(String, PathBuf)>,
    /// The folder that holds all inputs.
    root: PathBuf,
}

/// Tells that a folder is written by builds. Those who look for posts leave out what stands beside such a file.
const MARK: (&str, &str) =
    (".ignore", "# Written by `merrow build`, which may write over everything here.\n*\n");

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
    /// It holds files that no build has written.
    #[error("{out} holds files that `merrow build` did not write")]
    Foreign {
        /// The folder, as the user gave it.
        out: String,
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
        Ok(Self { path: path.to_owned(), real: real(path), inputs: Vec::new(), root: PathBuf::new() })
    }

    /// The folder at `path` for what becomes of the files at `inputs`. It may lie in one of them, but not hold one, and it is
    /// new, empty, or what an earlier build has written.
    ///
    /// # Errors
    /// [`OutputFolderError`] when it holds anything else or cannot be made.
    pub fn beside(path: &Path, inputs: &[PathBuf]) -> Result<Self, OutputFolderError> {
        let out = real_of_new(path);
        let held = inputs.iter().find(|input| real(input).starts_with(&out));
        if let Some(input) = held {
            return Err(OutputFolderError::HoldsInput { out: shown(path), input: shown(input) });
        }
        let inputs: Vec<(String, PathBuf)> = inputs.iter().map(|input| (shown(input), seat(input))).collect();
        let folder = Self { root: common_folder(&inputs), inputs, ..Self::open(path)? };
        let is_marked = file_text::read(&folder.join(MARK.0)).is_ok_and(|text| text == MARK.1);
        let is_empty = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
        if !is_marked && !is_empty {
            return Err(OutputFolderError::Foreign { out: shown(path) });
        }
        // Whoever stops a build leaves a folder that the next one may write to.
        folder.write(MARK.0, MARK.1.as_bytes())?;
        Ok(folder)
    }

    /// The text of the file that is `relative` (with `/`) to the folder, if it can be read.
    pub fn read(&self, relative: &str) -> Option<String> {
        file_text::read(&self.join(relative)).ok()
    }

    /// Removes a file that an earlier build has written, and the folders that are empty then.
    ///
    /// What cannot be removed stays: it is in nobody's way.
    pub fn remove(&self, relative: &str) {
        let stays = Path::new(relative).components().all(|part| matches!(part, Component::Normal(_)));
        if !stays || leads_outside(&self.real, relative) || fs::remove_file(self.join(relative)).is_err() {
            return;
        }
        for folder in Path::new(relative).ancestors().skip(1).filter(|folder| *folder != Path::new("")) {
            // A folder that holds something is not removed.
            if fs::remove_dir(self.path.join(folder)).is_err() {
                break;
            }
        }
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
            let below = self.inputs.iter().find_map(|(input, real)| {
                let rest = match input.as_str() {
                    "." => Some(source.path.as_str()),
                    input if input == source.path => Some(""),
                    input => source.path.strip_prefix(input.trim_end_matches('/'))?.strip_prefix('/'),
                }?;
                // Below an input a file is called as it is seen, also when a link leads to it.
                Some(if rest.is_empty() { real.clone() } else { real.join(rest) })
            });
            let file = below.unwrap_or_else(|| PathBuf::from(&source.path));
            shown(file.strip_prefix(&self.root).unwrap_or(&file))
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

/// Where an input stands: the folders to it without links, a file by its own name.
fn seat(input: &Path) -> PathBuf {
    match (input.is_dir(), input.parent(), input.file_name()) {
        (false, Some(folder), Some(name)) if folder != Path::new("") => real(folder).join(name),
        (false, _, Some(name)) => real(Path::new(".")).join(name),
        _ => real(input),
    }
}

/// The deepest folder that holds all of `inputs`; of a file that is its folder.
fn common_folder(inputs: &[(String, PathBuf)]) -> PathBuf {
    let folders = inputs.iter().map(|(_, seat)| {
        if seat.is_dir() { seat.clone() } else { seat.parent().map(Path::to_owned).unwrap_or_default() }
    });
    folders
        .reduce(|shared, folder| {
            let ancestors = shared.ancestors().find(|ancestor| folder.starts_with(ancestor));
            ancestors.map(Path::to_owned).unwrap_or_default()
        })
        .unwrap_or_default()
}
