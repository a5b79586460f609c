//! Makes what is painted readable: text reaches the contrast that people need on whatever it stands on, on light pages and
//! on dark ones (WCAG 2.2, success criterion 1.4.3), and lines can be seen.
//!
//! A layout says what an author asks for; here it is seen whether that works with the colours of the theme.

use std::collections::BTreeMap;

use super::geometry::{Point, Rect};
use super::palette::{Palette, Shade};
use super::scene::{Area, Colour, Form, Ink, Item, Mark, Role, Scene, SceneKind, Slot, Stroke};

/// The least contrast of text.
pub const TEXT_CONTRAST: f64 = 4.5;
/// The least contrast of a line that an author colours; a fainter one would be lost on one of the pages.
const LINE_CONTRAST: f64 = 1.6;
/// A line that is seen on light and on dark.
const GREY: Colour = Colour::solid(0x8a_94a0);
/// Text on an author's light and dark fills.
const DARK_TEXT: Colour = Colour::solid(0x11_1820);
const LIGHT_TEXT: Colour = Colour::solid(0xff_ffff);

/// Replaces what would not be read or seen. An author's colours of text stay when `keeps_colors`.
///
/// What an author lets shine through is painted as it looks on the light canvas: what lies below differs between light and
/// dark, and text is read on one of them only. The pale backgrounds of sequence diagrams stay clear.
pub fn settle(scene: &mut Scene, keeps_colors: bool) {
    let settler = Settler { palette: scene.palette, kind: scene.kind, keeps_colors };
    // What is seen inside of each cluster.
    let mut grounds: BTreeMap<String, Ink> = BTreeMap::new();
    let holders: BTreeMap<String, String> = scene
        .items
        .iter()
        .filter_map(|item| match &item.role {
            Role::Node { id, parent, .. } | Role::Cluster { id, parent, .. } => {
                Some((id.clone(), parent.clone()?))
            }
            _ => None,
        })
        .collect();
    for item in &mut scene.items {
        let below = match &item.role {
            Role::Node { parent: Some(parent), .. } | Role::Cluster { parent: Some(parent), .. } => {
                grounds.get(parent).copied()
            }
            _ => None,
        };
        let below = below.unwrap_or(Ink::Theme(Slot::Canvas));
        if let Role::Edge { from, to, .. } = &item.role {
            let ground = |id: &String| holders.get(id).and_then(|holder| grounds.get(holder)).copied();
            let grounds = [from, to].map(|id| ground(id).unwrap_or(Ink::Theme(Slot::Canvas)));
            settler.item(item, below);
            settler.edge(item, grounds);
            continue;
        }
        settler.item(item, below);
        if let Role::Cluster { id, .. } = &item.role {
            let fill = item.marks.iter().find_map(|mark| match mark {
                Mark::Area(area) => Some(area.fill).filter(|fill| *fill != Ink::None),
                _ => None,
            });
            grounds.insert(id.clone(), fill.unwrap_or(below));
        }
    }
}

/// The colour of text that is read on `below`. On middle tones only black is.
pub fn read_best(below: Colour) -> Colour {
    let (dark, light) = (DARK_TEXT.contrast(below), LIGHT_TEXT.contrast(below));
    if dark.max(light) < TEXT_CONTRAST {
        Colour::solid(0)
    } else if dark >= light {
        DARK_TEXT
    } else {
        LIGHT_TEXT
    }
}

struct Settler {
    palette: Palette,
    kind: SceneKind,
    keeps_colors: bool,
}

impl Settler {
    fn item(&self, item: &mut Item, below: Ink) {
        let mut painted: Vec<(Rect, Ink)> = Vec::new();
        let mut changed: Vec<(Ink, Ink)> = Vec::new();
        for mark in &mut item.marks {
            if let (Role::Node { .. }, Ink::Fixed(_), Mark::Line(line)) = (&item.role, below, &mut *mark)
                && painted.iter().all(|(_, fill)| *fill == Ink::None)
                && self.palette.contrast(line.stroke.ink, below) < LINE_CONTRAST
            {
                line.stroke.ink = Ink::Fixed(GREY);
            }
            match mark {
                Mark::Area(area) => {
                    self.area(area, &item.role);
                    painted.push((extent(&area.form), area.fill));
                }
                Mark::Line(line) => self.stroke(&mut line.stroke, &item.role),
                Mark::Text(block) => {
                    let Some(line) = block.lines.first() else { continue };
                    // Letters stand above their baseline.
                    let at = line.at.moved(0.0, -block.size / 3.0);
                    let holds = |(rect, fill): &&(Rect, Ink)| *fill != Ink::None && is_in(at, *rect);
                    let ground = painted.iter().rev().find(holds).map_or(below, |(_, fill)| *fill);
                    let ink = self.ink_on(block.ink, ground);
                    if ink != block.ink {
                        changed.push((block.ink, ink));
                        block.ink = ink;
                    }
                }
            }
        }
        // A picture in a node has the colour of its text.
        if matches!(item.role, Role::Node { .. }) {
            for (before, after) in changed {
                for mark in &mut item.marks {
                    match mark {
                        Mark::Area(area) if area.fill == before && area.stroke.ink == Ink::None => {
                            area.fill = after;
                        }
                        Mark::Line(line) if line.stroke.ink == before => line.stroke.ink = after,
                        _ => {}
                    }
                }
            }
        }
    }

    fn area(&self, area: &mut Area, role: &Role) {
        area.fill = match area.fill {
            Ink::Fixed(colour) if !colour.is_solid() => Ink::Fixed(if self.kind == SceneKind::Sequence {
                self.pale(colour)
            } else {
                colour.over(self.palette.colour(Slot::Canvas, Shade::Light))
            }),
            Ink::Theme(Slot::Canvas | Slot::ClusterFill)
                if matches!(role, Role::EdgeLabel { .. }) && self.has_own_plates() =>
            {
                Ink::Theme(Slot::Plate)
            }
            fill => fill,
        };
        if !matches!(area.fill, Ink::Fixed(_)) {
            self.stroke(&mut area.stroke, role);
        }
    }

    /// The author of a theme gave the labels of edges a ground of their own.
    fn has_own_plates(&self) -> bool {
        self.palette.colour(Slot::Plate, Shade::Light) != self.palette.colour(Slot::Canvas, Shade::Light)
    }

    /// The colour of a background, so faint that text is read on two of them above each other.
    fn pale(&self, colour: Colour) -> Colour {
        let is_read = |tint: Colour| {
            self.palette.shades().iter().all(|shade| {
                let canvas = self.palette.colour(Slot::Canvas, *shade);
                let text = self.palette.colour(Slot::Text, *shade);
                text.contrast(tint.over(tint.over(canvas))) >= TEXT_CONTRAST
            })
        };
        let mut tint = colour;
        while tint.alpha > 0 && !is_read(tint) {
            tint.alpha = tint.alpha / 4 * 3;
        }
        tint
    }

    /// A line that runs over fills of the author's, on which the theme's colour cannot be seen, is grey.
    fn edge(&self, item: &mut Item, grounds: [Ink; 2]) {
        if !grounds.iter().any(|ground| matches!(ground, Ink::Fixed(_))) {
            return;
        }
        let least = |ink: Ink| {
            grounds.iter().map(|ground| self.palette.contrast(ink, *ground)).fold(f64::MAX, f64::min)
        };
        for mark in &mut item.marks {
            if let Mark::Line(line) = mark
                && line.stroke.ink != Ink::None
                && least(line.stroke.ink) < LINE_CONTRAST
                && least(Ink::Fixed(GREY)) > least(line.stroke.ink)
            {
                line.stroke.ink = Ink::Fixed(GREY);
            }
        }
    }

    /// A line of the author's that cannot be seen takes the theme's colour.
    fn stroke(&self, stroke: &mut Stroke, role: &Role) {
        let slot = match role {
            Role::Edge { .. } => Slot::Line,
            Role::Node { .. } => Slot::NodeStroke,
            Role::Cluster { .. } => Slot::ClusterStroke,
            _ => return,
        };
        if matches!(stroke.ink, Ink::Fixed(_))
            && self.palette.contrast(stroke.ink, Ink::Theme(Slot::Canvas)) < LINE_CONTRAST
        {
            stroke.ink = Ink::Theme(slot);
        }
    }

    /// The ink that is wanted where it is read on `ground`, else one that is.
    fn ink_on(&self, wanted: Ink, ground: Ink) -> Ink {
        if self.keeps_colors && matches!(wanted, Ink::Fixed(_)) {
            return wanted;
        }
        // What a theme writes there.
        let usual = match ground {
            Ink::Theme(Slot::NodeFill) => Slot::NodeText,
            Ink::Theme(Slot::FragmentTab) => Slot::TabText,
            Ink::Theme(Slot::NoteFill) => Slot::NoteText,
            Ink::Theme(Slot::ClusterFill) => Slot::QuietText,
            _ => Slot::Text,
        };
        let wanted = match (wanted, usual) {
            (Ink::Theme(Slot::Text), Slot::NodeText | Slot::TabText | Slot::NoteText) => Ink::Theme(usual),
            (wanted, _) => wanted,
        };
        let is_read = |ink: &Ink| self.palette.contrast(*ink, ground) >= TEXT_CONTRAST;
        if is_read(&wanted) {
            return wanted;
        }
        if let Ink::Fixed(colour) = ground {
            return Ink::Fixed(read_best(colour));
        }
        let others = [usual, Slot::Text, Slot::NodeText, Slot::NoteText, Slot::Canvas].map(Ink::Theme);
        others.into_iter().find(is_read).unwrap_or_else(|| match self.palette.seen(ground, Shade::Light) {
            Some(colour) if self.palette.shades().len() == 1 => Ink::Fixed(read_best(colour)),
            _ => Ink::Theme(usual),
        })
    }
}

/// The box around a form; curves reach no further than their ends here.
fn extent(form: &Form) -> Rect {
    match form {
        Form::Rect { rect, .. } | Form::Ellipse(rect) => *rect,
        Form::Path(path) => {
            let mut points = path.points().map(|point| Rect::new(point.x, point.y, 0.0, 0.0));
            let first = points.next().unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0));
            points.fold(first, Rect::union)
        }
    }
}

fn is_in(point: Point, rect: Rect) -> bool {
    rect.x <= point.x && point.x <= rect.right() && rect.y <= point.y && point.y <= rect.bottom()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settler(keeps_colors: bool) -> Settler {
        Settler { palette: Palette::merrow(), kind: SceneKind::Flowchart, keeps_colors }
    }

    fn fixed(rgb: u32) -> Ink {
        Ink::Fixed(Colour::solid(rgb))
    }

    #[test]
    fn text_is_read_on_every_ground() {
        let node = Ink::Theme(Slot::NodeFill);
        let text = Ink::Theme(Slot::Text);
        let table = [
            (text, node, Ink::Theme(Slot::NodeText)),
            (fixed(0xff_ffff), fixed(0x4c_af50), Ink::Fixed(DARK_TEXT)),
            (fixed(0xff_ffff), fixed(0x2c_3e50), fixed(0xff_ffff)),
            (text, fixed(0x2c_3e50), Ink::Fixed(LIGHT_TEXT)),
            (fixed(0x99_0000), fixed(0xff_cccc), fixed(0x99_0000)),
            (fixed(0xff_ffff), node, Ink::Theme(Slot::NodeText)),
            (fixed(0), Ink::Theme(Slot::ClusterFill), Ink::Theme(Slot::QuietText)),
            (Ink::Theme(Slot::Canvas), Ink::Theme(Slot::Line), Ink::Theme(Slot::Canvas)),
        ];
        for (wanted, ground, expected) in table {
            assert_eq!(settler(false).ink_on(wanted, ground), expected, "{wanted:?} on {ground:?}");
        }
        assert_eq!(settler(true).ink_on(fixed(0xff_ffff), fixed(0xff_ff00)), fixed(0xff_ffff));
    }

    #[test]
    fn there_is_text_for_every_grey() {
        for grey in 0..=255_u32 {
            let below = Colour::solid(grey * 0x01_0101);
            assert!(read_best(below).contrast(below) >= TEXT_CONTRAST, "{grey}");
        }
    }

    #[test]
    fn a_line_that_one_of_the_pages_hides_takes_the_themes_colour() {
        for (rgb, expected) in [(0x11_1111, Ink::Theme(Slot::Line)), (0xff_0000, fixed(0xff_0000))] {
            let mut stroke = Stroke { ink: fixed(rgb), width: 1.0, dashes: Vec::new() };
            let role = Role::Edge { id: String::new(), from: String::new(), to: String::new() };
            settler(false).stroke(&mut stroke, &role);
            assert_eq!(stroke.ink, expected, "{rgb:06x}");
        }
    }
}
