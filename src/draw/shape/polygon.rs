//! Forms with slanted sides.

use crate::draw::geometry::{Point, Size};

use super::{Shape, boxed};

/// How far a side slants, as a share of the height.
const SLANT: f64 = 0.4;
/// The most that a side slants, px.
const MAX_SLANT: f64 = 26.0;
/// How wide a decision is, as a multiple of its height, when its label allows.
const DECISION: f64 = 2.0;

/// The corners of a box of this size, from the upper left one clockwise.
fn corners(size: Size) -> [Point; 4] {
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    [Point::new(-x, -y), Point::new(x, -y), Point::new(x, y), Point::new(-x, y)]
}

/// The box around a label with room for sides that slant, and how far they do.
fn slanted(label: Size, n_sides: f64) -> (Size, f64) {
    let inner = boxed(label);
    let slant = (inner.height * SLANT).min(MAX_SLANT);
    // The label's padding is half inside of the slant: only its corners must stay clear.
    (Size::new(inner.width + n_sides * slant * 0.7, inner.height), slant)
}

/// `{ }`
pub(super) fn diamond(label: Size) -> Shape {
    let (width, height) = (label.width + 14.0, label.height + 10.0);
    // The corners of a box of `width` and `height` lie on the border when `width / w + height / h` is one.
    let ratio = (DECISION * height / width).clamp(0.25, 1.2);
    let size = Size::new((width * (1.0 + ratio)).max(60.0), (height * (1.0 + 1.0 / ratio)).max(46.0));
    rhombus(size)
}

/// The rhombus in a box.
pub(super) fn rhombus(size: Size) -> Shape {
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let corners = vec![Point::new(0.0, -y), Point::new(x, 0.0), Point::new(0.0, y), Point::new(-x, 0.0)];
    Shape::polygon(size, corners)
}

/// `{{ }}`
pub(super) fn hexagon(label: Size) -> Shape {
    let (size, slant) = slanted(label, 2.0);
    let [a, b, c, d] = corners(size);
    let (right, left) = (Point::new(b.x, 0.0), Point::new(a.x, 0.0));
    let cut = slant.min(size.width / 4.0);
    let corners =
        vec![a.moved(cut, 0.0), b.moved(-cut, 0.0), right, c.moved(-cut, 0.0), d.moved(cut, 0.0), left];
    Shape::polygon(size, corners)
}

/// `> ]`
pub(super) fn odd(label: Size) -> Shape {
    let (size, slant) = slanted(label, 1.0);
    let [a, b, c, d] = corners(size);
    let notch = Point::new(a.x + slant * 0.7, 0.0);
    Shape::polygon(size, vec![a, b, c, d, notch]).with_label_at(Point::new(slant * 0.35, 0.0))
}

/// `[/ \]`
pub(super) fn trapezoid(label: Size) -> Shape {
    let (size, slant) = slanted(label, 2.0);
    let [a, b, c, d] = corners(size);
    Shape::polygon(size, vec![a.moved(slant, 0.0), b.moved(-slant, 0.0), c, d])
}

/// `[\ /]`
pub(super) fn inverse_trapezoid(label: Size) -> Shape {
    let (size, slant) = slanted(label, 2.0);
    let [a, b, c, d] = corners(size);
    Shape::polygon(size, vec![a, b, c.moved(-slant, 0.0), d.moved(slant, 0.0)])
}

/// `[/ /]`
pub(super) fn lean_right(label: Size) -> Shape {
    let (size, slant) = slanted(label, 2.0);
    let [a, b, c, d] = corners(size);
    Shape::polygon(size, vec![a.moved(slant, 0.0), b, c.moved(-slant, 0.0), d])
}

/// `[\ \]`
pub(super) fn lean_left(label: Size) -> Shape {
    let (size, slant) = slanted(label, 2.0);
    let [a, b, c, d] = corners(size);
    Shape::polygon(size, vec![a, b.moved(-slant, 0.0), c, d.moved(slant, 0.0)])
}

/// A box whose upper side rises to the right.
pub(super) fn sloped(label: Size) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width, inner.height + 14.0);
    let [a, b, c, d] = corners(size);
    Shape::polygon(size, vec![a.moved(0.0, 14.0), b, c, d]).with_label_at(Point::new(0.0, 7.0))
}

/// A box with its upper left corner cut off.
pub(super) fn card(label: Size) -> Shape {
    let size = boxed(label);
    let [a, b, c, d] = corners(size);
    Shape::polygon(size, vec![a.moved(12.0, 0.0), b, c, d, a.moved(0.0, 12.0)])
}

/// A box with both upper corners cut off.
pub(super) fn loop_limit(label: Size) -> Shape {
    let size = boxed(label);
    let [a, b, c, d] = corners(size);
    let corners = vec![a.moved(12.0, 0.0), b.moved(-12.0, 0.0), b.moved(0.0, 12.0), c, d, a.moved(0.0, 12.0)];
    Shape::polygon(size, corners)
}

/// A triangle; the label stands at its base, where it is widest.
pub(super) fn triangle(label: Size) -> Shape {
    let (width, height) = (label.width + 20.0, label.height + 12.0);
    // Above the label's box the sides meet after as much height again.
    let size = Size::new((2.0 * width).max(60.0), (2.0 * height).max(52.0));
    let [a, b, c, d] = corners(size);
    let top = Point::new(f64::midpoint(a.x, b.x), a.y);
    Shape::polygon(size, vec![top, c, d])
        .with_label_at(Point::new(0.0, size.height / 2.0 - height / 2.0 - 3.0))
}

/// A triangle on its tip.
pub(super) fn flipped_triangle(label: Size) -> Shape {
    let upright = triangle(label);
    let [a, b, c, _] = corners(upright.size);
    let bottom = Point::new(f64::midpoint(a.x, b.x), c.y);
    Shape::polygon(upright.size, vec![a, b, bottom]).with_label_at(Point::new(0.0, -upright.label.y))
}

/// Two triangles that meet at their tips, without a label.
pub(super) fn hourglass(_: Size) -> Shape {
    let size = Size::new(34.0, 34.0);
    let [a, b, c, d] = corners(size);
    let mut shape = Shape::polygon(size, vec![a, b, d, c]);
    shape.outline = crate::draw::outline::Outline::Rectangle;
    shape.shows_label = false;
    shape
}
