//! Colours turned, lightened and inverted, as Mermaid derives the colours of a theme from a few of them.

use crate::draw::scene::Colour;

impl Colour {
    /// The colour with its hue turned by so many degrees, and its saturation and lightness changed by so many hundredths
    /// (the colour space of CSS `hsl()`); what leaves the space stays at its border.
    pub(super) fn adjusted(self, degrees: f64, saturation: f64, lightness: f64) -> Self {
        let (own_hue, own_saturation, own_lightness) = self.hsl();
        Self::of_hsl(
            (own_hue + degrees / 360.0).rem_euclid(1.0),
            (own_saturation + saturation / 100.0).clamp(0.0, 1.0),
            (own_lightness + lightness / 100.0).clamp(0.0, 1.0),
            self.alpha,
        )
    }

    /// White minus the colour.
    pub(super) const fn inverted(self) -> Self {
        Self { red: 255 - self.red, green: 255 - self.green, blue: 255 - self.blue, alpha: self.alpha }
    }

    /// Hue in turns, saturation and lightness, each 0 to 1 (CSS Color Module Level 4, section 7.2).
    fn hsl(self) -> (f64, f64, f64) {
        let [red, green, blue] = [self.red, self.green, self.blue].map(|part| f64::from(part) / 255.0);
        let (max, min) = (red.max(green).max(blue), red.min(green).min(blue));
        let (spread, lightness) = (max - min, f64::midpoint(max, min));
        if spread <= 0.0 {
            return (0.0, 0.0, lightness);
        }
        let saturation = spread / (1.0 - (2.0 * lightness - 1.0).abs());
        let sixths = if max <= red {
            (green - blue) / spread
        } else if max <= green {
            (blue - red) / spread + 2.0
        } else {
            (red - green) / spread + 4.0
        };
        ((sixths / 6.0).rem_euclid(1.0), saturation.clamp(0.0, 1.0), lightness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_turn_as_in_css() {
        let table = [
            (0xff_0000, (120.0, 0.0, 0.0), 0x00_ff00),
            (0x80_8080, (90.0, 0.0, 0.0), 0x80_8080),
            (0xff_0000, (0.0, 0.0, 25.0), 0xff_8080),
            (0xff_0000, (0.0, -100.0, 0.0), 0x80_8080),
            (0xff_ffff, (0.0, 0.0, 5.0), 0xff_ffff),
            (0x00_00ff, (-240.0, 0.0, 0.0), 0xff_0000),
        ];
        for (colour, (degrees, saturation, lightness), expected) in table {
            let found = Colour::solid(colour).adjusted(degrees, saturation, lightness);
            assert_eq!(found, Colour::solid(expected), "{colour:06x}");
        }
        assert_eq!(Colour::solid(0x12_3456).inverted(), Colour::solid(0xed_cba9));
    }
}
