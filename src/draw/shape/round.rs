//! Forms with curves.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::Outline;
use crate::draw::scene::{Form, Path, Step};

use super::{Part, Shape, arc, boxed, centered, left_half, right_half};

/// Room between the two circles of a double circle, px.
const RING: f64 = 4.0;
/// How high the lid of a cylinder is, at most, px.
const MAX_LID: f64 = 11.0;
/// How far a round side bulges, at most, px.
const MAX_BULGE: f64 = 22.0;

/// `([ ])`: half a circle at each end.
pub(super) fn stadium(label: Size) -> Shape {
    let inner = boxed(label);
    // The label's corners stay clear of the arcs.
    let size = Size::new((label.width + inner.height).max(inner.width).max(inner.height), inner.height);
    let radius = size.height / 2.0;
    let (half, x) = (Size::new(radius, radius), size.width / 2.0 - radius);
    let mut corners = right_half(Point::new(x, 0.0), half);
    corners.extend(left_half(Point::new(-x, 0.0), half));
    Shape::body(size, Outline::Polygon(corners), Form::Rect { rect: centered(size), radius })
}

/// `(( ))`
pub(super) fn circle(label: Size) -> Shape {
    ellipse_of(circle_around(label))
}

/// The circle around a label.
fn circle_around(label: Size) -> Size {
    let diagonal = (label.width * label.width + label.height * label.height).sqrt();
    let diameter = (diagonal + 18.0).max(46.0);
    Size::new(diameter, diameter)
}

fn ellipse_of(size: Size) -> Shape {
    Shape::body(size, Outline::Ellipse, Form::Ellipse(centered(size)))
}

/// `((( )))`
pub(super) fn double_circle(label: Size) -> Shape {
    let inner = circle_around(label);
    let size = Size::new(inner.width + 2.0 * RING, inner.height + 2.0 * RING);
    ellipse_of(size).with(Part::Body(Form::Ellipse(centered(inner))))
}

/// `(- -)`
pub(super) fn ellipse(label: Size) -> Shape {
    // The ellipse through the corners of a box is larger than it by the root of two.
    let root = 2_f64.sqrt();
    ellipse_of(Size::new((label.width + 14.0) * root, (label.height + 10.0) * root))
}

/// `[( )]`: a cylinder that stands.
pub(super) fn cylinder(label: Size) -> Shape {
    let inner = boxed(label);
    let lid = (inner.width / 8.0).min(MAX_LID);
    // The lid above and the bulge below; the label stands between the lid's lower rim and the bottom.
    let size = Size::new(inner.width, inner.height + 3.0 * lid);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let half = Size::new(x, lid);
    let (left, right) = (Point::new(-x, lid - y), Point::new(x, lid - y));
    let mut body = vec![Step::Move(left)];
    body.extend(arc(left, right, Point::new(0.0, -lid)));
    body.push(Step::Line(Point::new(x, y - lid)));
    body.extend(arc(Point::new(x, y - lid), Point::new(-x, y - lid), Point::new(0.0, lid)));
    body.push(Step::Close);
    let mut rim = vec![Step::Move(left)];
    rim.extend(arc(left, right, Point::new(0.0, lid)));
    Shape::body(size, Outline::Polygon(standing(half, y - lid)), Form::Path(Path(body)))
        .with(Part::Stroke(Path(rim)))
        .with_label_at(Point::new(0.0, lid / 2.0))
}

/// The border of a cylinder that stands, with its lids at `y` above and below the centre.
fn standing(half: Size, y: f64) -> Vec<Point> {
    let mut lower = right_half(Point::new(0.0, y), half);
    lower.retain(|point| point.y >= y);
    let mut left = left_half(Point::new(0.0, y), half);
    left.retain(|point| point.y >= y);
    let mut upper: Vec<Point> = right_half(Point::new(0.0, -y), half);
    upper.retain(|point| point.y <= -y);
    let mut upper_left = left_half(Point::new(0.0, -y), half);
    upper_left.retain(|point| point.y <= -y);
    lower.into_iter().chain(upper).chain(upper_left).chain(left).collect()
}

/// A cylinder that lies.
pub(super) fn tube(label: Size) -> Shape {
    let inner = boxed(label);
    let lid = (inner.height / 6.0).min(MAX_LID);
    let size = Size::new(inner.width + 3.0 * lid, inner.height);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let (top, bottom) = (Point::new(x - lid, -y), Point::new(x - lid, y));
    let mut body = vec![Step::Move(top)];
    body.extend(arc(top, bottom, Point::new(lid, 0.0)));
    body.push(Step::Line(Point::new(lid - x, y)));
    body.extend(arc(Point::new(lid - x, y), Point::new(lid - x, -y), Point::new(-lid, 0.0)));
    body.push(Step::Close);
    let mut rim = vec![Step::Move(top)];
    rim.extend(arc(top, bottom, Point::new(-lid, 0.0)));
    let half = Size::new(lid, y);
    let mut corners = right_half(Point::new(x - lid, 0.0), half);
    corners.extend(left_half(Point::new(lid - x, 0.0), half));
    Shape::body(size, Outline::Polygon(corners), Form::Path(Path(body)))
        .with(Part::Stroke(Path(rim)))
        .with_label_at(Point::new(-lid / 2.0, 0.0))
}

/// A cylinder with a second rim.
pub(super) fn disk(label: Size) -> Shape {
    let lid = (boxed(label).width / 8.0).min(MAX_LID);
    let mut shape = cylinder(Size::new(label.width, label.height + lid));
    shape.label.y += lid / 2.0;
    let (x, y) = (shape.size.width / 2.0, 2.0 * lid - shape.size.height / 2.0);
    let mut rim = vec![Step::Move(Point::new(-x, y))];
    rim.extend(arc(Point::new(-x, y), Point::new(x, y), Point::new(0.0, lid)));
    shape.parts.push(Part::Stroke(Path(rim)));
    shape
}

/// A box whose right side bulges.
pub(super) fn delay(label: Size) -> Shape {
    let inner = boxed(label);
    let bulge = (inner.height / 2.0).min(MAX_BULGE);
    let size = Size::new(inner.width + bulge / 2.0, inner.height);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let center = Point::new(x - bulge, 0.0);
    let mut body = vec![Step::Move(Point::new(-x, -y)), Step::Line(center.moved(0.0, -y))];
    body.extend(arc(center.moved(0.0, -y), center.moved(0.0, y), Point::new(bulge, 0.0)));
    body.extend([Step::Line(Point::new(-x, y)), Step::Close]);
    let mut corners = right_half(center, Size::new(bulge, y));
    corners.extend([Point::new(-x, -y), Point::new(-x, y)]);
    Shape::body(size, Outline::Polygon(corners), Form::Path(Path(body)))
        .with_label_at(Point::new(-bulge / 4.0, 0.0))
}

/// A circle with a cross in it, without a label.
pub(super) fn crossed_circle(_: Size) -> Shape {
    let size = Size::new(34.0, 34.0);
    let reach = 17.0 * 0.5_f64.sqrt();
    let mut shape = ellipse_of(size)
        .with(super::straight(Point::new(-reach, -reach), Point::new(reach, reach)))
        .with(super::straight(Point::new(-reach, reach), Point::new(reach, -reach)));
    shape.shows_label = false;
    shape
}

/// A small circle, without a label.
pub(super) fn dot(is_solid: bool) -> Shape {
    let rect = Rect::around(Point::default(), Size::new(16.0, 16.0));
    let mut shape = ellipse_of(rect.size());
    if is_solid {
        shape.parts = vec![Part::Solid(Form::Ellipse(rect))];
    }
    shape.shows_label = false;
    shape
}
