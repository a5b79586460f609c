//! How much room text takes.

/// A style of text, as far as it changes widths.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Font size, px.
    pub size: f64,
    /// Bold.
    pub is_bold: bool,
}

/// Says how wide text is.
pub trait TextMeasure {
    /// The width of one line of `text`, px.
    fn width(&self, text: &str, face: Face) -> f64;
}
