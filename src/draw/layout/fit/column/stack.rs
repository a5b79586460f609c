//! Where the things of a column are from top to bottom.

use crate::draw::layout::layered::Graph;

use super::super::reading::Step;
use super::lane::Flank;
use super::way::Ways;
use super::{AIR, Room};

/// Where everything is from top to bottom.
#[derive(Debug)]
pub(super) struct Stack {
    pub(super) height: f64,
    pub(super) n_bands: usize,
    /// Upper and lower border of each thing.
    pub(super) spans: Vec<(f64, f64)>,
    /// The first and the last band of each thing.
    pub(super) bands: Vec<(usize, usize)>,
    /// Upper border of each title.
    pub(super) titles: Vec<f64>,
    /// Band and middle of each label.
    pub(super) labels: Vec<Option<(usize, f64)>>,
}

/// Builds a [`Stack`] from top to bottom.
struct Stacking<'a> {
    graph: &'a Graph,
    ways: &'a Ways,
    room: &'a Room,
    stack: Stack,
    y: f64,
}

impl Stack {
    pub(super) fn of(graph: &Graph, steps: &[Step], ways: &Ways, room: &Room) -> Self {
        let n_things = graph.nodes.len() + graph.clusters.len();
        let mut stacking = Stacking {
            graph,
            ways,
            room,
            stack: Self {
                height: 0.0,
                n_bands: 0,
                spans: vec![(0.0, 0.0); n_things],
                bands: vec![(0, 0); n_things],
                titles: vec![0.0; graph.clusters.len()],
                labels: vec![None; graph.edges.len()],
            },
            y: 0.0,
        };
        let mut before = None;
        for step in steps {
            stacking.step(*step, before);
            before = Some(*step);
        }
        Self { height: stacking.y, ..stacking.stack }
    }
}

impl Stacking<'_> {
    fn band(&mut self) -> usize {
        self.stack.n_bands += 1;
        self.stack.n_bands - 1
    }

    /// Keeps clear of what is above, with more room where a line ends.
    fn lead(&mut self, thing: usize, before: Option<Step>) {
        self.y += match before {
            Some(_) if self.ways.is_reached[thing] => self.room.stub,
            None | Some(Step::Open(_)) => 0.0,
            Some(_) => self.room.gap,
        };
    }

    fn step(&mut self, step: Step, before: Option<Step>) {
        match step {
            Step::Node(node) => {
                self.lead(node, before);
                let top = self.y;
                self.y += self.graph.nodes[node].size.height;
                self.stack.spans[node] = (top, self.y);
                self.stack.bands[node] = (self.band(), self.band());
                self.below(node);
            }
            Step::Open(cluster) => {
                let thing = self.graph.nodes.len() + cluster;
                self.lead(thing, before);
                let top = self.y;
                self.y += self.room.padding;
                self.stack.titles[cluster] = self.y;
                let title = self.graph.clusters[cluster].title.height;
                if title > 0.0 {
                    self.y += title + AIR;
                }
                self.stack.spans[thing].0 = top;
                self.stack.bands[thing].0 = self.band();
            }
            Step::Close(cluster) => {
                let thing = self.graph.nodes.len() + cluster;
                self.y += self.room.padding;
                if before == Some(Step::Open(cluster)) {
                    let least = self.graph.clusters[cluster].min_size.height;
                    self.y = self.y.max(self.stack.spans[thing].0 + least);
                }
                self.stack.spans[thing].1 = self.y;
                self.stack.bands[thing].1 = self.band();
                self.below(thing);
            }
        }
    }

    /// The labels that stand below a thing.
    fn below(&mut self, thing: usize) {
        let height = |edge: usize| self.graph.edges[edge].label.map_or(0.0, |label| label.height);
        let of = |flank| {
            let edges = self.ways.labels_below[thing].iter().copied();
            edges.filter(|edge| self.ways.flank(*edge) == flank).collect::<Vec<usize>>()
        };
        let (right, left) = (of(Flank::Right), of(Flank::Left));
        for at in 0..right.len().max(left.len()) {
            let pair: Vec<usize> = right.get(at).into_iter().chain(left.get(at)).copied().collect();
            let tallest = pair.iter().map(|edge| height(*edge)).fold(0.0, f64::max);
            self.y += AIR;
            let band = self.band();
            for edge in pair {
                self.stack.labels[edge] = Some((band, self.y + tallest / 2.0));
            }
            self.y += tallest;
        }
        let labelled = |edge: &usize| self.graph.edges[*edge].label.is_some();
        if let Some(edge) = self.ways.axis_below[thing].filter(labelled) {
            let tall = height(edge);
            self.y += 1.5 * AIR;
            let band = self.band();
            self.stack.labels[edge] = Some((band, self.y + tall / 2.0));
            self.y += tall;
        }
    }
}
