//! The statements of a sequence diagram.
//!
//! They are a flat list in the order of the text: what opens and closes a fragment are statements of their own, so that
//! no reader needs to recurse, however deep an author nests.

use crate::mermaid::syntax::source::Word;

use super::arrow::Arrow;

/// What a statement says.
#[derive(Debug, Clone)]
pub enum StatementKind {
    /// `participant`, `actor`, with or without `create`.
    Declaration(Declaration),
    /// `destroy`
    Destroy(Word),
    /// A message.
    Message(Message),
    /// `note`
    Note(Note),
    /// `activate`
    Activate(Word),
    /// `deactivate`
    Deactivate(Word),
    /// `autonumber`
    Autonumber(Autonumber),
    /// `box`, with what follows the word.
    Box(Word),
    /// `loop`, `alt`, ..., with what follows the word.
    Fragment(FragmentKind, Word),
    /// `else`, `and`, `option`, with what follows the word.
    Operand(Word),
    /// The `end` of a box.
    EndBox,
    /// The `end` of a fragment.
    EndFragment,
    /// `title`
    Title(Word),
    /// `accTitle`
    AccTitle(Word),
    /// `accDescr`, on one line or between braces.
    AccDescr(Word),
    /// `link`, `links`, `properties`, `details`: about whom, and the text behind the colon.
    Attachment(AttachmentKind, Word, Word),
}

/// A declaration of a participant.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// `create` stands before it.
    pub create: bool,
    /// `actor`, else `participant`.
    pub is_actor: bool,
    /// Its id.
    pub id: Word,
    /// What stands between the braces of `@{ }`.
    pub metadata: Option<Word>,
    /// What follows `as`.
    pub label: Option<Word>,
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Sender.
    pub from: Word,
    /// Receiver.
    pub to: Word,
    /// Its arrow.
    pub arrow: Arrow,
    /// `+` or `-` behind the arrow.
    pub activation: Option<ActivationMark>,
    /// Central connection.
    pub central: Option<Central>,
    /// What stands behind the colon.
    pub text: Word,
}

/// A mark behind an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivationMark {
    /// `+`: the receiver is activated.
    Activate,
    /// `-`: the sender is deactivated.
    Deactivate,
}

/// A note.
#[derive(Debug, Clone)]
pub struct Note {
    /// Where it stands.
    pub placement: Placement,
    /// Beside or over whom.
    pub first: Word,
    /// Up to whom it reaches.
    pub second: Option<Word>,
    /// What stands behind the colon.
    pub text: Word,
}

/// `autonumber`
#[derive(Debug, Clone)]
pub struct Autonumber {
    /// `off` stands behind it.
    pub off: bool,
    /// First number.
    pub start: Option<Word>,
    /// Step.
    pub step: Option<Word>,
}

/// What is attached to a participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentKind {
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
