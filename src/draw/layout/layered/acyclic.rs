//! Turns edges so that no way leads back: greedy, in reading order (after Eades, Lin, Smyth 1993).

use std::collections::BTreeSet;

use super::compound::{Tree, cluster_of};
use super::{ClusterIx, End, Graph, NodeIx};

/// What has a rank of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A node.
    Node(usize),
    /// The upper border of a cluster.
    Head(usize),
    /// The lower border of a cluster.
    Foot(usize),
}

impl Unit {
    /// Its index among all units of the graph.
    pub(super) fn index(self, graph: &Graph) -> usize {
        match self {
            Self::Node(node) => node,
            Self::Head(cluster) => graph.nodes.len() + 2 * cluster,
            Self::Foot(cluster) => graph.nodes.len() + 2 * cluster + 1,
        }
    }
}

/// An edge that leads down from one unit to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strand {
    /// The edge.
    pub(super) edge: usize,
    /// Where it is above.
    pub(super) upper: Unit,
    /// Where it is below.
    pub(super) lower: Unit,
    /// The edge leads from below to above.
    pub(super) is_turned: bool,
}

/// The unit at which an edge from `end` leaves downwards, to `other`.
fn leaves_at(graph: &Graph, tree: &Tree, end: End, other: End) -> Unit {
    match end {
        End::Node(NodeIx(node)) => Unit::Node(node),
        // What leads into the cluster itself starts at its upper border.
        End::Cluster(ClusterIx(cluster)) if tree.holds(graph, cluster, other) => Unit::Head(cluster),
        End::Cluster(ClusterIx(cluster)) => Unit::Foot(cluster),
    }
}

/// The unit at which an edge from `other` above reaches `end`.
fn arrives_at(graph: &Graph, tree: &Tree, end: End, other: End) -> Unit {
    match end {
        End::Node(NodeIx(node)) => Unit::Node(node),
        End::Cluster(ClusterIx(cluster)) if tree.holds(graph, cluster, other) => Unit::Foot(cluster),
        End::Cluster(ClusterIx(cluster)) => Unit::Head(cluster),
    }
}

/// Pairs of units of which the first is never below the second: a cluster's borders enclose what it holds.
pub(super) fn enclosures(graph: &Graph, tree: &Tree) -> Vec<(Unit, Unit)> {
    let mut pairs = Vec::new();
    for node in 0..graph.nodes.len() {
        if let Some(cluster) = cluster_of(graph, node) {
            pairs.push((Unit::Head(cluster), Unit::Node(node)));
            pairs.push((Unit::Node(node), Unit::Foot(cluster)));
        }
    }
    for cluster in 0..graph.clusters.len() {
        pairs.push((Unit::Head(cluster), Unit::Foot(cluster)));
        if let Some(parent) = tree.parent(cluster) {
            pairs.push((Unit::Head(parent), Unit::Head(cluster)));
            pairs.push((Unit::Foot(cluster), Unit::Foot(parent)));
        }
    }
    pairs
}

/// What must not form a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    /// Nodes, wherever they are.
    Loose,
    /// Nodes, and at each level of nesting clusters as wholes: of two that edges join one can stand below the other.
    Whole,
}

/// The edges of the graph as strands, without loops and what comes from the sides of clusters, such that strands and
/// enclosures together form no cycle.
pub(super) fn strands(graph: &Graph, tree: &Tree, grouping: Grouping) -> Vec<Strand> {
    let mut greedy = Greedy::new(graph, tree, grouping);
    while let Some(unit) = greedy.next() {
        greedy.place(unit);
    }
    greedy.strands
}

/// How soon a unit is placed: without open edges first, then those that the placed ones lead to, in reading order, and
/// those with the fewest open edges.
type Urgency = (bool, bool, usize, usize, usize);

struct Greedy<'a> {
    graph: &'a Graph,
    tree: &'a Tree,
    grouping: Grouping,
    /// The clusters whose upper border is placed and whose lower one is not; while clusters are wholes.
    open: Vec<usize>,
    strands: Vec<Strand>,
    ends: Vec<(End, End)>,
    /// For each unit its place in reading order.
    order: Vec<usize>,
    is_placed: Vec<bool>,
    is_reached: Vec<bool>,
    n_hard: Vec<usize>,
    n_soft: Vec<usize>,
    hard_below: Vec<Vec<usize>>,
    /// Strands that start and end at each unit.
    leaving: Vec<Vec<usize>>,
    arriving: Vec<Vec<usize>>,
    ready: BTreeSet<Urgency>,
}

impl<'a> Greedy<'a> {
    fn new(graph: &'a Graph, tree: &'a Tree, grouping: Grouping) -> Self {
        let (n_nodes, n_clusters) = (graph.nodes.len(), graph.clusters.len());
        let n = n_nodes + 2 * n_clusters;
        let mut units: Vec<Unit> = (0..n_nodes).map(Unit::Node).collect();
        units.extend((0..n_clusters).flat_map(|cluster| [Unit::Head(cluster), Unit::Foot(cluster)]));
        // A cluster is read where its first node is.
        let mut first = vec![n_nodes; n_clusters];
        for node in (0..n_nodes).rev() {
            for cluster in tree.path(cluster_of(graph, node)) {
                first[*cluster] = node;
            }
        }
        let order = units
            .iter()
            .map(|unit| match *unit {
                Unit::Node(node) => 2 * node + 1,
                Unit::Head(cluster) | Unit::Foot(cluster) => 2 * first[cluster],
            })
            .collect();
        let mut greedy = Self {
            graph,
            tree,
            grouping,
            open: Vec::new(),
            strands: Vec::with_capacity(graph.edges.len()),
            ends: Vec::with_capacity(graph.edges.len()),
            order,
            is_placed: vec![false; n],
            is_reached: vec![false; n],
            n_hard: vec![0; n],
            n_soft: vec![0; n],
            hard_below: vec![Vec::new(); n],
            leaving: vec![Vec::new(); n],
            arriving: vec![Vec::new(); n],
            ready: BTreeSet::new(),
        };
        for (upper, lower) in enclosures(graph, tree) {
            let (upper, lower) = (upper.index(graph), lower.index(graph));
            greedy.n_hard[lower] += 1;
            greedy.hard_below[upper].push(lower);
        }
        let is_strand = |edge: &super::Edge| edge.from != edge.to && edge.attachment.side.is_none();
        for (edge, ends) in graph.edges.iter().enumerate().filter(|(_, edge)| is_strand(edge)) {
            let upper = leaves_at(graph, tree, ends.from, ends.to);
            let lower = arrives_at(graph, tree, ends.to, ends.from);
            let strand = greedy.strands.len();
            greedy.strands.push(Strand { edge, upper, lower, is_turned: false });
            greedy.ends.push((ends.from, ends.to));
            greedy.leaving[upper.index(graph)].push(strand);
            greedy.arriving[lower.index(graph)].push(strand);
            greedy.n_soft[lower.index(graph)] += 1;
        }
        for unit in 0..n {
            if greedy.n_hard[unit] == 0 {
                greedy.ready.insert(greedy.urgency(unit));
            }
        }
        greedy
    }

    fn urgency(&self, unit: usize) -> Urgency {
        (self.n_soft[unit] > 0, !self.is_reached[unit], self.order[unit], self.n_soft[unit], unit)
    }

    fn next(&mut self) -> Option<usize> {
        let open = self.open.last().copied();
        let next = match self.grouping {
            Grouping::Loose => self.ready.first().copied(),
            Grouping::Whole => {
                let inside = self.ready.iter().filter(|(.., unit)| self.container(*unit) == open);
                inside.min_by_key(|(.., unit)| self.urgency_within(open, *unit)).copied()
            }
        }?;
        self.ready.remove(&next);
        let (.., unit) = next;
        if let Some(border) = unit.checked_sub(self.graph.nodes.len()) {
            if border.is_multiple_of(2) {
                self.open.push(border / 2);
            } else {
                self.open.pop();
            }
        }
        Some(unit)
    }

    /// How soon a unit is placed among those that lie in the cluster `open`: a cluster counts as a whole.
    fn urgency_within(&self, open: Option<usize>, unit: usize) -> Urgency {
        let whole = unit
            .checked_sub(self.graph.nodes.len())
            .map(|border| border / 2)
            .filter(|own| Some(*own) != open);
        let holds = |cluster: Option<usize>, other: Unit| {
            let around = match other {
                Unit::Node(node) => cluster_of(self.graph, node),
                Unit::Head(cluster) | Unit::Foot(cluster) => Some(cluster),
            };
            cluster.is_none_or(|cluster| self.tree.path(around).contains(&cluster))
        };
        let is_own = |other: Unit| match whole {
            Some(cluster) => holds(Some(cluster), other),
            None => other.index(self.graph) == unit,
        };
        let arriving = self.strands.iter().filter(|strand| is_own(strand.lower) && !is_own(strand.upper));
        let is_placed = |strand: &&Strand| self.is_placed[strand.upper.index(self.graph)];
        let (before, after): (Vec<&Strand>, Vec<&Strand>) = arriving.partition(is_placed);
        let n_open = after.iter().filter(|strand| holds(open, strand.upper)).count();
        (n_open > 0, before.is_empty(), self.order[unit], n_open, unit)
    }

    /// The cluster that must be open when the unit is placed.
    fn container(&self, unit: usize) -> Option<usize> {
        match unit.checked_sub(self.graph.nodes.len()) {
            None => cluster_of(self.graph, unit),
            Some(border) if border % 2 == 0 => self.tree.parent(border / 2),
            Some(border) => Some(border / 2),
        }
    }

    /// Changes what the urgency of a unit depends on.
    fn change(&mut self, unit: usize, change: impl FnOnce(&mut Self)) {
        let is_ready = self.ready.remove(&self.urgency(unit));
        change(self);
        if is_ready || (self.n_hard[unit] == 0 && !self.is_placed[unit]) {
            self.ready.insert(self.urgency(unit));
        }
    }

    fn place(&mut self, unit: usize) {
        self.is_placed[unit] = true;
        for lower in std::mem::take(&mut self.hard_below[unit]) {
            self.change(lower, |greedy| greedy.n_hard[lower] -= 1);
        }
        for strand in once(&mut self.leaving[unit]) {
            let Strand { upper, lower, .. } = self.strands[strand];
            let lower = lower.index(self.graph);
            // A strand that was turned is still in the list of where it left before.
            if upper.index(self.graph) == unit && !self.is_placed[lower] {
                self.change(lower, |greedy| {
                    greedy.n_soft[lower] -= 1;
                    greedy.is_reached[lower] = true;
                });
            }
        }
        for strand in once(&mut self.arriving[unit]) {
            let Strand { upper, lower, .. } = self.strands[strand];
            if lower.index(self.graph) == unit && !self.is_placed[upper.index(self.graph)] {
                self.turn(strand);
            }
        }
    }

    /// Lets the strand, whose lower unit is placed before its upper one, lead the other way.
    fn turn(&mut self, strand: usize) {
        let old = self.strands[strand];
        let ends = &mut self.ends[strand];
        *ends = (ends.1, ends.0);
        let (above, below) = *ends;
        let upper = leaves_at(self.graph, self.tree, above, below);
        let mut lower = arrives_at(self.graph, self.tree, below, above);
        // A cluster whose upper border is above already can only be reached at its lower one.
        if self.is_placed[lower.index(self.graph)] {
            lower = old.upper;
        }
        self.strands[strand] = Strand { upper, lower, is_turned: !old.is_turned, ..old };
        let (upper, lower) = (upper.index(self.graph), lower.index(self.graph));
        if self.is_placed[upper] {
            self.change(lower, |greedy| greedy.is_reached[lower] = true);
        } else {
            self.leaving[upper].push(strand);
            self.arriving[lower].push(strand);
            self.change(lower, |greedy| greedy.n_soft[lower] += 1);
        }
    }
}

/// Takes the strands of a list, each once: one that was turned twice is in it twice.
fn once(strands: &mut Vec<usize>) -> Vec<usize> {
    let mut strands = std::mem::take(strands);
    strands.sort_unstable();
    strands.dedup();
    strands
}
