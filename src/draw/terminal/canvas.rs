//! A grid of characters: lines that meet become junctions, text covers them.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::draw::board::{Caption, Tone};

use super::glyph::{Arms, Weight, glyph};

/// No drawing has more columns or rows than these; what would stand farther out is left out.
const MOST: usize = 1 << 14;
/// No drawing has more cells.
const MOST_CELLS: usize = 1 << 24;

/// Where an arm points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Up,
    Right,
    Down,
    Left,
}

/// A cell and what stands in it.
#[derive(Debug, Clone, Default)]
struct Spot {
    arms: Arms,
    is_round: bool,
    is_dotted: bool,
    /// What covers the arms.
    letter: Option<Letter>,
    tone: Tone,
}

/// A character of a text.
#[derive(Debug, Clone, Default)]
struct Letter {
    /// The character with what combines with it; empty for the second half of a wide one.
    text: String,
    is_bold: bool,
    is_italic: bool,
}

/// A grid of characters.
#[derive(Debug)]
pub(super) struct Canvas {
    width: usize,
    spots: Vec<Spot>,
}

impl Canvas {
    /// An empty grid.
    pub(super) fn new(width: usize, height: usize) -> Self {
        let width = width.clamp(1, MOST);
        let height = height.min(MOST_CELLS / width);
        Self { width, spots: vec![Spot::default(); width * height] }
    }

    fn spot(&mut self, x: usize, y: usize) -> Option<&mut Spot> {
        if x >= self.width {
            return None;
        }
        self.spots.get_mut(y.checked_mul(self.width)?.checked_add(x)?)
    }

    /// Adds arms to a cell.
    pub(super) fn join(&mut self, (x, y): (usize, usize), sides: &[Side], weight: Weight, look: Look) {
        let Some(spot) = self.spot(x, y) else { return };
        let is_new = spot.arms == Arms::default();
        for side in sides {
            let arm = &mut spot.arms[*side as usize];
            *arm = weight.max(*arm);
        }
        // Where lines meet, they are drawn through.
        spot.is_dotted = look.is_dotted && (is_new || spot.is_dotted);
        spot.is_round = look.is_round && (is_new || spot.is_round);
        if is_new || spot.tone == Tone::Quiet {
            spot.tone = look.tone;
        }
    }

    /// Puts a character into a cell.
    pub(super) fn put(&mut self, (x, y): (usize, usize), c: char, tone: Tone) {
        if let Some(spot) = self.spot(x, y) {
            spot.letter = Some(Letter { text: c.to_string(), ..Letter::default() });
            spot.tone = tone;
        }
    }

    /// Writes a line of text.
    pub(super) fn write(&mut self, caption: &Caption) {
        let (mut x, y) = (caption.at.x, caption.at.y);
        for run in &caption.runs {
            for (unit, width) in units(&run.text) {
                for part in 0..width {
                    let text = if part == 0 { unit.clone() } else { String::new() };
                    let letter = Letter { text, is_bold: run.is_bold, is_italic: run.is_italic };
                    if let Some(spot) = self.spot(x + part, y) {
                        *spot = Spot { letter: Some(letter), tone: caption.tone, ..Spot::default() };
                    }
                }
                x += width;
            }
        }
    }

    /// The lines, each without blanks at its end and with a newline.
    pub(super) fn text(&self, is_coloured: bool) -> String {
        let mut out = String::with_capacity(self.spots.len());
        for row in self.spots.chunks(self.width) {
            let last = row.iter().rposition(|spot| spot.letter.is_some() || spot.arms != Arms::default());
            let mut style = String::new();
            for spot in row.iter().take(last.map_or(0, |last| last + 1)) {
                if is_coloured && !spot.is_covered() {
                    let wanted = spot.style();
                    if wanted != style {
                        out.push_str("\x1b[0");
                        out.push_str(&wanted);
                        out.push('m');
                        style = wanted;
                    }
                }
                match &spot.letter {
                    Some(letter) => out.push_str(&letter.text),
                    None => out.push(glyph(spot.arms, spot.is_round, spot.is_dotted)),
                }
            }
            if !style.is_empty() {
                out.push_str("\x1b[0m");
            }
            out.push('\n');
        }
        out
    }
}

impl Spot {
    /// True for the second half of a wide character.
    fn is_covered(&self) -> bool {
        self.letter.as_ref().is_some_and(|letter| letter.text.is_empty())
    }

    /// The parameters of its `SGR` sequence (ECMA-48, 8.3.117) behind a reset.
    fn style(&self) -> String {
        let mut style = String::new();
        if self.letter.as_ref().is_some_and(|letter| letter.is_bold) {
            style.push_str(";1");
        }
        if self.letter.as_ref().is_some_and(|letter| letter.is_italic) {
            style.push_str(";3");
        }
        let is_seen = match &self.letter {
            Some(letter) => letter.text != " ",
            None => self.arms != Arms::default(),
        };
        style.push_str(match self.tone {
            _ if !is_seen => "",
            Tone::Plain => "",
            Tone::Quiet => ";2",
            Tone::Line | Tone::Cyan => ";36",
            Tone::Red => ";31",
            Tone::Green => ";32",
            Tone::Yellow => ";33",
            Tone::Blue => ";34",
            Tone::Magenta => ";35",
        });
        style
    }
}

/// What stands in cells of its own, with how many it takes: a character with what combines with it, or characters that
/// are drawn as one, such as an emoji and its colour of skin.
fn units(text: &str) -> Vec<(String, usize)> {
    let mut units: Vec<(String, usize)> = Vec::new();
    for c in text.chars() {
        if let Some((unit, width)) = units.last_mut() {
            let length = unit.len();
            unit.push(c);
            let joined = unit.width();
            if c.width() == Some(0) || joined <= *width {
                *width = joined;
                continue;
            }
            unit.truncate(length);
        }
        units.push((c.to_string(), c.width().unwrap_or(0)));
    }
    units
}

/// How arms look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Corners are round.
    pub(super) is_round: bool,
    /// Lines have gaps.
    pub(super) is_dotted: bool,
    /// Their tone.
    pub(super) tone: Tone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_take_the_cells_that_terminals_give_them() {
        let table: [(&str, &[usize]); 6] = [
            ("ab", &[1, 1]),
            ("節a", &[2, 1]),
            ("e\u{301}x", &[1, 1]),
            ("\u{2764}\u{fe0f}!", &[2, 1]),
            ("\u{1f44d}\u{1f3fd}", &[2]),
            ("\u{1f469}\u{200d}\u{1f4bb}", &[2]),
        ];
        for (text, expected) in table {
            let widths: Vec<usize> = units(text).into_iter().map(|(_, width)| width).collect();
            assert_eq!(widths, expected, "{text}");
            assert_eq!(text.width(), expected.iter().sum::<usize>(), "as much as it is measured: {text}");
        }
    }
}
