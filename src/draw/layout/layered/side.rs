//! Edges that come to a node through the left or the right side of the cluster around everything: straight in where the
//! node stands at the end of its row, else in a lane above or below it.

use std::collections::BTreeMap;

use crate::draw::geometry::{Point, Rect};
use crate::draw::outline::{Outline, Side};

use super::acyclic::{Strand, Unit};
use super::annotation::Room;
use super::height::Heights;
use super::position::Columns;
use super::row::{Item, Kind, Rows};
use super::{ClusterIx, End, Graph, NodeIx, Route};

/// Least px between two edges that come straight to one node.
const STEP: f64 = 12.0;
/// Most px between them.
const MAX_STEP: f64 = 24.0;
/// Px that edges keep from the corners of a node.
const CORNER: f64 = 10.0;

/// An edge that comes straight in.
#[derive(Debug, Clone, Copy)]
struct Straight {
    edge: usize,
    node: usize,
    side: Side,
    /// How far below the middle of the node, px.
    offset: f64,
}

/// A strand of its own for an edge that comes in a lane.
#[derive(Debug, Clone, Copy)]
struct Laned {
    edge: usize,
    /// The item at the side.
    item: usize,
    cluster: usize,
    side: Side,
}

/// The edges that come from a side.
#[derive(Debug, Default)]
pub(super) struct Sides {
    straight: Vec<Straight>,
    laned: Vec<Laned>,
}

/// An edge from a side.
#[derive(Debug, Clone, Copy)]
struct Entry {
    edge: usize,
    node: usize,
    cluster: usize,
    side: Side,
    /// It leads to the side.
    is_out: bool,
}

fn entries(graph: &Graph) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (index, edge) in graph.edges.iter().enumerate() {
        let Some(side) = edge.attachment.side else { continue };
        let (node, cluster, is_out) = match (edge.from, edge.to) {
            (End::Node(NodeIx(node)), End::Cluster(ClusterIx(cluster))) => (node, cluster, true),
            (End::Cluster(ClusterIx(cluster)), End::Node(NodeIx(node))) => (node, cluster, false),
            _ => continue,
        };
        entries.push(Entry { edge: index, node, cluster, side, is_out });
    }
    entries
}

/// Marks the edges that need a lane where there is none; true when some did.
pub(super) fn ask_for_lanes(graph: &mut Graph, rows: &Rows, order: &[Vec<usize>], rooms: &[Room]) -> bool {
    let (_, rest) = straight(graph, rows, order, rooms);
    let mut has_asked = false;
    for entry in rest {
        let attachment = &mut graph.edges[entry.edge].attachment;
        if lane(rows, entry).is_none() && !attachment.takes_lane {
            attachment.takes_lane = true;
            has_asked = true;
        }
    }
    has_asked
}

/// The edges that come straight in, and the others.
fn straight(graph: &Graph, rows: &Rows, order: &[Vec<usize>], rooms: &[Room]) -> (Vec<Straight>, Vec<Entry>) {
    let mut straight = Vec::new();
    let mut rest = Vec::new();
    let mut ends: BTreeMap<(usize, bool), Vec<Entry>> = BTreeMap::new();
    for entry in entries(graph) {
        let item = rows.nodes[entry.node];
        let row = &order[rows.items[item].row];
        let is_left = entry.side == Side::Left;
        let room = rooms.get(entry.node).copied().unwrap_or_default();
        let (end, beside) = if is_left { (row.first(), room.left) } else { (row.last(), room.right) };
        if end == Some(&item) && beside == 0.0 && !graph.edges[entry.edge].attachment.takes_lane {
            ends.entry((entry.node, is_left)).or_default().push(entry);
        } else {
            rest.push(entry);
        }
    }
    for ((node, is_left), mut entries) in ends {
        let shape = &graph.nodes[node];
        let usable = match shape.outline {
            Outline::Rectangle => (shape.size.height - 2.0 * CORNER).max(0.0),
            Outline::Ellipse | Outline::Polygon(_) => shape.size.height * 0.5,
        };
        let n_most = (usable / STEP) as usize + 1;
        rest.extend(entries.split_off(n_most.min(entries.len())));
        let n_steps = entries.len().saturating_sub(1) as f64;
        let step = if n_steps > 0.0 { (usable / n_steps).min(MAX_STEP) } else { 0.0 };
        for (at, entry) in entries.iter().enumerate() {
            straight.push(Straight {
                edge: entry.edge,
                node,
                side: if is_left { Side::Left } else { Side::Right },
                offset: ((at as f64 - n_steps / 2.0) * step).round(),
            });
        }
    }
    rest.sort_by_key(|entry| entry.edge);
    (straight, rest)
}

/// The row above and the row below the lane that the edge can take, and whether that is above its node.
///
/// An edge that comes in takes one above where it can, like all that leads down; one to a box must.
fn lane(rows: &Rows, entry: Entry) -> Option<(usize, bool)> {
    let row = rows.items[rows.nodes[entry.node]].row;
    let (first, last) = rows.clusters[entry.cluster];
    let above = (row > first).then(|| (row - 1, true));
    let below = (row < last).then_some((row + 1, false));
    if entry.is_out { below.or(above) } else { above.or(below) }
}

/// Gives each edge that comes in a lane a strand from an item at the end of the row beyond the lane.
pub(super) fn enter(
    graph: &Graph,
    rows: &mut Rows,
    order: &mut [Vec<usize>],
    strands: &mut Vec<Strand>,
    rooms: &[Room],
) -> Sides {
    let (straight, rest) = straight(graph, rows, order, rooms);
    let mut sides = Sides { straight, laned: Vec::new() };
    for entry in rest {
        let Some((row, is_above)) = lane(rows, entry) else { continue };
        let item = rows.items.len();
        let strand = strands.len();
        rows.items.push(Item {
            kind: Kind::Bend(strand),
            row,
            left: 0,
            right: 0,
            height: 0.0,
            cluster: Some(entry.cluster),
        });
        if entry.side == Side::Left {
            order[row].insert(0, item);
        } else {
            order[row].push(item);
        }
        let node = rows.nodes[entry.node];
        let (head, foot) = (Unit::Head(entry.cluster), Unit::Foot(entry.cluster));
        let (chain, upper, lower) = if is_above {
            (vec![item, node], head, Unit::Node(entry.node))
        } else {
            (vec![node, item], Unit::Node(entry.node), foot)
        };
        rows.chains.push(chain);
        strands.push(Strand { edge: entry.edge, upper, lower, is_turned: is_above == entry.is_out });
        sides.laned.push(Laned { edge: entry.edge, item, cluster: entry.cluster, side: entry.side });
    }
    sides
}

impl Sides {
    /// Moves the items at the sides to the borders.
    pub(super) fn move_to_borders(&self, columns: &mut Columns) {
        for laned in &self.laned {
            let (left, right) = columns.clusters[laned.cluster];
            columns.items[laned.item] = if laned.side == Side::Left { left } else { right };
        }
    }

    /// Draws those that come straight in, and takes from the others what leads on along the border.
    pub(super) fn draw(
        &self,
        graph: &Graph,
        rows: &Rows,
        heights: &Heights,
        nodes: &[Rect],
        columns: &Columns,
        routes: &mut [Route],
    ) {
        for laned in &self.laned {
            let points = &mut routes[laned.edge].points;
            if points.len() > 2 {
                if matches!(graph.edges[laned.edge].from, End::Cluster(_)) {
                    points.remove(0);
                } else {
                    points.pop();
                }
            }
        }
        for straight in &self.straight {
            let shape = &graph.nodes[straight.node];
            let rect = nodes[straight.node];
            let (top, bottom) = heights.rows[rows.items[rows.nodes[straight.node]].row];
            let y = f64::midpoint(top, bottom) + straight.offset;
            let inset = shape.outline.inset(shape.size, straight.side, straight.offset);
            let edge = &graph.edges[straight.edge];
            let (cluster, is_out) = match (edge.from, edge.to) {
                (End::Cluster(ClusterIx(cluster)), _) => (cluster, false),
                (_, End::Cluster(ClusterIx(cluster))) => (cluster, true),
                _ => continue,
            };
            let (left, right) = columns.clusters[cluster];
            let mut points = match straight.side {
                Side::Left => vec![Point::new(left as f64, y), Point::new(rect.x + inset, y)],
                _ => vec![Point::new(right as f64, y), Point::new(rect.right() - inset, y)],
            };
            if is_out {
                points.reverse();
            }
            if edge.is_invisible {
                points.clear();
            }
            routes[straight.edge] = Route { points, label: None };
        }
    }
}
