//! One text that a user names: a file, or standard input.

use std::io::{self, Read};
use std::path::Path;

use crate::base::text::FileId;
use crate::document::{self, Block, BlockKind, Form, SourceKind};
use crate::pipeline::file::{Source, Standing};

use super::file_text;
use super::read_error::{MAX_BYTES, ReadError, ReadProblem};
use super::walk::shown;

/// What stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// The text at `path`, or that of standard input for `-`, which is Markdown when it holds a diagram as Markdown does or a
/// fence, and else one diagram.
///
/// # Errors
/// [`ReadError`] for what cannot be read, and for a file whose name does not say what it is.
pub fn read(path: &Path) -> Result<Source, ReadError> {
    let shown = shown(path);
    let fail = |problem| ReadError { path: shown.clone(), problem };
    let (text, kind) = if shown == STANDARD_INPUT {
        let text = standard_input().map_err(fail)?;
        let kind = kind_of_text(&text);
        (text, kind)
    } else {
        let kind = SourceKind::of(&shown).ok_or_else(|| fail(ReadProblem::UnknownKind))?;
        (file_text::read(path).map_err(fail)?, kind)
    };
    let project_path = shown.clone();
    Ok(Source { id: FileId(0), path: shown, project_path, kind, standing: Standing::AskedFor, text })
}

fn kind_of_text(text: &str) -> SourceKind {
    let blocks = document::read(text, SourceKind::Markdown).blocks;
    let is_of_markdown =
        |block: &Block| block.kind == BlockKind::Mermaid || matches!(block.form, Form::Fence { .. });
    if blocks.iter().any(is_of_markdown) { SourceKind::Markdown } else { SourceKind::Mermaid }
}

fn standard_input() -> Result<String, ReadProblem> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(ReadProblem::of_io)?;
    file_text::of_bytes(bytes)
}
