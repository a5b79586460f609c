//! Places items and the sides of clusters in the direction across the ranks.
//!
//! One set of least distances holds all that must not overlap; under it the network simplex method makes edges straight
//! (Gansner et al. 1993, section 4). Above some size a few rounds of moving things to where their neighbours are must do.

use super::annotation::Room;
use super::compound::Tree;
use super::row::{Kind, Rows, TitleSide};
use super::simplex::{self, Arc};
use super::{Graph, Spacing};

/// Points up to which places are optimised.
const MAX_POINTS: usize = 3_000;
/// Steps of the simplex method.
const N_PIVOTS: usize = 30_000;
/// Rounds of moving, above that size.
const N_ROUNDS: usize = 24;

/// Where things are across the ranks, px.
#[derive(Debug)]
pub(super) struct Columns {
    /// The middle of each item.
    pub(super) items: Vec<i64>,
    /// The left and the right side of each cluster.
    pub(super) clusters: Vec<(i64, i64)>,
}

/// A stretch of an edge between two rows that should be straight.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    upper: usize,
    lower: usize,
    /// How far right of their middles the edge is attached.
    ports: (i64, i64),
    weight: i64,
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

/// Places everything. `outside` is what is kept free beside each cluster.
pub(super) fn position(
    graph: &Graph,
    tree: &Tree,
    rows: &Rows,
    order: &[Vec<usize>],
    ports: &[(i64, i64)],
    (titles, outside): (TitleSide, &[Room]),
    spacing: &Spacing,
) -> Columns {
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
    let stretches = stretches(rows, ports);
    let n = rows.items.len() + 2 * rows.clusters.len();
    let n_points = n + stretches.len();
    let places = if n_points <= MAX_POINTS {
        let mut arcs = problem.arcs.clone();
        for (index, stretch) in stretches.iter().enumerate() {
            // A point left of both ends: the less it is left of them in all, the straighter the stretch.
            let point = n + index;
            for (end, port) in [(stretch.upper, stretch.ports.0), (stretch.lower, stretch.ports.1)] {
                arcs.push(Arc { tail: point, head: end, min: -port, weight: stretch.weight });
            }
        }
        let mut places = simplex::solve(n_points, &arcs, N_PIVOTS);
        places.truncate(n);
        center(rows, &stretches, &problem.arcs, &mut places);
        places
    } else {
        let mut places = simplex::solve(n, &problem.arcs, 0);
        relax(rows, &stretches, &problem.arcs, &mut places);
        places
    };
    let side = |cluster: usize, side: usize| places[rows.items.len() + 2 * cluster + side];
    Columns {
        clusters: (0..rows.clusters.len()).map(|cluster| (side(cluster, 0), side(cluster, 1))).collect(),
        items: places[..rows.items.len()].to_vec(),
    }
}

fn stretches(rows: &Rows, ports: &[(i64, i64)]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for (chain, ports) in rows.chains.iter().zip(ports) {
        for (index, pair) in chain.windows(2).enumerate() {
            let upper_port = if index == 0 { ports.0 } else { 0 };
            let lower_port = if index + 2 == chain.len() { ports.1 } else { 0 };
            let n_nodes = pair.iter().filter(|item| matches!(rows.items[**item].kind, Kind::Node(_))).count();
            // A bend in the middle of a long edge is worse than one at its end (Gansner et al. 1993).
            let weight = [8, 2, 1][n_nodes.min(2)];
            stretches.push(Stretch {
                upper: pair[0],
                lower: pair[1],
                ports: (upper_port, lower_port),
                weight,
            });
        }
    }
    stretches
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

/// How far a point may move: from and to.
fn room(point: usize, arcs: &[Arc], at: &[Vec<usize>], places: &[i64]) -> (i64, i64) {
    let (mut least, mut most) = (i64::MIN / 4, i64::MAX / 4);
    for index in &at[point] {
        let arc = arcs[*index];
        if arc.head == point {
            least = least.max(places[arc.tail] + arc.min);
        } else {
            most = most.min(places[arc.head] - arc.min);
        }
    }
    (least, most)
}

/// The arcs at each point.
fn arcs_at(n: usize, arcs: &[Arc]) -> Vec<Vec<usize>> {
    let mut at = vec![Vec::new(); n];
    for (index, arc) in arcs.iter().enumerate() {
        at[arc.tail].push(index);
        at[arc.head].push(index);
    }
    at
}

/// For each item where each edge at it would have it, seen from above and from below.
type Wishes = Vec<[Vec<(usize, i64)>; 2]>;

/// For each item its neighbours above and below, each with what to add to the neighbour's place.
fn wishes(n_items: usize, stretches: &[Stretch]) -> Wishes {
    let mut wishes: Wishes = vec![[Vec::new(), Vec::new()]; n_items];
    for stretch in stretches {
        let by = stretch.ports.0 - stretch.ports.1;
        wishes[stretch.lower][0].push((stretch.upper, by));
        wishes[stretch.upper][1].push((stretch.lower, -by));
    }
    wishes
}

/// Moves what has edges on one side only to the middle of all places that are best: the simplex method ends at one end of
/// them, but a parent stands between its children.
fn center(rows: &Rows, stretches: &[Stretch], arcs: &[Arc], places: &mut [i64]) {
    let wishes = wishes(rows.items.len(), stretches);
    let at = arcs_at(places.len(), arcs);
    for item in 0..rows.items.len() {
        let side = match &wishes[item] {
            [above, below] if below.is_empty() => above,
            [above, below] if above.is_empty() => below,
            _ => continue,
        };
        let n = side.len();
        if n == 0 || n % 2 == 1 {
            continue;
        }
        let mut wanted: Vec<i64> = side.iter().map(|(other, by)| places[*other] + by).collect();
        wanted.sort_unstable();
        let (low, high) = (wanted[n / 2 - 1], wanted[n / 2]);
        let (least, most) = room(item, arcs, &at, places);
        let middle = low + (high - low) / 2;
        if least <= most && places[item] >= low && places[item] <= high {
            places[item] = middle.clamp(least, most);
        }
    }
}

/// Moves each point to where its edges would have it, as far as its neighbours let it, round after round.
fn relax(rows: &Rows, stretches: &[Stretch], arcs: &[Arc], places: &mut [i64]) {
    let n_items = rows.items.len();
    let wishes = wishes(n_items, stretches);
    let at = arcs_at(places.len(), arcs);
    let mut points: Vec<usize> = (0..places.len()).collect();
    for round in 0..N_ROUNDS {
        points.sort_by_key(|point| places[*point]);
        if round % 2 == 0 {
            points.reverse();
        }
        for point in &points {
            let (least, most) = room(*point, arcs, &at, places);
            if least > most {
                continue;
            }
            let wanted = if *point >= n_items {
                // Sides of clusters draw in.
                if (*point - n_items).is_multiple_of(2) { most } else { least }
            } else {
                let [above, below] = &wishes[*point];
                let mut wanted: Vec<i64> =
                    above.iter().chain(below).map(|(other, by)| places[*other] + by).collect();
                if wanted.is_empty() {
                    continue;
                }
                wanted.sort_unstable();
                let n = wanted.len();
                i64::midpoint(wanted[(n - 1) / 2], wanted[n / 2])
            };
            places[*point] = wanted.clamp(least, most);
        }
    }
}
