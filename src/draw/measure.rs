//! How much room text takes.
//!
//! The font that ships with Merrow, `DejaVu Sans`, is as wide as Verdana and wider than Arial, Segoe UI, Roboto or San
//! Francisco: a box that has room for it has room for any common sans-serif font that a viewer may draw with.

use harfrust::{Direction, FontRef, ShapeOptions, ShapePlan, ShaperData, UnicodeBuffer, script};
use skrifa::MetadataProvider;

/// A style of text, as far as it changes widths.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Font size, px.
    pub size: f64,
    /// Bold.
    pub is_bold: bool,
}

impl Face {
    /// Text of this size that is not bold.
    pub const fn regular(size: f64) -> Self {
        Self { size, is_bold: false }
    }

    /// Bold text of this size.
    pub const fn bold(size: f64) -> Self {
        Self { size, is_bold: true }
    }
}

/// Says how wide text is.
pub trait TextMeasure {
    /// The width of one line of `text`, px.
    fn width(&self, text: &str, face: Face) -> f64;
}

/// Measures with the font that ships with Merrow: with kerning and ligatures, as browsers draw.
///
/// Characters that the font lacks, and those that browsers draw as emoji whatever the font has, count as wide as fonts that
/// have them usually make them.
#[derive(Debug)]
pub struct FontMetrics {
    regular: Font,
    bold: Font,
}

impl FontMetrics {
    /// Reads the font.
    pub fn new() -> Self {
        Self {
            regular: Font::new(include_bytes!("font/DejaVuSans.ttf")),
            bold: Font::new(include_bytes!("font/DejaVuSans-Bold.ttf")),
        }
    }
}

impl Default for FontMetrics {
    fn default() -> Self {
        Self::new()
    }
}

impl TextMeasure for FontMetrics {
    fn width(&self, text: &str, face: Face) -> f64 {
        let font = if face.is_bold { &self.bold } else { &self.regular };
        font.width(text) * face.size
    }
}

/// A font, read.
struct Font {
    tables: FontRef<'static>,
    shaper: ShaperData,
    /// How Latin text is shaped; making a plan costs more than shaping a label with it.
    latin: ShapePlan,
    units_per_em: f64,
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Font").finish_non_exhaustive()
    }
}

impl Font {
    fn new(bytes: &'static [u8]) -> Self {
        let font = FontRef::new(bytes).expect("the font that ships with Merrow can be read");
        let shaper = ShaperData::new(&font);
        let units = shaper.shaper(&font).build();
        let latin = ShapePlan::new(&units, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        let units_per_em = f64::from(units.units_per_em());
        Self { tables: font, shaper, latin, units_per_em }
    }

    /// The width of `text`, em.
    fn width(&self, text: &str) -> f64 {
        let charmap = self.tables.charmap();
        let mut width = 0.0;
        let mut shaped = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            // U+FE0F asks for the emoji of the character before it.
            let is_emoji = is_emoji(c) || characters.peek() == Some(&'\u{fe0f}');
            if !is_emoji && charmap.map(c).is_some() {
                shaped.push(c);
                continue;
            }
            width += self.shape(&shaped) + if is_emoji { emoji_width(c) } else { foreign_width(c) };
            shaped.clear();
        }
        width + self.shape(&shaped)
    }

    /// The width of `text`, em, of which the font has every character.
    fn shape(&self, text: &str) -> f64 {
        if text.is_empty() {
            return 0.0;
        }
        let shaper = self.shaper.shaper(&self.tables).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        let mut options = ShapeOptions::new();
        // Below U+0370 stand Latin letters and what belongs to no script.
        if text.chars().all(|c| c < '\u{370}') {
            buffer.set_script(script::LATIN);
            buffer.set_direction(Direction::LeftToRight);
            options = options.plan(Some(&self.latin));
        } else {
            buffer.guess_segment_properties();
        }
        let glyphs = shaper.shape(buffer, options);
        let advances = glyphs.glyph_positions().iter().map(|glyph| i64::from(glyph.x_advance));
        advances.sum::<i64>().max(0) as f64 / self.units_per_em
    }
}

/// Characters that browsers draw as emoji without being asked (Unicode 16, `Emoji_Presentation`), and parts of emoji.
fn is_emoji(c: char) -> bool {
    matches!(u32::from(c),
        0x231a..=0x231b | 0x23e9..=0x23ec | 0x23f0 | 0x23f3 | 0x25fd..=0x25fe | 0x2614..=0x2615 | 0x2648..=0x2653
        | 0x267f | 0x2693 | 0x26a1 | 0x26aa..=0x26ab | 0x26bd..=0x26be | 0x26c4..=0x26c5 | 0x26ce | 0x26d4 | 0x26ea
        | 0x26f2..=0x26f3 | 0x26f5 | 0x26fa | 0x26fd | 0x2705 | 0x270a..=0x270b | 0x2728 | 0x274c | 0x274e
        | 0x2753..=0x2755 | 0x2757 | 0x2795..=0x2797 | 0x27b0 | 0x27bf | 0x2b1b..=0x2b1c | 0x2b50 | 0x2b55
        | 0x1f000..=0x1faff)
}

/// The width of an emoji, em: that of Noto Color Emoji, the widest of those in use. Half of it for the letters of which two
/// make a flag, nothing for skin tones.
fn emoji_width(c: char) -> f64 {
    match u32::from(c) {
        0x1f3fb..=0x1f3ff => 0.0,
        0x1f1e6..=0x1f1ff => 0.685,
        _ => 1.37,
    }
}

/// The width of a character that the font lacks, em: the square of East Asian writing, or what fonts of its script need.
fn foreign_width(c: char) -> f64 {
    match u32::from(c) {
        // Controls, joiners, marks above and below, variation selectors, tags.
        0..=0x1f
        | 0x7f..=0x9f
        | 0x300..=0x36f
        | 0x200b..=0x200f
        | 0x202a..=0x202e
        | 0x2060..=0x206f
        | 0x20d0..=0x20ff
        | 0xfe00..=0xfe0f
        | 0xfe20..=0xfe2f
        | 0xfeff
        | 0xe0000..=0xe01ef => 0.0,
        _ if is_wide(c) => 1.0,
        0x590..=0x8ff => 0.6,
        _ => 0.65,
    }
}

/// True for the characters that fill a square: East Asian writing and full-width forms (UAX 11, `W` and `F`).
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xa960..=0xa97f | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font_and_of_what_stands_in_for_it() {
        let metrics = FontMetrics::new();
        let width = |text: &str| metrics.width(text, Face::regular(1000.0)).round() as i64;
        // 1401/2048 em is the advance of `A`, 1532/2048 em that of `N`.
        let table = [
            ("", 0),
            ("A", 684),
            ("NN", 1496),
            ("A\u{301}", 684),
            ("節點", 2000),
            ("⚠", 896),
            ("⚠\u{fe0f}", 1370),
            ("✅", 1370),
            ("🇬🇧", 1370),
            ("👍🏽", 1370),
            ("\u{1}\u{200b}", 0),
        ];
        for (text, expected) in table {
            assert_eq!(width(text), expected, "{text:?}");
        }
        assert!(width("AV") < width("A") + width("V"));
        assert!(metrics.width("quorum", Face::bold(16.0)) > metrics.width("quorum", Face::regular(16.0)));
    }

    #[test]
    fn no_text_is_too_strange_to_measure() {
        let metrics = FontMetrics::new();
        for text in
            ["שלום", "مرحبا", "a\u{202e}b", "\u{fffd}\u{ffff}", "ｱ", "नमस्ते", "e\u{301}\u{301}", "\u{fe0f}"]
        {
            let width = metrics.width(text, Face::regular(16.0));
            assert!(width.is_finite() && width >= 0.0, "{text:?}: {width}");
        }
    }
}
