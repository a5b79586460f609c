//! The statements of a state diagram.
//!
//! They are a flat list in the order of the text: what opens and closes a composite are statements of their own, so that
//! no reader needs to recurse, however deep an author nests.

use crate::mermaid::syntax::source::Word;

/// What a statement says.
#[derive(Debug, Clone)]
pub enum StatementKind {
    /// A state, and what stands behind its colon, with the colon.
    State(Mention, Option<Word>),
    /// `A --> B`, and what stands behind the colon, with the colon.
    Transition(Mention, Mention, Option<Word>),
    /// `state` and words that declare nothing.
    Undeclared,
    /// `state "description" as id`
    Described(Described),
    /// `state id {` or `state "description" as id {`
    Composite(Described),
    /// The `}` of a composite.
    EndComposite,
    /// `--`, which divides a composite into regions.
    Divider,
    /// `state id <<fork>>`
    Stereotype(Stereotype, Word),
    /// `note left of id : text`, or a block up to `end note`.
    Note(Note),
    /// `note "text" as id`, which Mermaid does not show.
    FloatingNote,
    /// `classDef`: name and declarations.
    ClassDef(Word, Word),
    /// `class`: ids and class name.
    Class(Word, Word),
    /// `style`: ids and declarations.
    Style(Word, Word),
    /// `click`
    Click(Click),
    /// `hide empty description`
    HideEmptyDescription,
    /// `scale 350 width`
    Scale,
    /// A line with `direction` and a direction, which Mermaid reads whatever else the line holds: the direction.
    Direction(Word),
    /// `accTitle`
    AccTitle(Word),
    /// `accDescr`, on one line or between braces.
    AccDescr(Word),
}

/// A state by its name.
#[derive(Debug, Clone, Copy)]
pub struct Mention {
    /// Its id, or `[*]`.
    pub id: Word,
    /// What follows `:::`.
    pub class: Option<Word>,
}

/// An id, with a description where one was given.
#[derive(Debug, Clone, Copy)]
pub struct Described {
    /// Between the quotes.
    pub description: Option<Word>,
    /// The rest of the line, trimmed; it may hold blanks, and further descriptions behind colons.
    pub id: Word,
}

/// A note beside a state.
#[derive(Debug, Clone, Copy)]
pub struct Note {
    /// `left of` or `right of`, as written.
    pub position: Word,
    /// The state.
    pub state: Word,
    /// What it says: behind the colon, or the lines up to `end note`.
    pub text: Word,
}

/// A `click` statement.
#[derive(Debug, Clone, Copy)]
pub struct Click {
    /// The state.
    pub state: Word,
    /// With its quotes.
    pub url: Word,
    /// With its quotes.
    pub tooltip: Option<Word>,
}

/// What `<< >>` or `[[ ]]` makes of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stereotype {
    /// `<<fork>>`
    Fork,
    /// `<<join>>`
    Join,
    /// `<<choice>>`
    Choice,
}
