//! The ways of edges as stretches that run level or upright in turn.

use crate::draw::geometry::Point;

/// Points nearer to each other than this, px, are one.
const SAME: f64 = 0.01;

/// A straight part of a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch {
    /// It runs sideways; else up or down.
    pub(super) is_level: bool,
    /// Where it stays: its `y` when it is level, else its `x`; px.
    pub(super) at: f64,
    /// Where it starts in the direction that it runs, px.
    pub(super) from: f64,
    /// Where it ends in that direction, px.
    pub(super) to: f64,
}

/// The stretches of a way; no two that follow each other run in the same direction.
pub(super) fn of(points: &[Point]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::with_capacity(points.len());
    let mut add = |a: Point, b: Point| {
        let is_level = (a.y - b.y).abs() < SAME;
        if is_level && (a.x - b.x).abs() < SAME {
            return;
        }
        let (at, from, to) = if is_level { (a.y, a.x, b.x) } else { (a.x, a.y, b.y) };
        match stretches.last_mut() {
            Some(last) if last.is_level == is_level => last.to = to,
            _ => stretches.push(Stretch { is_level, at, from, to }),
        }
    };
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if (a.x - b.x).abs() < SAME || (a.y - b.y).abs() < SAME {
            add(a, b);
        } else {
            let bend = Point::new(a.x, b.y);
            add(a, bend);
            add(bend, b);
        }
    }
    stretches
}

/// Columns and rows of what an end is attached to, each its first and last, and whether the end is at the last of them.
pub(super) type Attached = ((i64, i64), (i64, i64), (bool, bool));

/// The cells where a way starts, bends and ends. `place` says in which row a level stretch, in which column an upright one
/// lies.
pub(super) fn cells(
    stretches: &[Stretch],
    ends: &[Attached; 2],
    place: impl Fn(bool, usize) -> i64,
) -> Vec<(i64, i64)> {
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return Vec::new() };
    let side = |range: (i64, i64), is_far: bool| if is_far { range.1 } else { range.0 };
    let end = |(x, y, is_far): Attached, is_level: bool, at: i64| {
        if is_level { (side(x, is_far.0), at) } else { (at, side(y, is_far.1)) }
    };
    let mut cells = vec![end(ends[0], first.is_level, place(first.is_level, 0))];
    for (index, pair) in stretches.windows(2).enumerate() {
        let (one, next) = (place(pair[0].is_level, index), place(pair[1].is_level, index + 1));
        cells.push(if pair[0].is_level { (next, one) } else { (one, next) });
    }
    cells.push(end(ends[1], last.is_level, place(last.is_level, stretches.len() - 1)));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_cut_at_its_bends() {
        let point = Point::new;
        let level = |at, from, to| Stretch { is_level: true, at, from, to };
        let upright = |at, from, to| Stretch { is_level: false, at, from, to };
        let table: [(&[Point], &[Stretch]); 4] = [
            (&[point(0.0, 0.0), point(0.0, 5.0), point(0.0, 9.0)], &[upright(0.0, 0.0, 9.0)]),
            (
                &[point(0.0, 0.0), point(0.0, 5.0), point(7.0, 5.0), point(7.0, 5.0)],
                &[upright(0.0, 0.0, 5.0), level(5.0, 0.0, 7.0)],
            ),
            (&[point(0.0, 0.0), point(4.0, 5.0)], &[upright(0.0, 0.0, 5.0), level(5.0, 0.0, 4.0)]),
            (&[point(1.0, 1.0)], &[]),
        ];
        for (points, expected) in table {
            assert_eq!(of(points), expected, "{points:?}");
        }
    }
}
