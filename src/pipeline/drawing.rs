//! The drawings of a file.

use std::collections::BTreeSet;
use std::fmt;

use crate::base::slug::{slug, unique};
use crate::document::{Block, BlockKind, Document};
use crate::draw;
use crate::draw::geometry::Size;
use crate::draw::measure::TextMeasure;
use crate::draw::prose::{self, Entry};
use crate::draw::scene::Scene;
use crate::draw::style::Style;
use crate::draw::svg::{self, switch::Switch};
use crate::mermaid::diagram::Diagram;
use crate::mermaid::{self, Reading};

/// What became of a diagram, before it is written in some format.
#[derive(Debug, Clone)]
pub struct Sketch {
    /// Its block, an index into [`Document::blocks`](crate::document::Document::blocks).
    pub block: usize,
    /// A file name without ending, of its own among the drawings of the file: the section's heading as a slug.
    pub name: String,
    /// The id of the drawing: short, and different for different diagrams.
    pub id: String,
    /// What is drawn, or why there is nothing.
    pub outcome: Result<Scene, Undrawn>,
    /// The diagram that is drawn, for what is written from its meaning and not from its picture.
    pub diagram: Option<Diagram>,
}

/// What became of a diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Its block, an index into [`Document::blocks`](crate::document::Document::blocks).
    pub block: usize,
    /// A file name without ending, of its own among the drawings of the file: the section's heading as a slug.
    pub name: String,
    /// The drawing, or why there is none.
    pub outcome: Result<Picture, Undrawn>,
}

/// A drawing as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The id of the drawing on a page.
    pub id: String,
    /// An SVG document.
    pub svg: String,
    /// Its size, px.
    pub size: Size,
    /// What it is called, in a few words.
    pub title: String,
    /// What it shows, in sentences.
    pub description: String,
    /// What it shows, as a list.
    pub words: Vec<Entry>,
    /// The same diagram for a narrow screen, where the drawing is too wide for one.
    pub narrow: Option<Narrow>,
}

/// A drawing that was made for a width.
#[derive(Debug, Clone, PartialEq)]
pub struct Narrow {
    /// The id of the drawing on a page, another than that of the wide one.
    pub id: String,
    /// An SVG document.
    pub svg: String,
    /// Its size, px.
    pub size: Size,
}

/// Why a diagram is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undrawn {
    /// Mermaid would refuse it: the number of its mistakes.
    Mistakes(usize),
    /// Merrow knows the kind by name only.
    Kind(&'static str),
}

impl fmt::Display for Undrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mistakes(1) => f.write_str("it holds a mistake"),
            Self::Mistakes(n) => write!(f, "it holds {n} mistakes"),
            Self::Kind(name) => write!(f, "Merrow does not draw diagrams of the kind `{name}`"),
        }
    }
}

/// Draws the diagrams of the file at `path` as SVG, in the order of their blocks. `switch` is that of the pages in which the
/// drawings will stand.
///
/// Each is drawn as wide as it gets, and once more for the width that `style` may ask to fit, where it is wider than that.
pub fn drawings(
    path: &str,
    document: &Document,
    options: &mermaid::Options,
    style: &Style,
    switch: Option<&Switch>,
    measure: &dyn TextMeasure,
) -> Vec<Drawing> {
    let mut names = Names::new(path);
    let drawings = diagrams(document).map(|(index, block)| {
        let (name, id) = names.next(block);
        let reading = mermaid::read_for(&block.excerpt, options);
        let wide = scene(&reading, &Style { fit: None, ..*style }, measure);
        let outcome = wide.map(|wide| {
            let is_too_wide = style.fit.is_some_and(|width| wide.size.width > width);
            let narrow = is_too_wide.then(|| scene(&reading, style, measure).ok()).flatten();
            let narrow = narrow.filter(|narrow| narrow.size.width < wide.size.width);
            // No other id ends in this letter.
            let narrow_id = format!("{id}n");
            Picture {
                svg: svg::write(&wide, &svg::Options { id: &id, switch, ..svg::Options::default() }),
                size: wide.size,
                title: wide.title,
                description: wide.description,
                words: reading.diagram.as_ref().map(prose::tell).unwrap_or_default(),
                narrow: narrow.map(|scene| Narrow {
                    svg: svg::write(
                        &scene,
                        &svg::Options { id: &narrow_id, switch, ..svg::Options::default() },
                    ),
                    id: narrow_id,
                    size: scene.size,
                }),
                id,
            }
        });
        Drawing { block: index, name, outcome }
    });
    drawings.collect()
}

/// Draws the diagrams of the file at `path`, in the order of their blocks.
///
/// A drawing is called after the heading above its diagram, or after the file where none stands above it.
pub fn sketches(
    path: &str,
    document: &Document,
    options: &mermaid::Options,
    style: &Style,
    measure: &dyn TextMeasure,
) -> Vec<Sketch> {
    let mut names = Names::new(path);
    let sketches = diagrams(document).map(|(index, block)| {
        let (name, id) = names.next(block);
        let reading = mermaid::read_for(&block.excerpt, options);
        let outcome = scene(&reading, style, measure);
        let diagram = reading.diagram.filter(|_| outcome.is_ok());
        Sketch { block: index, name, id, outcome, diagram }
    });
    sketches.collect()
}

/// The diagrams of a document with their indices among its blocks.
fn diagrams(document: &Document) -> impl Iterator<Item = (usize, &Block)> {
    document.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Mermaid)
}

/// Gives the drawings of a file their names and ids, in the order of their blocks.
struct Names<'a> {
    path: &'a str,
    taken: BTreeSet<String>,
}

impl<'a> Names<'a> {
    fn new(path: &'a str) -> Self {
        Self { path, taken: BTreeSet::new() }
    }

    fn next(&mut self, block: &Block) -> (String, String) {
        let heading = block.section.as_deref().map(slug).filter(|name| !name.is_empty());
        let name = unique(&heading.unwrap_or_else(|| stem(self.path)), |name| self.taken.contains(name));
        self.taken.insert(name.clone());
        let id = id(&[self.path, &name, &block.excerpt.text]);
        (name, id)
    }
}

/// The id of a drawing: short, as everything in the drawing repeats it, and different for different diagrams, wherever
/// they are put together on one page (FNV-1a).
fn id(parts: &[&str]) -> String {
    let mut hash = 0x811c_9dc5_u32;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    format!("m{hash:08x}")
}

fn scene(reading: &Reading, style: &Style, measure: &dyn TextMeasure) -> Result<Scene, Undrawn> {
    if !reading.errors.is_empty() {
        return Err(Undrawn::Mistakes(reading.errors.len()));
    }
    let Some(diagram) = &reading.diagram else {
        return Err(reading.kind.map_or(Undrawn::Mistakes(1), |kind| Undrawn::Kind(kind.name())));
    };
    Ok(draw::draw(diagram, &reading.config, style, measure))
}

/// The name of the file at `path` without its ending, as a slug.
fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = slug(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    if stem.is_empty() { "diagram".to_owned() } else { stem }
}
