//! The heads of lifelines and the boxes around them.

use crate::draw::layout::cells::typewriter::{count, widest};
use crate::draw::layout::sequence::gaps::Column;
use crate::draw::layout::sequence::lives::Order;
use crate::mermaid::diagram::sequence::SequenceDiagram;

use super::step::{Lines, set};

/// What stands at the upper and the lower end of a lifeline.
#[derive(Debug)]
pub(super) struct Head {
    /// The participant's name.
    pub(super) name: Lines,
    /// It is an `actor`.
    pub(super) is_actor: bool,
}

impl Head {
    fn width(&self) -> i64 {
        count(widest(&self.name).max(1)) + 4
    }

    /// How many cells of it lie left of its lifeline.
    pub(super) fn left(&self) -> i64 {
        (self.width() - 1) / 2
    }

    /// How many cells of it lie right of its lifeline.
    pub(super) fn right(&self) -> i64 {
        self.width() - 1 - self.left()
    }

    /// Its rows.
    pub(super) fn height(&self) -> usize {
        self.name.len().max(1) + 2
    }
}

/// A `box` around participants.
#[derive(Debug)]
pub(super) struct Group {
    /// Its first and its last lifeline.
    pub(super) span: (Column, Column),
    /// Its title; may be empty.
    pub(super) title: Lines,
}

/// All heads, from left to right, and the boxes around them.
#[derive(Debug)]
pub(super) struct Heads {
    pub(super) heads: Vec<Head>,
    pub(super) groups: Vec<Group>,
}

impl Heads {
    /// The heads of a diagram, their names in lines of at most `length` characters.
    pub(super) fn of(diagram: &SequenceDiagram, order: &Order, length: usize) -> Self {
        let mut heads = Vec::with_capacity(order.participants.len());
        let mut groups: Vec<Group> = Vec::new();
        let mut last = None;
        for (at, ix) in order.participants.iter().enumerate() {
            let participant = diagram.participant(*ix);
            heads.push(Head { name: set(&participant.label, length), is_actor: participant.role == "actor" });
            let column = Column(at);
            if let Some(group) = participant.in_box.and_then(|index| diagram.boxes.get(index)) {
                match groups.last_mut().filter(|_| participant.in_box == last) {
                    Some(open) => open.span.1 = column,
                    None => groups.push(Group { span: (column, column), title: set(&group.label, length) }),
                }
            }
            last = participant.in_box;
        }
        Self { heads, groups }
    }
}
