//! The border of a shape.

use super::geometry::{Point, Size};

/// A side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Smallest y.
    Top,
    /// Largest x.
    Right,
    /// Largest y.
    Bottom,
    /// Smallest x.
    Left,
}

/// What encloses a shape, relative to its centre; it touches every side of the shape's box.
///
/// Edges end on it. Shapes with curves that are not an ellipse are approached by polygons.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline {
    /// The box itself; rounded corners are no wider than the distance that edges keep from corners.
    Rectangle,
    /// The ellipse that touches the middle of each side.
    Ellipse,
    /// A polygon that each vertical and each horizontal line through the box crosses at most twice; corners in order
    /// around it, px from the centre.
    Polygon(Vec<Point>),
}

impl Outline {
    /// How far inside the box of this `extent` the border lies, px, where a line at `offset` px from the centre (to the
    /// right for top and bottom, downwards for left and right) comes in from `side`. Not negative; 0 for a rectangle.
    pub fn inset(&self, extent: Size, side: Side, offset: f64) -> f64 {
        let (along, across) = match side {
            Side::Top | Side::Bottom => (extent.width / 2.0, extent.height / 2.0),
            Side::Left | Side::Right => (extent.height / 2.0, extent.width / 2.0),
        };
        match self {
            Self::Rectangle => 0.0,
            Self::Ellipse => {
                let part = if along > 0.0 { (offset / along).clamp(-1.0, 1.0) } else { 0.0 };
                across - across * (1.0 - part * part).max(0.0).sqrt()
            }
            Self::Polygon(corners) => (across - reach(corners, side, offset)).max(0.0),
        }
    }
}

/// How far the polygon reaches towards `side` on the line at `offset`, px from the centre; 0 where the line misses it.
fn reach(corners: &[Point], side: Side, offset: f64) -> f64 {
    // Turned so that the side is at the right: `u` runs along it, `v` towards it.
    let turned = |corner: &Point| match side {
        Side::Top => (corner.x, -corner.y),
        Side::Bottom => (corner.x, corner.y),
        Side::Left => (corner.y, -corner.x),
        Side::Right => (corner.y, corner.x),
    };
    let mut farthest: f64 = 0.0;
    for (index, corner) in corners.iter().enumerate() {
        let (from, to) = (turned(corner), turned(&corners[(index + 1) % corners.len()]));
        let (low, high) = if from.0 <= to.0 { (from, to) } else { (to, from) };
        if offset < low.0 || offset > high.0 {
            continue;
        }
        let width = high.0 - low.0;
        let v =
            if width > 0.0 { low.1 + (high.1 - low.1) * (offset - low.0) / width } else { low.1.max(high.1) };
        farthest = farthest.max(v);
    }
    farthest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_is_met_where_it_is() {
        let extent = Size::new(40.0, 20.0);
        let diamond = Outline::Polygon(vec![
            Point::new(0.0, -10.0),
            Point::new(20.0, 0.0),
            Point::new(0.0, 10.0),
            Point::new(-20.0, 0.0),
        ]);
        let table = [
            (&Outline::Rectangle, Side::Top, 15.0, 0.0),
            (&diamond, Side::Top, 0.0, 0.0),
            (&diamond, Side::Top, 10.0, 5.0),
            (&diamond, Side::Bottom, -10.0, 5.0),
            (&diamond, Side::Right, 5.0, 10.0),
            (&Outline::Ellipse, Side::Left, 0.0, 0.0),
            (&Outline::Ellipse, Side::Left, 10.0, 20.0),
            (&Outline::Ellipse, Side::Top, 12.0, 2.0),
        ];
        for (outline, side, offset, expected) in table {
            let inset = outline.inset(extent, side, offset);
            assert!((inset - expected).abs() < 1e-9, "{outline:?} {side:?} {offset}: {inset}");
        }
    }
}
