//! The style sheet of a drawing: its font and the colours of the theme that it uses.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::draw::scene::{Ink, Item, Mark, Slot};

use super::number::Number;
use super::switch::Switch;
use crate::draw::palette::{Palette, Shade};

/// Mermaid's classes of edges that move, and how fast their dashes do, px per second.
const MOTIONS: [(&str, f64); 2] = [("edge-animation-slow", 18.0), ("edge-animation-fast", 45.0)];
/// How far dashes move before they start again, px: a multiple of the period of most patterns, so that nothing jumps.
const DASH_WAY: f64 = 840.0;

/// The colours of the theme that a drawing uses.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    fills: BTreeSet<Slot>,
    strokes: BTreeSet<Slot>,
    moves: bool,
}

impl Sheet {
    /// Looks at all marks of a drawing.
    pub(super) fn of(items: &[Item]) -> Self {
        let mut sheet = Self::default();
        sheet.fills.insert(Slot::Canvas);
        sheet.moves = items
            .iter()
            .flat_map(|item| &item.classes)
            .any(|class| MOTIONS.iter().any(|(moving, _)| moving == class));
        for mark in items.iter().flat_map(|item| &item.marks) {
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
    /// queries nor custom properties, then the same with custom properties, then the dark theme. A theme that looks the same
    /// on every page has its plain colours only.
    pub(super) fn css(&self, id: &str, palette: &Palette, lettering: &str, switch: &Switch) -> String {
        let mut css = String::with_capacity(2048);
        css.push_str(lettering);
        let inside = format!("#{id}");
        self.rules(&mut css, &inside, |slot| palette.colour(slot, Shade::Light).hexadecimal());
        if palette.shades().len() > 1 {
            let property = |shade| {
                move |slot: Slot| {
                    format!("var(--merrow-{},{})", slot.name(), palette.colour(slot, shade).hexadecimal())
                }
            };
            css.push_str("@media all{");
            self.rules(&mut css, &inside, property(Shade::Light));
            css.push('}');
            // A site with a switch for the dark only is light where it is not thrown.
            if switch.dark.is_empty() || !switch.light.is_empty() {
                css.push_str("@media screen and (prefers-color-scheme:dark){");
                self.rules(&mut css, &inside, property(Shade::Dark));
                css.push('}');
            }
            for (selectors, shade) in [(&switch.dark, Shade::Dark), (&switch.light, Shade::Light)] {
                if !selectors.is_empty() {
                    css.push_str("@media screen{");
                    self.rules(&mut css, &format!(":is({selectors}) #{id}"), property(shade));
                    css.push('}');
                }
            }
        }
        if self.moves {
            motion(&mut css, id);
        }
        css
    }

    fn rules(&self, css: &mut String, inside: &str, colour: impl Fn(Slot) -> String) {
        for (property, slots) in [("fill", &self.fills), ("stroke", &self.strokes)] {
            for slot in slots {
                let name = slot.name();
                let _ = write!(css, " {inside} .{property}-{name}{{{property}:{}}}", colour(*slot));
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
        Ink::Fixed(colour) => Some(colour.hexadecimal()),
        Ink::Theme(_) => None,
    }
}

/// The opacity of a colour that is not solid, 0 to 1.
pub(super) fn opacity(ink: Ink) -> Option<f64> {
    match ink {
        Ink::Fixed(colour) if !colour.is_solid() => Some(f64::from(colour.alpha) / 255.0),
        _ => None,
    }
}

/// Dashes move only for people who did not ask for less motion.
fn motion(css: &mut String, id: &str) {
    css.push_str("@media (prefers-reduced-motion:no-preference){");
    for (class, speed) in MOTIONS {
        let _ = write!(
            css,
            " #{id} .{class}{{animation:{id}-dash {}s linear infinite}}",
            Number(DASH_WAY / speed)
        );
    }
    let _ = write!(css, "}}@keyframes {id}-dash{{from{{stroke-dashoffset:{}}}}}", Number(DASH_WAY));
}
