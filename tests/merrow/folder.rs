//! The stage of a story of the command line: a folder with files in it, in which merrow runs.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a story sets its own stage, and fails when it cannot"
)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::assert::Assert;

/// A folder with files in it.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    /// The folder of the story `name`, with `files` and nothing else.
    pub(crate) fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        let _ = fs::remove_dir_all(&folder.0);
        fs::create_dir_all(&folder.0).unwrap();
        for (path, text) in files {
            folder.write(path, text.as_bytes());
        }
        folder
    }

    /// Where a file of it is.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// Puts a file there, with its folders.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The text of a file of it.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The bytes of a file of it.
    pub(crate) fn read_bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.0.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs merrow in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Assert {
        let mut command = Command::cargo_bin("merrow").unwrap();
        command.current_dir(&self.0).args(arguments).assert()
    }

    /// Runs merrow in the folder with `text` on standard input.
    pub(crate) fn pipe(&self, arguments: &[&str], text: &str) -> Assert {
        let mut command = Command::cargo_bin("merrow").unwrap();
        command.current_dir(&self.0).args(arguments).write_stdin(text).assert()
    }
}

/// What was printed.
pub(crate) fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

/// What was printed to standard error.
pub(crate) fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}
