//! The ways to draw a chart in a width that are tried.

use crate::draw::layout::layered::{self, Graph, Layout, Spacing};
use crate::draw::style::Style;
use crate::mermaid::diagram::Direction;

use super::column::{self, Room};

/// A way to draw a chart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    /// How its labels are set.
    pub(super) style: Style,
    /// Where it flows instead of where its author says.
    pub(super) turned: Option<Direction>,
    /// How things stand.
    pub(super) arrangement: Arrangement,
}

/// How the things of a graph stand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Arrangement {
    /// In layers.
    Layers(Spacing),
    /// In one column.
    Column(Room),
}

/// Graphs with more nodes and edges are not laid out in layers: they would be far too wide, and take their time.
const MAX_LAYERED: usize = 400;

/// A step from the roomiest to the narrowest: text, small text, widest label.
const STEPS: [(f64, f64, f64); 6] = [
    (16.0, 14.0, 232.0),
    (15.0, 13.5, 190.0),
    (14.0, 13.0, 180.0),
    (14.0, 13.0, 130.0),
    (13.5, 13.0, 110.0),
    (13.0, 13.0, 84.0),
];

/// All attempts, the best first as far as can be known.
pub(super) fn attempts(wide: &Style, width: f64) -> Vec<Attempt> {
    let mut attempts = Vec::new();
    for (index, (text_size, small_size, label)) in STEPS.into_iter().enumerate() {
        let is_first = index == 0;
        let style = Style {
            text_size,
            small_size,
            title_size: if is_first { wide.title_size } else { 16.0 },
            max_label_width: label.min(width * 0.6),
            margin: if is_first { wide.margin } else { 8.0 },
            fit: Some(width),
        };
        let spacing = if is_first { Spacing::default() } else { narrow(index) };
        let layers = |turned| Attempt { style, turned, arrangement: Arrangement::Layers(spacing) };
        attempts.push(layers(None));
        attempts.push(layers(Some(Direction::TopToBottom)));
        let room = Room {
            gap: 10.0,
            stub: 20.0,
            lane: if index < 3 { 8.0 } else { 5.0 },
            padding: if index < 3 { 10.0 } else { 8.0 },
            width: width - 2.0 * style.margin,
        };
        attempts.push(Attempt {
            style,
            turned: Some(Direction::TopToBottom),
            arrangement: Arrangement::Column(room),
        });
    }
    attempts
}

/// Room in layers at a step.
fn narrow(index: usize) -> Spacing {
    let tight = index > 2;
    Spacing {
        node: if tight { 14.0 } else { 20.0 },
        rank: 32.0,
        line: if tight { 10.0 } else { 14.0 },
        lane: 9.0,
        padding: if tight { 8.0 } else { 10.0 },
        cluster: if tight { 12.0 } else { 16.0 },
        stub: 14.0,
    }
}

impl Attempt {
    /// Where everything stands; `None` where this way is not for such a graph.
    pub(super) fn lay_out(&self, graph: &Graph) -> Option<Layout> {
        match &self.arrangement {
            Arrangement::Layers(spacing) => {
                let is_small = graph.nodes.len() + graph.edges.len() <= MAX_LAYERED;
                is_small.then(|| layered::lay_out(graph, spacing))
            }
            Arrangement::Column(room) => Some(column::lay_out(graph, room)),
        }
    }
}
