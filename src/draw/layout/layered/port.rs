//! Where on the side of a node each edge is attached.

use super::Graph;
use super::position::Columns;
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

/// How far from the middle of a horizontal side of the node edges are attached, px.
fn reach(graph: &Graph, node: usize) -> f64 {
    let shape = &graph.nodes[node];
    let half_width = shape.size.width / 2.0;
    match shape.outline {
        Outline::Rectangle => (half_width - CORNER).max(0.0),
        // Farther out the border is far from the side.
        Outline::Ellipse | Outline::Polygon(_) => half_width * 0.5,
    }
}

/// Places for `n` edges on a horizontal side of the node, from left to right.
fn offsets(graph: &Graph, node: usize, n: usize) -> Vec<i64> {
    let usable = reach(graph, node);
    let n_steps = n.saturating_sub(1);
    if n_steps == 0 {
        return vec![0; n];
    }
    let step = (2.0 * usable / n_steps as f64).min(STEP);
    (0..n).map(|at| ((at as f64 - n_steps as f64 / 2.0) * step).round() as i64).collect()
}

/// Least px between two edges at a node after one of them was moved.
const LEAST_STEP: i64 = 8;
/// Px up to which a sideways step is taken out by moving the end of the edge.
const JOG: i64 = 16;

/// Moves ends of edges along the sides of their nodes where that makes an edge straight that would make a small step.
pub(super) fn straighten(graph: &Graph, rows: &Rows, columns: &Columns, ports: &mut [(i64, i64)]) {
    // The ends at the lower and the upper side of each node: strand, and whether it is the strand's upper end.
    let mut sides: Vec<[Vec<(usize, bool)>; 2]> = vec![[Vec::new(), Vec::new()]; graph.nodes.len()];
    for (strand, chain) in rows.chains.iter().enumerate() {
        for (end, is_upper_end) in [(chain.first(), true), (chain.last(), false)] {
            if let Some(Kind::Node(node)) = end.map(|item| rows.items[*item].kind) {
                sides[node][usize::from(!is_upper_end)].push((strand, is_upper_end));
            }
        }
    }
    for (node, side) in
        sides.iter().enumerate().flat_map(|(node, sides)| sides.iter().map(move |side| (node, side)))
    {
        let reach = reach(graph, node) as i64;
        let offset = |ports: &[(i64, i64)], (strand, is_upper_end): (usize, bool)| {
            if is_upper_end { ports[strand].0 } else { ports[strand].1 }
        };
        for end in side {
            let (strand, is_upper_end) = *end;
            let chain = &rows.chains[strand];
            let [first, second, ..] = chain[..] else { continue };
            let [.., before_last, last] = chain[..] else { continue };
            let (own, other) = if is_upper_end { (first, second) } else { (last, before_last) };
            // Where the other end is a node too, its own place along the side counts.
            let other_port = match (chain.len(), is_upper_end) {
                (2, true) => ports[strand].1,
                (2, false) => ports[strand].0,
                _ => 0,
            };
            let old = offset(ports, *end);
            let new = columns.items[other] + other_port - columns.items[own];
            let is_free = side.iter().filter(|known| *known != end).all(|known| {
                let place = offset(ports, *known);
                (place - new).abs() >= LEAST_STEP && (place < old) == (place < new)
            });
            if new != old && (new - old).abs() <= JOG && new.abs() <= reach && is_free {
                *(if is_upper_end { &mut ports[strand].0 } else { &mut ports[strand].1 }) = new;
            }
        }
    }
}
