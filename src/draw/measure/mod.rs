//! How much room text takes.
//!
//! The font that ships with Merrow, `DejaVu Sans`, is as wide as Verdana and wider than Arial, Segoe UI, Roboto or San
//! Francisco: a box that has room for it has room for any common sans-serif font that a viewer may draw with.

mod cluster;

use harfrust::{Direction, FontRef, ShapeOptions, ShapePlan, ShaperData, UnicodeBuffer, script};
use skrifa::MetadataProvider;
use unicode_script::{Script, UnicodeScript};

use super::font::Typeface;

pub(super) use cluster::{is_emoji, is_wide};

use cluster::Cluster;

/// The advance of every character of `DejaVu Sans Mono`, em; that of Menlo and Courier is the same, that of Consolas less.
const CODE_COLUMN: f64 = 1233.0 / 2048.0;

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

/// The width of one line of code in a monospaced font of `size` px, px: columns, so that it needs no font.
pub fn code_width(text: &str, size: f64) -> f64 {
    Cluster::all(text).map(|cluster| cluster.columns(CODE_COLUMN)).sum::<f64>() * size
}

/// Measures with the font that ships with Merrow: with kerning and ligatures, each script shaped by its own rules, as browsers
/// draw.
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
        Self { regular: Font::new(Typeface::Regular.bytes()), bold: Font::new(Typeface::Bold.bytes()) }
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
        if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return self.shape(text);
        }
        let charmap = self.tables.charmap();
        let mut width = 0.0;
        // A stretch of one script that the font has.
        let mut stretch = String::with_capacity(text.len());
        let mut script = Script::Common;
        for cluster in Cluster::all(text) {
            // Joiners and what chooses between forms have no form of their own.
            let is_held =
                |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}') || charmap.map(c).is_some();
            if cluster.is_emoji() || !cluster.0.chars().all(is_held) {
                width += self.shape(&stretch) + cluster.usual_width();
                stretch.clear();
                script = Script::Common;
                continue;
            }
            let own = cluster.0.chars().map(|c| c.script()).find(|own| !is_shared(*own));
            if let Some(own) = own.filter(|own| *own != script) {
                if !is_shared(script) {
                    width += self.shape(&stretch);
                    stretch.clear();
                }
                script = own;
            }
            stretch.push_str(cluster.0);
        }
        width + self.shape(&stretch)
    }

    /// The width of `text`, em, which is of one script and of which the font has every character.
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

/// True for what is written with letters of any script, such as digits and accents.
fn is_shared(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font_and_of_what_stands_in_for_it() {
        let metrics = FontMetrics::new();
        let width = |text: &str| (metrics.width(text, Face::regular(1000.0))).round() as i64;
        // 1401/2048 em is the advance of `A`, 1532/2048 em that of `N`.
        let table = [
            ("", 0),
            ("A", 684),
            ("NN", 1496),
            ("A\u{301}", 684),
            ("節點", 2000),
            ("한글。", 3000),
            ("Ａ", 1000),
            ("⚠", 896),
            ("⚠\u{fe0f}", 1370),
            ("✅", 1370),
            ("✅\u{fe0e}", 1000),
            ("🇬🇧", 1370),
            ("👍🏽", 1370),
            ("👩\u{200d}👩\u{200d}👧", 1370),
            ("1\u{fe0f}\u{20e3}", 1370),
            ("\u{1}\u{200b}", 0),
        ];
        for (text, expected) in table {
            assert_eq!(width(text), expected, "{text:?}");
        }
        assert!(width("AV") < width("A") + width("V"));
        assert!(metrics.width("quorum", Face::bold(16.0)) > metrics.width("quorum", Face::regular(16.0)));
    }

    #[test]
    fn letters_join_whatever_stands_before_them() {
        let metrics = FontMetrics::new();
        let width = |text: &str| metrics.width(text, Face::regular(16.0));
        for (one, other) in [("abc ", "مرحبا"), ("μs ", "שלום"), ("1: ", "مرحبا")] {
            let both = width(&format!("{one}{other}"));
            assert!((both - width(one) - width(other)).abs() < 0.5, "{one}{other}: {both}");
        }
        let apart: f64 = "مرحبا".chars().map(|c| width(&c.to_string())).sum();
        assert!(width("مرحبا") < apart - 4.0, "joined letters are narrower than single ones");
    }

    #[test]
    fn code_is_measured_in_columns() {
        let table = [("", 0.0), ("ls -l", 5.0), ("e\u{301}", 1.0), ("節點", 4.0), ("\u{1}", 0.0)];
        for (text, columns) in table {
            assert!((code_width(text, 2048.0) - columns * 1233.0).abs() < 1e-6, "{text:?}");
        }
        assert!(code_width("✅", 10.0) > 13.0);
    }

    #[test]
    fn no_text_is_too_strange_to_measure() {
        let metrics = FontMetrics::new();
        for text in [
            "שלום",
            "مرحبا",
            "a\u{202e}b",
            "\u{fffd}\u{ffff}",
            "ｱ",
            "नमस्ते",
            "e\u{301}\u{301}",
            "\u{fe0f}",
            "\u{20e3}",
        ] {
            let width = metrics.width(text, Face::regular(16.0));
            assert!(width.is_finite() && width >= 0.0, "{text:?}: {width}");
        }
    }
}
