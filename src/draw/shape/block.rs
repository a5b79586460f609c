//! Boxes with straight sides.

use crate::draw::geometry::{Point, Size};
use crate::draw::outline::Outline;
use crate::draw::scene::Form;

use super::{Part, Shape, boxed, centered, closed, straight};

/// Distance of the extra lines of a box from its border, px.
const INLAY: f64 = 9.0;
/// Distance of the sheets of a stack, px.
const STEP: f64 = 5.0;
/// Radius of the corners of a box, px.
const CORNER: f64 = 4.0;
/// Radius of the corners of a rounded box, px.
const ROUND_CORNER: f64 = 12.0;

/// A rectangle of a given size.
pub(super) fn rectangle(size: Size, radius: f64) -> Shape {
    Shape::body(size, Outline::Rectangle, Form::Rect { rect: centered(size), radius })
}

/// `[ ]`
pub(super) fn square(label: Size) -> Shape {
    rectangle(boxed(label), CORNER)
}

/// `( )`
pub(super) fn rounded(label: Size) -> Shape {
    rectangle(boxed(label), ROUND_CORNER)
}

/// Nothing but the label.
pub(super) fn text(label: Size) -> Shape {
    rectangle(Size::new(label.width + 12.0, label.height + 8.0), 0.0).bare()
}

/// `[[ ]]`
pub(super) fn subroutine(label: Size) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width + 2.0 * INLAY, inner.height);
    let (x, y) = (size.width / 2.0 - INLAY, size.height / 2.0);
    rectangle(size, CORNER)
        .with(straight(Point::new(-x, -y), Point::new(-x, y)))
        .with(straight(Point::new(x, -y), Point::new(x, y)))
}

/// A box with a line at its left.
pub(super) fn lined(label: Size) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width + INLAY, inner.height);
    let (x, y) = (size.width / 2.0 - INLAY, size.height / 2.0);
    rectangle(size, CORNER)
        .with(straight(Point::new(-x, -y), Point::new(-x, y)))
        .with_label_at(Point::new(INLAY / 2.0, 0.0))
}

/// A box with a line at its top.
pub(super) fn divided(label: Size) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width, inner.height + INLAY);
    let (x, y) = (size.width / 2.0, size.height / 2.0 - INLAY);
    rectangle(size, CORNER)
        .with(straight(Point::new(-x, -y), Point::new(x, -y)))
        .with_label_at(Point::new(0.0, INLAY / 2.0))
}

/// A box with lines at its top and left.
pub(super) fn window(label: Size) -> Shape {
    let inner = boxed(label);
    let size = Size::new(inner.width + INLAY, inner.height + INLAY);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    rectangle(size, CORNER)
        .with(straight(Point::new(-x, INLAY - y), Point::new(x, INLAY - y)))
        .with(straight(Point::new(INLAY - x, -y), Point::new(INLAY - x, y)))
        .with_label_at(Point::new(INLAY / 2.0, INLAY / 2.0))
}

/// Three boxes behind each other.
pub(super) fn stack(label: Size) -> Shape {
    let sheet = boxed(label);
    let size = Size::new(sheet.width + 2.0 * STEP, sheet.height + 2.0 * STEP);
    let at = |step: f64| {
        let center = Point::new((1.0 - step) * STEP, (step - 1.0) * STEP);
        Form::Rect { rect: crate::draw::geometry::Rect::around(center, sheet), radius: CORNER }
    };
    // The border steps with the sheets.
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let corners = vec![
        Point::new(-x, 2.0 * STEP - y),
        Point::new(2.0 * STEP - x, -y),
        Point::new(x, -y),
        Point::new(x, y - 2.0 * STEP),
        Point::new(x - 2.0 * STEP, y),
        Point::new(-x, y),
    ];
    Shape::body(size, Outline::Polygon(corners), at(0.0))
        .with(Part::Body(at(1.0)))
        .with(Part::Body(at(2.0)))
        .with_label_at(Point::new(-STEP, STEP))
}

/// A box with a turned corner.
pub(super) fn tagged(label: Size) -> Shape {
    let size = boxed(label);
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let corner = [Point::new(x, y - INLAY), Point::new(x, y), Point::new(x - INLAY, y)];
    rectangle(size, CORNER).with(Part::Body(Form::Path(closed(&corner))))
}
