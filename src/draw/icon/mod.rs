//! Pictures for nodes: a small set of Merrow's own, drawn with lines, and which of them a name of another set means.
//!
//! Sets such as Font Awesome or Material Design name thousands of pictures, many after brands. What those names mean is
//! drawn neutrally; a name that means nothing here is a box with a dot, and a finding of the rule `unknown-icon`.

mod glyph;
mod name;

use super::geometry::{Point, Rect, Size};
use super::scene::{Path, Step};

/// Side of the square in which pictures are drawn, in their own units.
const GRID: f64 = 24.0;

/// A picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon {
    /// In the language of [`Icon::path`].
    drawing: &'static str,
}

impl Icon {
    /// What stands for a picture that Merrow does not have.
    pub const UNKNOWN: Self = Self { drawing: "R 4 4 16 16 O 12 12 2" };
    /// What stands for a photograph: drawings show nothing from elsewhere.
    pub const IMAGE: Self =
        Self { drawing: "R 3 4 18 16 O 8.5 9.5 1.8 M 3.5 18 L 9 13 L 12.5 16 L 16 12 L 20.5 16.5" };

    /// The picture that a name such as `fa:fa-server`, `mdi:database-outline` or `logos:postgresql` means, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        let glyph = name::meaning(name)?;
        glyph::GLYPHS.iter().find(|(known, _)| *known == glyph).map(|(_, drawing)| Self { drawing })
    }

    /// Its lines in the square of this `side` around `center`.
    pub fn path(self, center: Point, side: f64) -> Path {
        let scale = side / GRID;
        let corner = center.moved(-side / 2.0, -side / 2.0);
        let at = |x: f64, y: f64| corner.moved(x * scale, y * scale);
        let mut steps = Vec::new();
        let mut words = self.drawing.split(' ');
        while let Some(letter) = words.next() {
            let mut number = || words.next().and_then(|word| word.parse::<f64>().ok()).unwrap_or_default();
            match letter {
                "M" => steps.push(Step::Move(at(number(), number()))),
                "L" => steps.push(Step::Line(at(number(), number()))),
                "C" => {
                    let (first, second) = (at(number(), number()), at(number(), number()));
                    steps.push(Step::Cubic(first, second, at(number(), number())));
                }
                "Z" => steps.push(Step::Close),
                "R" => {
                    let (x, y, width, height) = (number(), number(), number(), number());
                    steps.extend([
                        Step::Move(at(x, y)),
                        Step::Line(at(x + width, y)),
                        Step::Line(at(x + width, y + height)),
                        Step::Line(at(x, y + height)),
                        Step::Close,
                    ]);
                }
                _ => {
                    let center = at(number(), number());
                    let across = 2.0 * number() * scale;
                    steps.extend(circle(Rect::around(center, Size::new(across, across))));
                }
            }
        }
        Path(steps)
    }
}

/// The circle that fills a square.
fn circle(rect: Rect) -> [Step; 6] {
    // The share of a radius at which the control points of a quarter of a circle stand.
    let handle = 0.552_284_75 * rect.width / 2.0;
    let center = rect.center();
    let (left, right) = (rect.x, rect.right());
    let (top, bottom) = (rect.y, rect.bottom());
    let at = Point::new;
    [
        Step::Move(at(right, center.y)),
        Step::Cubic(at(right, center.y + handle), at(center.x + handle, bottom), at(center.x, bottom)),
        Step::Cubic(at(center.x - handle, bottom), at(left, center.y + handle), at(left, center.y)),
        Step::Cubic(at(left, center.y - handle), at(center.x - handle, top), at(center.x, top)),
        Step::Cubic(at(center.x + handle, top), at(right, center.y - handle), at(right, center.y)),
        Step::Close,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_can_be_read_and_stays_in_its_square() {
        for (name, drawing) in glyph::GLYPHS {
            let mut words = drawing.split(' ').peekable();
            while let Some(letter) = words.next() {
                let expected = match letter {
                    "M" | "L" => 2,
                    "C" => 6,
                    "R" => 4,
                    "O" => 3,
                    "Z" => 0,
                    other => panic!("{name}: {other}"),
                };
                for _ in 0..expected {
                    assert!(words.next().is_some_and(|word| word.parse::<f64>().is_ok()), "{name}: {letter}");
                }
            }
            let path = Icon { drawing }.path(Point::new(12.0, 12.0), 24.0);
            assert!(
                path.points().all(|point| (0.5..=23.5).contains(&point.x) && (0.5..=23.5).contains(&point.y)),
                "{name}"
            );
        }
    }

    #[test]
    fn every_meaning_has_a_picture() {
        assert!(glyph::GLYPHS.windows(2).all(|pair| pair[0].0 < pair[1].0), "sorted");
        for (word, meaning) in name::MEANINGS {
            assert!(glyph::GLYPHS.iter().any(|(known, _)| *known == meaning), "{word}: {meaning}");
        }
        for (known, _) in glyph::GLYPHS {
            assert!(Icon::named(known).is_some(), "{known}");
        }
    }
}
