//! The whole layout: clusters that are laid out by themselves, parts, and the ways of edges through all of them.

use crate::draw::geometry::Rect;

use super::leg::{self, Leg};
use super::scope::{Crossed, Placed, Scope};
use super::{ClusterBox, Graph, Layout, Route, Spacing};

/// Places every node, cluster and edge of `graph`.
///
/// A cluster with a `flow` of its own flows there, whatever crosses its border.
pub fn lay_out(graph: &Graph, spacing: &Spacing) -> Layout {
    // Where the legs of edges do not meet, clusters that edges cross flow as what holds them.
    try_lay_out(graph, spacing, Crossed::Turned).unwrap_or_else(|| {
        join_all(graph, Scope::new(graph, spacing, Crossed::Dissolved).lay_out(), leg::string)
    })
}

/// As [`lay_out`]; `None` when the legs of an edge do not meet.
pub(super) fn try_lay_out(graph: &Graph, spacing: &Spacing, crossed: Crossed) -> Option<Layout> {
    let placed = Scope::new(graph, spacing, crossed).lay_out();
    let mut is_met = true;
    let layout = join_all(graph, placed, |legs| {
        leg::join(legs).unwrap_or_else(|| {
            is_met = false;
            Route::default()
        })
    });
    is_met.then_some(layout)
}

/// The layout of the whole graph; `join` makes the way of an edge of its legs.
fn join_all(graph: &Graph, placed: Placed, mut join: impl FnMut(Vec<Leg>) -> Route) -> Layout {
    let mut layout = Layout {
        size: placed.size,
        nodes: vec![Rect::default(); graph.nodes.len()],
        clusters: vec![ClusterBox::default(); graph.clusters.len()],
        edges: vec![Route::default(); graph.edges.len()],
    };
    for (node, rect) in placed.nodes {
        layout.nodes[node] = rect;
    }
    for (cluster, placed) in placed.clusters {
        layout.clusters[cluster] = placed;
    }
    let mut legs: Vec<Vec<Leg>> = vec![Vec::new(); graph.edges.len()];
    for (edge, leg) in placed.legs {
        legs[edge].push(leg);
    }
    for (edge, legs) in legs.into_iter().enumerate() {
        layout.edges[edge] = join(legs);
    }
    layout
}
