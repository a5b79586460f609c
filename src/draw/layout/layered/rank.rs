//! Gives nodes ranks: few ranks between the ends of edges, and between the borders of clusters.

use super::Graph;
use super::acyclic::{Grouping, Strand, Unit, enclosures};
use super::compound::{Tree, cluster_of};
use super::simplex::{self, Arc};

/// Steps of the simplex method for so many units; beyond it ranks are good instead of best.
const N_PIVOTS: usize = 20_000;
/// Units above which ranks are not improved at all.
const MAX_UNITS: usize = 8_000;

/// The ranks of a graph, from 0 without gaps.
#[derive(Debug)]
pub(super) struct Ranks {
    /// The rank of each node.
    pub(super) nodes: Vec<usize>,
    /// The first and the last rank of each cluster's nodes.
    pub(super) clusters: Vec<(usize, usize)>,
    /// The number of ranks.
    pub(super) len: usize,
}

/// Ranks such that each strand leads down at least as far as its edge asks for.
pub(super) fn rank(graph: &Graph, tree: &Tree, strands: &[Strand], grouping: Grouping) -> Ranks {
    let n_units = graph.nodes.len() + 2 * graph.clusters.len();
    let mut arcs: Vec<Arc> = Vec::new();
    for (upper, lower) in enclosures(graph, tree) {
        let weight = i64::from(matches!((upper, lower), (Unit::Head(_), Unit::Foot(_))));
        arcs.push(Arc { tail: upper.index(graph), head: lower.index(graph), min: 0, weight });
    }
    for strand in strands {
        let edge = &graph.edges[strand.edge];
        let is_within = match (strand.upper, strand.lower) {
            (Unit::Head(_), _) | (_, Unit::Foot(_)) => true,
            (Unit::Node(_) | Unit::Foot(_), _) => false,
        };
        let min = if is_within { i64::from(edge.label.is_some()) } else { i64::from(edge.min_length.max(1)) };
        arcs.push(Arc { tail: strand.upper.index(graph), head: strand.lower.index(graph), min, weight: 2 });
    }
    if grouping == Grouping::Whole {
        arcs.extend(strands.iter().filter_map(|strand| apart(graph, tree, *strand)));
    }
    let n_pivots = if n_units > MAX_UNITS { 0 } else { N_PIVOTS };
    let places = simplex::solve(n_units, &arcs, n_pivots);

    // Borders may stand where no node does.
    let mut used: Vec<i64> = places[..graph.nodes.len()].to_vec();
    used.sort_unstable();
    used.dedup();
    let nodes: Vec<usize> = places[..graph.nodes.len()]
        .iter()
        .map(|place| used.binary_search(place).unwrap_or_else(|next| next))
        .collect();
    let mut clusters = vec![(usize::MAX, 0); graph.clusters.len()];
    for (node, rank) in nodes.iter().enumerate() {
        for cluster in tree.path(cluster_of(graph, node)) {
            let range = &mut clusters[*cluster];
            *range = (range.0.min(*rank), range.1.max(*rank));
        }
    }
    Ranks { nodes, clusters, len: used.len() }
}

/// Keeps what the strand comes from, as a whole, above what it leads to.
fn apart(graph: &Graph, tree: &Tree, strand: Strand) -> Option<Arc> {
    let around = |unit: Unit| match unit {
        Unit::Node(node) => tree.path(cluster_of(graph, node)),
        Unit::Head(cluster) | Unit::Foot(cluster) => tree.path(Some(cluster)),
    };
    let (upper, lower) = (around(strand.upper), around(strand.lower));
    let n_shared = upper.iter().zip(lower).take_while(|(a, b)| a == b).count();
    // A border belongs to what it encloses when the strand leads inside.
    let is_inside = |unit: Unit, path: &[usize]| !matches!(unit, Unit::Node(_)) && path.len() == n_shared;
    if is_inside(strand.upper, upper) || is_inside(strand.lower, lower) {
        return None;
    }
    let tail = upper.get(n_shared).map_or(strand.upper, |cluster| Unit::Foot(*cluster));
    let head = lower.get(n_shared).map_or(strand.lower, |cluster| Unit::Head(*cluster));
    Some(Arc::constraint(tail.index(graph), head.index(graph), 1))
}
