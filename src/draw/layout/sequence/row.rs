//! What happens from top to bottom, before anything has a place.

use crate::mermaid::diagram::sequence::FragmentIx;

use super::fragment::Fragment;
use super::gaps::Column;
use super::message::{Across, Loop};
use super::note::Note;

/// Something that happens below what happened before it.
#[derive(Debug, Clone)]
pub(super) enum Row<'a> {
    /// A message to somebody else.
    Across(Across<'a>),
    /// A message that creates its receiver, which has this lifeline.
    Create(Across<'a>, Column),
    /// A message to its own sender.
    Loop(Loop<'a>),
    /// A note.
    Note(Note<'a>),
    /// An activation starts.
    BarStart(Column),
    /// The innermost activation ends.
    BarEnd(Column),
    /// A lifeline starts without a message.
    Head(Column),
    /// A lifeline ends.
    Cross(Column),
    /// A fragment opens, and with it its first operand.
    Open(FragmentIx),
    /// The next operand of a fragment begins.
    Operand(FragmentIx, usize),
    /// A fragment closes.
    Close(FragmentIx),
}

/// Everything that happens.
#[derive(Debug, Clone)]
pub(super) struct Script<'a> {
    /// From top to bottom.
    pub(super) rows: Vec<Row<'a>>,
    /// The fragments that the rows open and close.
    pub(super) fragments: Vec<Fragment<'a>>,
}
