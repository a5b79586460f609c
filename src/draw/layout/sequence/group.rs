//! The boxes around participants.

use crate::draw::geometry::{Point, Rect};
use crate::draw::label::Label;
use crate::draw::scene::{Anchor, Area, Colour, Form, Ink, Item, Mark, Role, Slot, Stroke};
use crate::mermaid::diagram::sequence::SequenceDiagram;

use super::dimensions::{BOX_PADDING, BOX_TITLE, TEXT_WIDTH};
use super::gaps::Column;
use super::lettering::{Lettering, TEXT_INK};
use super::lives::Order;
use super::tint::tint;

/// A `box` with its members.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Its place among the boxes of the diagram.
    pub(super) index: usize,
    /// Its first and its last lifeline; all between them are members.
    pub(super) span: (Column, Column),
    /// Its title; may be empty.
    pub(super) title: Label,
    /// Its colour, if it has one.
    pub(super) fill: Option<Colour>,
}

impl Group {
    /// The boxes of a diagram that hold somebody, from left to right.
    pub(super) fn all(diagram: &SequenceDiagram, order: &Order, lettering: Lettering<'_>) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        let mut last = None;
        for (at, participant) in order.participants.iter().enumerate() {
            let in_box = diagram.participant(*participant).in_box;
            let column = Column(at);
            match (in_box.and_then(|index| diagram.boxes.get(index)), groups.last_mut()) {
                (Some(_), Some(group)) if in_box == last => group.span.1 = column,
                (Some(group), _) => groups.push(Self {
                    index: in_box.unwrap_or_default(),
                    span: (column, column),
                    title: lettering.text(&group.label, BOX_TITLE, TEXT_WIDTH),
                    fill: tint(&group.fill),
                }),
                (None, _) => {}
            }
            last = in_box;
        }
        groups
    }

    /// What is painted.
    pub(super) fn item(&self, rect: Rect) -> Item {
        let mut marks = vec![Mark::Area(Area {
            form: Form::Rect { rect, radius: 6.0 },
            fill: self.fill.map_or(Ink::None, Ink::Fixed),
            stroke: Stroke { ink: Ink::Theme(Slot::ClusterStroke), width: 1.0, dashes: Vec::new() },
        })];
        if !self.title.is_empty() {
            let top = Point::new(rect.center().x, rect.y + BOX_PADDING / 2.0 + 1.0);
            marks.push(Mark::Text(self.title.block(top, Anchor::Middle, TEXT_INK)));
        }
        Item { role: Role::ParticipantBox, classes: Vec::new(), link: None, marks }
    }
}
