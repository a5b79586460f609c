//! The turn from ranks that grow downwards to any flow, and back.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::{Outline, Side};

use super::{Attachment, Cluster, ClusterBox, Edge, Flow, Graph, Layout, Node, Route};

/// The side of a box in a graph that flows there, seen where ranks grow downwards.
pub(super) fn side_towards(side: Side, flow: Flow) -> Side {
    match (flow, side) {
        (Flow::Down, side) => side,
        (Flow::Up, Side::Top) | (Flow::Right, Side::Right) | (Flow::Left, Side::Left) => Side::Bottom,
        (Flow::Up, Side::Bottom) | (Flow::Right, Side::Left) | (Flow::Left, Side::Right) => Side::Top,
        (Flow::Up, Side::Left) | (Flow::Right | Flow::Left, Side::Top) => Side::Left,
        (Flow::Up, Side::Right) | (Flow::Right | Flow::Left, Side::Bottom) => Side::Right,
    }
}

/// The edge of a graph that flows there. Where ranks grow sideways, what stands beside something is in the rank there.
fn turned(edge: &Edge, flow: Flow) -> Edge {
    let beside = edge.beside.filter(|_| matches!(flow, Flow::Down | Flow::Up));
    if is_backward(edge, flow) {
        let [start, end] = edge.attachment.ports;
        let attachment = Attachment { ports: [end, start], ..edge.attachment };
        Edge { from: edge.to, to: edge.from, beside, attachment, ..edge.clone() }
    } else {
        Edge { beside, ..edge.clone() }
    }
}

/// True for an edge whose start stands in a later rank than its end, as it stands left of it.
pub(super) fn is_backward(edge: &Edge, flow: Flow) -> bool {
    flow == Flow::Left && edge.beside.is_some()
}

/// The graph turned so that its ranks grow downwards.
pub(super) fn towards(graph: &Graph, flow: Flow) -> Graph {
    let size = |size: Size| match flow {
        Flow::Down | Flow::Up => size,
        Flow::Right | Flow::Left => size.transposed(),
    };
    let corner = |corner: Point| match flow {
        Flow::Down => corner,
        Flow::Up => Point::new(corner.x, -corner.y),
        Flow::Right => Point::new(corner.y, corner.x),
        Flow::Left => Point::new(corner.y, -corner.x),
    };
    let outline = |outline: &Outline| match outline {
        Outline::Polygon(corners) => Outline::Polygon(corners.iter().copied().map(corner).collect()),
        Outline::Rectangle | Outline::Ellipse => outline.clone(),
    };
    let nodes = graph.nodes.iter();
    let clusters = graph.clusters.iter();
    let edges = graph.edges.iter();
    Graph {
        flow: Flow::Down,
        nodes: nodes
            .map(|node| Node { size: size(node.size), outline: outline(&node.outline), ..node.clone() })
            .collect(),
        clusters: clusters
            .map(|cluster| Cluster {
                title: size(cluster.title),
                min_size: size(cluster.min_size),
                ..cluster.clone()
            })
            .collect(),
        edges: edges.map(|edge| Edge { label: edge.label.map(size), ..turned(edge, flow) }).collect(),
    }
}

/// The layout turned back to `flow`.
pub(super) fn back(layout: Layout, flow: Flow) -> Layout {
    let height = layout.size.height;
    let point = |at: Point| match flow {
        Flow::Down => at,
        Flow::Up => Point::new(at.x, height - at.y),
        Flow::Right => Point::new(at.y, at.x),
        Flow::Left => Point::new(height - at.y, at.x),
    };
    let rect = |rect: Rect| {
        let (a, b) = (point(Point::new(rect.x, rect.y)), point(Point::new(rect.right(), rect.bottom())));
        let (x, y) = (a.x.min(b.x), a.y.min(b.y));
        Rect::new(x, y, a.x.max(b.x) - x, a.y.max(b.y) - y)
    };
    let route = |route: Route| Route {
        points: route.points.into_iter().map(point).collect(),
        label: route.label.map(rect),
    };
    Layout {
        size: match flow {
            Flow::Down | Flow::Up => layout.size,
            Flow::Right | Flow::Left => layout.size.transposed(),
        },
        nodes: layout.nodes.into_iter().map(rect).collect(),
        clusters: layout
            .clusters
            .into_iter()
            .map(|cluster| ClusterBox { rect: rect(cluster.rect), title: rect(cluster.title) })
            .collect(),
        edges: layout.edges.into_iter().map(route).collect(),
    }
}
