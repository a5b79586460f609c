//! Where on the side of a node each edge is attached.

use super::Graph;
use super::acyclic::Strand;
use super::row::{Kind, Rows};
use crate::draw::outline::Outline;

/// Most px between two edges at a node, where nothing asks for more.
const STEP: f64 = 24.0;
/// Px that edges keep from the corners of a node.
const CORNER: f64 = 8.0;
/// Least px between two edges at a node that were moved to be straight.
const LEAST_STEP: i64 = 12;

/// The end of a strand at a node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Port {
    pub(super) strand: usize,
    pub(super) is_upper_end: bool,
    /// How far right of the node's middle it is when nothing moves it, px.
    pub(super) offset: i64,
}

impl Port {
    /// How far right of the node's middle the edge is attached.
    pub(super) fn of_mut(self, ports: &mut [(i64, i64)]) -> &mut i64 {
        let port = &mut ports[self.strand];
        if self.is_upper_end { &mut port.0 } else { &mut port.1 }
    }
}

/// The upper or the lower side of a node, with what is attached to it.
#[derive(Debug)]
pub(super) struct Side {
    /// The item of the node.
    pub(super) item: usize,
    /// From left to right.
    pub(super) ports: Vec<Port>,
    /// How far right of the middle of the node edges are attached, at least and at most, px.
    pub(super) range: (i64, i64),
    /// Least px between two edges.
    pub(super) step: i64,
}

impl Side {
    /// From where to where the edge at `at` can be attached so that there is room for those beside it.
    pub(super) fn room(&self, at: usize) -> (i64, i64) {
        let n_after = self.ports.len().saturating_sub(at + 1);
        (self.range.0 + self.steps(at), self.range.1 - self.steps(n_after))
    }

    /// The least px that `n` edges side by side take.
    pub(super) fn steps(&self, n: usize) -> i64 {
        count(n) * self.step
    }

    /// The part of a side where one edge must be attached.
    fn fixed(item: usize, strand: usize, is_upper_end: bool, offset: i64) -> Self {
        Self { item, ports: vec![Port { strand, is_upper_end, offset }], range: (offset, offset), step: 0 }
    }
}

/// Where the end of a strand must be attached.
fn fixed(graph: &Graph, strands: &[Strand], strand: usize, is_upper_end: bool) -> Option<i64> {
    let strand = strands.get(strand)?;
    let [start, end] = graph.edges[strand.edge].attachment.ports;
    let offset = if strand.is_turned == is_upper_end { end } else { start };
    offset.map(|offset| offset.round() as i64)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The sides of all nodes that edges are attached to.
pub(super) fn sides(graph: &Graph, strands: &[Strand], rows: &Rows, order: &[Vec<usize>]) -> Vec<Side> {
    let mut position = vec![0; rows.items.len()];
    for row in order {
        for (at, item) in row.iter().enumerate() {
            position[*item] = at;
        }
    }
    let mut sides = Vec::new();
    // At the lower and at the upper side of each node: where each strand leads, and the strand.
    let mut ends: Vec<[Vec<(usize, usize)>; 2]> = vec![[Vec::new(), Vec::new()]; graph.nodes.len()];
    for (strand, chain) in rows.chains.iter().enumerate() {
        let [first, second, ..] = chain[..] else { continue };
        let [.., before_last, last] = chain[..] else { continue };
        if let Kind::Node(node) = rows.items[first].kind {
            match fixed(graph, strands, strand, true) {
                Some(offset) => sides.push(Side::fixed(first, strand, true, offset)),
                None => ends[node][0].push((position[second], strand)),
            }
        }
        if let Kind::Node(node) = rows.items[last].kind {
            match fixed(graph, strands, strand, false) {
                Some(offset) => sides.push(Side::fixed(last, strand, false, offset)),
                None => ends[node][1].push((position[before_last], strand)),
            }
        }
    }
    for (node, ends) in ends.iter_mut().enumerate() {
        for (ends, is_upper_end) in ends.iter_mut().zip([true, false]) {
            if ends.is_empty() {
                continue;
            }
            ends.sort_unstable();
            let n_steps = (ends.len() - 1) as f64;
            // Where many edges crowd, those outside come near the corners, so that no two are on one line.
            let most = graph.nodes[node].size.width / 2.0 - 1.0;
            let usable = reach(graph, node).max(n_steps.min(most));
            let step = if n_steps > 0.0 { (2.0 * usable / n_steps).min(STEP) } else { 0.0 };
            let ports = ends.iter().enumerate().map(|(at, (_, strand))| Port {
                strand: *strand,
                is_upper_end,
                offset: ((at as f64 - n_steps / 2.0) * step).round() as i64,
            });
            let reach = usable as i64;
            let most = (2 * reach).checked_div(count(ends.len() - 1)).unwrap_or_default();
            sides.push(Side {
                item: rows.nodes[node],
                ports: ports.collect(),
                range: (-reach, reach),
                step: most.min(LEAST_STEP),
            });
        }
    }
    sides
}

/// How far from the middle of a horizontal side of the node edges are attached, px.
fn reach(graph: &Graph, node: usize) -> f64 {
    let shape = &graph.nodes[node];
    let half_width = shape.size.width / 2.0;
    match shape.outline {
        Outline::Rectangle => (half_width - CORNER).max(0.0),
        // Farther out the border is far from the side.
        Outline::Ellipse | Outline::Polygon(_) => half_width * 0.6,
    }
}
