//! The statements of a state diagram.
//!
//! They are a flat list in the order of the text: what opens and closes a composite are statements of their own, so that
//! no reader needs to recurse, however deep an author nests.

use crate::mermaid::syntax::cursor::Word;

/// What a statement says.
#[derive(Debug, Clone)]
pub(crate) enum StatementKind<'a> {
    /// A state, and what stands behind its colon, with the colon.
    State(Mention<'a>, Option<Word<'a>>),
    /// `A --> B`, and what stands behind the colon, with the colon.
    Transition(Mention<'a>, Mention<'a>, Option<Word<'a>>),
    /// `state` and words that declare nothing.
    Undeclared,
    /// `state "description" as id`
    Described(Described<'a>),
    /// `state id {` or `state "description" as id {`
    Composite(Described<'a>),
    /// The `}` of a composite.
    EndComposite,
    /// `--`, which divides a composite into regions.
    Divider,
    /// `state id <<fork>>`
    Stereotype(Stereotype, Word<'a>),
    /// `note left of id : text`, or a block up to `end note`.
    Note(Note<'a>),
    /// `note "text" as id`, which Mermaid does not show.
    FloatingNote,
    /// `classDef`: name and declarations.
    ClassDef(Word<'a>, Word<'a>),
    /// `class`: ids and class name.
    Class(Word<'a>, Word<'a>),
    /// `style`: ids and declarations.
    Style(Word<'a>, Word<'a>),
    /// `click`
    Click(Click<'a>),
    /// `hide empty description`
    HideEmptyDescription,
    /// `scale 350 width`
    Scale,
    /// A line with `direction` and a direction, which Mermaid reads whatever else the line holds: the direction.
    Direction(Word<'a>),
    /// `accTitle`
    AccTitle(Word<'a>),
    /// `accDescr`, on one line or between braces.
    AccDescr(Word<'a>),
}

/// A state by its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention<'a> {
    /// Its id, or `[*]`.
    pub(crate) id: Word<'a>,
    /// What follows `:::`.
    pub(crate) class: Option<Word<'a>>,
}

/// An id, with a description where one was given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Described<'a> {
    /// Between the quotes.
    pub(crate) description: Option<Word<'a>>,
    /// The rest of the line, trimmed; it may hold blanks, and further descriptions behind colons.
    pub(crate) id: Word<'a>,
}

/// A note beside a state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Note<'a> {
    /// `left of` or `right of`, as written.
    pub(crate) position: Word<'a>,
    /// The state.
    pub(crate) state: Word<'a>,
    /// What it says: behind the colon, or the lines up to `end note`.
    pub(crate) text: Word<'a>,
}

/// A `click` statement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Click<'a> {
    /// The state.
    pub(crate) state: Word<'a>,
    /// With its quotes.
    pub(crate) url: Word<'a>,
    /// With its quotes.
    pub(crate) tooltip: Option<Word<'a>>,
}

/// What `<< >>` or `[[ ]]` makes of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stereotype {
    /// `<<fork>>`
    Fork,
    /// `<<join>>`
    Join,
    /// `<<choice>>`
    Choice,
}
