//! The state of the search for an order.

use super::super::compound::Tree;
use super::super::row::Rows;
use super::crossing::{self, Segment};

/// What it costs when an edge crosses the border of a cluster; a crossing of two edges costs 1.
pub(super) const BORDER_COST: u64 = 3;

/// An order of all rows, with what is needed to judge and to change it.
pub(super) struct Search<'a> {
    pub(super) tree: &'a Tree,
    pub(super) rows: &'a Rows,
    /// For each item those that edges lead to, in the row above and in the row below.
    pub(super) above: Vec<Vec<usize>>,
    pub(super) below: Vec<Vec<usize>>,
    /// The items of each row from left to right.
    pub(super) current: Vec<Vec<usize>>,
    /// The place of each item in its row.
    pub(super) position: Vec<usize>,
    /// Clusters of one container stand in the order of these numbers.
    pub(super) lanes: Vec<usize>,
}

/// A cluster's places in a row: the first and the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) cluster: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// True when the second item stands in the row below that of the first.
pub(super) fn is_step(rows: &Rows, pair: &[usize]) -> bool {
    matches!(pair, [upper, lower] if rows.items[*upper].row + 1 == rows.items[*lower].row)
}

impl<'a> Search<'a> {
    pub(super) fn new(tree: &'a Tree, rows: &'a Rows) -> Self {
        let mut above = vec![Vec::new(); rows.items.len()];
        let mut below = vec![Vec::new(); rows.items.len()];
        for chain in &rows.chains {
            for pair in chain.windows(2).filter(|pair| is_step(rows, pair)) {
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
        }
    }

    /// The clusters around an item, outermost first.
    pub(super) fn path(&self, item: usize) -> &'a [usize] {
        self.tree.path(self.rows.items[item].cluster)
    }

    /// Orders the clusters of each container by `keys`, equal ones as they were.
    pub(super) fn set_lanes(&mut self, keys: &[f64]) {
        let mut order: Vec<usize> = (0..self.lanes.len()).collect();
        order.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]).then(self.lanes[*a].cmp(&self.lanes[*b])));
        for (lane, cluster) in order.into_iter().enumerate() {
            self.lanes[cluster] = lane;
        }
    }

    /// Goes back to an order that was met before.
    pub(super) fn restore(&mut self, order: &[Vec<usize>], lanes: &[usize]) {
        self.current = order.to_vec();
        self.lanes = lanes.to_vec();
        for row in 0..self.current.len() {
            self.reposition(row);
        }
    }

    /// Notes where the items of a row stand.
    pub(super) fn reposition(&mut self, row: usize) {
        for (at, item) in self.current[row].iter().enumerate() {
            self.position[*item] = at;
        }
    }

    /// What the whole order costs: weighted crossings.
    pub(super) fn cost(&self) -> u64 {
        self.cost_between(0, self.rows.len)
    }

    /// What crosses below the rows from `first` to before `end`.
    pub(super) fn cost_between(&self, first: usize, end: usize) -> u64 {
        let mut segments = Vec::new();
        (first..end).map(|row| self.cost_below(row, &mut segments)).sum()
    }

    /// The weighted crossings between `row` and the row below it. `segments` is room to work in.
    fn cost_below(&self, row: usize, segments: &mut Vec<Segment>) -> u64 {
        let Some(lower_row) = self.current.get(row + 1) else {
            return 0;
        };
        segments.clear();
        // Items stand at odd places, borders of clusters at even ones.
        for upper in &self.current[row] {
            for lower in &self.below[*upper] {
                let (upper, lower) = (2 * self.position[*upper] + 1, 2 * self.position[*lower] + 1);
                segments.push(Segment { upper, lower, weight: 1 });
            }
        }
        for (upper, lower) in self.shared_ranges(row) {
            let weight = BORDER_COST;
            segments.push(Segment { upper: 2 * upper.first, lower: 2 * lower.first, weight });
            segments.push(Segment { upper: 2 * upper.last + 2, lower: 2 * lower.last + 2, weight });
        }
        crossing::count(segments, 2 * lower_row.len() + 1)
    }

    /// The places of the clusters that stand in `row` and in the row below it.
    pub(super) fn shared_ranges(&self, row: usize) -> Vec<(Range, Range)> {
        if self.rows.clusters.is_empty() {
            return Vec::new();
        }
        let (upper, lower) = (self.ranges(row), self.ranges(row + 1));
        let mut lower = lower.into_iter().peekable();
        let mut shared = Vec::new();
        for range in upper {
            while lower.next_if(|other| other.cluster < range.cluster).is_some() {}
            if let Some(other) = lower.next_if(|other| other.cluster == range.cluster) {
                shared.push((range, other));
            }
        }
        shared
    }

    /// The places of each cluster of a row, by cluster.
    fn ranges(&self, row: usize) -> Vec<Range> {
        let mut ranges: Vec<Range> = Vec::new();
        // Those that hold the item before, outermost first.
        let mut open: Vec<usize> = Vec::new();
        let mut open_path: &[usize] = &[];
        for (at, item) in self.current[row].iter().enumerate() {
            let path = self.path(*item);
            let n_shared = open_path.iter().zip(path).take_while(|(a, b)| a == b).count();
            open.truncate(n_shared);
            for cluster in &path[n_shared..] {
                open.push(ranges.len());
                ranges.push(Range { cluster: *cluster, first: at, last: at });
            }
            for index in &open {
                ranges[*index].last = at;
            }
            open_path = path;
        }
        ranges.sort_by_key(|range| range.cluster);
        ranges
    }
}
