//! Where lanes stand, and where text has room.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::label::Label;
use crate::draw::scene::{Area, Form, Ink, Mark, Slot, Stroke};
use crate::mermaid::diagram::sequence::Event;

use super::super::dimensions::LINE_WIDTH;
use super::super::gaps::{Column, Columns};
use super::super::lettering::{Lettering, TEXT_INK};
use super::super::sweep::Stage;
use super::dimensions::{
    BADGE_HEIGHT, BADGE_PADDING, BADGE_WIDTH, BAR_OFFSET, BAR_WIDTH, INSET, LOOP_WIDTH, MARGIN, MAX_BARS,
    MAX_INSETS, NUMBER,
};

/// The part of the width that lanes take when there are few of them.
const SHARE: f64 = 0.3;
/// The part of the width that lanes may take with text beside them.
const MAX_SHARE: f64 = 0.42;
/// Between two lanes with text beside them, px.
const PITCH: std::ops::RangeInclusive<f64> = 14.0..=30.0;
/// Between the badges of neighbours in one row, px.
const BADGE_GAP: f64 = 2.0;
/// From the last lane to the text beside it: room for a message to itself.
const TEXT_DISTANCE: f64 = BAR_WIDTH / 2.0 + BAR_OFFSET * (MAX_BARS - 1) as f64 + LOOP_WIDTH + 7.0;

/// The lanes of a drawing.
#[derive(Debug, Clone)]
pub(super) struct Lanes {
    /// Where they stand.
    pub(super) columns: Columns,
    /// The left and the right edge of texts.
    pub(super) text: (f64, f64),
    /// Texts stand to the right of the lanes; else above their lines.
    pub(super) is_beside: bool,
    /// The numbers of lanes.
    pub(super) badge: Size,
    /// Numbers stand in so many rows, so that neighbours do not touch each other.
    pub(super) n_badge_rows: usize,
    pitch: f64,
}

impl Lanes {
    pub(super) fn new(stage: Stage<'_>, fit: f64) -> Self {
        let n_lanes = stage.heads.len();
        let widest = number(n_lanes, stage.lettering).size.width;
        let badge = Size::new((widest + 2.0 * BADGE_PADDING).ceil().max(BADGE_WIDTH), BADGE_HEIGHT);
        let inset = MARGIN + INSET * (depth(stage) + 1).min(MAX_INSETS) as f64;
        let first = inset + badge.width / 2.0;
        let n_gaps = n_lanes.saturating_sub(1) as f64;
        let wished = (SHARE * fit / n_lanes.max(1) as f64).floor().clamp(*PITCH.start(), *PITCH.end());
        // Numbers stand in one row where there is room for it.
        let in_a_row = badge.width + BADGE_GAP;
        let has_room = n_gaps * in_a_row + badge.width <= MAX_SHARE * fit;
        let wished = if has_room { wished.max(in_a_row) } else { wished };
        let is_beside = n_gaps * wished + badge.width <= MAX_SHARE * fit;
        let last = fit - inset - TEXT_DISTANCE.max(badge.width / 2.0);
        let pitch = if is_beside { wished } else { ((last - first) / n_gaps).max(0.0) };
        let xs: Vec<f64> = (0..n_lanes).map(|index| first + index as f64 * pitch).collect();
        let left = match xs.last() {
            Some(last) if is_beside => last + TEXT_DISTANCE,
            _ => inset + 2.0,
        };
        let n_badge_rows = n_badge_rows(badge.width + BADGE_GAP, pitch, n_lanes);
        Self {
            columns: Columns::at(xs, fit),
            text: (left, (fit - inset - 2.0).max(left + 1.0)),
            is_beside,
            badge,
            n_badge_rows,
            pitch,
        }
    }

    /// The borders of a frame at this depth.
    pub(super) fn frame(&self, depth: usize) -> (f64, f64) {
        let inset = MARGIN / 2.0 + INSET * depth.min(MAX_INSETS) as f64;
        (inset, self.columns.width - inset)
    }

    /// The borders of a box around these lanes and those between them.
    pub(super) fn around(&self, (first, last): (Column, Column)) -> (f64, f64) {
        let half = (self.badge.width / 2.0 + 2.0).min(self.pitch / 2.0 - 0.5);
        let half = if self.columns.count() > 1 { half.max(0.0) } else { self.badge.width / 2.0 + 2.0 };
        (self.columns.x(first) - half, self.columns.x(last) + half)
    }

    /// How far below the first row of numbers the number of a lane stands.
    pub(super) fn badge_drop(&self, column: Column) -> f64 {
        (column.0 % self.n_badge_rows) as f64 * (self.badge.height + BADGE_GAP)
    }

    /// The height of all rows of numbers.
    pub(super) fn badges_height(&self) -> f64 {
        self.n_badge_rows as f64 * (self.badge.height + BADGE_GAP)
    }

    /// The number of a lane on its plate.
    pub(super) fn badge_marks(&self, column: Column, top: f64, lettering: Lettering<'_>) -> Vec<Mark> {
        let middle = Point::new(self.columns.x(column), top + self.badge.height / 2.0);
        let area = Area {
            form: Form::Rect { rect: Rect::around(middle, self.badge), radius: 4.0 },
            fill: Ink::Theme(Slot::NodeFill),
            stroke: Stroke { ink: Ink::Theme(Slot::NodeStroke), width: LINE_WIDTH, dashes: Vec::new() },
        };
        let text = number(column.0 + 1, lettering).block_around(middle, TEXT_INK);
        vec![Mark::Area(area), Mark::Text(text)]
    }
}

/// In how many rows numbers of this width stand, so that neighbours in a row do not touch each other.
fn n_badge_rows(width: f64, pitch: f64, n_lanes: usize) -> usize {
    let mut n_rows = 1;
    while n_rows < n_lanes && (n_rows as f64) * pitch < width {
        n_rows += 1;
    }
    n_rows
}

/// The number of a lane, or of a message.
pub(super) fn number(number: usize, lettering: Lettering<'_>) -> Label {
    lettering.literal(&number.to_string(), NUMBER, f64::INFINITY)
}

/// How far fragments nest.
fn depth(stage: Stage<'_>) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for event in &stage.diagram.events {
        match event {
            Event::Open(_) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Event::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
