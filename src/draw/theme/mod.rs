//! The colours of a drawing that its author leaves open: Merrow's own theme, for a light page and for a dark one, and
//! Mermaid's themes, which look the same on every page.

mod hue;
mod mermaid;

use crate::mermaid::config::Config;

use super::palette::{Palette, Shade};
use super::scene::{Colour, SceneKind, Slot};

/// A theme by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Merrow's own: light and dark in one drawing.
    #[default]
    Merrow,
    /// Merrow's own, light on every page.
    MerrowLight,
    /// Merrow's own, dark on every page.
    MerrowDark,
    /// Mermaid's `default`: lilac nodes.
    Default,
    /// Mermaid's `neutral`: greys, for print.
    Neutral,
    /// Mermaid's `dark`.
    Dark,
    /// Mermaid's `forest`: greens.
    Forest,
    /// Mermaid's `base`: what an author's `themeVariables` make of it.
    Base,
}

impl Theme {
    /// Every theme with its name.
    pub const NAMED: [(&str, Self); 8] = [
        ("merrow", Self::Merrow),
        ("merrow-light", Self::MerrowLight),
        ("merrow-dark", Self::MerrowDark),
        ("default", Self::Default),
        ("neutral", Self::Neutral),
        ("dark", Self::Dark),
        ("forest", Self::Forest),
        ("base", Self::Base),
    ];

    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|(_, theme)| *theme)
    }

    /// What a diagram calls its theme. Of Mermaid's newer ones only the ground is told apart: the dark ones are `dark`, the
    /// others `neutral`.
    fn written(name: &str) -> Option<Self> {
        match name {
            "neo" | "redux" | "redux-color" => Some(Self::Neutral),
            "neo-dark" | "redux-dark" | "redux-dark-color" => Some(Self::Dark),
            name => Self::named(name),
        }
    }
}

/// Which theme drawings have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ThemeChoice {
    /// The theme.
    pub theme: Theme,
    /// Diagrams that name a theme of their own have this one too; of what such a diagram says about colours only what
    /// `base` makes of its variables is left.
    pub is_final: bool,
}

impl ThemeChoice {
    /// The colours of a diagram of this kind with this configuration.
    ///
    /// A diagram that changes colours without naming a theme means Mermaid's default one, as in Mermaid.
    pub fn palette(self, config: &Config, kind: SceneKind) -> Palette {
        let own = config.get(&["theme"]).and_then(|name| Theme::written(name.as_str()?));
        let theme = match own {
            _ if self.is_final => self.theme,
            Some(theme) => theme,
            None if self.theme == Theme::Merrow && mermaid::has_colours(config) => Theme::Default,
            None => self.theme,
        };
        match theme {
            Theme::Merrow => return Palette::merrow(),
            Theme::MerrowLight => return Palette::of_one(|slot| slot.colour(Shade::Light)),
            Theme::MerrowDark => return Palette::of_one(|slot| slot.colour(Shade::Dark)),
            Theme::Default | Theme::Neutral | Theme::Dark | Theme::Forest | Theme::Base => {}
        }
        let none = Config::default();
        let is_heard = !self.is_final || theme == Theme::Base;
        mermaid::palette(theme, if is_heard { config } else { &none }, kind)
    }
}

impl Palette {
    /// Merrow's own theme.
    pub fn merrow() -> Self {
        Self::of_both(Slot::colour)
    }
}

impl Default for Palette {
    fn default() -> Self {
        Self::merrow()
    }
}

impl Slot {
    /// Its colour in Merrow's own theme.
    pub const fn colour(self, shade: Shade) -> Colour {
        let (light, dark) = match self {
            Self::Canvas | Self::Plate => (0xff_ffff, 0x12_171e),
            Self::Text | Self::NodeText | Self::TabText => (0x1c_2733, 0xe3_e9f0),
            Self::QuietText => (0x4b_5b6e, 0xa4_b3c4),
            Self::NodeFill => (0xee_f4fb, 0x1f_2c3b),
            Self::NodeStroke => (0x6f_8fb5, 0x5f_80a8),
            Self::ClusterFill => (0xf8_f9fb, 0x18_1f28),
            Self::ClusterStroke => (0xc6_d0dc, 0x3a_4756),
            Self::Line => (0x56_677b, 0x93_a5b9),
            Self::Lifeline => (0xa9_b6c5, 0x4d_5c6e),
            Self::NoteFill => (0xfe_f6da, 0x38_301a),
            Self::NoteStroke => (0xd9_b95c, 0x8a_7433),
            Self::NoteText => (0x42_3710, 0xf2_e6c2),
            Self::ActivationFill => (0xd5_e3f3, 0x2d_4059),
            Self::FragmentStroke => (0x9a_aaba, 0x55_6577),
            Self::FragmentTab => (0xe6_ecf3, 0x2a_3644),
            Self::Pseudostate => (0x33_4354, 0xc3_cfdc),
        };
        Colour::solid(match shade {
            Shade::Light => light,
            Shade::Dark => dark,
        })
    }

    /// Its name in style sheets.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Canvas => "canvas",
            Self::Text => "text",
            Self::QuietText => "quiet-text",
            Self::NodeText => "node-text",
            Self::NodeFill => "node",
            Self::NodeStroke => "node-line",
            Self::ClusterFill => "cluster",
            Self::ClusterStroke => "cluster-line",
            Self::Line => "line",
            Self::Lifeline => "lifeline",
            Self::Plate => "plate",
            Self::NoteFill => "note",
            Self::NoteStroke => "note-line",
            Self::NoteText => "note-text",
            Self::ActivationFill => "activation",
            Self::FragmentStroke => "fragment-line",
            Self::FragmentTab => "fragment-tab",
            Self::TabText => "tab-text",
            Self::Pseudostate => "pseudostate",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::draw::palette::SHADES;
    use crate::draw::scene::Ink;

    fn config(value: &serde_json::Value) -> Config {
        let mut config = Config::default();
        config.merge(value.as_object().cloned().unwrap_or_default());
        config
    }

    #[test]
    fn the_command_line_wins_over_the_diagram_and_that_over_the_settings() {
        let palette = |theme, is_final, value: serde_json::Value| {
            ThemeChoice { theme, is_final }.palette(&config(&value), SceneKind::Flowchart)
        };
        let named = |theme| palette(theme, true, json!({}));
        assert_eq!(palette(Theme::Forest, false, json!({})), named(Theme::Forest));
        assert_eq!(palette(Theme::Forest, false, json!({"theme": "dark"})), named(Theme::Dark));
        assert_eq!(palette(Theme::Forest, true, json!({"theme": "dark"})), named(Theme::Forest));
        assert_eq!(palette(Theme::Merrow, false, json!({"theme": "no such"})), Palette::merrow());
        assert_eq!(palette(Theme::Dark, false, json!({"theme": "merrow"})), Palette::merrow());
        let red = json!({"themeVariables": {"mainBkg": "#f00", "fontSize": "20px"}});
        let fill = |palette: Palette| palette.colour(Slot::NodeFill, Shade::Dark);
        assert_eq!(fill(palette(Theme::Merrow, false, red.clone())), Colour::solid(0xff_0000));
        assert_eq!(palette(Theme::Merrow, true, red), Palette::merrow());
        assert_eq!(
            palette(Theme::Merrow, false, json!({"themeVariables": {"fontSize": "20px"}})),
            Palette::merrow()
        );
    }

    #[test]
    fn text_is_read_in_every_theme_whatever_colours_it_is_given() {
        let variables = [
            json!({}),
            json!({"primaryColor": "#BB2528", "primaryTextColor": "#fff", "lineColor": "#F8B229", "secondaryColor": "#006100"}),
            json!({"darkMode": true, "background": "#222", "primaryColor": "#1f6feb"}),
            json!({"mainBkg": "#808080", "textColor": "#7f7f7f", "clusterBkg": "rgba(0,0,0,.5)", "actorBkg": "black"}),
        ];
        for ((name, theme), variables) in
            Theme::NAMED.iter().flat_map(|named| variables.iter().map(move |v| (named, v)))
        {
            for kind in [SceneKind::Flowchart, SceneKind::State, SceneKind::Sequence] {
                let palette = ThemeChoice { theme: *theme, is_final: false }
                    .palette(&config(&json!({ "theme": name, "themeVariables": variables })), kind);
                for (text, ground) in [
                    (Slot::Text, Slot::Canvas),
                    (Slot::NodeText, Slot::NodeFill),
                    (Slot::QuietText, Slot::ClusterFill),
                    (Slot::NoteText, Slot::NoteFill),
                    (Slot::TabText, Slot::FragmentTab),
                ] {
                    let contrast = palette.contrast(Ink::Theme(text), Ink::Theme(ground));
                    assert!(
                        contrast >= 4.5,
                        "{name} {variables} {kind:?}: {text:?} on {ground:?}: {contrast}"
                    );
                }
            }
        }
    }

    #[test]
    fn text_is_read_on_whatever_it_stands_on() {
        use Slot::{
            ActivationFill, Canvas, ClusterFill, FragmentTab, NodeFill, NoteFill, NoteText, Plate, QuietText,
            Text,
        };
        let pairs = [
            (Text, &[Canvas, NodeFill, ClusterFill, Plate, ActivationFill, FragmentTab][..]),
            (QuietText, &[Canvas, ClusterFill, Plate, FragmentTab]),
            (NoteText, &[NoteFill]),
        ];
        for shade in SHADES {
            for (text, grounds) in pairs {
                for ground in grounds {
                    let contrast = text.colour(shade).contrast(ground.colour(shade));
                    assert!(contrast >= 4.5, "{text:?} on {ground:?}, {shade:?}: {contrast}");
                }
            }
        }
    }

    #[test]
    fn lines_are_seen() {
        use Slot::{Canvas, ClusterFill, Line, NodeStroke, Pseudostate};
        for shade in SHADES {
            for line in [Line, NodeStroke, Pseudostate] {
                for ground in [Canvas, ClusterFill] {
                    let contrast = line.colour(shade).contrast(ground.colour(shade));
                    assert!(contrast >= 3.0, "{line:?} on {ground:?}, {shade:?}: {contrast}");
                }
            }
        }
    }
}
