//! Makes edges straight: moves nodes, and edges along the sides of nodes, as far as the least distances let them.
//!
//! The network simplex method finds the best places (Gansner et al. 1993, section 4); above some size a few rounds of moving
//! things to where their neighbours are must do.

use super::port::Side;
use super::row::{Kind, Rows};
use super::simplex::{self, Arc};

/// Steps of the simplex method.
const N_PIVOTS: usize = 30_000;
/// What a px sideways costs, where it costs 1 to attach an edge a px beside its place on the side of a node.
const STRAIGHT_COST: i64 = 8;
/// Rounds of moving, above that size.
const N_ROUNDS: usize = 24;

/// Px below which two lines look like one.
const LEAST_APART: i64 = 4;

/// A port: the index of its side, and its place on it from the left.
type PortAt = (usize, usize);
/// What a stretch is attached to: an item, and the port at it where it is a node.
type End = (usize, Option<PortAt>);

/// A stretch of an edge between two rows that should be straight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// The items that it joins, upper and lower.
    items: (usize, usize),
    /// The ports at which it is attached to them, where they are nodes: the index of the side, and in it.
    ports: (Option<PortAt>, Option<PortAt>),
    weight: i64,
}

/// The stretches of all strands.
pub(super) fn stretches(rows: &Rows, sides: &[Side]) -> Vec<Stretch> {
    let mut ends = vec![(None, None); rows.chains.len()];
    for (index, side) in sides.iter().enumerate() {
        for (at, port) in side.ports.iter().enumerate() {
            let ends: &mut (_, _) = &mut ends[port.strand];
            *(if port.is_upper_end { &mut ends.0 } else { &mut ends.1 }) = Some((index, at));
        }
    }
    let mut stretches = Vec::new();
    for (chain, ends) in rows.chains.iter().zip(ends) {
        for (index, pair) in chain.windows(2).enumerate() {
            let ports = (ends.0.filter(|_| index == 0), ends.1.filter(|_| index + 2 == chain.len()));
            let n_nodes = usize::from(ports.0.is_some()) + usize::from(ports.1.is_some());
            // A bend in the middle of a long edge is worse than one at its end (Gansner et al. 1993).
            let weight = [4, 2, 2][n_nodes];
            stretches.push(Stretch { items: (pair[0], pair[1]), ports, weight });
        }
    }
    stretches
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

/// The places of points, found step by step.
pub(super) struct Places<'a> {
    rows: &'a Rows,
    stretches: &'a [Stretch],
    sides: &'a [Side],
    /// Items and sides of clusters.
    pub(super) n_fixed: usize,
    /// The place of each item and of each side of a cluster.
    pub(super) points: Vec<i64>,
    /// For each side how far right of the middle of its node each edge is attached.
    pub(super) offsets: Vec<Vec<i64>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(rows: &'a Rows, stretches: &'a [Stretch], sides: &'a [Side]) -> Self {
        Self {
            rows,
            stretches,
            sides,
            n_fixed: rows.items.len() + 2 * rows.clusters.len(),
            points: Vec::new(),
            offsets: sides.iter().map(|side| side.ports.iter().map(|port| port.offset).collect()).collect(),
        }
    }

    /// The number of points of the whole problem: one for each port and each distance that is to be small.
    pub(super) fn n_points(&self) -> usize {
        self.n_fixed + self.stretches.len() + 2 * self.offsets.iter().map(Vec::len).sum::<usize>()
    }

    /// Where a stretch is attached above and below.
    fn ends(&self, stretch: &Stretch) -> (i64, i64) {
        let offset = |port: Option<PortAt>| port.map_or(0, |(side, at)| self.offsets[side][at]);
        (
            self.points[stretch.items.0] + offset(stretch.ports.0),
            self.points[stretch.items.1] + offset(stretch.ports.1),
        )
    }

    /// Makes stretches straight, by moving nodes, and edges along the sides of nodes.
    pub(super) fn straighten(&mut self, arcs: &[Arc]) {
        self.points = simplex::solve(self.n_fixed, arcs, 0);
        self.spread(&self.none_straight());
        let mut start = self.points.clone();
        let mut arcs = arcs.to_vec();
        // A point left of both ends: the less it is left of them in all, the nearer they are.
        let bind = |arcs: &mut Vec<Arc>, start: &mut Vec<i64>, ends: [(usize, i64); 2], weight: i64| {
            let point = start.len();
            for (end, offset) in ends {
                arcs.push(Arc { tail: point, head: end, min: -offset, weight });
            }
            let [left, right] = ends.map(|(end, offset)| start[end] + offset);
            start.push(left.min(right));
        };
        let mut first = Vec::with_capacity(self.sides.len());
        for (side, offsets) in self.sides.iter().zip(&self.offsets) {
            first.push(start.len());
            start.extend(offsets.iter().map(|offset| self.points[side.item] + offset));
        }
        for (side, first) in self.sides.iter().zip(&first) {
            for (at, port) in side.ports.iter().enumerate() {
                bind(&mut arcs, &mut start, [(first + at, 0), (side.item, port.offset)], 1);
                if at > 0 {
                    arcs.push(Arc::constraint(first + at - 1, first + at, side.step));
                }
            }
            arcs.push(Arc::constraint(side.item, *first, side.range.0));
            arcs.push(Arc::constraint(first + side.ports.len() - 1, side.item, -side.range.1));
        }
        for stretch in self.stretches {
            let end =
                |item: usize, port: Option<PortAt>| (port.map_or(item, |(side, at)| first[side] + at), 0);
            let ends = [end(stretch.items.0, stretch.ports.0), end(stretch.items.1, stretch.ports.1)];
            bind(&mut arcs, &mut start, ends, STRAIGHT_COST * stretch.weight);
        }
        let points = simplex::improve(start, &arcs, N_PIVOTS);
        for ((side, first), offsets) in self.sides.iter().zip(&first).zip(&mut self.offsets) {
            for (at, offset) in offsets.iter_mut().enumerate() {
                *offset = points[first + at] - points[side.item];
            }
        }
        self.points = points;
        self.points.truncate(self.n_fixed);
    }

    /// Moves ends of edges along the sides of nodes where that makes a stretch straight and nothing else moves.
    pub(super) fn slide(&mut self) {
        for stretch in self.stretches {
            let (upper, lower) = self.ends(stretch);
            if upper == lower {
                continue;
            }
            let (above, below) = (
                self.room_of(stretch.items.0, stretch.ports.0),
                self.room_of(stretch.items.1, stretch.ports.1),
            );
            let (least, most) = (above.0.max(below.0), above.1.min(below.1));
            if least > most {
                continue;
            }
            let place = i64::midpoint(upper, lower).clamp(least, most);
            for (item, port) in [(stretch.items.0, stretch.ports.0), (stretch.items.1, stretch.ports.1)] {
                if let Some((side, at)) = port {
                    self.offsets[side][at] = place - self.points[item];
                }
            }
        }
    }

    /// True when the edge at `at` is still on the side when it is moved by `by`.
    fn is_on_side(&self, side: usize, at: usize, by: i64) -> bool {
        let (least, most) = self.sides[side].range;
        (least..=most).contains(&(self.offsets[side][at] + by))
    }

    /// From where to where the end of an edge can be moved between those beside it.
    fn room_of(&self, item: usize, port: Option<PortAt>) -> (i64, i64) {
        let place = self.points[item];
        let Some((side, at)) = port else {
            return (place, place);
        };
        let (Side { range, step, .. }, offsets) = (&self.sides[side], &self.offsets[side]);
        let before = at.checked_sub(1).map_or(range.0, |before| offsets[before] + step);
        let after = offsets.get(at + 1).map_or(range.1, |after| after - step);
        (place + before, place + after)
    }

    /// Parts edges of which one comes to where the other leaves, between the same two rows: no order of lanes would.
    pub(super) fn part(&mut self, arcs: &[Arc]) {
        let arcs_at = arcs_at(self.points.len(), arcs);
        let mut gaps: Vec<Vec<(i64, i64, usize)>> = vec![Vec::new(); self.rows.len];
        for (index, stretch) in self.stretches.iter().enumerate() {
            let (upper, lower) = self.ends(stretch);
            if upper != lower {
                gaps[self.rows.items[stretch.items.0].row].push((upper, lower, index));
            }
        }
        for gap in &mut gaps {
            gap.sort_unstable();
            for at in 0..gap.len() {
                let (upper, lower, index) = gap[at];
                let first = gap.partition_point(|other| other.0 <= lower - LEAST_APART);
                let near = (first..gap.len()).take_while(|other| gap[*other].0 < lower + LEAST_APART);
                let swapped = near.filter(|other| gap[*other].1.abs_diff(upper) < LEAST_APART.unsigned_abs());
                let Some(other) = swapped.min().filter(|other| *other > at) else {
                    continue;
                };
                let ends =
                    [index, gap[other].2].into_iter().flat_map(|stretch| [(stretch, true), (stretch, false)]);
                let ends: Vec<(usize, bool)> = ends.collect();
                let is_parted = ends.iter().any(|(stretch, is_upper)| {
                    let Stretch { items, ports, .. } = self.stretches[*stretch];
                    if *is_upper { self.nudge(items.0, ports.0) } else { self.nudge(items.1, ports.1) }
                });
                if is_parted {
                    continue;
                }
                for (stretch, is_upper) in ends {
                    if self.nudge_run(stretch, is_upper, arcs, &arcs_at) {
                        break;
                    }
                }
            }
        }
    }

    fn is_line(&self, point: usize) -> bool {
        self.rows.items.get(point).is_some_and(|item| item.kind.is_line())
    }

    /// Moves the straight way that goes on from an end of a stretch a little sideways; false when there is no room.
    fn nudge_run(&mut self, stretch: usize, is_upper: bool, arcs: &[Arc], arcs_at: &[Vec<usize>]) -> bool {
        let mut run = Vec::new();
        let mut at = stretch;
        loop {
            let Stretch { items, ports, .. } = self.stretches[at];
            let (item, port) = if is_upper { (items.0, ports.0) } else { (items.1, ports.1) };
            if port.is_some() {
                return false;
            }
            run.push(item);
            let next = if is_upper { at.checked_sub(1) } else { Some(at + 1) };
            let follows = |next: &usize| {
                self.stretches.get(*next).is_some_and(|next| {
                    let (upper, lower) = self.ends(next);
                    upper == lower && item == if is_upper { next.items.1 } else { next.items.0 }
                })
            };
            let Some(next) = next.filter(follows) else { break };
            at = next;
        }
        let is_free = |by: i64, slack: i64| {
            run.iter().all(|item| {
                let at = self.points[*item] + by;
                arcs_at[*item].iter().map(|index| &arcs[*index]).all(|arc| {
                    let slack = if self.is_line(arc.tail) && self.is_line(arc.head) { slack } else { 0 };
                    let (tail, head) = if arc.head == *item {
                        (self.points[arc.tail], at)
                    } else {
                        (at, self.points[arc.head])
                    };
                    head - tail >= arc.min - slack
                })
            })
        };
        // Better two lines side by side with less room than two lines in one.
        let tries = [(6, 0), (-6, 0), (LEAST_APART, LEAST_APART), (-LEAST_APART, LEAST_APART)];
        let by = tries.into_iter().find(|(by, slack)| is_free(*by, *slack)).map(|(by, _)| by);
        for item in &run {
            self.points[*item] += by.unwrap_or_default();
        }
        by.is_some()
    }

    /// Moves the end of an edge a little along its side; false when there is no room.
    fn nudge(&mut self, item: usize, port: Option<PortAt>) -> bool {
        let Some((side, at)) = port else { return false };
        let (least, most) = self.room_of(item, port);
        // Better a narrow place on the side than two lines in one.
        let narrow = self.sides[side].step / 2;
        let place = self.points[item] + self.offsets[side][at];
        let steps = [6, -6, LEAST_APART, -LEAST_APART];
        let is_free = |by: &i64| (least - narrow..=most + narrow).contains(&(place + by));
        let Some(by) = steps.into_iter().find(|by| is_free(by) && self.is_on_side(side, at, *by)) else {
            return false;
        };
        self.offsets[side][at] += by;
        true
    }

    /// For each port, by side, false.
    pub(super) fn none_straight(&self) -> Vec<Vec<bool>> {
        self.offsets.iter().map(|offsets| vec![false; offsets.len()]).collect()
    }

    /// True for each port, by side, when the stretch at it is straight.
    pub(super) fn straight_ports(&self) -> Vec<Vec<bool>> {
        let mut is_straight = self.none_straight();
        for stretch in self.stretches {
            let (upper, lower) = self.ends(stretch);
            for (side, at) in stretch.ports.0.into_iter().chain(stretch.ports.1) {
                is_straight[side][at] = upper == lower;
            }
        }
        is_straight
    }

    /// Puts the edges that are not straight where they are when nothing moves them, as far as those that are let them.
    pub(super) fn spread(&mut self, is_straight: &[Vec<bool>]) {
        for ((side, offsets), is_straight) in self.sides.iter().zip(&mut self.offsets).zip(is_straight) {
            let n = offsets.len();
            let mut least = side.range.0;
            for at in 0..n {
                if !is_straight[at] {
                    let next = (at + 1..n).find(|next| is_straight[*next]);
                    let most = next.map_or(side.range.1, |next| offsets[next] - side.steps(next - at));
                    let most = most.min(side.room(at).1);
                    offsets[at] = side.ports[at].offset.min(most).max(least);
                }
                least = offsets[at] + side.step;
            }
        }
    }

    /// Moves nodes to the middle of all places that are best: the simplex method ends at one end of them, but a parent
    /// stands between its children, and an edge in the middle of a side.
    pub(super) fn center(&mut self, arcs: &[Arc]) {
        let is_straight = self.straight_ports();
        let at = arcs_at(self.points.len(), arcs);
        let mut sides_of: Vec<Vec<usize>> = vec![Vec::new(); self.rows.items.len()];
        for (index, side) in self.sides.iter().enumerate() {
            sides_of[side.item].push(index);
        }
        let mut others: Vec<Vec<Option<End>>> =
            self.sides.iter().map(|side| vec![None; side.ports.len()]).collect();
        for stretch in self.stretches {
            for (own, other) in [
                (stretch.ports.0, (stretch.items.1, stretch.ports.1)),
                (stretch.ports.1, (stretch.items.0, stretch.ports.0)),
            ] {
                if let Some((side, at)) = own {
                    others[side][at] = Some(other);
                }
            }
        }
        let is_node = |item: usize| matches!(self.rows.items[item].kind, Kind::Node(_));
        for (item, sides) in sides_of.iter().enumerate() {
            let has_straight = sides.iter().any(|side| is_straight[*side].contains(&true));
            let (low_limit, high_limit) = room(item, arcs, &at, &self.points);
            if sides.is_empty() && low_limit > i64::MIN / 4 && high_limit < i64::MAX / 4 && is_node(item) {
                self.points[item] = i64::midpoint(low_limit, high_limit);
            }
            if sides.is_empty() || low_limit > high_limit || (sides.len() > 1 && !has_straight) {
                continue;
            }
            let mut wanted: Vec<i64> = Vec::new();
            let (mut least, mut most) = (low_limit, high_limit);
            for side in sides.iter().copied() {
                for (at, port) in self.sides[side].ports.iter().enumerate() {
                    let offset = self.offsets[side][at];
                    if is_straight[side][at] {
                        wanted.push(self.points[item] + offset - port.offset);
                        // Room for those beside it is kept.
                        let (from, to) = self.sides[side].room(at);
                        let place = self.points[item] + offset;
                        least = least.max(place - to);
                        most = most.min(place - from);
                    } else if let Some((other, other_port)) = others[side][at].filter(|_| !has_straight) {
                        let other =
                            self.points[other] + other_port.map_or(0, |(side, at)| self.offsets[side][at]);
                        wanted.push(other - port.offset);
                    }
                }
            }
            if wanted.is_empty() || least > most {
                continue;
            }
            wanted.sort_unstable();
            let n = wanted.len();
            let middle = i64::midpoint(wanted[(n - 1) / 2], wanted[n / 2]).clamp(least, most);
            let by = middle - self.points[item];
            self.points[item] = middle;
            for side in sides.iter().copied() {
                for (offset, is_straight) in self.offsets[side].iter_mut().zip(&is_straight[side]) {
                    if *is_straight {
                        *offset -= by;
                    }
                }
            }
        }
    }

    /// Moves each point to where its edges would have it, as far as its neighbours let it, round after round.
    pub(super) fn relax(&mut self, arcs: &[Arc]) {
        let n_items = self.rows.items.len();
        let wishes = self.wishes();
        let at = arcs_at(self.points.len(), arcs);
        let places = &mut self.points;
        let mut points: Vec<usize> = (0..places.len()).collect();
        let mut wanted: Vec<i64> = Vec::new();
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
                let wish = if *point >= n_items {
                    // Sides of clusters draw in.
                    if (*point - n_items).is_multiple_of(2) { most } else { least }
                } else {
                    wanted.clear();
                    wanted.extend(wishes[*point].iter().map(|(other, by)| places[*other] + by));
                    if wanted.is_empty() {
                        continue;
                    }
                    wanted.sort_unstable();
                    let n = wanted.len();
                    i64::midpoint(wanted[(n - 1) / 2], wanted[n / 2])
                };
                places[*point] = wish.clamp(least, most);
            }
        }
    }

    /// For each item the other ends of the edges at it, each with what to add to the other's place.
    fn wishes(&self) -> Vec<Vec<(usize, i64)>> {
        let mut wishes = vec![Vec::new(); self.rows.items.len()];
        let offset = |port: Option<PortAt>| port.map_or(0, |(side, at)| self.offsets[side][at]);
        for stretch in self.stretches {
            let by = offset(stretch.ports.0) - offset(stretch.ports.1);
            wishes[stretch.items.1].push((stretch.items.0, by));
            wishes[stretch.items.0].push((stretch.items.1, -by));
        }
        wishes
    }
}
