//! Lays out one graph whose ranks grow downwards, phase by phase.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::outline::Side;

use super::acyclic::{Grouping, Strand};
use super::annotation::{Annotations, Room};
use super::compound::Tree;
use super::height::Heights;
use super::position::Columns;
use super::route::Found;
use super::row::{Rows, TitleSide, has_title};
use super::{ClusterBox, End, Graph, Layout, Route, Spacing};
use super::{acyclic, height, order, port, position, rank, route, row, side};

/// How far a loop stands out from its node, px.
const LOOP_REACH: f64 = 24.0;
/// How often clusters may grow for their titles.
const N_TRIES: usize = 4;
/// Nodes up to which clusters are tried as wholes.
const MAX_WHOLE: usize = 400;
/// What an edge against the flow costs; a crossing costs 1.
const TURN_COST: u64 = 1;
/// Between the line of a loop and its label, px.
const LOOP_LABEL_GAP: f64 = 4.0;

/// Lays out `graph` downwards, whatever its own flow; no cluster of it is empty.
pub(super) fn lay_out(graph: &Graph, titles: TitleSide, spacing: &Spacing) -> Layout {
    let mut layout = match Annotations::detach(graph) {
        None => {
            let loops = Loops::of(graph);
            let (nodes, clusters) = loops.rooms(graph);
            lay_out_bare(graph, &loops, (&nodes, &clusters), titles, spacing)
        }
        Some((bare, annotations)) => {
            let loops = Loops::of(&bare);
            let (mut nodes, mut clusters) = loops.rooms(&bare);
            annotations.reserve(&mut nodes, &mut clusters);
            let layout = lay_out_bare(&bare, &loops, (&nodes, &clusters), titles, spacing);
            annotations.attach(graph, layout, &nodes, &clusters)
        }
    };
    fit(&mut layout);
    layout
}

/// Lays out a graph without annotations; `nodes` and `clusters` are the rooms beside each.
fn lay_out_bare(
    graph: &Graph,
    loops: &Loops,
    (nodes, clusters): (&[Room], &[Room]),
    titles: TitleSide,
    spacing: &Spacing,
) -> Layout {
    let tree = Tree::of(&graph.clusters);
    let Ordered { mut strands, mut rows, mut order, .. } = ordered(graph, &tree, titles, nodes);
    if graph.edges.iter().any(|edge| edge.attachment.side.is_some()) {
        let mut wider = graph.clone();
        if side::ask_for_lanes(&mut wider, &rows, &order, nodes) {
            return lay_out_bare(&wider, loops, (nodes, clusters), titles, spacing);
        }
    }
    let sides = side::enter(graph, &mut rows, &mut order, &mut strands, nodes);
    let ports = port::sides(graph, &strands, &rows, &order);
    let outside = (titles, clusters);
    let (mut columns, ports) = position::position(graph, &tree, &rows, &order, &ports, outside, spacing);
    sides.move_to_borders(&mut columns);
    let lanes = route::lanes(&rows, &columns, &ports);
    let n_lanes = lanes.counts();
    // A title beside what its cluster holds may find no place that no edge crosses; then the cluster grows for it.
    let mut growth = vec![0.0; graph.clusters.len()];
    let mut layout = Layout::default();
    for _ in 0..N_TRIES {
        let heights = height::heights(graph, &tree, &rows, &n_lanes, (titles, &growth), spacing);
        let found = Found {
            graph,
            strands: &strands,
            rows: &rows,
            ports: &ports,
            columns: &columns,
            lanes: &lanes,
            heights: &heights,
        };
        layout = placed(found, loops, spacing);
        sides.draw(graph, &rows, &heights, &layout.nodes, &columns, &mut layout.edges);
        let mut is_done = true;
        for (cluster, shape) in graph.clusters.iter().enumerate() {
            if titles == TitleSide::Left && has_title(shape.title) {
                let rect = layout.clusters[cluster].rect;
                let found = side_title(rect, shape.title, &layout.edges, spacing);
                if found.is_none() {
                    growth[cluster] += shape.title.height + spacing.padding;
                    is_done = false;
                }
                layout.clusters[cluster].title = found.unwrap_or_else(|| {
                    let (x, y) = (rect.x + spacing.padding / 2.0, rect.y + spacing.padding);
                    Rect::new(x, y, shape.title.width, shape.title.height)
                });
            }
        }
        if is_done {
            break;
        }
    }
    layout
}

/// What stands in which row, and in which order.
struct Ordered {
    strands: Vec<Strand>,
    rows: Rows,
    order: Vec<Vec<usize>>,
    /// Weighted crossings.
    cost: u64,
}

/// Orders the graph with its clusters loose and, where edges cross then, as wholes, and takes what crosses less.
fn ordered(graph: &Graph, tree: &Tree, titles: TitleSide, rooms: &[Room]) -> Ordered {
    let find = |grouping: Grouping| {
        let strands = acyclic::strands(graph, tree, grouping);
        let ranks = rank::rank(graph, tree, &strands, grouping);
        let rows = row::rows(graph, tree, &strands, &ranks, titles, rooms);
        let (order, cost) = order::order(tree, &rows);
        Ordered { strands, rows, order, cost }
    };
    let loose = find(Grouping::Loose);
    if loose.cost == 0 || graph.clusters.len() < 2 || graph.nodes.len() > MAX_WHOLE {
        return loose;
    }
    let whole = find(Grouping::Whole);
    let n_turned =
        |ordered: &Ordered| ordered.strands.iter().filter(|strand| strand.is_turned).count() as u64;
    let price = |ordered: &Ordered| ordered.cost + TURN_COST * n_turned(ordered);
    if price(&whole) < price(&loose) { whole } else { loose }
}

/// Everything at its place; titles that run along a side are still to be placed.
fn placed(found: Found, loops: &Loops, spacing: &Spacing) -> Layout {
    let Found { graph, rows, columns, heights, .. } = found;
    let mut layout = Layout {
        nodes: boxes(graph, rows, columns, heights),
        edges: vec![Route::default(); graph.edges.len()],
        ..Layout::default()
    };
    for (edge, route) in route::routes(found, spacing) {
        layout.edges[edge] = route;
    }
    let sides = columns.clusters.iter().zip(&heights.clusters);
    let rects: Vec<Rect> = sides
        .map(|((left, right), (top, bottom))| {
            Rect::new(*left as f64, *top, (right - left) as f64, bottom - top)
        })
        .collect();
    loops.draw(graph, &rects, &mut layout);
    let title = |cluster: usize, rect: Rect| match rows.titles[cluster] {
        Some(item) => {
            let (top, bottom) = heights.rows[rows.items[item].row];
            let middle = Point::new(columns.items[item] as f64, f64::midpoint(top, bottom));
            Rect::around(middle, graph.clusters[cluster].title)
        }
        None => Rect::new(rect.x, rect.y, 0.0, 0.0),
    };
    let clusters = rects.iter().enumerate();
    layout.clusters =
        clusters.map(|(cluster, rect)| ClusterBox { rect: *rect, title: title(cluster, *rect) }).collect();
    layout
}

fn boxes(graph: &Graph, rows: &Rows, columns: &Columns, heights: &Heights) -> Vec<Rect> {
    let boxes = graph.nodes.iter().zip(&rows.nodes).map(|(shape, item)| {
        let (top, bottom) = heights.rows[rows.items[*item].row];
        Rect::around(Point::new(columns.items[*item] as f64, f64::midpoint(top, bottom)), shape.size)
    });
    boxes.collect()
}

/// A place for a title that runs along the left side of its cluster: the first that no edge crosses, if there is one.
fn side_title(rect: Rect, title: Size, routes: &[Route], spacing: &Spacing) -> Option<Rect> {
    const CLEARANCE: f64 = 5.0;
    let (left, right) = (rect.x, rect.x + title.width + spacing.padding);
    let mut crossed: Vec<f64> = Vec::new();
    for route in routes {
        for pair in route.points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let is_level = (a.y - b.y).abs() < 0.01;
            if is_level && a.x.min(b.x) < right && a.x.max(b.x) > left && rect.y < a.y && a.y < rect.bottom()
            {
                crossed.push(a.y);
            }
        }
    }
    crossed.sort_by(f64::total_cmp);
    let first = rect.y + spacing.padding;
    let mut y = first;
    for line in crossed {
        if line > y - CLEARANCE && line < y + title.height + CLEARANCE {
            y = line + CLEARANCE;
        }
    }
    let fits = y + title.height + spacing.padding <= rect.bottom() + CLEARANCE;
    fits.then(|| Rect::new(left + spacing.padding / 2.0, y, title.width, title.height))
}

/// Edges that end where they start.
struct Loops {
    /// The edges of each node and each cluster, in order.
    nodes: Vec<Vec<usize>>,
    clusters: Vec<Vec<usize>>,
}

impl Loops {
    fn of(graph: &Graph) -> Self {
        let mut nodes = vec![Vec::new(); graph.nodes.len()];
        let mut clusters = vec![Vec::new(); graph.clusters.len()];
        for (index, edge) in graph.edges.iter().enumerate().filter(|(_, edge)| edge.from == edge.to) {
            match edge.from {
                End::Node(node) => nodes[node.0].push(index),
                End::Cluster(cluster) => clusters[cluster.0].push(index),
            }
        }
        Self { nodes, clusters }
    }

    /// The rooms that loops take beside each node and each cluster.
    fn rooms(&self, graph: &Graph) -> (Vec<Room>, Vec<Room>) {
        let room = |edges: &Vec<usize>| {
            let labels = edges.iter().filter_map(|edge| graph.edges[*edge].label);
            Room {
                left: 0.0,
                right: edges.iter().map(|edge| step(graph, *edge)).sum::<f64>().ceil(),
                height: labels.map(|label| label.height).fold(0.0, f64::max),
            }
        };
        (self.nodes.iter().map(room).collect(), self.clusters.iter().map(room).collect())
    }

    fn draw(&self, graph: &Graph, clusters: &[Rect], layout: &mut Layout) {
        for (node, edges) in self.nodes.iter().enumerate() {
            let shape = &graph.nodes[node];
            let inset = |offset: f64| shape.outline.inset(shape.size, Side::Right, offset);
            draw_loops(graph, edges, layout.nodes[node], inset, &mut layout.edges);
        }
        for (cluster, edges) in self.clusters.iter().enumerate() {
            draw_loops(graph, edges, clusters[cluster], |_| 0.0, &mut layout.edges);
        }
    }
}

/// The room that a loop and its label take, px.
fn step(graph: &Graph, edge: usize) -> f64 {
    graph.edges[edge].label.map_or(LOOP_REACH, |label| LOOP_REACH + LOOP_LABEL_GAP + label.width)
}

/// Draws loops right of a box, each farther out than the one before.
fn draw_loops(graph: &Graph, edges: &[usize], rect: Rect, inset: impl Fn(f64) -> f64, routes: &mut [Route]) {
    let middle = rect.center().y;
    let mut right = rect.right();
    for (index, edge) in edges.iter().enumerate() {
        let part = (index + 1) as f64 / (edges.len() + 1) as f64;
        let offset = (rect.height * 0.45 * part).min(40.0 * part).round();
        let start = rect.right();
        let turn = right + LOOP_REACH;
        let mut points = vec![
            Point::new(start - inset(-offset), middle - offset),
            Point::new(turn, middle - offset),
            Point::new(turn, middle + offset),
            Point::new(start - inset(offset), middle + offset),
        ];
        if graph.edges[*edge].is_invisible {
            points.clear();
        }
        let label = graph.edges[*edge].label.map(|label| {
            let center = Point::new(turn + LOOP_LABEL_GAP + label.width / 2.0, middle);
            Rect::around(center, label)
        });
        right += step(graph, *edge);
        routes[*edge] = Route { points, label };
    }
}

/// Moves everything so that it begins at (0, 0), and says how large it is.
fn fit(layout: &mut Layout) {
    let mut all: Option<Rect> = None;
    let mut hold = |rect: Rect| all = Some(all.map_or(rect, |all| all.union(rect)));
    for rect in &layout.nodes {
        hold(*rect);
    }
    for cluster in &layout.clusters {
        hold(cluster.rect);
    }
    for route in &layout.edges {
        for point in &route.points {
            hold(Rect::new(point.x, point.y, 0.0, 0.0));
        }
        if let Some(label) = route.label {
            hold(label);
        }
    }
    let Some(all) = all else { return };
    shift(layout, -all.x, -all.y);
    layout.size = all.size();
}

/// Moves everything.
fn shift(layout: &mut Layout, dx: f64, dy: f64) {
    for rect in &mut layout.nodes {
        *rect = rect.moved(dx, dy);
    }
    for cluster in &mut layout.clusters {
        *cluster = cluster.moved(dx, dy);
    }
    for route in &mut layout.edges {
        *route = route.moved(dx, dy);
    }
}
