//! A resolved sequence diagram.

mod colour;
#[cfg(test)]
mod laws;
mod resolve;

use serde_json::Value;

use crate::base::text::Span;

pub(crate) use resolve::resolve;

pub use crate::mermaid::syntax::sequence::arrow::{Arrow, ArrowHead};
pub use crate::mermaid::syntax::sequence::tree::{Central, FragmentKind, Placement};

use super::Titles;
use super::text::Text;

/// Index of a participant in [`SequenceDiagram::participants`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParticipantIx(pub usize);

/// Index of a fragment in [`SequenceDiagram::fragments`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FragmentIx(pub usize);

/// A sequence diagram with its names resolved.
#[derive(Debug, Clone, Default)]
pub struct SequenceDiagram {
    /// Title and descriptions.
    pub titles: Titles,
    /// In order of first declaration or use.
    pub participants: Vec<Participant>,
    /// `box` groups.
    pub boxes: Vec<ParticipantBox>,
    /// Everything that happens, in order. Fragments are brackets in this list, so that reading and drawing need no
    /// recursion however deep an author nests.
    pub events: Vec<Event>,
    /// The fragments that the events open and close, in order of opening.
    pub fragments: Vec<Fragment>,
}

impl SequenceDiagram {
    /// The participant at `ix`.
    pub fn participant(&self, ix: ParticipantIx) -> &Participant {
        &self.participants[ix.0]
    }
}

/// A participant.
#[derive(Debug, Clone)]
pub struct Participant {
    /// Id as written.
    pub id: String,
    /// The id at its first mention.
    pub span: Span,
    /// A `participant`, `actor` or `create` statement names it.
    pub declared: bool,
    /// Alias or id.
    pub label: Text,
    /// `participant`, `actor`, or the type given as `@{ type }`.
    pub role: String,
    /// Long labels wrap.
    pub wrap: bool,
    /// Its box, an index into [`SequenceDiagram::boxes`].
    pub in_box: Option<usize>,
    /// Number of events before its `create` statement.
    pub created_at: Option<usize>,
    /// Number of events before its `destroy` statement.
    pub destroyed_at: Option<usize>,
    /// `link`, `links`: label and URL.
    pub links: Vec<(String, String)>,
    /// `properties`: key and JSON value.
    pub properties: Vec<(String, Value)>,
}

/// A `box` around participants.
#[derive(Debug, Clone)]
pub struct ParticipantBox {
    /// Label; may be empty.
    pub label: Text,
    /// CSS colour as written, or `transparent`.
    pub fill: String,
    /// Members in order.
    pub participants: Vec<ParticipantIx>,
    /// Long labels wrap.
    pub wrap: bool,
}

/// Something that happens.
#[derive(Debug, Clone)]
pub enum Event {
    /// A message.
    Message(Message),
    /// A note.
    Note(Note),
    /// An activation starts, by statement or by `+`.
    Activate(Activation),
    /// An activation ends, by statement or by `-`.
    Deactivate(Activation),
    /// The circle of a central connection at the target of the message before.
    CentralTo(ParticipantIx),
    /// The circle of a central connection at the source of the message before.
    CentralFrom(ParticipantIx),
    /// A fragment opens, and with it its first operand.
    Open(FragmentIx),
    /// The next operand of a fragment starts: its index in [`Fragment::operands`].
    Operand(FragmentIx, usize),
    /// A fragment closes.
    Close(FragmentIx),
    /// Numbering changes.
    Autonumber(Autonumber),
}

/// The start or the end of an activation.
#[derive(Debug, Clone)]
pub struct Activation {
    /// Id as written.
    pub id: String,
    /// The participant with that id; `None` when nothing but activations names it, which Mermaid bears.
    pub participant: Option<ParticipantIx>,
    /// The id in its statement, or the participant's end of the message whose `+` or `-` it is.
    pub span: Span,
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Sender.
    pub from: ParticipantIx,
    /// Receiver.
    pub to: ParticipantIx,
    /// Its arrow.
    pub arrow: Arrow,
    /// Its text; may be empty.
    pub text: Text,
    /// `+` behind the arrow, or a central connection at the target or at both ends.
    pub activate: bool,
    /// Central connection.
    pub central: Option<Central>,
    /// Long text wraps.
    pub wrap: bool,
    /// The statement.
    pub span: Span,
    /// Sender and receiver as written here.
    pub ends: (Span, Span),
}

/// A note.
#[derive(Debug, Clone)]
pub struct Note {
    /// Where it stands.
    pub placement: Placement,
    /// One participant, or the two that it spans.
    pub over: (ParticipantIx, Option<ParticipantIx>),
    /// Its text.
    pub text: Text,
    /// Long text wraps.
    pub wrap: bool,
    /// The statement.
    pub span: Span,
}

/// A fragment.
#[derive(Debug, Clone)]
pub struct Fragment {
    /// Kind.
    pub kind: FragmentKind,
    /// At least one.
    pub operands: Vec<Operand>,
    /// From the keyword to `end`.
    pub span: Span,
}

/// One operand of a fragment: what stands behind `alt`, `else`, `and`, ...
#[derive(Debug, Clone)]
pub struct Operand {
    /// Its condition; may be empty.
    pub text: Text,
    /// Long text wraps.
    pub wrap: bool,
    /// The keyword and the condition.
    pub span: Span,
}

/// An `autonumber` statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Autonumber {
    /// False for `autonumber off`.
    pub visible: bool,
    /// First number as a decimal string, if given.
    pub start: Option<String>,
    /// Step as a decimal string; `1` when only a start is given.
    pub step: Option<String>,
}
