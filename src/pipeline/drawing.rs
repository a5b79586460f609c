//! The drawings of a file.

use std::collections::BTreeSet;
use std::fmt;

use crate::base::slug::{slug, unique};
use crate::document::{Block, BlockKind, Document};
use crate::draw;
use crate::draw::geometry::Size;
use crate::draw::measure::TextMeasure;
use crate::draw::style::Style;
use crate::draw::svg;
use crate::mermaid::{self, Reading};

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
    /// An SVG document.
    pub svg: String,
    /// Its size, px.
    pub size: Size,
    /// What it is called, in a few words.
    pub title: String,
    /// What it shows, in sentences.
    pub description: String,
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

/// Draws the diagrams of the file at `path`, in the order of their blocks.
pub fn drawings(path: &str, document: &Document, measure: &dyn TextMeasure) -> Vec<Drawing> {
    let post = slug(path);
    names(document)
        .map(|(index, block, name)| {
            let reading = mermaid::read(&block.excerpt);
            // Ids must not meet those of another drawing in the same page.
            let outcome = picture(&reading, &format!("{post}-{name}"), measure);
            Drawing { block: index, name, outcome }
        })
        .collect()
}

/// Draws what was read of a diagram; `id` is the id of the drawing in whatever page it will stand in.
///
/// # Errors
/// [`Undrawn`] for a diagram that Mermaid would refuse, and for a kind that Merrow does not draw.
pub fn picture(reading: &Reading, id: &str, measure: &dyn TextMeasure) -> Result<Picture, Undrawn> {
    let n_mistakes = reading.errors.len();
    if n_mistakes > 0 {
        return Err(Undrawn::Mistakes(n_mistakes));
    }
    let Some(diagram) = &reading.diagram else {
        return Err(Undrawn::Kind(reading.kind.map_or("", mermaid::detect::Kind::name)));
    };
    let scene = draw::draw(diagram, &Style::default(), measure);
    let svg = svg::write(&scene, &svg::Options { id });
    Ok(Picture { svg, size: scene.size, title: scene.title, description: scene.description })
}

/// The name of each diagram's drawing, in the order of blocks: the heading above as a slug, made unique by a number.
fn names(document: &Document) -> impl Iterator<Item = (usize, &Block, String)> {
    let mut taken = BTreeSet::new();
    let diagrams = document.blocks.iter().enumerate();
    diagrams.filter(|(_, block)| block.kind == BlockKind::Mermaid).map(move |(index, block)| {
        let section = block.section.as_deref().map(slug).filter(|slug| !slug.is_empty());
        let name = unique(section.as_deref().unwrap_or("diagram"), |name| taken.contains(name));
        taken.insert(name.clone());
        (index, block, name)
    })
}
