//! Tips of lines: markers, and where a line must end so that it does not stick out of its tip.

use std::collections::BTreeSet;

use crate::draw::geometry::{Point, Size};
use crate::draw::scene::{Colour, Ink, Line, Mark, Path, Step, Tip};

use super::role::word;
use super::sheet;

/// Lines from this width on, px, have larger tips.
const THICK: f64 = 2.25;
/// How much larger.
const THICK_SCALE: f64 = 1.35;

/// A marker: a tip in a colour and a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Marker {
    tip: Tip,
    is_thick: bool,
    paint: Paint,
}

/// The colour of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Paint {
    Theme(crate::draw::scene::Slot),
    Fixed(Colour),
}

/// The corners of a stretch of a tip.
type Stretch = &'static [(f64, f64)];

/// What a marker looks like, in px; its line comes from the left.
pub(super) struct TipForm {
    pub(super) path: Path,
    pub(super) size: Size,
    /// The point that lies on the end of the line as it is painted.
    pub(super) anchor: Point,
    pub(super) is_filled: bool,
}

impl Marker {
    /// The marker at the start and at the end of a line.
    pub(super) fn of(line: &Line) -> (Option<Self>, Option<Self>) {
        let paint = match line.stroke.ink {
            Ink::None => return (None, None),
            Ink::Theme(slot) => Paint::Theme(slot),
            Ink::Fixed(colour) => Paint::Fixed(colour),
        };
        let is_thick = line.stroke.width >= THICK;
        let marker = |tip| Self { tip, is_thick, paint };
        // A marker at the start is turned around, a half tip keeps its side of the line.
        let turned = |tip| match tip {
            Tip::HalfTop => Tip::HalfBottom,
            Tip::HalfBottom => Tip::HalfTop,
            Tip::StickTop => Tip::StickBottom,
            Tip::StickBottom => Tip::StickTop,
            tip => tip,
        };
        (line.start.map(turned).map(marker), line.end.map(marker))
    }

    /// All markers of a drawing, each once, in a fixed order.
    pub(super) fn all<'a>(marks: impl Iterator<Item = &'a Mark>) -> BTreeSet<Self> {
        let lines = marks.filter_map(|mark| match mark {
            Mark::Line(line) => Some(line),
            _ => None,
        });
        lines.map(Self::of).flat_map(|(start, end)| [start, end]).flatten().collect()
    }

    pub(super) fn ink(self) -> Ink {
        match self.paint {
            Paint::Theme(slot) => Ink::Theme(slot),
            Paint::Fixed(colour) => Ink::Fixed(colour),
        }
    }

    /// Its id in the drawing `id`.
    pub(super) fn id(self, id: &str) -> String {
        let tip = match self.tip {
            Tip::Point => "point",
            Tip::Angle => "angle",
            Tip::Cross => "cross",
            Tip::Circle => "circle",
            Tip::HalfTop => "half-top",
            Tip::HalfBottom => "half-bottom",
            Tip::StickTop => "stick-top",
            Tip::StickBottom => "stick-bottom",
        };
        let thick = if self.is_thick { "-thick" } else { "" };
        let colour = match self.paint {
            Paint::Theme(slot) => slot.name().to_owned(),
            Paint::Fixed(_) => word(&sheet::colour(self.ink()).unwrap_or_default()),
        };
        format!("{id}-{tip}{thick}-{colour}")
    }

    pub(super) fn form(self) -> TipForm {
        let (points, height, reach, is_filled): (&[Stretch], f64, f64, bool) = match self.tip {
            Tip::Point => (&[&[(0.0, 0.0), (10.0, 4.5), (0.0, 9.0), (0.0, 0.0)]], 9.0, 10.0, true),
            Tip::HalfTop => (&[&[(0.0, 0.0), (10.0, 4.5), (0.0, 4.5), (0.0, 0.0)]], 9.0, 10.0, true),
            Tip::HalfBottom => (&[&[(0.0, 4.5), (10.0, 4.5), (0.0, 9.0), (0.0, 4.5)]], 9.0, 10.0, true),
            Tip::Angle => (&[&[(1.0, 1.0), (9.0, 5.5), (1.0, 10.0)]], 11.0, 10.0, false),
            Tip::StickTop => (&[&[(1.0, 1.0), (9.0, 5.5)]], 11.0, 10.0, false),
            Tip::StickBottom => (&[&[(9.0, 5.5), (1.0, 10.0)]], 11.0, 10.0, false),
            Tip::Cross => (&[&[(1.0, 1.0), (9.0, 9.0)], &[(1.0, 9.0), (9.0, 1.0)]], 10.0, 10.0, false),
            Tip::Circle => (&[], 9.0, 9.0, true),
        };
        let scale = if self.is_thick { THICK_SCALE } else { 1.0 };
        let mut steps = Vec::new();
        for stretch in points {
            for (index, (x, y)) in stretch.iter().enumerate() {
                let at = Point::new(x * scale, y * scale);
                steps.push(if index == 0 { Step::Move(at) } else { Step::Line(at) });
            }
        }
        if self.tip == Tip::Circle {
            steps = circle(4.5 * scale);
        }
        TipForm {
            path: Path(steps),
            size: Size::new(reach * scale, height * scale),
            anchor: Point::new(reach * scale - self.inset(), height * scale / 2.0),
            is_filled,
        }
    }

    /// How far before the tip's end its line ends, px: inside of a filled tip, so that it is not seen beside the point.
    fn inset(self) -> f64 {
        let inset = match self.tip {
            Tip::Point | Tip::HalfTop | Tip::HalfBottom => 6.0,
            Tip::Angle | Tip::StickTop | Tip::StickBottom => 1.5,
            Tip::Cross => 5.0,
            Tip::Circle => 4.5,
        };
        if self.is_thick { inset * THICK_SCALE } else { inset }
    }
}

/// A circle from four curves, in a box at the origin.
fn circle(radius: f64) -> Vec<Step> {
    let handle = radius * 0.552_284_75;
    let at = |x: f64, y: f64| Point::new(radius + x, radius + y);
    vec![
        Step::Move(at(radius, 0.0)),
        Step::Cubic(at(radius, handle), at(handle, radius), at(0.0, radius)),
        Step::Cubic(at(-handle, radius), at(-radius, handle), at(-radius, 0.0)),
        Step::Cubic(at(-radius, -handle), at(-handle, -radius), at(0.0, -radius)),
        Step::Cubic(at(handle, -radius), at(radius, -handle), at(radius, 0.0)),
    ]
}

/// The way of a line between its tips.
pub(super) fn between_tips(line: &Line) -> Path {
    let (start, end) = Marker::of(line);
    let mut steps = line.path.0.clone();
    if let (Some(marker), [Step::Move(from), next, ..]) = (start, steps.as_slice())
        && let Step::Line(to) = next
    {
        let by = marker.inset().min(from.distance(*to) / 2.0);
        let moved = from.towards(*to, by);
        steps[0] = Step::Move(moved);
    }
    if let (Some(marker), [.., before, Step::Line(to)]) = (end, steps.as_slice()) {
        let from = match before {
            Step::Move(at) | Step::Line(at) | Step::Quad(_, at) | Step::Cubic(_, _, at) => Some(*at),
            Step::Close => None,
        };
        if let Some(from) = from {
            let by = marker.inset().min(from.distance(*to) / 2.0);
            let moved = to.towards(from, by);
            let last = steps.len() - 1;
            steps[last] = Step::Line(moved);
        }
    }
    Path(steps)
}
