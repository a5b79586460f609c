//! Wide ranks as several rows: a graph with invisible edges that keep its nodes in rows no wider than asked for.

use crate::draw::layout::layered::{Attachment, Edge, End, Graph, NodeIx};

use super::reading::{self, Scopes, Step};

/// Between two nodes of a row, px, when rows are filled.
const GAP: f64 = 20.0;
/// What a cluster around a row takes at both of its sides together, px.
const FRAME: f64 = 24.0;

/// The graph whose nodes stand in rows: as many in each as `width` has room for, in reading order, and none beside what it
/// leads to.
pub(super) fn folded(graph: &Graph, width: f64) -> Graph {
    let scopes = Scopes::of(graph);
    let mut follows: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for edge in &graph.edges {
        if let (End::Node(NodeIx(from)), End::Node(NodeIx(to))) = (edge.from, edge.to) {
            follows[from].push(to);
            follows[to].push(from);
        }
    }
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut row: Vec<usize> = Vec::new();
    let mut left = 0.0;
    let mut depth = 0_usize;
    for step in reading::reading(graph, &scopes) {
        match step {
            Step::Node(node) => {
                let own = graph.nodes[node].size.width + GAP;
                let is_joined = row.iter().any(|other| follows[node].contains(other));
                if is_joined || own > left {
                    rows.extend((!row.is_empty()).then(|| std::mem::take(&mut row)));
                    left = width - depth as f64 * FRAME;
                }
                row.push(node);
                left -= own;
            }
            Step::Open(_) | Step::Close(_) => {
                depth = if matches!(step, Step::Open(_)) { depth + 1 } else { depth.saturating_sub(1) };
                rows.extend((!row.is_empty()).then(|| std::mem::take(&mut row)));
                left = 0.0;
            }
        }
    }
    rows.extend((!row.is_empty()).then_some(row));
    let mut folded = graph.clone();
    for edge in &mut folded.edges {
        // What stands beside something may be in the next row.
        edge.beside = None;
    }
    let mut above: Option<&Vec<usize>> = None;
    for row in &rows {
        for (upper, lower) in above.into_iter().flat_map(|above| pairs(above, row)) {
            if !follows[upper].contains(&lower) {
                folded.edges.push(Edge {
                    from: End::Node(NodeIx(upper)),
                    to: End::Node(NodeIx(lower)),
                    label: None,
                    min_length: 1,
                    is_invisible: true,
                    beside: None,
                    attachment: Attachment::default(),
                });
            }
        }
        above = Some(row);
    }
    folded
}

/// Pairs that keep one row above the other: each node with the one at its place.
fn pairs<'a>(above: &'a [usize], below: &'a [usize]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let n = above.len().max(below.len());
    (0..n).filter_map(move |at| {
        let upper = above.get(at).or(above.last())?;
        let lower = below.get(at).or(below.last())?;
        Some((*upper, *lower))
    })
}
