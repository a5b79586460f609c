//! How the edges of a column run: on the axis, beside it, or from a cluster to what it holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::draw::layout::layered::{ClusterIx, End, Graph, NodeIx};

use super::super::reading::{Scopes, Step};
use super::lane::Flank;
use super::{LEAD, Room};

/// How an edge runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Not drawn.
    Unseen,
    /// Straight down the axis, or up.
    Axis,
    /// Beside the column.
    Beside(Flank),
    /// From a cluster to what it holds, or back.
    Within,
}

/// How the edges run.
#[derive(Debug)]
pub(super) struct Ways {
    pub(super) of_edges: Vec<Way>,
    /// For each thing, nodes before clusters, the edge on the axis below it.
    pub(super) axis_below: Vec<Option<usize>>,
    /// Edges with labels that stand below each thing.
    pub(super) labels_below: Vec<Vec<usize>>,
    /// Edges whose label stands below their end; the others have it below their start.
    pub(super) is_told_at_end: Vec<bool>,
    /// Clusters whose title a line on the axis passes.
    pub(super) is_passed: Vec<bool>,
    /// Things that a line on the axis ends at from above.
    pub(super) is_reached: Vec<bool>,
}

/// The number of a thing: nodes come before clusters.
pub(super) fn index(graph: &Graph, end: End) -> usize {
    match end {
        End::Node(NodeIx(node)) => node,
        End::Cluster(ClusterIx(cluster)) => graph.nodes.len() + cluster,
    }
}

/// The rows that each thing fills: the first and the last.
fn rows(graph: &Graph, steps: &[Step]) -> Vec<(usize, usize)> {
    let mut rows = vec![(0, 0); graph.nodes.len() + graph.clusters.len()];
    let mut row = 0_usize;
    for (at, step) in steps.iter().enumerate() {
        match *step {
            Step::Node(node) => {
                rows[node] = (row, row);
                row += 1;
            }
            Step::Open(cluster) => rows[graph.nodes.len() + cluster].0 = row,
            Step::Close(cluster) => {
                // An empty cluster is a row of its own.
                if at.checked_sub(1).and_then(|before| steps.get(before)) == Some(&Step::Open(cluster)) {
                    row += 1;
                }
                rows[graph.nodes.len() + cluster].1 = row.saturating_sub(1);
            }
        }
    }
    rows
}

impl Ways {
    pub(super) fn of(graph: &Graph, scopes: &Scopes, steps: &[Step], room: &Room) -> Self {
        let n_things = graph.nodes.len() + graph.clusters.len();
        let rows = rows(graph, steps);
        let mut ways = Self {
            of_edges: Vec::with_capacity(graph.edges.len()),
            is_told_at_end: vec![false; graph.edges.len()],
            axis_below: vec![None; n_things],
            labels_below: vec![Vec::new(); n_things],
            is_passed: vec![false; graph.clusters.len()],
            is_reached: vec![false; n_things],
        };
        let mut first_in: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for cluster in 0..graph.clusters.len() {
            first_in.entry(rows[graph.nodes.len() + cluster].0).or_default().push(cluster);
        }
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for is_upwards in [false, true] {
            for (edge_ix, edge) in graph.edges.iter().enumerate() {
                if ways.of_edges.len() <= edge_ix {
                    ways.of_edges.push(if edge.is_invisible { Way::Unseen } else { Way::Within });
                }
                if edge.is_invisible || ways.of_edges[edge_ix] == Way::Axis {
                    continue;
                }
                let (upper, lower) = if is_upwards { (edge.to, edge.from) } else { (edge.from, edge.to) };
                let (above, below) = (rows[index(graph, upper)], rows[index(graph, lower)]);
                if scopes.meet(upper, lower).is_none() || above.1 + 1 != below.0 || taken.contains(&above.1) {
                    continue;
                }
                // Titles of clusters that begin between the two and hold the lower one.
                let passed: Vec<usize> = first_in
                    .get(&below.0)
                    .into_iter()
                    .flatten()
                    .copied()
                    .filter(|cluster| lower != End::Cluster(ClusterIx(*cluster)))
                    .filter(|cluster| rows[graph.nodes.len() + cluster].1 >= below.1)
                    .filter(|cluster| {
                        let End::Cluster(ClusterIx(own)) = lower else { return true };
                        scopes.depth(cluster + 1) < scopes.depth(own + 1)
                    })
                    .collect();
                let has_room = passed.iter().all(|cluster| {
                    let outer = scopes.depth(cluster + 1) as f64 * room.padding;
                    graph.clusters[*cluster].title.width + LEAD + outer <= room.width / 2.0
                });
                if !has_room {
                    continue;
                }
                taken.insert(above.1);
                ways.of_edges[edge_ix] = Way::Axis;
                ways.axis_below[index(graph, upper)] = Some(edge_ix);
                ways.is_reached[index(graph, lower)] = true;
                for cluster in passed {
                    ways.is_passed[cluster] = true;
                }
            }
        }
        for (edge_ix, edge) in graph.edges.iter().enumerate() {
            if ways.of_edges[edge_ix] != Way::Within {
                continue;
            }
            let (from, to) = (index(graph, edge.from), index(graph, edge.to));
            if scopes.meet(edge.from, edge.to).is_some() {
                let is_down = rows[from].0 <= rows[to].0;
                ways.of_edges[edge_ix] = Way::Beside(if is_down { Flank::Right } else { Flank::Left });
            }
            if edge.label.is_some() {
                // What leads out of a thing to the cluster around it, or in from there, is told at the thing.
                ways.is_told_at_end[edge_ix] = ways.of_edges[edge_ix] == Way::Within
                    && scopes.depth(scopes.around(edge.from)) < scopes.depth(scopes.around(edge.to));
                let inner = if ways.is_told_at_end[edge_ix] { to } else { from };
                ways.labels_below[inner].push(edge_ix);
            }
        }
        ways
    }

    pub(super) fn flank(&self, edge: usize) -> Flank {
        match self.of_edges[edge] {
            Way::Beside(flank) => flank,
            _ => Flank::Right,
        }
    }
}
