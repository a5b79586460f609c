//! What leaves a post, once it is known what the post says and which findings its author allows.

use crate::base::slug::slug;
use crate::base::text::Span;
use crate::document::{Document, SourceKind};
use crate::gist::plan::{self, Material, Plan, oversized};
use crate::gist::secrets;
use crate::gist::shelf::Shelf;
use crate::lint;

use super::file::{FileFacts, Source};
use super::gist;
use super::settings::Settings;

/// What leaves the post `source`, in which `document` stands and which says what `facts` hold; nothing for other files.
///
/// `base` is the URL from the post to the folder of all files that left posts, empty or ending with `/`. The files get places
/// on `shelf`. A block with a secret is refused unless a comment allows it or the rule is switched off.
pub fn plan(
    settings: &Settings,
    source: &Source,
    document: &Document,
    facts: &FileFacts,
    base: &str,
    shelf: &mut Shelf,
) -> Plan {
    if source.kind != SourceKind::Markdown {
        return Plan::default();
    }
    let essential: Vec<Span> = facts.statements.claims.iter().map(|claim| claim.place.span).collect();
    let allowed = allowed(settings, source, document, facts);
    let folder = folder(&source.project_path);
    let material = Material {
        text: &source.text,
        document,
        essential: &essential,
        allowed: &allowed,
        folder: &folder,
        base,
    };
    plan::plan(&material, &settings.thresholds, shelf)
}

/// The places that look like secrets and about which no finding is left.
fn allowed(settings: &Settings, source: &Source, document: &Document, facts: &FileFacts) -> Vec<Span> {
    let findings = gist::findings(settings, source.id, document);
    let left = lint::settle(&settings.selection, findings, &facts.suppressions);
    let is_left = |span: Span| left.iter().any(|finding| finding.conceals && finding.place.span == span);
    let blocks = oversized(document, &settings.thresholds);
    let secrets = blocks.flat_map(|(_, block)| secrets::find(&block.language, &block.excerpt));
    secrets.map(|secret| secret.span).filter(|span| !is_left(*span)).collect()
}

/// The folder for what leaves the post at `project_path`: the post's name, or its folder's where every post has the same.
fn folder(project_path: &str) -> String {
    let mut parts = project_path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let stem = slug(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let says_nothing = ["index", "readme", ""].contains(&stem.as_str());
    let above = parts.next().map(slug).filter(|above| says_nothing && !above.is_empty());
    above.unwrap_or(if stem.is_empty() { "post".to_owned() } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_called_after_its_post() {
        let table = [
            ("posts/2026-03-14-attic.md", "2026-03-14-attic"),
            ("content/attic/index.md", "attic"),
            ("index.md", "index"),
            ("日本/日本.md", "post"),
            ("/home/x/README.md", "x"),
        ];
        for (path, expected) in table {
            assert_eq!(folder(path), expected, "{path}");
        }
    }
}
