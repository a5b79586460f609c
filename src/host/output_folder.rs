//! A folder that is written to, and nothing beside it.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::walk::{real, shown};
use super::write_file::{self, WriteError, WriteProblem};

/// A folder that is written to.
#[derive(Debug, Clone)]
pub struct OutputFolder {
    /// As the user gave it.
    path: PathBuf,
    /// Without links.
    real: PathBuf,
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
        Ok(Self { path: path.to_owned(), real: real(path) })
    }

    /// Where the file that is `relative` (with `/`) to the folder stands, as the user would write it.
    pub fn join(&self, relative: &str) -> PathBuf {
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
