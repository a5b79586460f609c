//! How far apart lifelines stand: wishes of texts, met with little width.

/// The place of a lifeline among the others, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column(pub(super) usize);

/// Wishes for distances between lifelines.
///
/// The left and the right edge of the drawing are stations like the lifelines, so that margins are wishes too.
#[derive(Debug, Clone)]
pub(super) struct Gaps {
    /// What is asked for between two stations, in the order of asking.
    wishes: Vec<Wish>,
    n_columns: usize,
}

/// Two stations, the left one first, and how far apart they are at least, px.
#[derive(Debug, Clone, Copy)]
struct Wish {
    from: usize,
    to: usize,
    distance: f64,
}

impl Gaps {
    /// No wishes between `n_columns` lifelines.
    pub(super) fn new(n_columns: usize) -> Self {
        Self { wishes: Vec::new(), n_columns }
    }

    /// Asks for `distance` px between two lifelines, the left one first.
    pub(super) fn between(&mut self, left: Column, right: Column, distance: f64) {
        self.wishes.push(Wish { from: left.0 + 1, to: right.0 + 1, distance });
    }

    /// Asks for `distance` px between a lifeline and the station left of it: a lifeline, or the edge of the drawing.
    pub(super) fn before(&mut self, column: Column, distance: f64) {
        self.wishes.push(Wish { from: column.0, to: column.0 + 1, distance });
    }

    /// Asks for `distance` px between a lifeline and the station right of it: a lifeline, or the edge of the drawing.
    pub(super) fn behind(&mut self, column: Column, distance: f64) {
        self.wishes.push(Wish { from: column.0 + 1, to: column.0 + 2, distance });
    }

    /// Meets every wish: wishes for few gaps first, and what is then missing for many is spread evenly over them.
    ///
    /// All places are whole px, in O(wishes × log).
    pub(super) fn solve(mut self) -> Columns {
        let n_gaps = self.n_columns + 1;
        self.wishes.retain(|wish| wish.from < wish.to);
        self.wishes.sort_by(|a, b| {
            let key = |wish: &Wish| (wish.to - wish.from, wish.from);
            key(a).cmp(&key(b)).then(b.distance.total_cmp(&a.distance))
        });
        self.wishes.dedup_by_key(|wish| (wish.from, wish.to));
        let mut widths = RangeSums::new(n_gaps);
        for wish in &self.wishes {
            let missing = wish.distance - widths.sum(wish.from, wish.to);
            if missing > 0.0 {
                let share = missing / (wish.to - wish.from) as f64;
                widths.add(wish.from, wish.to, share.ceil());
            }
        }
        let mut stations = Vec::with_capacity(n_gaps);
        for gap in 0..n_gaps {
            let before = stations.last().copied().unwrap_or(0.0);
            stations.push(before + widths.sum(gap, gap + 1).max(0.0));
        }
        let width = stations.pop().unwrap_or(0.0);
        Columns { xs: stations, width }
    }
}

/// Where the lifelines stand.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// From left to right, px.
    xs: Vec<f64>,
    /// Between the edges of the drawing, px.
    pub(super) width: f64,
}

impl Columns {
    /// Lifelines at these places, from left to right, in a drawing of this width, px.
    pub(super) fn at(xs: Vec<f64>, width: f64) -> Self {
        Self { xs, width }
    }

    /// The lifeline's distance from the left edge, px.
    pub(super) fn x(&self, column: Column) -> f64 {
        self.xs.get(column.0).copied().unwrap_or(self.width / 2.0)
    }

    /// How many lifelines there are.
    pub(super) fn count(&self) -> usize {
        self.xs.len()
    }

    /// The lifelines that stand between two places, borders not included.
    pub(super) fn within(&self, left: f64, right: f64) -> std::ops::Range<usize> {
        let first = self.xs.partition_point(|x| *x <= left);
        let end = self.xs.partition_point(|x| *x < right);
        first..end.max(first)
    }

    /// Widens the drawing to `width` px, with as much on the left as on the right.
    pub(super) fn widen(&mut self, width: f64) {
        let by = ((width - self.width) / 2.0).ceil().max(0.0);
        for x in &mut self.xs {
            *x += by;
        }
        self.width += 2.0 * by;
    }
}

/// Numbers, all zero at first, of which ranges are raised and summed up in O(log n): two Fenwick trees.
#[derive(Debug)]
struct RangeSums {
    /// Differences between neighbours.
    steps: Vec<f64>,
    /// Differences, each times its index.
    weighted: Vec<f64>,
}

impl RangeSums {
    fn new(n: usize) -> Self {
        Self { steps: vec![0.0; n + 2], weighted: vec![0.0; n + 2] }
    }

    /// Adds `by` to each number from `from` to before `to`.
    fn add(&mut self, from: usize, to: usize, by: f64) {
        self.step(from, by);
        self.step(to, -by);
    }

    fn step(&mut self, at: usize, by: f64) {
        let mut node = at + 1;
        while node < self.steps.len() {
            self.steps[node] += by;
            self.weighted[node] += by * at as f64;
            node += node & node.wrapping_neg();
        }
    }

    /// The sum of the numbers from `from` to before `to`.
    fn sum(&self, from: usize, to: usize) -> f64 {
        self.prefix(to) - self.prefix(from)
    }

    fn prefix(&self, end: usize) -> f64 {
        let (mut steps, mut weighted) = (0.0, 0.0);
        let mut node = end;
        while node > 0 {
            steps += self.steps[node];
            weighted += self.weighted[node];
            node &= node - 1;
        }
        steps * end as f64 - weighted
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn solved(n_columns: usize, wishes: &[(usize, usize, f64)]) -> Vec<f64> {
        let mut gaps = Gaps::new(n_columns);
        for (left, right, distance) in wishes {
            gaps.between(Column(*left), Column(*right), *distance);
        }
        gaps.solve().xs
    }

    #[test]
    fn a_wish_across_several_gaps_is_spread() {
        assert_eq!(solved(4, &[(0, 3, 300.0)]), [0.0, 100.0, 200.0, 300.0]);
        assert_eq!(solved(3, &[(0, 2, 300.0), (0, 1, 100.0), (1, 2, 200.0)]), [0.0, 100.0, 300.0]);
        assert_eq!(solved(3, &[(0, 2, 300.0), (0, 1, 200.0)]), [0.0, 250.0, 300.0]);
        assert_eq!(solved(2, &[(0, 1, 10.0), (0, 1, 30.0), (1, 1, 99.0), (0, 1, 20.0)]), [0.0, 30.0]);
    }

    #[test]
    fn edges_are_stations() {
        let mut gaps = Gaps::new(2);
        gaps.before(Column(0), 20.0);
        gaps.before(Column(1), 50.0);
        gaps.behind(Column(1), 30.0);
        let mut columns = gaps.solve();
        assert_eq!((columns.x(Column(0)), columns.x(Column(1)), columns.width), (20.0, 70.0, 100.0));
        assert_eq!(columns.within(20.0, 71.0), 1..2);
        columns.widen(120.0);
        assert_eq!((columns.x(Column(0)), columns.width), (30.0, 120.0));
    }

    proptest! {
        #[test]
        fn every_wish_is_met(wishes in prop::collection::vec((0..9_usize, 0..9_usize, 0.0..500.0), 0..40)) {
            let wishes: Vec<_> = wishes.into_iter().map(|(a, b, d)| (a.min(b), a.max(b), d)).collect();
            let xs = solved(9, &wishes);
            for (left, right, distance) in wishes {
                prop_assert!(left == right || xs[right] - xs[left] >= distance - 1e-6);
            }
            prop_assert!(xs.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }
}
