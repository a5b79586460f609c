//! The heads of lifelines: a participant's box or figure with its name.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::label::Label;
use crate::draw::scene::{Area, Form, Ink, Line, Mark, Path, Slot, Step, Stroke};
use crate::mermaid::diagram::sequence::Participant;

use super::dimensions::{LINE_WIDTH, NAME, NAME_WIDTH};
use super::lettering::{Lettering, TEXT_INK};

/// Around the name in a box.
const PADDING: Size = Size::new(16.0, 11.0);
/// Least width of a box.
const MIN_WIDTH: f64 = 90.0;
/// How far the sheets of a collection lie apart.
const SHEET_OFFSET: f64 = 5.0;
/// Half the width of the mouth of a queue.
const QUEUE_CURVE: f64 = 10.0;
/// The picture above a name.
const PICTURE: Size = Size::new(28.0, 40.0);
/// How large what stands beside a name in a legend is, as a part of what stands at a lifeline.
const EMBLEM_SCALE: f64 = 0.5;
/// Between a picture and the name below it.
const NAME_GAP: f64 = 3.0;
/// How far the handles of a curve stand from its ends to look like a quarter of a circle, as a part of the radius:
/// 4/3 × (√2 − 1).
const QUARTER: f64 = 0.552_285;

/// What a participant looks like (Mermaid, "Participants": `actor` and the types of `@{ "type": .. }`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// A box with the name in it: also what a type that Mermaid does not know looks like.
    Plain,
    /// Sheets on a pile.
    Collections,
    /// A pipe.
    Queue,
    /// A person.
    Figure,
    /// A circle at a wall.
    Boundary,
    /// A circle made of an arrow.
    Control,
    /// A circle on the ground.
    Entity,
    /// A drum.
    Database,
}

impl Look {
    fn of(role: &str) -> Self {
        match role {
            "collections" => Self::Collections,
            "queue" => Self::Queue,
            "actor" => Self::Figure,
            "boundary" => Self::Boundary,
            "control" => Self::Control,
            "entity" => Self::Entity,
            "database" => Self::Database,
            _ => Self::Plain,
        }
    }

    /// The name stands in the form; else below it.
    fn holds_name(self) -> bool {
        matches!(self, Self::Plain | Self::Collections | Self::Queue)
    }
}

/// A head, without a place.
#[derive(Debug, Clone)]
pub(super) struct Head {
    look: Look,
    name: Label,
    /// Its room; the lifeline leaves it in the middle.
    pub(super) size: Size,
    /// From its middle to where an arrow meets it.
    pub(super) reach: f64,
    /// From its upper edge to where an arrow meets it.
    pub(super) axis: f64,
}

impl Head {
    pub(super) fn new(participant: &Participant, lettering: Lettering<'_>) -> Self {
        let look = Look::of(&participant.role);
        let name = lettering.text(&participant.label, NAME, NAME_WIDTH);
        if !look.holds_name() {
            let height = PICTURE.height + NAME_GAP + name.size.height;
            let size = Size::new(name.size.width.max(PICTURE.width).ceil(), height.ceil());
            return Self { look, name, size, reach: PICTURE.width / 2.0, axis: PICTURE.height / 2.0 };
        }
        let more = match look {
            Look::Collections => Size::new(SHEET_OFFSET, SHEET_OFFSET),
            Look::Queue => Size::new(2.0 * QUEUE_CURVE, 0.0),
            _ => Size::default(),
        };
        let size = Size::new(
            (name.size.width + 2.0 * PADDING.width).max(MIN_WIDTH).ceil() + more.width,
            (name.size.height.max(NAME.size) + 2.0 * PADDING.height).ceil() + more.height,
        );
        Self { look, name, size, reach: size.width / 2.0, axis: size.height / 2.0 }
    }

    /// Where it is when its lifeline is at `x`.
    pub(super) fn rect(&self, x: f64, top: f64) -> Rect {
        Rect::new(x - self.size.width / 2.0, top, self.size.width, self.size.height)
    }

    /// True when its form says more than that somebody is there.
    pub(super) fn has_emblem(&self) -> bool {
        self.look != Look::Plain
    }

    /// Its form without its name, small enough to stand beside text, around `center`; nothing for a plain box.
    pub(super) fn emblem(&self, center: Point) -> Vec<Mark> {
        let at_origin = |width: f64, height: f64| Rect::around(Point::default(), Size::new(width, height));
        let picture = at_origin(PICTURE.width, PICTURE.height);
        let marks = match self.look {
            Look::Plain => Vec::new(),
            Look::Collections => sheets(at_origin(28.0, 30.0)).0,
            Look::Queue => queue(at_origin(36.0, 24.0)),
            Look::Figure => figure(picture),
            Look::Boundary => boundary(picture),
            Look::Control => control(picture),
            Look::Entity => entity(picture),
            Look::Database => database(picture),
        };
        marks.into_iter().map(|mark| reduced(mark, center)).collect()
    }

    /// What is painted when its lifeline is at `x`.
    pub(super) fn marks(&self, x: f64, top: f64) -> Vec<Mark> {
        let rect = self.rect(x, top);
        let picture = Rect::new(x - PICTURE.width / 2.0, top, PICTURE.width, PICTURE.height);
        let (mut marks, name_center) = match self.look {
            Look::Plain => (vec![solid(Form::Rect { rect, radius: 4.0 })], rect.center()),
            Look::Collections => sheets(rect),
            Look::Queue => (queue(rect), rect.center().moved(-QUEUE_CURVE / 2.0, 0.0)),
            _ => {
                let marks = match self.look {
                    Look::Figure => figure(picture),
                    Look::Boundary => boundary(picture),
                    Look::Control => control(picture),
                    Look::Entity => entity(picture),
                    _ => database(picture),
                };
                let name_height = self.name.size.height;
                (marks, Point::new(x, rect.bottom() - name_height / 2.0))
            }
        };
        if !self.name.is_empty() {
            marks.push(Mark::Text(self.name.block_around(name_center, TEXT_INK)));
        }
        marks
    }
}

/// A mark that was drawn around the origin, smaller and around `center`.
fn reduced(mark: Mark, center: Point) -> Mark {
    let at = |point: Point| center.moved(EMBLEM_SCALE * point.x, EMBLEM_SCALE * point.y);
    let rect_at = |rect: Rect| {
        let corner = at(Point::new(rect.x, rect.y));
        Rect::new(corner.x, corner.y, EMBLEM_SCALE * rect.width, EMBLEM_SCALE * rect.height)
    };
    let path_at = |path: Path| {
        let step = |step: Step| match step {
            Step::Move(to) => Step::Move(at(to)),
            Step::Line(to) => Step::Line(at(to)),
            Step::Quad(over, to) => Step::Quad(at(over), at(to)),
            Step::Cubic(first, second, to) => Step::Cubic(at(first), at(second), at(to)),
            Step::Close => Step::Close,
        };
        Path(path.0.into_iter().map(step).collect())
    };
    match mark {
        Mark::Area(area) => {
            let form = match area.form {
                Form::Rect { rect, radius } => {
                    Form::Rect { rect: rect_at(rect), radius: EMBLEM_SCALE * radius }
                }
                Form::Ellipse(rect) => Form::Ellipse(rect_at(rect)),
                Form::Path(path) => Form::Path(path_at(path)),
            };
            Mark::Area(Area { form, ..area })
        }
        Mark::Line(line) => Mark::Line(Line { path: path_at(line.path), ..line }),
        Mark::Text(_) => mark,
    }
}

fn stroke() -> Stroke {
    Stroke { ink: Ink::Theme(Slot::NodeStroke), width: LINE_WIDTH, dashes: Vec::new() }
}

fn solid(form: Form) -> Mark {
    Mark::Area(Area { form, fill: Ink::Theme(Slot::NodeFill), stroke: stroke() })
}

fn line(steps: Vec<Step>) -> Mark {
    Mark::Line(Line { path: Path(steps), stroke: stroke(), start: None, end: None })
}

/// A straight line.
fn straight(from: Point, to: Point) -> Mark {
    line(vec![Step::Move(from), Step::Line(to)])
}

fn circle(center: Point, radius: f64) -> Mark {
    solid(Form::Ellipse(Rect::around(center, Size::new(2.0 * radius, 2.0 * radius))))
}

/// The pile, and the middle of its upper sheet.
fn sheets(rect: Rect) -> (Vec<Mark>, Point) {
    let sheet = Size::new(rect.width - SHEET_OFFSET, rect.height - SHEET_OFFSET);
    let below = Rect::new(rect.x + SHEET_OFFSET, rect.y, sheet.width, sheet.height);
    let above = Rect::new(rect.x, rect.y + SHEET_OFFSET, sheet.width, sheet.height);
    let marks = [below, above].map(|rect| solid(Form::Rect { rect, radius: 3.0 }));
    (marks.into(), above.center())
}

/// A pipe that lies: its open end is at the right.
fn queue(rect: Rect) -> Vec<Mark> {
    let (right, bottom, middle) = (rect.right() - QUEUE_CURVE, rect.bottom(), rect.center().y);
    let (dx, dy) = (QUEUE_CURVE * QUARTER, rect.height / 2.0 * QUARTER);
    let at = Point::new;
    let mouth = vec![
        Step::Move(at(right, rect.y)),
        Step::Cubic(
            at(right - dx, rect.y),
            at(right - QUEUE_CURVE, middle - dy),
            at(right - QUEUE_CURVE, middle),
        ),
        Step::Cubic(at(right - QUEUE_CURVE, middle + dy), at(right - dx, bottom), at(right, bottom)),
    ];
    vec![solid(Form::Rect { rect, radius: QUEUE_CURVE }), line(mouth)]
}

/// A drum that stands.
fn database(rect: Rect) -> Vec<Mark> {
    let curve = 5.0;
    let (top, bottom) = (rect.y + curve + 1.0, rect.bottom() - curve - 1.0);
    let (left, right, middle) = (rect.x + 1.0, rect.right() - 1.0, rect.center().x);
    let (dx, dy) = ((right - left) / 2.0 * QUARTER, curve * QUARTER);
    let at = Point::new;
    // From the left end to the right one, along the upper half when `bulge` is negative.
    let half = |y: f64, bulge: f64, handle: f64| {
        [
            Step::Cubic(at(left, y + handle), at(middle - dx, y + bulge), at(middle, y + bulge)),
            Step::Cubic(at(middle + dx, y + bulge), at(right, y + handle), at(right, y)),
        ]
    };
    let mut body = vec![Step::Move(at(left, top))];
    body.extend(half(top, -curve, -dy));
    body.push(Step::Line(at(right, bottom)));
    body.push(Step::Cubic(
        at(right, bottom + dy),
        at(middle + dx, bottom + curve),
        at(middle, bottom + curve),
    ));
    body.push(Step::Cubic(at(middle - dx, bottom + curve), at(left, bottom + dy), at(left, bottom)));
    body.push(Step::Close);
    let mut rim = vec![Step::Move(at(left, top))];
    rim.extend(half(top, curve, dy));
    vec![solid(Form::Path(Path(body))), line(rim)]
}

fn figure(rect: Rect) -> Vec<Mark> {
    let middle = rect.center().x;
    let at = |dx: f64, dy: f64| Point::new(middle + dx, rect.y + dy);
    vec![
        straight(at(0.0, 15.0), at(0.0, 27.0)),
        straight(at(-13.0, 19.0), at(13.0, 19.0)),
        line(vec![Step::Move(at(-10.0, 39.0)), Step::Line(at(0.0, 27.0)), Step::Line(at(10.0, 39.0))]),
        circle(at(0.0, 8.0), 7.0),
    ]
}

fn boundary(rect: Rect) -> Vec<Mark> {
    let center = rect.center();
    let wall = rect.x + 1.0;
    vec![
        straight(Point::new(wall, center.y - 12.0), Point::new(wall, center.y + 12.0)),
        straight(Point::new(wall, center.y), center),
        circle(center.moved(3.0, 0.0), 10.0),
    ]
}

fn control(rect: Rect) -> Vec<Mark> {
    let center = rect.center().moved(0.0, 1.0);
    let top = center.moved(0.0, -14.0);
    vec![
        circle(center, 13.0),
        line(vec![
            Step::Move(top.moved(6.0, -5.0)),
            Step::Line(top.moved(-1.0, 0.0)),
            Step::Line(top.moved(6.0, 5.0)),
        ]),
    ]
}

fn entity(rect: Rect) -> Vec<Mark> {
    let center = rect.center().moved(0.0, -1.0);
    let ground = center.y + 16.0;
    vec![
        circle(center, 13.0),
        straight(Point::new(center.x, center.y + 13.0), Point::new(center.x, ground)),
        straight(Point::new(center.x - 14.0, ground), Point::new(center.x + 14.0, ground)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_has_its_form_and_an_unknown_one_is_a_box() {
        let table = [
            ("participant", Look::Plain),
            ("actor", Look::Figure),
            ("boundary", Look::Boundary),
            ("control", Look::Control),
            ("entity", Look::Entity),
            ("database", Look::Database),
            ("collections", Look::Collections),
            ("queue", Look::Queue),
            ("hologram", Look::Plain),
        ];
        for (role, look) in table {
            assert_eq!(Look::of(role), look, "{role}");
        }
    }
}
