//! What a reader sees as one character, and how wide it is where the font has none.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// The width of an emoji, em: that of Noto Color Emoji, the widest of those in use.
const EMOJI: f64 = 1.37;

/// One character of a text as readers count them (UAX 29, "extended grapheme cluster").
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster<'a>(pub(super) &'a str);

impl<'a> Cluster<'a> {
    /// The characters of `text`, in order.
    pub(super) fn all(text: &'a str) -> impl Iterator<Item = Self> {
        text.graphemes(true).map(Self)
    }

    /// True for what browsers draw as one emoji whatever the font has (UTS 51): a character that is one by itself unless U+FE0E
    /// asks for text, one that U+FE0F asks for, a keycap, a flag, or any of these joined to others.
    pub(super) fn is_emoji(self) -> bool {
        let mut characters = self.0.chars();
        let is_by_itself = characters.next().is_some_and(is_emoji);
        let is_asked_for = self.0.contains(['\u{fe0f}', '\u{20e3}']);
        is_asked_for || is_by_itself && !self.0.contains('\u{fe0e}')
    }

    /// The width, em, in fonts that have the character, whose own font is not known.
    pub(super) fn usual_width(self) -> f64 {
        if self.is_emoji() { EMOJI } else { self.0.chars().map(usual_width).sum() }
    }

    /// The width in columns of a terminal, which are those of a monospaced font; an emoji takes what it takes elsewhere.
    pub(super) fn columns(self, column: f64) -> f64 {
        let columns: usize = self.0.chars().filter_map(UnicodeWidthChar::width).sum();
        let width = columns as f64 * column;
        if self.is_emoji() { width.max(EMOJI) } else { width }
    }
}

/// Characters that browsers draw as emoji without being asked (Unicode 16, `Emoji_Presentation`), and parts of emoji.
pub(in crate::draw) fn is_emoji(c: char) -> bool {
    matches!(u32::from(c),
        0x231a..=0x231b | 0x23e9..=0x23ec | 0x23f0 | 0x23f3 | 0x25fd..=0x25fe | 0x2614..=0x2615 | 0x2648..=0x2653
        | 0x267f | 0x2693 | 0x26a1 | 0x26aa..=0x26ab | 0x26bd..=0x26be | 0x26c4..=0x26c5 | 0x26ce | 0x26d4 | 0x26ea
        | 0x26f2..=0x26f3 | 0x26f5 | 0x26fa | 0x26fd | 0x2705 | 0x270a..=0x270b | 0x2728 | 0x274c | 0x274e
        | 0x2753..=0x2755 | 0x2757 | 0x2795..=0x2797 | 0x27b0 | 0x27bf | 0x2b1b..=0x2b1c | 0x2b50 | 0x2b55
        | 0x1f000..=0x1faff)
}

/// The width of a character, em: the square of East Asian writing, nothing for controls and for marks above and below, or what
/// fonts of its script need.
fn usual_width(c: char) -> f64 {
    match (c.width(), u32::from(c)) {
        (None | Some(0), _) => 0.0,
        (Some(2..), _) => 1.0,
        (Some(_), 0x590..=0x8ff) => 0.6,
        (Some(_), _) => 0.65,
    }
}

/// True for the characters that fill a square: East Asian writing and full-width forms (UAX 11, `W` and `F`), not emoji.
pub(in crate::draw) fn is_wide(c: char) -> bool {
    c.width() == Some(2) && !is_emoji(c)
}
