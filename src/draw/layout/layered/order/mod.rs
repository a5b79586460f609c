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

/// How much is tried.
struct Effort {
    starts: &'static [Start],
    /// Sweeps in each direction from each start, at most.
    n_sweeps: usize,
    /// Steps of moves of whole paths and clusters from each start, at most.
    n_steps: usize,
}

impl Effort {
    /// As much as the time for a graph with so many items allows.
    const fn of(n_items: usize) -> Self {
        match n_items {
            0..=800 => Self {
                starts: &[Start::Declared, Start::DepthFirst, Start::Reversed, Start::BreadthFirst],
                n_sweeps: 16,
                n_steps: 300_000,
            },
            801..=4_000 => Self { starts: &[Start::Declared, Start::DepthFirst], n_sweeps: 8, n_steps: 0 },
            _ => Self { starts: &[Start::Declared], n_sweeps: 3, n_steps: 0 },
        }
    }
}

/// The items of each row from left to right, and what that costs: weighted crossings.
pub(super) fn order(tree: &Tree, rows: &Rows) -> (Vec<Vec<usize>>, u64) {
    let mut search = Search::new(tree, rows);
    let effort = Effort::of(rows.items.len());
    let mut best: Option<(u64, Vec<Vec<usize>>)> = None;
    for start in effort.starts {
        start::begin(&mut search, *start);
        sweep::improve(&mut search, effort.n_sweeps);
        sift::improve(&mut search, effort.n_steps);
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
