//! The statements of a sequence diagram.
//!
//! They are a flat list in the order of the text: what opens and closes a fragment are statements of their own, so that
//! no reader needs to recurse, however deep an author nests.

use crate::mermaid::syntax::cursor::Word;

use super::arrow::Arrow;

/// What a statement says.
#[derive(Debug, Clone)]
pub(crate) enum StatementKind<'a> {
    /// `participant`, `actor`, with or without `create`.
    Declaration(Declaration<'a>),
    /// `destroy`
    Destroy(Word<'a>),
    /// A message.
    Message(Message<'a>),
    /// `note`
    Note(Note<'a>),
    /// `activate`
    Activate(Word<'a>),
    /// `deactivate`
    Deactivate(Word<'a>),
    /// `autonumber`
    Autonumber(Autonumber<'a>),
    /// `box`, with what follows the word.
    Box(Word<'a>),
    /// `loop`, `alt`, ..., with what follows the word.
    Fragment(FragmentKind, Word<'a>),
    /// `else`, `and`, `option`, with what follows the word.
    Operand(Word<'a>),
    /// The `end` of a box.
    EndBox,
    /// The `end` of a fragment.
    EndFragment,
    /// `title`
    Title(Word<'a>),
    /// `accTitle`
    AccTitle(Word<'a>),
    /// `accDescr`, on one line or between braces.
    AccDescr(Word<'a>),
    /// `link`, `links`, `properties`, `details`: about whom, and the text behind the colon.
    Attachment(AttachmentKind, Word<'a>, Word<'a>),
}

/// A declaration of a participant.
#[derive(Debug, Clone)]
pub(crate) struct Declaration<'a> {
    /// `create` stands before it.
    pub(crate) create: bool,
    /// `actor`, else `participant`.
    pub(crate) is_actor: bool,
    /// Its id.
    pub(crate) id: Word<'a>,
    /// What stands between the braces of `@{ }`.
    pub(crate) metadata: Option<Word<'a>>,
    /// What follows `as`.
    pub(crate) label: Option<Word<'a>>,
}

/// A message.
#[derive(Debug, Clone)]
pub(crate) struct Message<'a> {
    /// Sender.
    pub(crate) from: Word<'a>,
    /// Receiver.
    pub(crate) to: Word<'a>,
    /// Its arrow.
    pub(crate) arrow: Arrow,
    /// `+` or `-` behind the arrow.
    pub(crate) activation: Option<ActivationMark>,
    /// Central connection.
    pub(crate) central: Option<Central>,
    /// What stands behind the colon.
    pub(crate) text: Word<'a>,
}

/// A mark behind an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ActivationMark {
    /// `+`: the receiver is activated.
    Activate,
    /// `-`: the sender is deactivated.
    Deactivate,
}

/// A note.
#[derive(Debug, Clone)]
pub(crate) struct Note<'a> {
    /// Where it stands.
    pub(crate) placement: Placement,
    /// Beside or over whom.
    pub(crate) first: Word<'a>,
    /// Up to whom it reaches.
    pub(crate) second: Option<Word<'a>>,
    /// What stands behind the colon.
    pub(crate) text: Word<'a>,
}

/// `autonumber`
#[derive(Debug, Clone)]
pub(crate) struct Autonumber<'a> {
    /// `off` stands behind it.
    pub(crate) off: bool,
    /// First number.
    pub(crate) start: Option<Word<'a>>,
    /// Step.
    pub(crate) step: Option<Word<'a>>,
}

/// What is attached to a participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttachmentKind {
    /// `link`: a label and a URL.
    Link,
    /// `links`: JSON.
    Links,
    /// `properties`: JSON.
    Properties,
    /// `details`: an element of the page.
    Details,
}

/// Which end of a message has a central connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Central {
    /// `->>()`
    To,
    /// `()->>`
    From,
    /// `()->>()`
    Both,
}

/// Where a note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// `left of`
    LeftOf,
    /// `right of`
    RightOf,
    /// `over`
    Over,
}

/// Kind of a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FragmentKind {
    /// `loop`
    Loop,
    /// `opt`
    Opt,
    /// `break`
    Break,
    /// `rect`: a background; its text is a colour.
    Rect,
    /// `alt` with `else`
    Alt,
    /// `par` with `and`
    Par,
    /// `par_over` with `and`
    ParOver,
    /// `critical` with `option`
    Critical,
}

impl FragmentKind {
    /// The keyword that opens it.
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Opt => "opt",
            Self::Break => "break",
            Self::Rect => "rect",
            Self::Alt => "alt",
            Self::Par => "par",
            Self::ParOver => "par_over",
            Self::Critical => "critical",
        }
    }

    /// The keyword that starts its next operand; `None` when it has only one.
    pub const fn separator(self) -> Option<&'static str> {
        match self {
            Self::Alt => Some("else"),
            Self::Par | Self::ParOver => Some("and"),
            Self::Critical => Some("option"),
            Self::Loop | Self::Opt | Self::Break | Self::Rect => None,
        }
    }
}
