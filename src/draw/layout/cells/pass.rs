//! Brings a chart onto the grid in one direction: everything becomes points on a line, with the distances that keep what was
//! apart apart.

use crate::draw::geometry::{Point, Rect};
use crate::draw::layout::chart::Chart;
use crate::draw::layout::layered::{End, Flow, Graph, Layout};

use super::sheet::Sheet;
use super::squeeze::{Kind, Squeeze};
use super::stretch::Stretch;
use super::typewriter::{count, widest};

/// A chart with more parts than this is not brought onto the grid: nobody reads it there, and pairs are compared.
const MAX_THINGS: usize = 3_000;
/// What it costs when a box is larger than its text asks for, for each cell.
const BOX: i64 = 64;
/// What it costs when an edge leaves its place on the side of a box.
const PORT: i64 = 4;
/// What it costs when an edge runs sideways.
const ASIDE: i64 = 10;
/// How far, px, a label may stand from the line that it belongs to.
const NEAR: f64 = 12.0;

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// Columns.
    X,
    /// Rows.
    Y,
}

impl Axis {
    /// Where a rectangle starts and ends in this direction.
    fn range(self, rect: Rect) -> (f64, f64) {
        match self {
            Self::X => (rect.x, rect.right()),
            Self::Y => (rect.y, rect.bottom()),
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::X => Self::Y,
            Self::Y => Self::X,
        }
    }
}

/// What is to be brought onto the grid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) graph: &'a Graph,
    pub(super) layout: &'a Layout,
    /// The stretches of each edge.
    pub(super) stretches: &'a [Vec<Stretch>],
    pub(super) sheet: &'a Sheet,
    pub(super) chart: &'a Chart,
}

/// Where everything is in one direction: first and last cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Fixed {
    pub(super) nodes: Vec<(i64, i64)>,
    pub(super) clusters: Vec<(i64, i64)>,
    pub(super) titles: Vec<Option<(i64, i64)>>,
    pub(super) labels: Vec<Option<(i64, i64)>>,
    /// For each label whether it stands beside its line; else the line runs through it.
    pub(super) is_beside: Vec<bool>,
    /// For each stretch of each edge the cell where it stays; 0 for those that run in this direction.
    pub(super) wires: Vec<Vec<i64>>,
    /// How many cells there are.
    pub(super) extent: usize,
}

/// How a label stands to its edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Right of an upright stretch.
    Beside(usize),
    /// In a level stretch.
    Within(usize),
    /// Where the layout put it.
    Apart,
}

/// The box of what an edge is attached to.
pub(super) fn rect(layout: &Layout, end: End) -> Rect {
    match end {
        End::Node(node) => layout.nodes[node.0],
        End::Cluster(cluster) => layout.clusters[cluster.0].rect,
    }
}

/// Whether a point on a border is nearer to the right than to the left side, and to the lower than to the upper one.
pub(super) fn is_far(rect: Rect, at: Point) -> (bool, bool) {
    let center = rect.center();
    (at.x > center.x, at.y > center.y)
}

/// The points of everything in one direction.
struct Pass<'a> {
    way: Way<'a>,
    axis: Axis,
    /// Where things are in the other direction, once that is known.
    across: Option<&'a Fixed>,
    squeeze: Squeeze,
    nodes: Vec<(usize, usize)>,
    clusters: Vec<(usize, usize)>,
    titles: Vec<Option<(usize, usize)>>,
    labels: Vec<Option<(usize, usize)>>,
    stands: Vec<Stand>,
    wires: Vec<Vec<Option<usize>>>,
}

/// Brings a chart onto the grid in one direction; `across` says where things are in the other one, once that is known.
/// Nothing when there is too much of it.
pub(super) fn pass(way: &Way, axis: Axis, across: Option<&Fixed>) -> Option<Fixed> {
    let mut pass = Pass {
        way: *way,
        axis,
        across,
        squeeze: Squeeze::default(),
        nodes: Vec::new(),
        clusters: Vec::new(),
        titles: Vec::new(),
        labels: vec![None; way.graph.edges.len()],
        stands: stands(way),
        wires: Vec::new(),
    };
    pass.add_nodes();
    pass.add_clusters();
    pass.add_wires();
    for edge in 0..way.graph.edges.len() {
        pass.add_label(edge);
        pass.add_runs(edge);
    }
    if pass.squeeze.n_things() > MAX_THINGS {
        return None;
    }
    Some(pass.solve())
}

/// How each label stands to its edge.
fn stands(way: &Way) -> Vec<Stand> {
    let stand = |(edge, route): (usize, &crate::draw::layout::layered::Route)| {
        let Some(label) = route.label else { return Stand::Apart };
        let near = label.grown(NEAR);
        let shared = |(from, to): (f64, f64), stretch: &Stretch| {
            to.min(stretch.from.max(stretch.to)) - from.max(stretch.from.min(stretch.to))
        };
        let passes = way.stretches[edge].iter().enumerate().filter_map(|(at, stretch)| {
            let (stays, runs) = if stretch.is_level { (Axis::Y, Axis::X) } else { (Axis::X, Axis::Y) };
            // A line that a label is written into runs through it; beside an upright line there is room.
            let range = stays.range(if stretch.is_level { label } else { near });
            let is_there = range.0 <= stretch.at && stretch.at <= range.1;
            let shared = shared(runs.range(label), stretch);
            (is_there && shared > 0.0).then_some((at, stretch.is_level, shared))
        });
        match passes.max_by(|a, b| a.2.total_cmp(&b.2)) {
            Some((at, true, _)) => Stand::Within(at),
            Some((at, false, _)) => Stand::Beside(at),
            None => Stand::Apart,
        }
    };
    way.layout.edges.iter().enumerate().map(stand).collect()
}

impl Pass<'_> {
    /// True when ranks grow in this direction.
    fn is_along_ranks(&self) -> bool {
        let is_upright = matches!(self.way.graph.flow, Flow::Down | Flow::Up);
        is_upright == (self.axis == Axis::Y)
    }

    /// Two points for something with extent.
    fn extent(&mut self, (from, to): (f64, f64)) -> (usize, usize) {
        (self.squeeze.point(from), self.squeeze.point(to))
    }

    /// What a box covers in the other direction.
    fn covered(&self, rect: Rect, cells: impl Fn(&Fixed) -> (i64, i64)) -> (f64, f64) {
        match self.across {
            Some(fixed) => half_open(cells(fixed)),
            None => self.axis.other().range(rect),
        }
    }

    fn add_nodes(&mut self) {
        let mut centers: Vec<(f64, usize)> = Vec::new();
        for (index, rect) in self.way.layout.nodes.iter().enumerate() {
            let range = self.axis.range(*rect);
            let (low, high) = self.extent(range);
            let size = self.size(index);
            self.squeeze.keep(low, high, size - 1, BOX);
            let across = self.covered(*rect, |fixed| fixed.nodes[index]);
            self.squeeze.thing(Kind::Node, low, high, across);
            self.nodes.push((low, high));
            centers.push((f64::midpoint(range.0, range.1), index));
        }
        if !self.is_along_ranks() {
            return;
        }
        // The nodes of a rank stand in one line.
        centers.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for rank in centers.chunk_by(|a, b| b.0 - a.0 < 0.6) {
            let line = self.squeeze.point(rank[0].0);
            for (_, index) in rank {
                let (low, high) = self.nodes[*index];
                let size = self.size(*index);
                self.squeeze.keep(low, line, 0, 0);
                self.squeeze.keep(line, high, 0, 0);
                self.squeeze.pull(low, line, (size - 1) / 2, 2 * PORT);
            }
        }
    }

    /// The least cells of a node in this direction.
    fn size(&self, node: usize) -> i64 {
        let (columns, rows) = self.way.sheet.nodes[node].size;
        if self.axis == Axis::X { count(columns) } else { count(rows) }
    }

    fn add_clusters(&mut self) {
        for (index, placed) in self.way.layout.clusters.iter().enumerate() {
            let card = &self.way.sheet.clusters[index];
            let (columns, rows) = card.size;
            let (low, high) = self.extent(self.axis.range(placed.rect));
            let least = if self.axis == Axis::X { count(columns) } else { count(rows) };
            self.squeeze.keep(low, high, least - 1, 2);
            let across = self.covered(placed.rect, |fixed| fixed.clusters[index]);
            self.squeeze.thing(Kind::Opening, low, low, across);
            self.squeeze.thing(Kind::Closing, high, high, across);
            self.clusters.push((low, high));
            let title = (!card.rows.is_empty()).then(|| self.add_title(index));
            self.titles.push(title);
        }
    }

    /// The title of a cluster stands in its upper side, and below that when it has more lines.
    fn add_title(&mut self, index: usize) -> (usize, usize) {
        let placed = self.way.layout.clusters[index];
        let (columns, rows) = self.way.sheet.clusters[index].size;
        let (low, high) = self.clusters[index];
        let top = placed.rect.y;
        let bottom = placed.title.bottom().clamp(top, placed.rect.bottom());
        match self.axis {
            Axis::X => {
                let (left, right) = self.extent(self.axis.range(placed.title));
                self.squeeze.keep(low, left, 2, 1);
                // The size counts a corner and a line on either side of what is written.
                self.squeeze.keep(left, right, count(columns) - 5, BOX);
                self.squeeze.keep(right, high, 2, 0);
                let across = match self.across {
                    Some(fixed) => half_open((fixed.clusters[index].0, fixed.clusters[index].0)),
                    None => (top - 0.2, bottom),
                };
                self.squeeze.thing(Kind::Title, left, right, across);
                (left, right)
            }
            Axis::Y => {
                let last = self.squeeze.point(bottom);
                self.squeeze.keep(low, last, count(rows) - 3, BOX);
                let across = self.covered(placed.title, |fixed| fixed.titles[index].unwrap_or_default());
                self.squeeze.thing(Kind::Title, last, last, across);
                (low, last)
            }
        }
    }

    /// The point of each stretch that stays where it is in this direction.
    fn add_wires(&mut self) {
        for (edge, stretches) in self.way.stretches.iter().enumerate() {
            let mut points = Vec::with_capacity(stretches.len());
            for (at, stretch) in stretches.iter().enumerate() {
                if stretch.is_level != (self.axis == Axis::Y) {
                    points.push(None);
                    continue;
                }
                let point = self.squeeze.point(stretch.at);
                points.push(Some(point));
                let (from, to) = self.run_across(edge, at);
                match (self.across, self.stands[edge]) {
                    (Some(fixed), Stand::Within(within)) if within == at => {
                        // The label covers the middle.
                        let (left, right) = half_open(fixed.labels[edge].unwrap_or_default());
                        self.squeeze.thing(Kind::Wire, point, point, (from, (left - 1.0).max(from)));
                        self.squeeze.thing(Kind::Wire, point, point, ((right + 1.0).min(to), to));
                    }
                    _ => self.squeeze.thing(Kind::Wire, point, point, (from, to)),
                }
                for (end, is_end) in [
                    (self.way.graph.edges[edge].from, at == 0),
                    (self.way.graph.edges[edge].to, at + 1 == stretches.len()),
                ] {
                    if is_end {
                        self.attach(end, point, stretch.at);
                    }
                }
            }
            // Stretches that are parallel should be one.
            let stays: Vec<usize> = points.iter().copied().flatten().collect();
            for pair in stays.windows(2) {
                self.squeeze.pull(pair[0], pair[1], 0, ASIDE);
            }
            self.wires.push(points);
        }
    }

    /// Keeps a stretch between the corners of what it ends at.
    fn attach(&mut self, end: End, point: usize, at: f64) {
        let (low, high, inset) = match end {
            End::Node(node) => {
                let size = self.size(node.0);
                let (low, high) = self.nodes[node.0];
                let range = self.axis.range(self.way.layout.nodes[node.0]);
                let share = (at - range.0) / (range.1 - range.0).max(1.0);
                let by = (share * (size - 1) as f64).round() as i64;
                self.squeeze.pull(low, point, by, PORT);
                (low, high, i64::from(size >= 3))
            }
            End::Cluster(cluster) => {
                let (low, high) = self.clusters[cluster.0];
                (low, high, if self.axis == Axis::X { 2 } else { 1 })
            }
        };
        self.squeeze.keep(low, point, inset, 0);
        self.squeeze.keep(point, high, inset, 0);
    }

    /// What a stretch covers in the direction that it runs.
    fn run_across(&self, edge: usize, at: usize) -> (f64, f64) {
        /// Px that a line keeps from the border that it ends at, where nothing else is to be kept from it.
        const OFF: f64 = 0.5;
        let stretches = &self.way.stretches[edge];
        let stretch = stretches[at];
        let is_upwards = stretch.from <= stretch.to;
        let shape = &self.way.graph.edges[edge];
        let ends = [(at == 0).then_some(shape.from), (at + 1 == stretches.len()).then_some(shape.to)];
        let is_node = |end: Option<End>| matches!(end, Some(End::Node(_)));
        let Some(fixed) = self.across else {
            let (low, high) = (stretch.from.min(stretch.to), stretch.from.max(stretch.to));
            let [first, last] = if is_upwards { ends } else { [ends[1], ends[0]] };
            let grow = |end| if is_node(end) { -OFF } else { OFF / 2.0 };
            let middle = f64::midpoint(low, high);
            return ((low - grow(first)).min(middle), (high + grow(last)).max(middle));
        };
        let place = |end: Option<End>, neighbour: Option<usize>, from: f64| match end {
            Some(attached) => {
                let range = match attached {
                    End::Node(node) => fixed.nodes[node.0],
                    End::Cluster(cluster) => fixed.clusters[cluster.0],
                };
                let (low, high) = self.axis.other().range(rect(self.way.layout, attached));
                let is_far = from > f64::midpoint(low, high);
                let step = i64::from(is_node(end));
                if is_far { range.1 + step } else { range.0 - step }
            }
            None => neighbour.and_then(|at| fixed.wires[edge].get(at).copied()).unwrap_or_default(),
        };
        let from = place(ends[0], at.checked_sub(1), stretch.from);
        let to = place(ends[1], Some(at + 1), stretch.to);
        half_open((from.min(to), from.max(to)))
    }

    fn add_label(&mut self, edge: usize) {
        let text = &self.way.sheet.labels[edge];
        let Some(rect) = self.way.layout.edges[edge].label.filter(|_| !text.is_empty()) else { return };
        let (columns, rows) = (count(widest(text)), count(text.len()));
        let size = if self.axis == Axis::X { columns } else { rows };
        let stand = self.stands[edge];
        let mut range = self.axis.range(rect);
        let wire = |at: usize, pass: &Self| pass.wires[edge].get(at).copied().flatten();
        if let (Stand::Beside(at), Axis::X) = (stand, self.axis) {
            // It was centred on its line, and is written behind it.
            let line = self.way.stretches[edge][at].at;
            range = (line.max(range.0) + 0.25, range.1.max(line + 0.5));
        }
        let (low, high) = self.extent(range);
        self.squeeze.keep(low, high, size - 1, BOX);
        let across = self.covered(rect, |fixed| {
            let (left, right) = fixed.labels[edge].unwrap_or_default();
            if matches!(stand, Stand::Within(_)) { (left - 1, right + 1) } else { (left, right) }
        });
        self.squeeze.thing(Kind::Label, low, high, across);
        match (stand, self.axis) {
            (Stand::Beside(at), Axis::X) => {
                if let Some(line) = wire(at, self) {
                    self.squeeze.keep(line, low, 2, 2 * PORT);
                }
            }
            (Stand::Within(at), Axis::Y) => {
                if let Some(line) = wire(at, self) {
                    self.squeeze.keep(low, line, 0, 0);
                    self.squeeze.keep(line, high, 0, 0);
                    self.squeeze.pull(low, line, (size - 1) / 2, BOX);
                }
            }
            _ => {}
        }
        self.labels[edge] = Some((low, high));
    }

    /// The distances along each stretch that runs in this direction: room for tips and labels.
    fn add_runs(&mut self, edge: usize) {
        let stretches = &self.way.stretches[edge];
        let shape = &self.way.graph.edges[edge];
        let drawn = &self.way.chart.edges[edge];
        for (at, stretch) in stretches.iter().enumerate() {
            if stretch.is_level != (self.axis == Axis::X) {
                continue;
            }
            let start = (at == 0).then_some((shape.from, drawn.start.is_some()));
            let end = (at + 1 == stretches.len()).then_some((shape.to, drawn.end.is_some()));
            let anchor = |attached: Option<(End, bool)>, neighbour: Option<usize>, place: f64| match attached
            {
                Some((end, _)) => {
                    let range = self.axis.range(rect(self.way.layout, end));
                    let (low, high) = match end {
                        End::Node(node) => self.nodes[node.0],
                        End::Cluster(cluster) => self.clusters[cluster.0],
                    };
                    Some(if place > f64::midpoint(range.0, range.1) { high } else { low })
                }
                None => neighbour.and_then(|at| self.wires[edge].get(at).copied().flatten()),
            };
            let first = anchor(start, at.checked_sub(1), stretch.from);
            let last = anchor(end, Some(at + 1), stretch.to);
            let (Some(first), Some(last)) = (first, last) else { continue };
            let (low, high) = if stretch.from <= stretch.to {
                ((first, start), (last, end))
            } else {
                ((last, end), (first, start))
            };
            let is_tip = |end: Option<(End, bool)>| end.is_some_and(|(_, has_tip)| has_tip);
            let n_tips = i64::from(is_tip(low.1)) + i64::from(is_tip(high.1));
            let n_attached = i64::from(low.1.is_some()) + i64::from(high.1.is_some());
            let min = match (self.axis, n_attached) {
                (Axis::X, 2) => 4 + i64::from(n_tips == 2),
                (Axis::Y, 2) => 3,
                (Axis::X, 1) => 2 + n_tips,
                (Axis::Y, 1) => 1 + n_tips,
                _ => i64::from(self.is_along_ranks()),
            };
            self.squeeze.keep(low.0, high.0, min, 1);
            let own = match self.stands[edge] {
                Stand::Within(label) | Stand::Beside(label) if label == at => self.labels[edge],
                _ => None,
            };
            if let Some((label_low, label_high)) = own {
                // Within a level line there is a piece of line and a blank on either side.
                let room = if self.axis == Axis::X { 3 } else { 1 };
                self.squeeze.keep(low.0, label_low, room + i64::from(is_tip(low.1)), 1);
                self.squeeze.keep(label_high, high.0, room + i64::from(is_tip(high.1)), 1);
            }
        }
    }

    fn solve(self) -> Fixed {
        let axis = self.axis;
        let is_along_ranks = self.is_along_ranks();
        let places = self.squeeze.solve(|before, behind| gap(axis, is_along_ranks, before, behind));
        let range = |(low, high): (usize, usize)| (places[low], places[high]);
        Fixed {
            nodes: self.nodes.into_iter().map(range).collect(),
            clusters: self.clusters.into_iter().map(range).collect(),
            titles: self.titles.into_iter().map(|title| title.map(range)).collect(),
            labels: self.labels.into_iter().map(|label| label.map(range)).collect(),
            is_beside: self.stands.iter().map(|stand| !matches!(stand, Stand::Within(_))).collect(),
            wires: self
                .wires
                .into_iter()
                .map(|points| points.into_iter().map(|point| point.map_or(0, |at| places[at])).collect())
                .collect(),
            extent: places.iter().copied().max().map_or(0, |last| usize::try_from(last + 1).unwrap_or(0)),
        }
    }
}

/// Cells from the first to the last, as the range that they cover.
fn half_open((first, last): (i64, i64)) -> (f64, f64) {
    (first as f64, last as f64 + 1.0)
}

/// How far the last cell of a thing and the first of the one behind it are apart at least.
fn gap(axis: Axis, is_along_ranks: bool, before: Kind, behind: Kind) -> i64 {
    use Kind::{Closing, Label, Node, Opening, Title};
    let (columns, rows) = match (before, behind) {
        // A title has a blank on either side that counts as a part of it.
        (Title, other) | (other, Title) if !matches!(other, Opening | Closing) => (1, 1),
        (Closing, Opening | Node) | (Node, Opening) => (3, 2),
        (Node, Node) => (if is_along_ranks { 3 } else { 4 }, 2),
        (Label, Label) => (3, 1),
        _ => (2, 1),
    };
    if axis == Axis::X { columns } else { rows }
}
