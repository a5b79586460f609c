//! Reads one file as text.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::read_error::{MAX_BYTES, ReadProblem};

/// The text of the file at `path`.
///
/// # Errors
/// [`ReadProblem`] for a file that is missing, unreadable, too large or no UTF-8.
pub(super) fn read(path: &Path) -> Result<String, ReadProblem> {
    let mut file = File::open(path).map_err(ReadProblem::of_io)?;
    let metadata = file.metadata().map_err(ReadProblem::of_io)?;
    if !metadata.is_file() {
        return Err(ReadProblem::NoFile);
    }
    if metadata.len() > MAX_BYTES {
        return Err(ReadProblem::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    // The file may grow while it is read; one byte above the limit shows that it did.
    file.by_ref().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(ReadProblem::of_io)?;
    of_bytes(bytes)
}

/// The text that `bytes` are, read with one byte above the limit.
///
/// # Errors
/// [`ReadProblem`] for what is too large or no UTF-8.
pub(super) fn of_bytes(bytes: Vec<u8>) -> Result<String, ReadProblem> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadProblem::TooLarge(bytes.len() as u64));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..offset].split(|byte| *byte == b'\n').count();
        ReadProblem::NotText { offset, line, byte: bytes.get(offset).copied().unwrap_or_default() }
    })
}
