//! Messages: their arrows, texts and numbers.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::label::Label;
use crate::draw::scene::{Area, Form, Ink, Line, Mark, Path, Slot, Step, Stroke, Tip};
use crate::mermaid::diagram::sequence::{Arrow, ArrowHead, Central, Message};

use super::dimensions::{
    CENTRAL_RADIUS, LINE_WIDTH, LOOP_HEIGHT, LOOP_WIDTH, NUMBER, NUMBER_HEIGHT, ROW_GAP, TEXT_GAP,
    TEXT_INSET, TIP_LENGTH,
};
use super::gaps::{Column, Columns};
use super::lettering::{Caption, Lettering};
use super::place::{Place, Room};

/// Height of a message's row above its line, where no text stands.
const BARE_HEIGHT: f64 = 6.0;
/// Gaps between lifelines that are tried for a text, on each side of the middle.
const MAX_TRIES: usize = 8;
/// Between a text in a gap and the lifelines beside it.
const GAP_INSET: f64 = 6.0;
/// Radius of the corners of a message to its own sender.
const LOOP_RADIUS: f64 = 6.0;

/// The number of a message on its plate.
#[derive(Debug, Clone)]
pub(super) struct Number {
    /// Its digits.
    pub(super) text: String,
    label: Label,
    /// From the start of the line to the middle of the plate, along the line.
    distance: f64,
}

impl Number {
    pub(super) fn new(number: &str, message: &Message, lettering: Lettering<'_>) -> Self {
        let label = lettering.literal(number, NUMBER, f64::INFINITY);
        let (tip, _) = tips(message.arrow);
        let taken = match message.central {
            Some(Central::From | Central::Both) => 2.0 * CENTRAL_RADIUS,
            _ => 0.0,
        } + if tip.is_some() { TIP_LENGTH } else { 0.0 };
        let mut number = Self { text: number.to_owned(), label, distance: 0.0 };
        if taken > 0.0 {
            number.distance = taken + 3.0 + number.size().width / 2.0;
        }
        number
    }

    fn size(&self) -> Size {
        Size::new((self.label.size.width + 10.0).max(NUMBER_HEIGHT), NUMBER_HEIGHT)
    }

    /// How far it reaches along the line.
    pub(super) fn reach(&self) -> f64 {
        self.distance + self.size().width / 2.0
    }

    /// What is painted for a line that starts at `start`; `direction` is 1 to the right and -1 to the left.
    fn marks(&self, start: Point, direction: f64) -> Vec<Mark> {
        let center = start.moved(direction * self.distance, 0.0);
        let plate = Area {
            form: Form::Rect { rect: Rect::around(center, self.size()), radius: NUMBER_HEIGHT / 2.0 },
            fill: Ink::Theme(Slot::Line),
            stroke: Stroke::NONE,
        };
        let text = self.label.block_around(center, Ink::Theme(Slot::Canvas));
        vec![Mark::Area(plate), Mark::Text(text)]
    }
}

/// What a message paints.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    /// Its arrow, with the circles of central connections.
    pub(super) arrow: Vec<Mark>,
    /// Its text and where that stands.
    pub(super) text: Option<(Label, Rect)>,
    /// Its number.
    pub(super) number: Vec<Mark>,
    /// The height of its line; of the lower one of a loop.
    pub(super) line: f64,
}

/// From the upper edge of a message's row to its line.
pub(super) fn height(label: Option<&Label>) -> f64 {
    ROW_GAP + label.map_or(BARE_HEIGHT, |label| label.size.height + TEXT_GAP)
}

/// A message to somebody else.
#[derive(Debug, Clone)]
pub(super) struct Across<'a> {
    pub(super) message: &'a Message,
    /// Where its line starts.
    pub(super) start: Place,
    /// Where it ends.
    pub(super) end: Place,
    /// How many activations sender and receiver have when it meets them.
    pub(super) depths: (usize, usize),
    pub(super) caption: Option<Caption<'a>>,
    /// Where its text may stand.
    pub(super) room: Room,
    pub(super) number: Option<Number>,
}

impl Across<'_> {
    /// Its text in the room that it has.
    pub(super) fn label(&self, columns: &Columns, lettering: Lettering<'_>) -> Option<Label> {
        let room = self.room.right.x(columns) - self.room.left.x(columns);
        self.caption.as_ref().map(|caption| caption.fitted(room, lettering))
    }

    /// What is painted when the line is at `line`.
    pub(super) fn draw(&self, line: f64, label: Option<Label>, columns: &Columns) -> Drawn {
        let mut start = Point::new(self.start.x(columns), line);
        let mut end = Point::new(self.end.x(columns), line);
        let direction = if start.x <= end.x { 1.0 } else { -1.0 };
        let number = self.number.as_ref().map(|number| number.marks(start, direction)).unwrap_or_default();
        let mut circles = Vec::new();
        if matches!(self.message.central, Some(Central::From | Central::Both)) {
            circles.push(central(start));
            start.x += direction * CENTRAL_RADIUS;
        }
        if matches!(self.message.central, Some(Central::To | Central::Both)) {
            circles.push(central(end));
            end.x -= direction * CENTRAL_RADIUS;
        }
        let mut arrow = vec![arrow_line(self.message.arrow, vec![Step::Move(start), Step::Line(end)])];
        arrow.extend(circles);
        let text = label.map(|label| {
            let top = line - TEXT_GAP - label.size.height;
            let x = self.text_center(label.size.width, direction, columns);
            let rect = Rect::new(x - label.size.width / 2.0, top, label.size.width, label.size.height);
            (label, rect)
        });
        Drawn { arrow, text, number, line }
    }

    /// The middle of a text of this width: that of the line, unless the text then crosses lifelines and a gap between them
    /// has room for it. Among gaps the middle one comes first, and what is nearer to the sender before the others.
    fn text_center(&self, width: f64, direction: f64, columns: &Columns) -> f64 {
        let (left, right) = (self.room.left.x(columns), self.room.right.x(columns));
        let half = width / 2.0;
        let line = self.start.x(columns).midpoint(self.end.x(columns));
        let middle = line.min(right - half).max(left + half);
        let clear = half + GAP_INSET;
        if columns.within(middle - clear, middle + clear).is_empty() {
            return middle;
        }
        // The lifelines in the room part it into gaps.
        let inside = columns.within(left, right);
        let stop = |index: usize| match index {
            0 => left,
            index if index > inside.len() => right,
            index => columns.x(Column(inside.start + index - 1)),
        };
        let is_rightward = direction > 0.0;
        let home = if is_rightward { inside.len() / 2 } else { inside.len().div_ceil(2) };
        for distance in 0..MAX_TRIES {
            let (before, behind) = (home.checked_sub(distance), Some(home + distance));
            let gaps = if is_rightward { [before, behind] } else { [behind, before] };
            for gap in gaps.into_iter().flatten().filter(|gap| *gap <= inside.len()) {
                let (from, to) = (stop(gap), stop(gap + 1));
                if to - from >= width + 2.0 * GAP_INSET {
                    return from.midpoint(to);
                }
            }
        }
        middle
    }
}

/// A message to its own sender.
#[derive(Debug, Clone)]
pub(super) struct Loop<'a> {
    pub(super) message: &'a Message,
    /// Where its line starts.
    pub(super) start: Place,
    /// Where it comes back.
    pub(super) end: Place,
    /// How many activations its sender has when it leaves, and when it comes back.
    pub(super) depths: (usize, usize),
    pub(super) caption: Option<Caption<'a>>,
    pub(super) number: Option<Number>,
}

impl Loop<'_> {
    /// How far it reaches to the right of the lifeline, text included.
    pub(super) fn reach(&self) -> f64 {
        self.text_offset() + self.caption.as_ref().map_or(0.0, |caption| caption.label.size.width)
    }

    fn text_offset(&self) -> f64 {
        self.start.offset.max(self.end.offset) + LOOP_WIDTH + GAP_INSET
    }

    /// What is painted when the row's upper edge is at `top`.
    pub(super) fn draw(&self, top: f64, columns: &Columns) -> Drawn {
        let text_height = self.caption.as_ref().map_or(0.0, |caption| caption.label.size.height);
        let upper = top + ROW_GAP;
        let lower = upper + LOOP_HEIGHT.max(text_height).ceil();
        let start = Point::new(self.start.x(columns), upper);
        let end = Point::new(self.end.x(columns), lower);
        let right = columns.x(self.start.column) + self.text_offset() - GAP_INSET;
        let steps = vec![
            Step::Move(start),
            Step::Line(Point::new(right - LOOP_RADIUS, upper)),
            Step::Quad(Point::new(right, upper), Point::new(right, upper + LOOP_RADIUS)),
            Step::Line(Point::new(right, lower - LOOP_RADIUS)),
            Step::Quad(Point::new(right, lower), Point::new(right - LOOP_RADIUS, lower)),
            Step::Line(end),
        ];
        let mut arrow = vec![arrow_line(self.message.arrow, steps)];
        if matches!(self.message.central, Some(Central::From | Central::Both)) {
            arrow.push(central(start));
        }
        if matches!(self.message.central, Some(Central::To | Central::Both)) {
            arrow.push(central(end));
        }
        let text = self.caption.as_ref().map(|caption| caption.label.clone()).map(|label| {
            let middle = upper.midpoint(lower);
            let rect = Rect::new(
                right + GAP_INSET,
                middle - label.size.height / 2.0,
                label.size.width,
                label.size.height,
            );
            (label, rect)
        });
        let number = self.number.as_ref().map(|number| number.marks(start, 1.0)).unwrap_or_default();
        Drawn { arrow, text, number, line: lower }
    }
}

/// How far the text of a message stays away from the ends of its line: from the start, from the end.
pub(super) fn insets(message: &Message, number: Option<&Number>) -> (f64, f64) {
    let circle = |is_there: bool| if is_there { CENTRAL_RADIUS } else { 0.0 };
    let at_start = circle(matches!(message.central, Some(Central::From | Central::Both)));
    let at_end = circle(matches!(message.central, Some(Central::To | Central::Both)));
    let start = number.map_or(TEXT_INSET + at_start, |number| number.reach() + 4.0);
    (start, TEXT_INSET + at_end)
}

/// The line of a message with its tips.
pub(super) fn arrow_line(arrow: Arrow, steps: Vec<Step>) -> Mark {
    let (start, end) = tips(arrow);
    let dashes = if arrow.dotted { vec![5.0, 4.0] } else { Vec::new() };
    let stroke = Stroke { ink: Ink::Theme(Slot::Line), width: LINE_WIDTH, dashes };
    Mark::Line(Line { path: Path(steps), stroke, start, end })
}

/// The circle of a central connection.
pub(super) fn central(center: Point) -> Mark {
    let size = Size::new(2.0 * CENTRAL_RADIUS, 2.0 * CENTRAL_RADIUS);
    Mark::Area(Area {
        form: Form::Ellipse(Rect::around(center, size)),
        fill: Ink::Theme(Slot::Canvas),
        stroke: Stroke { ink: Ink::Theme(Slot::Line), width: LINE_WIDTH, dashes: Vec::new() },
    })
}

/// What a line starts and ends with (Mermaid, "Messages").
fn tips(arrow: Arrow) -> (Option<Tip>, Option<Tip>) {
    match arrow.head {
        ArrowHead::Open => (None, None),
        ArrowHead::Filled => (None, Some(Tip::Point)),
        ArrowHead::Cross => (None, Some(Tip::Cross)),
        ArrowHead::Point => (None, Some(Tip::Angle)),
        ArrowHead::Bidirectional => (Some(Tip::Point), Some(Tip::Point)),
        ArrowHead::FilledTop => (None, Some(Tip::HalfTop)),
        ArrowHead::FilledBottom => (None, Some(Tip::HalfBottom)),
        ArrowHead::StickTop => (None, Some(Tip::StickTop)),
        ArrowHead::StickBottom => (None, Some(Tip::StickBottom)),
        ArrowHead::FilledTopReverse => (Some(Tip::HalfTop), None),
        ArrowHead::FilledBottomReverse => (Some(Tip::HalfBottom), None),
        ArrowHead::StickTopReverse => (Some(Tip::StickTop), None),
        ArrowHead::StickBottomReverse => (Some(Tip::StickBottom), None),
    }
}
