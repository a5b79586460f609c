//! Legs: the stretches of an edge inside and between clusters that are laid out by themselves, and the whole way.

use crate::draw::geometry::Point;

use super::Route;

/// How far apart the ends of two legs may be that meet at a border, px: places across the ranks are whole numbers.
const GRACE: f64 = 1.5;

/// A stretch of an edge, in the edge's direction.
#[derive(Debug, Clone)]
pub(super) struct Leg {
    /// Its place among the legs of the edge, from start to end; 0 for the outermost one.
    pub(super) place: i64,
    pub(super) route: Route,
}

/// The whole way of an edge; `None` when its legs do not meet.
pub(super) fn join(mut legs: Vec<Leg>) -> Option<Route> {
    legs.sort_by_key(|leg| leg.place);
    for at in 1..legs.len() {
        let (before, after) = legs.split_at_mut(at);
        let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) else { continue };
        // An invisible edge has no ends.
        if !before.route.points.is_empty() && !after.route.points.is_empty() {
            meet(before, after)?;
        }
    }
    Some(string(legs))
}

/// The legs one behind the other, whether they meet or not.
pub(super) fn string(mut legs: Vec<Leg>) -> Route {
    legs.sort_by_key(|leg| leg.place);
    let mut whole = Route::default();
    for leg in legs {
        whole.label = whole.label.or(leg.route.label);
        for point in leg.route.points {
            add(&mut whole.points, point);
        }
    }
    whole
}

/// Moves the inner of two legs so that it ends where the outer one does.
fn meet(before: &mut Leg, after: &mut Leg) -> Option<()> {
    if before.place.abs() > after.place.abs() {
        let target = *after.route.points.first()?;
        let mut ends = before.route.points.iter_mut().rev();
        move_end((ends.next()?, ends.next()?), target)
    } else {
        let target = *before.route.points.last()?;
        let mut ends = after.route.points.iter_mut();
        move_end((ends.next()?, ends.next()?), target)
    }
}

/// Moves the last stretch of a leg sideways so that it ends at `target`.
fn move_end((end, turn): (&mut Point, &mut Point), target: Point) -> Option<()> {
    if (end.x - target.x).abs() > GRACE || (end.y - target.y).abs() > GRACE {
        return None;
    }
    if (end.x - turn.x).abs() < (end.y - turn.y).abs() {
        turn.x = target.x;
    } else {
        turn.y = target.y;
    }
    *end = target;
    Some(())
}

/// Adds a point to a way; where the way goes straight on, the point before is left out.
fn add(points: &mut Vec<Point>, point: Point) {
    if let [.., before, last] = points[..] {
        let is_level = (before.y - last.y).abs() < 0.01 && (last.y - point.y).abs() < 0.01;
        let is_upright = (before.x - last.x).abs() < 0.01 && (last.x - point.x).abs() < 0.01;
        if is_level || is_upright {
            points.pop();
        }
    }
    if points.last().is_none_or(|last| last.distance(point) > 0.01) {
        points.push(point);
    }
}
