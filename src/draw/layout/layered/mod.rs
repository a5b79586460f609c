//! Layered layout of a directed graph with nested clusters (Sugiyama, Tagawa, Toda 1981), without knowing what its
//! nodes are.
//!
//! The phases: edges that close cycles are turned (acyclic), nodes get ranks (rank), ranks get an order (order), nodes
//! get coordinates (position), edges get routes (route). Not here: text, shapes, Mermaid.

mod acyclic;
mod annotation;
mod canonical;
mod compound;
mod disjoint;
mod flow;
mod height;
#[cfg(test)]
mod laws;
mod leg;
mod order;
mod pack;
mod part;
mod places;
mod port;
mod position;
mod rank;
mod route;
mod row;
mod scope;
mod side;
pub(super) mod simplex;
mod turn;

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::{Outline, Side};

pub use flow::lay_out;

/// Where the ranks grow to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// Rank 0 is at the top.
    #[default]
    Down,
    /// Rank 0 is at the bottom.
    Up,
    /// Rank 0 is at the left.
    Right,
    /// Rank 0 is at the right.
    Left,
}

/// Index of a node in [`Graph::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub usize);

/// Index of a cluster in [`Graph::clusters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClusterIx(pub usize);

/// A graph to lay out. Order is meaning: where nothing else decides, what comes first stays first.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Where the graph flows.
    pub flow: Flow,
    /// Nodes.
    pub nodes: Vec<Node>,
    /// Clusters.
    pub clusters: Vec<Cluster>,
    /// Edges.
    pub edges: Vec<Edge>,
}

/// A node.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its box.
    pub size: Size,
    /// Its border.
    pub outline: Outline,
    /// The cluster that directly holds it.
    pub cluster: Option<ClusterIx>,
}

/// A set of nodes with a box around it; it may be empty.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// The cluster that directly holds it; following parents ends.
    pub parent: Option<ClusterIx>,
    /// Room for its title at the top of its box, padding not included; zero when it has none.
    pub title: Size,
    /// Where it flows, when that differs from what holds it.
    pub flow: Option<Flow>,
    /// The least size of its box: that of a cluster without members.
    pub min_size: Size,
}

/// What an edge is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A node.
    Node(NodeIx),
    /// The border of a cluster. An edge may lead from a cluster to what it holds.
    Cluster(ClusterIx),
}

/// An edge.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Where it starts.
    pub from: End,
    /// Where it ends; may be where it starts.
    pub to: End,
    /// Room for its label, padding not included.
    pub label: Option<Size>,
    /// Least number of ranks from start to end, 1 or more.
    pub min_length: u32,
    /// It shapes the layout but is not drawn.
    pub is_invisible: bool,
    /// One end annotates the other and stands beside it, in its rank as far as the flow leaves the sides free: where ranks
    /// grow to the right or to the left, it stands in the rank there.
    pub beside: Option<Beside>,
    /// Where it must be attached; the default for edges of a graph that is to be laid out.
    pub attachment: Attachment,
}

/// Where an edge must be attached in a part of a graph, because of what lies in a box or around the part.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Attachment {
    /// For its start and its end how far from the middle of the side of its node, seen along the rows, px.
    ports: [Option<f64>; 2],
    /// One end is a cluster and the other a node in it, to which the edge comes through this side of the cluster, seen where
    /// ranks grow downwards: left or right.
    side: Option<Side>,
    /// It comes from that side in a lane between two rows, never straight.
    takes_lane: bool,
}

/// Which end of an edge annotates the other; in both cases the start stands left of the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The start, left of what it annotates.
    Left,
    /// The end, right of what it annotates.
    Right,
}

/// How much room is kept, px at a font size of 16.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    /// Between the boxes of two nodes of a rank.
    pub node: f64,
    /// Between two ranks, when no edge bends there.
    pub rank: f64,
    /// Between a line and what it passes.
    pub line: f64,
    /// Between two lines that run side by side.
    pub lane: f64,
    /// Between the border of a cluster and what it holds.
    pub padding: f64,
    /// Between two clusters.
    pub cluster: f64,
    /// Between a border and the bend that leads to it: room for a tip.
    pub stub: f64,
}

impl Default for Spacing {
    fn default() -> Self {
        Self { node: 36.0, rank: 44.0, line: 18.0, lane: 12.0, padding: 14.0, cluster: 24.0, stub: 16.0 }
    }
}

/// Where everything is.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Everything lies between (0, 0) and here.
    pub size: Size,
    /// The box of each node of the graph.
    pub nodes: Vec<Rect>,
    /// The box of each cluster of the graph.
    pub clusters: Vec<ClusterBox>,
    /// The route of each edge of the graph.
    pub edges: Vec<Route>,
}

/// Where a cluster is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ClusterBox {
    /// Its box.
    pub rect: Rect,
    /// Where its title stands: as large as asked for.
    pub title: Rect,
}

/// The way of an edge.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// From the border of the start to the border of the end, at least two points, horizontal and vertical stretches;
    /// empty for an invisible edge.
    pub points: Vec<Point>,
    /// Where the label stands: as large as asked for.
    pub label: Option<Rect>,
}

impl ClusterBox {
    /// The box moved by `dx` and `dy`.
    fn moved(self, dx: f64, dy: f64) -> Self {
        Self { rect: self.rect.moved(dx, dy), title: self.title.moved(dx, dy) }
    }
}

impl Route {
    /// The way moved by `dx` and `dy`.
    fn moved(&self, dx: f64, dy: f64) -> Self {
        Self {
            points: self.points.iter().map(|point| point.moved(dx, dy)).collect(),
            label: self.label.map(|label| label.moved(dx, dy)),
        }
    }
}
