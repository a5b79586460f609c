//! Reads one font that a user names.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::read_error::{MAX_BYTES, ReadError, ReadProblem};
use super::walk::shown;

/// The bytes of the file at `path`; whether they are a font is not asked here.
///
/// # Errors
/// [`ReadError`] for a file that is missing, unreadable or too large.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    bytes(path).map_err(|problem| ReadError { path: shown(path), problem })
}

fn bytes(path: &Path) -> Result<Vec<u8>, ReadProblem> {
    let file = File::open(path).map_err(ReadProblem::of_io)?;
    if !file.metadata().map_err(ReadProblem::of_io)?.is_file() {
        return Err(ReadProblem::NoFile);
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(ReadProblem::of_io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadProblem::TooLarge(bytes.len() as u64));
    }
    Ok(bytes)
}
