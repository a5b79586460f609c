//! Nodes that stand beside what they annotate, in its rank, such as the notes of states.
//!
//! The layout knows them as room left or right of what they annotate; they get their places when everything else has its own.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::Side;

use super::{Beside, ClusterIx, End, Graph, Layout, NodeIx, Route};

/// Between what is annotated and its annotations, px.
const GAP: f64 = 22.0;
/// Between two annotations on one side, one below the other, px.
const STEP: f64 = 10.0;
/// Between an annotation of a cluster and an edge that passes it, px.
const CLEARANCE: f64 = 6.0;

/// Room that is kept free beside something.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Room {
    /// Left of it, px.
    pub(super) left: f64,
    /// Right of it, px.
    pub(super) right: f64,
    /// Around its middle, px.
    pub(super) height: f64,
}

/// The annotations of a graph, taken out of it.
#[derive(Debug)]
pub(super) struct Annotations {
    /// Those on one side of one thing each, in the order of the edges.
    stacks: Vec<Stack>,
    /// The nodes and edges that are left, by their indices in the whole graph.
    nodes: Vec<usize>,
    edges: Vec<usize>,
}

/// Annotations on one side of one thing.
#[derive(Debug)]
struct Stack {
    /// What is annotated, in the graph without annotations.
    of: End,
    side: Beside,
    /// Node and edge of each, in the whole graph, and the size of the node.
    notes: Vec<(usize, usize, Size)>,
}

impl Stack {
    fn size(&self) -> Size {
        let width = self.notes.iter().map(|(.., size)| size.width).fold(0.0, f64::max);
        let height: f64 = self.notes.iter().map(|(.., size)| size.height).sum();
        Size::new(width, height + STEP * self.notes.len().saturating_sub(1) as f64)
    }
}

impl Annotations {
    /// Takes the annotations out of a graph; `None` when it has none.
    ///
    /// A node that further edges lead to is none: it has a place of its own.
    pub(super) fn detach(graph: &Graph) -> Option<(Graph, Self)> {
        let mut n_edges = vec![0_usize; graph.nodes.len()];
        for end in graph.edges.iter().flat_map(|edge| [edge.from, edge.to]) {
            if let End::Node(NodeIx(node)) = end {
                n_edges[node] += 1;
            }
        }
        // The side, the annotation and what it annotates.
        let annotation = |edge: &super::Edge| {
            let side = edge.beside?;
            let (note, of) = match side {
                Beside::Left => (edge.from, edge.to),
                Beside::Right => (edge.to, edge.from),
            };
            let End::Node(NodeIx(node)) = note else { return None };
            (n_edges[node] == 1).then_some((side, node, of))
        };
        let mut is_detached = vec![false; graph.nodes.len()];
        for (_, node, _) in graph.edges.iter().filter_map(annotation) {
            is_detached[node] = true;
        }
        if !is_detached.contains(&true) {
            return None;
        }
        let mut bare = Graph { flow: graph.flow, clusters: graph.clusters.clone(), ..Graph::default() };
        let mut found = Self { stacks: Vec::new(), nodes: Vec::new(), edges: Vec::new() };
        let mut local = vec![NodeIx(0); graph.nodes.len()];
        for (index, node) in graph.nodes.iter().enumerate().filter(|(index, _)| !is_detached[*index]) {
            local[index] = NodeIx(bare.nodes.len());
            found.nodes.push(index);
            bare.nodes.push(node.clone());
        }
        let end = |end: End| match end {
            End::Node(NodeIx(node)) => End::Node(local[node]),
            End::Cluster(_) => end,
        };
        for (index, edge) in graph.edges.iter().enumerate() {
            if let Some((side, node, of)) = annotation(edge) {
                let of = end(of);
                let note = (node, index, graph.nodes[node].size);
                match found.stacks.iter_mut().find(|stack| stack.of == of && stack.side == side) {
                    Some(stack) => stack.notes.push(note),
                    None => found.stacks.push(Stack { of, side, notes: vec![note] }),
                }
            } else {
                found.edges.push(index);
                bare.edges.push(super::Edge { from: end(edge.from), to: end(edge.to), ..edge.clone() });
            }
        }
        for stack in &found.stacks {
            if let End::Cluster(ClusterIx(cluster)) = stack.of {
                let least = &mut bare.clusters[cluster].min_size;
                least.height = least.height.max(stack.size().height);
            }
        }
        Some((bare, found))
    }

    /// Adds the room that annotations take to that of nodes and of clusters.
    pub(super) fn reserve(&self, nodes: &mut [Room], clusters: &mut [Room]) {
        for stack in &self.stacks {
            let room = match stack.of {
                End::Node(NodeIx(node)) => &mut nodes[node],
                End::Cluster(ClusterIx(cluster)) => &mut clusters[cluster],
            };
            let size = stack.size();
            match stack.side {
                Beside::Left => room.left += GAP + size.width,
                Beside::Right => room.right += GAP + size.width,
            }
            room.height = room.height.max(size.height);
        }
    }

    /// The layout of the whole graph, from that of the graph without annotations. `nodes` and `clusters` are the rooms with
    /// what [`Self::reserve`] added.
    pub(super) fn attach(&self, graph: &Graph, bare: Layout, nodes: &[Room], clusters: &[Room]) -> Layout {
        let mut whole = Layout {
            size: bare.size,
            nodes: vec![Rect::default(); graph.nodes.len()],
            clusters: bare.clusters,
            edges: vec![Route::default(); graph.edges.len()],
        };
        for (index, rect) in self.nodes.iter().zip(bare.nodes) {
            whole.nodes[*index] = rect;
        }
        for (index, route) in self.edges.iter().zip(bare.edges) {
            whole.edges[*index] = route;
        }
        for stack in &self.stacks {
            let (rect, room, outline) = match stack.of {
                End::Node(NodeIx(node)) => {
                    let index = self.nodes[node];
                    (whole.nodes[index], nodes[node], Some(&graph.nodes[index].outline))
                }
                End::Cluster(ClusterIx(cluster)) => (whole.clusters[cluster].rect, clusters[cluster], None),
            };
            let size = stack.size();
            // Loops stand nearer than annotations.
            let x = match stack.side {
                Beside::Left => rect.x - room.left,
                Beside::Right => rect.right() + room.right - size.width,
            };
            let mut y = match stack.of {
                End::Node(_) => rect.center().y - size.height / 2.0,
                End::Cluster(_) => free_place(rect, x, size, &whole.edges),
            };
            for (node, edge, size_of_note) in &stack.notes {
                let x = match stack.side {
                    Beside::Left => x + size.width - size_of_note.width,
                    Beside::Right => x,
                };
                let note = Rect::new(x, y, size_of_note.width, size_of_note.height);
                y = note.bottom() + STEP;
                whole.nodes[*node] = note;
                let inset = |side: Side, at: f64| {
                    outline.map_or(0.0, |outline| outline.inset(rect.size(), side, at - rect.center().y))
                };
                let height = note.center().y;
                let at = height.clamp(rect.y + rect.height * 0.2, rect.bottom() - rect.height * 0.2);
                let (border, side) = match stack.side {
                    Beside::Left => (Point::new(rect.x + inset(Side::Left, at), at), note.right()),
                    Beside::Right => (Point::new(rect.right() - inset(Side::Right, at), at), note.x),
                };
                let mut points = vec![border];
                if (at - height).abs() > 0.5 {
                    let between = f64::midpoint(border.x, side);
                    points.extend([Point::new(between, at), Point::new(between, height)]);
                }
                points.push(Point::new(side, height));
                if stack.side == Beside::Left {
                    points.reverse();
                }
                whole.edges[*edge] = Route { points, label: None };
            }
        }
        whole
    }
}

/// The upper edge of the place beside a cluster, nearest to its middle, that no edge crosses; the middle if there is none.
fn free_place(rect: Rect, x: f64, size: Size, routes: &[Route]) -> f64 {
    let (least, most) = (rect.y, (rect.bottom() - size.height).max(rect.y));
    let middle = (rect.center().y - size.height / 2.0).clamp(least, most);
    let crossed: Vec<(f64, f64)> = routes
        .iter()
        .flat_map(|route| route.points.windows(2))
        .filter(|pair| {
            let (a, b) = (pair[0], pair[1]);
            a.x.min(b.x) < x + size.width + GAP && a.x.max(b.x) > x - GAP
        })
        .map(|pair| (pair[0].y.min(pair[1].y) - CLEARANCE, pair[0].y.max(pair[1].y) + CLEARANCE))
        .collect();
    let is_free = |y: f64| crossed.iter().all(|(top, bottom)| *bottom <= y || y + size.height <= *top);
    let beside = crossed.iter().flat_map(|(top, bottom)| [top - size.height, *bottom]);
    let places = std::iter::once(middle).chain(beside.filter(|y| (least..=most).contains(y)));
    let free = places.filter(|y| is_free(*y));
    free.min_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs())).unwrap_or(middle)
}
