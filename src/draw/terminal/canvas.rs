//! A grid of characters: lines that meet become junctions, text covers them.

use unicode_width::UnicodeWidthChar;

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
    /// What covers the arms: a character, with what combines with it.
    text: Option<String>,
    /// The second half of a wide character.
    is_covered: bool,
    is_round: bool,
    is_dotted: bool,
    tone: Tone,
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
            spot.text = Some(c.to_string());
            spot.tone = tone;
        }
    }

    /// Writes a line of text.
    pub(super) fn write(&mut self, caption: &Caption) {
        let (mut x, y) = (caption.at.x, caption.at.y);
        for run in &caption.runs {
            for c in run.text.chars() {
                let width = c.width().unwrap_or(0);
                if width == 0 {
                    let before = x.checked_sub(1).and_then(|x| self.spot(x, y));
                    if let Some(text) = before.and_then(|spot| spot.text.as_mut()) {
                        text.push(c);
                    }
                    continue;
                }
                let spot = Spot {
                    text: Some(c.to_string()),
                    tone: caption.tone,
                    is_bold: run.is_bold,
                    is_italic: run.is_italic,
                    ..Spot::default()
                };
                for part in 0..width {
                    if let Some(at) = self.spot(x + part, y) {
                        *at = spot.clone();
                        if part > 0 {
                            (at.text, at.is_covered) = (None, true);
                        }
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
            let last = row
                .iter()
                .rposition(|spot| spot.text.is_some() || spot.is_covered || spot.arms != Arms::default());
            let mut style = String::new();
            for spot in row.iter().take(last.map_or(0, |last| last + 1)) {
                if spot.is_covered {
                    continue;
                }
                if is_coloured {
                    let wanted = spot.style();
                    if wanted != style {
                        out.push_str("\x1b[0");
                        out.push_str(&wanted);
                        out.push('m');
                        style = wanted;
                    }
                }
                match &spot.text {
                    Some(text) => out.push_str(text),
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
    /// The parameters of its `SGR` sequence (ECMA-48, 8.3.117) behind a reset.
    fn style(&self) -> String {
        let mut style = String::new();
        if self.is_bold {
            style.push_str(";1");
        }
        if self.is_italic {
            style.push_str(";3");
        }
        let is_seen = self.text.as_deref().is_some_and(|text| text != " ") || self.arms != Arms::default();
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
