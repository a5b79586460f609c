//! Forms of a state diagram that stand for no state.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::Outline;
use crate::draw::scene::Form;

use super::{Part, Shape, polygon};

/// Where a region starts: a solid circle.
pub fn start() -> Shape {
    let rect = Rect::around(Point::default(), Size::new(16.0, 16.0));
    unlabelled(rect.size(), Outline::Ellipse, vec![Part::Solid(Form::Ellipse(rect))])
}

/// Where a region ends: a solid circle in a ring.
pub fn end() -> Shape {
    let ring = Rect::around(Point::default(), Size::new(20.0, 20.0));
    let dot = Rect::around(Point::default(), Size::new(10.0, 10.0));
    let parts = vec![Part::Body(Form::Ellipse(ring)), Part::Solid(Form::Ellipse(dot))];
    unlabelled(ring.size(), Outline::Ellipse, parts)
}

/// A fork or a join: a bar across the flow that `n_ways` lead to or from.
pub fn bar(n_ways: usize, is_upright: bool) -> Shape {
    let across = Size::new((24.0 * n_ways as f64 + 24.0).clamp(72.0, 1200.0), 8.0);
    let size = if is_upright { across.transposed() } else { across };
    let form = Form::Rect { rect: super::centered(size), radius: 3.0 };
    unlabelled(size, Outline::Rectangle, vec![Part::Solid(form)])
}

/// A choice: a small rhombus.
pub fn choice() -> Shape {
    let mut shape = polygon::rhombus(Size::new(32.0, 32.0));
    shape.shows_label = false;
    shape
}

fn unlabelled(size: Size, outline: Outline, parts: Vec<Part>) -> Shape {
    Shape { size, outline, label: Point::default(), shows_label: false, parts }
}
