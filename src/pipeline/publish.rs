//! What `build` makes of a set of files: plans of what is written, not yet written.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::base::edit::{self, Edit};
use crate::base::slug::unique;
use crate::document::{Document, SourceKind};

use super::drawing::Drawing;
use super::embed::{self, Embedding};
use super::file::Source;

/// The folder of the drawings, below the output folder.
pub const DRAWINGS: &str = "drawings";

/// Where the parts of a file go, as paths with `/` below the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The post.
    pub post: String,
    /// The folder of its drawings.
    pub drawings: String,
}

impl Destination {
    /// The path of a drawing.
    pub fn drawing(&self, drawing: &Drawing) -> String {
        format!("{}/{}.svg", self.drawings, drawing.name)
    }
}

/// Where the parts of each of the files at `paths` go; no two files share a place.
///
/// `paths` are relative, with `/`. The drawings of `a/b.md` go to `drawings/a/b`, and those of a second `a/b` with another
/// ending to `drawings/a/b-2`.
pub fn destinations(paths: &[String]) -> Vec<Destination> {
    let mut taken = BTreeSet::new();
    let mut destinations = Vec::with_capacity(paths.len());
    for path in paths {
        let name_at = path.rfind('/').map_or(0, |slash| slash + '/'.len_utf8());
        let stem = match path[name_at..].rfind('.') {
            Some(dot) if dot > 0 => &path[..name_at + dot],
            _ => path,
        };
        // On many disks `A` and `a` are one name.
        let stem = unique(stem, |stem| taken.contains(&stem.to_lowercase()));
        destinations.push(Destination { post: path.clone(), drawings: format!("{DRAWINGS}/{stem}") });
        taken.insert(stem.to_lowercase());
    }
    destinations
}

/// The edits that put the drawings of a post in the place of its diagrams; none for a file that is no post.
///
/// A diagram that is not drawn stays as it is.
pub fn embed_drawings(
    embedding: &Embedding,
    source: &Source,
    document: &Document,
    drawings: &[Drawing],
    destination: &Destination,
) -> Vec<Edit> {
    if source.kind != SourceKind::Markdown {
        return Vec::new();
    }
    let drawn = drawings.iter().filter_map(|drawing| {
        let picture = drawing.outcome.as_ref().ok()?;
        Some((document.blocks.get(drawing.block)?, picture, destination.drawing(drawing)))
    });
    drawn
        .map(|(block, picture, path)| {
            let url = match &embedding.asset_url {
                Some(prefix) => {
                    format!(
                        "{prefix}{}",
                        url_of(path.strip_prefix(DRAWINGS).unwrap_or(&path).trim_start_matches('/'))
                    )
                }
                None => relative_url(&destination.post, &path),
            };
            embed::edit(&source.text, block, picture, &url, embedding.mode)
        })
        .collect()
}

/// The text of a post after `edits`.
pub fn published(source: &Source, edits: &[Edit]) -> String {
    edit::apply(&source.text, edits)
}

/// The URL by which the file at `from` reaches the file at `to`, both below the output folder.
pub fn relative_url(from: &str, to: &str) -> String {
    let shared = from.split('/').zip(to.split('/')).take_while(|(a, b)| a == b).count();
    // The last part of `from` is a file, not a folder to leave.
    let n_up = from.split('/').count().saturating_sub(shared + 1);
    let rest: Vec<&str> = to.split('/').skip(shared.min(from.split('/').count() - 1)).collect();
    format!("{}{}", "../".repeat(n_up), url_of(&rest.join("/")))
}

/// What a path segment may hold as it is (RFC 3986, "unreserved"), and the slash between segments.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path as it stands in a URL.
pub fn url_of(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_files_share_a_place() {
        let paths = ["a/b.md", "a/b.mmd", "a.b/c", "A/B.md", ".x"].map(str::to_owned);
        let drawings: Vec<String> = destinations(&paths).into_iter().map(|place| place.drawings).collect();
        let expected = ["drawings/a/b", "drawings/a/b-2", "drawings/a.b/c", "drawings/A/B-3", "drawings/.x"];
        assert_eq!(drawings, expected);
    }

    #[test]
    fn a_url_leads_from_one_file_to_the_other() {
        let table = [
            ("a.md", "drawings/a/x.svg", "drawings/a/x.svg"),
            ("p/a.md", "drawings/p/a/x.svg", "../drawings/p/a/x.svg"),
            ("p/q/a.md", "p/r/x y.svg", "../r/x%20y.svg"),
            ("a", "a", "a"),
            ("a/b", "a/b/c?#.svg", "b/c%3F%23.svg"),
        ];
        for (from, to, expected) in table {
            assert_eq!(relative_url(from, to), expected, "{from} {to}");
        }
    }
}
