//! Sheets of paper, and braces beside a remark.

use crate::draw::geometry::{Point, Size};
use crate::draw::outline::Outline;
use crate::draw::scene::{Form, Path, Step};

use super::{Part, Shape, boxed, straight};

/// Height of a wave, px.
const WAVE: f64 = 8.0;
/// Width of a brace, px.
const BRACE: f64 = 10.0;
/// Side of a turned corner, px.
const FOLD: f64 = 12.0;
/// Distance of the sheets of a stack, px.
const SHEET: f64 = 5.0;

/// A sheet with a wave at its lower edge.
pub(super) fn document(label: Size) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width, inner.height + 2.0 * WAVE);
    let form = Form::Path(sheet(size, Point::default()));
    // Edges from below end at the lower turn of the wave.
    Shape::body(size, Outline::Polygon(sheet_border(size)), form).with_label_at(Point::new(0.0, -WAVE))
}

/// A sheet of this size around `center`.
fn sheet(size: Size, center: Point) -> Path {
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let rest = y - WAVE;
    let at = |px: f64, py: f64| center.moved(px, py);
    Path(vec![
        Step::Move(at(-x, -y)),
        Step::Line(at(x, -y)),
        Step::Line(at(x, rest)),
        Step::Quad(at(x / 2.0, rest - 2.0 * WAVE), at(0.0, rest)),
        Step::Quad(at(-x / 2.0, rest + 2.0 * WAVE), at(-x, rest)),
        Step::Close,
    ])
}

/// The wave as a polygon: at the middle of each half it stands one wave above and below its rest.
fn sheet_border(size: Size) -> Vec<Point> {
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let rest = y - WAVE;
    let mut corners = vec![Point::new(-x, -y), Point::new(x, -y), Point::new(x, rest)];
    for step in 1..=8 {
        let t = f64::from(step) / 8.0;
        corners.push(Point::new(x - x * t, rest - 4.0 * WAVE * t * (1.0 - t)));
    }
    for step in 1..=8 {
        let t = f64::from(step) / 8.0;
        corners.push(Point::new(-x * t, rest + 4.0 * WAVE * t * (1.0 - t)));
    }
    corners
}

/// A document with a line at its left.
pub(super) fn lined_document(label: Size) -> Shape {
    let shape = document(Size::new(label.width + 10.0, label.height));
    let (x, y) = (shape.size.width / 2.0 - 10.0, shape.size.height / 2.0);
    // The wave meets the line a little below its rest.
    let end = y - WAVE + 2.0;
    shape.with(straight(Point::new(-x, -y), Point::new(-x, end))).with_label_at(Point::new(5.0, -WAVE))
}

/// Three sheets behind each other.
pub(super) fn documents(label: Size) -> Shape {
    let one = document(label);
    let size = Size::new(one.size.width + 2.0 * SHEET, one.size.height + 2.0 * SHEET);
    let at = |step: f64| Form::Path(sheet(one.size, Point::new((1.0 - step) * SHEET, (step - 1.0) * SHEET)));
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let corners = vec![
        Point::new(-x, 2.0 * SHEET - y),
        Point::new(2.0 * SHEET - x, -y),
        Point::new(x, -y),
        Point::new(x, y - 2.0 * SHEET - 2.0 * WAVE),
        Point::new(0.0, y - WAVE),
        Point::new(-one.size.width / 4.0 - SHEET, y),
        Point::new(-x, y - WAVE),
    ];
    Shape::body(size, Outline::Polygon(corners), at(0.0))
        .with(Part::Body(at(1.0)))
        .with(Part::Body(at(2.0)))
        .with_label_at(Point::new(-SHEET, SHEET - WAVE))
}

/// A strip with waves above and below.
pub(super) fn tape(label: Size) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width, inner.height + 4.0 * WAVE);
    let (x, y) = (size.width / 2.0, size.height / 2.0 - WAVE);
    let steps = vec![
        Step::Move(Point::new(-x, -y)),
        Step::Quad(Point::new(-x / 2.0, -y + 2.0 * WAVE), Point::new(0.0, -y)),
        Step::Quad(Point::new(x / 2.0, -y - 2.0 * WAVE), Point::new(x, -y)),
        Step::Line(Point::new(x, y)),
        Step::Quad(Point::new(x / 2.0, y - 2.0 * WAVE), Point::new(0.0, y)),
        Step::Quad(Point::new(-x / 2.0, y + 2.0 * WAVE), Point::new(-x, y)),
        Step::Close,
    ];
    let mut corners = Vec::new();
    for (from, to, sign) in [(-x, 0.0, 1.0), (0.0, x, -1.0)] {
        for step in 0..8 {
            let t = f64::from(step) / 8.0;
            corners.push(Point::new(from + (to - from) * t, -y + sign * 4.0 * WAVE * t * (1.0 - t)));
        }
    }
    corners.push(Point::new(x, -y));
    let lower: Vec<Point> =
        corners.iter().rev().map(|upper| Point::new(upper.x, upper.y + 2.0 * y)).collect();
    corners.extend(lower);
    Shape::body(size, Outline::Polygon(corners), Form::Path(Path(steps)))
}

/// A note with a turned corner.
pub(super) fn note(label: Size) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width, inner.height);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let corners = vec![
        Point::new(-x, -y),
        Point::new(x - FOLD, -y),
        Point::new(x, FOLD - y),
        Point::new(x, y),
        Point::new(-x, y),
    ];
    let fold = [Point::new(x - FOLD, -y), Point::new(x - FOLD, FOLD - y), Point::new(x, FOLD - y)];
    Shape::polygon(size, corners).with(Part::Stroke(super::open(&fold)))
}

/// A remark with braces at its left, its right or both.
pub(super) fn braced(label: Size, has_left: bool, has_right: bool) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width + 2.0 * BRACE, inner.height);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let extent = Form::Rect { rect: super::centered(size), radius: 0.0 };
    let mut shape = super::block::rectangle(size, 0.0).bare().with(Part::Clear(extent));
    for (is_there, side) in [(has_left, -1.0), (has_right, 1.0)] {
        if is_there {
            let at = |inwards: f64, y: f64| Point::new(side * (x - inwards), y);
            let steps = vec![
                Step::Move(at(0.0, -y)),
                Step::Quad(at(BRACE / 2.0, -y), at(BRACE / 2.0, 6.0 - y)),
                Step::Line(at(BRACE / 2.0, -5.0)),
                Step::Quad(at(BRACE / 2.0, 0.0), at(BRACE, 0.0)),
                Step::Quad(at(BRACE / 2.0, 0.0), at(BRACE / 2.0, 5.0)),
                Step::Line(at(BRACE / 2.0, y - 6.0)),
                Step::Quad(at(BRACE / 2.0, y), at(0.0, y)),
            ];
            shape.parts.push(Part::Stroke(Path(mirrored_brace(steps, side, x))));
        }
    }
    shape
}

/// A brace points away from its remark: the drawn one points inwards and is turned around the middle of its own width.
fn mirrored_brace(steps: Vec<Step>, side: f64, x: f64) -> Vec<Step> {
    let middle = side * (x - BRACE / 2.0);
    let turn = |point: Point| Point::new(2.0 * middle - point.x, point.y);
    steps
        .into_iter()
        .map(|step| match step {
            Step::Move(to) => Step::Move(turn(to)),
            Step::Line(to) => Step::Line(turn(to)),
            Step::Quad(control, to) => Step::Quad(turn(control), turn(to)),
            Step::Cubic(first, second, to) => Step::Cubic(turn(first), turn(second), turn(to)),
            Step::Close => Step::Close,
        })
        .collect()
}
