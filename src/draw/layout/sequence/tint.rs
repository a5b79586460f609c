//! The colours of boxes and backgrounds.

use crate::draw::scene::Colour;

/// How much of a background's colour shows: so little that text, lifelines and notes are as legible on it as on the canvas,
/// in the light and in the dark theme.
const MAX_ALPHA: u8 = 56;

/// The colour that an author gives a background; `None` when it is transparent or no colour.
pub(super) fn tint(css: &str) -> Option<Colour> {
    let colour = Colour::parse(css)?;
    let alpha = colour.alpha.min(MAX_ALPHA);
    (alpha > 0).then_some(Colour { alpha, ..colour })
}
