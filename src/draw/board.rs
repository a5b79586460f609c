//! What a layout on a grid of characters promises and its writer obeys: what is where, in cells, in painting order.
//!
//! A cell is as wide as a Latin letter and about twice as high; `x` counts to the right, `y` downwards, both from 0.

use super::scene::{Colour, Ink, Run, Tip};

/// A drawing on a grid of characters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Board {
    /// Columns; everything lies left of the last.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// What is painted, in order: what comes later stands above what comes earlier.
    pub pieces: Vec<Piece>,
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cell {
    /// Its column.
    pub x: usize,
    /// Its row.
    pub y: usize,
}

impl Cell {
    /// The cell in this column and row.
    pub const fn new(x: usize, y: usize) -> Self {
        Self { x, y }
    }
}

/// Something that is painted.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A box.
    Frame(Frame),
    /// A line.
    Wire(Wire),
    /// A line of text.
    Caption(Caption),
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its upper left cell.
    pub low: Cell,
    /// Its lower right cell, neither left of nor above the upper left one.
    pub high: Cell,
    /// How its border looks.
    pub border: Border,
    /// The tone of its border.
    pub tone: Tone,
}

/// How the border of a box looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Straight corners.
    Square,
    /// Round corners.
    Round,
    /// Round sides.
    Stadium,
    /// A decision.
    Diamond,
    /// Cut corners.
    Hexagon,
    /// A second line inside the left and the right side.
    Subroutine,
    /// A second line below the upper side.
    Cylinder,
    /// Leaning to the right.
    LeanRight,
    /// Leaning to the left.
    LeanLeft,
    /// Wider below.
    Trapezoid,
    /// Wider above.
    InverseTrapezoid,
    /// A notch in the left side.
    Flag,
    /// Double sides.
    Double,
    /// Dotted, with straight corners.
    Dotted,
    /// A solid bar.
    Bar,
    /// A solid dot.
    Dot,
    /// A dot in a circle.
    Target,
    /// Nothing.
    None,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// Its ends and its bends, each in one row or column with the one before. An end lies on the border of what it is
    /// attached to; a tip stands in the cell in front of it.
    pub cells: Vec<Cell>,
    /// How it is painted.
    pub line: LineKind,
    /// What it begins with.
    pub start: Option<Tip>,
    /// What it ends with.
    pub end: Option<Tip>,
    /// Its tone.
    pub tone: Tone,
}

/// How a line is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Thin.
    Light,
    /// Thick.
    Heavy,
    /// Thin, with gaps.
    Dotted,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Caption {
    /// The cell of its first character.
    pub at: Cell,
    /// Its parts, in reading order.
    pub runs: Vec<Run>,
    /// Its tone.
    pub tone: Tone,
}

/// What a thing is painted with. A terminal's owner has chosen colours that can be read there, so that a colour of an author
/// is given as the nearest of those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// As other text.
    #[default]
    Plain,
    /// Less than other text: what stands behind the rest.
    Quiet,
    /// Lines that lead somewhere.
    Line,
    /// The terminal's red.
    Red,
    /// The terminal's yellow.
    Yellow,
    /// The terminal's green.
    Green,
    /// The terminal's cyan.
    Cyan,
    /// The terminal's blue.
    Blue,
    /// The terminal's magenta.
    Magenta,
}

impl Tone {
    /// The tone of an author's colour; none for grey ones and those of the theme.
    pub fn of(ink: Ink) -> Option<Self> {
        match ink {
            Ink::Fixed(colour) => Self::of_colour(colour),
            Ink::Theme(_) | Ink::None => None,
        }
    }

    /// What people call the colour's hue.
    fn of_colour(colour: Colour) -> Option<Self> {
        /// Colours whose parts differ less look grey.
        const LEAST_CHROMA: i32 = 24;
        let (red, green, blue) = (i32::from(colour.red), i32::from(colour.green), i32::from(colour.blue));
        let most = red.max(green).max(blue);
        let least = red.min(green).min(blue);
        let chroma = most - least;
        if chroma < LEAST_CHROMA || colour.alpha < 64 {
            return None;
        }
        // In sixths of the circle, times the chroma.
        let hue = match most {
            _ if most == red => (green - blue + 6 * chroma) % (6 * chroma),
            _ if most == green => 2 * chroma + blue - red,
            _ => 4 * chroma + red - green,
        };
        // Degrees. Names of hues cover unlike stretches of the circle: what is sky is called blue, what is orange is nearer to
        // yellow than to red.
        Some(match hue * 60 / chroma {
            20..70 => Self::Yellow,
            70..165 => Self::Green,
            165..195 => Self::Cyan,
            195..265 => Self::Blue,
            265..330 => Self::Magenta,
            _ => Self::Red,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_the_nearest_of_the_terminal() {
        let tone = |red, green, blue| Tone::of(Ink::Fixed(Colour { red, green, blue, alpha: 255 }));
        let table = [
            ((255, 0, 0), Some(Tone::Red)),
            ((255, 107, 107), Some(Tone::Red)),
            ((255, 0, 60), Some(Tone::Red)),
            ((255, 230, 0), Some(Tone::Yellow)),
            ((81, 207, 102), Some(Tone::Green)),
            ((0, 200, 200), Some(Tone::Cyan)),
            ((51, 154, 240), Some(Tone::Blue)),
            ((200, 0, 220), Some(Tone::Magenta)),
            ((51, 51, 51), None),
            ((250, 250, 245), None),
        ];
        for ((red, green, blue), expected) in table {
            assert_eq!(tone(red, green, blue), expected, "{red} {green} {blue}");
        }
    }
}
