//! Places that move with lifelines.

use super::gaps::{Column, Columns, Gaps};

/// A place beside a lifeline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) column: Column,
    /// To the right of the lifeline, px; negative to its left.
    pub(super) offset: f64,
}

impl Place {
    pub(super) fn new(column: Column, offset: f64) -> Self {
        Self { column, offset }
    }

    /// Distance from the left edge of the drawing, px.
    pub(super) fn x(self, columns: &Columns) -> f64 {
        columns.x(self.column) + self.offset
    }
}

/// What lies between two places of different lifelines, the left one first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    pub(super) left: Place,
    pub(super) right: Place,
}

impl Room {
    /// Asks for a width in px.
    pub(super) fn ask(&self, gaps: &mut Gaps, width: f64) {
        let Self { left, right } = self;
        gaps.between(left.column, right.column, width + left.offset - right.offset);
    }
}
