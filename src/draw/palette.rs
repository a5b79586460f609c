//! What the colours of a theme look like on a light page and on a dark one.

use super::ink::{Colour, Ink, Slot};

/// What the page around a drawing is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// Dark text on light ground; also what is printed.
    Light,
    /// Light text on dark ground.
    Dark,
}

/// Both, the default first.
pub const SHADES: [Shade; 2] = [Shade::Light, Shade::Dark];

/// Every colour of a theme, in the order of [`Slot`].
pub(super) const SLOTS: [Slot; 19] = [
    Slot::Canvas,
    Slot::Text,
    Slot::QuietText,
    Slot::NodeText,
    Slot::NodeFill,
    Slot::NodeStroke,
    Slot::ClusterFill,
    Slot::ClusterStroke,
    Slot::Line,
    Slot::Lifeline,
    Slot::Plate,
    Slot::NoteFill,
    Slot::NoteStroke,
    Slot::NoteText,
    Slot::ActivationFill,
    Slot::FragmentStroke,
    Slot::FragmentTab,
    Slot::TabText,
    Slot::Pseudostate,
];

/// The colours of a theme; all of them are solid, so that what is read on one does not depend on what lies below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    light: [Colour; SLOTS.len()],
    dark: Option<[Colour; SLOTS.len()]>,
}

impl Palette {
    /// A theme that looks different on light and on dark pages.
    pub(super) fn of_both(colour: impl Fn(Slot, Shade) -> Colour) -> Self {
        let all = |shade| SLOTS.map(|slot| colour(slot, shade));
        Self { light: all(Shade::Light), dark: Some(all(Shade::Dark)) }
    }

    /// A theme that looks the same on every page.
    pub(super) fn of_one(colour: impl Fn(Slot) -> Colour) -> Self {
        Self { light: SLOTS.map(colour), dark: None }
    }

    /// The colour of a slot on a page of this shade.
    pub const fn colour(&self, slot: Slot, shade: Shade) -> Colour {
        match (shade, &self.dark) {
            (Shade::Dark, Some(dark)) => dark[slot as usize],
            _ => self.light[slot as usize],
        }
    }

    /// The shades that differ: one for a theme that looks the same on every page.
    pub const fn shades(&self) -> &'static [Shade] {
        if self.dark.is_some() { &SHADES } else { &[Shade::Light] }
    }

    /// What is seen of an ink on a page of this shade, on the theme's own ground; `None` where nothing is painted.
    pub fn seen(&self, ink: Ink, shade: Shade) -> Option<Colour> {
        match ink {
            Ink::None => None,
            Ink::Theme(slot) => Some(self.colour(slot, shade)),
            Ink::Fixed(colour) => Some(colour.over(self.colour(Slot::Canvas, shade))),
        }
    }

    /// The least contrast of two inks on any page, 1 to 21; what is not painted is the canvas.
    pub fn contrast(&self, ink: Ink, ground: Ink) -> f64 {
        let on = |shade: &Shade| {
            let below = self.seen(ground, *shade).unwrap_or(self.colour(Slot::Canvas, *shade));
            let above = match ink {
                Ink::Fixed(colour) => colour.over(below),
                ink => self.seen(ink, *shade).unwrap_or(below),
            };
            above.contrast(below)
        };
        self.shades().iter().map(on).fold(f64::MAX, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_listed_in_their_order() {
        assert!(SLOTS.iter().enumerate().all(|(index, slot)| *slot as usize == index));
    }
}
