//! A scene as PNG: as its SVG looks in the light theme, drawn by `resvg` with the fonts of a book and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{self, Tree};
use skrifa::{FontRef, MetadataProvider};
use thiserror::Error;
use unicode_script::{Script, UnicodeScript};
use unicode_width::UnicodeWidthChar;

use super::font::Typeface;
use super::measure::{is_emoji, is_wide};
use super::scene::{Mark, Scene};
use super::svg::{self, Fonts};

/// Pictures above this many px are not drawn: 256 MiB while they are.
const MAX_PIXELS: f64 = 67_108_864.0;

/// The fonts that pictures are drawn with.
#[derive(Debug, Clone)]
pub struct FontBook {
    faces: Arc<Database>,
}

impl FontBook {
    /// The fonts that ship with Merrow.
    pub fn new() -> Self {
        let mut faces = Database::new();
        for typeface in Typeface::ALL {
            faces.load_font_source(Source::Binary(Arc::new(typeface.bytes())));
        }
        let family = Typeface::Regular.family();
        faces.set_sans_serif_family(family);
        faces.set_serif_family(family);
        faces.set_monospace_family(Typeface::Mono.family());
        Self { faces: Arc::new(faces) }
    }

    /// Adds the fonts of an OpenType file; they draw what those before them lack. False for bytes that are no such file.
    #[must_use]
    pub fn add(&mut self, bytes: Vec<u8>) -> bool {
        let faces = Arc::make_mut(&mut self.faces);
        let n_before = faces.len();
        faces.load_font_data(bytes);
        faces.len() > n_before
    }

    /// The characters of a drawing's text that no font of the book has, in the order of their scripts' names.
    pub fn lacking(&self, scene: &Scene) -> Vec<Lack> {
        let marks = scene.items.iter().flat_map(|item| &item.marks);
        let lines = marks.flat_map(|mark| match mark {
            Mark::Text(block) => block.lines.as_slice(),
            Mark::Area(_) | Mark::Line(_) => &[],
        });
        let texts = lines.flat_map(|line| &line.runs).map(|run| run.text.as_str());
        let mut lacking: BTreeSet<char> = texts.flat_map(str::chars).filter(|c| is_shown(*c)).collect();
        for face in self.faces.faces() {
            let _ = self.faces.with_face_data(face.id, |bytes, index| {
                let font = FontRef::from_index(bytes, index).ok();
                lacking.retain(|c| font.as_ref().is_none_or(|font| font.charmap().map(*c).is_none()));
            });
        }
        let mut scripts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for c in lacking {
            *scripts.entry(script(c)).or_default() += 1;
        }
        scripts.into_iter().map(|(script, n_characters)| Lack { script, n_characters }).collect()
    }
}

impl Default for FontBook {
    fn default() -> Self {
        Self::new()
    }
}

/// What the fonts of a book lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    /// The name of a script (Unicode, `Scripts.txt`), `Emoji` or `Symbols`.
    pub script: &'static str,
    /// How many different characters of it.
    pub n_characters: usize,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RasterError {
    /// It would have more than 64 million px.
    #[error("a PNG of {width:.0} x {height:.0} px is too large: Merrow draws up to 67108864 px")]
    TooLarge {
        /// Px.
        width: f64,
        /// Px.
        height: f64,
        /// The largest scale at which there is one.
        largest_scale: f64,
    },
    /// The program that draws refuses.
    #[error("the drawing cannot be made a PNG: {0}")]
    Refused(String),
}

/// Draws a scene at `scale` px for each of its own.
///
/// # Errors
/// [`RasterError`] for what would be too large.
pub fn png(
    scene: &Scene,
    options: &svg::Options<'_>,
    book: &FontBook,
    scale: f64,
) -> Result<Vec<u8>, RasterError> {
    let text = svg::write(scene, &svg::Options { fonts: Fonts::Known, ..*options });
    let reader = usvg::Options {
        fontdb: Arc::clone(&book.faces),
        font_family: Typeface::Regular.family().to_owned(),
        ..usvg::Options::default()
    };
    let refused = |error: &dyn std::fmt::Display| RasterError::Refused(error.to_string());
    let tree = Tree::from_str(&text, &reader).map_err(|error| refused(&error))?;
    let size = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let (width, height) = ((size.0 * scale).ceil().max(1.0), (size.1 * scale).ceil().max(1.0));
    if width * height > MAX_PIXELS {
        // A hundredth less than what just fits, as sizes are rounded up.
        let largest_scale = ((MAX_PIXELS / (size.0 * size.1)).sqrt() * 99.0).floor() / 100.0;
        return Err(RasterError::TooLarge { width, height, largest_scale });
    }
    let mut pixels = Pixmap::new(width as u32, height as u32).ok_or_else(|| refused(&"it has no size"))?;
    resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| refused(&error))
}

/// False for what has no glyph of its own: blanks, controls, joiners, what chooses between forms.
fn is_shown(c: char) -> bool {
    let chooses = matches!(u32::from(c), 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f
        | 0xfeff | 0xe0000..=0xe0fff);
    !chooses && !c.is_whitespace() && c.width().is_some()
}

/// What a user calls the characters like this one.
fn script(c: char) -> &'static str {
    match c.script() {
        _ if is_emoji(c) => "Emoji",
        // Punctuation that Chinese, Japanese and Korean share.
        Script::Common | Script::Inherited if is_wide(c) => Script::Han.full_name(),
        Script::Common | Script::Inherited | Script::Unknown => "Symbols",
        script => script.full_name(),
    }
}
