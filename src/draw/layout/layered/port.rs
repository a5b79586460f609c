//! Where on the side of a node each edge is attached.

use super::Graph;
use super::row::{Kind, Rows};
use crate::draw::outline::Outline;

/// Most px between two edges at a node.
const STEP: f64 = 24.0;
/// Px that edges keep from the corners of a node.
const CORNER: f64 = 10.0;

/// For each strand how far right of the middle of its upper and of its lower end it is attached, px.
pub(super) fn ports(graph: &Graph, rows: &Rows, order: &[Vec<usize>]) -> Vec<(i64, i64)> {
    let mut position = vec![0; rows.items.len()];
    for row in order {
        for (at, item) in row.iter().enumerate() {
            position[*item] = at;
        }
    }
    let mut below: Vec<Vec<(usize, usize)>> = vec![Vec::new(); graph.nodes.len()];
    let mut above: Vec<Vec<(usize, usize)>> = vec![Vec::new(); graph.nodes.len()];
    for (strand, chain) in rows.chains.iter().enumerate() {
        let [first, second, ..] = chain[..] else { continue };
        let [.., before_last, last] = chain[..] else { continue };
        if let Kind::Node(node) = rows.items[first].kind {
            below[node].push((position[second], strand));
        }
        if let Kind::Node(node) = rows.items[last].kind {
            above[node].push((position[before_last], strand));
        }
    }
    let mut ports = vec![(0, 0); rows.chains.len()];
    for (node, (below, above)) in below.iter_mut().zip(&mut above).enumerate() {
        for (side, is_upper_end) in [(below, true), (above, false)] {
            side.sort_unstable();
            let offsets = offsets(graph, node, side.len());
            for ((_, strand), offset) in side.iter().zip(offsets) {
                let port = &mut ports[*strand];
                *(if is_upper_end { &mut port.0 } else { &mut port.1 }) = offset;
            }
        }
    }
    ports
}

/// Places for `n` edges on a horizontal side of the node, from left to right.
fn offsets(graph: &Graph, node: usize, n: usize) -> Vec<i64> {
    let shape = &graph.nodes[node];
    let half_width = shape.size.width / 2.0;
    let usable = match shape.outline {
        Outline::Rectangle => half_width - CORNER,
        // Farther out the border is far from the side.
        Outline::Ellipse | Outline::Polygon(_) => half_width * 0.5,
    };
    let n_steps = n.saturating_sub(1);
    if n_steps == 0 {
        return vec![0; n];
    }
    let step = (2.0 * usable.max(0.0) / n_steps as f64).min(STEP);
    (0..n).map(|at| ((at as f64 - n_steps as f64 / 2.0) * step).round() as i64).collect()
}
