//! Places items and the sides of clusters in the direction across the ranks.
//!
//! One set of least distances holds all that must not overlap; under it edges are made straight (places).

use super::annotation::Room;
use super::compound::Tree;
use super::places::{self, Places};
use super::port::Side;
use super::row::{Kind, Rows, TitleSide};
use super::simplex::{self, Arc};
use super::{Graph, Spacing};

/// Points up to which places are optimised.
const MAX_POINTS: usize = 3_000;

/// Where things are across the ranks, px.
#[derive(Debug)]
pub(super) struct Columns {
    /// The middle of each item.
    pub(super) items: Vec<i64>,
    /// The left and the right side of each cluster.
    pub(super) clusters: Vec<(i64, i64)>,
}

/// The problem as arcs between points: items first, then the left and right sides of clusters.
struct Problem<'a> {
    tree: &'a Tree,
    rows: &'a Rows,
    spacing: &'a Spacing,
    /// Between the left side of each cluster and what it holds.
    left_padding: Vec<i64>,
    /// What is kept free beside each cluster.
    outside: &'a [Room],
    arcs: Vec<Arc>,
}

/// Places everything, and attaches edges to the `sides` of nodes: for each strand how far right of the middle of its
/// upper and of its lower end. `outside` is what is kept free beside each cluster.
pub(super) fn position(
    graph: &Graph,
    tree: &Tree,
    rows: &Rows,
    order: &[Vec<usize>],
    sides: &[Side],
    (titles, outside): (TitleSide, &[Room]),
    spacing: &Spacing,
) -> (Columns, Vec<(i64, i64)>) {
    let padding = spacing.padding.ceil() as i64;
    let left_padding = graph.clusters.iter().map(|cluster| match titles {
        TitleSide::Left if super::row::has_title(cluster.title) => {
            cluster.title.width.ceil() as i64 + padding
        }
        _ => padding,
    });
    let mut problem =
        Problem { tree, rows, spacing, left_padding: left_padding.collect(), outside, arcs: Vec::new() };
    problem.add_clusters(graph);
    for row in order {
        problem.add_row(row);
    }
    let stretches = places::stretches(rows, sides);
    let mut places = Places::new(rows, &stretches, sides);
    if places.n_points() <= MAX_POINTS {
        places.straighten(&problem.arcs);
        places.center(&problem.arcs);
    } else {
        places.points = simplex::solve(places.n_fixed, &problem.arcs, 0);
        places.spread(&places.none_straight());
        places.relax(&problem.arcs);
    }
    places.slide();
    places.spread(&places.straight_ports());
    places.part(&problem.arcs);
    let points = &places.points;
    let side = |cluster: usize, side: usize| points[rows.items.len() + 2 * cluster + side];
    let columns = Columns {
        clusters: (0..rows.clusters.len()).map(|cluster| (side(cluster, 0), side(cluster, 1))).collect(),
        items: points[..rows.items.len()].to_vec(),
    };
    let mut ports = vec![(0, 0); rows.chains.len()];
    for (side, offsets) in sides.iter().zip(&places.offsets) {
        for (port, offset) in side.ports.iter().zip(offsets) {
            *port.of_mut(&mut ports) = *offset;
        }
    }
    (columns, ports)
}

impl Problem<'_> {
    fn left(&self, cluster: usize) -> usize {
        self.rows.items.len() + 2 * cluster
    }

    fn right(&self, cluster: usize) -> usize {
        self.left(cluster) + 1
    }

    fn outside_left(&self, cluster: usize) -> i64 {
        self.outside[cluster].left.ceil() as i64
    }

    fn outside_right(&self, cluster: usize) -> i64 {
        self.outside[cluster].right.ceil() as i64
    }

    fn padding(&self) -> i64 {
        self.spacing.padding.ceil() as i64
    }

    fn add_clusters(&mut self, graph: &Graph) {
        for (cluster, shape) in graph.clusters.iter().enumerate() {
            let (left, right) = (self.left(cluster), self.right(cluster));
            self.arcs.push(Arc {
                tail: left,
                head: right,
                min: shape.min_size.width.ceil() as i64,
                weight: 2,
            });
            if let Some(parent) = self.tree.parent(cluster) {
                let (outer_left, outer_right) = (self.left(parent), self.right(parent));
                self.arcs.push(Arc::constraint(
                    outer_left,
                    left,
                    self.left_padding[parent] + self.outside_left(cluster),
                ));
                self.arcs.push(Arc::constraint(
                    right,
                    outer_right,
                    self.padding() + self.outside_right(cluster),
                ));
            }
            if let Some(title) = self.rows.titles[cluster] {
                let min = self.padding() + self.rows.items[title].left;
                self.arcs.push(Arc { tail: left, head: title, min, weight: 1 });
            }
        }
    }

    fn add_row(&mut self, row: &[usize]) {
        for (at, item) in row.iter().enumerate() {
            let path = self.tree.path(self.rows.items[*item].cluster);
            let before = at.checked_sub(1).map(|at| row[at]);
            let after = row.get(at + 1).copied();
            if let Some(cluster) = path.last() {
                let is_first = before.is_none_or(|other| !self.is_in(other, *cluster));
                let is_last = after.is_none_or(|other| !self.is_in(other, *cluster));
                let extent = self.rows.items[*item];
                if is_first {
                    let min = self.left_padding[*cluster] + extent.left;
                    self.arcs.push(Arc::constraint(self.left(*cluster), *item, min));
                }
                if is_last {
                    let min = self.padding() + extent.right;
                    self.arcs.push(Arc::constraint(*item, self.right(*cluster), min));
                }
            }
            if let Some(after) = after {
                self.add_neighbours(*item, after);
            }
        }
    }

    fn is_in(&self, item: usize, cluster: usize) -> bool {
        self.tree.path(self.rows.items[item].cluster).contains(&cluster)
    }

    /// Keeps what is at the left, an item or the outermost cluster that ends there, from what is at the right.
    fn add_neighbours(&mut self, left: usize, right: usize) {
        let (left_item, right_item) = (self.rows.items[left], self.rows.items[right]);
        let (left_path, right_path) = (self.tree.path(left_item.cluster), self.tree.path(right_item.cluster));
        let n_shared = left_path.iter().zip(right_path).take_while(|(a, b)| a == b).count();
        let (closing, opening) = (left_path.get(n_shared), right_path.get(n_shared));
        let (tail, before) = match closing {
            Some(cluster) => (self.right(*cluster), self.outside_right(*cluster)),
            None => (left, left_item.right),
        };
        let (head, behind) = match opening {
            Some(cluster) => (self.left(*cluster), self.outside_left(*cluster)),
            None => (right, right_item.left),
        };
        let spacing = self.spacing;
        let gap = match (closing, opening) {
            (Some(_), None) if right_item.kind.is_line() => spacing.line,
            (None, Some(_)) if left_item.kind.is_line() => spacing.line,
            (Some(_), _) | (_, Some(_)) => spacing.cluster,
            (None, None) => gap(left_item.kind, right_item.kind, spacing),
        };
        self.arcs.push(Arc::constraint(tail, head, before + gap.ceil() as i64 + behind));
    }
}

fn gap(left: Kind, right: Kind, spacing: &Spacing) -> f64 {
    match (left, right) {
        (left, right) if left.is_line() && right.is_line() => spacing.lane,
        (Kind::Node(_), Kind::Node(_)) => spacing.node,
        _ => spacing.line,
    }
}
