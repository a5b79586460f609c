//! Small forms and pictures with their label below or above.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::icon::Icon;
use crate::draw::outline::Outline;
use crate::draw::scene::{Form, Path};

use super::block::rectangle;
use super::{Part, Shape, centered, closed, left_half, right_half};

/// Room between a form and its label, px.
const GAP: f64 = 5.0;
/// Side of the events and other small forms, px.
const SMALL: f64 = 36.0;
/// Room on each side of a label that stands in no form, px.
const PADDING: f64 = 6.0;
/// Room between the picture of a node and the form around it, px.
const FRAME: f64 = 10.0;

/// What surrounds the picture of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Nothing.
    None,
    /// A square.
    Square,
    /// A square with round corners.
    Rounded,
    /// A circle.
    Circle,
}

/// How a node that is a picture looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// What is shown.
    pub icon: Icon,
    /// What surrounds it.
    pub frame: Frame,
    /// Its size, px.
    pub size: Size,
    /// The label stands above it, not below.
    pub is_label_above: bool,
}

/// A form that has its label outside.
struct Body {
    size: Size,
    /// Its border, from its lowest point around to that again.
    corners: Vec<Point>,
    parts: Vec<Part>,
}

impl Body {
    fn rectangle(size: Size, parts: Vec<Part>) -> Self {
        let (x, y) = (size.width / 2.0, size.height / 2.0);
        let corners = [(0.0, y), (x, y), (x, -y), (-x, -y), (-x, y), (0.0, y)];
        Self { size, corners: corners.map(|(x, y)| Point::new(x, y)).to_vec(), parts }
    }

    fn circle(across: f64, parts: Vec<Part>) -> Self {
        let half = Size::new(across / 2.0, across / 2.0);
        let mut corners = right_half(Point::default(), half);
        corners.extend(left_half(Point::default(), half));
        Self { size: Size::new(across, across), corners, parts }
    }

    fn rhombus(size: Size, parts: Vec<Part>) -> Self {
        let (x, y) = (size.width / 2.0, size.height / 2.0);
        let corners = [(0.0, y), (x, 0.0), (0.0, -y), (-x, 0.0), (0.0, y)];
        Self { size, corners: corners.map(|(x, y)| Point::new(x, y)).to_vec(), parts }
    }

    /// Puts a label below the form, or above it. Edges end at the form and at the box of the label.
    fn captioned(self, label: Size, is_above: bool) -> Shape {
        let Self { size, corners, parts } = self;
        if label.width <= 0.0 {
            let mut shape = rectangle(size, 0.0);
            (shape.outline, shape.parts) = (Outline::Polygon(corners), parts);
            return shape;
        }
        let caption = Size::new(label.width + 2.0 * PADDING, label.height);
        let whole = Size::new(size.width.max(caption.width), size.height + GAP + caption.height);
        // As if the label stood below; above everything is upside down but the form itself.
        let sign = if is_above { -1.0 } else { 1.0 };
        let form = Point::new(0.0, sign * (size.height - whole.height) / 2.0);
        let middle = Point::new(0.0, sign * (whole.height - caption.height) / 2.0);
        let (x, near, far) = (
            caption.width / 2.0,
            middle.y - sign * caption.height / 2.0,
            middle.y + sign * caption.height / 2.0,
        );
        let mut border: Vec<Point> =
            corners.iter().map(|corner| Point::new(corner.x, form.y + sign * corner.y)).collect();
        border.extend([
            Point::new(0.0, near),
            Point::new(x, near),
            Point::new(x, far),
            Point::new(-x, far),
            Point::new(-x, near),
            Point::new(0.0, near),
        ]);
        let mut shape = rectangle(whole, 0.0).bare();
        shape.outline = Outline::Polygon(border);
        shape.parts = parts.iter().map(|part| part.moved(form)).collect();
        shape.parts.push(Part::Clear(Form::Rect { rect: Rect::around(middle, caption), radius: 0.0 }));
        shape.with_label_at(middle)
    }
}

/// A picture with its label.
pub(in crate::draw) fn picture(picture: &Picture, label: Size) -> Shape {
    let inner = picture.size;
    let side = inner.width.min(inner.height);
    let path = Part::Picture(picture.icon.path(Point::default(), side));
    let framed = Size::new(inner.width + 2.0 * FRAME, inner.height + 2.0 * FRAME);
    let boxed = |radius| {
        let parts = vec![Part::Body(Form::Rect { rect: centered(framed), radius }), path.clone()];
        Body::rectangle(framed, parts)
    };
    let body = match picture.frame {
        // What is not filled has an extent all the same.
        Frame::None => {
            Body::rectangle(inner, vec![Part::Clear(Form::Rect { rect: centered(inner), radius: 0.0 }), path])
        }
        Frame::Square => boxed(0.0),
        Frame::Rounded => boxed(8.0),
        Frame::Circle => {
            let across = side * 2_f64.sqrt() + FRAME;
            let rect = centered(Size::new(across, across));
            Body::circle(across, vec![Part::Body(Form::Ellipse(rect)), path])
        }
    };
    body.captioned(label, picture.is_label_above)
}

/// A circle with a number of borders, as events are drawn in BPMN; a solid border counts double.
pub(super) fn event(n_rings: u32, label: Size) -> Shape {
    let ring = |inset: f64| {
        let across = SMALL - 2.0 * inset;
        Part::Body(Form::Ellipse(Rect::around(Point::default(), Size::new(across, across))))
    };
    let rings = (0..n_rings).map(|index| ring(f64::from(index) * if n_rings > 2 { 1.2 } else { 3.5 }));
    Body::circle(SMALL, rings.collect()).captioned(label, false)
}

/// A sheet of paper.
pub(super) fn page(label: Size) -> Shape {
    let (x, y, fold) = (14.0, 18.0, 9.0);
    let corners = [
        Point::new(-x, -y),
        Point::new(x - fold, -y),
        Point::new(x, fold - y),
        Point::new(x, y),
        Point::new(-x, y),
    ];
    let turned = [Point::new(x - fold, -y), Point::new(x - fold, fold - y), Point::new(x, fold - y)];
    let parts = vec![Part::Body(Form::Path(closed(&corners))), Part::Stroke(super::open(&turned))];
    Body::rectangle(Size::new(2.0 * x, 2.0 * y), parts).captioned(label, false)
}

/// A small cylinder.
pub(super) fn drum(label: Size) -> Shape {
    let drum = super::round::cylinder(Size::new(10.0, 0.0));
    Body::rectangle(drum.size, drum.parts).captioned(label, false)
}

/// A small rhombus.
pub(super) fn gateway(label: Size) -> Shape {
    let size = Size::new(SMALL, SMALL);
    Body::rhombus(size, super::polygon::rhombus(size).parts).captioned(label, false)
}

/// A form with pictures beside its label: those that stand before the text at its left, the others at its right.
#[derive(Debug, Clone, Default)]
pub struct Inset {
    /// At the left of the label, from left to right.
    pub before: Vec<Icon>,
    /// At its right.
    pub behind: Vec<Icon>,
}

impl Inset {
    /// How much a label grows by its pictures when its text is `size` px large.
    pub fn label(&self, label: Size, size: f64) -> Size {
        let n_icons = (self.before.len() + self.behind.len()) as f64;
        if n_icons > 0.0 {
            Size::new(label.width + n_icons * step(size), label.height.max(1.3 * size))
        } else {
            label
        }
    }

    /// The form with the pictures in it, beside a label of this size; `shape` is that around [`Self::label`].
    pub fn set_into(&self, mut shape: Shape, label: Size, size: f64) -> Shape {
        if !shape.shows_label || (self.before.is_empty() && self.behind.is_empty()) {
            return shape;
        }
        let whole = self.label(label, size);
        let middle = shape.label;
        let left = middle.x - whole.width / 2.0;
        let mut put = |icon: &Icon, x: f64| {
            let path: Path = icon.path(Point::new(x, middle.y), 1.15 * size);
            shape.parts.push(Part::Picture(path));
        };
        for (index, icon) in self.before.iter().enumerate() {
            put(icon, left + (index as f64 + 0.5) * step(size));
        }
        let text = left + self.before.len() as f64 * step(size);
        for (index, icon) in self.behind.iter().enumerate() {
            put(icon, text + label.width + (index as f64 + 0.5) * step(size));
        }
        shape.with_label_at(Point::new(text + label.width / 2.0, middle.y))
    }
}

/// How much room a picture takes beside text of this size, px.
fn step(size: f64) -> f64 {
    1.5 * size
}
