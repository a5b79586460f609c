//! One column: everything below each other on one axis, in reading order.
//!
//! What leads to the next thing is a straight line on the axis. Everything else runs in lanes beside the column, downwards
//! at the right and upwards at the left; edges that share an end share a lane. A label stands below the start of its edge.
//! So a graph needs no more width than its widest node and its lanes, however many nodes it has.

mod lane;
mod place;
mod stack;
mod way;

use crate::draw::layout::layered::{Graph, Layout};

use super::reading::{self, Scopes};

use stack::Stack;
use way::Ways;

/// Room in a column, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    /// Between two things without a line between them.
    pub(super) gap: f64,
    /// Between two things with a line and its tip between them.
    pub(super) stub: f64,
    /// Between two lanes.
    pub(super) lane: f64,
    /// Between the border of a cluster and what it holds.
    pub(super) padding: f64,
    /// The width that is to be kept.
    pub(super) width: f64,
}

/// Between a line that leads to a label and the label, px.
const LEAD: f64 = 8.0;
/// Between a label and what is above or below it, px.
const AIR: f64 = 4.0;

/// Lays out `graph` in one column.
pub(super) fn lay_out(graph: &Graph, room: &Room) -> Layout {
    let scopes = Scopes::of(graph);
    let steps = reading::reading(graph, &scopes);
    let ways = Ways::of(graph, &scopes, &steps, room);
    let stack = Stack::of(graph, &steps, &ways, room);
    place::place(graph, &scopes, &ways, &stack, room)
}
