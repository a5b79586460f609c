//! A flowchart as it was written, in order.
//!
//! The list of statements is flat: `subgraph` and `end` are brackets in it, so that no depth of nesting costs recursion.

use std::ops::Range;

use crate::base::text::Span;
use crate::mermaid::syntax::cursor::Word;

/// A flowchart.
#[derive(Debug, Default)]
pub(crate) struct Tree<'a> {
    /// The direction of the header.
    pub(crate) direction: Option<Word<'a>>,
    /// In order.
    pub(crate) statements: Vec<Statement<'a>>,
    /// The parts of all chains, which statements refer to.
    pub(crate) parts: Vec<Part<'a>>,
}

/// A statement.
#[derive(Debug)]
pub(crate) struct Statement<'a> {
    /// All of it, separators excluded.
    pub(crate) word: Word<'a>,
    pub(crate) kind: StatementKind<'a>,
}

/// What a statement says.
#[derive(Debug)]
pub(crate) enum StatementKind<'a> {
    /// Nodes and the links between them: a range of [`Tree::parts`].
    Chain(Range<usize>),
    /// `subgraph id [title]`, up to its `end`.
    Subgraph(SubgraphHead<'a>),
    /// `end`
    End,
    /// A line that Mermaid takes for `direction LR`, with the value.
    Direction(Word<'a>),
    /// `style id pieces`
    Style { id: Word<'a>, pieces: Word<'a> },
    /// `linkStyle 0,1 interpolate curve pieces`
    LinkStyle { target: LinkTarget<'a>, curve: Option<Word<'a>>, pieces: Option<Word<'a>> },
    /// `classDef names pieces`
    ClassDef { names: Word<'a>, pieces: Word<'a> },
    /// `class ids name`
    Class { ids: Word<'a>, name: Word<'a> },
    /// `click id ...`
    Click(Click<'a>),
    /// `accTitle: text`
    AccTitle(Word<'a>),
    /// `accDescr: text`, `accDescr { text }`
    AccDescr(Word<'a>),
    /// `accDescr {` without its bracket: Mermaid takes the rest of the text and forgets it.
    UnclosedAccDescr,
}

/// What stands behind the word `subgraph`.
#[derive(Debug)]
pub(crate) struct SubgraphHead<'a> {
    /// The id, or the title when there is no other; the text between the quotes of a quoted one.
    pub(crate) name: Label<'a>,
    /// In brackets.
    pub(crate) title: Option<Label<'a>>,
    /// All of the head.
    pub(crate) word: Word<'a>,
}

/// What a `linkStyle` styles.
#[derive(Debug)]
pub(crate) enum LinkTarget<'a> {
    /// Every edge.
    Default,
    /// Edges by number, comma-separated.
    Edges(Word<'a>),
}

/// What a `click` does.
#[derive(Debug)]
pub(crate) struct Click<'a> {
    pub(crate) id: Word<'a>,
    pub(crate) action: ClickAction<'a>,
    pub(crate) tooltip: Option<Word<'a>>,
}

/// What happens on a click.
#[derive(Debug)]
pub(crate) enum ClickAction<'a> {
    /// The browser goes there, in the window `target`.
    Link { url: Word<'a>, target: Option<Word<'a>> },
    /// A function is called.
    Callback,
}

/// A part of a chain. Groups of nodes joined by `&` alternate with links.
#[derive(Debug)]
pub(crate) enum Part<'a> {
    Node(NodeUse<'a>),
    Link(Link<'a>),
}

/// A node where it is mentioned.
#[derive(Debug)]
pub(crate) struct NodeUse<'a> {
    /// All of it.
    pub(crate) word: Word<'a>,
    pub(crate) id: Word<'a>,
    pub(crate) shape: Option<Bracketed<'a>>,
    /// Behind `:::`.
    pub(crate) class: Option<Word<'a>>,
    /// Between `@{` and `}`.
    pub(crate) metadata: Option<Word<'a>>,
}

/// A label in the brackets that give a node its shape.
#[derive(Debug)]
pub(crate) struct Bracketed<'a> {
    pub(crate) bracket: Bracket,
    pub(crate) label: Label<'a>,
    /// `[|key:value|`
    pub(crate) property: Option<(Word<'a>, Word<'a>)>,
    /// The closing bracket: what tells `[/ /]` from `[/ \]`.
    pub(crate) closer: &'static str,
}

/// A text: a quoted part, a bare part, or the one and then the other.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Label<'a> {
    pub(crate) quoting: Quoting,
    /// Between the quotes; empty when there are none.
    pub(crate) quoted: Word<'a>,
    /// What is bare; empty when everything is quoted.
    pub(crate) bare: Word<'a>,
}

impl Label<'_> {
    /// Where its first part stands, quotes excluded.
    pub(crate) fn span(&self) -> Span {
        if self.quoting == Quoting::Bare { self.bare.span } else { self.quoted.span }
    }
}

/// How the first part of a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Quoting {
    #[default]
    Bare,
    /// `"text"`
    Quoted,
    /// `` "`text`" ``
    Markdown,
}

/// A link between two groups of nodes.
#[derive(Debug)]
pub(crate) struct Link<'a> {
    /// `id@`, without the `@`.
    pub(crate) id: Option<Word<'a>>,
    /// From the first character of the arrow to the last, an in-line label included.
    pub(crate) word: Word<'a>,
    /// The part that opens an in-line label, such as `--`.
    pub(crate) opening: Option<Word<'a>>,
    /// The arrow, or the part behind an in-line label.
    pub(crate) arrow: Word<'a>,
    /// In bars or in line.
    pub(crate) label: Option<Label<'a>>,
}

/// A kind of bracket around a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bracket {
    Square,
    Round,
    Circle,
    DoubleCircle,
    Stadium,
    Subroutine,
    Cylinder,
    Diamond,
    Hexagon,
    Odd,
    Slash,
    Backslash,
    Ellipse,
    Property,
    /// `|`, around the label of a link.
    Bar,
}

impl Bracket {
    /// Every kind that opens a node's label; of two that begin alike the longer comes first.
    pub(crate) const OF_NODES: [Self; 14] = [
        Self::DoubleCircle,
        Self::Circle,
        Self::Stadium,
        Self::Ellipse,
        Self::Round,
        Self::Subroutine,
        Self::Cylinder,
        Self::Slash,
        Self::Backslash,
        Self::Property,
        Self::Square,
        Self::Hexagon,
        Self::Diamond,
        Self::Odd,
    ];

    pub(crate) const fn opener(self) -> &'static str {
        match self {
            Self::Square => "[",
            Self::Round => "(",
            Self::Circle => "((",
            Self::DoubleCircle => "(((",
            Self::Stadium => "([",
            Self::Subroutine => "[[",
            Self::Cylinder => "[(",
            Self::Diamond => "{",
            Self::Hexagon => "{{",
            Self::Odd => ">",
            Self::Slash => "[/",
            Self::Backslash => "[\\",
            Self::Ellipse => "(-",
            Self::Property => "[|",
            Self::Bar => "|",
        }
    }

    /// What may close it; two for the slanted ones.
    pub(crate) const fn closers(self) -> &'static [&'static str] {
        match self {
            Self::Square | Self::Odd | Self::Property => &["]"],
            Self::Round => &[")"],
            Self::Circle => &["))"],
            Self::DoubleCircle => &[")))"],
            Self::Stadium => &["])"],
            Self::Subroutine => &["]]"],
            Self::Cylinder => &[")]"],
            Self::Diamond => &["}"],
            Self::Hexagon => &["}}"],
            Self::Slash => &["/]", "\\]"],
            Self::Backslash => &["\\]", "/]"],
            Self::Ellipse => &["-)"],
            Self::Bar => &["|"],
        }
    }
}
