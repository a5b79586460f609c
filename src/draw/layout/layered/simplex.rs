//! Network simplex: places points on a line so that weighted distances are least (Gansner, Koutsofios, North, Vo 1993).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::disjoint::Sets;

/// A pair of points of which the second stands at least `min` behind the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::draw::layout) struct Arc {
    /// The first point.
    pub(in crate::draw::layout) tail: usize,
    /// The second point.
    pub(in crate::draw::layout) head: usize,
    /// Least distance; may be negative.
    pub(in crate::draw::layout) min: i64,
    /// What each unit of distance costs, not negative.
    pub(in crate::draw::layout) weight: i64,
}

impl Arc {
    /// An arc that costs nothing.
    pub(in crate::draw::layout) const fn constraint(tail: usize, head: usize, min: i64) -> Self {
        Self { tail, head, min, weight: 0 }
    }
}

/// Places of `n` points that keep every arc's least distance and make the sum of weights times distances small: least
/// when fewer than `n_pivots` steps lead there.
///
/// The arcs must not form a cycle. The smallest place is 0.
pub(in crate::draw::layout) fn solve(n: usize, arcs: &[Arc], n_pivots: usize) -> Vec<i64> {
    improve(longest_paths(n, arcs), arcs, n_pivots)
}

/// Like [`solve`], from places that keep every arc's least distance; the arcs may form cycles.
pub(super) fn improve(mut places: Vec<i64>, arcs: &[Arc], n_pivots: usize) -> Vec<i64> {
    if n_pivots > 0 && !places.is_empty() {
        let arcs = connected(&places, arcs);
        let mut tree = Tree::tight(&arcs, &mut places);
        let mut search_from = 0;
        for _ in 0..n_pivots {
            let Some(leaving) = tree.leaving(&arcs, &mut search_from) else { break };
            let Some(entering) = tree.entering(&arcs, &places, leaving) else { break };
            tree.exchange(&arcs, &mut places, leaving, entering);
        }
    }
    let least = places.iter().copied().min().unwrap_or_default();
    places.iter().map(|place| place - least).collect()
}

/// The arcs, with more of them where the points would not hang together.
fn connected(places: &[i64], arcs: &[Arc]) -> Vec<Arc> {
    let mut sets = Sets::new(places.len());
    let mut arcs = arcs.to_vec();
    for arc in &arcs {
        sets.join(arc.tail, arc.head);
    }
    for point in 1..places.len() {
        if sets.join(0, point) {
            let (tail, head) = if places[0] <= places[point] { (0, point) } else { (point, 0) };
            arcs.push(Arc::constraint(tail, head, 0));
        }
    }
    arcs
}

/// The smallest places that keep every distance, counted from 0 where nothing stands before.
fn longest_paths(n: usize, arcs: &[Arc]) -> Vec<i64> {
    let mut n_before = vec![0_usize; n];
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (index, arc) in arcs.iter().enumerate() {
        n_before[arc.head] += 1;
        leaving[arc.tail].push(index);
    }
    let mut ready: Vec<usize> = (0..n).rev().filter(|point| n_before[*point] == 0).collect();
    let mut places: Vec<Option<i64>> = vec![None; n];
    while let Some(point) = ready.pop() {
        let place = *places[point].get_or_insert(0);
        for index in &leaving[point] {
            let arc = &arcs[*index];
            let least = place + arc.min;
            let known = places[arc.head].get_or_insert(least);
            *known = least.max(*known);
            n_before[arc.head] -= 1;
            if n_before[arc.head] == 0 {
                ready.push(arc.head);
            }
        }
    }
    places.into_iter().map(Option::unwrap_or_default).collect()
}

/// A spanning tree of arcs without slack, rooted at point 0.
struct Tree {
    /// For each point the arcs of the tree at it.
    at: Vec<Vec<usize>>,
    /// All arcs at each point.
    incident: Vec<Vec<usize>>,
    /// The tree's arc towards the root.
    up: Vec<Option<usize>>,
    /// Place of each point in a walk that leaves a subtree with its root, and the first place of its subtree.
    last: Vec<usize>,
    first: Vec<usize>,
    /// The points in the order of that walk.
    walk: Vec<usize>,
    /// For each point the weights of arcs out of its subtree less those of arcs into it.
    flux: Vec<i64>,
    /// The arcs of the tree.
    members: Vec<usize>,
}

impl Tree {
    /// Grows a tree, moving points where that is needed to lose slack.
    fn tight(arcs: &[Arc], places: &mut [i64]) -> Self {
        let n = places.len();
        let mut incident: Vec<Vec<usize>> = vec![Vec::new(); n];
        let mut flux = vec![0; n];
        for (index, arc) in arcs.iter().enumerate() {
            incident[arc.tail].push(index);
            incident[arc.head].push(index);
            flux[arc.tail] += arc.weight;
            flux[arc.head] -= arc.weight;
        }
        let mut tree = Self {
            at: vec![Vec::new(); n],
            incident,
            up: vec![None; n],
            last: vec![0; n],
            first: vec![0; n],
            walk: (0..n).collect(),
            flux,
            members: Vec::with_capacity(n),
        };
        tree.grow(arcs, places);
        tree.number(arcs, 0, 0);
        for index in 0..n {
            let point = tree.walk[index];
            if let Some(above) = tree.above(arcs, point) {
                tree.flux[above] += tree.flux[point];
            }
        }
        tree
    }

    /// Joins points one by one by the arc with the least slack; those joined move as one until it has none.
    fn grow(&mut self, arcs: &[Arc], places: &mut [i64]) {
        let n = places.len();
        let mut is_joined = vec![false; n];
        // The place of a joined point is this and `shift`.
        let mut joined_at = vec![0_i64; n];
        let mut shift = 0_i64;
        // Arcs out of the joined points and into them; keys leave out the shift, which is the same for all of a heap.
        let mut heaps: [BinaryHeap<Reverse<(i64, usize)>>; 2] = [BinaryHeap::new(), BinaryHeap::new()];
        let mut next = 0;
        loop {
            is_joined[next] = true;
            joined_at[next] = places[next] - shift;
            for index in &self.incident[next] {
                let arc = arcs[*index];
                if !is_joined[arc.head] {
                    heaps[0].push(Reverse((places[arc.head] - joined_at[arc.tail] - arc.min, *index)));
                } else if !is_joined[arc.tail] {
                    heaps[1].push(Reverse((joined_at[arc.head] - places[arc.tail] - arc.min, *index)));
                }
            }
            let is_stale = |index: usize| is_joined[arcs[index].tail] && is_joined[arcs[index].head];
            for heap in &mut heaps {
                while heap.peek().is_some_and(|Reverse((_, index))| is_stale(*index)) {
                    heap.pop();
                }
            }
            let outward = heaps[0].peek().map(|Reverse((key, index))| (key - shift, *index));
            let inward = heaps[1].peek().map(|Reverse((key, index))| (key + shift, *index));
            let Some((slack, index)) = outward.into_iter().chain(inward).min() else { break };
            let arc = arcs[index];
            if is_joined[arc.tail] {
                shift += slack;
                next = arc.head;
            } else {
                shift -= slack;
                next = arc.tail;
            }
            self.members.push(index);
            self.at[arc.tail].push(index);
            self.at[arc.head].push(index);
        }
        for (place, at) in places.iter_mut().zip(joined_at) {
            *place = at + shift;
        }
    }

    /// The point at the other end of the arc towards the root.
    fn above(&self, arcs: &[Arc], point: usize) -> Option<usize> {
        let arc = arcs[self.up[point]?];
        Some(if arc.tail == point { arc.head } else { arc.tail })
    }

    /// Walks the subtree of `root`, whose own way up stands; its walk starts at place `first`.
    fn number(&mut self, arcs: &[Arc], root: usize, first: usize) {
        let mut next = first;
        let mut open: Vec<(usize, usize)> = vec![(root, 0)];
        self.first[root] = first;
        while let Some((point, seen)) = open.last_mut() {
            let point = *point;
            if let Some(index) = self.at[point].get(*seen).copied() {
                *seen += 1;
                if self.up[point] != Some(index) {
                    let arc = arcs[index];
                    let below = if arc.tail == point { arc.head } else { arc.tail };
                    self.up[below] = Some(index);
                    self.first[below] = next;
                    open.push((below, 0));
                }
            } else {
                self.last[point] = next;
                self.walk[next] = point;
                next += 1;
                open.pop();
            }
        }
    }

    /// True when `point` is in the subtree of `root`.
    fn is_below(&self, root: usize, point: usize) -> bool {
        (self.first[root]..=self.last[root]).contains(&self.last[point])
    }

    /// The end of a tree's arc that is farther from the root, and whether the arc starts there.
    fn lower(&self, arcs: &[Arc], index: usize) -> (usize, bool) {
        let arc = arcs[index];
        if self.up[arc.tail] == Some(index) { (arc.tail, true) } else { (arc.head, false) }
    }

    /// A member whose parts would cost less if they were farther apart: the place of the cheapest of the next few.
    fn leaving(&self, arcs: &[Arc], search_from: &mut usize) -> Option<usize> {
        const N_CANDIDATES: usize = 30;
        let n = self.members.len();
        let mut best: Option<(i64, usize)> = None;
        let mut n_found = 0;
        for step in 0..n {
            let at = (*search_from + step) % n;
            let (lower, points_up) = self.lower(arcs, self.members[at]);
            let cut = if points_up { self.flux[lower] } else { -self.flux[lower] };
            if cut < 0 {
                if best.is_none_or(|(least, _)| cut < least) {
                    best = Some((cut, at));
                }
                n_found += 1;
                if n_found == N_CANDIDATES {
                    *search_from = at;
                    break;
                }
            }
        }
        best.map(|(_, at)| at)
    }

    /// The arc that keeps the parts together when the member at `leaving` is gone: the tightest of those that lead the
    /// other way.
    fn entering(&self, arcs: &[Arc], places: &[i64], leaving: usize) -> Option<usize> {
        let (lower, points_up) = self.lower(arcs, self.members[leaving]);
        let mut best: Option<(i64, usize)> = None;
        for point in &self.walk[self.first[lower]..=self.last[lower]] {
            for index in &self.incident[*point] {
                let arc = arcs[*index];
                let (inside, outside) = if points_up { (arc.head, arc.tail) } else { (arc.tail, arc.head) };
                if inside == *point && !self.is_below(lower, outside) {
                    let slack = places[arc.head] - places[arc.tail] - arc.min;
                    if best.is_none_or(|best| (slack, *index) < best) {
                        best = Some((slack, *index));
                    }
                }
            }
        }
        best.map(|(_, index)| index)
    }

    /// Puts `entering` in the place of the member at `leaving`.
    fn exchange(&mut self, arcs: &[Arc], places: &mut [i64], leaving: usize, entering: usize) {
        let gone = self.members[leaving];
        let (lower, _) = self.lower(arcs, gone);
        let arc = arcs[entering];
        let slack = places[arc.head] - places[arc.tail] - arc.min;
        let (inside, outside, by) = if self.is_below(lower, arc.tail) {
            (arc.tail, arc.head, slack)
        } else {
            (arc.head, arc.tail, -slack)
        };
        for point in &self.walk[self.first[lower]..=self.last[lower]] {
            places[*point] += by;
        }

        let moved = self.flux[lower];
        // The root of what is common to both ways up keeps its flux, and so do all above it.
        let mut common = self.above(arcs, lower);
        while let Some(point) = common.filter(|point| !self.is_below(*point, outside)) {
            self.flux[point] -= moved;
            common = self.above(arcs, point);
        }
        let common = common.unwrap_or_default();
        let mut at = outside;
        while at != common {
            self.flux[at] += moved;
            let Some(above) = self.above(arcs, at) else { break };
            at = above;
        }
        // The part hangs from `inside` now, so that what was above it there is below.
        let mut at = inside;
        let mut below = 0;
        loop {
            let old = self.flux[at];
            self.flux[at] = moved - below;
            below = old;
            if at == lower {
                break;
            }
            let Some(above) = self.above(arcs, at) else { break };
            at = above;
        }

        for (index, is_new) in [(gone, false), (entering, true)] {
            for point in [arcs[index].tail, arcs[index].head] {
                if is_new {
                    self.at[point].push(index);
                } else {
                    self.at[point].retain(|known| *known != index);
                }
            }
        }
        self.members[leaving] = entering;
        self.number(arcs, common, self.first[common]);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn arc(tail: usize, head: usize, min: i64, weight: i64) -> Arc {
        Arc { tail, head, min, weight }
    }

    fn cost(places: &[i64], arcs: &[Arc]) -> i64 {
        arcs.iter().map(|arc| arc.weight * (places[arc.head] - places[arc.tail])).sum()
    }

    #[test]
    fn small_graphs_are_solved_exactly() {
        // A long way and a short one: what hangs on the short one moves to its cheaper end.
        let arcs = [
            arc(0, 1, 1, 1),
            arc(1, 2, 1, 1),
            arc(2, 3, 1, 1),
            arc(0, 4, 1, 1),
            arc(4, 3, 1, 3),
            arc(5, 4, 1, 1),
        ];
        let places = solve(6, &arcs, 1000);
        assert_eq!(places, [0, 1, 2, 3, 2, 1]);
        assert_eq!(solve(3, &[], 10), [0, 0, 0]);
        assert_eq!(solve(0, &[], 10), Vec::<i64>::new());
        assert_eq!(solve(2, &[arc(0, 1, -5, 1)], 10), [5, 0]);
    }

    fn graph() -> impl Strategy<Value = (usize, Vec<Arc>)> {
        (2..7_usize).prop_flat_map(|n| {
            let arcs = prop::collection::vec((0..n, 0..n, -1..3_i64, 0..4_i64), 0..12).prop_map(|raw| {
                raw.into_iter()
                    .filter(|(a, b, _, _)| a != b)
                    .map(|(a, b, min, weight)| arc(a.min(b), a.max(b), min, weight))
                    .collect()
            });
            (Just(n), arcs)
        })
    }

    proptest! {
        #[test]
        fn distances_are_kept_and_no_single_step_is_cheaper((n, arcs) in graph()) {
            let places = solve(n, &arcs, 10_000);
            let holds = |places: &[i64]| {
                arcs.iter().all(|arc| places[arc.head] - places[arc.tail] >= arc.min)
            };
            prop_assert!(holds(&places));
            let best = cost(&places, &arcs);
            // A linear program's value is least when no set of points can move one step and gain.
            for set in 1..(1_usize << n) {
                for by in [-1, 1] {
                    let moved: Vec<i64> =
                        (0..n).map(|point| places[point] + if set >> point & 1 == 1 { by } else { 0 }).collect();
                    prop_assert!(!holds(&moved) || cost(&moved, &arcs) >= best, "{places:?} {moved:?}");
                }
            }
            let hasty = solve(n, &arcs, 0);
            prop_assert!(holds(&hasty));
        }
    }
}
