//! Sizes of a drawing.

/// How large the parts of a drawing are, px.
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
    /// Room around the drawing.
    pub margin: f64,
    /// The width that the drawing is made for; without it a drawing is as wide as it gets.
    pub fit: Option<f64>,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            text_size: 16.0,
            small_size: 14.0,
            title_size: 19.0,
            max_label_width: 232.0,
            margin: 14.0,
            fit: None,
        }
    }
}
