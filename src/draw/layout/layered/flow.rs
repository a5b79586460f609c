//! The whole layout: parts, clusters that flow their own way, and the turn from ranks that grow downwards to the flow that
//! was asked for.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::Outline;

use super::canonical;
use super::compound::{Tree, cluster_of};
use super::pack;
use super::row::{TitleSide, has_title};
use super::{Cluster, ClusterBox, ClusterIx, Edge, End, Flow, Graph, Layout, Node, NodeIx, Route, Spacing};

/// How deep clusters may flow their own way within each other; below it they flow as what holds them.
const MAX_TURNS: usize = 6;

/// Places every node, cluster and edge of `graph`.
///
/// A cluster with a `flow` of its own is honoured when no edge crosses its border; else it flows as what holds it.
pub fn lay_out(graph: &Graph, spacing: &Spacing) -> Layout {
    let tree = Tree::of(&graph.clusters);
    let scope = Scope { graph, tree: &tree, spacing };
    let placed = scope.lay_out(None, graph.flow, 0);
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
    for (edge, route) in placed.edges {
        layout.edges[edge] = route;
    }
    layout
}

/// Where some things of the graph are, by their indices in it.
#[derive(Debug, Clone, Default)]
struct Placed {
    size: Size,
    nodes: Vec<(usize, Rect)>,
    clusters: Vec<(usize, ClusterBox)>,
    edges: Vec<(usize, Route)>,
}

impl Placed {
    fn moved(mut self, dx: f64, dy: f64) -> Self {
        for (_, rect) in &mut self.nodes {
            *rect = rect.moved(dx, dy);
        }
        for (_, placed) in &mut self.clusters {
            *placed = placed.moved(dx, dy);
        }
        for (_, route) in &mut self.edges {
            *route = route.moved(dx, dy);
        }
        self
    }

    fn extend(&mut self, other: Self) {
        self.nodes.extend(other.nodes);
        self.clusters.extend(other.clusters);
        self.edges.extend(other.edges);
    }
}

/// What a node of a part stands for.
#[derive(Debug, Clone, Copy)]
enum Origin {
    Node(usize),
    /// A cluster that is laid out by itself or is empty.
    Cluster(usize),
}

/// A graph made of a part of the whole, with where each of its things comes from.
#[derive(Debug, Default)]
struct Part {
    graph: Graph,
    nodes: Vec<Origin>,
    clusters: Vec<usize>,
    edges: Vec<usize>,
}

struct Scope<'a> {
    graph: &'a Graph,
    tree: &'a Tree,
    spacing: &'a Spacing,
}

impl Scope<'_> {
    /// Lays out what is in the cluster `within`, or everything.
    fn lay_out(&self, within: Option<usize>, flow: Flow, depth: usize) -> Placed {
        let mut own: Vec<(usize, Placed)> = Vec::new();
        let mut boxed: Vec<Option<Size>> = vec![None; self.graph.clusters.len()];
        for cluster in self.outside_in(within) {
            if self.tree.path(self.tree.parent(cluster)).iter().any(|outer| boxed[*outer].is_some()) {
                continue;
            }
            if self.is_empty(cluster) {
                let frame = self.frame(cluster, Size::default());
                boxed[cluster] = Some(frame.rect.size());
                let placed = Placed { clusters: vec![(cluster, frame)], ..Placed::default() };
                own.push((cluster, placed));
                continue;
            }
            let turned = self.graph.clusters[cluster].flow.filter(|own| *own != flow);
            if let Some(own_flow) = turned.filter(|_| depth < MAX_TURNS && !self.is_crossed(cluster)) {
                let inside = self.lay_out(Some(cluster), own_flow, depth + 1);
                let frame = self.frame(cluster, inside.size);
                boxed[cluster] = Some(frame.rect.size());
                let x = (frame.rect.width - inside.size.width) / 2.0;
                let y = frame.rect.height - self.spacing.padding - inside.size.height;
                let mut placed = inside.moved(x, y);
                placed.clusters.push((cluster, frame));
                own.push((cluster, placed));
            }
        }
        let part = self.part(within, &boxed);
        let mut placed = self.lay_out_parts(&part, flow);
        let corners: Vec<(usize, Rect)> = std::mem::take(&mut placed.nodes);
        let (nodes, frames): (Vec<_>, Vec<_>) =
            corners.into_iter().partition(|(node, _)| *node < self.graph.nodes.len());
        placed.nodes = nodes;
        for (cluster, inside) in own {
            let at = frames.iter().find(|(node, _)| *node == self.graph.nodes.len() + cluster);
            if let Some((_, rect)) = at {
                placed.extend(inside.moved(rect.x, rect.y));
            }
        }
        placed
    }

    /// The clusters in `within`, outer ones before those in them.
    fn outside_in(&self, within: Option<usize>) -> Vec<usize> {
        let mut clusters: Vec<usize> = (0..self.graph.clusters.len()).collect();
        clusters.sort_by_key(|cluster| self.tree.path(Some(*cluster)).len());
        clusters.retain(|cluster| match within {
            Some(outer) => *cluster != outer && self.tree.path(Some(*cluster)).contains(&outer),
            None => true,
        });
        clusters
    }

    fn is_empty(&self, cluster: usize) -> bool {
        let holds_node = self.graph.nodes.iter().any(|node| node.cluster == Some(ClusterIx(cluster)));
        !holds_node && (0..self.graph.clusters.len()).all(|inner| self.tree.parent(inner) != Some(cluster))
    }

    /// True when an edge has one end in the cluster and one that is not.
    fn is_crossed(&self, cluster: usize) -> bool {
        let holds = |end| self.tree.holds(self.graph, cluster, end);
        self.graph.edges.iter().any(|edge| holds(edge.from) != holds(edge.to))
    }

    /// The box of a cluster around contents of this size, with its title above them.
    fn frame(&self, cluster: usize, inside: Size) -> ClusterBox {
        let shape = &self.graph.clusters[cluster];
        let padding = self.spacing.padding;
        let title_height =
            if has_title(shape.title) { shape.title.height + self.spacing.lane / 2.0 } else { 0.0 };
        let width = inside.width.max(shape.title.width) + 2.0 * padding;
        let height = inside.height + title_height + 2.0 * padding;
        let rect = Rect::new(0.0, 0.0, width.max(shape.min_size.width), height.max(shape.min_size.height));
        ClusterBox { rect, title: Rect::new(padding, padding, shape.title.width, shape.title.height) }
    }

    /// The graph of what is in `within`; clusters in `boxed` are nodes of that size.
    fn part(&self, within: Option<usize>, boxed: &[Option<Size>]) -> Part {
        let graph = self.graph;
        let is_inside = |path: &[usize]| within.is_none_or(|outer| path.contains(&outer));
        let is_hidden = |path: &[usize]| path.iter().any(|cluster| boxed[*cluster].is_some());
        let mut part = Part::default();
        let mut local_cluster = vec![None; graph.clusters.len()];
        for cluster in self.outside_in(within) {
            if !is_hidden(self.tree.path(Some(cluster))) {
                local_cluster[cluster] = Some(ClusterIx(part.clusters.len()));
                part.clusters.push(cluster);
                let parent = self.tree.parent(cluster).and_then(|parent| local_cluster[parent]);
                part.graph.clusters.push(Cluster { parent, flow: None, ..graph.clusters[cluster].clone() });
            }
        }
        let around = |cluster: Option<usize>| cluster.and_then(|cluster| local_cluster[cluster]);

        // A box stands in reading order where its first node stood.
        let mut origins: Vec<(usize, Origin)> = Vec::new();
        let mut first = vec![graph.nodes.len(); graph.clusters.len()];
        for node in (0..graph.nodes.len()).rev() {
            let path = self.tree.path(cluster_of(graph, node));
            for cluster in path {
                first[*cluster] = node;
            }
            if is_inside(path) && !is_hidden(path) {
                origins.push((node, Origin::Node(node)));
            }
        }
        for (cluster, size) in boxed.iter().enumerate() {
            let outer = self.tree.path(self.tree.parent(cluster));
            if size.is_some() && is_inside(outer) && !is_hidden(outer) {
                origins.push((first[cluster], Origin::Cluster(cluster)));
            }
        }
        origins.sort_by_key(|(at, _)| *at);
        let mut local_node = vec![None; graph.nodes.len()];
        let mut local_box = vec![None; graph.clusters.len()];
        for (_, origin) in origins {
            let index = Some(NodeIx(part.nodes.len()));
            part.nodes.push(origin);
            part.graph.nodes.push(match origin {
                Origin::Node(node) => {
                    local_node[node] = index;
                    Node { cluster: around(cluster_of(graph, node)), ..graph.nodes[node].clone() }
                }
                Origin::Cluster(cluster) => {
                    local_box[cluster] = index;
                    Node {
                        size: boxed[cluster].unwrap_or_default(),
                        outline: Outline::Rectangle,
                        cluster: around(self.tree.parent(cluster)),
                    }
                }
            });
        }
        let local_end = |end: End| match end {
            End::Node(node) => local_node[node.0].map(End::Node),
            End::Cluster(ClusterIx(cluster)) => {
                local_box[cluster].map(End::Node).or(local_cluster[cluster].map(End::Cluster))
            }
        };
        for (index, edge) in graph.edges.iter().enumerate() {
            if let (Some(from), Some(to)) = (local_end(edge.from), local_end(edge.to)) {
                part.edges.push(index);
                part.graph.edges.push(Edge { from, to, ..edge.clone() });
            }
        }
        part
    }

    /// Lays out what hangs together in a part, one by one, and packs the results.
    ///
    /// Boxes of clusters are among the nodes, behind all nodes of the graph.
    fn lay_out_parts(&self, part: &Part, flow: Flow) -> Placed {
        let (numbers, n_parts) = pack::parts(&part.graph);
        let layouts: Vec<Placed> = split(part, &numbers, n_parts)
            .iter()
            .map(|part| {
                let titles = match flow {
                    Flow::Down => TitleSide::Head,
                    Flow::Up => TitleSide::Foot,
                    Flow::Right | Flow::Left => TitleSide::Left,
                };
                let mut layout = canonical::lay_out(&towards(&part.graph, flow), titles, self.spacing);
                let edges = part.graph.edges.iter().zip(&mut layout.edges);
                for (_, route) in edges.filter(|(edge, _)| is_backward(edge, flow)) {
                    route.points.reverse();
                }
                self.name(part, back(layout, flow))
            })
            .collect();
        let sizes: Vec<Size> = layouts.iter().map(|layout| layout.size).collect();
        let (corners, size) = pack::shelves(&sizes, self.spacing.node);
        let mut all = Placed { size, ..Placed::default() };
        for (layout, corner) in layouts.into_iter().zip(corners) {
            all.extend(layout.moved(corner.x, corner.y));
        }
        all
    }

    /// The layout by the indices of the whole graph.
    fn name(&self, part: &Part, layout: Layout) -> Placed {
        let nodes = part.nodes.iter().map(|origin| match *origin {
            Origin::Node(node) => node,
            Origin::Cluster(cluster) => self.graph.nodes.len() + cluster,
        });
        Placed {
            size: layout.size,
            nodes: nodes.zip(layout.nodes).collect(),
            clusters: part.clusters.iter().copied().zip(layout.clusters).collect(),
            edges: part.edges.iter().copied().zip(layout.edges).collect(),
        }
    }
}

/// The part as smaller ones, by the number that each node has.
fn split(part: &Part, numbers: &[usize], n_parts: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..n_parts).map(|_| Part::default()).collect();
    let mut local_node = Vec::with_capacity(numbers.len());
    let mut number_of_cluster: Vec<Option<usize>> = vec![None; part.graph.clusters.len()];
    for (node, number) in numbers.iter().enumerate() {
        let mut at = part.graph.nodes[node].cluster;
        let mut n_left = part.graph.clusters.len();
        while let Some(ClusterIx(cluster)) = at.filter(|_| n_left > 0) {
            if number_of_cluster[cluster].replace(*number).is_some() {
                break;
            }
            at = part.graph.clusters[cluster].parent;
            n_left -= 1;
        }
        local_node.push(NodeIx(parts[*number].nodes.len()));
        parts[*number].nodes.push(part.nodes[node]);
    }
    // Outer clusters come first, so that the parent of each is known.
    let mut local_cluster: Vec<Option<ClusterIx>> = Vec::with_capacity(number_of_cluster.len());
    for (cluster, shape) in part.graph.clusters.iter().enumerate() {
        let Some(number) = number_of_cluster[cluster] else {
            local_cluster.push(None);
            continue;
        };
        let parent = shape.parent.and_then(|ClusterIx(parent)| local_cluster.get(parent).copied().flatten());
        local_cluster.push(Some(ClusterIx(parts[number].clusters.len())));
        parts[number].clusters.push(part.clusters[cluster]);
        parts[number].graph.clusters.push(Cluster { parent, ..shape.clone() });
    }
    for (node, number) in numbers.iter().enumerate() {
        let shape = &part.graph.nodes[node];
        let cluster = shape.cluster.and_then(|ClusterIx(cluster)| local_cluster[cluster]);
        parts[*number].graph.nodes.push(Node { cluster, ..shape.clone() });
    }
    for (index, edge) in part.graph.edges.iter().enumerate() {
        let local = |end: End| match end {
            End::Node(NodeIx(node)) => Some((numbers[node], End::Node(local_node[node]))),
            End::Cluster(ClusterIx(cluster)) => {
                Some((number_of_cluster[cluster]?, End::Cluster(local_cluster[cluster]?)))
            }
        };
        if let (Some((number, from)), Some((_, to))) = (local(edge.from), local(edge.to)) {
            parts[number].edges.push(part.edges[index]);
            parts[number].graph.edges.push(Edge { from, to, ..edge.clone() });
        }
    }
    parts
}

/// The edge of a graph that flows there. Where ranks grow sideways, what stands beside something is in the rank there.
fn turned(edge: &Edge, flow: Flow) -> Edge {
    let (from, to) = if is_backward(edge, flow) { (edge.to, edge.from) } else { (edge.from, edge.to) };
    let beside = edge.beside.filter(|_| matches!(flow, Flow::Down | Flow::Up));
    Edge { from, to, beside, ..edge.clone() }
}

/// True for an edge whose start stands in a later rank than its end, as it stands left of it.
fn is_backward(edge: &Edge, flow: Flow) -> bool {
    flow == Flow::Left && edge.beside.is_some()
}

/// The graph turned so that its ranks grow downwards.
fn towards(graph: &Graph, flow: Flow) -> Graph {
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
fn back(layout: Layout, flow: Flow) -> Layout {
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
