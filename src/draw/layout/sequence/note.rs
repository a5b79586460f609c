//! Notes beside lifelines and over them.

use crate::draw::geometry::{Point, Rect};
use crate::draw::label::Label;
use crate::draw::scene::{Anchor, Area, Form, Ink, Mark, Slot, Stroke};

use super::dimensions::{NOTE_PADDING, ROW_GAP};
use super::gaps::Columns;
use super::lettering::{Caption, Lettering};
use super::place::{Place, Room};

/// A note.
#[derive(Debug, Clone)]
pub(super) struct Note<'a> {
    /// The id of the participant that it stands at.
    pub(super) of: &'a str,
    pub(super) caption: Caption<'a>,
    pub(super) stand: Stand,
}

/// Where a note stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stand {
    /// Its right edge is here.
    LeftOf(Place),
    /// Its left edge is here.
    RightOf(Place),
    /// Its middle is here.
    Over(Place),
    /// It fills this room.
    Across(Room),
}

impl Note<'_> {
    /// The width that it asks for, px.
    pub(super) fn width(&self) -> f64 {
        (self.caption.label.size.width + 2.0 * NOTE_PADDING).ceil()
    }

    /// What is painted when the row's upper edge is at `top`, and the note's lower edge.
    pub(super) fn draw(&self, top: f64, columns: &Columns, lettering: Lettering<'_>) -> (Vec<Mark>, f64) {
        let width = match self.stand {
            Stand::Across(room) => room.right.x(columns) - room.left.x(columns),
            _ => self.width(),
        };
        let left = match self.stand {
            Stand::LeftOf(place) => place.x(columns) - width,
            Stand::RightOf(place) => place.x(columns),
            Stand::Over(place) => place.x(columns) - width / 2.0,
            Stand::Across(room) => room.left.x(columns),
        };
        let label = self.caption.fitted(width - 2.0 * NOTE_PADDING, lettering);
        let height = (label.size.height + 2.0 * NOTE_PADDING).ceil();
        let rect = Rect::new(left, top + ROW_GAP, width, height);
        (marks(&label, rect), rect.bottom())
    }
}

fn marks(label: &Label, rect: Rect) -> Vec<Mark> {
    let paper = Area {
        form: Form::Rect { rect, radius: 3.0 },
        fill: Ink::Theme(Slot::NoteFill),
        stroke: Stroke { ink: Ink::Theme(Slot::NoteStroke), width: 1.0, dashes: Vec::new() },
    };
    let mut marks = vec![Mark::Area(paper)];
    if !label.is_empty() {
        let top = Point::new(rect.center().x, rect.y + NOTE_PADDING);
        marks.push(Mark::Text(label.block(top, Anchor::Middle, Ink::Theme(Slot::NoteText))));
    }
    marks
}
