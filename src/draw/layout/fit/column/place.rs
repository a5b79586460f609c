//! Where the things of a column are from left to right: lanes, borders of clusters, and the ways of edges between them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::layout::layered::{ClusterBox, ClusterIx, End, Graph, Layout, NodeIx, Route};
use crate::draw::outline::{Outline, Side};

use super::super::reading::Scopes;
use super::lane::{Flank, Skyline};
use super::stack::Stack;
use super::way::{Way, Ways, index};
use super::{LEAD, Room};

/// Between a side that a line may end at and the nearest lane: room for a tip.
const TIP: f64 = 13.0;
/// From the axis to the lines that lead to labels, px.
const BRANCH: f64 = 16.0;
/// From the middle of a side to where lines are attached, px at most.
const PORT: f64 = 9.0;

/// Where a line is attached to the side of a thing.
#[derive(Debug, Clone, Copy)]
struct Port {
    band: usize,
    y: f64,
}

/// Lines that share a lane.
#[derive(Debug)]
struct Bundle {
    flank: Flank,
    first: usize,
    last: usize,
    edges: Vec<usize>,
}

struct Placing<'a> {
    graph: &'a Graph,
    ways: &'a Ways,
    stack: &'a Stack,
    /// Left and right border of each cluster, from the axis.
    sides: Vec<(f64, f64)>,
    /// The distance of each edge's lane from the axis.
    lanes: Vec<f64>,
}

/// Everything at its place.
pub(super) fn place(graph: &Graph, scopes: &Scopes, ways: &Ways, stack: &Stack, room: &Room) -> Layout {
    let mut placing = Placing {
        graph,
        ways,
        stack,
        sides: vec![(0.0, 0.0); graph.clusters.len()],
        lanes: vec![0.0; graph.edges.len()],
    };
    let mut skyline = placing.skyline();
    let mut bundles = placing.bundles(scopes);
    let mut order = scopes.inside_out();
    order.push(usize::MAX);
    for cluster in order {
        let scope = cluster.wrapping_add(1);
        for bundle in bundles.remove(&scope).unwrap_or_default() {
            let free = skyline.farthest(bundle.flank, bundle.first, bundle.last) + room.lane;
            let ends = bundle.edges.iter().map(|edge| placing.reach(graph.edges[*edge].to, bundle.flank));
            let lane = ends.map(|reach| reach + TIP).fold(free, f64::max);
            skyline.fill(bundle.flank, bundle.first, bundle.last, lane);
            for edge in bundle.edges {
                placing.lanes[edge] = lane;
            }
        }
        if scope > 0 {
            placing.close(cluster, &mut skyline, room);
        }
    }
    let last = stack.n_bands.saturating_sub(1);
    let (left, right) = (skyline.farthest(Flank::Left, 0, last), skyline.farthest(Flank::Right, 0, last));
    placing.layout(left, Size::new(left + right, stack.height))
}

impl Placing<'_> {
    fn skyline(&self) -> Skyline {
        let mut skyline = Skyline::new(self.stack.n_bands);
        for (node, shape) in self.graph.nodes.iter().enumerate() {
            let (first, last) = self.stack.bands[node];
            for flank in [Flank::Right, Flank::Left] {
                skyline.fill(flank, first, last, shape.size.width / 2.0);
            }
        }
        for (edge, place) in self.stack.labels.iter().enumerate() {
            let (Some((band, _)), Some(size)) = (place, self.graph.edges[edge].label) else { continue };
            match self.ways.of_edges[edge] {
                Way::Axis => {
                    skyline.reach(Flank::Right, *band, size.width / 2.0);
                    skyline.reach(Flank::Left, *band, size.width / 2.0);
                }
                _ => skyline.reach(self.ways.flank(edge), *band, self.branch(edge) + LEAD + size.width),
            }
        }
        skyline
    }

    /// How far from the axis the line to the label of an edge leaves the thing that it stands below.
    fn branch(&self, edge: usize) -> f64 {
        let shape = &self.graph.edges[edge];
        let half = match self.label_holder(edge) {
            End::Node(NodeIx(node)) => self.graph.nodes[node].size.width / 2.0,
            End::Cluster(_) => f64::MAX,
        };
        debug_assert!(shape.label.is_some(), "only labels have lines that lead to them");
        (half * 0.5).min(BRANCH)
    }

    /// The end of the edge that its label stands below.
    fn label_holder(&self, edge: usize) -> End {
        let shape = &self.graph.edges[edge];
        if self.ways.is_told_at_end[edge] { shape.to } else { shape.from }
    }

    /// Where lines enter and leave a thing at this flank.
    fn port(&self, end: End, flank: Flank, is_start: bool) -> Port {
        let thing = index(self.graph, end);
        let ((top, bottom), (first, last)) = (self.stack.spans[thing], self.stack.bands[thing]);
        let is_upper = is_start == (flank == Flank::Left);
        match end {
            End::Node(_) => {
                let middle = f64::midpoint(top, bottom);
                let offset = ((bottom - top) / 4.0).min(PORT);
                let y = if is_upper { middle - offset } else { middle + offset };
                Port { band: if is_upper { first } else { last }, y }
            }
            End::Cluster(_) => {
                let offset = ((bottom - top) / 4.0).min(PORT);
                Port {
                    band: if is_upper { first } else { last },
                    y: if is_upper { top + offset } else { bottom - offset * 0.6 },
                }
            }
        }
    }

    /// Where the lane of an edge begins: at its label, or at the side of its start.
    fn start(&self, edge: usize, flank: Flank) -> Port {
        match self.stack.labels[edge] {
            Some((band, y)) => Port { band, y },
            None => self.port(self.graph.edges[edge].from, flank, true),
        }
    }

    /// The bundles of each scope, short ones first: those are nearer to the column.
    fn bundles(&self, scopes: &Scopes) -> BTreeMap<usize, Vec<Bundle>> {
        let mut sides: BTreeMap<(usize, Flank), Vec<usize>> = BTreeMap::new();
        for (edge, shape) in self.graph.edges.iter().enumerate() {
            if let (Way::Beside(flank), Some((scope, ..))) =
                (self.ways.of_edges[edge], scopes.meet(shape.from, shape.to))
            {
                sides.entry((scope, flank)).or_default().push(edge);
            }
        }
        let mut bundles: BTreeMap<usize, Vec<Bundle>> = BTreeMap::new();
        for ((scope, flank), edges) in sides {
            let found = bundles.entry(scope).or_default();
            for edges in self.shared(&edges) {
                let ports = edges.iter().flat_map(|edge| {
                    let to = self.port(self.graph.edges[*edge].to, flank, false);
                    [self.start(*edge, flank).band, to.band]
                });
                let (first, last) =
                    ports.fold((usize::MAX, 0), |(first, last), band| (first.min(band), last.max(band)));
                found.push(Bundle { flank, first, last, edges });
            }
        }
        for bundles in bundles.values_mut() {
            bundles.sort_by_key(|bundle| {
                (bundle.last - bundle.first, bundle.first, bundle.edges.first().copied())
            });
        }
        bundles
    }

    /// The edges by the lanes that they share: those of one start without labels, or those of one end; large groups
    /// first. Edges with both ends alike share nothing, or one would hide the other.
    fn shared(&self, edges: &[usize]) -> Vec<Vec<usize>> {
        let mut alone = Vec::new();
        let mut known: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut groups: BTreeMap<(bool, usize), Vec<usize>> = BTreeMap::new();
        for edge in edges {
            let shape = &self.graph.edges[*edge];
            let (from, to) = (index(self.graph, shape.from), index(self.graph, shape.to));
            if from == to || !known.insert((from, to)) {
                alone.push(vec![*edge]);
                continue;
            }
            if shape.label.is_none() {
                groups.entry((false, from)).or_default().push(*edge);
            }
            groups.entry((true, to)).or_default().push(*edge);
        }
        let mut by_size: BTreeSet<(Reverse<usize>, bool, usize)> =
            groups.iter().map(|((is_end, thing), group)| (Reverse(group.len()), *is_end, *thing)).collect();
        let mut done: BTreeSet<usize> = BTreeSet::new();
        let mut shared = Vec::new();
        while let Some((size, is_end, thing)) = by_size.pop_first() {
            let Some(group) = groups.get_mut(&(is_end, thing)) else { continue };
            group.retain(|edge| !done.contains(edge));
            if group.is_empty() {
                continue;
            }
            if group.len() < size.0 {
                by_size.insert((Reverse(group.len()), is_end, thing));
                continue;
            }
            done.extend(group.iter().copied());
            shared.push(std::mem::take(group));
        }
        shared.extend(alone);
        shared
    }

    /// Draws the border of a cluster around all that is in it.
    fn close(&mut self, cluster: usize, skyline: &mut Skyline, room: &Room) {
        let thing = self.graph.nodes.len() + cluster;
        let (first, last) = self.stack.bands[thing];
        let shape = &self.graph.clusters[cluster];
        let mut left = skyline.farthest(Flank::Left, first, last) + room.padding;
        let mut right = skyline.farthest(Flank::Right, first, last) + room.padding;
        if self.ways.is_passed[cluster] {
            left = left.max(shape.title.width + LEAD + room.padding);
        }
        let missing = (shape.title.width + 2.0 * room.padding).max(shape.min_size.width) - left - right;
        if missing > 0.0 {
            left += missing / 2.0;
            right += missing / 2.0;
        }
        self.sides[cluster] = (-left, right);
        skyline.fill(Flank::Left, first, last, left);
        skyline.fill(Flank::Right, first, last, right);
    }

    /// How far from the axis the side of a thing is.
    fn reach(&self, end: End, flank: Flank) -> f64 {
        match end {
            End::Node(NodeIx(node)) => self.graph.nodes[node].size.width / 2.0,
            End::Cluster(ClusterIx(cluster)) => {
                let (left, right) = self.sides[cluster];
                if flank == Flank::Right { right } else { -left }
            }
        }
    }

    /// The point of the border of a thing at this height of its side.
    fn on_side(&self, end: End, flank: Flank, y: f64) -> Point {
        let reach = self.reach(end, flank);
        let inset = match end {
            End::Node(NodeIx(node)) => {
                let shape = &self.graph.nodes[node];
                let (top, bottom) = self.stack.spans[node];
                let side = if flank == Flank::Right { Side::Right } else { Side::Left };
                shape.outline.inset(shape.size, side, y - f64::midpoint(top, bottom))
            }
            End::Cluster(_) => 0.0,
        };
        Point::new(flank.sign() * (reach - inset), y)
    }

    /// The point of the upper or lower border of a thing that is this far right of the axis.
    fn on_level(&self, end: End, side: Side, x: f64) -> Point {
        let (top, bottom) = self.stack.spans[index(self.graph, end)];
        let outline = match end {
            End::Node(NodeIx(node)) => &self.graph.nodes[node].outline,
            End::Cluster(_) => &Outline::Rectangle,
        };
        let extent = match end {
            End::Node(NodeIx(node)) => self.graph.nodes[node].size,
            End::Cluster(_) => Size::default(),
        };
        let inset = outline.inset(extent, side, x);
        Point::new(x, if side == Side::Top { top + inset } else { bottom - inset })
    }

    /// The way of an edge, from the axis.
    fn points(&self, edge: usize) -> Vec<Point> {
        let shape = &self.graph.edges[edge];
        let flank = self.ways.flank(edge);
        let branch = || flank.sign() * self.branch(edge);
        match self.ways.of_edges[edge] {
            Way::Unseen => Vec::new(),
            Way::Axis => {
                let is_down = self.ways.axis_below[index(self.graph, shape.from)] == Some(edge);
                let (from, to) = if is_down { (Side::Bottom, Side::Top) } else { (Side::Top, Side::Bottom) };
                vec![self.on_level(shape.from, from, 0.0), self.on_level(shape.to, to, 0.0)]
            }
            Way::Beside(_) => {
                let lane = flank.sign() * self.lanes[edge];
                let start = self.start(edge, flank);
                let end = self.on_side(shape.to, flank, self.port(shape.to, flank, false).y);
                let mut points = if shape.label.is_some() {
                    let from = self.on_level(shape.from, Side::Bottom, branch());
                    vec![from, Point::new(branch(), start.y)]
                } else {
                    vec![self.on_side(shape.from, flank, start.y)]
                };
                points.extend([Point::new(lane, start.y), Point::new(lane, end.y), end]);
                points
            }
            Way::Within => {
                let inner = if shape.label.is_some() { self.label_holder(edge) } else { self.inner(edge) };
                let outer = if inner == shape.from { shape.to } else { shape.from };
                let mut points = if let Some((_, y)) = self.stack.labels[edge] {
                    let from = self.on_level(inner, Side::Bottom, branch());
                    vec![from, Point::new(branch(), y), self.on_side(outer, flank, y)]
                } else {
                    let y = self.port(inner, flank, inner == shape.from).y;
                    vec![self.on_side(inner, flank, y), self.on_side(outer, flank, y)]
                };
                if inner == shape.to {
                    points.reverse();
                }
                points
            }
        }
    }

    /// The end of an edge that lies in the other one.
    fn inner(&self, edge: usize) -> End {
        let shape = &self.graph.edges[edge];
        let height = |end| {
            let (top, bottom) = self.stack.spans[index(self.graph, end)];
            bottom - top
        };
        if height(shape.from) < height(shape.to) { shape.from } else { shape.to }
    }

    /// Everything at its place when the axis is at `axis`.
    fn layout(&self, axis: f64, size: Size) -> Layout {
        let nodes = self.graph.nodes.iter().zip(&self.stack.spans).map(|(shape, (top, _))| {
            Rect::new(axis - shape.size.width / 2.0, *top, shape.size.width, shape.size.height)
        });
        let clusters = self.graph.clusters.iter().enumerate().map(|(cluster, shape)| {
            let (left, right) = self.sides[cluster];
            let (top, bottom) = self.stack.spans[self.graph.nodes.len() + cluster];
            let rect = Rect::new(axis + left, top, right - left, bottom - top);
            let title_top = self.stack.titles[cluster];
            let indent = title_top - top;
            ClusterBox {
                rect,
                title: Rect::new(rect.x + indent, title_top, shape.title.width, shape.title.height),
            }
        });
        let edges = self.graph.edges.iter().enumerate().map(|(edge, shape)| Route {
            points: self.points(edge).into_iter().map(|point| point.moved(axis, 0.0)).collect(),
            label: self.stack.labels[edge].zip(shape.label).map(|((_, y), size)| {
                let x = match (self.ways.of_edges[edge], self.ways.flank(edge)) {
                    (Way::Axis, _) => -size.width / 2.0,
                    (_, Flank::Right) => self.branch(edge) + LEAD,
                    (_, Flank::Left) => -self.branch(edge) - LEAD - size.width,
                };
                Rect::new(axis + x, y - size.height / 2.0, size.width, size.height)
            }),
        });
        Layout { size, nodes: nodes.collect(), clusters: clusters.collect(), edges: edges.collect() }
    }
}
