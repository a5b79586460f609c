//! What `build` makes of a set of files: plans of what is written, not yet written.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rayon::prelude::*;
use thiserror::Error;

use crate::base::edit::{self, Edit};
use crate::base::slug::unique;
use crate::base::text::LineIndex;
use crate::document::{self, Document, SourceKind};
use crate::draw::measure::TextMeasure;
use crate::gist::plan::Plan;
use crate::gist::shelf::Shelf;
use crate::report::built::{BuiltDrawing, BuiltFile, BuiltGist, BuiltNarrow};
use crate::report::page::{self, Sight};

use super::drawing::{self, Drawing};
use super::embed::{self, Embedding, Urls};
use super::file::{FileFacts, Source};
use super::gist_plan;
use super::settings::Settings;

/// The folder of the drawings, below the output folder.
pub const DRAWINGS: &str = "drawings";
/// The folder of what leaves posts, below the output folder.
pub const GISTS: &str = "gists";

/// What one file becomes.
#[derive(Debug, Clone)]
pub struct Published<'a> {
    /// The file.
    pub source: &'a Source,
    /// What stands in it.
    pub document: Document,
    /// Where its parts go.
    pub destination: Destination,
    /// What became of its diagrams, in the order of their blocks.
    pub drawings: Vec<Drawing>,
    /// What leaves it.
    pub plan: Plan,
    /// The post with drawings and links in place; `None` for a file that is no post.
    pub post: Option<String>,
}

/// Something that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output<'a> {
    /// Its path, with `/`, below the output folder.
    pub path: String,
    /// What it holds.
    pub contents: &'a str,
    /// What it is made of, as the user calls it.
    pub of: &'a str,
}

/// Two things that would be written to one place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{first} and {second} would both become {path}")]
pub struct Collision {
    /// The place below the output folder.
    pub path: String,
    /// What the one is made of.
    pub first: String,
    /// What the other is made of.
    pub second: String,
}

impl Published<'_> {
    /// What is written for the file. The post comes last, when all that it shows is there.
    pub fn outputs(&self) -> impl Iterator<Item = Output<'_>> {
        let of = self.source.path.as_str();
        let drawn =
            self.drawings.iter().filter_map(|drawing| Some((drawing, drawing.outcome.as_ref().ok()?)));
        let drawn = drawn.flat_map(move |(drawing, picture)| {
            let path = self.destination.drawing(drawing);
            let narrow = picture.narrow.as_ref().map(|narrow| Output {
                path: self.destination.narrow(drawing),
                contents: &narrow.svg,
                of,
            });
            [Output { path, contents: &picture.svg, of }].into_iter().chain(narrow)
        });
        let splits = self.plan.splits.iter();
        let left =
            splits.map(move |split| Output { path: gist_path(&split.file), contents: &split.contents, of });
        let post = self.post.as_deref();
        let post = post.map(move |contents| Output { path: self.destination.post.clone(), contents, of });
        drawn.chain(left).chain(post)
    }
}

/// Makes sure that everything has a place of its own, and none lies in a place that is a file.
///
/// # Errors
/// The first [`Collision`] in the order of `outputs`; the same contents in the same place are none.
pub fn check_places(outputs: &[Output]) -> Result<(), Collision> {
    // On many disks `A` and `a` are one name.
    let place = |path: &str| path.to_lowercase();
    let mut taken: BTreeMap<String, &Output> = BTreeMap::new();
    let collision = |first: &Output, second: &Output| {
        Err(Collision { path: second.path.clone(), first: first.of.to_owned(), second: second.of.to_owned() })
    };
    for output in outputs {
        if let Some(first) = taken.insert(place(&output.path), output)
            && (first.contents, first.of) != (output.contents, output.of)
        {
            return collision(first, output);
        }
    }
    for output in outputs {
        let path = place(&output.path);
        for (slash, _) in path.match_indices('/') {
            if let Some(first) = taken.get(&path[..slash]) {
                return collision(first, output);
            }
        }
    }
    Ok(())
}

/// What became of the files, for programs.
pub fn built(published: &[Published]) -> Vec<BuiltFile> {
    let files = published.iter().map(|file| {
        let lines = LineIndex::new(&file.source.text);
        let drawings = file.drawings.iter().filter_map(|drawing| {
            let span = file.document.blocks.get(drawing.block)?.span;
            let picture = drawing.outcome.as_ref().ok();
            Some(BuiltDrawing {
                line: lines.line(span.start),
                start: span.start,
                end: span.end,
                svg: picture.map(|_| file.destination.drawing(drawing)),
                width: picture.map(|picture| picture.size.width),
                height: picture.map(|picture| picture.size.height),
                narrow: picture.and_then(|picture| picture.narrow.as_ref()).map(|narrow| BuiltNarrow {
                    svg: file.destination.narrow(drawing),
                    width: narrow.size.width,
                    height: narrow.size.height,
                }),
                reason: drawing.outcome.as_ref().err().map(ToString::to_string),
            })
        });
        let gists = file.plan.splits.iter().map(|split| BuiltGist {
            line: lines.line(split.span.start),
            start: split.edit.span.start,
            end: split.edit.span.end,
            file: gist_path(&split.file),
            lines: split.n_lines,
            link: split.link.clone(),
        });
        BuiltFile {
            path: file.source.path.clone(),
            post: file.post.as_ref().map(|_| file.destination.post.clone()),
            drawings: drawings.collect(),
            gists: gists.collect(),
        }
    });
    files.collect()
}

/// The diagrams of a file as a page in the output folder shows them.
pub fn diagrams(file: &Published) -> Vec<page::Diagram> {
    let diagrams = file.drawings.iter().map(|drawing| page::Diagram {
        block: drawing.block,
        sight: match &drawing.outcome {
            Ok(picture) => Sight::Drawn(page::Picture {
                url: url_of(&file.destination.drawing(drawing)),
                width: picture.size.width,
                height: picture.size.height,
                title: picture.title.clone(),
                description: picture.description.clone(),
                narrow: picture.narrow.as_ref().map(|narrow| page::Narrow {
                    url: url_of(&file.destination.narrow(drawing)),
                    width: narrow.size.width,
                    height: narrow.size.height,
                }),
            }),
            Err(reason) => Sight::Undrawn { reason: reason.to_string() },
        },
    });
    diagrams.collect()
}

/// The path below the output folder of a file that left a post.
pub fn gist_path(file: &str) -> String {
    format!("{GISTS}/{file}")
}

/// Draws, splits and rewrites the files, each given with what it says and its path below what was asked for; `done` is
/// told when one is drawn.
pub fn publish<'a>(
    settings: &Settings,
    files: &[(&'a Source, &FileFacts, String)],
    measure: &(dyn TextMeasure + Sync),
    done: &(dyn Fn() + Sync),
) -> Vec<Published<'a>> {
    let paths: Vec<String> = files.iter().map(|(.., path)| path.clone()).collect();
    let drawn: Vec<(Document, Vec<Drawing>)> = files
        .par_iter()
        .map(|(source, ..)| {
            let document = document::read(&source.text, source.kind);
            let drawings = drawing::drawings(
                &source.project_path,
                &document,
                &settings.diagrams,
                &settings.style,
                settings.embedding.switch(),
                measure,
            );
            done();
            (document, drawings)
        })
        .collect();
    // Files that leave share one folder, so their names depend on each other, in the order of the posts.
    let mut shelf = Shelf::default();
    let parts = files.iter().zip(destinations(&paths)).zip(drawn);
    parts
        .map(|(((source, facts, _), destination), (document, drawings))| {
            let base = format!("{}/", relative_url(&destination.post, GISTS));
            let plan = gist_plan::plan(settings, source, &document, facts, &base, &mut shelf);
            let post = (source.kind == SourceKind::Markdown).then(|| {
                let mut edits =
                    embed_drawings(&settings.embedding, source, &document, &drawings, &destination);
                edits.extend(plan.edits());
                edit::apply(&source.text, &edits)
            });
            Published { source, document, destination, drawings, plan, post }
        })
        .collect()
}

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

    /// The path of a drawing for a narrow screen. No name of a drawing holds a dot, so no two are one path.
    pub fn narrow(&self, drawing: &Drawing) -> String {
        format!("{}/{}.narrow.svg", self.drawings, drawing.name)
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

/// The edits that put the drawings of a post in the place of its diagrams.
///
/// A diagram that is not drawn stays as it is.
fn embed_drawings(
    embedding: &Embedding,
    source: &Source,
    document: &Document,
    drawings: &[Drawing],
    destination: &Destination,
) -> Vec<Edit> {
    let drawn = drawings.iter().filter_map(|drawing| {
        let picture = drawing.outcome.as_ref().ok()?;
        Some((document.blocks.get(drawing.block)?, picture, drawing))
    });
    let url = |path: &str| match &embedding.asset_url {
        Some(prefix) => {
            let below = path.strip_prefix(DRAWINGS).unwrap_or(path).trim_start_matches('/');
            format!("{}/{}", prefix.trim_end_matches('/'), url_of(below))
        }
        None => relative_url(&destination.post, path),
    };
    drawn
        .map(|(block, picture, drawing)| {
            let urls =
                Urls { wide: url(&destination.drawing(drawing)), narrow: url(&destination.narrow(drawing)) };
            embed::edit(&source.text, block, picture, &urls, embedding)
        })
        .collect()
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
    fn what_would_share_a_place_is_told() {
        type Places<'a> = &'a [(&'a str, &'static str)];
        let output = |path: &str, of: &'static str| Output { path: path.to_owned(), contents: "x", of };
        let table: [(Places, Option<&str>); 5] = [
            (&[("a.md", "a.md"), ("b/a.md", "b/a.md")], None),
            (&[("gists/a/x", "a.md"), ("gists/a/x", "a.md")], None),
            (&[("gists/a/x.md", "a.md"), ("gists/a/x.md", "gists/a/x.md")], Some("a.md and gists/a/x.md")),
            (&[("A.md", "A.md"), ("a.md", "a.md")], Some("A.md and a.md")),
            (&[("report.json", "the report"), ("report.json/a.md", "p")], Some("the report and p")),
        ];
        for (outputs, expected) in table {
            let outputs: Vec<Output> = outputs.iter().map(|(path, of)| output(path, of)).collect();
            let told = check_places(&outputs).err().map(|collision| collision.to_string());
            assert_eq!(told.as_deref().and_then(|told| told.split(" would").next()), expected);
        }
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
