//! Orders the items of each row so that few edges cross: barycentre sweeps from several starts, then exchanges of
//! neighbours, and moves of whole paths and clusters.
//!
//! A cluster's items stay together in every row, and two clusters that share rows keep one order in all of them, so that
//! every cluster can have a box. Reading order decides where crossings do not: only what saves crossings is changed.

mod crossing;
mod exchange;
mod search;
mod sift;
mod start;
mod sweep;

use search::Search;
use start::Start;

use super::compound::Tree;
use super::row::Rows;

/// Items above which only the first start is tried, and only a few sweeps are made.
const MANY_ITEMS: usize = 4_000;
/// Sweeps in each direction, at most.
const N_SWEEPS: usize = 16;
/// Steps of moves of whole paths and clusters from each start: what bounds the time of large graphs.
const N_STEPS: usize = 3_000_000;

/// The items of each row from left to right, and what that costs: weighted crossings.
pub(super) fn order(tree: &Tree, rows: &Rows) -> (Vec<Vec<usize>>, u64) {
    let mut search = Search::new(tree, rows);
    let is_large = rows.items.len() > MANY_ITEMS;
    let mut best: Option<(u64, Vec<Vec<usize>>)> = None;
    let starts: &[Start] = if is_large {
        &[Start::Declared]
    } else {
        &[Start::Declared, Start::DepthFirst, Start::Reversed, Start::BreadthFirst]
    };
    for start in starts {
        start::begin(&mut search, *start);
        sweep::improve(&mut search, if is_large { 3 } else { N_SWEEPS });
        if !is_large {
            sift::improve(&mut search, N_STEPS);
        }
        let cost = search.cost();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, search.current.clone()));
        }
        if cost == 0 {
            break;
        }
    }
    best.map(|(cost, order)| (order, cost)).unwrap_or_default()
}
