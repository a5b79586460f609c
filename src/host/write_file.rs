//! Writes one file, wholly or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};
use thiserror::Error;

use crate::report::Failure;

use super::walk::shown;

/// A file that could not be written; what stood there before still does.
#[derive(Debug, Error)]
#[error("cannot write {path}: {problem}")]
pub struct WriteError {
    /// As the caller gave it, with `/`.
    pub path: String,
    /// Why.
    #[source]
    pub problem: WriteProblem,
}

/// Why a file could not be written.
#[derive(Debug, Error)]
pub enum WriteProblem {
    /// The operating system refuses.
    #[error("the operating system refuses: {0}")]
    Refused(#[source] io::Error),
    /// The file may only be read.
    #[error("it is write-protected")]
    ReadOnly,
    /// A folder, device, pipe or socket.
    #[error("something that is no file stands there")]
    NoFile,
    /// A symbolic link without an end.
    #[error("the symbolic link leads to nothing that can be written")]
    DeadLink,
    /// Somebody else wrote it since it was read.
    #[error("it has changed since it was read")]
    Changed,
    /// A link would lead the file out of the folder that is written to.
    #[error("a link leads out of the folder that is written to")]
    Outside,
    /// Something that is no folder stands where a folder is needed.
    #[error("{0} is no folder")]
    NoFolder(String),
}

impl WriteProblem {
    /// What to do.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::Refused(error) => match error.kind() {
                io::ErrorKind::PermissionDenied => "give yourself the right to write in its folder",
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "make room on the disk and run again"
                }
                io::ErrorKind::ReadOnlyFilesystem => "choose a folder on a disk that can be written",
                _ => return None,
            },
            Self::ReadOnly => "take the write protection away, or choose another place",
            Self::NoFile | Self::NoFolder(_) => "move it away, or choose another place",
            Self::Outside => "remove the link",
            Self::Changed => "run again",
            Self::DeadLink => "put the link right, or remove it",
        })
    }
}

impl From<&WriteError> for Failure {
    fn from(error: &WriteError) -> Self {
        Self {
            path: error.path.clone(),
            message: format!("cannot be written: {}", error.problem),
            help: error.problem.help().map(str::to_owned),
        }
    }
}

/// Makes `contents` the contents of the file at `path`.
///
/// Whoever looks sees the old file or the new one, never a part: the bytes go to a temporary file in the same folder,
/// reach the disk, and the file is then renamed. Missing folders are made. An existing file keeps its permissions, a
/// symbolic link stays and its target is written. Nothing is written when the contents are there already.
///
/// # Errors
/// [`WriteError`]; the file at `path` is then as it was.
pub fn write(path: &Path, contents: &[u8]) -> Result<(), WriteError> {
    try_write(path, contents).map_err(|problem| WriteError { path: shown(path), problem })
}

/// Makes `after` the contents of the file at `path` as [`write`] does, if they still are `before`.
///
/// # Errors
/// [`WriteError`], with [`WriteProblem::Changed`] when the file is another one by now.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    if before == after {
        return Ok(());
    }
    match fs::read(path) {
        Ok(bytes) if bytes == before => write(path, after),
        Ok(_) => Err(WriteError { path: shown(path), problem: WriteProblem::Changed }),
        Err(error) => Err(WriteError { path: shown(path), problem: WriteProblem::Refused(error) }),
    }
}

fn try_write(path: &Path, contents: &[u8]) -> Result<(), WriteProblem> {
    let target = target(path)?;
    let existing = existing(&target)?;
    if let Some(metadata) = &existing {
        // A file that cannot be read is not known to be equal; writing it tells what is wrong with it.
        let is_same_length = metadata.len() == contents.len() as u64;
        if is_same_length && fs::read(&target).is_ok_and(|bytes| bytes == contents) {
            return Ok(());
        }
        // A rename asks for the right to change the folder only.
        if metadata.permissions().readonly() {
            return Err(WriteProblem::ReadOnly);
        }
    }
    let folder = folder_of(&target);
    make_folder(folder)?;
    let mut temporary = temporary_in(folder).map_err(WriteProblem::Refused)?;
    let written = temporary.write_all(contents).and_then(|()| match &existing {
        Some(metadata) => temporary.as_file().set_permissions(metadata.permissions()),
        None => Ok(()),
    });
    written.and_then(|()| temporary.as_file().sync_all()).map_err(WriteProblem::Refused)?;
    temporary.persist(&target).map_err(|error| WriteProblem::Refused(error.error))?;
    // The name is safe when its folder has reached the disk; not every system can be asked for that.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// The path that holds the bytes: `path`, or where its symbolic link leads.
fn target(path: &Path) -> Result<PathBuf, WriteProblem> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    if is_link { fs::canonicalize(path).map_err(|_| WriteProblem::DeadLink) } else { Ok(path.to_owned()) }
}

/// What is known about the file that is to be replaced, `None` when there is none.
fn existing(target: &Path) -> Result<Option<Metadata>, WriteProblem> {
    match fs::metadata(target) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata)),
        Ok(_) => Err(WriteProblem::NoFile),
        // What is in the way is told when the folder is made.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(WriteProblem::Refused(error)),
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn make_folder(folder: &Path) -> Result<(), WriteProblem> {
    fs::create_dir_all(folder).map_err(|error| {
        let in_the_way = folder.ancestors().find(|part| part.exists() && !part.is_dir());
        match in_the_way {
            Some(part) => WriteProblem::NoFolder(shown(part)),
            None => WriteProblem::Refused(error),
        }
    })
}

/// An empty file in `folder` that disappears unless it is given a name; others may read it as they may any new file.
fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".merrow-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    /// The names in a folder, sorted.
    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_made_with_its_folders_and_replaced() {
        let folder = folder();
        let path = folder.path().join("a/b/post.md");
        for contents in ["one\r\n", "two", ""] {
            write(&path, contents.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), contents);
        }
        assert_eq!(names(&folder.path().join("a/b")), ["post.md"], "nothing temporary is left");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
        let folder = folder();
        let (post, link) = (folder.path().join("post.md"), folder.path().join("link.md"));
        fs::write(&post, "one").unwrap();
        fs::set_permissions(&post, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("post.md", &link).unwrap();
        write(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&post).unwrap(), "two");
        assert_eq!(fs::metadata(&post).unwrap().mode() & 0o777, 0o640);

        let new = folder.path().join("new.md");
        write(&new, b"x").unwrap();
        fs::write(folder.path().join("plain.md"), b"x").unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().mode();
        assert_eq!(mode("new.md"), mode("plain.md"), "a new file is as any other");

        let before = fs::metadata(&post).unwrap().ino();
        write(&post, b"two").unwrap();
        assert_eq!(fs::metadata(&post).unwrap().ino(), before, "equal contents are not written again");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_in_the_way_is_told_and_left() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("folder")).unwrap();
        fs::write(at("file"), "x").unwrap();
        fs::write(at("protected"), "x").unwrap();
        fs::set_permissions(at("protected"), fs::Permissions::from_mode(0o444)).unwrap();
        symlink("gone", at("dead")).unwrap();
        let table = [
            ("folder", "something that is no file stands there".to_owned()),
            ("file/post.md", format!("{} is no folder", shown(&at("file")))),
            ("protected", "it is write-protected".to_owned()),
            ("dead", "the symbolic link leads to nothing that can be written".to_owned()),
        ];
        for (name, expected) in table {
            let error = write(&at(name), b"new").unwrap_err();
            assert_eq!(error.path, shown(&at(name)));
            assert_eq!(error.problem.to_string(), expected, "{name}");
            assert!(error.problem.help().is_some(), "{name}");
        }
        assert_eq!(fs::read_to_string(at("protected")).unwrap(), "x");
        write(&at("protected"), b"x").unwrap();
        assert_eq!(names(folder.path()), ["dead", "file", "folder", "protected"]);
    }
}
