//! A flowchart as it was written, in order.
//!
//! The list of statements is flat: `subgraph` and `end` are brackets in it, so that no depth of nesting costs recursion.

use std::ops::Range;

use crate::mermaid::syntax::Statement;
use crate::mermaid::syntax::source::Word;

/// A flowchart.
#[derive(Debug, Default)]
pub struct Tree {
    /// The direction of the header.
    pub direction: Option<Word>,
    /// In order.
    pub statements: Vec<Statement<StatementKind>>,
    /// The parts of all chains, which statements refer to.
    pub parts: Vec<Part>,
}

/// What a statement says.
#[derive(Debug)]
pub enum StatementKind {
    /// Nodes and the links between them: a range of [`Tree::parts`].
    Chain(Range<usize>),
    /// `subgraph id [title]`, up to its `end`.
    Subgraph(SubgraphHead),
    /// `end`
    End,
    /// A line that Mermaid takes for `direction LR`, with the value.
    Direction(Word),
    /// `style id pieces`
    Style {
        /// A node, or one that it makes.
        id: Word,
        /// Declarations, comma-separated.
        pieces: Word,
    },
    /// `linkStyle 0,1 interpolate curve pieces`
    LinkStyle {
        /// What is styled.
        target: LinkTarget,
        /// Behind `interpolate`.
        curve: Option<Word>,
        /// Declarations, comma-separated.
        pieces: Option<Word>,
    },
    /// `classDef names pieces`
    ClassDef {
        /// Comma-separated.
        names: Word,
        /// Declarations, comma-separated.
        pieces: Word,
    },
    /// `class ids name`
    Class {
        /// Nodes, edges or subgraphs, comma-separated.
        ids: Word,
        /// Of the class.
        name: Word,
    },
    /// `click id ...`
    Click(Click),
    /// `accTitle: text`
    AccTitle(Word),
    /// `accDescr: text`, `accDescr { text }`
    AccDescr(Word),
    /// `accDescr {` without its bracket: Mermaid takes the rest of the text and forgets it.
    UnclosedAccDescr,
}

/// What stands behind the word `subgraph`.
#[derive(Debug)]
pub struct SubgraphHead {
    /// The id, or the title when there is no other; the text between the quotes of a quoted one.
    pub name: Label,
    /// In brackets.
    pub title: Option<Label>,
    /// All of the head.
    pub word: Word,
}

/// What a `linkStyle` styles.
#[derive(Debug)]
pub enum LinkTarget {
    /// Every edge.
    Default,
    /// Edges by number, comma-separated.
    Edges(Word),
}

/// What a `click` does.
#[derive(Debug)]
pub struct Click {
    /// The node.
    pub id: Word,
    /// What happens.
    pub action: ClickAction,
    /// Between its quotes.
    pub tooltip: Option<Word>,
}

/// What happens on a click.
#[derive(Debug)]
pub enum ClickAction {
    /// The browser goes there, in the window `target`.
    Link {
        /// Between its quotes.
        url: Word,
        /// `_self`, `_blank`, `_parent` or `_top`.
        target: Option<Word>,
    },
    /// A function is called.
    Callback,
}

/// A part of a chain. Groups of nodes joined by `&` alternate with links.
#[derive(Debug)]
pub enum Part {
    /// A node.
    Node(NodeUse),
    /// A link between the groups around it.
    Link(Link),
}

/// A node where it is mentioned.
#[derive(Debug)]
pub struct NodeUse {
    /// All of it.
    pub word: Word,
    /// Its id.
    pub id: Word,
    /// The label in its brackets.
    pub shape: Option<Bracketed>,
    /// Behind `:::`.
    pub class: Option<Word>,
    /// Between `@{` and `}`.
    pub metadata: Option<Word>,
}

/// A label in the brackets that give a node its shape.
#[derive(Debug)]
pub struct Bracketed {
    /// The opening bracket.
    pub bracket: Bracket,
    /// Between the brackets.
    pub label: Label,
    /// `[|key:value|`
    pub property: Option<(Word, Word)>,
    /// The closing bracket: what tells `[/ /]` from `[/ \]`.
    pub closer: &'static str,
}

/// A text: a quoted part, a bare part, or the one and then the other.
#[derive(Debug, Clone, Copy, Default)]
pub struct Label {
    /// How its first part is written.
    pub quoting: Quoting,
    /// Between the quotes; empty when there are none.
    pub quoted: Word,
    /// What is bare; empty when everything is quoted.
    pub bare: Word,
}

impl Label {
    /// Its first part, quotes excluded.
    pub(crate) fn first_part(&self) -> Word {
        if self.quoting == Quoting::Bare { self.bare } else { self.quoted }
    }

    /// Its part when it is not both quoted and bare.
    pub(crate) fn only_part(&self) -> Option<Word> {
        match (self.quoted.is_empty(), self.bare.is_empty()) {
            (true, _) => Some(self.bare),
            (false, true) => Some(self.quoted),
            (false, false) => None,
        }
    }
}

/// How the first part of a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quoting {
    /// `text`
    #[default]
    Bare,
    /// `"text"`
    Quoted,
    /// `` "`text`" ``
    Markdown,
}

/// A link between two groups of nodes.
#[derive(Debug)]
pub struct Link {
    /// `id@`, without the `@`.
    pub id: Option<Word>,
    /// From the first character of the arrow to the last, an in-line label included.
    pub word: Word,
    /// The part that opens an in-line label, such as `--`.
    pub opening: Option<Word>,
    /// The arrow, or the part behind an in-line label.
    pub arrow: Word,
    /// In bars or in line.
    pub label: Option<Label>,
}

/// A kind of bracket around a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bracket {
    /// `[text]`
    Square,
    /// `(text)`
    Round,
    /// `((text))`
    Circle,
    /// `(((text)))`
    DoubleCircle,
    /// `([text])`
    Stadium,
    /// `[[text]]`
    Subroutine,
    /// `[(text)]`
    Cylinder,
    /// `{text}`
    Diamond,
    /// `{{text}}`
    Hexagon,
    /// `>text]`
    Odd,
    /// `[/text/]` or `[/text\]`
    Slash,
    /// `[\text\]` or `[\text/]`
    Backslash,
    /// `(-text-)`
    Ellipse,
    /// `[|key:value|text]`
    Property,
    /// `|`, around the label of a link.
    Bar,
}

impl Bracket {
    /// The bracket that opens a node's label at the start of `text`; of two that begin alike the longer.
    pub(crate) const fn opening(text: &[u8]) -> Option<Self> {
        Some(match text {
            [b'(', b'(', b'(', ..] => Self::DoubleCircle,
            [b'(', b'(', ..] => Self::Circle,
            [b'(', b'[', ..] => Self::Stadium,
            [b'(', b'-', ..] => Self::Ellipse,
            [b'(', ..] => Self::Round,
            [b'[', b'[', ..] => Self::Subroutine,
            [b'[', b'(', ..] => Self::Cylinder,
            [b'[', b'/', ..] => Self::Slash,
            [b'[', b'\\', ..] => Self::Backslash,
            [b'[', b'|', ..] => Self::Property,
            [b'[', ..] => Self::Square,
            [b'{', b'{', ..] => Self::Hexagon,
            [b'{', ..] => Self::Diamond,
            [b'>', ..] => Self::Odd,
            _ => return None,
        })
    }

    /// How it is written.
    pub const fn opener(self) -> &'static str {
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
    pub const fn closers(self) -> &'static [&'static str] {
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
