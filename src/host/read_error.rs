//! Why a file could not be read.

use std::io;

use thiserror::Error;

use crate::document::SourceKind;
use crate::report::Failure;

/// Files above this many bytes are not read: no post comes near it, and spans count in 32 bits.
pub const MAX_BYTES: u64 = 64 << 20;

/// A file or folder that could not be read.
#[derive(Debug, Error)]
#[error("{path}: {problem}")]
pub struct ReadError {
    /// As the user gave it, with `/`.
    pub path: String,
    /// Why.
    #[source]
    pub problem: ReadProblem,
}

/// Why a file or folder could not be read.
#[derive(Debug, Error)]
pub enum ReadProblem {
    /// There is nothing at the path.
    #[error("there is no such file or folder")]
    Missing,
    /// The operating system refuses.
    #[error("the operating system refuses: {0}")]
    Refused(#[source] io::Error),
    /// Bytes that are no UTF-8.
    #[error("it is not UTF-8: byte {} of the file, in line {line}, is 0x{byte:02x}", offset)]
    NotText {
        /// Bytes in front of it.
        offset: usize,
        /// The 1-based line that holds it.
        line: usize,
        /// The first byte that fits into no character.
        byte: u8,
    },
    /// More than [`MAX_BYTES`].
    #[error("it has {0} bytes, and Merrow reads files up to {MAX_BYTES}")]
    TooLarge(u64),
    /// A device, pipe or socket.
    #[error("it is neither a file nor a folder")]
    NoFile,
    /// A file whose name says nothing.
    #[error("its name does not say what it is")]
    UnknownKind,
    /// A folder that contains itself by a symbolic link.
    #[error("the symbolic link leads back to {0}, which holds it")]
    Loop(String),
}

impl ReadProblem {
    /// What to do.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Missing => "check the path; Merrow looks from the current folder".to_owned(),
            Self::Refused(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                "give yourself the right to read it, or leave it out with a .ignore file".to_owned()
            }
            Self::Refused(_) => return None,
            Self::NotText { .. } => "save it as UTF-8, or leave it out with a .ignore file".to_owned(),
            Self::TooLarge(_) => "split it, or leave it out with a .ignore file".to_owned(),
            Self::NoFile => "name a file or a folder".to_owned(),
            Self::UnknownKind => format!("Merrow reads {}", SourceKind::KNOWN),
            Self::Loop(_) => "remove the link, or leave it out with a .ignore file".to_owned(),
        })
    }

    /// The problem that an error of the operating system is.
    pub(crate) fn of_io(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Self::Missing } else { Self::Refused(error) }
    }
}

impl From<&ReadError> for Failure {
    fn from(error: &ReadError) -> Self {
        Self { path: error.path.clone(), message: error.problem.to_string(), help: error.problem.help() }
    }
}
