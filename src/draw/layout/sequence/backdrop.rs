//! What lies behind text, and the plates that let text stand out from lines.

use crate::draw::geometry::Rect;
use crate::draw::scene::{Area, Colour, Form, Ink, Mark, Slot, Stroke};

use super::dimensions::PLATE_PADDING;
use super::gaps::Columns;
use super::tint::MAX_ALPHA;

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
    /// A colour as a background inside of those that are open: fainter the deeper it lies, so that text stays legible however
    /// many lie above each other; `None` where nothing of it would be seen.
    pub(super) fn admitted(&self, colour: Colour) -> Option<Colour> {
        if self.backgrounds.len() >= MAX_REPEATED {
            return None;
        }
        let open = self.backgrounds.iter().filter_map(|(_, _, colour)| *colour);
        let in_box = self.boxes.iter().filter_map(|(_, _, colour)| *colour).max_by_key(|colour| colour.alpha);
        let taken: u16 = open.chain(in_box).map(|colour| u16::from(colour.alpha)).sum();
        let left = (2 * u16::from(MAX_ALPHA)).saturating_sub(taken);
        let most = u8::try_from(left * 3 / 5).unwrap_or(MAX_ALPHA);
        Some(Colour { alpha: colour.alpha.min(most), ..colour }).filter(|colour| colour.alpha > 0)
    }

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

#[cfg(test)]
mod tests {
    use super::super::tint::tint;
    use super::*;
    use crate::draw::palette::SHADES;

    #[test]
    fn text_is_legible_however_deep_backgrounds_nest() {
        for css in ["black", "red", "rgb(0, 255, 0)", "#00f", "yellow", "rgb(204, 0, 102)"] {
            for boxes in [vec![], vec![(0.0, 9.0, tint(css))]] {
                let mut backdrop = Backdrop { boxes, backgrounds: Vec::new() };
                for _ in 0..20 {
                    let colour = backdrop.admitted(tint(css).unwrap());
                    backdrop.backgrounds.push((0.0, 9.0, colour));
                }
                for shade in SHADES {
                    let all = backdrop.boxes.iter().chain(&backdrop.backgrounds);
                    let colours = all.filter_map(|(_, _, colour)| *colour);
                    let ground =
                        colours.fold(Slot::Canvas.colour(shade), |ground, colour| colour.over(ground));
                    let contrast = Slot::Text.colour(shade).contrast(ground);
                    assert!(contrast >= 4.5, "{css} {shade:?} {contrast}");
                }
            }
        }
    }
}
