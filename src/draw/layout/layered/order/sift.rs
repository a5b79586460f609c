//! Moves of whole paths and of whole clusters, each to where it is crossed least while all else stands still (after
//! sifting: Matuszewski, Schönfeld, Molitor 1999).
//!
//! The best places of a path in all of its rows are found at once, so that an edge comes past a cluster that no single
//! step would bring it past.

use super::super::row::Kind;
use super::exchange;
use super::search::{BORDER_COST, Search, is_step};

/// Rounds over everything that can be moved, at most.
const N_ROUNDS: usize = 6;

/// What moves as one: items that stand side by side, in rows one below the other.
struct Run {
    /// The first row.
    top: usize,
    /// The items in each row.
    items: Vec<Vec<usize>>,
    /// The clusters around them in each row, outermost first; a cluster that moves is the last.
    paths: Vec<Vec<usize>>,
    /// A cluster moves, with its borders.
    is_cluster: bool,
}

/// Moves what can be moved while that saves crossings and `n_steps` last.
pub(super) fn improve(search: &mut Search, mut n_steps: usize) {
    if n_steps == 0 || search.cost() == 0 {
        return;
    }
    let paths = paths(search);
    for _ in 0..N_ROUNDS {
        let mut has_gained = false;
        for path in &paths {
            if n_steps == 0 {
                return;
            }
            has_gained |= shift(search, &run_of_path(search, path), &mut n_steps);
        }
        for cluster in 0..search.rows.clusters.len() {
            if n_steps == 0 {
                return;
            }
            has_gained |= shift_cluster(search, cluster, &mut n_steps);
            has_gained |= mirror(search, cluster);
        }
        if !has_gained {
            break;
        }
        exchange::neighbours(search);
    }
}

/// The paths that are moved: those without branches, then each node alone, then each edge with its ends.
fn paths(search: &Search) -> Vec<Vec<usize>> {
    let n = search.rows.items.len();
    let only = |items: &[usize]| if let [item] = items { Some(*item) } else { None };
    let next = |item: usize| only(&search.below[item]).filter(|next| search.above[*next].len() == 1);
    let mut paths = Vec::new();
    for item in 0..n {
        let starts = only(&search.above[item]).is_none_or(|before| search.below[before].len() != 1);
        if !starts {
            continue;
        }
        let path: Vec<usize> = std::iter::successors(Some(item), |item| next(*item)).collect();
        let is_bound = !search.above[item].is_empty() || path.len() > 1 || !search.below[item].is_empty();
        if is_bound {
            paths.push(path);
        }
    }
    let is_node = |item: usize| matches!(search.rows.items[item].kind, Kind::Node(_));
    let alone: Vec<Vec<usize>> = paths
        .iter()
        .filter(|path| path.len() > 1)
        .flat_map(|path| path.iter().copied().filter(|item| is_node(*item)))
        .map(|item| vec![item])
        .collect();
    paths.extend(alone);
    let chains = search.rows.chains.iter();
    paths.extend(chains.filter(|chain| chain.windows(2).all(|pair| is_step(search.rows, pair))).cloned());
    paths
}

fn run_of_path(search: &Search, path: &[usize]) -> Run {
    Run {
        top: path.first().map_or(0, |item| search.rows.items[*item].row),
        items: path.iter().map(|item| vec![*item]).collect(),
        paths: path.iter().map(|item| search.path(*item).to_vec()).collect(),
        is_cluster: false,
    }
}

/// The cluster with all that it holds.
fn run_of_cluster(search: &Search, cluster: usize) -> Run {
    let (first, last) = search.rows.clusters[cluster];
    let path = search.tree.path(Some(cluster)).to_vec();
    let items = (first..=last).map(|row| {
        let row = search.current.get(row).into_iter().flatten();
        row.copied().filter(|item| search.path(*item).contains(&cluster)).collect()
    });
    let items: Vec<Vec<usize>> = items.collect();
    Run { top: first, paths: vec![path; items.len()], items, is_cluster: true }
}

/// Moves a cluster to the best place among its siblings.
fn shift_cluster(search: &mut Search, cluster: usize, n_steps: &mut usize) -> bool {
    let parent = search.tree.parent(cluster);
    let run = run_of_cluster(search, cluster);
    if run.items.iter().any(Vec::is_empty) {
        return false;
    }
    let mut has_gained = shift(search, &run, n_steps);
    let mut siblings: Vec<usize> = (0..search.lanes.len())
        .filter(|other| search.tree.parent(*other) == parent && *other != cluster)
        .collect();
    siblings.sort_by_key(|sibling| search.lanes[*sibling]);
    let mut lanes: Vec<usize> = siblings.iter().map(|sibling| search.lanes[*sibling]).collect();
    let home = lanes.partition_point(|lane| *lane < search.lanes[cluster]);
    lanes.insert(home, search.lanes[cluster]);
    let (first, last) = search.rows.clusters[cluster];
    for slot in 0..=siblings.len() {
        // To pass a sibling that shares no row is no move.
        let passed = if slot < home {
            siblings.get(slot)
        } else {
            slot.checked_sub(1).and_then(|at| siblings.get(at))
        };
        let is_beside = |sibling: &usize| {
            let (other_first, other_last) = search.rows.clusters[*sibling];
            other_first <= last && first <= other_last
        };
        if slot == home || !passed.is_some_and(is_beside) || *n_steps == 0 {
            continue;
        }
        let before = search.lanes.clone();
        let mut order = siblings.clone();
        order.insert(slot, cluster);
        for (sibling, lane) in order.into_iter().zip(&lanes) {
            search.lanes[sibling] = *lane;
        }
        if shift(search, &run, n_steps) {
            has_gained = true;
            break;
        }
        search.lanes = before;
    }
    has_gained
}

/// Turns a cluster's contents round where that saves crossings.
fn mirror(search: &mut Search, cluster: usize) -> bool {
    let run = run_of_cluster(search, cluster);
    let (first, end) = (run.top.saturating_sub(1), run.top + run.items.len());
    let now = search.cost_between(first, end);
    if now == 0 || run.items.iter().any(Vec::is_empty) {
        return false;
    }
    let turn = |search: &mut Search| {
        for (index, items) in run.items.iter().enumerate() {
            let row = run.top + index;
            let at = items.iter().map(|item| search.position[*item]).min().unwrap_or_default();
            search.current[row][at..at + items.len()].reverse();
            search.reposition(row);
        }
    };
    turn(search);
    if search.cost_between(first, end) < now {
        let mut inner: Vec<usize> = (0..search.lanes.len())
            .filter(|other| *other != cluster && search.tree.path(Some(*other)).contains(&cluster))
            .collect();
        inner.sort_by_key(|other| search.lanes[*other]);
        let lanes: Vec<usize> = inner.iter().map(|other| search.lanes[*other]).collect();
        for (other, lane) in inner.into_iter().rev().zip(lanes) {
            search.lanes[other] = lane;
        }
        return true;
    }
    turn(search);
    false
}

/// A line that stands still, by the slots that it passes: those from `upper` on, and those from `lower` on, are right of
/// it. `places` are those of its ends, in quarters.
struct Fixed {
    upper: usize,
    lower: usize,
    places: (usize, usize),
    weight: u64,
}

/// What stands still while a run moves.
struct Rest<'a, 's> {
    search: &'a Search<'s>,
    run: &'a Run,
    is_moved: Vec<bool>,
}

impl<'a, 's> Rest<'a, 's> {
    fn new(search: &'a Search<'s>, run: &'a Run) -> Self {
        let mut is_moved = vec![false; search.rows.items.len()];
        for item in run.items.iter().flatten() {
            is_moved[*item] = true;
        }
        Self { search, run, is_moved }
    }

    /// The first place and the number of the run's items in a row.
    fn span(&self, row: usize) -> (usize, usize) {
        let items = row.checked_sub(self.run.top).and_then(|index| self.run.items.get(index));
        items.map_or((0, 0), |items| {
            (items.iter().map(|item| self.search.position[*item]).min().unwrap_or_default(), items.len())
        })
    }

    /// The place of an item of a row that stands still, with the run taken out.
    fn place(&self, row: usize, place: usize) -> usize {
        let (first, n) = self.span(row);
        if place > first { place.saturating_sub(n) } else { place }
    }

    fn items(&self, row: usize) -> Vec<usize> {
        self.search.current[row].iter().copied().filter(|item| !self.is_moved[*item]).collect()
    }

    /// The lines below `row` that stand still.
    fn fixed(&self, row: usize) -> Vec<Fixed> {
        let mut lines = Vec::new();
        let mut add = |upper: usize, lower: usize, weight: u64| {
            lines.push(Fixed {
                upper: upper.div_ceil(4),
                lower: lower.div_ceil(4),
                places: (upper, lower),
                weight,
            });
        };
        let search = self.search;
        for upper in search.current[row].iter().filter(|item| !self.is_moved[**item]) {
            for lower in search.below[*upper].iter().filter(|item| !self.is_moved[**item]) {
                let upper = self.place(row, search.position[*upper]);
                add(4 * upper + 2, 4 * self.place(row + 1, search.position[*lower]) + 2, 1);
            }
        }
        let around = |row: usize| {
            row.checked_sub(self.run.top)
                .and_then(|index| self.run.paths.get(index))
                .map_or(&[][..], Vec::as_slice)
        };
        for (upper, lower) in search.shared_ranges(row) {
            let is_inside = self.is_moved[search.current[row][upper.first]]
                && self.is_moved[search.current[row][upper.last]];
            if is_inside || around(row).contains(&upper.cluster) || around(row + 1).contains(&upper.cluster) {
                continue;
            }
            let left = (self.place(row, upper.first), self.place(row + 1, lower.first));
            let right = (self.place(row, upper.last), self.place(row + 1, lower.last));
            add(4 * left.0 + 1, 4 * left.1 + 1, BORDER_COST);
            add(4 * right.0 + 3, 4 * right.1 + 3, BORDER_COST);
        }
        lines
    }

    /// For each slot of a row whether the run may stand there: before the item with that place, or at the end.
    fn slots(&self, row: usize, items: &[usize]) -> Vec<bool> {
        let search = self.search;
        let path = &self.run.paths[row - self.run.top];
        let n_shared = |item: usize| search.path(item).iter().zip(path).take_while(|(a, b)| a == b).count();
        let shared: Vec<usize> = items.iter().map(|item| n_shared(*item)).collect();
        let held = shared.iter().copied().max().unwrap_or_default();
        // A cluster that has nothing else in this row keeps its order with its siblings.
        let lane = path.get(held).map(|cluster| search.lanes[*cluster]);
        let lane_of = |at: usize| {
            let other = search.path(items[at]).get(held).filter(|_| shared[at] == held);
            other.map(|cluster| search.lanes[*cluster])
        };
        let mut is_open = vec![true; items.len() + 1];
        if let Some(lane) = lane {
            let first = (0..items.len()).find(|at| lane_of(*at).is_some_and(|other| other > lane));
            let last = (0..items.len()).rfind(|at| lane_of(*at).is_some_and(|other| other < lane));
            for (slot, is_open) in is_open.iter_mut().enumerate() {
                *is_open = first.is_none_or(|first| slot <= first) && last.is_none_or(|last| slot > last);
            }
        }
        for (slot, is_open) in is_open.iter_mut().enumerate() {
            let left = slot.checked_sub(1);
            let right = Some(slot).filter(|slot| *slot < items.len());
            let between = match (left, right) {
                (Some(left), Some(right)) => {
                    let (left, right) = (search.path(items[left]), search.path(items[right]));
                    left.iter().zip(right).take_while(|(a, b)| a == b).count()
                }
                _ => 0,
            };
            let nearest = left.into_iter().chain(right).map(|at| shared[at]).max().unwrap_or_default();
            // The slot lies in a cluster that does not hold the run when both sides share more than the run does.
            let splits =
                between > left.into_iter().chain(right).map(|at| shared[at]).min().unwrap_or_default();
            *is_open &= nearest >= held && !splits;
        }
        is_open
    }
}

/// Adds to each slot what a line from it to `place` in the row beside, in quarters, crosses of the fixed lines.
fn add_line(costs: &mut [u64], fixed: &[Fixed], place: usize, is_up: bool) {
    let mut steps = vec![0_i64; costs.len() + 1];
    let mut cost = 0_i64;
    for line in fixed {
        let (slot, other) = if is_up { (line.lower, line.places.0) } else { (line.upper, line.places.1) };
        let weight = line.weight.cast_signed();
        if other > place {
            steps[slot.min(costs.len())] += weight;
        } else if other < place {
            cost += weight;
            steps[slot.min(costs.len())] -= weight;
        }
    }
    for (slot, total) in costs.iter_mut().enumerate() {
        cost += steps[slot];
        *total += cost.max(0).cast_unsigned();
    }
}

/// For each slot below the least cost to come there from a slot above, with the distance moved, and from which slot.
fn pass(
    above: &[Option<(u64, usize)>],
    n_below: usize,
    fixed: &[Fixed],
    weight: u64,
) -> Vec<Option<(u64, usize, usize)>> {
    let n_above = above.len();
    // The weight of lines that are left of a slot above and of a slot below.
    let mut both = vec![vec![0_u64; n_below + 1]; n_above + 1];
    for line in fixed {
        both[line.upper.min(n_above)][line.lower.min(n_below)] += line.weight;
    }
    for upper in 0..=n_above {
        for lower in 0..=n_below {
            let before = upper.checked_sub(1).map_or(0, |before| both[before][lower]);
            let mut sum = before;
            if lower > 0 {
                sum += both[upper][lower - 1];
                sum -= upper.checked_sub(1).map_or(0, |before| both[before][lower - 1]);
            }
            both[upper][lower] += sum;
        }
    }
    let mut best: Vec<Option<(u64, usize, usize)>> = vec![None; n_below];
    for (upper, start) in above.iter().enumerate() {
        let Some((cost, moved)) = *start else { continue };
        let n_left_above = both[upper][n_below];
        for (lower, best) in best.iter_mut().enumerate() {
            let n_left_below = both[n_above][lower];
            let crossed = n_left_above + n_left_below - 2 * both[upper][lower];
            let found = (cost + weight * crossed, moved, upper);
            if best.is_none_or(|known| found < known) {
                *best = Some(found);
            }
        }
    }
    best
}

/// Moves the run to where it is crossed least; false, with nothing moved, when that saves nothing.
fn shift(search: &mut Search, run: &Run, n_steps: &mut usize) -> bool {
    let Some(places) = best_places(search, run, n_steps) else {
        return false;
    };
    let (first, end) = (run.top.saturating_sub(1), run.top + run.items.len());
    let now = search.cost_between(first, end);
    let before = search.current[run.top..end].to_vec();
    for (index, place) in places.into_iter().enumerate() {
        let row = &mut search.current[run.top + index];
        row.retain(|item| !run.items[index].contains(item));
        // The items of a cluster keep their order among themselves.
        let mut moved = run.items[index].clone();
        moved.sort_by_key(|item| search.position[*item]);
        row.splice(place..place, moved);
        search.reposition(run.top + index);
    }
    if search.cost_between(first, end) < now {
        return true;
    }
    for (index, row) in before.into_iter().enumerate() {
        search.current[run.top + index] = row;
        search.reposition(run.top + index);
    }
    false
}

/// The slot for the run in each of its rows at which it is crossed least; none when it stands there.
fn best_places(search: &Search, run: &Run, n_steps: &mut usize) -> Option<Vec<usize>> {
    let rest = Rest::new(search, run);
    let n_rows = run.items.len();
    let rows = run.top..run.top + n_rows;
    let fixed_above = run.top.checked_sub(1).map(|row| rest.fixed(row)).unwrap_or_default();
    let mut fixed_below: Vec<Vec<Fixed>> = Vec::with_capacity(n_rows);
    for row in rows.clone() {
        fixed_below.push(if row + 1 < search.rows.len { rest.fixed(row) } else { Vec::new() });
    }
    let mut costs: Vec<Vec<u64>> = Vec::with_capacity(n_rows);
    let mut is_open: Vec<Vec<bool>> = Vec::with_capacity(n_rows);
    for row in rows.clone() {
        let items = rest.items(row);
        is_open.push(rest.slots(row, &items));
        costs.push(vec![0; items.len() + 1]);
    }
    let mut weights = vec![0; n_rows];
    for (index, row) in rows.clone().enumerate() {
        for item in &run.items[index] {
            for other in &search.above[*item] {
                let fixed = index.checked_sub(1).map_or(&fixed_above, |index| &fixed_below[index]);
                if rest.is_moved[*other] {
                    weights[index] += 1;
                } else {
                    let place = 4 * rest.place(row - 1, search.position[*other]) + 2;
                    add_line(&mut costs[index], fixed, place, true);
                }
            }
            for other in search.below[*item].iter().filter(|other| !rest.is_moved[**other]) {
                let place = 4 * rest.place(row + 1, search.position[*other]) + 2;
                add_line(&mut costs[index], &fixed_below[index], place, false);
            }
        }
        if index > 0 && run.is_cluster {
            weights[index] += 2 * BORDER_COST;
        }
    }
    let n_lines: usize = fixed_below.iter().map(Vec::len).sum();
    let n_pairs: usize = costs.windows(2).map(|pair| pair[0].len() * pair[1].len()).sum();
    *n_steps = n_steps.saturating_sub(n_lines * 2 + n_pairs + 16 * n_rows);

    let home: Vec<usize> = rows.clone().map(|row| rest.span(row).0).collect();
    let mut from: Vec<Vec<usize>> = Vec::with_capacity(n_rows);
    let mut best: Vec<Option<(u64, usize)>> = Vec::new();
    for index in 0..n_rows {
        let n_slots = costs[index].len();
        let reached: Vec<Option<(u64, usize, usize)>> = if index == 0 {
            vec![Some((0, 0, 0)); n_slots]
        } else {
            pass(&best, n_slots, &fixed_below[index - 1], weights[index])
        };
        from.push(reached.iter().map(|found| found.map_or(0, |(_, _, from)| from)).collect());
        best = reached
            .iter()
            .enumerate()
            .map(|(slot, found)| {
                let (cost, moved, _) = (*found).filter(|_| is_open[index][slot])?;
                Some((cost + costs[index][slot], moved + slot.abs_diff(home[index])))
            })
            .collect();
    }
    let reached = best.iter().enumerate().filter_map(|(slot, found)| found.map(|found| (found, slot)));
    let (_, mut slot) = reached.min()?;
    let mut places = vec![0; n_rows];
    for index in (0..n_rows).rev() {
        places[index] = slot;
        slot = from[index][slot];
    }
    (places != home).then_some(places)
}
