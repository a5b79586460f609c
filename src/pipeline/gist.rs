//! The blocks of a file that are too large for it, and what its rules say about them.

use crate::base::diagnostic::Diagnostic;
use crate::base::text::FileId;
use crate::document::{Block, Document};
use crate::gist::plan::oversized;
use crate::gist::secrets;
use crate::lint;
use crate::lint::rule::GistCx;

use super::settings::Settings;

/// The findings about blocks that are to leave the file; not yet settled with the suppressions.
pub fn findings(settings: &Settings, file: FileId, document: &Document) -> Vec<Diagnostic> {
    let blocks = oversized(document, &settings.thresholds);
    let check = |(_, block): (usize, &Block)| {
        let secrets = &secrets::find(&block.language, &block.excerpt);
        lint::check_gist(&settings.selection, &GistCx { file, block, secrets })
    };
    blocks.flat_map(check).collect()
}
