//! What lies behind text, and the plates that let text stand out from lines.

use crate::draw::geometry::Rect;
use crate::draw::scene::{Area, Colour, Form, Ink, Mark, Slot, Stroke};

use super::dimensions::PLATE_PADDING;
use super::gaps::Columns;

/// Backgrounds that one plate repeats: with more above each other nobody sees the difference.
const MAX_REPEATED: usize = 8;

/// Coloured stretches from left to right of one row.
#[derive(Debug, Clone)]
pub(super) struct Backdrop {
    /// Boxes around participants, from left to right: left border, right border, colour.
    pub(super) boxes: Vec<(f64, f64, Option<Colour>)>,
    /// Backgrounds that are open, the outer ones first.
    pub(super) backgrounds: Vec<(f64, f64, Option<Colour>)>,
}

impl Backdrop {
    /// A plate behind text in `rect` that hides the lines and looks like what lies behind them; nothing where no lifeline
    /// and no border of a box is in the way.
    pub(super) fn plate(&self, rect: Rect, columns: &Columns) -> Vec<Mark> {
        let crosses = |x: f64| rect.x < x && x < rect.right();
        let first = self.boxes.partition_point(|(_, right, _)| *right <= rect.x);
        let end = self.boxes.partition_point(|(left, _, _)| *left < rect.right()).max(first);
        let boxes = &self.boxes[first..end];
        let is_clear = columns.within(rect.x, rect.right()).is_empty()
            && !boxes.iter().any(|(left, right, _)| crosses(*left) || crosses(*right));
        if is_clear {
            return Vec::new();
        }
        let plate = Rect::new(rect.x - PLATE_PADDING, rect.y, rect.width + 2.0 * PLATE_PADDING, rect.height);
        let mut marks = vec![area(plate, Ink::Theme(Slot::Plate))];
        let n_left_out = self.backgrounds.len().saturating_sub(MAX_REPEATED);
        for (left, right, colour) in boxes.iter().chain(&self.backgrounds[n_left_out..]) {
            let (left, right) = (left.max(plate.x), right.min(plate.right()));
            if let Some(colour) = colour.filter(|_| left < right) {
                marks.push(area(Rect::new(left, plate.y, right - left, plate.height), Ink::Fixed(colour)));
            }
        }
        marks
    }
}

fn area(rect: Rect, fill: Ink) -> Mark {
    Mark::Area(Area { form: Form::Rect { rect, radius: 0.0 }, fill, stroke: Stroke::NONE })
}
