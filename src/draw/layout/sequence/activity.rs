//! Which participants are active, and how far their bars reach from their lifelines.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::dimensions::{BAR_OFFSET, BAR_WIDTH, MAX_BARS};
use super::gaps::Column;

/// The activations that are open at one moment.
#[derive(Debug, Clone)]
pub(super) struct Activity {
    /// Of each lifeline.
    depths: Vec<usize>,
    active: BTreeSet<Column>,
}

impl Activity {
    pub(super) fn new(n_columns: usize) -> Self {
        Self { depths: vec![0; n_columns], active: BTreeSet::new() }
    }

    /// How many activations of `column` are open.
    pub(super) fn depth(&self, column: Column) -> usize {
        self.depths.get(column.0).copied().unwrap_or(0)
    }

    /// Opens an activation.
    pub(super) fn start(&mut self, column: Column) {
        if let Some(depth) = self.depths.get_mut(column.0) {
            *depth += 1;
            self.active.insert(column);
        }
    }

    /// Closes the innermost activation, if one is open.
    pub(super) fn end(&mut self, column: Column) {
        if let Some(depth) = self.depths.get_mut(column.0).filter(|depth| **depth > 0) {
            *depth -= 1;
            if *depth == 0 {
                self.active.remove(&column);
            }
        }
    }

    /// Closes all activations of `column`.
    pub(super) fn end_all(&mut self, column: Column) {
        if let Some(depth) = self.depths.get_mut(column.0) {
            *depth = 0;
            self.active.remove(&column);
        }
    }

    /// The active lifelines between two others, from left to right.
    pub(super) fn between(&self, left: Column, right: Column) -> impl DoubleEndedIterator<Item = Column> {
        let bounds = (Bound::Excluded(left), Bound::Excluded(right));
        // A range that is empty in this way would be refused.
        let is_open = left < right;
        is_open.then(|| self.active.range(bounds)).into_iter().flatten().copied()
    }

    /// How far the bars of `column` reach to the right of its lifeline, px.
    pub(super) fn right(&self, column: Column) -> f64 {
        right_reach(self.depth(column))
    }

    /// How far the bars of `column` reach to the left of its lifeline, px.
    pub(super) fn left(&self, column: Column) -> f64 {
        left_reach(self.depth(column))
    }
}

/// How far `depth` bars reach to the left of their lifeline, px.
pub(super) fn left_reach(depth: usize) -> f64 {
    if depth == 0 { 0.0 } else { BAR_WIDTH / 2.0 }
}

/// How far `depth` bars reach to the right of their lifeline, px.
pub(super) fn right_reach(depth: usize) -> f64 {
    if depth == 0 { 0.0 } else { BAR_WIDTH / 2.0 + bar_offset(depth - 1) }
}

/// How far the bar above `depth` others stands to the right of its lifeline, px.
pub(super) fn bar_offset(depth: usize) -> f64 {
    depth.min(MAX_BARS - 1) as f64 * BAR_OFFSET
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_beside_each_other_and_not_beyond_a_limit() {
        let reaches: Vec<f64> = [0, 1, 2, MAX_BARS, 1000].map(right_reach).into();
        assert_eq!(reaches, [0.0, 5.0, 10.0, 30.0, 30.0]);
    }

    #[test]
    fn what_never_started_does_not_end() {
        let mut activity = Activity::new(4);
        activity.end(Column(1));
        activity.start(Column(1));
        activity.start(Column(1));
        activity.start(Column(2));
        activity.start(Column(9));
        activity.end(Column(1));
        assert_eq!((activity.depth(Column(1)), activity.depth(Column(9))), (1, 0));
        assert_eq!(activity.between(Column(0), Column(3)).collect::<Vec<_>>(), [Column(1), Column(2)]);
        assert_eq!(activity.between(Column(1), Column(2)).count(), 0);
        assert_eq!(activity.between(Column(2), Column(2)).count(), 0);
        activity.end(Column(1));
        assert_eq!(activity.between(Column(0), Column(3)).collect::<Vec<_>>(), [Column(2)]);
    }
}
