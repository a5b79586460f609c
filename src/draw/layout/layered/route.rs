//! Gives edges their ways: straight down where they can, else sideways in a lane of their own between two rows.

use crate::draw::geometry::{Point, Rect};
use crate::draw::outline::Side;

use super::acyclic::{Strand, Unit};
use super::height::Heights;
use super::position::Columns;
use super::row::{Kind, Rows};
use super::{Graph, Route, Spacing};

/// Sideways stretches between two rows up to which each pair is compared.
const MAX_COMPARED: usize = 400;
/// Px below which two lines look like one.
const LEAST_APART: u64 = 4;
/// What it costs when two lines look like one.
const NEAR_COST: u32 = 100;
/// What it costs when two edges run over each other; a crossing costs 1.
const OVERLAP_COST: u32 = 1_000;

/// A stretch of a strand that runs sideways between two rows.
#[derive(Debug, Clone, Copy)]
struct Sideways {
    strand: usize,
    /// Where it comes from above.
    from: i64,
    /// Where it goes on below.
    to: i64,
    /// Its lane, counted from above.
    lane: usize,
}

impl Sideways {
    fn low(&self) -> i64 {
        self.from.min(self.to)
    }

    fn high(&self) -> i64 {
        self.from.max(self.to)
    }
}

/// The lanes between rows.
#[derive(Debug)]
pub(super) struct Lanes {
    /// For each row the stretches below it, sorted by strand.
    below: Vec<Vec<Sideways>>,
}

impl Lanes {
    /// The number of lanes below each row.
    pub(super) fn counts(&self) -> Vec<usize> {
        self.below.iter().map(|row| row.iter().map(|stretch| stretch.lane + 1).max().unwrap_or(0)).collect()
    }

    fn lane(&self, row: usize, strand: usize) -> usize {
        let stretches = &self.below[row];
        stretches.binary_search_by_key(&strand, |stretch| stretch.strand).map_or(0, |at| stretches[at].lane)
    }
}

/// Where the strand passes its item at `index`.
fn x_at(rows: &Rows, columns: &Columns, ports: &[(i64, i64)], strand: usize, index: usize) -> i64 {
    let chain = &rows.chains[strand];
    let port = match index {
        0 => ports[strand].0,
        at if at + 1 == chain.len() => ports[strand].1,
        _ => 0,
    };
    columns.items[chain[index]] + port
}

/// Finds a lane for every stretch that runs sideways.
pub(super) fn lanes(rows: &Rows, columns: &Columns, ports: &[(i64, i64)]) -> Lanes {
    let mut below: Vec<Vec<Sideways>> = vec![Vec::new(); rows.len];
    for (strand, chain) in rows.chains.iter().enumerate() {
        for index in 1..chain.len() {
            let from = x_at(rows, columns, ports, strand, index - 1);
            let to = x_at(rows, columns, ports, strand, index);
            if from != to {
                below[rows.items[chain[index - 1]].row].push(Sideways { strand, from, to, lane: 0 });
            }
        }
    }
    for stretches in &mut below {
        if stretches.len() <= MAX_COMPARED {
            arrange(stretches);
        } else {
            arrange_many(stretches);
        }
        stretches.sort_by_key(|stretch| stretch.strand);
    }
    Lanes { below }
}

/// What it costs to have `upper` in a lane above that of `lower`; both overlap sideways.
fn cost(upper: &Sideways, lower: &Sideways) -> u32 {
    let crosses = |x: i64, other: &Sideways| other.low() < x && x < other.high();
    let overlap = match upper.to.abs_diff(lower.from) {
        0 => OVERLAP_COST,
        1..LEAST_APART => NEAR_COST,
        _ => 0,
    };
    u32::from(crosses(upper.to, lower)) + u32::from(crosses(lower.from, upper)) + overlap
}

/// Orders the lanes so that few edges cross, and shares lanes between stretches that are apart.
fn arrange(stretches: &mut [Sideways]) {
    let n = stretches.len();
    // For each stretch those that are better above it, with what it costs to have them below.
    let mut above: Vec<Vec<(usize, u32)>> = vec![Vec::new(); n];
    let mut below: Vec<Vec<(usize, u32)>> = vec![Vec::new(); n];
    let mut apart: Vec<Vec<usize>> = vec![Vec::new(); n];
    for second in 0..n {
        for first in 0..second {
            let (a, b) = (&stretches[first], &stretches[second]);
            // Those that end close to each other count as if they met.
            let apart_by = (b.low() - a.high()).max(a.low() - b.high());
            if apart_by >= LEAST_APART.cast_signed() {
                continue;
            }
            let (first_above, second_above) = (cost(a, b), cost(b, a));
            let (upper, lower, worth) = if first_above <= second_above {
                (first, second, second_above - first_above)
            } else {
                (second, first, first_above - second_above)
            };
            if worth == 0 {
                apart[first].push(second);
                apart[second].push(first);
            } else {
                above[lower].push((upper, worth));
                below[upper].push((lower, worth));
            }
        }
    }
    let mut debt: Vec<u32> = above
        .iter()
        .map(|others| others.iter().fold(0_u32, |sum, (_, worth)| sum.saturating_add(*worth)))
        .collect();
    let mut lanes: Vec<Option<usize>> = vec![None; n];
    for _ in 0..n {
        // Where wishes go in a circle, the cheapest are given up.
        let Some(next) = (0..n).filter(|at| lanes[*at].is_none()).min_by_key(|at| (debt[*at], *at)) else {
            break;
        };
        let upper = above[next].iter().map(|(other, _)| *other);
        let lower = below[next].iter().map(|(other, _)| *other);
        let taken: Vec<usize> =
            upper.chain(lower).chain(apart[next].iter().copied()).filter_map(|other| lanes[other]).collect();
        let after = above[next].iter().filter_map(|(other, _)| lanes[*other]).map(|lane| lane + 1).max();
        let mut lane = after.unwrap_or(0);
        while taken.contains(&lane) {
            lane += 1;
        }
        lanes[next] = Some(lane);
        for (other, worth) in &below[next] {
            debt[*other] = debt[*other].saturating_sub(*worth);
        }
    }
    for (stretch, lane) in stretches.iter_mut().zip(lanes) {
        stretch.lane = lane.unwrap_or(0);
    }
}

/// Gives many stretches lanes in one pass: those to the right from the last to the first, then those to the left.
fn arrange_many(stretches: &mut [Sideways]) {
    stretches.sort_by_key(|stretch| {
        let is_left = stretch.to < stretch.from;
        (is_left, if is_left { stretch.from } else { -stretch.from })
    });
    for (lane, stretch) in stretches.iter_mut().enumerate() {
        stretch.lane = lane;
    }
}

/// What the phases before have found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) graph: &'a Graph,
    pub(super) strands: &'a [Strand],
    pub(super) rows: &'a Rows,
    pub(super) ports: &'a [(i64, i64)],
    pub(super) columns: &'a Columns,
    pub(super) lanes: &'a Lanes,
    pub(super) heights: &'a Heights,
}

/// The routes of the edges, in the coordinates of ranks that grow downwards. Loops are left out.
pub(super) fn routes(found: Found, spacing: &Spacing) -> Vec<(usize, Route)> {
    let Found { graph, strands, rows, ports, columns, lanes, heights } = found;
    let mut routes = Vec::with_capacity(strands.len());
    for (index, strand) in strands.iter().enumerate() {
        let chain = &rows.chains[index];
        let x = |at: usize| x_at(rows, columns, ports, index, at);
        let middle = |item: usize| {
            let (top, bottom) = heights.rows[rows.items[item].row];
            f64::midpoint(top, bottom)
        };
        let [first, .., last] = chain[..] else { continue };
        let border = |unit: Unit, item: usize, port: i64, is_upper_end: bool| match unit {
            Unit::Head(cluster) => heights.clusters[cluster].0,
            Unit::Foot(cluster) => heights.clusters[cluster].1,
            Unit::Node(node) => {
                let shape = &graph.nodes[node];
                let side = if is_upper_end { Side::Bottom } else { Side::Top };
                let reach = shape.size.height / 2.0 - shape.outline.inset(shape.size, side, port as f64);
                middle(item) + if is_upper_end { reach } else { -reach }
            }
        };
        let mut points = vec![Point::new(x(0) as f64, border(strand.upper, first, ports[index].0, true))];
        for at in 1..chain.len() {
            if x(at) != x(at - 1) {
                let row = rows.items[chain[at - 1]].row;
                let y = heights.lanes[row] + lanes.lane(row, index) as f64 * spacing.lane;
                points.push(Point::new(x(at - 1) as f64, y));
                points.push(Point::new(x(at) as f64, y));
            }
        }
        points.push(Point::new(x(chain.len() - 1) as f64, border(strand.lower, last, ports[index].1, false)));
        let edge = &graph.edges[strand.edge];
        let label = edge.label.and_then(|size| {
            let at = chain.iter().position(|item| carries_label(rows, *item))?;
            Some(Rect::around(Point::new(columns.items[chain[at]] as f64, middle(chain[at])), size))
        });
        if strand.is_turned {
            points.reverse();
        }
        if edge.is_invisible {
            points.clear();
        }
        routes.push((strand.edge, Route { points, label }));
    }
    routes
}

fn carries_label(rows: &Rows, item: usize) -> bool {
    let item = &rows.items[item];
    match item.kind {
        Kind::Label(_) => true,
        Kind::Port(_) => item.height > 0.0,
        Kind::Node(_) | Kind::Title(_) | Kind::Bend(_) | Kind::Spacer => false,
    }
}
