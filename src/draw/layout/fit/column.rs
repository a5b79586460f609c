//! One column: everything below each other on one axis, in reading order.
//!
//! What leads to the next thing is a straight line on the axis. Everything else runs in lanes beside the column, downwards
//! at the right and upwards at the left; edges that share an end share a lane. A label stands below the start of its edge.
//! So a graph needs no more width than its widest node and its lanes, however many nodes it has.

use std::collections::{BTreeMap, BTreeSet};

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::layout::layered::{ClusterBox, ClusterIx, End, Graph, Layout, NodeIx, Route};
use crate::draw::outline::{Outline, Side};

use super::lane::{Flank, Skyline};
use super::reading::{self, Scopes, Step};

/// Room in a column, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    /// Between two things without a line between them.
    pub(super) gap: f64,
    /// Between two things with a line and its tip between them.
    pub(super) stub: f64,
    /// Between two lanes.
    pub(super) lane: f64,
    /// Between the border of a cluster and what it holds.
    pub(super) padding: f64,
    /// The width that is to be kept.
    pub(super) width: f64,
}

/// Between a side that a line may end at and the nearest lane: room for a tip.
const TIP: f64 = 13.0;
/// From the axis to the lines that lead to labels, px.
const BRANCH: f64 = 16.0;
/// Between such a line and its label, px.
const LEAD: f64 = 8.0;
/// Between a label and what is above or below it, px.
const AIR: f64 = 4.0;
/// From the middle of a side to where lines are attached, px at most.
const PORT: f64 = 9.0;

/// Lays out `graph` in one column.
pub(super) fn lay_out(graph: &Graph, room: &Room) -> Layout {
    let scopes = Scopes::of(graph);
    let steps = reading::reading(graph, &scopes);
    let ways = Ways::of(graph, &scopes, &steps, room);
    let stack = Stack::of(graph, &steps, &ways, room);
    place(graph, &scopes, &ways, &stack, room)
}

/// How an edge runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Not drawn.
    Unseen,
    /// Straight down the axis, or up.
    Axis,
    /// Beside the column.
    Beside(Flank),
    /// From a cluster to what it holds, or back.
    Within,
}

/// How the edges run.
#[derive(Debug)]
struct Ways {
    ways: Vec<Way>,
    /// For each thing, nodes before clusters, the edge on the axis below it.
    axis_below: Vec<Option<usize>>,
    /// Edges with labels that stand below each thing.
    labels_below: Vec<Vec<usize>>,
    /// Clusters whose title a line on the axis passes.
    is_passed: Vec<bool>,
    /// Things that a line on the axis ends at from above.
    is_reached: Vec<bool>,
}

fn index(graph: &Graph, end: End) -> usize {
    match end {
        End::Node(NodeIx(node)) => node,
        End::Cluster(ClusterIx(cluster)) => graph.nodes.len() + cluster,
    }
}

/// The rows that each thing fills: the first and the last.
fn rows(graph: &Graph, steps: &[Step]) -> Vec<(usize, usize)> {
    let mut rows = vec![(0, 0); graph.nodes.len() + graph.clusters.len()];
    let mut row = 0_usize;
    for (at, step) in steps.iter().enumerate() {
        match *step {
            Step::Node(node) => {
                rows[node] = (row, row);
                row += 1;
            }
            Step::Open(cluster) => rows[graph.nodes.len() + cluster].0 = row,
            Step::Close(cluster) => {
                // An empty cluster is a row of its own.
                if at.checked_sub(1).and_then(|before| steps.get(before)) == Some(&Step::Open(cluster)) {
                    row += 1;
                }
                rows[graph.nodes.len() + cluster].1 = row.saturating_sub(1);
            }
        }
    }
    rows
}

impl Ways {
    fn of(graph: &Graph, scopes: &Scopes, steps: &[Step], room: &Room) -> Self {
        let n_things = graph.nodes.len() + graph.clusters.len();
        let rows = rows(graph, steps);
        let mut ways = Self {
            ways: Vec::with_capacity(graph.edges.len()),
            axis_below: vec![None; n_things],
            labels_below: vec![Vec::new(); n_things],
            is_passed: vec![false; graph.clusters.len()],
            is_reached: vec![false; n_things],
        };
        let mut first_in: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for cluster in 0..graph.clusters.len() {
            first_in.entry(rows[graph.nodes.len() + cluster].0).or_default().push(cluster);
        }
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for is_upwards in [false, true] {
            for (edge_ix, edge) in graph.edges.iter().enumerate() {
                if ways.ways.len() <= edge_ix {
                    ways.ways.push(if edge.is_invisible { Way::Unseen } else { Way::Within });
                }
                if edge.is_invisible || ways.ways[edge_ix] == Way::Axis {
                    continue;
                }
                let (upper, lower) = if is_upwards { (edge.to, edge.from) } else { (edge.from, edge.to) };
                let (above, below) = (rows[index(graph, upper)], rows[index(graph, lower)]);
                if scopes.meet(upper, lower).is_none() || above.1 + 1 != below.0 || taken.contains(&above.1) {
                    continue;
                }
                // Titles of clusters that begin between the two and hold the lower one.
                let passed: Vec<usize> = first_in
                    .get(&below.0)
                    .into_iter()
                    .flatten()
                    .copied()
                    .filter(|cluster| lower != End::Cluster(ClusterIx(*cluster)))
                    .filter(|cluster| rows[graph.nodes.len() + cluster].1 >= below.1)
                    .filter(|cluster| {
                        let End::Cluster(ClusterIx(own)) = lower else { return true };
                        scopes.depth(cluster + 1) < scopes.depth(own + 1)
                    })
                    .collect();
                let has_room = passed.iter().all(|cluster| {
                    let outer = scopes.depth(cluster + 1) as f64 * room.padding;
                    graph.clusters[*cluster].title.width + LEAD + outer <= room.width / 2.0
                });
                if !has_room {
                    continue;
                }
                taken.insert(above.1);
                ways.ways[edge_ix] = Way::Axis;
                ways.axis_below[index(graph, upper)] = Some(edge_ix);
                ways.is_reached[index(graph, lower)] = true;
                for cluster in passed {
                    ways.is_passed[cluster] = true;
                }
            }
        }
        for (edge_ix, edge) in graph.edges.iter().enumerate() {
            if ways.ways[edge_ix] != Way::Within {
                continue;
            }
            let (from, to) = (index(graph, edge.from), index(graph, edge.to));
            if scopes.meet(edge.from, edge.to).is_some() {
                let is_down = rows[from].0 <= rows[to].0;
                ways.ways[edge_ix] = Way::Beside(if is_down { Flank::Right } else { Flank::Left });
            }
            if edge.label.is_some() {
                // What leads out of a thing to the cluster around it, or in from there, is told at the thing.
                let inner = if ways.ways[edge_ix] == Way::Within
                    && scopes.depth(scopes.around(edge.from)) < scopes.depth(scopes.around(edge.to))
                {
                    to
                } else {
                    from
                };
                ways.labels_below[inner].push(edge_ix);
            }
        }
        ways
    }

    fn flank(&self, edge: usize) -> Flank {
        match self.ways[edge] {
            Way::Beside(flank) => flank,
            _ => Flank::Right,
        }
    }
}

/// Where everything is from top to bottom.
#[derive(Debug)]
struct Stack {
    height: f64,
    n_bands: usize,
    /// Upper and lower border of each thing.
    spans: Vec<(f64, f64)>,
    /// The first and the last band of each thing.
    bands: Vec<(usize, usize)>,
    /// Upper border of each title.
    titles: Vec<f64>,
    /// Band and middle of each label.
    labels: Vec<Option<(usize, f64)>>,
}

/// Builds a [`Stack`] from top to bottom.
struct Stacking<'a> {
    graph: &'a Graph,
    ways: &'a Ways,
    room: &'a Room,
    stack: Stack,
    y: f64,
    /// What a line on the axis needs above the next thing that it may end at.
    is_under_line: bool,
}

impl Stack {
    fn of(graph: &Graph, steps: &[Step], ways: &Ways, room: &Room) -> Self {
        let n_things = graph.nodes.len() + graph.clusters.len();
        let mut stacking = Stacking {
            graph,
            ways,
            room,
            stack: Self {
                height: 0.0,
                n_bands: 0,
                spans: vec![(0.0, 0.0); n_things],
                bands: vec![(0, 0); n_things],
                titles: vec![0.0; graph.clusters.len()],
                labels: vec![None; graph.edges.len()],
            },
            y: 0.0,
            is_under_line: false,
        };
        let mut before = None;
        for step in steps {
            stacking.step(*step, before);
            before = Some(*step);
        }
        Self { height: stacking.y, ..stacking.stack }
    }
}

impl Stacking<'_> {
    fn band(&mut self) -> usize {
        self.stack.n_bands += 1;
        self.stack.n_bands - 1
    }

    /// Keeps clear of what is above, with more room where a line ends.
    fn lead(&mut self, thing: usize, before: Option<Step>) {
        let is_reached = self.ways.is_reached[thing];
        self.y += match before {
            None => 0.0,
            Some(_) if is_reached => self.room.stub,
            Some(Step::Open(_)) => 0.0,
            Some(_) => self.room.gap,
        };
        if is_reached {
            self.is_under_line = false;
        }
    }

    fn step(&mut self, step: Step, before: Option<Step>) {
        match step {
            Step::Node(node) => {
                self.lead(node, before);
                let top = self.y;
                self.y += self.graph.nodes[node].size.height;
                self.stack.spans[node] = (top, self.y);
                self.stack.bands[node] = (self.band(), self.band());
                self.below(node);
            }
            Step::Open(cluster) => {
                let thing = self.graph.nodes.len() + cluster;
                self.lead(thing, before);
                let top = self.y;
                self.y += self.room.padding;
                self.stack.titles[cluster] = self.y;
                let title = self.graph.clusters[cluster].title.height;
                if title > 0.0 {
                    self.y += title + AIR;
                }
                self.stack.spans[thing].0 = top;
                self.stack.bands[thing].0 = self.band();
            }
            Step::Close(cluster) => {
                let thing = self.graph.nodes.len() + cluster;
                self.y += self.room.padding;
                if before == Some(Step::Open(cluster)) {
                    let least = self.graph.clusters[cluster].min_size.height;
                    self.y = self.y.max(self.stack.spans[thing].0 + least);
                }
                self.stack.spans[thing].1 = self.y;
                self.stack.bands[thing].1 = self.band();
                self.below(thing);
            }
        }
    }

    /// The labels that stand below a thing.
    fn below(&mut self, thing: usize) {
        let height = |edge: usize| self.graph.edges[edge].label.map_or(0.0, |label| label.height);
        let of = |flank| {
            let edges = self.ways.labels_below[thing].iter().copied();
            edges.filter(|edge| self.ways.flank(*edge) == flank).collect::<Vec<usize>>()
        };
        let (right, left) = (of(Flank::Right), of(Flank::Left));
        for at in 0..right.len().max(left.len()) {
            let pair: Vec<usize> = right.get(at).into_iter().chain(left.get(at)).copied().collect();
            let tallest = pair.iter().map(|edge| height(*edge)).fold(0.0, f64::max);
            self.y += AIR;
            let band = self.band();
            for edge in pair {
                self.stack.labels[edge] = Some((band, self.y + tallest / 2.0));
            }
            self.y += tallest;
        }
        if let Some(edge) = self.ways.axis_below[thing] {
            if self.graph.edges[edge].label.is_some() {
                let tall = height(edge);
                self.y += 1.5 * AIR;
                let band = self.band();
                self.stack.labels[edge] = Some((band, self.y + tall / 2.0));
                self.y += tall;
            }
        }
    }
}

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

fn place(graph: &Graph, scopes: &Scopes, ways: &Ways, stack: &Stack, room: &Room) -> Layout {
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
            match self.ways.ways[edge] {
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
        let to = index(self.graph, shape.to);
        if self.ways.labels_below[to].contains(&edge) { shape.to } else { shape.from }
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
                (self.ways.ways[edge], scopes.meet(shape.from, shape.to))
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
        let mut by_size: BTreeSet<(std::cmp::Reverse<usize>, bool, usize)> = groups
            .iter()
            .map(|((is_end, thing), group)| (std::cmp::Reverse(group.len()), *is_end, *thing))
            .collect();
        let mut done: BTreeSet<usize> = BTreeSet::new();
        let mut shared = Vec::new();
        while let Some((size, is_end, thing)) = by_size.pop_first() {
            let Some(group) = groups.get_mut(&(is_end, thing)) else { continue };
            group.retain(|edge| !done.contains(edge));
            if group.is_empty() {
                continue;
            }
            if group.len() < size.0 {
                by_size.insert((std::cmp::Reverse(group.len()), is_end, thing));
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
        let size = match end {
            End::Node(NodeIx(node)) => self.graph.nodes[node].size,
            End::Cluster(_) => Size::default(),
        };
        let inset = outline.inset(size, side, x);
        Point::new(x, if side == Side::Top { top + inset } else { bottom - inset })
    }

    /// The way of an edge, from the axis.
    fn points(&self, edge: usize) -> Vec<Point> {
        let shape = &self.graph.edges[edge];
        let flank = self.ways.flank(edge);
        let branch = || flank.sign() * self.branch(edge);
        match self.ways.ways[edge] {
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
                let mut points = match self.stack.labels[edge] {
                    Some((_, y)) => {
                        let from = self.on_level(inner, Side::Bottom, branch());
                        vec![from, Point::new(branch(), y), self.on_side(outer, flank, y)]
                    }
                    None => {
                        let y = self.port(inner, flank, inner == shape.from).y;
                        vec![self.on_side(inner, flank, y), self.on_side(outer, flank, y)]
                    }
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
                let x = match (self.ways.ways[edge], self.ways.flank(edge)) {
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
