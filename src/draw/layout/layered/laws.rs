//! What every layout keeps, whatever the graph.

use proptest::prelude::*;

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::Outline;

use super::{Attachment, Cluster, ClusterIx, Edge, End, Flow, Graph, Layout, Node, NodeIx, Spacing, lay_out};

const GRACE: f64 = 0.51;

fn flow() -> impl Strategy<Value = Flow> {
    prop::sample::select(vec![Flow::Down, Flow::Up, Flow::Right, Flow::Left])
}

fn outline(size: Size) -> impl Strategy<Value = Outline> {
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let diamond = vec![Point::new(0.0, -y), Point::new(x, 0.0), Point::new(0.0, y), Point::new(-x, 0.0)];
    prop::sample::select(vec![Outline::Rectangle, Outline::Ellipse, Outline::Polygon(diamond)])
}

fn graph() -> impl Strategy<Value = Graph> {
    (1..14_usize, 0..5_usize, flow()).prop_flat_map(|(n_nodes, n_clusters, flow)| {
        let node = ((30..140_u32, 30..60_u32), prop::option::weighted(0.6, 0..n_clusters.max(1)))
            .prop_flat_map(move |((width, height), cluster)| {
                let size = Size::new(f64::from(width), f64::from(height));
                outline(size).prop_map(move |outline| Node {
                    size,
                    outline,
                    cluster: cluster.filter(|_| n_clusters > 0).map(ClusterIx),
                })
            });
        let clusters: Vec<_> = (0..n_clusters)
            .map(|index| {
                let parent = prop::option::of(0..index.max(1));
                (parent, 0..160_u32, prop::option::weighted(0.3, self::flow())).prop_map(
                    move |(parent, title, flow)| Cluster {
                        parent: parent.filter(|_| index > 0).map(ClusterIx),
                        title: if title < 20 { Size::default() } else { Size::new(f64::from(title), 20.0) },
                        flow,
                        min_size: Size::new(60.0, 40.0),
                    },
                )
            })
            .collect();
        let end = move |pick: usize| {
            if pick < n_nodes { End::Node(NodeIx(pick)) } else { End::Cluster(ClusterIx(pick - n_nodes)) }
        };
        let n_ends = n_nodes + n_clusters;
        let edge = (
            0..n_ends,
            0..n_ends,
            prop::option::weighted(0.3, 20..120_u32),
            1..3_u32,
            prop::bool::weighted(0.1),
        )
            .prop_map(move |(from, to, label, min_length, is_invisible)| Edge {
                beside: None,
                attachment: Attachment::default(),
                from: end(from),
                to: end(to),
                label: label.map(|width| Size::new(f64::from(width), 20.0)),
                min_length,
                is_invisible,
            });
        (prop::collection::vec(node, n_nodes), clusters, prop::collection::vec(edge, 0..22))
            .prop_map(move |(nodes, clusters, edges)| Graph { flow, nodes, clusters, edges })
    })
}

fn path(graph: &Graph, mut cluster: Option<ClusterIx>) -> Vec<usize> {
    let mut path = Vec::new();
    while let Some(ClusterIx(at)) = cluster {
        path.push(at);
        cluster = graph.clusters[at].parent;
    }
    path
}

fn rect_of(layout: &Layout, end: End) -> Rect {
    match end {
        End::Node(node) => layout.nodes[node.0],
        End::Cluster(cluster) => layout.clusters[cluster.0].rect,
    }
}

fn inside(outer: Rect, inner: Rect) -> bool {
    let outer = outer.grown(GRACE);
    outer.x <= inner.x
        && outer.y <= inner.y
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

fn stretch(a: Point, b: Point) -> Rect {
    Rect::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
}

/// True when the point lies on the border of the end.
fn is_on_border(graph: &Graph, layout: &Layout, end: End, at: Point) -> bool {
    use crate::draw::outline::Side;
    let rect = rect_of(layout, end);
    let center = rect.center();
    let outline = match end {
        End::Node(node) => graph.nodes[node.0].outline.clone(),
        End::Cluster(_) => Outline::Rectangle,
    };
    let inset = |side, offset| outline.inset(rect.size(), side, offset);
    let (dx, dy) = (at.x - center.x, at.y - center.y);
    [
        (at.y - rect.y - inset(Side::Top, dx)).abs(),
        (rect.bottom() - at.y - inset(Side::Bottom, dx)).abs(),
        (at.x - rect.x - inset(Side::Left, dy)).abs(),
        (rect.right() - at.x - inset(Side::Right, dy)).abs(),
    ]
    .into_iter()
    .any(|distance| distance < 1.0)
}

/// Everything that is wrong with a layout.
fn faults(graph: &Graph, layout: &Layout) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |holds: bool, fault: String| {
        if !holds {
            faults.push(fault);
        }
    };
    let canvas = Rect::new(0.0, 0.0, layout.size.width, layout.size.height);
    for (node, rect) in layout.nodes.iter().enumerate() {
        check(inside(canvas, *rect), format!("node {node} is outside"));
        for (other, other_rect) in layout.nodes.iter().enumerate().skip(node + 1) {
            check(!rect.overlaps(*other_rect), format!("nodes {node} and {other} overlap"));
        }
        let path = path(graph, graph.nodes[node].cluster);
        for (cluster, placed) in layout.clusters.iter().enumerate() {
            if path.contains(&cluster) {
                check(inside(placed.rect, *rect), format!("node {node} is not in cluster {cluster}"));
            } else {
                check(!placed.rect.overlaps(*rect), format!("node {node} is in cluster {cluster}"));
            }
            check(!placed.title.overlaps(*rect), format!("node {node} is on the title of {cluster}"));
        }
    }
    for (cluster, placed) in layout.clusters.iter().enumerate() {
        check(inside(canvas, placed.rect), format!("cluster {cluster} is outside"));
        check(inside(placed.rect, placed.title), format!("the title of {cluster} is outside"));
        let own = path(graph, Some(ClusterIx(cluster)));
        for (other, other_placed) in layout.clusters.iter().enumerate() {
            let other_path = path(graph, Some(ClusterIx(other)));
            if own.contains(&other) {
                check(inside(other_placed.rect, placed.rect), format!("cluster {cluster} is not in {other}"));
            } else if !other_path.contains(&cluster) {
                check(
                    !placed.rect.overlaps(other_placed.rect),
                    format!("clusters {cluster} and {other} overlap"),
                );
            }
            if other != cluster {
                let clash = placed.title.overlaps(other_placed.title);
                check(!clash, format!("titles of {cluster} and {other} overlap"));
            }
        }
    }
    for (index, (edge, route)) in graph.edges.iter().zip(&layout.edges).enumerate() {
        if edge.is_invisible {
            check(route.points.is_empty(), format!("edge {index} shows"));
            continue;
        }
        check(route.points.len() >= 2, format!("edge {index} has no way"));
        let (Some(first), Some(last)) = (route.points.first(), route.points.last()) else { continue };
        check(is_on_border(graph, layout, edge.from, *first), format!("edge {index} starts in the air"));
        check(is_on_border(graph, layout, edge.to, *last), format!("edge {index} ends in the air"));
        for pair in route.points.windows(2) {
            let run = stretch(pair[0], pair[1]);
            check(run.width < 0.01 || run.height < 0.01, format!("edge {index} is slanted"));
            check(inside(canvas, run), format!("edge {index} is outside"));
            let core = run.grown(0.5);
            for (node, rect) in layout.nodes.iter().enumerate() {
                let is_own = [edge.from, edge.to].contains(&End::Node(NodeIx(node)));
                check(
                    is_own || !rect.grown(-1.0).overlaps(core),
                    format!("edge {index} crosses node {node}"),
                );
            }
            for (cluster, placed) in layout.clusters.iter().enumerate() {
                let title = placed.title.width > 0.0 && placed.title.overlaps(core);
                check(!title, format!("edge {index} crosses the title of {cluster}"));
            }
            for (other, other_route) in layout.edges.iter().enumerate() {
                let on_label =
                    other != index && other_route.label.is_some_and(|label| label.grown(-1.0).overlaps(core));
                check(!on_label, format!("edge {index} crosses the label of {other}"));
                if other > index {
                    for other_pair in other_route.points.windows(2) {
                        let other_run = stretch(other_pair[0], other_pair[1]);
                        let shared = run.x.max(other_run.x)..run.right().min(other_run.right());
                        let level = run.y.max(other_run.y)..run.bottom().min(other_run.bottom());
                        let both_level = run.height < 0.01 && other_run.height < 0.01;
                        let both_upright = run.width < 0.01 && other_run.width < 0.01;
                        let is_shared = (both_level
                            && (run.y - other_run.y).abs() < 0.5
                            && shared.end - shared.start > 1.0)
                            || (both_upright
                                && (run.x - other_run.x).abs() < 0.5
                                && level.end - level.start > 1.0);
                        check(!is_shared, format!("edges {index} and {other} share a line"));
                    }
                }
            }
        }
        check(edge.label.is_some() == route.label.is_some(), format!("edge {index} lost its label"));
        if let Some(label) = route.label {
            check(inside(canvas, label), format!("the label of {index} is outside"));
            let near =
                route.points.windows(2).any(|pair| stretch(pair[0], pair[1]).grown(6.0).overlaps(label));
            check(near, format!("the label of {index} is far away"));
            for (node, rect) in layout.nodes.iter().enumerate() {
                check(!rect.overlaps(label), format!("the label of {index} is on node {node}"));
            }
            for (other, other_route) in layout.edges.iter().enumerate().skip(index + 1) {
                let clash = other_route.label.is_some_and(|other| other.overlaps(label));
                check(!clash, format!("the labels of {index} and {other} overlap"));
            }
        }
    }
    faults
}

/// The graph without what has no good place yet: edges at clusters, and more than one loop at a node.
fn without_oddities(mut graph: Graph) -> Graph {
    let mut has_loop = vec![false; graph.nodes.len()];
    graph.edges.retain(|edge| match (edge.from, edge.to) {
        (End::Node(from), End::Node(to)) => from != to || !std::mem::replace(&mut has_loop[from.0], true),
        _ => false,
    });
    graph
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_shrink_iters: 3000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_in_the_way_of_anything(graph in graph()) {
        let graph = without_oddities(graph);
        let layout = lay_out(&graph, &Spacing::default());
        let faults = faults(&graph, &layout);
        prop_assert!(faults.is_empty(), "{faults:?}\n{layout:?}");
    }

    #[test]
    fn any_graph_has_a_layout_and_always_the_same(graph in graph()) {
        let layout = lay_out(&graph, &Spacing::default());
        prop_assert_eq!(layout.nodes.len(), graph.nodes.len());
        let again = lay_out(&graph, &Spacing::default());
        prop_assert_eq!(format!("{layout:?}"), format!("{again:?}"));
    }

    #[test]
    fn a_cluster_flows_its_own_way_whatever_crosses_its_border(
        graph in graph(),
        (outer, own) in (flow(), flow()),
        n_inside in 2..6_usize,
        links in prop::collection::vec((0..20_usize, 0..6_usize, prop::bool::ANY), 0..9),
    ) {
        // A chain in a cluster, and edges between it and all other nodes.
        let mut graph = without_oddities(graph);
        graph.flow = outer;
        let (cluster, first) = (ClusterIx(graph.clusters.len()), graph.nodes.len());
        graph.clusters.push(Cluster {
            parent: None,
            title: Size::new(80.0, 20.0),
            flow: Some(own),
            min_size: Size::default(),
        });
        let end = |at: usize| End::Node(NodeIx(at));
        let mut edge = |from: usize, to: usize| {
            graph.edges.push(Edge {
                from: end(from),
                to: end(to),
                label: None,
                min_length: 1,
                is_invisible: false,
                beside: None,
                attachment: Attachment::default(),
            });
        };
        for at in first + 1..first + n_inside {
            edge(at - 1, at);
        }
        for (other, inside, is_out) in links {
            let (other, inside) = (other % first, first + inside % n_inside);
            if is_out { edge(inside, other) } else { edge(other, inside) }
        }
        for _ in 0..n_inside {
            let node = Node { size: Size::new(60.0, 40.0), outline: Outline::Rectangle, cluster: Some(cluster) };
            graph.nodes.push(node);
        }
        let layout = lay_out(&graph, &Spacing::default());
        let faults = faults(&graph, &layout);
        prop_assert!(faults.is_empty(), "{faults:?}\n{layout:?}");
        // Where the legs of an edge do not meet, the cluster flows as what holds it.
        let is_turned = super::flow::try_lay_out(&graph, &Spacing::default(), super::scope::Crossed::Turned).is_some();
        for pair in layout.nodes[first..].windows(2).filter(|_| is_turned && own != outer) {
            let (a, b) = (pair[0], pair[1]);
            let is_ahead = match own {
                Flow::Down => a.bottom() < b.y,
                Flow::Up => b.bottom() < a.y,
                Flow::Right => a.right() < b.x,
                Flow::Left => b.right() < a.x,
            };
            prop_assert!(is_ahead, "{a:?} {b:?}");
        }
    }
}
