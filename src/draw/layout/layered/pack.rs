//! Parts of a graph that hang together, and how they stand beside each other.

use crate::draw::geometry::{Point, Size};

use super::disjoint::Sets;
use super::{ClusterIx, End, Graph};

/// Wanted ratio of width to height of several parts together.
const RATIO: f64 = 1.6;

/// For each node the number of its part, counted from 0 in the order of the parts' first nodes, and the number of parts.
///
/// What edges or a cluster hold together is one part.
pub(super) fn parts(graph: &Graph) -> (Vec<usize>, usize) {
    let n_nodes = graph.nodes.len();
    let mut sets = Sets::new(n_nodes + graph.clusters.len());
    let index = |end: End| match end {
        End::Node(node) => node.0,
        End::Cluster(ClusterIx(cluster)) => n_nodes + cluster,
    };
    for edge in &graph.edges {
        sets.join(index(edge.from), index(edge.to));
    }
    for (node, shape) in graph.nodes.iter().enumerate() {
        if let Some(ClusterIx(cluster)) = shape.cluster {
            sets.join(node, n_nodes + cluster);
        }
    }
    for (cluster, shape) in graph.clusters.iter().enumerate() {
        if let Some(ClusterIx(parent)) = shape.parent {
            sets.join(n_nodes + cluster, n_nodes + parent);
        }
    }
    let mut numbers: Vec<Option<usize>> = vec![None; n_nodes + graph.clusters.len()];
    let mut n_parts = 0;
    let parts = (0..n_nodes).map(|node| {
        let number = &mut numbers[sets.find(node)];
        *number.get_or_insert_with(|| {
            n_parts += 1;
            n_parts - 1
        })
    });
    let parts = parts.collect();
    (parts, n_parts)
}

/// Where the upper left corner of each box stands when they fill rows in their order, `gap` px apart, and the size of all
/// together.
pub(super) fn shelves(sizes: &[Size], gap: f64) -> (Vec<Point>, Size) {
    let area: f64 = sizes.iter().map(|size| (size.width + gap) * (size.height + gap)).sum();
    let widest = sizes.iter().map(|size| size.width).fold(0.0, f64::max);
    let width = widest.max((area * RATIO).sqrt());
    let mut corners = Vec::with_capacity(sizes.len());
    let mut total = Size::default();
    let (mut x, mut y, mut height) = (0.0, 0.0, 0.0_f64);
    for size in sizes {
        if x > 0.0 && x + size.width > width {
            x = 0.0;
            y += height + gap;
            height = 0.0;
        }
        corners.push(Point::new(x, y));
        height = height.max(size.height);
        total = Size::new(total.width.max(x + size.width), total.height.max(y + size.height));
        x += size.width + gap;
    }
    (corners, total)
}
