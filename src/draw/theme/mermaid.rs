//! Mermaid's themes with an author's `themeVariables` (mermaid 12, "Theme Configuration").
//!
//! `base` derives its colours from a few; of the others each variable is changed alone, with those that follow it.

use crate::draw::palette::Palette;
use crate::draw::scene::{Colour, SceneKind, Slot};
use crate::mermaid::config::Config;

use super::Theme;

/// The least contrast of text.
const TEXT_CONTRAST: f64 = 4.5;
/// The least contrast of lines.
const LINE_CONTRAST: f64 = 1.6;
const BLACK: Colour = Colour::solid(0);
const WHITE: Colour = Colour::solid(0xff_ffff);

/// A variable of a theme that colours something Merrow draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variable {
    Background,
    PrimaryColor,
    PrimaryTextColor,
    PrimaryBorderColor,
    SecondaryColor,
    TertiaryColor,
    TertiaryTextColor,
    TertiaryBorderColor,
    LineColor,
    TextColor,
    TitleColor,
    MainBkg,
    NodeBorder,
    NodeTextColor,
    ClusterBkg,
    ClusterBorder,
    EdgeLabelBackground,
    NoteBkgColor,
    NoteTextColor,
    NoteBorderColor,
    ActorBkg,
    ActorBorder,
    ActorTextColor,
    ActorLineColor,
    SignalColor,
    SignalTextColor,
    LabelBoxBkgColor,
    LabelBoxBorderColor,
    LabelTextColor,
    ActivationBkgColor,
    StateBkg,
    StateLabelColor,
    CompositeBackground,
    CompositeBorder,
    TransitionColor,
    SpecialStateColor,
}

use Variable as V;

/// What Mermaid's `default`, `neutral`, `dark` and `forest` say.
type Row = (V, [u32; 4]);

/// Every variable with its name, and what it is in the themes that derive nothing; it follows another where it says nothing.
const VARIABLES: [(V, &str); 36] = [
    (V::Background, "background"),
    (V::PrimaryColor, "primaryColor"),
    (V::PrimaryTextColor, "primaryTextColor"),
    (V::PrimaryBorderColor, "primaryBorderColor"),
    (V::SecondaryColor, "secondaryColor"),
    (V::TertiaryColor, "tertiaryColor"),
    (V::TertiaryTextColor, "tertiaryTextColor"),
    (V::TertiaryBorderColor, "tertiaryBorderColor"),
    (V::LineColor, "lineColor"),
    (V::TextColor, "textColor"),
    (V::TitleColor, "titleColor"),
    (V::MainBkg, "mainBkg"),
    (V::NodeBorder, "nodeBorder"),
    (V::NodeTextColor, "nodeTextColor"),
    (V::ClusterBkg, "clusterBkg"),
    (V::ClusterBorder, "clusterBorder"),
    (V::EdgeLabelBackground, "edgeLabelBackground"),
    (V::NoteBkgColor, "noteBkgColor"),
    (V::NoteTextColor, "noteTextColor"),
    (V::NoteBorderColor, "noteBorderColor"),
    (V::ActorBkg, "actorBkg"),
    (V::ActorBorder, "actorBorder"),
    (V::ActorTextColor, "actorTextColor"),
    (V::ActorLineColor, "actorLineColor"),
    (V::SignalColor, "signalColor"),
    (V::SignalTextColor, "signalTextColor"),
    (V::LabelBoxBkgColor, "labelBoxBkgColor"),
    (V::LabelBoxBorderColor, "labelBoxBorderColor"),
    (V::LabelTextColor, "labelTextColor"),
    (V::ActivationBkgColor, "activationBkgColor"),
    (V::StateBkg, "stateBkg"),
    (V::StateLabelColor, "stateLabelColor"),
    (V::CompositeBackground, "compositeBackground"),
    (V::CompositeBorder, "compositeBorder"),
    (V::TransitionColor, "transitionColor"),
    (V::SpecialStateColor, "specialStateColor"),
];

/// `default`, `neutral`, `dark`, `forest`. A variable that is not here is what it follows.
const TABLE: [Row; 25] = [
    (V::Background, [0xff_ffff, 0xff_ffff, 0x33_3333, 0xff_ffff]),
    (V::TextColor, [0x33_3333, 0x00_0000, 0xcc_cccc, 0x00_0000]),
    (V::TitleColor, [0x33_3333, 0x33_3333, 0xf9_fffe, 0x33_3333]),
    (V::MainBkg, [0xec_ecff, 0xee_eeee, 0x1f_2020, 0xcd_e498]),
    (V::NodeBorder, [0x93_70db, 0x99_9999, 0xcc_cccc, 0x13_540c]),
    (V::ClusterBkg, [0xff_ffde, 0xfc_fcfc, 0x47_4949, 0xcd_ffb2]),
    (V::ClusterBorder, [0xaa_aa33, 0x70_7070, 0x66_6666, 0x6e_aa49]),
    (V::LineColor, [0x33_3333, 0x66_6666, 0xd3_d3d3, 0x00_0000]),
    (V::NoteBkgColor, [0xff_f5ad, 0x66_6666, 0x47_4949, 0xff_f5ad]),
    (V::NoteTextColor, [0x00_0000, 0xff_ffff, 0xb8_b6b6, 0x00_0000]),
    (V::NoteBorderColor, [0xaa_aa33, 0x99_9999, 0x2f_2f2f, 0x6e_aa49]),
    (V::ActorBorder, [0x93_70db, 0xd4_d4d4, 0xcc_cccc, 0xa6_cf47]),
    (V::ActorTextColor, [0x00_0000, 0x33_3333, 0xd3_d3d3, 0x00_0000]),
    (V::ActorLineColor, [0x93_70db, 0xd4_d4d4, 0xcc_cccc, 0xa6_cf47]),
    (V::SignalColor, [0x33_3333, 0x33_3333, 0xd3_d3d3, 0x33_3333]),
    (V::SignalTextColor, [0x33_3333, 0x33_3333, 0xd3_d3d3, 0x33_3333]),
    (V::LabelBoxBorderColor, [0x93_70db, 0xd4_d4d4, 0xcc_cccc, 0x32_6932]),
    (V::ActivationBkgColor, [0xf4_f4f4, 0xf4_f4f4, 0x47_4949, 0xf4_f4f4]),
    (V::StateLabelColor, [0x13_1300, 0x11_1111, 0xe0_dfdf, 0x32_1b67]),
    (V::TransitionColor, [0x33_3333, 0x00_0000, 0xd3_d3d3, 0x00_0000]),
    (V::SpecialStateColor, [0x33_3333, 0x22_2222, 0xf4_f4f4, 0x00_0000]),
    (V::PrimaryColor, [0xec_ecff, 0xee_eeee, 0x1f_2020, 0xcd_e498]),
    (V::PrimaryTextColor, [0x13_1300, 0x11_1111, 0xe0_dfdf, 0x32_1b67]),
    (V::SecondaryColor, [0xff_ffde, 0xfc_fcfc, 0x47_4949, 0xcd_ffb2]),
    (V::TertiaryColor, [0xf9_ffec, 0xee_eeee, 0x20_1f1f, 0xde_eec3]),
];

/// The variable that another one is equal to where nothing else is said. Following it ends.
const fn followed(variable: V) -> Option<V> {
    Some(match variable {
        V::NodeTextColor | V::TitleColor | V::SignalColor | V::SignalTextColor => V::TextColor,
        V::ActorBkg | V::StateBkg => V::MainBkg,
        V::ActorBorder | V::CompositeBorder => V::NodeBorder,
        V::ActorTextColor | V::StateLabelColor => V::NodeTextColor,
        V::ActorLineColor | V::LabelBoxBorderColor => V::ActorBorder,
        V::LabelBoxBkgColor => V::ActorBkg,
        V::LabelTextColor => V::ActorTextColor,
        V::CompositeBackground => V::Background,
        V::TransitionColor | V::SpecialStateColor => V::LineColor,
        _ => return None,
    })
}

/// The variables of one diagram.
struct Variables<'a> {
    theme: Theme,
    config: &'a Config,
}

/// True when the configuration changes a colour.
pub(super) fn has_colours(config: &Config) -> bool {
    VARIABLES.iter().any(|(_, name)| given(config, name).is_some())
}

fn given(config: &Config, name: &str) -> Option<Colour> {
    Colour::parse(config.get(&["themeVariables", name])?.as_str()?)
}

impl Variables<'_> {
    fn given(&self, variable: V) -> Option<Colour> {
        let (_, name) = VARIABLES.iter().find(|(known, _)| *known == variable)?;
        given(self.config, name)
    }

    fn is_dark(&self) -> bool {
        self.config.flag(&["themeVariables", "darkMode"])
    }

    /// What the author says about the variable or about one that it follows.
    fn said(&self, variable: V) -> Option<Colour> {
        let mut at = Some(variable);
        while let Some(variable) = at {
            if let Some(colour) = self.given(variable) {
                return Some(colour);
            }
            at = followed(variable);
        }
        None
    }

    /// The value of a variable. The recursion ends: each variable asks for ones that stand before it in
    /// Mermaid's own order.
    fn value(&self, variable: V) -> Colour {
        if let Some(colour) = self.said(variable) {
            return colour;
        }
        let column = match self.theme {
            Theme::Base => return self.derived(variable),
            Theme::Neutral => 1,
            Theme::Dark => 2,
            Theme::Forest => 3,
            Theme::Default | Theme::Merrow | Theme::MerrowLight | Theme::MerrowDark => 0,
        };
        if let Some((_, values)) = TABLE.iter().find(|(known, _)| *known == variable) {
            return Colour::solid(values[column]);
        }
        followed(variable).map_or(WHITE, |other| self.value(other))
    }

    /// The value in `base` of a variable about which the author says nothing.
    fn derived(&self, variable: V) -> Colour {
        let border = |of| self.value(of).adjusted(0.0, -40.0, if self.is_dark() { 10.0 } else { -10.0 });
        match variable {
            V::Background => Colour::solid(if self.is_dark() { 0x33_3333 } else { 0xf4_f4f4 }),
            V::PrimaryColor => Colour::solid(0xff_f4dd),
            V::PrimaryTextColor => Colour::solid(if self.is_dark() { 0xee_eeee } else { 0x33_3333 }),
            V::SecondaryColor => self.value(V::PrimaryColor).adjusted(-120.0, 0.0, 0.0),
            V::TertiaryColor => self.value(V::PrimaryColor).adjusted(180.0, 0.0, 5.0),
            V::PrimaryBorderColor => border(V::PrimaryColor),
            V::TertiaryBorderColor => border(V::TertiaryColor),
            V::TertiaryTextColor => self.value(V::TertiaryColor).inverted(),
            V::LineColor => self.value(V::Background).inverted(),
            V::TextColor => self.value(V::PrimaryTextColor),
            V::MainBkg => self.value(V::PrimaryColor),
            V::NodeBorder => self.value(V::PrimaryBorderColor),
            V::ClusterBkg => self.value(V::TertiaryColor),
            V::ClusterBorder => self.value(V::TertiaryBorderColor),
            V::TitleColor => self.value(V::TertiaryTextColor),
            V::NoteBkgColor => Colour::solid(0xff_f5ad),
            V::NoteTextColor => Colour::solid(0x33_3333),
            V::NoteBorderColor => border(V::NoteBkgColor),
            V::ActivationBkgColor | V::EdgeLabelBackground => self.value(V::SecondaryColor),
            variable => followed(variable).map_or(WHITE, |other| self.value(other)),
        }
    }
}

/// The colours of a theme for a diagram of this kind. Text that would not be read on its ground is black or white instead.
pub(super) fn palette(theme: Theme, config: &Config, kind: SceneKind) -> Palette {
    let variables = Variables { theme, config };
    // Mermaid's `base` stands on a page that is white, whatever it derives from its background.
    let canvas = match variables.said(V::Background) {
        Some(colour) => colour.over(WHITE),
        None if theme == Theme::Base && !variables.is_dark() => WHITE,
        None => variables.value(V::Background),
    };
    let solid = |variable| variables.value(variable).over(canvas);
    let text = |variable: V, ground: Colour| read(solid(variable), ground);
    let line = |variable: V| {
        let colour = solid(variable);
        if colour.contrast(canvas) >= LINE_CONTRAST { colour } else { read(colour, canvas) }
    };
    let (is_state, is_sequence) = (kind == SceneKind::State, kind == SceneKind::Sequence);
    let pick = |chart: V, state: V, sequence: V| match kind {
        SceneKind::Flowchart => chart,
        SceneKind::State => state,
        SceneKind::Sequence => sequence,
    };
    let node = pick(V::MainBkg, V::StateBkg, V::ActorBkg);
    let cluster = if is_state { V::CompositeBackground } else { V::ClusterBkg };
    Palette::of_one(|slot| match slot {
        Slot::Canvas => canvas,
        Slot::Plate => match variables.given(V::EdgeLabelBackground) {
            Some(colour) if !is_sequence => colour.over(canvas),
            _ => canvas,
        },
        Slot::Text => text(pick(V::TextColor, V::TextColor, V::SignalTextColor), canvas),
        Slot::QuietText => text(V::TitleColor, solid(cluster)),
        Slot::NodeText => text(pick(V::NodeTextColor, V::StateLabelColor, V::ActorTextColor), solid(node)),
        Slot::NodeFill => solid(node),
        Slot::NodeStroke => solid(pick(V::NodeBorder, V::NodeBorder, V::ActorBorder)),
        Slot::ClusterFill => solid(cluster),
        Slot::ClusterStroke => solid(pick(V::ClusterBorder, V::CompositeBorder, V::ActorBorder)),
        Slot::Line => line(pick(V::LineColor, V::TransitionColor, V::SignalColor)),
        Slot::Lifeline => solid(V::ActorLineColor),
        Slot::NoteFill => solid(V::NoteBkgColor),
        Slot::NoteStroke => solid(V::NoteBorderColor),
        Slot::NoteText => text(V::NoteTextColor, solid(V::NoteBkgColor)),
        Slot::ActivationFill => solid(V::ActivationBkgColor),
        Slot::FragmentStroke => solid(V::LabelBoxBorderColor),
        Slot::FragmentTab => solid(V::LabelBoxBkgColor),
        Slot::TabText => text(V::LabelTextColor, solid(V::LabelBoxBkgColor)),
        Slot::Pseudostate => line(V::SpecialStateColor),
    })
}

/// The colour, or black or white where it is not read on the ground.
fn read(colour: Colour, ground: Colour) -> Colour {
    if colour.contrast(ground) >= TEXT_CONTRAST {
        colour
    } else if BLACK.contrast(ground) >= WHITE.contrast(ground) {
        BLACK
    } else {
        WHITE
    }
}
