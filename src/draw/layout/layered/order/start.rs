//! The orders that a search begins with.

use std::collections::VecDeque;

use super::super::row::Kind;
use super::search::Search;
use super::sweep;

/// The order that a search begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// As declared.
    Declared,
    /// As a walk along the edges meets the nodes.
    DepthFirst,
    /// Against the order of declaration.
    Reversed,
    /// As a walk along the edges meets the nodes, near ones first.
    BreadthFirst,
}

/// Puts every item where `start` has it.
pub(super) fn begin(search: &mut Search, start: Start) {
    let numbers = match start {
        Start::Declared => (0..search.rows.nodes.len()).map(|node| node as f64).collect(),
        Start::Reversed => (0..search.rows.nodes.len()).map(|node| -(node as f64)).collect(),
        Start::DepthFirst | Start::BreadthFirst => walk(search, start),
    };
    let mut keys: Vec<f64> = vec![f64::MIN; search.rows.items.len()];
    for (node, item) in search.rows.nodes.iter().enumerate() {
        keys[*item] = numbers[node];
    }
    let ends: Vec<(f64, f64)> = search
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
    for (chain, (first, last)) in search.rows.chains.iter().zip(ends) {
        let n = chain.len().saturating_sub(1).max(1) as f64;
        for (index, item) in chain.iter().enumerate() {
            if !matches!(search.rows.items[*item].kind, Kind::Node(_)) {
                keys[*item] = first + (last - first) * index as f64 / n;
            }
        }
    }
    let mut first = vec![f64::MAX; search.rows.clusters.len()];
    let mut current = vec![Vec::new(); search.rows.len];
    for (index, item) in search.rows.items.iter().enumerate() {
        current[item.row].push(index);
        if let Kind::Node(_) = item.kind {
            for cluster in search.tree.path(item.cluster) {
                first[*cluster] = first[*cluster].min(keys[index]);
            }
        }
    }
    search.set_lanes(&first);
    for row in &mut current {
        row.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]).then(a.cmp(b)));
    }
    search.current = current;
    for row in 0..search.rows.len {
        sweep::arrange(search, row, |_, item| Some(keys[item]));
    }
}

/// For each node its number in a walk along the edges, sources first: near nodes first, or deep ones.
fn walk(search: &Search, start: Start) -> Vec<f64> {
    let rows = search.rows;
    let mut numbers = vec![0.0; rows.nodes.len()];
    let mut is_seen = vec![false; rows.items.len()];
    let mut next = 0.0;
    let sources = rows.nodes.iter().filter(|item| search.above[**item].is_empty());
    let mut open: VecDeque<usize> = VecDeque::new();
    let first: Vec<usize> = sources.chain(&rows.nodes).copied().collect();
    let is_deep = start == Start::DepthFirst;
    if !is_deep {
        open.extend(&first);
    }
    let mut first = first.into_iter();
    while let Some(item) = open.pop_front().or_else(|| first.next()) {
        if std::mem::replace(&mut is_seen[item], true) {
            continue;
        }
        if let Kind::Node(node) = rows.items[item].kind {
            numbers[node] = next;
            next += 1.0;
        }
        if is_deep {
            search.below[item].iter().rev().for_each(|other| open.push_front(*other));
        } else {
            open.extend(&search.below[item]);
        }
    }
    numbers
}
