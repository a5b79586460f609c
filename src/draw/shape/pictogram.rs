//! Forms that look like what they stand for: clouds, folders, windows, people.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::Outline;
use crate::draw::scene::{Form, Path, Step};

use super::block::rectangle;
use super::{Part, QUARTER, Shape, arc, boxed, centered, closed, left_half, right_half, straight};

/// Height of what stands above the label in a window, px.
const BAR: f64 = 18.0;
/// Height of the tab of a folder, px.
const TAB: f64 = 9.0;
/// Radius of a head, px.
const HEAD: f64 = 17.0;
/// Radius of the corners of a window, px.
const CORNER: f64 = 5.0;

/// Twelve points of an ellipse with these half axes, from the rightmost one towards the lowest; `turn` is 0 for points at 0, 30,
/// ... degrees and 1 for those between them.
fn twelve(half: Size, turn: usize) -> Vec<Point> {
    let quarter: Vec<(f64, f64)> = QUARTER.iter().skip(turn).step_by(2).take(3).copied().collect();
    let turned = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)];
    let points = turned
        .iter()
        .flat_map(|(cos, sin)| quarter.iter().map(move |(x, y)| (x * cos - y * sin, x * sin + y * cos)));
    points.map(|(x, y)| Point::new(x * half.width, y * half.height)).collect()
}

/// The closed curve through `ends` and, between each and the next, through one of `middles`, with points on it.
fn scalloped(ends: &[Point], middles: &[Point]) -> (Path, Vec<Point>) {
    let mut steps = Vec::with_capacity(ends.len() + 2);
    let mut corners = Vec::with_capacity(4 * ends.len());
    steps.extend(ends.first().map(|first| Step::Move(*first)));
    let nexts = ends.iter().cycle().skip(1);
    for ((from, to), middle) in ends.iter().zip(nexts).zip(middles) {
        // A quadratic curve passes halfway between its control point and the middle of its ends.
        let control = Point::new(
            2.0 * middle.x - f64::midpoint(from.x, to.x),
            2.0 * middle.y - f64::midpoint(from.y, to.y),
        );
        steps.push(Step::Quad(control, *to));
        corners.push(*from);
        for t in [0.25, 0.5, 0.75] {
            let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            corners.push(Point::new(
                a * from.x + b * control.x + c * to.x,
                a * from.y + b * control.y + c * to.y,
            ));
        }
    }
    steps.push(Step::Close);
    (Path(steps), corners)
}

/// Half the size of an ellipse around a label, so large that the ellipse of `share` of it still holds the label.
fn half_around(label: Size, share: f64) -> Size {
    let root = 2_f64.sqrt() / share / 2.0;
    Size::new((label.width + 12.0).max(36.0) * root, (label.height + 18.0).max(24.0) * root)
}

/// A cloud.
pub(super) fn cloud(label: Size) -> Shape {
    let half = half_around(label, 0.84);
    let middles: Vec<Point> = twelve(half, 0).into_iter().cycle().skip(1).take(12).collect();
    let ends = twelve(Size::new(half.width * 0.88, half.height * 0.88), 1);
    let (path, corners) = scalloped(&ends, &middles);
    let size = Size::new(2.0 * half.width, 2.0 * half.height);
    Shape::body(size, Outline::Polygon(corners), Form::Path(path))
}

/// A cloud with its bulges turned inwards.
pub(super) fn bang(label: Size) -> Shape {
    let half = half_around(label, 0.8);
    let middles = twelve(Size::new(half.width * 0.84, half.height * 0.84), 1);
    let (path, corners) = scalloped(&twelve(half, 0), &middles);
    let size = Size::new(2.0 * half.width, 2.0 * half.height);
    Shape::body(size, Outline::Polygon(corners), Form::Path(path))
}

/// A flash, without a label.
pub(super) fn bolt(_: Size) -> Shape {
    let corners = [(8.0, -30.0), (-20.0, 4.5), (-2.0, 4.5), (-8.0, 30.0), (20.0, -6.0), (2.0, -6.0)];
    let corners = corners.map(|(x, y)| Point::new(x, y)).to_vec();
    let mut shape = Shape::polygon(Size::new(40.0, 60.0), corners);
    shape.shows_label = false;
    shape
}

/// A folder with its tab.
pub(super) fn folder(label: Size) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width, inner.height + TAB);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let tab = (size.width * 0.4).min(60.0);
    let corners = vec![
        Point::new(-x, -y),
        Point::new(tab - x, -y),
        Point::new(tab + 6.0 - x, TAB - y),
        Point::new(x, TAB - y),
        Point::new(x, y),
        Point::new(-x, y),
    ];
    Shape::polygon(size, corners).with_label_at(Point::new(0.0, TAB / 2.0))
}

/// A pail, seen from a little above.
pub(super) fn bucket(label: Size) -> Shape {
    let inner = boxed(label);
    let (lid, taper) = (9.0, 16.0);
    let size = Size::new(inner.width + 1.6 * taper, inner.height + 3.0 * lid);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let (left, right) = (Point::new(-x, lid - y), Point::new(x, lid - y));
    let (low_left, low_right) = (Point::new(taper - x, y - lid), Point::new(x - taper, y - lid));
    let mut body = vec![Step::Move(left)];
    body.extend(arc(left, right, Point::new(0.0, -lid)));
    body.push(Step::Line(low_right));
    body.extend(arc(low_right, low_left, Point::new(0.0, lid)));
    body.push(Step::Close);
    let mut rim = vec![Step::Move(left)];
    rim.extend(arc(left, right, Point::new(0.0, lid)));
    let low = Size::new(x - taper, lid);
    let mut corners: Vec<Point> = right_half(Point::new(0.0, lid - y), Size::new(x, lid))
        .into_iter()
        .filter(|p| p.y <= lid - y)
        .collect();
    corners.extend(
        left_half(Point::new(0.0, lid - y), Size::new(x, lid)).into_iter().filter(|p| p.y <= lid - y),
    );
    let bottom = left_half(Point::new(0.0, y - lid), low).into_iter().filter(|p| p.y >= y - lid);
    corners.extend(bottom);
    let bottom = right_half(Point::new(0.0, y - lid), low).into_iter().filter(|p| p.y >= y - lid);
    corners.extend(bottom);
    Shape::body(size, Outline::Polygon(corners), Form::Path(Path(body)))
        .with(Part::Stroke(Path(rim)))
        .with_label_at(Point::new(0.0, lid / 2.0))
}

/// A store of data: lines above and below.
pub(super) fn store(label: Size) -> Shape {
    let size = boxed(label);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let mut shape = rectangle(size, 0.0);
    shape.parts = vec![Part::Ground(Form::Rect { rect: centered(size), radius: 0.0 })];
    shape
        .with(straight(Point::new(-x, -y), Point::new(x, -y)))
        .with(straight(Point::new(-x, y), Point::new(x, y)))
}

/// A window of a browser: three buttons and a line below them.
pub(super) fn browser(label: Size) -> Shape {
    let inner = boxed(Size::new(label.width, label.height - 4.0));
    let size = Size::new(inner.width.max(80.0), inner.height + BAR);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let mut shape = rectangle(size, CORNER).with(straight(Point::new(-x, BAR - y), Point::new(x, BAR - y)));
    for index in 0..3 {
        let center = Point::new(9.0 + 8.0 * f64::from(index) - x, BAR / 2.0 - y);
        shape = shape.with(Part::Solid(Form::Ellipse(Rect::around(center, Size::new(4.0, 4.0)))));
    }
    let (left, right) = (34.0 - x, x - 7.0);
    let field = Rect::new(left, 5.0 - y, right - left, BAR - 10.0);
    shape
        .with(Part::Outline(Form::Rect { rect: field, radius: 3.0 }))
        .with_label_at(Point::new(0.0, BAR / 2.0))
}

/// A terminal with its prompt.
pub(super) fn console(label: Size) -> Shape {
    let inner = boxed(Size::new(label.width, label.height - 8.0));
    let size = Size::new(inner.width, inner.height + BAR);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let at = |dx: f64, dy: f64| Point::new(dx - x, dy - y);
    rectangle(size, CORNER)
        .with(Part::Stroke(super::open(&[at(9.0, 7.0), at(14.0, 11.0), at(9.0, 15.0)])))
        .with(straight(at(16.5, 15.5), at(23.0, 15.5)))
        .with_label_at(Point::new(0.0, BAR / 2.0))
}

/// A person: a head above the label.
pub(super) fn person(label: Size) -> Shape {
    let body = super::round::stadium(label).size;
    let size = Size::new(body.width, body.height + 2.0 * HEAD - 4.0);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let radius = body.height / 2.0;
    let middle = y - radius;
    let head = Point::new(0.0, HEAD - y);
    let mut corners = right_half(Point::new(x - radius, middle), Size::new(radius, radius));
    let neck = Size::new(HEAD, HEAD);
    corners.extend(right_half(head, neck).into_iter().filter(|point| point.y < y - body.height));
    corners.extend(left_half(head, neck).into_iter().filter(|point| point.y < y - body.height));
    corners.extend(left_half(Point::new(radius - x, middle), Size::new(radius, radius)));
    let rect = Rect::new(-x, y - body.height, body.width, body.height);
    Shape::body(size, Outline::Polygon(corners), Form::Rect { rect, radius })
        .with(Part::Body(Form::Ellipse(Rect::around(head, Size::new(2.0 * HEAD, 2.0 * HEAD)))))
        .with_label_at(Point::new(0.0, middle))
}

/// What a screen shows: a point at its left, round at its right.
pub(super) fn display(label: Size) -> Shape {
    let inner = boxed(label);
    let (point, bulge) = (16.0, 18.0);
    let size = Size::new(inner.width + point, inner.height);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let center = Point::new(x - bulge, 0.0);
    let left = Point::new(-x, 0.0);
    let mut body =
        vec![Step::Move(left), Step::Line(Point::new(point - x, -y)), Step::Line(center.moved(0.0, -y))];
    body.extend(arc(center.moved(0.0, -y), center.moved(0.0, y), Point::new(bulge, 0.0)));
    body.extend([Step::Line(Point::new(point - x, y)), Step::Close]);
    let mut corners = right_half(center, Size::new(bulge, y));
    corners.extend([Point::new(point - x, -y), left, Point::new(point - x, y)]);
    Shape::body(size, Outline::Polygon(corners), Form::Path(Path(body)))
}

/// Data that is kept: both sides bulge to the left.
pub(super) fn kept(label: Size) -> Shape {
    let inner = boxed(label);
    let bulge = 9.0;
    let size = Size::new(inner.width + bulge, inner.height);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let (top_right, low_right) = (Point::new(x, -y), Point::new(x, y));
    let (low_left, top_left) = (Point::new(bulge - x, y), Point::new(bulge - x, -y));
    let mut body = vec![Step::Move(top_left), Step::Line(top_right)];
    body.extend(arc(top_right, low_right, Point::new(-bulge, 0.0)));
    body.push(Step::Line(low_left));
    body.extend(arc(low_left, top_left, Point::new(-bulge, 0.0)));
    body.push(Step::Close);
    let mut corners: Vec<Point> = left_half(Point::new(x, 0.0), Size::new(bulge, y));
    corners.reverse();
    corners.extend(left_half(Point::new(bulge - x, 0.0), Size::new(bulge, y)));
    corners.reverse();
    Shape::body(size, Outline::Polygon(corners), Form::Path(Path(body))).with_label_at(Point::new(0.0, 0.0))
}

/// A document with a turned corner below.
pub(super) fn tagged_document(label: Size) -> Shape {
    let shape = super::paper::document(label);
    let (x, y) = (shape.size.width / 2.0, shape.size.height / 2.0);
    let corner = [Point::new(x, y - 20.0), Point::new(x - 20.0, y - 15.0), Point::new(x, y - 8.0)];
    shape.with(Part::Body(Form::Path(closed(&corner))))
}

/// A remark behind an open bracket.
pub(super) fn bracketed(label: Size) -> Shape {
    let size = boxed(label);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let bracket = [Point::new(9.0 - x, -y), Point::new(-x, -y), Point::new(-x, y), Point::new(9.0 - x, y)];
    let extent = Part::Clear(Form::Rect { rect: centered(size), radius: 0.0 });
    rectangle(size, 0.0).bare().with(extent).with(Part::Stroke(super::open(&bracket)))
}
