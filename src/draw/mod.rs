//! Drawings of diagrams, without a browser.

pub mod board;
pub mod colour;
pub mod describe;
pub mod faint;
pub mod font;
pub mod geometry;
pub mod icon;
pub mod ink;
pub mod label;
pub mod layout;
pub mod measure;
pub mod outline;
pub mod paint;
pub mod palette;
pub mod prose;
pub mod raster;
pub mod readable;
pub mod scene;
pub mod shape;
mod story;
pub mod style;
pub mod svg;
pub mod terminal;
pub mod theme;
mod wording;

use crate::mermaid::config::Config;
use crate::mermaid::diagram::Diagram;

use measure::TextMeasure;
use scene::Scene;
use style::Style;

/// Draws a diagram: lays it out, says what it shows, and makes it readable in the colours of its theme, which the diagram's
/// `config` may name.
pub fn draw(diagram: &Diagram, config: &Config, style: &Style, measure: &dyn TextMeasure) -> Scene {
    let scene = match diagram {
        Diagram::Flowchart(chart) => layout::flowchart::lay_out(chart, style, measure),
        Diagram::State(diagram) => layout::state::lay_out(diagram, style, measure),
        Diagram::Sequence(diagram) => layout::sequence::lay_out(diagram, style, measure),
    };
    let mut scene = Scene {
        title: describe::title(diagram),
        description: describe::description(diagram),
        palette: style.theme.palette(config, scene.kind),
        ..scene
    };
    readable::settle(&mut scene, style.keeps_colors);
    scene
}
