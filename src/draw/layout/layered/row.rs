//! Rows: one for the nodes of each rank, and between them rows for the titles of clusters, for ends of edges at clusters
//! and for labels. An edge has an item in every row that it passes.

use crate::draw::geometry::Size;

use super::acyclic::{Strand, Unit};
use super::annotation::Room;
use super::compound::{Tree, cluster_of};
use super::rank::Ranks;
use super::{ClusterIx, End, Graph};

/// Where the title of a cluster stands, seen in the direction of ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleSide {
    /// Above all that the cluster holds.
    Head,
    /// Below it.
    Foot,
    /// Left of it.
    Left,
}

/// What stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A node.
    Node(usize),
    /// The title of a cluster.
    Title(usize),
    /// A strand on its way.
    Bend(usize),
    /// A strand on its way, with its label.
    Label(usize),
    /// A strand at the border of a cluster.
    Port(usize),
    /// Nothing, in a row that a cluster spans without anything of its own.
    Spacer,
}

impl Kind {
    /// True for what has no box of its own.
    pub(super) fn is_line(self) -> bool {
        matches!(self, Self::Bend(_) | Self::Port(_) | Self::Spacer)
    }
}

/// Something that stands in a row; extents in px from its middle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) row: usize,
    pub(super) left: i64,
    pub(super) right: i64,
    pub(super) height: f64,
    /// The cluster that directly holds it.
    pub(super) cluster: Option<usize>,
}

/// The rows of a graph and what stands in them.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) items: Vec<Item>,
    /// For each strand its items from above to below, a node or a port at both ends.
    pub(super) chains: Vec<Vec<usize>>,
    /// The item of each node.
    pub(super) nodes: Vec<usize>,
    /// The item of each cluster's title, where it has one in a row.
    pub(super) titles: Vec<Option<usize>>,
    /// The first and the last row of each cluster.
    pub(super) clusters: Vec<(usize, usize)>,
    /// The number of rows.
    pub(super) len: usize,
    /// For each row, whether nodes stand in it.
    pub(super) holds_nodes: Vec<bool>,
}

/// Half of a length, rounded up to whole px.
pub(super) fn half(length: f64) -> i64 {
    (length / 2.0).ceil() as i64
}

/// Puts everything into rows. `rooms` is what is kept free beside each node.
pub(super) fn rows(
    graph: &Graph,
    tree: &Tree,
    strands: &[Strand],
    ranks: &Ranks,
    titles: TitleSide,
    rooms: &[Room],
) -> Rows {
    let plan = Plan::new(graph, tree, strands, ranks, titles);
    let mut rows = Rows {
        items: Vec::new(),
        chains: Vec::with_capacity(strands.len()),
        nodes: Vec::with_capacity(graph.nodes.len()),
        titles: vec![None; graph.clusters.len()],
        clusters: plan.clusters.clone(),
        len: plan.len,
        holds_nodes: vec![false; plan.len],
    };
    for row in &plan.node_rows {
        rows.holds_nodes[*row] = true;
    }
    for (node, shape) in graph.nodes.iter().enumerate() {
        let half_width = half(shape.size.width);
        rows.nodes.push(rows.items.len());
        rows.items.push(Item {
            kind: Kind::Node(node),
            row: plan.node_rows[ranks.nodes[node]],
            left: half_width + rooms[node].left.ceil() as i64,
            right: half_width + rooms[node].right.ceil() as i64,
            height: shape.size.height.max(rooms[node].height),
            cluster: cluster_of(graph, node),
        });
    }
    for (cluster, shape) in graph.clusters.iter().enumerate() {
        let row = match titles {
            TitleSide::Head => rows.clusters[cluster].0,
            TitleSide::Foot => rows.clusters[cluster].1,
            TitleSide::Left => continue,
        };
        if has_title(shape.title) {
            rows.titles[cluster] = Some(rows.items.len());
            rows.items.push(boxed(Kind::Title(cluster), row, shape.title, Some(cluster)));
        }
    }
    for (index, strand) in strands.iter().enumerate() {
        let chain = chain(graph, tree, &plan, &mut rows, index, *strand);
        rows.chains.push(chain);
    }
    add_spacers(tree, &mut rows);
    rows
}

pub(super) fn has_title(title: Size) -> bool {
    title.width > 0.0 && title.height > 0.0
}

fn boxed(kind: Kind, row: usize, size: Size, cluster: Option<usize>) -> Item {
    let half_width = half(size.width);
    Item { kind, row, left: half_width, right: half_width, height: size.height, cluster }
}

/// Makes the items of a strand.
fn chain(
    graph: &Graph,
    tree: &Tree,
    plan: &Plan,
    rows: &mut Rows,
    index: usize,
    strand: Strand,
) -> Vec<usize> {
    let label = graph.edges[strand.edge].label;
    let label_row = plan.label_rows[index];
    let row_of = |unit: Unit, rows: &Rows| match unit {
        Unit::Node(node) => rows.items[rows.nodes[node]].row,
        Unit::Head(cluster) => rows.clusters[cluster].0,
        Unit::Foot(cluster) => rows.clusters[cluster].1,
    };
    let around = |unit: Unit| match unit {
        Unit::Node(node) => cluster_of(graph, node),
        Unit::Head(cluster) | Unit::Foot(cluster) => Some(cluster),
    };
    let (top, bottom) = (row_of(strand.upper, rows), row_of(strand.lower, rows));
    let mut carried = if label_row.is_none() { label } else { None };
    let mut end = |unit: Unit, row: usize, rows: &mut Rows| match unit {
        Unit::Node(node) => rows.nodes[node],
        Unit::Head(cluster) | Unit::Foot(cluster) => {
            // With no row between its ends, the label stands at the border.
            let size = carried.take().unwrap_or_default();
            rows.items.push(boxed(Kind::Port(index), row, size, Some(cluster)));
            rows.items.len() - 1
        }
    };
    let mut chain = vec![end(strand.upper, top, rows)];
    for row in top + 1..bottom {
        let cluster = holder(tree, &rows.clusters, around(strand.upper), around(strand.lower), row);
        let item = match label {
            Some(size) if label_row == Some(row) => boxed(Kind::Label(index), row, size, cluster),
            _ => Item { kind: Kind::Bend(index), row, left: 0, right: 0, height: 0.0, cluster },
        };
        chain.push(rows.items.len());
        rows.items.push(item);
    }
    chain.push(end(strand.lower, bottom, rows));
    chain
}

/// The innermost cluster that holds an edge from inside `upper` to inside `lower` in `row`.
fn holder(
    tree: &Tree,
    ranges: &[(usize, usize)],
    upper: Option<usize>,
    lower: Option<usize>,
    row: usize,
) -> Option<usize> {
    let innermost = |cluster: Option<usize>| {
        tree.path(cluster).iter().rev().copied().find(|at| ranges[*at].0 <= row && row <= ranges[*at].1)
    };
    match (innermost(upper), innermost(lower)) {
        // Of two that lie beside each other the edge is soon in the one that it leads to.
        (Some(from), Some(to)) if tree.path(Some(from)).contains(&to) => Some(from),
        (from, None) => from,
        (_, to) => to,
    }
}

/// Marks the rows that a cluster spans without anything of its own, so that nothing else comes to stand there.
fn add_spacers(tree: &Tree, rows: &mut Rows) {
    let mut is_held: Vec<Vec<bool>> =
        rows.clusters.iter().map(|(first, last)| vec![false; (last + 1).saturating_sub(*first)]).collect();
    let mark =
        |is_held: &mut Vec<Vec<bool>>, ranges: &[(usize, usize)], cluster: Option<usize>, row: usize| {
            for at in tree.path(cluster).iter().rev() {
                let Some(held) = row.checked_sub(ranges[*at].0).and_then(|row| is_held[*at].get_mut(row))
                else {
                    break;
                };
                if std::mem::replace(held, true) {
                    break;
                }
            }
        };
    for item in &rows.items {
        mark(&mut is_held, &rows.clusters, item.cluster, item.row);
    }
    for cluster in tree.inside_out() {
        let (first, last) = rows.clusters[cluster];
        for row in first..=last {
            if !is_held[cluster][row - first] {
                rows.items.push(Item {
                    kind: Kind::Spacer,
                    row,
                    left: 0,
                    right: 0,
                    height: 0.0,
                    cluster: Some(cluster),
                });
                mark(&mut is_held, &rows.clusters, Some(cluster), row);
            }
        }
    }
}

/// Which rows there are.
struct Plan {
    /// The row of the nodes of each rank.
    node_rows: Vec<usize>,
    clusters: Vec<(usize, usize)>,
    /// The row of each strand's label, when it has a label and passes a row for labels.
    label_rows: Vec<Option<usize>>,
    len: usize,
}

impl Plan {
    fn new(graph: &Graph, tree: &Tree, strands: &[Strand], ranks: &Ranks, titles: TitleSide) -> Self {
        let n_clusters = graph.clusters.len();
        let mut has_head: Vec<bool> = vec![false; n_clusters];
        let mut has_foot: Vec<bool> = vec![false; n_clusters];
        for (cluster, shape) in graph.clusters.iter().enumerate() {
            has_head[cluster] = titles == TitleSide::Head && has_title(shape.title);
            has_foot[cluster] = titles == TitleSide::Foot && has_title(shape.title);
        }
        for unit in strands.iter().flat_map(|strand| [strand.upper, strand.lower]) {
            match unit {
                Unit::Head(cluster) => has_head[cluster] = true,
                Unit::Foot(cluster) => has_foot[cluster] = true,
                Unit::Node(_) => {}
            }
        }
        // What comes from the side in a lane needs a row above or below it.
        for edge in graph.edges.iter().filter(|edge| edge.attachment.takes_lane) {
            for end in [edge.from, edge.to] {
                if let End::Cluster(ClusterIx(cluster)) = end {
                    has_head[cluster] = true;
                    has_foot[cluster] = true;
                }
            }
        }
        // How many rows each cluster needs above and below the nodes of its first and last rank.
        let mut heads: Vec<usize> = has_head.iter().map(|has| usize::from(*has)).collect();
        let mut feet: Vec<usize> = has_foot.iter().map(|has| usize::from(*has)).collect();
        let mut n_heads = vec![0; ranks.len];
        let mut n_feet = vec![0; ranks.len];
        for cluster in tree.inside_out() {
            let (first, last) = ranks.clusters[cluster];
            n_heads[first] = n_heads[first].max(heads[cluster]);
            n_feet[last] = n_feet[last].max(feet[cluster]);
            if let Some(parent) = tree.parent(cluster) {
                if ranks.clusters[parent].0 == first {
                    heads[parent] = heads[parent].max(usize::from(has_head[parent]) + heads[cluster]);
                }
                if ranks.clusters[parent].1 == last {
                    feet[parent] = feet[parent].max(usize::from(has_foot[parent]) + feet[cluster]);
                }
            }
        }
        let label_gaps: Vec<Option<usize>> =
            strands.iter().map(|strand| label_gap(graph, ranks, *strand)).collect();
        let mut has_labels = vec![false; ranks.len];
        for gap in label_gaps.iter().flatten() {
            has_labels[*gap] = true;
        }
        let mut node_rows = Vec::with_capacity(ranks.len);
        let mut next = 0;
        for rank in 0..ranks.len {
            next += n_heads[rank];
            node_rows.push(next);
            next += 1 + n_feet[rank] + usize::from(has_labels[rank]);
        }
        let clusters = (0..n_clusters).map(|cluster| {
            let (first, last) = ranks.clusters[cluster];
            (node_rows[first] - heads[cluster], node_rows[last] + feet[cluster])
        });
        Self {
            clusters: clusters.collect(),
            label_rows: label_gaps
                .into_iter()
                .map(|gap| gap.map(|rank| node_rows[rank] + n_feet[rank] + 1))
                .collect(),
            node_rows,
            len: next,
        }
    }
}

/// The rank below which the strand's label stands: in the middle of its way.
fn label_gap(graph: &Graph, ranks: &Ranks, strand: Strand) -> Option<usize> {
    graph.edges[strand.edge].label?;
    let rank = |unit: Unit| match unit {
        Unit::Node(node) => ranks.nodes[node],
        Unit::Head(cluster) => ranks.clusters[cluster].0,
        Unit::Foot(cluster) => ranks.clusters[cluster].1,
    };
    let (above, below) = (rank(strand.upper), rank(strand.lower));
    (above < below).then(|| above + (below - above - 1) / 2)
}
