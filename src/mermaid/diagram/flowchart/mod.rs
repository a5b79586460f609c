//! A resolved flowchart.

mod arrow;
mod label;
#[cfg(test)]
mod laws;
mod metadata;
mod resolve;
mod shape;

use crate::base::text::Span;

pub(crate) use resolve::resolve;
#[cfg(test)]
pub(crate) use shape::is_known as is_shape;

use super::text::Text;
use super::{ClassDef, Direction, Titles};

/// Index of a node in [`Flowchart::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub usize);

/// Index of a subgraph in [`Flowchart::subgraphs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubgraphIx(pub usize);

/// A flowchart with its names resolved.
#[derive(Debug, Clone, Default)]
pub struct Flowchart {
    /// Title and descriptions.
    pub titles: Titles,
    /// From the header.
    pub direction: Direction,
    /// In order of first mention; a subgraph that edges or styles name is also a node here, as in Mermaid.
    pub nodes: Vec<Node>,
    /// In statement order; no more than [`Limits::edges`](crate::mermaid::limit::Limits::edges), and fewer of groups.
    pub edges: Vec<Edge>,
    /// How many edges the text asks for: more than there are in `edges` when only the first were built.
    pub n_edges: usize,
    /// In order of closing, inner before outer.
    pub subgraphs: Vec<Subgraph>,
    /// In order of first definition.
    pub class_defs: Vec<ClassDef>,
    /// Every name of a class that a statement gives, with its place, in order.
    pub class_uses: Vec<(String, Span)>,
    /// `linkStyle default` declarations.
    pub default_edge_styles: Vec<String>,
    /// `linkStyle default interpolate`.
    pub default_curve: Option<String>,
}

impl Flowchart {
    /// The node at `ix`.
    pub fn node(&self, ix: NodeIx) -> &Node {
        &self.nodes[ix.0]
    }

    /// True when the text asks for more edges than were built, so that what touches a node is not all known.
    pub fn lacks_edges(&self) -> bool {
        self.n_edges > self.edges.len()
    }

    /// The edges that leave the node, in statement order.
    pub fn edges_from(&self, node: NodeIx) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(move |edge| edge.from == node)
    }
}

/// Why Mermaid draws a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A node statement or an edge.
    Vertex,
    /// Nothing but `style` statements about an id that nothing else mentions.
    Style,
    /// An `id@{ }` block about an id that nothing else had mentioned.
    Metadata,
}

/// A node.
#[derive(Debug, Clone)]
pub struct Node {
    /// Id as written.
    pub id: String,
    /// The id at its first mention.
    pub span: Span,
    /// The id at every mention, in order.
    pub mentions: Vec<Span>,
    /// Why it is drawn.
    pub origin: Origin,
    /// What is drawn in it: the id unless a label was given.
    pub label: Text,
    /// Last shape given; `None` when only mentioned bare.
    pub shape: Option<Shape>,
    /// Classes in order, repeats kept.
    pub classes: Vec<String>,
    /// Declarations of `style` statements, accumulated.
    pub styles: Vec<String>,
    /// `click` target.
    pub link: Option<Link>,
    /// Further metadata of `@{ }` blocks.
    pub metadata: NodeMetadata,
    /// The subgraph whose id this is.
    pub subgraph: Option<SubgraphIx>,
}

/// `click id "url" "tip" _blank` or a callback.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// URL as written, trimmed; empty for a callback.
    pub url: String,
    /// `_self`, `_blank`, `_parent`, `_top`.
    pub target: Option<String>,
    /// Tooltip.
    pub tooltip: Option<String>,
}

/// Keys of `@{ }` other than shape and label, as strings.
#[derive(Debug, Clone, Default)]
pub struct NodeMetadata {
    /// Icon name.
    pub icon: Option<String>,
    /// Shape behind an icon.
    pub form: Option<String>,
    /// Label position, `t` or `b`.
    pub pos: Option<String>,
    /// Image URL.
    pub img: Option<String>,
    /// Whether an image keeps its ratio.
    pub constraint: Option<String>,
    /// Width.
    pub w: Option<String>,
    /// Height.
    pub h: Option<String>,
    /// Properties of `[|key:value| ]`.
    pub props: Vec<(String, String)>,
}

/// A node's shape: the bracket forms, or a name given as `@{ shape: name }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// `[ ]`
    Square,
    /// `( )`
    Round,
    /// `(( ))`
    Circle,
    /// `((( )))`
    DoubleCircle,
    /// `([ ])`
    Stadium,
    /// `[[ ]]`
    Subroutine,
    /// `[( )]`
    Cylinder,
    /// `{ }`
    Diamond,
    /// `{{ }}`
    Hexagon,
    /// `> ]`
    Odd,
    /// `[/ \]`
    Trapezoid,
    /// `[\ /]`
    InvTrapezoid,
    /// `[/ /]`
    LeanRight,
    /// `[\ \]`
    LeanLeft,
    /// `(- -)`
    Ellipse,
    /// `[|k:v| ]`
    Rect,
    /// `@{ shape: name }`, as written.
    Named(String),
}

impl Shape {
    /// Mermaid's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Square => "square",
            Self::Round => "round",
            Self::Circle => "circle",
            Self::DoubleCircle => "doublecircle",
            Self::Stadium => "stadium",
            Self::Subroutine => "subroutine",
            Self::Cylinder => "cylinder",
            Self::Diamond => "diamond",
            Self::Hexagon => "hexagon",
            Self::Odd => "odd",
            Self::Trapezoid => "trapezoid",
            Self::InvTrapezoid => "inv_trapezoid",
            Self::LeanRight => "lean_right",
            Self::LeanLeft => "lean_left",
            Self::Ellipse => "ellipse",
            Self::Rect => "rect",
            Self::Named(name) => name,
        }
    }

    /// True for a decision: `{ }` or one of the names of that shape.
    pub fn is_decision(&self) -> bool {
        match self {
            Self::Diamond => true,
            Self::Named(name) => ["diam", "decision", "diamond", "question"].contains(&name.as_str()),
            _ => false,
        }
    }
}

/// An edge.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The author's id, or Mermaid's automatic one (`L_A_B_0`).
    pub id: String,
    /// True when the author gave the id.
    pub has_user_id: bool,
    /// Source.
    pub from: NodeIx,
    /// Target.
    pub to: NodeIx,
    /// Label, if any.
    pub label: Option<Text>,
    /// From the first character of the source's id to the last of the target as written here.
    pub span: Span,
    /// The arrow, with its in-line label.
    pub arrow_span: Span,
    /// Arrow heads; `None` where Mermaid calls the combination INVALID.
    pub heads: Option<Heads>,
    /// Line; `None` where Mermaid calls the combination INVALID.
    pub stroke: Option<Stroke>,
    /// Minimum number of ranks spanned, 1 to 10; `None` where Mermaid calls the combination INVALID.
    pub length: Option<u8>,
    /// Classes.
    pub classes: Vec<String>,
    /// Declarations of `linkStyle`.
    pub styles: Vec<String>,
    /// Curve name in force.
    pub curve: Option<String>,
    /// `@{ animate }`.
    pub animate: Option<String>,
    /// `@{ animation }`.
    pub animation: Option<String>,
    /// `@{ step }`, 1 and above.
    pub step: Option<u32>,
}

/// What an edge ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// `---`
    Open,
    /// `-->`
    Point,
    /// `--x`
    Cross,
    /// `--o`
    Circle,
}

/// The head of an edge, and whether the start has the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    /// At the end.
    pub end: Head,
    /// The start has it too.
    pub double: bool,
}

/// Line style of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// `--`
    Normal,
    /// `==`
    Thick,
    /// `-.`
    Dotted,
    /// `~~~`
    Invisible,
}

/// What a subgraph holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Member {
    /// A node.
    Node(NodeIx),
    /// A subgraph.
    Subgraph(SubgraphIx),
}

/// A subgraph.
#[derive(Debug, Clone)]
pub struct Subgraph {
    /// The author's id or title, or `subGraph0`, `subGraph1`, ...
    pub id: String,
    /// Title.
    pub title: Text,
    /// In Mermaid's order.
    pub members: Vec<Member>,
    /// Own direction, if stated or inherited by configuration.
    pub direction: Option<Direction>,
    /// Classes.
    pub classes: Vec<String>,
    /// Keys of `id@{ }` given after the subgraph closed.
    pub metadata: Vec<(String, String)>,
    /// From `subgraph` to `end`.
    pub span: Span,
    /// The head behind the word `subgraph`.
    pub head_span: Span,
}
