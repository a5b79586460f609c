//! The colours of a drawing that its author leaves open, for a light page and for a dark one.

use super::scene::{Colour, Ink, Slot};

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

impl Slot {
    /// Its colour; solid, so that what is read on it does not depend on what lies below.
    pub const fn colour(self, shade: Shade) -> Colour {
        let (light, dark) = match self {
            Self::Canvas | Self::Plate => (0xff_ffff, 0x12_171e),
            Self::Text => (0x1c_2733, 0xe3_e9f0),
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
            Self::Pseudostate => "pseudostate",
        }
    }
}

impl Ink {
    /// The colour that is seen on a page of this shade, on the theme's own ground; `None` where nothing is painted.
    pub fn colour(self, shade: Shade) -> Option<Colour> {
        match self {
            Self::None => None,
            Self::Theme(slot) => Some(slot.colour(shade)),
            Self::Fixed(colour) => Some(colour.over(Slot::Canvas.colour(shade))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
