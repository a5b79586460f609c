//! Colours as CSS writes them, and how well one is read on another.

mod named;

use std::fmt::Write;

use super::ink::Colour;

impl Colour {
    /// The solid colour of these parts.
    pub const fn solid(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self { red, green, blue, alpha: 255 }
    }

    /// Reads a colour: a name, `#` with 3, 4, 6 or 8 digits, `rgb()`, `rgba()`, `hsl()`, `hsla()` in their old and new
    /// spelling (CSS Color Module Level 4, sections 4 to 6); `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if let Some(digits) = text.strip_prefix('#') {
            return hexadecimal(digits);
        }
        if text == "transparent" {
            return Some(Self { red: 0, green: 0, blue: 0, alpha: 0 });
        }
        match text.split_once('(') {
            None => named::rgb(&text).map(Self::solid),
            Some((name, rest)) => function(name.trim_end(), rest.strip_suffix(')')?),
        }
    }

    /// The colour of this hue in turns, saturation and lightness, each 0 to 1.
    pub(super) fn of_hsl(hue: f64, saturation: f64, lightness: f64, alpha: u8) -> Self {
        let [red, green, blue] = from_hsl(hue, saturation, lightness).map(|part| byte(part * 255.0));
        Self { red, green, blue, alpha }
    }

    /// `#` with three digits where they say the same as six; opacity is left out.
    pub fn hexadecimal(self) -> String {
        let parts = [self.red, self.green, self.blue];
        let mut out = "#".to_owned();
        let is_short = parts.iter().all(|part| part % 17 == 0);
        for part in parts {
            let _ = if is_short { write!(out, "{:x}", part / 17) } else { write!(out, "{part:02x}") };
        }
        out
    }

    /// True when nothing shines through.
    pub const fn is_solid(self) -> bool {
        self.alpha == 255
    }

    /// This colour with a `share` of its opacity, 0 to 1.
    pub fn faded(self, share: f64) -> Self {
        Self { alpha: byte(f64::from(self.alpha) * share), ..self }
    }

    /// What is seen when this colour is painted over a solid one.
    pub fn over(self, below: Self) -> Self {
        Self { alpha: 255, ..below.mixed(Self { alpha: 255, ..self }, f64::from(self.alpha) / 255.0) }
    }

    /// This colour with a `share` of another, 0 to 1.
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let part = |own: u8, other: u8| {
            let value = f64::from(own) + (f64::from(other) - f64::from(own)) * share.clamp(0.0, 1.0);
            byte(value)
        };
        Self {
            red: part(self.red, other.red),
            green: part(self.green, other.green),
            blue: part(self.blue, other.blue),
            alpha: part(self.alpha, other.alpha),
        }
    }

    /// Relative luminance, 0 for black to 1 for white (WCAG 2.2); opacity does not count.
    pub fn luminance(self) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { power_of_2_4((value + 0.055) / 1.055) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast of two solid colours, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }
}

/// `x` to the power of 2.4 for `x` in 0 to 1: `x` squared times the fifth root of `x` squared, by Newton's method. The
/// power function of the standard library differs between machines.
fn power_of_2_4(x: f64) -> f64 {
    let square = x * x;
    let mut root = 1.0;
    for _ in 0..24 {
        let fourth = root * root * root * root;
        root -= (fourth * root - square) / (5.0 * fourth);
    }
    square * root
}

/// The nearest whole number from 0 to 255.
#[expect(clippy::cast_sign_loss, reason = "clamped")]
fn byte(value: f64) -> u8 {
    value.clamp(0.0, 255.0).round() as u8
}

fn hexadecimal(digits: &str) -> Option<Colour> {
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let double = |shift: u32| ((value >> shift & 0xf) * 0x11) as u8;
    let [first, second, third, fourth] = value.to_be_bytes();
    let (red, green, blue, alpha) = match digits.len() {
        3 => (double(8), double(4), double(0), 255),
        4 => (double(12), double(8), double(4), double(0)),
        6 => (second, third, fourth, 255),
        8 => (first, second, third, fourth),
        _ => return None,
    };
    Some(Colour { red, green, blue, alpha })
}

/// `rgb()` or `hsl()` with what stands between the brackets.
fn function(name: &str, inside: &str) -> Option<Colour> {
    let parts: Vec<&str> =
        inside.split([',', '/', ' ', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let [first, second, third, rest @ ..] = parts.as_slice() else {
        return None;
    };
    let alpha = match rest {
        [] => 255.0,
        [alpha] => share(alpha, 1.0)? * 255.0,
        _ => return None,
    };
    let parts = match name {
        "rgb" | "rgba" => [share(first, 255.0)?, share(second, 255.0)?, share(third, 255.0)?],
        "hsl" | "hsla" => from_hsl(hue(first)?, share(second, 100.0)?, share(third, 100.0)?),
        _ => return None,
    };
    let [red, green, blue] = parts.map(|part| byte(part * 255.0));
    Some(Colour { red, green, blue, alpha: byte(alpha) })
}

/// A percentage, or a number of which `whole` is all, as a share from 0 to 1.
fn share(text: &str, whole: f64) -> Option<f64> {
    let (number, whole) = match text.strip_suffix('%') {
        Some(number) => (number, 100.0),
        None => (text, whole),
    };
    let share = number.parse::<f64>().ok().filter(|number| number.is_finite())? / whole;
    Some(share.clamp(0.0, 1.0))
}

/// An angle in turns, 0 to 1.
fn hue(text: &str) -> Option<f64> {
    let (number, turn) = match text.strip_suffix("turn") {
        Some(number) => (number, 1.0),
        None => (text.strip_suffix("deg").unwrap_or(text), 360.0),
    };
    let turns = number.parse::<f64>().ok().filter(|number| number.is_finite())? / turn;
    Some(turns.rem_euclid(1.0))
}

/// CSS Color Module Level 4, section 7.1: red, green and blue, each 0 to 1.
fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let reach = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|n| {
        let k = (n + hue * 12.0) % 12.0;
        lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_css_means_them() {
        let table = [
            ("#f96", Some((0xff, 0x99, 0x66, 255))),
            ("#F968", Some((0xff, 0x99, 0x66, 0x88))),
            ("#4caf50", Some((0x4c, 0xaf, 0x50, 255))),
            ("#4caf5080", Some((0x4c, 0xaf, 0x50, 0x80))),
            (" RebeccaPurple ", Some((0x66, 0x33, 0x99, 255))),
            ("transparent", Some((0, 0, 0, 0))),
            ("rgb(1, 2,3)", Some((1, 2, 3, 255))),
            ("rgb(100% 0% 50% / 50%)", Some((255, 0, 128, 128))),
            ("rgba(0,0,0,.25)", Some((0, 0, 0, 64))),
            ("hsl(120, 100%, 50%)", Some((0, 255, 0, 255))),
            ("hsl(0.5turn 100% 25%)", Some((0, 128, 128, 255))),
            ("hsl(-120deg, 50%, 50%)", Some((64, 64, 191, 255))),
            ("#12", None),
            ("#+12", None),
            ("#ggg", None),
            ("rgb(1,2)", None),
            ("rgb(1,2,3", None),
            ("rgb(NaN,2,3)", None),
            ("var(--x)", None),
            ("url(#x)", None),
            ("none", None),
            ("", None),
        ];
        for (text, expected) in table {
            let found =
                Colour::parse(text).map(|colour| (colour.red, colour.green, colour.blue, colour.alpha));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let (white, black) = (Colour::solid(0xff_ffff), Colour::solid(0));
        assert!((white.contrast(black) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // #767676 is the lightest grey that is read on white.
        assert!(white.contrast(Colour::solid(0x76_7676)) >= 4.5);
        assert!(white.contrast(Colour::solid(0x77_7777)) < 4.5);
    }

    #[test]
    fn what_is_clear_shows_what_is_below() {
        let white = Colour::solid(0xff_ffff);
        assert_eq!(Colour { alpha: 0, ..Colour::solid(0) }.over(white), white);
        assert_eq!(Colour { alpha: 51, ..Colour::solid(0) }.over(white), Colour::solid(0xcc_cccc));
    }
}
