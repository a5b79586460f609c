//! How good a drawing is, as far as its geometry says.

use super::attempt::Kind;
use crate::draw::geometry::{Point, Rect};
use crate::draw::layout::layered::{ClusterIx, End, Graph, Layout, NodeIx};

/// Stretches of lines up to which each pair is compared.
const MAX_COMPARED: usize = 3_000;

/// What is said about a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Verdict {
    /// How much too wide it is, px; 0 when it fits.
    excess: f64,
    /// Things that are in the way of others.
    n_faults: usize,
    /// What else costs: crossings and height.
    cost: f64,
}

/// What a crossing costs, in px of height.
const CROSSING: f64 = 60.0;
/// What a column costs more than layers of the same height.
const COLUMN: f64 = 1.15;
/// Smaller text is not to be chosen for its lower drawing, so that heights are compared at this size, px.
const LARGEST_TEXT: f64 = 16.0;

impl Verdict {
    /// Judges a layout that is `excess` px too wide and whose nodes have text of this size, px.
    pub(super) fn of(graph: &Graph, layout: &Layout, excess: f64, text_size: f64) -> Self {
        let runs = runs(layout);
        let (n_faults, n_crossings) = if runs.len() <= MAX_COMPARED {
            (faults(graph, layout, &runs), crossings(graph, &runs))
        } else {
            (0, 0)
        };
        Self {
            excess: excess.max(0.0),
            n_faults,
            cost: n_crossings as f64 * CROSSING + layout.size.height * LARGEST_TEXT / text_size,
        }
    }

    /// A column is less like the wide drawing than layers are, and is taken only when it is clearly better.
    pub(super) fn of_kind(self, kind: Kind) -> Self {
        let factor = if kind == Kind::Column { COLUMN } else { 1.0 };
        Self { cost: self.cost * factor, ..self }
    }

    /// True when it fits and nothing is in the way of anything.
    pub(super) fn is_good(&self) -> bool {
        self.fits() && self.n_faults == 0
    }

    /// True when it is no wider than it may be.
    pub(super) fn fits(&self) -> bool {
        self.excess <= 0.0
    }

    /// True when it had better be taken than `other`.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        let key = |verdict: &Self| (verdict.excess, verdict.n_faults as f64, verdict.cost);
        key(self) < key(other)
    }
}

/// A straight stretch of an edge.
#[derive(Debug, Clone, Copy)]
struct Run {
    edge: usize,
    rect: Rect,
}

fn runs(layout: &Layout) -> Vec<Run> {
    let mut runs = Vec::new();
    for (edge, route) in layout.edges.iter().enumerate() {
        for pair in route.points.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            runs.push(Run { edge, rect: stretch(a, b) });
        }
    }
    runs
}

fn stretch(a: Point, b: Point) -> Rect {
    Rect::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
}

/// Lines that run through nodes, titles or labels of others, and labels on each other or on nodes.
fn faults(graph: &Graph, layout: &Layout, runs: &[Run]) -> usize {
    let mut n_faults = 0;
    for run in runs {
        let edge = &graph.edges[run.edge];
        let core = run.rect.grown(0.5);
        n_faults += layout
            .nodes
            .iter()
            .enumerate()
            .filter(|(node, rect)| {
                let end = End::Node(NodeIx(*node));
                edge.from != end && edge.to != end && rect.grown(-1.0).overlaps(core)
            })
            .count();
        n_faults += layout.clusters.iter().filter(|cluster| cluster.title.overlaps(core)).count();
        let labels = layout.edges.iter().enumerate().filter(|(other, _)| *other != run.edge);
        n_faults += labels
            .filter(|(_, route)| route.label.is_some_and(|label| label.grown(-1.0).overlaps(core)))
            .count();
    }
    let labels: Vec<Rect> = layout.edges.iter().filter_map(|route| route.label).collect();
    for (index, label) in labels.iter().enumerate() {
        n_faults += labels.iter().skip(index + 1).filter(|other| other.overlaps(*label)).count();
        n_faults += layout.nodes.iter().filter(|node| node.overlaps(*label)).count();
        n_faults += layout.clusters.iter().filter(|cluster| cluster.title.overlaps(*label)).count();
    }
    for (index, node) in layout.nodes.iter().enumerate() {
        n_faults += layout.nodes.iter().skip(index + 1).filter(|other| other.overlaps(*node)).count();
    }
    for (index, cluster) in layout.clusters.iter().enumerate() {
        let holds = |outer: usize, inner: usize| {
            let mut at = Some(ClusterIx(inner));
            let mut n_left = graph.clusters.len();
            while let Some(ClusterIx(cluster)) = at.filter(|_| n_left > 0) {
                if cluster == outer {
                    return true;
                }
                at = graph.clusters[cluster].parent;
                n_left -= 1;
            }
            false
        };
        n_faults += (index + 1..layout.clusters.len())
            .filter(|other| {
                cluster.rect.overlaps(layout.clusters[*other].rect)
                    && !holds(index, *other)
                    && !holds(*other, index)
            })
            .count();
    }
    n_faults
}

/// Crossings of level with upright stretches of edges that share no end.
fn crossings(graph: &Graph, runs: &[Run]) -> usize {
    let is_level = |run: &&Run| run.rect.height < 0.01;
    let level: Vec<&Run> = runs.iter().filter(is_level).collect();
    let upright: Vec<&Run> = runs.iter().filter(|run| !is_level(run)).collect();
    let ends = |run: &Run| [graph.edges[run.edge].from, graph.edges[run.edge].to];
    let crosses = |a: &Run, b: &Run| {
        a.rect.x + 1.0 < b.rect.x
            && b.rect.x < a.rect.right() - 1.0
            && b.rect.y + 1.0 < a.rect.y
            && a.rect.y < b.rect.bottom() - 1.0
    };
    let mut n_crossings = 0;
    for a in &level {
        for b in &upright {
            if a.edge != b.edge && crosses(a, b) && ends(a).iter().all(|end| !ends(b).contains(end)) {
                n_crossings += 1;
            }
        }
    }
    n_crossings
}
