//! How a drawing looks.

use thiserror::Error;

use super::theme::ThemeChoice;

/// How large the parts of a drawing are, px, and what colours they have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Font size of nodes, states and notes.
    pub text_size: f64,
    /// Font size of the labels of edges and of the titles of clusters.
    pub small_size: f64,
    /// Font size of the title.
    pub title_size: f64,
    /// Labels wider than this are broken where they may be. Mermaid breaks at 200 px in a narrower font.
    pub max_label_width: f64,
    /// Words that are wider than a label are cut, so that every label is as narrow as asked for.
    pub cuts_words: bool,
    /// Room around the drawing.
    pub margin: f64,
    /// The width that the drawing is made for; without it a drawing is as wide as it gets.
    pub fit: Option<f64>,
    /// Its colours.
    pub theme: ThemeChoice,
    /// Text has the colour that its author chose even where it is hard to read.
    pub keeps_colors: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            text_size: 16.0,
            small_size: 14.0,
            title_size: 19.0,
            max_label_width: 232.0,
            cuts_words: false,
            margin: 14.0,
            fit: None,
            theme: ThemeChoice::default(),
            keeps_colors: false,
        }
    }
}

/// The narrowest width, px, that a drawing can be asked to keep: below it a word of usual length is wider than a line.
pub const LEAST_FIT: f64 = 240.0;
/// The widest width, px, that a drawing can be asked to keep.
pub const MOST_FIT: f64 = 10_000.0;

/// The width of the page on most phones, px.
pub const PHONE: f64 = 390.0;

/// The media query of pages that show a drawing for narrow screens: on wider ones a drawing of usual width is shown at two
/// thirds of its size or more, which can be read.
pub const NARROW_PAGE: &str = "(max-width: 640px)";

/// A width that no drawing can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a drawing is made for a width from {LEAST_FIT} to {MOST_FIT} px")]
pub struct UnfitWidth;

/// The width that `px` asks a drawing to keep.
///
/// # Errors
/// [`UnfitWidth`] when no drawing can be made for it.
pub fn checked_fit(px: f64) -> Result<f64, UnfitWidth> {
    if (LEAST_FIT..=MOST_FIT).contains(&px) { Ok(px) } else { Err(UnfitWidth) }
}

/// As [`checked_fit`], of a number as it is written.
///
/// # Errors
/// [`UnfitWidth`] when it is no number too.
pub fn fit_width(text: &str) -> Result<f64, UnfitWidth> {
    text.parse().map_err(|_| UnfitWidth).and_then(checked_fit)
}
