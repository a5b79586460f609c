//! Drawings of diagrams, without a browser.

pub mod board;
pub mod colour;
pub mod describe;
pub mod font;
pub mod geometry;
pub mod label;
pub mod layout;
pub mod measure;
pub mod outline;
pub mod paint;
pub mod prose;
pub mod raster;
pub mod scene;
pub mod shape;
mod story;
pub mod style;
pub mod svg;
pub mod terminal;
pub mod theme;
mod wording;

use crate::mermaid::diagram::Diagram;

use measure::TextMeasure;
use scene::Scene;
use style::Style;

/// Draws a diagram: lays it out and says what it shows.
pub fn draw(diagram: &Diagram, style: &Style, measure: &dyn TextMeasure) -> Scene {
    let scene = match diagram {
        Diagram::Flowchart(chart) => layout::flowchart::lay_out(chart, style, measure),
        Diagram::State(diagram) => layout::state::lay_out(diagram, style, measure),
        Diagram::Sequence(diagram) => layout::sequence::lay_out(diagram, style, measure),
    };
    Scene { title: describe::title(diagram), description: describe::description(diagram), ..scene }
}
