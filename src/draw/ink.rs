//! What things are painted with: a colour of the theme, or one that the author chose.

/// What something is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Nothing.
    None,
    /// A colour of the theme, light and dark.
    Theme(Slot),
    /// A colour that is the same in light and dark.
    Fixed(Colour),
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
    /// Opacity: 0 is clear, 255 is solid.
    pub alpha: u8,
}

/// A colour of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Behind everything.
    Canvas,
    /// Text on the canvas and on plates.
    Text,
    /// Titles of clusters.
    QuietText,
    /// Text in nodes, states and participants.
    NodeText,
    /// Inside of nodes, states and participants.
    NodeFill,
    /// Their border.
    NodeStroke,
    /// Inside of subgraphs and composites.
    ClusterFill,
    /// Their border.
    ClusterStroke,
    /// Edges, messages and their tips.
    Line,
    /// Lifelines.
    Lifeline,
    /// Behind text that crosses lines.
    Plate,
    /// Inside of notes.
    NoteFill,
    /// Their border.
    NoteStroke,
    /// Text in notes.
    NoteText,
    /// Inside of activation bars.
    ActivationFill,
    /// Borders and separators of fragments.
    FragmentStroke,
    /// The tab that holds a fragment's keyword.
    FragmentTab,
    /// That keyword.
    TabText,
    /// Start, end, fork and join of a state diagram.
    Pseudostate,
}
