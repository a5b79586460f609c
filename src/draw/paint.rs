//! What an author's style declarations ask for.
//!
//! Whether what they ask for can be seen and read is not decided here: that depends on the theme, and on what lies below
//! ([`readable`](super::readable)).

use std::collections::BTreeMap;

use crate::mermaid::diagram::ClassDef;

use super::scene::{Colour, Ink, Slot, Stroke};

/// Width of borders, px.
const BORDER: f64 = 1.25;
/// The widest line that is painted, px.
const MAX_STROKE_WIDTH: f64 = 8.0;
/// The roundest corner that an author gets, px: edges end beside it.
const MAX_RADIUS: f64 = 14.0;
/// The smallest and the largest text that an author asks for, px.
const FONT_SIZES: (f64, f64) = (13.0, 40.0);
const WHITE: Colour = Colour::solid(0xff_ffff);

/// What declarations say, as far as it is drawn. `None`: they say nothing about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wishes {
    fill: Option<Ink>,
    stroke: Option<Ink>,
    stroke_width: Option<f64>,
    dashes: Option<Vec<f64>>,
    color: Option<Colour>,
    radius: Option<f64>,
    opacity: Option<f64>,
    font_size: Option<f64>,
    /// `font-weight`.
    pub is_bold: Option<bool>,
    /// `font-style`.
    pub is_italic: Option<bool>,
    /// `animation`; it makes a line move.
    pub motion: Option<Motion>,
}

/// How fast the dashes of a line move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// Mermaid's `slow`.
    Slow,
    /// Mermaid's `fast`, and what `animate: true` means.
    Fast,
}

impl Motion {
    /// Of an `animation` in CSS: its name says nothing, its duration how fast it is. Mermaid's own take 20 s and 50 s.
    fn of_css(value: &str) -> Option<Self> {
        let seconds = |word: &str| match word.strip_suffix("ms") {
            Some(number) => number.parse::<f64>().ok().map(|number| number / 1000.0),
            None => word.strip_suffix('s').and_then(|number| number.parse::<f64>().ok()),
        };
        let seconds = value.split_whitespace().find_map(seconds)?;
        Some(if seconds > 30.0 { Self::Slow } else { Self::Fast })
    }
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
            "stroke-width" | "border-width" => {
                self.stroke_width = pixels(value, MAX_STROKE_WIDTH).or(self.stroke_width);
            }
            "stroke-dasharray" => self.dashes = dashes(value).or(self.dashes.take()),
            "rx" | "ry" | "border-radius" => self.radius = pixels(value, MAX_RADIUS).or(self.radius),
            "opacity" | "fill-opacity" => {
                let share = value.parse::<f64>().ok().filter(|share| share.is_finite());
                self.opacity = share.map(|share| share.clamp(0.0, 1.0)).or(self.opacity);
            }
            "color" => self.color = Colour::parse(value).or(self.color),
            "font-size" => {
                let size = pixels(value, FONT_SIZES.1).map(|size| size.max(FONT_SIZES.0));
                self.font_size = size.or(self.font_size);
            }
            "font-weight" => {
                let is_heavy = value.parse::<u32>().is_ok_and(|weight| weight >= 600);
                self.is_bold = Some(is_heavy || matches!(value, "bold" | "bolder"));
            }
            "font-style" => self.is_italic = Some(value == "italic" || value.starts_with("oblique")),
            "animation" => self.motion = Motion::of_css(value).or(self.motion),
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
            radius: later.radius.or(self.radius),
            opacity: later.opacity.or(self.opacity),
            font_size: later.font_size.or(self.font_size),
            is_bold: later.is_bold.or(self.is_bold),
            is_italic: later.is_italic.or(self.is_italic),
            motion: later.motion.or(self.motion),
        }
    }

    /// The size of text that is `usual` px large without them.
    pub fn text_size(&self, usual: f64) -> f64 {
        self.font_size.unwrap_or(usual)
    }

    /// The paint of an area whose theme is `theme`.
    pub fn area(&self, theme: &Paint) -> Paint {
        let fill = match (self.fill, self.opacity) {
            (Some(Ink::Fixed(colour)), Some(opacity)) => Ink::Fixed(colour.faded(opacity)),
            (Some(fill), _) => fill,
            (None, _) => theme.fill,
        };
        let ink = match (self.stroke, fill) {
            (Some(stroke), _) => stroke,
            (None, Ink::Fixed(colour)) => Ink::Fixed(border_of(colour.over(WHITE))),
            (None, _) => theme.stroke.ink,
        };
        let stroke = self.stroke_of(ink, &theme.stroke);
        Paint { fill, stroke, text: self.text(theme.text), radius: self.radius.or(theme.radius) }
    }

    /// The stroke of a line whose theme is `theme`.
    pub fn line(&self, theme: &Stroke) -> Stroke {
        let ink = match self.stroke {
            Some(Ink::Fixed(colour)) => Ink::Fixed(Colour { alpha: 255, ..colour }),
            Some(ink) => ink,
            None => theme.ink,
        };
        self.stroke_of(ink, theme)
    }

    /// The colour of text whose theme is `theme`.
    pub fn text(&self, theme: Ink) -> Ink {
        self.color.map_or(theme, Ink::Fixed)
    }

    /// The text's colour and the ground that the author chose for it, as far as he did.
    pub const fn lettering(&self) -> (Option<Colour>, Option<Ink>) {
        (self.color, self.fill)
    }

    fn stroke_of(&self, ink: Ink, theme: &Stroke) -> Stroke {
        Stroke {
            ink,
            width: self.stroke_width.unwrap_or(theme.width),
            dashes: self.dashes.clone().unwrap_or_else(|| theme.dashes.clone()),
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
    /// Radius of the corners of a rectangle, px; without it the form has its own.
    pub radius: Option<f64>,
}

impl Paint {
    /// The theme's paint for an area.
    pub const fn theme(fill: Slot, stroke: Slot, text: Slot) -> Self {
        let stroke = Stroke { ink: Ink::Theme(stroke), width: BORDER, dashes: Vec::new() };
        Self { fill: Ink::Theme(fill), stroke, text: Ink::Theme(text), radius: None }
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

/// A length in px, 0 to `max`.
fn pixels(value: &str, max: f64) -> Option<f64> {
    let number = value.strip_suffix("px").unwrap_or(value).trim().parse::<f64>().ok();
    number.filter(|number| number.is_finite()).map(|number| number.clamp(0.0, max))
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

/// The border of an author's fill: darker than a light one, lighter than a dark one.
fn border_of(fill: Colour) -> Colour {
    if fill.luminance() > 0.12 { fill.mixed(Colour::solid(0), 0.28) } else { fill.mixed(WHITE, 0.35) }
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
    fn an_authors_colours_stay() {
        let paint = wishes("fill:#f96,stroke:#333,stroke-width:4px,stroke-dasharray: 5 5").area(&NODE);
        assert_eq!(paint.fill, fixed(0xff_9966));
        assert_eq!(paint.stroke, Stroke { ink: fixed(0x33_3333), width: 4.0, dashes: vec![5.0, 5.0] });
        assert_eq!(wishes("fill:rgb(1,2,3)").area(&NODE).fill, fixed(0x01_0203));
        assert_eq!(wishes("stroke-dasharray:5,4").area(&NODE).stroke.dashes, [5.0, 4.0]);
        assert_eq!(wishes("stroke-width:NaN,stroke-dasharray:-1").area(&NODE).stroke, NODE.stroke);
        assert_eq!(
            wishes("fill:#f00,opacity:0.2").area(&NODE).fill,
            Ink::Fixed(Colour::solid(0xff_0000).faded(0.2))
        );
        assert_eq!(wishes("rx:5,border-radius:8px").area(&NODE).radius, Some(8.0));
        assert_eq!(wishes("font-size:20px").text_size(16.0), 20.0);
        assert_eq!(wishes("font-size:2px").text_size(16.0), 13.0);
        assert_eq!(wishes("animation: dash 50s linear infinite").motion, Some(Motion::Slow));
        assert_eq!(wishes("animation: dash 25s linear").motion, Some(Motion::Fast));
        assert_eq!(wishes("animation: none").motion, None);
        assert_eq!(wishes("color:#123456").area(&NODE).text, fixed(0x12_3456));
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
