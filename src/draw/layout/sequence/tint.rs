//! The colours of boxes and backgrounds.

use crate::draw::scene::Colour;

/// How much of a background's colour shows at most: so little that text is legible on it in the light and in the dark theme,
/// even where a background lies in a box.
pub(super) const MAX_ALPHA: u8 = 52;

/// The colour that an author gives a background; `None` when it leaves nothing to see on white, or is no colour.
///
/// Authors choose pale colours for white pages. What is left of such a colour without its white looks the same on a white
/// page and is a shade of the page on a dark one.
#[expect(clippy::cast_sign_loss, reason = "neither part nor opacity is negative")]
pub(super) fn tint(css: &str) -> Option<Colour> {
    let colour = Colour::parse(css)?.over(Colour::solid(0xff_ffff));
    let white = colour.red.min(colour.green).min(colour.blue);
    let alpha = 255 - white;
    if alpha == 0 {
        return None;
    }
    let part = |value: u8| (f64::from(value - white) / f64::from(alpha) * 255.0).round() as u8;
    let alpha = alpha.min(MAX_ALPHA);
    Some(Colour { red: part(colour.red), green: part(colour.green), blue: part(colour.blue), alpha })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::palette::SHADES;
    use crate::draw::scene::Slot;

    #[test]
    fn a_pale_colour_looks_the_same_on_white() {
        for css in ["rgb(220, 235, 255)", "#fff0cc", "rgba(0, 128, 255, 0.2)"] {
            let white = Colour::solid(0xff_ffff);
            let (asked, shown) = (Colour::parse(css).unwrap().over(white), tint(css).unwrap().over(white));
            let parts = |colour: Colour| [colour.red, colour.green, colour.blue];
            for (asked, shown) in parts(asked).into_iter().zip(parts(shown)) {
                assert!(asked.abs_diff(shown) <= 1, "{css}");
            }
        }
    }

    #[test]
    fn text_is_legible_on_any_tint() {
        for css in ["black", "red", "rgb(0, 255, 0)", "#00f", "yellow", "rgb(204, 0, 102)"] {
            for shade in SHADES {
                let tint = tint(css).unwrap();
                // Two above each other: a background in a box.
                let ground = tint.over(tint.over(Slot::Canvas.colour(shade)));
                let contrast = Slot::Text.colour(shade).contrast(ground);
                assert!(contrast >= 4.5, "{css} {shade:?} {contrast}");
            }
        }
        assert_eq!(tint("transparent"), None);
        assert_eq!(tint("white"), None);
        assert_eq!(tint("no colour"), None);
    }
}
