//! What an author's style declarations make of the theme.
//!
//! Fills and strokes of the author stay, in the dark too; text is always read: its colour is the author's only where the
//! contrast to what it stands on reaches 4.5 (WCAG 2.2, success criterion 1.4.3).

use std::collections::BTreeMap;

use crate::mermaid::diagram::ClassDef;

use super::scene::{Colour, Ink, Slot, Stroke};
use super::theme::SHADES;

/// The least contrast of text.
const TEXT_CONTRAST: f64 = 4.5;
/// The least contrast of a line that an author colours; a fainter one would be lost on one of the themes.
const LINE_CONTRAST: f64 = 1.6;
/// Width of borders, px.
const BORDER: f64 = 1.25;
/// The widest line that is painted, px.
const MAX_STROKE_WIDTH: f64 = 8.0;
/// Text on an author's light and dark fills.
const DARK_TEXT: Colour = Colour::solid(0x11_1820);
const LIGHT_TEXT: Colour = Colour::solid(0xff_ffff);

/// What declarations say, as far as it is drawn. `None`: they say nothing about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wishes {
    fill: Option<Ink>,
    stroke: Option<Ink>,
    stroke_width: Option<f64>,
    dashes: Option<Vec<f64>>,
    color: Option<Colour>,
    /// `font-weight`.
    pub is_bold: Option<bool>,
    /// `font-style`.
    pub is_italic: Option<bool>,
}

impl Wishes {
    /// Reads declarations such as `fill:#f96`; those that are not understood say nothing.
    pub fn of(declarations: &[String]) -> Self {
        let mut wishes = Self::default();
        for declaration in rejoined(declarations) {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_end_matches(';');
            wishes.declare(name.trim(), value.strip_suffix("!important").unwrap_or(value).trim());
        }
        wishes
    }

    fn declare(&mut self, name: &str, value: &str) {
        match name {
            "fill" | "background" | "background-color" => self.fill = ink(value).or(self.fill),
            "stroke" | "border-color" => self.stroke = ink(value).or(self.stroke),
            "stroke-width" => {
                let width = value.strip_suffix("px").unwrap_or(value).trim().parse::<f64>().ok();
                let width = width.filter(|width| width.is_finite());
                self.stroke_width =
                    width.map(|width| width.clamp(0.0, MAX_STROKE_WIDTH)).or(self.stroke_width);
            }
            "stroke-dasharray" => self.dashes = dashes(value).or(self.dashes.take()),
            "color" => self.color = Colour::parse(value).or(self.color),
            "font-weight" => {
                let is_heavy = value.parse::<u32>().is_ok_and(|weight| weight >= 600);
                self.is_bold = Some(is_heavy || matches!(value, "bold" | "bolder"));
            }
            "font-style" => self.is_italic = Some(value == "italic" || value.starts_with("oblique")),
            _ => {}
        }
    }

    /// What `later` says wins.
    pub fn and(self, later: &Self) -> Self {
        Self {
            fill: later.fill.or(self.fill),
            stroke: later.stroke.or(self.stroke),
            stroke_width: later.stroke_width.or(self.stroke_width),
            dashes: later.dashes.clone().or(self.dashes),
            color: later.color.or(self.color),
            is_bold: later.is_bold.or(self.is_bold),
            is_italic: later.is_italic.or(self.is_italic),
        }
    }

    /// The paint of an area whose theme is `theme`.
    pub fn area(&self, theme: &Paint) -> Paint {
        let fill = self.fill.map_or(theme.fill, flat);
        let is_own_fill = matches!(fill, Ink::Fixed(_));
        let ink = match (self.stroke, fill) {
            (Some(Ink::Fixed(colour)), _) if !is_own_fill && !is_seen(colour) => theme.stroke.ink,
            (Some(stroke), _) => stroke,
            (None, Ink::Fixed(colour)) => Ink::Fixed(border_of(colour)),
            (None, _) => theme.stroke.ink,
        };
        Paint { fill, stroke: self.stroke_of(ink, &theme.stroke), text: self.text_on(fill, theme.text) }
    }

    /// The stroke of a line whose theme is `theme`.
    pub fn line(&self, theme: &Stroke) -> Stroke {
        let ink = match self.stroke {
            Some(Ink::Fixed(colour)) if is_seen(colour) => Ink::Fixed(Colour { alpha: 255, ..colour }),
            Some(Ink::None) => Ink::None,
            _ => theme.ink,
        };
        self.stroke_of(ink, theme)
    }

    fn stroke_of(&self, ink: Ink, theme: &Stroke) -> Stroke {
        Stroke {
            ink,
            width: self.stroke_width.unwrap_or(theme.width),
            dashes: self.dashes.clone().unwrap_or_else(|| theme.dashes.clone()),
        }
    }

    /// The colour of text on `ground`: the author's where it is read, else `theme` on the theme's ground, else what is read
    /// best.
    pub fn text_on(&self, ground: Ink, theme: Ink) -> Ink {
        if let Some(color) = self.color
            && SHADES.iter().all(|shade| {
                let below = ground.colour(*shade).unwrap_or(Slot::Canvas.colour(*shade));
                color.over(below).contrast(below) >= TEXT_CONTRAST
            })
        {
            return Ink::Fixed(color);
        }
        match ground {
            Ink::Fixed(below) => Ink::Fixed(read_best(below)),
            Ink::Theme(_) | Ink::None => theme,
        }
    }
}

/// How an area and the text in it are painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Paint {
    /// Its inside.
    pub fill: Ink,
    /// Its border.
    pub stroke: Stroke,
    /// Text in it.
    pub text: Ink,
}

impl Paint {
    /// The theme's paint for an area.
    pub const fn theme(fill: Slot, stroke: Slot, text: Slot) -> Self {
        let stroke = Stroke { ink: Ink::Theme(stroke), width: BORDER, dashes: Vec::new() };
        Self { fill: Ink::Theme(fill), stroke, text: Ink::Theme(text) }
    }
}

/// The classes of a diagram.
#[derive(Debug, Default)]
pub struct Classes {
    by_name: BTreeMap<String, Wishes>,
}

impl Classes {
    /// Reads the definitions; a later one of the same name adds to the earlier.
    pub fn of(definitions: &[ClassDef]) -> Self {
        let mut by_name: BTreeMap<String, Wishes> = BTreeMap::new();
        for definition in definitions {
            // `classDef a,b` defines two.
            for name in definition.name.split(',') {
                let known = by_name.entry(name.trim().to_owned()).or_default();
                *known = std::mem::take(known).and(&Wishes::of(&definition.styles));
            }
        }
        Self { by_name }
    }

    /// What the classes of a node and its own declarations say together; every node is of the class `default`.
    pub fn wishes(&self, classes: &[String], declarations: &[String]) -> Wishes {
        let default = self.by_name.get("default").cloned().unwrap_or_default();
        default.and(&self.own_wishes(classes, declarations))
    }

    /// As [`Self::wishes`] for what is no node: subgraphs and edges are not of the class `default`.
    pub fn own_wishes(&self, classes: &[String], declarations: &[String]) -> Wishes {
        let found = classes.iter().filter_map(|name| self.by_name.get(name));
        found.fold(Wishes::default(), Wishes::and).and(&Wishes::of(declarations))
    }
}

/// Declarations that a comma inside a value has torn apart, in one piece again.
fn rejoined(declarations: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for declaration in declarations {
        let is_whole = declaration.contains(':');
        match joined.last_mut() {
            Some(last) if !is_whole => {
                last.push(',');
                last.push_str(declaration);
            }
            _ => joined.push(declaration.clone()),
        }
    }
    joined
}

fn ink(value: &str) -> Option<Ink> {
    if value == "none" {
        return Some(Ink::None);
    }
    Colour::parse(value).map(|colour| if colour.alpha == 0 { Ink::None } else { Ink::Fixed(colour) })
}

/// Lengths of dashes and gaps; empty for `none` and for lengths that add up to nothing.
fn dashes(value: &str) -> Option<Vec<f64>> {
    if value == "none" {
        return Some(Vec::new());
    }
    let parts = value.split([',', ' ', '\\']).filter(|part| !part.is_empty());
    let lengths: Option<Vec<f64>> = parts
        .take(8)
        .map(|part| part.strip_suffix("px").unwrap_or(part).parse::<f64>().ok())
        .map(|length| length.filter(|length| length.is_finite()).map(|length| length.clamp(0.0, 100.0)))
        .collect();
    lengths.map(|lengths| if lengths.iter().sum::<f64>() > 0.0 { lengths } else { Vec::new() })
}

/// The fill without what shines through: what lies below differs between light and dark, and text is read on one of
/// them only. It is mixed with the light canvas, on which an author sees it.
fn flat(fill: Ink) -> Ink {
    match fill {
        Ink::Fixed(colour) if !colour.is_solid() => {
            Ink::Fixed(colour.over(Slot::Canvas.colour(super::theme::Shade::Light)))
        }
        fill => fill,
    }
}

/// True when a line of this colour is seen on both themes.
fn is_seen(colour: Colour) -> bool {
    SHADES.iter().all(|shade| {
        let canvas = Slot::Canvas.colour(*shade);
        colour.over(canvas).contrast(canvas) >= LINE_CONTRAST
    })
}

/// The colour of text that is read on `below`. On middle tones only black is.
fn read_best(below: Colour) -> Colour {
    let (dark, light) = (DARK_TEXT.contrast(below), LIGHT_TEXT.contrast(below));
    if dark.max(light) < TEXT_CONTRAST {
        Colour::solid(0)
    } else if dark >= light {
        DARK_TEXT
    } else {
        LIGHT_TEXT
    }
}

/// The border of an author's fill: darker than a light one, lighter than a dark one.
fn border_of(fill: Colour) -> Colour {
    if fill.luminance() > 0.12 { fill.mixed(Colour::solid(0), 0.28) } else { fill.mixed(LIGHT_TEXT, 0.35) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NODE: Paint = Paint::theme(Slot::NodeFill, Slot::NodeStroke, Slot::Text);

    fn wishes(declarations: &str) -> Wishes {
        Wishes::of(&declarations.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    fn fixed(rgb: u32) -> Ink {
        Ink::Fixed(Colour::solid(rgb))
    }

    #[test]
    fn text_is_read_on_every_fill() {
        let theme = Ink::Theme(Slot::Text);
        let table = [
            ("", theme),
            ("fill:#4caf50,color:#fff", Ink::Fixed(DARK_TEXT)),
            ("fill:#2c3e50,color:#fff", fixed(0xff_ffff)),
            ("fill:#2c3e50", Ink::Fixed(LIGHT_TEXT)),
            ("fill:#ffcccc,color:#900", fixed(0x99_0000)),
            ("fill:rgba(0,0,0,0.1)", Ink::Fixed(DARK_TEXT)),
            ("fill:none", theme),
            ("color:#fff", theme),
            ("color:#000", theme),
            ("fill:nonsense", theme),
        ];
        for (declarations, expected) in table {
            assert_eq!(wishes(declarations).area(&NODE).text, expected, "{declarations}");
        }
    }

    #[test]
    fn there_is_text_for_every_grey() {
        for grey in 0..=255_u32 {
            let below = Colour::solid(grey * 0x01_0101);
            assert!(read_best(below).contrast(below) >= TEXT_CONTRAST, "{grey}");
        }
    }

    #[test]
    fn an_authors_colours_stay() {
        let paint = wishes("fill:#f96,stroke:#333,stroke-width:4px,stroke-dasharray: 5 5").area(&NODE);
        assert_eq!(paint.fill, fixed(0xff_9966));
        assert_eq!(paint.stroke, Stroke { ink: fixed(0x33_3333), width: 4.0, dashes: vec![5.0, 5.0] });
        assert_eq!(wishes("fill:rgb(1,2,3)").area(&NODE).fill, fixed(0x01_0203));
        assert_eq!(wishes("stroke-dasharray:5,4").area(&NODE).stroke.dashes, [5.0, 4.0]);
        assert_eq!(wishes("stroke-width:NaN,stroke-dasharray:-1").area(&NODE).stroke, NODE.stroke);
        // A line that only a light page shows takes the theme's colour.
        assert_eq!(wishes("stroke:#111").line(&NODE.stroke).ink, NODE.stroke.ink);
        assert_eq!(wishes("stroke:#f00").line(&NODE.stroke).ink, fixed(0xff_0000));
    }

    #[test]
    fn later_declarations_win() {
        let definition = |name: &str, style: &str| ClassDef {
            name: name.to_owned(),
            styles: vec![style.to_owned()],
            span: crate::base::text::Span::new(0, 0),
        };
        let classes = Classes::of(&[
            definition("default", "fill:#111"),
            definition("a,b", "fill:#222"),
            definition("b", "font-weight:bold"),
        ]);
        let fill = |names: &[&str], style: &str| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            classes.wishes(&names, &[style.to_owned()])
        };
        assert_eq!(fill(&[], "").fill, Some(fixed(0x11_1111)));
        assert_eq!(fill(&["a"], "").fill, Some(fixed(0x22_2222)));
        assert_eq!(fill(&["b"], "fill:#333").fill, Some(fixed(0x33_3333)));
        assert_eq!(fill(&["b", "gone"], "").is_bold, Some(true));
    }
}
