//! Brings things from places in px to cells, in one direction at a time, as chip layouts are compacted: what stands before
//! something else stays before it, with as few cells between both as there must be.

use crate::draw::layout::layered::simplex::{self, Arc};

/// Points up to which places are optimised.
const MAX_POINTS: usize = 4_000;
/// Steps of the simplex method.
const N_PIVOTS: usize = 20_000;

/// What a thing is, as far as distances depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A box with a label.
    Node,
    /// The side of a cluster behind which its inside begins.
    Opening,
    /// The side of a cluster behind which its outside begins.
    Closing,
    /// The title of a cluster, which stands in its border.
    Title,
    /// The label of an edge.
    Label,
    /// A stretch of an edge.
    Wire,
}

/// Something that keeps away from others.
#[derive(Debug, Clone, Copy)]
struct Thing {
    kind: Kind,
    /// Its first and its last point.
    low: usize,
    high: usize,
    /// What it covers in the other direction; things whose ranges have nothing in common may pass each other.
    across: (f64, f64),
}

/// Points on a line with a known order, to be placed.
#[derive(Debug, Default)]
pub(super) struct Squeeze {
    /// Where each point is now.
    places: Vec<f64>,
    things: Vec<Thing>,
    arcs: Vec<Arc>,
    pulls: Vec<Pull>,
}

/// A wish that `to` stands `by` cells behind `from`.
#[derive(Debug, Clone, Copy)]
struct Pull {
    from: usize,
    to: usize,
    by: i64,
    weight: i64,
}

impl Squeeze {
    /// Adds a point that is at `place` now.
    pub(super) fn point(&mut self, place: f64) -> usize {
        self.places.push(place);
        self.places.len() - 1
    }

    /// Keeps `head` at least `min` cells behind `tail`; each cell between them costs `weight`. The order that both have now
    /// is not turned round: then nothing is kept.
    pub(super) fn keep(&mut self, tail: usize, head: usize, min: i64, weight: i64) {
        let (from, to) = (self.places[tail], self.places[head]);
        // One order of all points, so that no circle of arcs comes about.
        if (from, tail) < (to, head) {
            self.arcs.push(Arc { tail, head, min, weight });
        }
    }

    /// Wishes that `to` stands `by` cells behind `from`.
    pub(super) fn pull(&mut self, from: usize, to: usize, by: i64, weight: i64) {
        self.pulls.push(Pull { from, to, by, weight });
    }

    /// Adds something that keeps away from others, between two points, which may be the same.
    pub(super) fn thing(&mut self, kind: Kind, low: usize, high: usize, across: (f64, f64)) {
        self.things.push(Thing { kind, low, high, across });
    }

    /// How many things there are.
    pub(super) fn n_things(&self) -> usize {
        self.things.len()
    }

    /// The cell of each point, the first of them 0. `gap` says how far the last point of a thing and the first point of the
    /// one behind it are apart at least.
    pub(super) fn solve(mut self, gap: impl Fn(Kind, Kind) -> i64) -> Vec<i64> {
        self.separate(gap);
        let n_points = self.places.len();
        let n = n_points + self.pulls.len();
        let mut arcs = std::mem::take(&mut self.arcs);
        if n > MAX_POINTS {
            return from_first(simplex::solve(n_points, &arcs, 0), n_points);
        }
        for (index, pull) in self.pulls.iter().enumerate() {
            // A point before both: the less it is before them in all, the nearer they are to what is wished.
            let (point, weight) = (n_points + index, pull.weight);
            arcs.push(Arc { tail: point, head: pull.from, min: 0, weight });
            arcs.push(Arc { tail: point, head: pull.to, min: pull.by, weight });
        }
        let forward = from_first(simplex::solve(n, &arcs, N_PIVOTS), n_points);
        let turned: Vec<Arc> =
            arcs.iter().map(|arc| Arc { tail: arc.head, head: arc.tail, ..*arc }).collect();
        let backward = simplex::solve(n, &turned, N_PIVOTS).into_iter().map(|place| -place).collect();
        let backward = from_first(backward, n_points);
        // Both ends of all that is best; halfway, a parent stands between its children. Halves that are rounded down keep
        // every distance, as the sum of two places does.
        let middle = forward.iter().zip(backward).map(|(a, b)| (a + b).div_euclid(2)).collect();
        from_first(middle, n_points)
    }

    /// Keeps each thing behind those before it that it would otherwise run into.
    fn separate(&mut self, gap: impl Fn(Kind, Kind) -> i64) {
        let mut marks: Vec<f64> =
            self.things.iter().flat_map(|thing| [thing.across.0, thing.across.1]).collect();
        marks.sort_by(f64::total_cmp);
        marks.dedup();
        let at = |mark: f64| marks.partition_point(|known| *known < mark);
        let mut order: Vec<usize> = (0..self.things.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&self.things[*a], &self.things[*b]);
            let place = |thing: &Thing| self.places[thing.low] + self.places[thing.high];
            place(a).total_cmp(&place(b)).then(a.low.cmp(&b.low))
        });
        // The last thing seen on each stretch between two marks.
        let mut last: Vec<Option<usize>> = vec![None; marks.len()];
        for index in order {
            let thing = self.things[index];
            let mut before: Vec<usize> = Vec::new();
            for seen in last.iter_mut().take(at(thing.across.1)).skip(at(thing.across.0)) {
                if let Some(other) = seen.replace(index)
                    && before.last() != Some(&other)
                {
                    before.push(other);
                }
            }
            before.sort_unstable();
            before.dedup();
            for other in before {
                let other = self.things[other];
                if other.high != thing.low {
                    self.keep(other.high, thing.low, gap(other.kind, thing.kind), 0);
                }
            }
        }
    }
}

/// The first `n` places, counted from the least of them.
fn from_first(mut places: Vec<i64>, n: usize) -> Vec<i64> {
    places.truncate(n);
    let least = places.iter().copied().min().unwrap_or_default();
    places.into_iter().map(|place| place - least).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_and_room_is_not_wasted() {
        let mut squeeze = Squeeze::default();
        let mut boxes = Vec::new();
        // A parent above two children that stand beside each other.
        for (x, width, across) in
            [(0.0, 40.0, (50.0, 60.0)), (300.0, 40.0, (50.0, 60.0)), (100.0, 40.0, (0.0, 10.0))]
        {
            let (low, high) = (squeeze.point(x), squeeze.point(x + width));
            squeeze.keep(low, high, 4, 64);
            squeeze.thing(Kind::Node, low, high, across);
            boxes.push((low, high));
        }
        squeeze.pull(boxes[2].0, boxes[0].0, 0, 1);
        squeeze.pull(boxes[2].0, boxes[1].0, 0, 1);
        let places = squeeze.solve(|_, _| 4);
        let place = |index: usize| (places[boxes[index].0], places[boxes[index].1]);
        assert_eq!((place(0), place(1), place(2)), ((0, 4), (8, 12), (4, 8)));
    }

    #[test]
    fn what_stands_in_one_place_ends_all_the_same() {
        let mut squeeze = Squeeze::default();
        for _ in 0..5 {
            let (low, high) = (squeeze.point(7.0), squeeze.point(7.0));
            squeeze.keep(low, high, 2, 1);
            squeeze.keep(high, low, 2, 1);
            squeeze.thing(Kind::Node, low, high, (0.0, 1.0));
        }
        assert_eq!(squeeze.solve(|_, _| 1).len(), 10);
    }
}
