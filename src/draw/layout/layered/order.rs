//! Orders the items of each row so that few edges cross: barycentre sweeps from several starts, then exchanges of
//! neighbours.
//!
//! A cluster's items stay together in every row, and two clusters that share rows keep one order in all of them, so that
//! every cluster can have a box. Reading order decides where crossings do not: only what saves crossings is changed.

use std::collections::BTreeMap;

use super::compound::Tree;
use super::row::{Kind, Rows};

/// What it costs when an edge crosses the border of a cluster; a crossing of two edges costs 1.
const BORDER_COST: u64 = 3;
/// Sweeps in each direction, at most.
const N_SWEEPS: usize = 16;
/// Sweeps without gain after which a start is given up.
const N_PATIENCE: usize = 4;
/// Items above which only the first start is tried, and only a few sweeps are made.
const MANY_ITEMS: usize = 4_000;
/// Items up to which whole clusters are exchanged.
const FEW_ITEMS: usize = 1_500;

/// The items of each row from left to right.
pub(super) fn order(tree: &Tree, rows: &Rows) -> Vec<Vec<usize>> {
    let mut search = Search::new(tree, rows);
    let is_large = rows.items.len() > MANY_ITEMS;
    let mut best: Option<(u64, Vec<Vec<usize>>)> = None;
    let starts: &[Start] =
        if is_large { &[Start::Declared] } else { &[Start::Declared, Start::DepthFirst, Start::Reversed] };
    for start in starts {
        search.begin(*start);
        search.improve(if is_large { 3 } else { N_SWEEPS });
        let cost = search.cost();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, search.current.clone()));
        }
        if cost == 0 {
            break;
        }
    }
    best.map(|(_, order)| order).unwrap_or_default()
}

/// The order that a search begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// As declared.
    Declared,
    /// As a walk along the edges meets the nodes.
    DepthFirst,
    /// Against the order of declaration.
    Reversed,
}

/// A place of a container's row: an item, or a cluster with what it holds there.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Element {
    Item(usize),
    Cluster(usize),
}

/// An element with where it is, and where it would like to be.
struct Seat {
    element: Element,
    at: usize,
    wish: Option<f64>,
}

struct Search<'a> {
    tree: &'a Tree,
    rows: &'a Rows,
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    current: Vec<Vec<usize>>,
    position: Vec<usize>,
    /// Clusters of one container stand in the order of these numbers.
    lanes: Vec<usize>,
    /// For each cluster the sum and number of its items' wishes, as parts of a row.
    wishes: Vec<(f64, usize)>,
}

impl<'a> Search<'a> {
    fn new(tree: &'a Tree, rows: &'a Rows) -> Self {
        let mut above = vec![Vec::new(); rows.items.len()];
        let mut below = vec![Vec::new(); rows.items.len()];
        for chain in &rows.chains {
            for pair in chain.windows(2) {
                below[pair[0]].push(pair[1]);
                above[pair[1]].push(pair[0]);
            }
        }
        Self {
            tree,
            rows,
            above,
            below,
            current: Vec::new(),
            position: vec![0; rows.items.len()],
            lanes: (0..rows.clusters.len()).collect(),
            wishes: vec![(0.0, 0); rows.clusters.len()],
        }
    }

    /// Puts every item where `start` has it.
    fn begin(&mut self, start: Start) {
        let numbers = match start {
            Start::Declared => (0..self.rows.nodes.len()).map(|node| node as f64).collect(),
            Start::Reversed => (0..self.rows.nodes.len()).map(|node| -(node as f64)).collect(),
            Start::DepthFirst => self.depth_first(),
        };
        let mut keys: Vec<f64> = vec![f64::MIN; self.rows.items.len()];
        for (node, item) in self.rows.nodes.iter().enumerate() {
            keys[*item] = numbers[node];
        }
        let ends: Vec<(f64, f64)> = self
            .rows
            .chains
            .iter()
            .map(|chain| {
                let key = |item: Option<&usize>| item.map(|item| keys[*item]).filter(|key| *key > f64::MIN);
                let (first, last) = (key(chain.first()), key(chain.last()));
                let first_or_last = first.or(last).unwrap_or_default();
                (first_or_last, last.unwrap_or(first_or_last))
            })
            .collect();
        for (chain, (first, last)) in self.rows.chains.iter().zip(ends) {
            let n = chain.len().saturating_sub(1).max(1) as f64;
            for (index, item) in chain.iter().enumerate() {
                if !matches!(self.rows.items[*item].kind, Kind::Node(_)) {
                    keys[*item] = first + (last - first) * index as f64 / n;
                }
            }
        }
        let mut first = vec![f64::MAX; self.rows.clusters.len()];
        let mut current = vec![Vec::new(); self.rows.len];
        for (index, item) in self.rows.items.iter().enumerate() {
            current[item.row].push(index);
            if let Kind::Node(_) = item.kind {
                for cluster in self.tree.path(item.cluster) {
                    first[*cluster] = first[*cluster].min(keys[index]);
                }
            }
        }
        self.set_lanes(&first);
        for row in &mut current {
            row.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]).then(a.cmp(b)));
        }
        self.current = current;
        for row in 0..self.rows.len {
            self.arrange(row, |_, item| Some(keys[item]));
        }
    }

    /// For each node its number in a walk along the edges, sources first.
    fn depth_first(&self) -> Vec<f64> {
        let mut numbers = vec![0.0; self.rows.nodes.len()];
        let mut is_seen = vec![false; self.rows.items.len()];
        let mut next = 0.0;
        let sources = self.rows.nodes.iter().filter(|item| self.above[**item].is_empty());
        for source in sources.chain(&self.rows.nodes) {
            let mut open = vec![*source];
            while let Some(item) = open.pop() {
                if std::mem::replace(&mut is_seen[item], true) {
                    continue;
                }
                if let Kind::Node(node) = self.rows.items[item].kind {
                    numbers[node] = next;
                    next += 1.0;
                }
                open.extend(self.below[item].iter().rev());
            }
        }
        numbers
    }

    /// Orders the clusters of each container by `keys`, equal ones as they were.
    fn set_lanes(&mut self, keys: &[f64]) {
        let mut order: Vec<usize> = (0..self.lanes.len()).collect();
        order.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]).then(self.lanes[*a].cmp(&self.lanes[*b])));
        for (lane, cluster) in order.into_iter().enumerate() {
            self.lanes[cluster] = lane;
        }
    }

    /// Orders a row by the wishes of its items; those without one keep their places.
    fn arrange(&mut self, row: usize, wish: impl Fn(&Self, usize) -> Option<f64>) {
        let items = std::mem::take(&mut self.current[row]);
        // By container: 0 is the canvas, 1 and above are clusters.
        let mut seats: BTreeMap<usize, Vec<Seat>> = BTreeMap::new();
        let mut sums: BTreeMap<usize, (f64, usize, usize)> = BTreeMap::new();
        for (at, item) in items.iter().enumerate() {
            let wish = wish(self, *item);
            for cluster in self.tree.path(self.rows.items[*item].cluster) {
                let (sum, n, _) = sums.entry(*cluster).or_insert((0.0, 0, at));
                if let Some(wish) = wish {
                    *sum += wish;
                    *n += 1;
                }
            }
            let container = self.rows.items[*item].cluster.map_or(0, |cluster| cluster + 1);
            seats.entry(container).or_default().push(Seat { element: Element::Item(*item), at, wish });
        }
        for (cluster, (sum, n, at)) in sums {
            let wish = (n > 0).then(|| sum / n as f64);
            if let Some(wish) = wish {
                self.wishes[cluster].0 += wish;
                self.wishes[cluster].1 += 1;
            }
            let container = self.tree.parent(cluster).map_or(0, |parent| parent + 1);
            seats.entry(container).or_default().push(Seat { element: Element::Cluster(cluster), at, wish });
        }
        let mut seated: BTreeMap<usize, Vec<Element>> = BTreeMap::new();
        for (container, seats) in seats {
            seated.insert(container, self.seat(seats));
        }
        let mut ordered = Vec::with_capacity(items.len());
        let mut open: Vec<std::vec::IntoIter<Element>> =
            seated.remove(&0).into_iter().map(Vec::into_iter).collect();
        while let Some(last) = open.last_mut() {
            match last.next() {
                Some(Element::Item(item)) => ordered.push(item),
                Some(Element::Cluster(cluster)) => {
                    open.extend(seated.remove(&(cluster + 1)).map(Vec::into_iter));
                }
                None => {
                    open.pop();
                }
            }
        }
        for (at, item) in ordered.iter().enumerate() {
            self.position[*item] = at;
        }
        self.current[row] = ordered;
    }

    /// The elements of one container in one row, in order.
    fn seat(&self, mut seats: Vec<Seat>) -> Vec<Element> {
        seats.sort_by_key(|seat| seat.at);
        let mut wishing: Vec<&Seat> = seats.iter().filter(|seat| seat.wish.is_some()).collect();
        wishing.sort_by(|a, b| a.wish.unwrap_or_default().total_cmp(&b.wish.unwrap_or_default()));
        let mut wishing = wishing.into_iter().map(|seat| seat.element);
        let mut elements: Vec<Element> = seats
            .iter()
            .map(
                |seat| {
                    if seat.wish.is_some() { wishing.next().unwrap_or(seat.element) } else { seat.element }
                },
            )
            .collect();
        let mut clusters: Vec<usize> = elements
            .iter()
            .filter_map(|element| match element {
                Element::Cluster(cluster) => Some(*cluster),
                Element::Item(_) => None,
            })
            .collect();
        clusters.sort_by_key(|cluster| self.lanes[*cluster]);
        let mut clusters = clusters.into_iter();
        for element in &mut elements {
            if let Element::Cluster(cluster) = element {
                *cluster = clusters.next().unwrap_or(*cluster);
            }
        }
        elements
    }

    /// Gives all rows the order of the lanes.
    fn settle(&mut self) {
        for row in 0..self.rows.len {
            self.arrange(row, |_, _| None);
        }
    }

    /// Sweeps down and up while that helps, and ends at the best order that was met.
    fn improve(&mut self, n_sweeps: usize) {
        let mut best = (self.cost(), self.current.clone(), self.lanes.clone());
        let mut n_idle = 0;
        for sweep in 0..2 * n_sweeps {
            if best.0 == 0 || n_idle >= N_PATIENCE {
                break;
            }
            self.sweep(sweep % 2 == 0);
            self.exchange_neighbours();
            let cost = self.cost();
            if cost < best.0 {
                best = (cost, self.current.clone(), self.lanes.clone());
                n_idle = 0;
            } else {
                n_idle += 1;
            }
        }
        self.restore(&best.1, &best.2);
        self.exchange_neighbours();
        if self.rows.items.len() <= FEW_ITEMS {
            for _ in 0..4 {
                if !(self.exchange_lanes() | self.exchange_elements()) {
                    break;
                }
                self.exchange_neighbours();
            }
        }
    }

    fn restore(&mut self, order: &[Vec<usize>], lanes: &[usize]) {
        self.current = order.to_vec();
        self.lanes = lanes.to_vec();
        for row in &self.current {
            for (at, item) in row.iter().enumerate() {
                self.position[*item] = at;
            }
        }
    }

    fn sweep(&mut self, is_down: bool) {
        self.wishes.fill((0.0, 0));
        for step in 1..self.rows.len {
            let row = if is_down { step } else { self.rows.len - 1 - step };
            let beside = if is_down { row - 1 } else { row + 1 };
            let width = self.current[beside].len().max(1) as f64;
            self.arrange(row, |search, item| {
                let neighbours = if is_down { &search.above[item] } else { &search.below[item] };
                let sum: usize = neighbours.iter().map(|neighbour| search.position[*neighbour]).sum();
                (!neighbours.is_empty()).then(|| sum as f64 / neighbours.len() as f64 / width)
            });
        }
        if self.lanes.len() > 1 {
            let keys: Vec<f64> =
                self.wishes.iter().map(|(sum, n)| if *n > 0 { sum / *n as f64 } else { 0.5 }).collect();
            self.set_lanes(&keys);
            self.settle();
        }
    }

    /// Exchanges items that stand side by side in one container while that saves crossings.
    fn exchange_neighbours(&mut self) {
        const N_ROUNDS: usize = 6;
        for _ in 0..N_ROUNDS {
            let mut has_gained = false;
            for row in 0..self.rows.len {
                for at in 1..self.current[row].len() {
                    let (left, right) = (self.current[row][at - 1], self.current[row][at]);
                    if self.rows.items[left].cluster != self.rows.items[right].cluster {
                        continue;
                    }
                    let (now, then) = self.crossings_of_pair(left, right);
                    if then < now {
                        self.current[row].swap(at - 1, at);
                        self.position[left] = at;
                        self.position[right] = at - 1;
                        has_gained = true;
                    }
                }
            }
            if !has_gained {
                break;
            }
        }
    }

    /// Crossings between the edges of two items as they stand, and with the items exchanged.
    fn crossings_of_pair(&self, left: usize, right: usize) -> (u64, u64) {
        let (mut now, mut then) = (0, 0);
        for side in [&self.above, &self.below] {
            let sorted = |item: usize| {
                let mut places: Vec<usize> = side[item].iter().map(|other| self.position[*other]).collect();
                places.sort_unstable();
                places
            };
            let (of_left, of_right) = (sorted(left), sorted(right));
            now += n_pairs_above(&of_left, &of_right);
            then += n_pairs_above(&of_right, &of_left);
        }
        (now, then)
    }

    /// Exchanges clusters that are next to each other in a container while that saves crossings.
    fn exchange_lanes(&mut self) -> bool {
        let mut has_gained = false;
        let mut cost = self.cost();
        let mut order: Vec<usize> = (0..self.lanes.len()).collect();
        order.sort_by_key(|cluster| (self.tree.parent(*cluster), self.lanes[*cluster]));
        for at in 1..order.len() {
            let (left, right) = (order[at - 1], order[at]);
            if self.tree.parent(left) != self.tree.parent(right) {
                continue;
            }
            let before = (self.current.clone(), self.lanes.clone());
            self.lanes.swap(left, right);
            self.settle();
            self.exchange_neighbours();
            let new = self.cost();
            if new < cost {
                cost = new;
                order.swap(at - 1, at);
                has_gained = true;
            } else {
                self.restore(&before.0, &before.1);
            }
        }
        has_gained
    }

    /// Moves items past clusters beside them while that saves crossings.
    fn exchange_elements(&mut self) -> bool {
        let mut has_gained = false;
        for row in 0..self.rows.len {
            let mut at = 0;
            while at < self.current[row].len() {
                let item = self.current[row][at];
                let home = self.rows.items[item].cluster;
                let depth = self.tree.path(home).len();
                for is_right in [true, false] {
                    let run = self.run_beside(row, at, home, depth, is_right);
                    if run == 0 {
                        continue;
                    }
                    let now = self.cost_around(row);
                    let before = self.current[row].clone();
                    if is_right {
                        self.current[row][at..=at + run].rotate_left(1);
                    } else {
                        self.current[row][at - run..=at].rotate_right(1);
                    }
                    self.reposition(row);
                    if self.cost_around(row) < now {
                        has_gained = true;
                        break;
                    }
                    self.current[row] = before;
                    self.reposition(row);
                }
                at += 1;
            }
        }
        has_gained
    }

    /// The number of items that the cluster beside the item at `at` has in the row, when a cluster of the same container
    /// stands there.
    fn run_beside(&self, row: usize, at: usize, home: Option<usize>, depth: usize, is_right: bool) -> usize {
        let items = &self.current[row];
        let path = |at: usize| self.tree.path(self.rows.items[items[at]].cluster);
        let next = if is_right { at + 1 } else { at.wrapping_sub(1) };
        if next >= items.len() || path(next).len() <= depth || !path(next).starts_with(self.tree.path(home)) {
            return 0;
        }
        let cluster = path(next)[depth];
        let is_member = |at: &usize| path(*at).get(depth) == Some(&cluster);
        if is_right {
            (next..items.len()).take_while(is_member).count()
        } else {
            (0..=next).rev().take_while(is_member).count()
        }
    }

    fn reposition(&mut self, row: usize) {
        for at in 0..self.current[row].len() {
            let item = self.current[row][at];
            self.position[item] = at;
        }
    }

    fn cost_around(&self, row: usize) -> u64 {
        let above = row.checked_sub(1).map_or(0, |upper| self.cost_below(upper));
        above + self.cost_below(row)
    }

    fn cost(&self) -> u64 {
        (0..self.rows.len).map(|row| self.cost_below(row)).sum()
    }

    /// The weighted crossings between `row` and the row below it (Barth, Jünger, Mutzel 2002).
    fn cost_below(&self, row: usize) -> u64 {
        let Some(lower_row) = self.current.get(row + 1) else {
            return 0;
        };
        // Items stand at odd places, borders of clusters at even ones.
        let mut segments: Vec<(usize, usize, u64)> = Vec::new();
        for upper in &self.current[row] {
            for lower in &self.below[*upper] {
                segments.push((2 * self.position[*upper] + 1, 2 * self.position[*lower] + 1, 1));
            }
        }
        if !self.rows.clusters.is_empty() {
            let (upper, lower) = (self.ranges(row), self.ranges(row + 1));
            for (cluster, (first, last)) in &upper {
                if let Some((lower_first, lower_last)) = lower.get(cluster) {
                    segments.push((2 * first, 2 * lower_first, BORDER_COST));
                    segments.push((2 * last + 2, 2 * lower_last + 2, BORDER_COST));
                }
            }
        }
        segments.sort_unstable();
        let mut counts = Fenwick::new(2 * lower_row.len() + 1);
        let mut cost = 0;
        let mut pending = 0;
        for index in 0..segments.len() {
            let (upper, lower, weight) = segments[index];
            cost += weight * counts.sum_above(lower);
            // Those that start at one place do not cross each other.
            if segments.get(index + 1).is_none_or(|next| next.0 != upper) {
                for (_, lower, weight) in &segments[pending..=index] {
                    counts.add(*lower, *weight);
                }
                pending = index + 1;
            }
        }
        cost
    }

    /// For each cluster of a row the first and the last place of its items.
    fn ranges(&self, row: usize) -> BTreeMap<usize, (usize, usize)> {
        let mut ranges = BTreeMap::new();
        for (at, item) in self.current[row].iter().enumerate() {
            for cluster in self.tree.path(self.rows.items[*item].cluster) {
                ranges.entry(*cluster).or_insert((at, at)).1 = at;
            }
        }
        ranges
    }
}

/// The number of pairs of which the first is larger than the second; both lists are sorted.
fn n_pairs_above(first: &[usize], second: &[usize]) -> u64 {
    let mut n = 0;
    let mut smaller = 0;
    for place in first {
        while second.get(smaller).is_some_and(|other| other < place) {
            smaller += 1;
        }
        n += smaller as u64;
    }
    n
}

/// Sums over places (Fenwick 1994).
struct Fenwick {
    sums: Vec<u64>,
    total: u64,
}

impl Fenwick {
    fn new(n_places: usize) -> Self {
        Self { sums: vec![0; n_places + 1], total: 0 }
    }

    fn add(&mut self, place: usize, weight: u64) {
        self.total += weight;
        let mut at = place + 1;
        while at < self.sums.len() {
            self.sums[at] += weight;
            at += at & at.wrapping_neg();
        }
    }

    /// The sum over all places larger than `place`.
    fn sum_above(&self, place: usize) -> u64 {
        let mut at = (place + 1).min(self.sums.len() - 1);
        let mut up_to = 0;
        while at > 0 {
            up_to += self.sums[at];
            at -= at & at.wrapping_neg();
        }
        self.total - up_to
    }
}
