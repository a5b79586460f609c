//! The forms of nodes: how large a form must be to hold a label, where its border is, what is painted.
//!
//! Each family of forms is a function from the size of the label to a [`Shape`]; [`catalogue`] says which name has which.

mod block;
pub mod captioned;
pub mod catalogue;
mod paper;
mod pictogram;
mod polygon;
mod pseudostate;
mod round;

use std::f64::consts::FRAC_1_SQRT_2;

use super::geometry::{Point, Rect, Size};
use super::outline::Outline;
use super::paint::Paint;
use super::scene::{Area, Form, Ink, Line, Mark, Path, Step, Stroke};

pub use pseudostate::{bar, choice, end, start};

/// Room between a label and the border of a box, px: left and right together, above and below together. Fonts that are wider
/// than the one measured with find room there.
const PADDING: Size = Size::new(32.0, 22.0);
/// Width of the lines of pictures, px.
const PICTURE_LINE: f64 = 1.5;
/// No box is smaller, px.
const MIN_SIZE: Size = Size::new(52.0, 42.0);

/// A form. All places are relative to its centre.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Its box.
    pub size: Size,
    /// Its border.
    pub outline: Outline,
    /// Where the middle of the label stands.
    pub label: Point,
    /// False for forms that are too small for a label.
    pub shows_label: bool,
    parts: Vec<Part>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    /// Filled, with a border.
    Body(Form),
    /// Filled with the colour of the border.
    Solid(Form),
    /// A line in the colour of the border.
    Stroke(Path),
    /// Filled, without a border.
    Ground(Form),
    /// A border without a filling.
    Outline(Form),
    /// Nothing but its extent.
    Clear(Form),
    /// A picture in the colour of the text.
    Picture(Path),
}

impl Part {
    fn moved(&self, to: Point) -> Self {
        match self {
            Self::Body(form) => Self::Body(moved(form, to)),
            Self::Solid(form) => Self::Solid(moved(form, to)),
            Self::Ground(form) => Self::Ground(moved(form, to)),
            Self::Outline(form) => Self::Outline(moved(form, to)),
            Self::Clear(form) => Self::Clear(moved(form, to)),
            Self::Stroke(path) => Self::Stroke(path.moved(to.x, to.y)),
            Self::Picture(path) => Self::Picture(path.moved(to.x, to.y)),
        }
    }
}

impl Shape {
    /// A form of one part that is its border too.
    fn body(size: Size, outline: Outline, form: Form) -> Self {
        Self { size, outline, label: Point::default(), shows_label: true, parts: vec![Part::Body(form)] }
    }

    /// A form bounded by a polygon.
    fn polygon(size: Size, corners: Vec<Point>) -> Self {
        let form = Form::Path(closed(&corners));
        Self::body(size, Outline::Polygon(corners), form)
    }

    fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    fn with_label_at(mut self, label: Point) -> Self {
        self.label = label;
        self
    }

    /// The form with nothing painted but its label.
    fn bare(mut self) -> Self {
        self.parts.clear();
        self
    }

    /// What is painted when the centre of the form stands at `center`.
    pub fn marks(&self, center: Point, paint: &Paint) -> Vec<Mark> {
        let area = |form: &Form, fill| {
            let radius = paint.radius.filter(|_| self.outline == Outline::Rectangle);
            let form = match (moved(form, center), radius) {
                (Form::Rect { rect, .. }, Some(radius)) => {
                    Form::Rect { rect, radius: radius.min(rect.width / 2.0).min(rect.height / 2.0) }
                }
                (form, _) => form,
            };
            Mark::Area(Area { form, fill, stroke: paint.stroke.clone() })
        };
        let line = |path: &Path, stroke: Stroke| {
            let path = path.moved(center.x, center.y);
            Mark::Line(Line { path, stroke, start: None, end: None })
        };
        let paint_part = |part: &Part| match part {
            Part::Body(form) => area(form, paint.fill),
            Part::Solid(form) => area(form, paint.stroke.ink),
            Part::Ground(form) => {
                Mark::Area(Area { form: moved(form, center), fill: paint.fill, stroke: Stroke::NONE })
            }
            Part::Outline(form) => area(form, Ink::None),
            Part::Clear(form) => {
                Mark::Area(Area { form: moved(form, center), fill: Ink::None, stroke: Stroke::NONE })
            }
            Part::Stroke(path) => line(
                path,
                Stroke { dashes: Vec::new(), width: paint.stroke.width.min(2.0), ..paint.stroke.clone() },
            ),
            Part::Picture(path) => {
                line(path, Stroke { ink: paint.text, width: PICTURE_LINE, dashes: Vec::new() })
            }
        };
        let marks = self.parts.iter().map(paint_part);
        // An author may say `stroke:none`; then lines that make a form recognisable are left out with it.
        marks.filter(|mark| !matches!(mark, Mark::Line(line) if line.stroke.ink == Ink::None)).collect()
    }
}

/// The least box around a label.
fn boxed(label: Size) -> Size {
    Size::new(
        (label.width + PADDING.width).max(MIN_SIZE.width),
        (label.height + PADDING.height).max(MIN_SIZE.height),
    )
}

/// The box of this size around the centre.
fn centered(size: Size) -> Rect {
    Rect::around(Point::default(), size)
}

fn moved(form: &Form, to: Point) -> Form {
    match form {
        Form::Rect { rect, radius } => Form::Rect { rect: rect.moved(to.x, to.y), radius: *radius },
        Form::Ellipse(rect) => Form::Ellipse(rect.moved(to.x, to.y)),
        Form::Path(path) => Form::Path(path.moved(to.x, to.y)),
    }
}

/// The closed path through corners.
fn closed(corners: &[Point]) -> Path {
    let mut path = open(corners);
    path.0.push(Step::Close);
    path
}

/// The path through points.
fn open(points: &[Point]) -> Path {
    let step =
        |(index, point): (usize, &Point)| if index == 0 { Step::Move(*point) } else { Step::Line(*point) };
    Path(points.iter().enumerate().map(step).collect())
}

/// A straight line.
fn straight(from: Point, to: Point) -> Part {
    Part::Stroke(open(&[from, to]))
}

/// Points on the quarter of a circle from (1, 0) to (0, 1), at 0, 15, ..., 90 degrees.
const QUARTER: [(f64, f64); 7] = [
    (1.0, 0.0),
    (0.965_925_826_289_068_3, 0.258_819_045_102_520_74),
    (0.866_025_403_784_438_6, 0.5),
    (FRAC_1_SQRT_2, FRAC_1_SQRT_2),
    (0.5, 0.866_025_403_784_438_6),
    (0.258_819_045_102_520_74, 0.965_925_826_289_068_3),
    (0.0, 1.0),
];

/// Points of the ellipse around `center` with these half extents, from its lowest point over its rightmost to its
/// highest: the right half, as a polygon.
fn right_half(center: Point, half: Size) -> Vec<Point> {
    let lower = QUARTER.iter().rev().map(|(x, y)| (*x, *y));
    let upper = QUARTER.iter().skip(1).map(|(x, y)| (*x, -*y));
    lower.chain(upper).map(|(x, y)| center.moved(x * half.width, y * half.height)).collect()
}

/// As [`right_half`], from the highest point over the leftmost to the lowest.
fn left_half(center: Point, half: Size) -> Vec<Point> {
    right_half(center, half)
        .into_iter()
        .map(|point| Point::new(2.0 * center.x - point.x, 2.0 * center.y - point.y))
        .collect()
}

/// The share of a quarter ellipse's half axis at which the control points of its Bézier curve stand.
const KAPPA: f64 = 0.552_284_749_830_793_4;

/// The half ellipse from `from` to `to`, which stand above each other or side by side, bulging by `bulge`.
fn arc(from: Point, to: Point, bulge: Point) -> [Step; 2] {
    let middle = Point::new(f64::midpoint(from.x, to.x), f64::midpoint(from.y, to.y));
    let top = middle.moved(bulge.x, bulge.y);
    let (half_x, half_y) = ((to.x - from.x) / 2.0, (to.y - from.y) / 2.0);
    [
        Step::Cubic(
            from.moved(bulge.x * KAPPA, bulge.y * KAPPA),
            top.moved(-half_x * KAPPA, -half_y * KAPPA),
            top,
        ),
        Step::Cubic(
            top.moved(half_x * KAPPA, half_y * KAPPA),
            to.moved(bulge.x * KAPPA, bulge.y * KAPPA),
            to,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::catalogue::{FORMS, Family};
    use super::*;
    use crate::draw::outline::Side;

    /// Where a mark reaches to.
    fn extent(shape: &Shape) -> Rect {
        let mut points = Vec::new();
        for part in &shape.parts {
            match part {
                Part::Stroke(path) | Part::Picture(path) => points.extend(path.points()),
                Part::Body(form)
                | Part::Solid(form)
                | Part::Ground(form)
                | Part::Outline(form)
                | Part::Clear(form) => match form {
                    Form::Path(path) => points.extend(path.points()),
                    Form::Rect { rect, .. } | Form::Ellipse(rect) => {
                        points.extend([Point::new(rect.x, rect.y), Point::new(rect.right(), rect.bottom())]);
                    }
                },
            }
        }
        let start = Rect::new(0.0, 0.0, 0.0, 0.0);
        points.into_iter().fold(start, |extent, point| extent.union(Rect::new(point.x, point.y, 0.0, 0.0)))
    }

    fn families() -> Vec<Family> {
        let mut families: Vec<Family> = FORMS.iter().map(|(_, family)| *family).collect();
        families.extend(Family::BRACKETS);
        families
    }

    const SIZES: [Size; 5] = [
        Size::new(0.0, 0.0),
        Size::new(10.0, 20.0),
        Size::new(150.0, 20.0),
        Size::new(200.0, 100.0),
        Size::new(40.0, 400.0),
    ];

    #[test]
    fn every_form_stays_in_its_box_and_its_border_touches_the_box() {
        for (family, label) in families().into_iter().flat_map(|family| SIZES.map(|size| (family, size))) {
            let shape = family.shape(label);
            let (extent, own) = (extent(&shape), centered(shape.size));
            assert!(
                extent.x >= own.x - 1e-6
                    && extent.y >= own.y - 1e-6
                    && extent.right() <= own.right() + 1e-6
                    && extent.bottom() <= own.bottom() + 1e-6,
                "{family:?} {label:?}: {extent:?} in {own:?}"
            );
            for side in [Side::Top, Side::Right, Side::Bottom, Side::Left] {
                let reach = (0..=40).map(|step| {
                    let along = if matches!(side, Side::Top | Side::Bottom) {
                        shape.size.width
                    } else {
                        shape.size.height
                    };
                    shape.outline.inset(shape.size, side, along * (f64::from(step) / 40.0 - 0.5))
                });
                assert!(reach.fold(f64::MAX, f64::min) < 0.5, "{family:?} {label:?} {side:?}");
            }
        }
    }

    #[test]
    fn labels_stay_inside_of_the_border() {
        for (family, label) in families().into_iter().flat_map(|family| SIZES.map(|size| (family, size))) {
            let shape = family.shape(label);
            if !shape.shows_label || label.width == 0.0 {
                continue;
            }
            let text = Rect::around(shape.label, label);
            let (half_width, half_height) = (shape.size.width / 2.0, shape.size.height / 2.0);
            for y in [text.y, text.bottom()] {
                let left = -half_width + shape.outline.inset(shape.size, Side::Left, y);
                let right = half_width - shape.outline.inset(shape.size, Side::Right, y);
                assert!(
                    left <= text.x && text.right() <= right,
                    "{family:?} {label:?} at y {y}: {left} to {right}"
                );
            }
            for x in [text.x, text.right()] {
                let top = -half_height + shape.outline.inset(shape.size, Side::Top, x);
                let bottom = half_height - shape.outline.inset(shape.size, Side::Bottom, x);
                assert!(
                    top <= text.y && text.bottom() <= bottom,
                    "{family:?} {label:?} at x {x}: {top} to {bottom}"
                );
            }
        }
    }
}
