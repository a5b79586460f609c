//! The fonts that ship with Merrow: `DejaVu` 2.37, which may be copied and embedded (`LICENSE` beside them).

pub(super) mod subset;

mod woff;

use skrifa::{FontRef, MetadataProvider};

/// A font that ships with Merrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Typeface {
    /// What most text is set in.
    Regular,
    /// The same, bold.
    Bold,
    /// What code is set in; every character is as wide as any other.
    Mono,
}

impl Typeface {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Bold, Self::Mono];

    /// An OpenType font with TrueType outlines.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("DejaVuSans.ttf"),
            Self::Bold => include_bytes!("DejaVuSans-Bold.ttf"),
            Self::Mono => include_bytes!("DejaVuSansMono.ttf"),
        }
    }

    /// The name of its family.
    pub const fn family(self) -> &'static str {
        match self {
            Self::Regular | Self::Bold => "DejaVu Sans",
            Self::Mono => "DejaVu Sans Mono",
        }
    }

    /// True when it has a glyph for the character.
    pub fn holds(self, c: char) -> bool {
        self.tables().charmap().map(c).is_some()
    }

    fn tables(self) -> FontRef<'static> {
        FontRef::new(self.bytes()).expect("the font that ships with Merrow can be read")
    }
}
