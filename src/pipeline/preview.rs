//! What a preview remembers while the author writes: the files as they are shown, and the last good drawing of each
//! diagram, which stays while its text holds a mistake.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::base::slug;
use crate::document::{self, Document, Step};
use crate::report::page::{self, Departure, Diagram, Post, Sight};

use super::drawing::{Drawing, Picture, Undrawn};
use super::file::Source;

/// The files of a set as they are shown.
#[derive(Debug, Default)]
pub struct Preview {
    files: BTreeMap<String, Shown>,
}

/// A file as it is shown.
#[derive(Debug)]
struct Shown {
    /// What its drawings are called after; stays while the file is shown.
    name: String,
    text: String,
    /// What is shown may depend on settings that have changed.
    is_outdated: bool,
    document: Document,
    flow: Vec<Step>,
    departures: Vec<Departure>,
    diagrams: Vec<Remembered>,
}

/// A diagram with the drawing that is shown for it.
#[derive(Debug)]
struct Remembered {
    drawing: Drawing,
    last: Option<LastDrawing>,
}

/// A drawing that was good when it was made.
#[derive(Debug, Clone)]
struct LastDrawing {
    picture: Picture,
    /// The version that brought it; part of its URL, because browsers keep what they have loaded.
    version: u64,
}

/// What is made of a file that has changed.
#[derive(Debug, Clone, Default)]
pub struct Finished {
    /// What became of its diagrams, in the order of their blocks.
    pub drawings: Vec<Drawing>,
    /// What would leave it, in the order of the blocks.
    pub departures: Vec<Departure>,
}

/// The heading above a diagram, and how many diagrams stand between the two.
type Standing<'a> = (Option<&'a str>, usize);

impl Preview {
    /// Shows `sources` as they are now; `version` is the version of the set.
    ///
    /// Files whose text is as it was stay as they are; of each other one `finish` says what became of it.
    pub fn update(&mut self, sources: &[&Source], version: u64, finish: impl Fn(&Source) -> Finished + Sync) {
        let mut known = std::mem::take(&mut self.files);
        let mut taken: BTreeSet<String> = known.values().map(|shown| shown.name.clone()).collect();
        let mut changed = Vec::new();
        for source in sources {
            match known.remove(&source.path) {
                Some(shown) if shown.text == source.text && !shown.is_outdated => {
                    self.files.insert(source.path.clone(), shown);
                }
                Some(shown) => changed.push((*source, shown.name, shown.document, shown.diagrams)),
                None => {
                    let slug = slug::slug(&source.path);
                    let name = if slug.is_empty() { "post" } else { &slug };
                    let name = slug::unique(name, |name| taken.contains(name));
                    taken.insert(name.clone());
                    changed.push((*source, name, Document::default(), Vec::new()));
                }
            }
        }
        let shown = changed.into_par_iter().map(|(source, name, old_document, old)| {
            let Finished { drawings, departures } = finish(source);
            let document = document::read(&source.text, source.kind);
            let flow = document::flow(&source.text, source.kind, &document);
            let diagrams = remember(drawings, &document, &old, &old_document, version);
            let text = source.text.clone();
            (
                source.path.clone(),
                Shown { name, text, is_outdated: false, document, flow, departures, diagrams },
            )
        });
        self.files.extend(shown.collect::<Vec<_>>());
    }

    /// Makes the next [`Self::update`] ask about every file; last good drawings are kept.
    pub fn forget(&mut self) {
        for shown in self.files.values_mut() {
            shown.is_outdated = true;
        }
    }

    /// The files as the page shows them, in the order of `sources`; those that were never shown are left out.
    pub fn posts(&self, sources: &[&Source]) -> Vec<Post<'_>> {
        let shown = sources.iter().filter_map(|source| Some((source.id, self.files.get(&source.path)?)));
        shown
            .map(|(file, shown)| Post {
                file,
                document: &shown.document,
                flow: &shown.flow,
                diagrams: shown.diagrams.iter().map(|diagram| diagram.view(&shown.name)).collect(),
                departures: shown.departures.clone(),
            })
            .collect()
    }

    /// The drawings that the page shows, as the last part of their path in a URL and the SVG document.
    pub fn drawings(&self) -> impl Iterator<Item = (String, &str)> {
        self.files.values().flat_map(|shown| {
            let last = shown.diagrams.iter().filter_map(|diagram| Some((diagram, diagram.last.as_ref()?)));
            last.flat_map(|(diagram, last)| {
                let wide = (diagram.file_name(&shown.name), last.picture.svg.as_str());
                let narrow = last.picture.narrow.as_ref();
                let narrow = narrow.map(|narrow| (diagram.narrow_name(&shown.name), narrow.svg.as_str()));
                [wide].into_iter().chain(narrow)
            })
        })
    }
}

impl Remembered {
    fn file_name(&self, post: &str) -> String {
        // No slug holds a dot, so no two pairs are one name.
        format!("{post}.{}.svg", self.drawing.name)
    }

    fn narrow_name(&self, post: &str) -> String {
        format!("{post}.{}.narrow.svg", self.drawing.name)
    }

    fn view(&self, post: &str) -> Diagram {
        let picture = self.last.as_ref().map(|LastDrawing { picture, version }| page::Picture {
            url: format!("/drawings/{}?{version}", self.file_name(post)),
            width: picture.size.width,
            height: picture.size.height,
            title: picture.title.clone(),
            description: picture.description.clone(),
            narrow: picture.narrow.as_ref().map(|narrow| page::Narrow {
                url: format!("/drawings/{}?{version}", self.narrow_name(post)),
                width: narrow.size.width,
                height: narrow.size.height,
            }),
        });
        let sight = match (&self.drawing.outcome, picture) {
            (Ok(_), Some(picture)) => Sight::Drawn(picture),
            (Err(Undrawn::Mistakes(_)), Some(last)) => Sight::Outdated { reason: self.reason(), last },
            _ => Sight::Undrawn { reason: self.reason() },
        };
        Diagram { block: self.drawing.block, sight }
    }

    fn reason(&self) -> String {
        self.drawing.outcome.as_ref().err().map(ToString::to_string).unwrap_or_default()
    }
}

/// The diagrams of a file, each with the drawing of its earlier self when it has none of its own.
///
/// Which diagram was which is known by the heading above, and by their order for those whose heading is new while their
/// number stays.
fn remember(
    drawings: Vec<Drawing>,
    document: &Document,
    old: &[Remembered],
    old_document: &Document,
    version: u64,
) -> Vec<Remembered> {
    let old_standings = standings(old_document, old.iter().map(|diagram| diagram.drawing.block));
    let new_standings = standings(document, drawings.iter().map(|drawing| drawing.block));
    let kept: BTreeSet<Standing> = new_standings.iter().copied().collect();
    let is_kept: Vec<bool> = old_standings.iter().map(|standing| kept.contains(standing)).collect();
    let by_standing: BTreeMap<Standing, usize> = old_standings.into_iter().zip(0..).collect();
    let same_number = drawings.len() == old.len();
    drawings
        .into_iter()
        .zip(new_standings)
        .enumerate()
        .map(|(index, (drawing, standing))| {
            let by_order = (same_number && is_kept.get(index) == Some(&false)).then_some(index);
            let earlier = by_standing.get(&standing).copied().or(by_order);
            let earlier = earlier.and_then(|index| old.get(index)?.last.clone());
            let last = match &drawing.outcome {
                Ok(picture) => Some(match earlier {
                    Some(earlier) if earlier.picture == *picture => earlier,
                    _ => LastDrawing { picture: picture.clone(), version },
                }),
                Err(_) => earlier,
            };
            Remembered { drawing, last }
        })
        .collect()
}

fn standings(document: &Document, blocks: impl Iterator<Item = usize>) -> Vec<Standing<'_>> {
    let mut counts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    blocks
        .map(|block| {
            let section = document.blocks.get(block).and_then(|block| block.section.as_deref());
            let count = counts.entry(section).or_default();
            *count += 1;
            (section, *count)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::FileId;
    use crate::document::SourceKind;
    use crate::draw::geometry::Size;
    use crate::pipeline::file::Standing;

    fn source(path: &str, text: &str) -> Source {
        Source {
            id: FileId(0),
            path: path.to_owned(),
            project_path: path.to_owned(),
            kind: SourceKind::of(path).unwrap(),
            standing: Standing::AskedFor,
            text: text.to_owned(),
        }
    }

    /// A drawing that shows its own text; a text with a `?` holds a mistake.
    fn finish(source: &Source) -> Finished {
        let document = document::read(&source.text, source.kind);
        let draw = |(index, block): (usize, &document::Block)| {
            let svg = block.excerpt.text.trim().to_owned();
            Drawing {
                block: index,
                name: format!("d{index}"),
                outcome: if svg.contains('?') {
                    Err(Undrawn::Mistakes(1))
                } else {
                    Ok(Picture {
                        id: String::new(),
                        svg,
                        size: Size::new(1.0, 1.0),
                        title: String::new(),
                        description: String::new(),
                        words: Vec::new(),
                        narrow: None,
                    })
                },
            }
        };
        Finished { drawings: document.blocks.iter().enumerate().map(draw).collect(), departures: Vec::new() }
    }

    /// A post of sections, each a heading and the text of a diagram.
    fn post(sections: &[(&str, &str)]) -> Source {
        let section =
            |(heading, diagram): &(&str, &str)| format!("# {heading}\n\n```mermaid\n{diagram}\n```\n");
        source("a/b.md", &sections.iter().map(section).collect::<String>())
    }

    /// What is shown: the drawing with its version, `stale` when it is an earlier one, `none`.
    fn seen(preview: &Preview, post: &Source) -> Vec<String> {
        let svgs: BTreeMap<String, &str> = preview.drawings().collect();
        let svg = |picture: &page::Picture| {
            let (path, version) = picture.url.split_once('?').unwrap();
            format!("{} {version}", svgs[path.strip_prefix("/drawings/").unwrap()])
        };
        let posts = preview.posts(&[post]);
        let diagrams = posts.iter().flat_map(|post| &post.diagrams);
        diagrams
            .map(|diagram| match &diagram.sight {
                Sight::Drawn(picture) => svg(picture),
                Sight::Outdated { last, .. } => format!("stale {}", svg(last)),
                Sight::Undrawn { .. } => "none".to_owned(),
            })
            .collect()
    }

    #[test]
    fn the_last_good_drawing_stays_while_the_text_is_broken() {
        /// The sections of a post, and what is seen of their diagrams.
        type Edit<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);
        let steps: &[Edit] = &[
            (&[("A", "a?"), ("B", "b")], &["none", "b 1"]),
            (&[("A", "a"), ("B", "b")], &["a 2", "b 1"]),
            (&[("A", "a?"), ("B", "b2")], &["stale a 2", "b2 3"]),
            (&[("A renamed", "a??"), ("B", "b2")], &["stale a 2", "b2 3"]),
            (&[("New", "n?"), ("A renamed", "a?"), ("B", "b?")], &["none", "stale a 2", "stale b2 3"]),
            (&[("B", "b?"), ("A renamed", "a?"), ("C", "c?")], &["stale b2 3", "stale a 2", "none"]),
            (&[("B", "b?")], &["stale b2 3"]),
            (&[("B", "b2")], &["b2 3"]),
            (&[], &[]),
            (&[("B", "b?")], &["none"]),
        ];
        let mut preview = Preview::default();
        for (version, (sections, expected)) in (1..).zip(steps) {
            let post = post(sections);
            preview.update(&[&post], version, finish);
            assert_eq!(seen(&preview, &post), *expected, "version {version}");
        }
    }

    #[test]
    fn files_come_and_go() {
        let (a, b) = (post(&[("A", "a")]), source("a-b.md", "```mermaid\nb\n```\n"));
        let mut preview = Preview::default();
        preview.update(&[&a], 1, finish);
        preview.update(&[&b, &a], 2, finish);
        let names: Vec<String> = preview.drawings().map(|(name, _)| name).collect();
        assert_eq!(names, ["a-b-md-2.d0.svg", "a-b-md.d0.svg"], "the first keeps its name");
        assert_eq!(seen(&preview, &a), ["a 1"]);
        preview.update(&[&b], 3, |source| panic!("{} has not changed", source.path));
        assert_eq!(seen(&preview, &b), ["b 2"]);
        assert_eq!(preview.posts(&[&a]).len(), 0);
    }
}
