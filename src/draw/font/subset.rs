//! The part of a font that a drawing uses, as a web font.

use std::collections::BTreeSet;

use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::Tag;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::NameId;

use super::{Typeface, woff};

/// Tables that no browser reads, or that say again what others say.
const DROPPED: [Tag; 3] = [Tag::new(b"FFTM"), Tag::new(b"MATH"), Tag::new(b"kern")];
/// "Copyright notice" of the table `name`.
const COPYRIGHT: NameId = NameId::new(0);
/// English as the United States write it, in the table `name`.
const ENGLISH: u16 = 0x0409;

/// The glyphs for `characters`, with what joins, places and kerns them, as WOFF; `None` when the font has none of them.
pub(in crate::draw) fn subset(typeface: Typeface, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let mut held: IntSet<u32> = IntSet::empty();
    held.extend(characters.iter().filter(|c| typeface.holds(**c)).map(|c| u32::from(*c)));
    if held.is_empty() {
        return None;
    }
    let font = typeface.tables();
    let mut scripts = IntSet::empty();
    scripts.invert();
    let mut names = IntSet::empty();
    names.insert(COPYRIGHT);
    let mut languages = IntSet::empty();
    languages.insert(ENGLISH);
    let plan = Plan::new(
        &IntSet::empty(),
        &held,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DROPPED.iter().copied().collect(),
        &scripts,
        &DEFAULT_LAYOUT_FEATURES.iter().copied().collect(),
        &names,
        &languages,
    );
    woff::of_sfnt(&subset_font(&font, &plan).ok()?)
}

#[cfg(test)]
mod tests {
    use skrifa::MetadataProvider;
    use skrifa::instance::{LocationRef, Size};
    use skrifa::{FontRef, GlyphId};

    use super::*;
    use crate::draw::font::woff::tests::sfnt;

    /// The advance of the glyph that a font has for a character, px at 1000 px.
    fn advance(font: &FontRef, c: char) -> Option<f32> {
        let glyph: GlyphId = font.charmap().map(c)?;
        font.glyph_metrics(Size::new(1000.0), LocationRef::default()).advance_width(glyph)
    }

    #[test]
    fn a_subset_has_the_glyphs_that_were_asked_for_and_no_others() {
        let asked: BTreeSet<char> = "Quorum fi ä 123 שלום مرحبا →節".chars().collect();
        for typeface in Typeface::ALL {
            let part = sfnt(&subset(typeface, &asked).unwrap());
            let (part, whole) = (FontRef::new(&part).unwrap(), typeface.tables());
            for c in ' '..'\u{2fff}' {
                let expected = advance(&whole, c).filter(|_| asked.contains(&c));
                // A subset keeps what brackets become from right to left.
                if asked.contains(&c) || expected.is_some() {
                    assert_eq!(advance(&part, c), expected, "{c:?} of {typeface:?}");
                }
            }
            assert!(advance(&part, 'Z').is_none());
        }
    }

    #[test]
    fn a_subset_is_small_and_always_the_same() {
        let asked: BTreeSet<char> =
            ('a'..='z').chain('A'..='Z').chain('0'..='9').chain(" .,:-/".chars()).collect();
        let part = subset(Typeface::Regular, &asked).unwrap();
        assert!(part.len() < 20_000, "{} bytes", part.len());
        assert_eq!(subset(Typeface::Regular, &asked), Some(part));
    }

    #[test]
    fn nothing_is_made_of_what_the_font_lacks() {
        assert_eq!(subset(Typeface::Regular, &BTreeSet::new()), None);
        assert_eq!(subset(Typeface::Mono, &BTreeSet::from(['節', '\u{10ffff}'])), None);
    }
}
