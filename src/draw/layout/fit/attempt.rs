//! The ways to draw a chart in a width that are tried.

use crate::draw::layout::layered::{self, Graph, Layout, Spacing};
use crate::draw::style::Style;
use crate::mermaid::diagram::Direction;

use super::column::{self, Room};
use super::fold;

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
    /// In layers, wide ranks in several rows that together with the gaps between them fill so many px.
    Rows(Spacing, f64),
    /// In one column.
    Column(Room),
}

/// A kind of attempts that differ in room only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// In layers that grow where the author says.
    AsWritten,
    /// In layers that grow downwards.
    Down,
    /// In layers that grow downwards, in rows that fill the width.
    FullRows,
    /// In layers that grow downwards, in rows that leave room for lines beside them.
    HalfRows,
    /// In one column, which fits whatever the graph.
    Column,
}

impl Kind {
    /// All kinds, what is most like the wide drawing first.
    pub(super) const ALL: [Self; 5] =
        [Self::AsWritten, Self::Down, Self::FullRows, Self::HalfRows, Self::Column];

    /// The number of steps from the roomiest attempt to the narrowest. Only in a column words are cut: it is the last resort.
    pub(super) const fn n_steps(self) -> usize {
        match self {
            Self::Column => STEPS.len(),
            _ => CUTTING,
        }
    }
}

/// Graphs with more nodes and edges are not laid out in layers: they would be far too wide, and take their time.
const MAX_LAYERED: usize = 400;

/// A step from the roomiest to the narrowest: text, small text, widest label.
const STEPS: [(f64, f64, f64); 7] = [
    (16.0, 14.0, 232.0),
    (15.0, 13.5, 190.0),
    (14.0, 13.0, 170.0),
    (14.0, 13.0, 130.0),
    (13.5, 13.0, 110.0),
    (13.0, 13.0, 90.0),
    (13.0, 13.0, 90.0),
];
/// Between two lanes beside a column at each step; those behind have the last.
const LANES: [f64; 4] = [12.0, 10.0, 8.0, 5.0];
/// From this step on there is less room around things.
const TIGHT: usize = 3;
/// The step at which words are cut.
const CUTTING: usize = STEPS.len() - 1;

/// The attempt of a kind at a step, 0 being the roomiest; `wide` is how a drawing without a width looks.
pub(super) fn attempt(kind: Kind, index: usize, wide: &Style, width: f64) -> Attempt {
    let (text_size, small_size, label) = STEPS[index.min(STEPS.len() - 1)];
    let is_first = index == 0;
    let style = Style {
        text_size,
        small_size,
        title_size: if is_first { wide.title_size } else { 16.0 },
        max_label_width: label.min(width * 0.6),
        cuts_words: index >= CUTTING,
        margin: if is_first { wide.margin } else { 8.0 },
        fit: Some(width),
        ..*wide
    };
    let spacing = if is_first { Spacing::default() } else { narrow(index) };
    let inner = width - 2.0 * style.margin;
    let arrangement = match kind {
        Kind::AsWritten | Kind::Down => Arrangement::Layers(spacing),
        Kind::FullRows => Arrangement::Rows(spacing, inner),
        Kind::HalfRows => Arrangement::Rows(spacing, inner * 0.75),
        Kind::Column => Arrangement::Column(Room {
            gap: 10.0,
            stub: 20.0,
            lane: LANES[index.min(LANES.len() - 1)],
            padding: if index < TIGHT { 10.0 } else { 8.0 },
            width: inner,
        }),
    };
    Attempt { style, turned: (kind != Kind::AsWritten).then_some(Direction::TopToBottom), arrangement }
}

/// Room in layers at a step.
fn narrow(index: usize) -> Spacing {
    let is_tight = index >= TIGHT;
    Spacing {
        node: if is_tight { 14.0 } else { 20.0 },
        rank: 32.0,
        line: if is_tight { 10.0 } else { 14.0 },
        lane: 9.0,
        padding: if is_tight { 8.0 } else { 10.0 },
        cluster: if is_tight { 12.0 } else { 16.0 },
        stub: 14.0,
    }
}

impl Attempt {
    /// Where everything stands; `None` where this way is not for such a graph.
    pub(super) fn lay_out(&self, graph: &Graph) -> Option<Layout> {
        let is_small = graph.nodes.len() + graph.edges.len() <= MAX_LAYERED;
        match &self.arrangement {
            Arrangement::Layers(spacing) => is_small.then(|| layered::lay_out(graph, spacing)),
            Arrangement::Rows(spacing, width) => is_small.then(|| {
                let mut layout = layered::lay_out(&fold::folded(graph, *width), spacing);
                layout.edges.truncate(graph.edges.len());
                layout
            }),
            Arrangement::Column(room) => Some(column::lay_out(graph, room)),
        }
    }
}
