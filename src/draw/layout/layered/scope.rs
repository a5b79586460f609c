//! Clusters that are laid out by themselves: what holds them knows them as boxes with places where edges pass.

use std::collections::BTreeMap;

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::{Outline, Side};

use super::compound::{Tree, cluster_of};
use super::leg::Leg;
use super::part::{Origin, Part, Stretch, split};
use super::row::{TitleSide, has_title};
use super::turn::{back, is_backward, side_towards, towards};
use super::{
    Attachment, Cluster, ClusterBox, ClusterIx, Edge, End, Flow, Graph, Layout, Node, NodeIx, Route, Spacing,
};
use super::{canonical, pack};

/// How deep clusters may flow their own way within each other; below it they flow as what holds them.
const MAX_TURNS: usize = 6;
/// Least distance between two edges that pass the border of a box, px.
const PORT_STEP: f64 = 12.0;
/// Size of a box of which only the edges matter, px.
const ANY_SIZE: Size = Size::new(120.0, 60.0);

/// What becomes of a cluster with a flow of its own when edges cross its border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crossed {
    /// It flows its own way, and edges pass its border where their ends inside want it.
    Turned,
    /// It flows as what holds it.
    Dissolved,
}

/// Where some things of the graph are, by their indices in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed {
    pub(super) size: Size,
    pub(super) nodes: Vec<(usize, Rect)>,
    pub(super) clusters: Vec<(usize, ClusterBox)>,
    pub(super) legs: Vec<(usize, Leg)>,
}

impl Placed {
    fn moved(mut self, dx: f64, dy: f64) -> Self {
        for (_, rect) in &mut self.nodes {
            *rect = rect.moved(dx, dy);
        }
        for (_, placed) in &mut self.clusters {
            *placed = placed.moved(dx, dy);
        }
        for (_, leg) in &mut self.legs {
            leg.route = leg.route.moved(dx, dy);
        }
        self
    }

    fn extend(&mut self, other: Self) {
        self.nodes.extend(other.nodes);
        self.clusters.extend(other.clusters);
        self.legs.extend(other.legs);
    }
}

/// An edge that passes the border of a box.
#[derive(Debug, Clone, Copy)]
struct Crossing {
    edge: usize,
    /// Its start is inside.
    is_out: bool,
    /// Where it passes.
    side: Side,
}

/// A cluster that is laid out by itself.
#[derive(Debug)]
struct Boxed {
    cluster: usize,
    /// Where it flows; none for an empty cluster.
    flow: Option<Flow>,
    /// The edges that cross its border, and are drawn.
    edges: Vec<usize>,
    size: Size,
    /// For each edge that crosses its border, or that is attached to it, how far from the middle of the side.
    ports: BTreeMap<usize, f64>,
}

/// What is laid out at once: everything, or what is in a cluster.
#[derive(Debug, Clone, Copy)]
struct Inside<'a> {
    within: Option<usize>,
    flow: Flow,
    /// The edges that cross the border of `within`.
    crossings: &'a [Crossing],
    /// The border of `within` is laid out too.
    has_border: bool,
    depth: usize,
}

/// A graph and what is known of its clusters.
pub(super) struct Scope<'a> {
    graph: &'a Graph,
    tree: Tree,
    spacing: &'a Spacing,
    crossed: Crossed,
    /// For each cluster the edges of which one end is in it and one is not, itself taken as not in it.
    crossing: Vec<Vec<usize>>,
    is_empty: Vec<bool>,
    /// The clusters, outer ones before those in them.
    outside_in: Vec<usize>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(graph: &'a Graph, spacing: &'a Spacing, crossed: Crossed) -> Self {
        let tree = Tree::of(&graph.clusters);
        let mut outside_in: Vec<usize> = (0..graph.clusters.len()).collect();
        outside_in.sort_by_key(|cluster| tree.path(Some(*cluster)).len());
        let mut crossing = vec![Vec::new(); graph.clusters.len()];
        for (index, edge) in graph.edges.iter().enumerate() {
            let (from, to) = (around(graph, &tree, edge.from), around(graph, &tree, edge.to));
            for cluster in from.iter().filter(|cluster| !to.contains(cluster)) {
                crossing[*cluster].push(index);
            }
            for cluster in to.iter().filter(|cluster| !from.contains(cluster)) {
                crossing[*cluster].push(index);
            }
        }
        let mut is_empty = vec![true; graph.clusters.len()];
        for node in 0..graph.nodes.len() {
            if let Some(cluster) = cluster_of(graph, node) {
                is_empty[cluster] = false;
            }
        }
        for cluster in 0..graph.clusters.len() {
            if let Some(parent) = tree.parent(cluster) {
                is_empty[parent] = false;
            }
        }
        Self { graph, tree, spacing, crossed, crossing, is_empty, outside_in }
    }

    /// Lays out everything.
    pub(super) fn lay_out(&self) -> Placed {
        let flow = self.graph.flow;
        self.lay_out_inside(Inside { within: None, flow, crossings: &[], has_border: false, depth: 0 })
    }

    fn lay_out_inside(&self, inside: Inside) -> Placed {
        let mut boxes = self.boxes(inside);
        let mut insides: Vec<Placed> = Vec::with_capacity(boxes.len());
        let passes = if boxes.iter().any(|boxed| !boxed.edges.is_empty()) {
            self.passes(inside, &boxes)
        } else {
            BTreeMap::new()
        };
        for boxed in &mut boxes {
            insides.push(self.fill(boxed, &passes, inside));
        }
        let part = self.part(inside, &boxes);
        let mut placed = self.lay_out_parts(&part, inside);
        let corners: Vec<(usize, Rect)> = std::mem::take(&mut placed.nodes);
        let (nodes, frames): (Vec<_>, Vec<_>) =
            corners.into_iter().partition(|(node, _)| *node < self.graph.nodes.len());
        placed.nodes = nodes;
        let frames: BTreeMap<usize, Rect> = frames.into_iter().collect();
        for (boxed, inside) in boxes.iter().zip(insides) {
            if let Some(rect) = frames.get(&(self.graph.nodes.len() + boxed.cluster)) {
                placed.extend(inside.moved(rect.x, rect.y));
            }
        }
        placed
    }

    /// The clusters that are laid out by themselves, no one in another; outer ones first.
    fn boxes(&self, inside: Inside) -> Vec<Boxed> {
        let mut is_boxed = vec![false; self.graph.clusters.len()];
        let mut boxes = Vec::new();
        for cluster in self.clusters_in(inside.within) {
            if self.tree.path(self.tree.parent(cluster)).iter().any(|outer| is_boxed[*outer]) {
                continue;
            }
            let own_flow = self.graph.clusters[cluster].flow.unwrap_or(inside.flow);
            let is_crossed = !self.crossing[cluster].is_empty();
            let is_turned = own_flow != inside.flow
                && inside.depth < MAX_TURNS
                && (!is_crossed || self.crossed == Crossed::Turned);
            // What passes the border of `within` ends at nodes and boxes only.
            let is_end = inside.crossings.iter().any(|crossing| {
                let edge = &self.graph.edges[crossing.edge];
                let end = if crossing.is_out { edge.from } else { edge.to };
                end == End::Cluster(ClusterIx(cluster))
            });
            if self.is_empty[cluster] || is_turned || is_end {
                is_boxed[cluster] = true;
                let is_drawn = |edge: &&usize| !self.graph.edges[**edge].is_invisible;
                let edges = self.crossing[cluster].iter().filter(is_drawn).copied();
                boxes.push(Boxed {
                    cluster,
                    flow: (!self.is_empty[cluster]).then_some(if is_turned { own_flow } else { inside.flow }),
                    edges: edges.collect(),
                    size: ANY_SIZE,
                    ports: BTreeMap::new(),
                });
            }
        }
        boxes
    }

    /// The clusters in `within`, outer ones before those in them.
    fn clusters_in(&self, within: Option<usize>) -> Vec<usize> {
        let is_inside = |cluster: &usize| match within {
            Some(outer) => *cluster != outer && self.tree.path(Some(*cluster)).contains(&outer),
            None => true,
        };
        self.outside_in.iter().copied().filter(is_inside).collect()
    }

    /// On which side, and how far along it, each edge comes to each box, when boxes are points: by edge and cluster.
    fn passes(&self, inside: Inside, boxes: &[Boxed]) -> BTreeMap<(usize, usize), (Side, f64)> {
        let placed = self.lay_out_parts(&self.part(inside, boxes), inside);
        let rects: BTreeMap<usize, Rect> = placed.nodes.iter().copied().collect();
        let mut legs: BTreeMap<usize, &Route> = BTreeMap::new();
        for (edge, leg) in &placed.legs {
            legs.insert(*edge, &leg.route);
        }
        let mut passes = BTreeMap::new();
        for boxed in boxes {
            let Some(rect) = rects.get(&(self.graph.nodes.len() + boxed.cluster)) else { continue };
            for edge in &boxed.edges {
                let Some(points) = legs.get(edge).map(|route| &route.points) else { continue };
                let is_out = self.tree.holds(self.graph, boxed.cluster, self.graph.edges[*edge].from);
                let end = if is_out { points.first() } else { points.last() };
                if let Some(at) = end {
                    let pass = match inside.flow {
                        Flow::Down | Flow::Up if at.y < rect.center().y => (Side::Top, at.x),
                        Flow::Down | Flow::Up => (Side::Bottom, at.x),
                        Flow::Right | Flow::Left if at.x < rect.center().x => (Side::Left, at.y),
                        Flow::Right | Flow::Left => (Side::Right, at.y),
                    };
                    passes.insert((*edge, boxed.cluster), pass);
                }
            }
        }
        passes
    }

    /// Lays out a box, which gets its size and its ports, with its upper left corner at (0, 0).
    fn fill(
        &self,
        boxed: &mut Boxed,
        passes: &BTreeMap<(usize, usize), (Side, f64)>,
        around: Inside,
    ) -> Placed {
        let cluster = boxed.cluster;
        let Some(flow) = boxed.flow else {
            let frame = self.frame(cluster, Size::default());
            boxed.size = frame.rect.size();
            return Placed { size: boxed.size, clusters: vec![(cluster, frame)], ..Placed::default() };
        };
        let mut ordered: Vec<(f64, Crossing)> = Vec::with_capacity(boxed.edges.len());
        for edge in &boxed.edges {
            if let Some((side, along)) = passes.get(&(*edge, cluster)) {
                let is_out = self.tree.holds(self.graph, cluster, self.graph.edges[*edge].from);
                ordered.push((*along, Crossing { edge: *edge, is_out, side: *side }));
            }
        }
        // Edges at one node inside stand in the order in which they come.
        ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
        let crossings: Vec<Crossing> = ordered.into_iter().map(|(_, crossing)| crossing).collect();
        let own = End::Cluster(ClusterIx(cluster));
        let leads_inside = |edge: &Edge| {
            let (from, to) = (edge.from, edge.to);
            (from == own && self.tree.holds(self.graph, cluster, to))
                || (to == own && self.tree.holds(self.graph, cluster, from))
        };
        let has_border = !crossings.is_empty() || self.graph.edges.iter().any(leads_inside);
        let depth = around.depth + 1;
        let within = Some(cluster);
        let placed = self.lay_out_inside(Inside { within, flow, crossings: &crossings, has_border, depth });
        let placed = if has_border {
            let border = placed.clusters.iter().find(|(at, _)| *at == cluster);
            let rect = border.map(|(_, placed)| placed.rect).unwrap_or_default();
            boxed.size = rect.size();
            placed.moved(-rect.x, -rect.y)
        } else {
            let frame = self.frame(cluster, placed.size);
            boxed.size = frame.rect.size();
            let x = (frame.rect.width - placed.size.width) / 2.0;
            let y = frame.rect.height - self.spacing.padding - placed.size.height;
            let mut placed = placed.moved(x, y);
            placed.clusters.push((cluster, frame));
            placed
        };
        self.find_ports(boxed, &crossings, &placed, around);
        placed
    }

    /// Notes where edges pass the border of a box, and finds places between them for edges that are attached to it.
    fn find_ports(&self, boxed: &mut Boxed, crossings: &[Crossing], placed: &Placed, around: Inside) {
        if crossings.is_empty() {
            return;
        }
        let is_across = matches!(around.flow, Flow::Down | Flow::Up);
        let along = |at: Point| if is_across { at.x } else { at.y };
        let length = if is_across { boxed.size.width } else { boxed.size.height };
        let place = |crossing: &Crossing| if crossing.is_out { -1 } else { 1 } * (around.depth as i64 + 1);
        let mut taken: Vec<f64> = Vec::new();
        for crossing in crossings {
            let own =
                placed.legs.iter().find(|(edge, leg)| *edge == crossing.edge && leg.place == place(crossing));
            let points = own.map(|(_, leg)| leg.route.points.as_slice()).unwrap_or_default();
            if let Some(at) = if crossing.is_out { points.last() } else { points.first() } {
                let offset = along(*at) - length / 2.0;
                taken.push(offset);
                boxed.ports.insert(crossing.edge, offset);
            }
        }
        let own = End::Cluster(ClusterIx(boxed.cluster));
        let reach = (length / 2.0 - self.spacing.stub).max(0.0);
        for (index, edge) in self.graph.edges.iter().enumerate() {
            let is_attached = (edge.from == own) != (edge.to == own);
            if is_attached && !boxed.ports.contains_key(&index) && !edge.is_invisible {
                let n_steps = (reach / PORT_STEP) as i64;
                let steps = (0..=2 * n_steps).map(|at| if at % 2 == 0 { at / 2 } else { -(at + 1) / 2 });
                let places = steps.map(|step| step as f64 * PORT_STEP);
                let is_free = |offset: &f64| taken.iter().all(|other| (other - offset).abs() >= PORT_STEP);
                let offset = places.clone().find(is_free).unwrap_or_default();
                taken.push(offset);
                boxed.ports.insert(index, offset);
            }
        }
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

    /// The graph of what is inside; boxes are nodes.
    fn part(&self, inside: Inside, boxes: &[Boxed]) -> Part {
        let graph = self.graph;
        let mut boxed: Vec<Option<&Boxed>> = vec![None; graph.clusters.len()];
        for own in boxes {
            boxed[own.cluster] = Some(own);
        }
        let is_inside = |path: &[usize]| inside.within.is_none_or(|outer| path.contains(&outer));
        let box_around = |path: &[usize]| path.iter().find_map(|cluster| boxed[*cluster]);
        let mut part = Part::default();
        let mut local_cluster = vec![None; graph.clusters.len()];
        let border = inside.within.filter(|_| inside.has_border);
        for cluster in border.into_iter().chain(self.clusters_in(inside.within)) {
            if box_around(self.tree.path(Some(cluster))).is_none() {
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
            if is_inside(path) && box_around(path).is_none() {
                origins.push((node, Origin::Node(node)));
            }
        }
        origins.extend(boxes.iter().map(|own| (first[own.cluster], Origin::Box(own.cluster))));
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
                Origin::Box(cluster) => {
                    local_box[cluster] = index;
                    Node {
                        size: boxed[cluster].map(|own| own.size).unwrap_or_default(),
                        outline: Outline::Rectangle,
                        cluster: around(self.tree.parent(cluster)),
                    }
                }
            });
        }
        // The end in the part, and the box when it is one.
        let local_end = |end: End| {
            let path = match end {
                End::Node(NodeIx(node)) => self.tree.path(cluster_of(graph, node)),
                End::Cluster(ClusterIx(cluster)) => self.tree.path(Some(cluster)),
            };
            if let Some(own) = box_around(path) {
                return Some((End::Node(local_box[own.cluster]?), Some(own)));
            }
            let local = match end {
                End::Node(NodeIx(node)) => End::Node(local_node[node]?),
                End::Cluster(ClusterIx(cluster)) => End::Cluster(local_cluster[cluster]?),
            };
            Some((local, None))
        };
        for (index, edge) in graph.edges.iter().enumerate() {
            let (Some((from, from_box)), Some((to, to_box))) = (local_end(edge.from), local_end(edge.to))
            else {
                continue;
            };
            // What is all in one box is drawn there, but for loops of the box itself.
            let is_own = from_box.is_none_or(|own| edge.from == End::Cluster(ClusterIx(own.cluster)));
            let is_hidden = from == to && (edge.from != edge.to || !is_own);
            let is_border = border
                .is_some_and(|border| edge.from == End::Cluster(ClusterIx(border)) && edge.from == edge.to);
            if is_hidden || is_border {
                continue;
            }
            let port = |own: Option<&Boxed>| own.and_then(|own| own.ports.get(&index).copied());
            let attachment = Attachment { ports: [port(from_box), port(to_box)], ..edge.attachment };
            part.edges.push(Stretch { edge: index, place: 0, is_reversed: false });
            part.graph.edges.push(Edge { from, to, attachment, ..edge.clone() });
        }
        let border = border.and_then(|border| local_cluster[border]);
        for crossing in inside.crossings {
            let edge = &graph.edges[crossing.edge];
            let end = local_end(if crossing.is_out { edge.from } else { edge.to });
            let (Some(border), Some((end, end_box))) = (border, end) else { continue };
            let side = side_towards(crossing.side, inside.flow);
            let starts_outside = match side {
                Side::Top => true,
                Side::Bottom => false,
                Side::Left | Side::Right => !crossing.is_out,
            };
            let port = end_box.and_then(|own| own.ports.get(&crossing.edge).copied());
            let (outer, inner) = (End::Cluster(border), end);
            let attachment = Attachment {
                ports: if starts_outside { [None, port] } else { [port, None] },
                side: matches!(side, Side::Left | Side::Right).then_some(side),
                takes_lane: end_box.is_some(),
            };
            let place = if crossing.is_out { -1 } else { 1 } * inside.depth as i64;
            let is_reversed = starts_outside == crossing.is_out;
            part.edges.push(Stretch { edge: crossing.edge, place, is_reversed });
            part.graph.edges.push(Edge {
                from: if starts_outside { outer } else { inner },
                to: if starts_outside { inner } else { outer },
                label: None,
                min_length: 1,
                attachment,
                ..edge.clone()
            });
        }
        part
    }

    /// Lays out what hangs together in a part, one by one, and packs the results.
    ///
    /// Boxes of clusters are among the nodes, behind all nodes of the graph.
    fn lay_out_parts(&self, part: &Part, inside: Inside) -> Placed {
        let flow = inside.flow;
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
            Origin::Box(cluster) => self.graph.nodes.len() + cluster,
        });
        let legs = part.edges.iter().zip(layout.edges).map(|(stretch, mut route)| {
            if stretch.is_reversed {
                route.points.reverse();
            }
            (stretch.edge, Leg { place: stretch.place, route })
        });
        Placed {
            size: layout.size,
            nodes: nodes.zip(layout.nodes).collect(),
            clusters: part.clusters.iter().copied().zip(layout.clusters).collect(),
            legs: legs.collect(),
        }
    }
}

/// The clusters around an end, outermost first; a cluster is not around itself.
fn around<'a>(graph: &Graph, tree: &'a Tree, end: End) -> &'a [usize] {
    match end {
        End::Node(NodeIx(node)) => tree.path(cluster_of(graph, node)),
        End::Cluster(ClusterIx(cluster)) => tree.path(tree.parent(cluster)),
    }
}
