//! What a column keeps, whatever the graph.

use proptest::prelude::*;

use crate::draw::geometry::{Rect, Size};
use crate::draw::layout::layered::{
    Attachment, Cluster, ClusterIx, Edge, End, Flow, Graph, Layout, Node, NodeIx,
};
use crate::draw::outline::Outline;

use super::column::{self, Room};
use super::fold;
use super::verdict::Verdict;

const ROOM: Room = Room { gap: 10.0, stub: 20.0, lane: 8.0, padding: 10.0, width: 370.0 };

fn graph() -> impl Strategy<Value = Graph> {
    (1..14_usize, 0..6_usize).prop_flat_map(|(n_nodes, n_clusters)| {
        let in_cluster = move || prop::option::weighted(0.6, 0..n_clusters.max(1));
        let node = (14..140_u32, 14..70_u32, in_cluster(), prop::bool::ANY).prop_map(
            move |(width, height, cluster, is_round)| Node {
                size: Size::new(f64::from(width), f64::from(height)),
                outline: if is_round { Outline::Ellipse } else { Outline::Rectangle },
                cluster: cluster.filter(|_| n_clusters > 0).map(ClusterIx),
            },
        );
        let clusters: Vec<_> = (0..n_clusters)
            .map(|index| {
                (prop::option::of(0..index.max(1)), 0..160_u32).prop_map(move |(parent, title)| Cluster {
                    parent: parent.filter(|_| index > 0).map(ClusterIx),
                    title: if title < 20 { Size::default() } else { Size::new(f64::from(title), 17.0) },
                    flow: None,
                    min_size: Size::new(60.0, 40.0),
                })
            })
            .collect();
        let end = move |pick: usize| {
            if pick < n_nodes { End::Node(NodeIx(pick)) } else { End::Cluster(ClusterIx(pick - n_nodes)) }
        };
        let n_ends = n_nodes + n_clusters;
        let label = prop::option::weighted(0.4, 20..120_u32);
        let edge = (0..n_ends, 0..n_ends, label, prop::bool::weighted(0.1)).prop_map(
            move |(from, to, label, is_invisible)| Edge {
                from: end(from),
                to: end(to),
                label: label.filter(|_| !is_invisible).map(|width| Size::new(f64::from(width), 20.0)),
                min_length: 1,
                is_invisible,
                beside: None,
                attachment: Attachment::default(),
            },
        );
        (prop::collection::vec(node, n_nodes), clusters, prop::collection::vec(edge, 0..24))
            .prop_map(|(nodes, clusters, edges)| Graph { flow: Flow::Down, nodes, clusters, edges })
    })
}

fn rect(layout: &Layout, end: End) -> Rect {
    match end {
        End::Node(NodeIx(node)) => layout.nodes[node],
        End::Cluster(ClusterIx(cluster)) => layout.clusters[cluster].rect,
    }
}

fn holds(outer: Rect, inner: Rect) -> bool {
    let outer = outer.grown(0.01);
    outer.x <= inner.x
        && outer.y <= inner.y
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_shrink_iters: 3000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_in_the_way_of_anything_in_a_column(graph in graph()) {
        let layout = column::lay_out(&graph, &ROOM);
        prop_assert!(Verdict::of(&graph, &layout, 0.0, 16.0).is_good(), "{layout:#?}");
        let canvas = Rect::new(0.0, 0.0, layout.size.width, layout.size.height);
        for (node, shape) in graph.nodes.iter().enumerate() {
            prop_assert!(holds(canvas, layout.nodes[node]));
            if let Some(cluster) = shape.cluster {
                prop_assert!(holds(rect(&layout, End::Cluster(cluster)), layout.nodes[node]));
            }
        }
        for (index, cluster) in graph.clusters.iter().enumerate() {
            let own = layout.clusters[index];
            prop_assert!(holds(canvas, own.rect) && holds(own.rect, own.title));
            if let Some(parent) = cluster.parent {
                prop_assert!(holds(rect(&layout, End::Cluster(parent)), own.rect));
            }
        }
        for (edge, route) in graph.edges.iter().zip(&layout.edges) {
            prop_assert_eq!(route.points.is_empty(), edge.is_invisible);
            prop_assert_eq!(route.label.map(Rect::size), edge.label);
            for pair in route.points.windows(2) {
                prop_assert!((pair[0].x - pair[1].x).abs() < 0.01 || (pair[0].y - pair[1].y).abs() < 0.01);
                prop_assert!(holds(canvas, Rect::new(pair[0].x, pair[0].y, 0.0, 0.0)));
            }
            for (end, point) in [(edge.from, route.points.first()), (edge.to, route.points.last())] {
                let Some(point) = point else { continue };
                let border = rect(&layout, end);
                prop_assert!(holds(border, Rect::new(point.x, point.y, 0.0, 0.0)), "{end:?} {point:?} {border:?}");
            }
        }
    }

    #[test]
    fn folding_adds_nothing_that_shows(graph in graph(), width in 60.0..400.0_f64) {
        let folded = fold::folded(&graph, width);
        prop_assert_eq!(folded.nodes.len(), graph.nodes.len());
        let (kept, added) = folded.edges.split_at(graph.edges.len());
        prop_assert!(kept.iter().zip(&graph.edges).all(|(one, other)| one.from == other.from && one.to == other.to));
        prop_assert!(added.iter().all(|edge| edge.is_invisible && edge.from != edge.to));
    }
}

/// A graph of nodes of 100 by 40 px, and edges between them.
fn of_edges(n_nodes: usize, edges: impl Iterator<Item = (usize, usize)>) -> Graph {
    let node = Node { size: Size::new(100.0, 40.0), outline: Outline::Rectangle, cluster: None };
    let edge = |(from, to)| Edge {
        from: End::Node(NodeIx(from)),
        to: End::Node(NodeIx(to)),
        label: None,
        min_length: 1,
        is_invisible: false,
        beside: None,
        attachment: Attachment::default(),
    };
    Graph {
        flow: Flow::Down,
        nodes: vec![node; n_nodes],
        clusters: Vec::new(),
        edges: edges.map(edge).collect(),
    }
}

#[test]
fn a_column_is_as_narrow_as_its_lanes_allow() {
    type Edges<'a> = &'a dyn Fn() -> Vec<(usize, usize)>;
    let table: [(&str, Edges, f64); 3] = [
        ("a chain has no lanes", &|| (0..999).map(|at| (at, at + 1)).collect(), 100.0),
        ("a fan has one lane", &|| (1..1000).map(|at| (0, at)).collect(), 113.0),
        ("what leads back has a lane at the left", &|| vec![(0, 1), (1, 2), (2, 0)], 113.0),
    ];
    for (case, edges, width) in table {
        let layout = column::lay_out(&of_edges(1000, edges().into_iter()), &ROOM);
        assert_eq!(layout.size.width, width, "{case}");
    }
}

#[test]
fn many_things_in_a_column_take_little_time() {
    let n = 20_000;
    let edges = (0..n).flat_map(|at| [(at, (at * 7 + 1) % n), (at, at / 2)]);
    let layout = column::lay_out(&of_edges(n, edges), &ROOM);
    assert_eq!(layout.nodes.len(), n);
}
