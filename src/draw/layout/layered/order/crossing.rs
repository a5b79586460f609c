//! Counts crossings between two rows.

/// A line from a place in one row to a place in the row below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub(super) upper: usize,
    pub(super) lower: usize,
    /// What a crossing with a line of weight 1 costs.
    pub(super) weight: u64,
}

/// The weighted crossings of the segments, whose lower places are below `n_places` (Barth, Jünger, Mutzel 2002).
pub(super) fn count(segments: &mut [Segment], n_places: usize) -> u64 {
    segments.sort_unstable();
    let mut counts = Fenwick::new(n_places);
    let mut cost = 0;
    let mut pending = 0;
    for index in 0..segments.len() {
        let Segment { upper, lower, weight } = segments[index];
        cost += weight * counts.sum_above(lower);
        // Those that start at one place do not cross each other.
        if segments.get(index + 1).is_none_or(|next| next.upper != upper) {
            for segment in &segments[pending..=index] {
                counts.add(segment.lower, segment.weight);
            }
            pending = index + 1;
        }
    }
    cost
}

/// The number of pairs of which the first is larger than the second; both lists are sorted.
pub(super) fn n_pairs_above(first: &[usize], second: &[usize]) -> u64 {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_pair_that_changes_sides_is_counted(raw in prop::collection::vec((0..6_usize, 0..6_usize, 1..4_u64), 0..20)) {
            let mut segments: Vec<Segment> =
                raw.iter().map(|(upper, lower, weight)| Segment { upper: *upper, lower: *lower, weight: *weight }).collect();
            let mut expected = 0;
            for (index, (upper, lower, weight)) in raw.iter().enumerate() {
                for (other_upper, other_lower, other_weight) in &raw[..index] {
                    let crosses = (upper < other_upper && lower > other_lower) || (upper > other_upper && lower < other_lower);
                    expected += u64::from(crosses) * weight * other_weight;
                }
            }
            prop_assert_eq!(count(&mut segments, 6), expected);
        }

        #[test]
        fn pairs_of_two_items_are_counted(mut first in prop::collection::vec(0..6_usize, 0..6), mut second in prop::collection::vec(0..6_usize, 0..6)) {
            first.sort_unstable();
            second.sort_unstable();
            let expected = first.iter().flat_map(|a| second.iter().filter(move |b| a > *b)).count() as u64;
            prop_assert_eq!(n_pairs_above(&first, &second), expected);
        }
    }
}
