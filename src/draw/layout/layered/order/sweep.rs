//! Barycentre sweeps: each row is ordered by where its neighbours in the row before it stand (Sugiyama et al. 1981).

use std::collections::BTreeMap;

use super::exchange;
use super::search::Search;

/// Sweeps without gain after which a start is given up.
const N_PATIENCE: usize = 4;

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

/// Sweeps down and up while that helps, and ends at the best order that was met.
pub(super) fn improve(search: &mut Search, n_sweeps: usize) {
    let mut best = (search.cost(), search.current.clone(), search.lanes.clone());
    let mut n_idle = 0;
    for sweep in 0..2 * n_sweeps {
        if best.0 == 0 || n_idle >= N_PATIENCE {
            break;
        }
        self::sweep(search, sweep % 2 == 0);
        exchange::neighbours(search);
        let cost = search.cost();
        if cost < best.0 {
            best = (cost, search.current.clone(), search.lanes.clone());
            n_idle = 0;
        } else {
            n_idle += 1;
        }
    }
    search.restore(&best.1, &best.2);
    exchange::neighbours(search);
}

fn sweep(search: &mut Search, is_down: bool) {
    let n_rows = search.rows.len;
    // For each cluster the sum and the number of its items' wishes, as parts of a row.
    let mut wishes = vec![(0.0, 0_usize); search.lanes.len()];
    for step in 1..n_rows {
        let row = if is_down { step } else { n_rows - 1 - step };
        let beside = if is_down { row - 1 } else { row + 1 };
        let width = search.current[beside].len().max(1) as f64;
        let wish = |search: &Search, item: usize| {
            let neighbours = if is_down { &search.above[item] } else { &search.below[item] };
            let sum: usize = neighbours.iter().map(|neighbour| search.position[*neighbour]).sum();
            (!neighbours.is_empty()).then(|| sum as f64 / neighbours.len() as f64 / width)
        };
        for (cluster, wish) in arrange(search, row, wish) {
            wishes[cluster].0 += wish;
            wishes[cluster].1 += 1;
        }
    }
    if wishes.len() > 1 {
        let keys: Vec<f64> =
            wishes.iter().map(|(sum, n)| if *n > 0 { sum / *n as f64 } else { 0.5 }).collect();
        search.set_lanes(&keys);
        settle(search);
    }
}

/// Gives all rows the order of the lanes.
pub(super) fn settle(search: &mut Search) {
    for row in 0..search.rows.len {
        arrange(search, row, |_, _| None);
    }
}

/// Orders a row by the wishes of its items; those without one keep their places. Returns where the clusters of the row
/// would like to be.
pub(super) fn arrange(
    search: &mut Search,
    row: usize,
    wish: impl Fn(&Search, usize) -> Option<f64>,
) -> Vec<(usize, f64)> {
    let items = std::mem::take(&mut search.current[row]);
    // By container: 0 is the canvas, 1 and above are clusters.
    let mut seats: BTreeMap<usize, Vec<Seat>> = BTreeMap::new();
    let mut sums: BTreeMap<usize, (f64, usize, usize)> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        let wish = wish(search, *item);
        for cluster in search.path(*item) {
            let (sum, n, _) = sums.entry(*cluster).or_insert((0.0, 0, at));
            if let Some(wish) = wish {
                *sum += wish;
                *n += 1;
            }
        }
        let container = search.rows.items[*item].cluster.map_or(0, |cluster| cluster + 1);
        seats.entry(container).or_default().push(Seat { element: Element::Item(*item), at, wish });
    }
    let mut wishes = Vec::new();
    for (cluster, (sum, n, at)) in sums {
        let wish = (n > 0).then(|| sum / n as f64);
        wishes.extend(wish.map(|wish| (cluster, wish)));
        let container = search.tree.parent(cluster).map_or(0, |parent| parent + 1);
        seats.entry(container).or_default().push(Seat { element: Element::Cluster(cluster), at, wish });
    }
    let mut seated: BTreeMap<usize, Vec<Element>> = BTreeMap::new();
    for (container, seats) in seats {
        seated.insert(container, seat(seats, &search.lanes));
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
    search.current[row] = ordered;
    search.reposition(row);
    wishes
}

/// The elements of one container in one row, in order.
fn seat(mut seats: Vec<Seat>, lanes: &[usize]) -> Vec<Element> {
    seats.sort_by_key(|seat| seat.at);
    let mut wishing: Vec<&Seat> = seats.iter().filter(|seat| seat.wish.is_some()).collect();
    wishing.sort_by(|a, b| a.wish.unwrap_or_default().total_cmp(&b.wish.unwrap_or_default()));
    let mut wishing = wishing.into_iter().map(|seat| seat.element);
    let mut elements: Vec<Element> = seats
        .iter()
        .map(|seat| if seat.wish.is_some() { wishing.next().unwrap_or(seat.element) } else { seat.element })
        .collect();
    let mut clusters: Vec<usize> = elements
        .iter()
        .filter_map(|element| match element {
            Element::Cluster(cluster) => Some(*cluster),
            Element::Item(_) => None,
        })
        .collect();
    clusters.sort_by_key(|cluster| lanes[*cluster]);
    let mut clusters = clusters.into_iter();
    for element in &mut elements {
        if let Element::Cluster(cluster) = element {
            *cluster = clusters.next().unwrap_or(*cluster);
        }
    }
    elements
}
