//! The style sheet of a drawing: its font and the colours of the theme that it uses.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::draw::scene::{Colour, Ink, Mark, Slot};
use crate::draw::theme::Shade;

/// The colours of the theme that a drawing uses.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    fills: BTreeSet<Slot>,
    strokes: BTreeSet<Slot>,
}

impl Sheet {
    /// Looks at all marks of a drawing.
    pub(super) fn of<'a>(marks: impl Iterator<Item = &'a Mark>) -> Self {
        let mut sheet = Self::default();
        sheet.fills.insert(Slot::Canvas);
        for mark in marks {
            match mark {
                Mark::Area(area) => {
                    add(&mut sheet.fills, area.fill);
                    add(&mut sheet.strokes, area.stroke.ink);
                }
                Mark::Line(line) => {
                    add(&mut sheet.strokes, line.stroke.ink);
                    if line.start.or(line.end).is_some() {
                        add(&mut sheet.fills, line.stroke.ink);
                    }
                }
                Mark::Text(text) => add(&mut sheet.fills, text.ink),
            }
        }
        sheet
    }

    /// The rules, valid inside of the drawing only: what text is set in (`lettering`), the light theme in plain colours, for programs that read neither media
    /// queries nor custom properties, then the same with custom properties, then the dark theme.
    pub(super) fn css(&self, id: &str, lettering: &str) -> String {
        let mut css = String::with_capacity(2048);
        css.push_str(lettering);
        self.rules(&mut css, id, |slot| hexadecimal(slot.colour(Shade::Light)));
        let property = |shade| {
            move |slot: Slot| format!("var(--merrow-{},{})", slot.name(), hexadecimal(slot.colour(shade)))
        };
        css.push_str("@media all{");
        self.rules(&mut css, id, property(Shade::Light));
        css.push_str("}@media screen and (prefers-color-scheme:dark){");
        self.rules(&mut css, id, property(Shade::Dark));
        css.push('}');
        css
    }

    fn rules(&self, css: &mut String, id: &str, colour: impl Fn(Slot) -> String) {
        for (property, slots) in [("fill", &self.fills), ("stroke", &self.strokes)] {
            for slot in slots {
                let _ = write!(css, " #{id} .{property}-{}{{{property}:{}}}", slot.name(), colour(*slot));
            }
        }
    }
}

fn add(slots: &mut BTreeSet<Slot>, ink: Ink) {
    if let Ink::Theme(slot) = ink {
        slots.insert(slot);
    }
}

/// The class that fills with a colour of the theme.
pub(super) fn fill_class(ink: Ink) -> Option<String> {
    class("fill", ink)
}

/// The class that strokes with a colour of the theme.
pub(super) fn stroke_class(ink: Ink) -> Option<String> {
    class("stroke", ink)
}

fn class(property: &str, ink: Ink) -> Option<String> {
    match ink {
        Ink::Theme(slot) => Some(format!("{property}-{}", slot.name())),
        Ink::Fixed(_) | Ink::None => None,
    }
}

/// The value of a `fill` or `stroke` attribute; `None` where a class says it.
pub(super) fn colour(ink: Ink) -> Option<String> {
    match ink {
        Ink::None => Some("none".to_owned()),
        Ink::Fixed(colour) => Some(hexadecimal(colour)),
        Ink::Theme(_) => None,
    }
}

/// `#` with three digits where they say the same as six; opacity is for [`opacity`].
fn hexadecimal(colour: Colour) -> String {
    let parts = [colour.red, colour.green, colour.blue];
    let mut out = "#".to_owned();
    let is_short = parts.iter().all(|part| part % 17 == 0);
    for part in parts {
        let _ = if is_short { write!(out, "{:x}", part / 17) } else { write!(out, "{part:02x}") };
    }
    out
}

/// The opacity of a colour that is not solid, 0 to 1.
pub(super) fn opacity(ink: Ink) -> Option<f64> {
    match ink {
        Ink::Fixed(colour) if !colour.is_solid() => Some(f64::from(colour.alpha) / 255.0),
        _ => None,
    }
}
