//! The drawings of a file.

use std::fmt;

use crate::draw::geometry::Size;

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
