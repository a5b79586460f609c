//! Flowcharts and state diagrams in cells: the layered layout says what is where, and a squeeze in either direction brings
//! that onto the grid.

use crate::draw::board::{Board, Border, Caption, Cell, Frame, LineKind, Piece, Tone, Wire};
use crate::draw::geometry::{Point, Size};
use crate::draw::layout::chart::{Chart, ChartEdge, LINE};
use crate::draw::layout::layered::{self, End, Graph, Layout, Spacing};
use crate::draw::outline::Outline;
use crate::draw::scene::Run;

use super::pass::{self, Axis, Fixed};
use super::sheet::{Card, Row, Sheet};
use super::stretch::{self, Attached, Stretch};
use super::title::crown;
use super::typewriter::{CELL, count, parted, widest, width};

/// Lays out a chart, or says that it is too large to be laid out in cells.
pub(super) fn lay_out(chart: &Chart, sheet: &Sheet) -> Option<Board> {
    let graph = graph(chart, sheet);
    let layout = layered::lay_out(&graph, &Spacing::default());
    let stretches: Vec<Vec<Stretch>> = layout.edges.iter().map(|route| stretch::of(&route.points)).collect();
    let way = pass::Way { graph: &graph, layout: &layout, stretches: &stretches, sheet, chart };
    let columns = pass::pass(&way, Axis::X, None)?;
    let rows = pass::pass(&way, Axis::Y, Some(&columns))?;
    Some(board(chart, sheet, &layout, &stretches, (&columns, &rows)))
}

/// The chart as the layered layout knows it, its sizes those of cells.
fn graph(chart: &Chart, sheet: &Sheet) -> Graph {
    let size = |size: (usize, usize)| Size::new(size.0 as f64 * CELL.0, size.1 as f64 * CELL.1);
    let mut graph = chart.graph();
    for (node, card) in graph.nodes.iter_mut().zip(&sheet.nodes) {
        node.size = size(card.size);
        node.outline = Outline::Rectangle;
    }
    for (cluster, card) in graph.clusters.iter_mut().zip(&sheet.clusters) {
        cluster.min_size = size(card.size);
        if !card.rows.is_empty() {
            cluster.title = size((card.size.0 - 2, card.rows.len()));
        }
    }
    for (edge, lines) in graph.edges.iter_mut().zip(&sheet.labels) {
        edge.label = (!lines.is_empty()).then(|| size((widest(lines) + 2, lines.len())));
    }
    graph
}

/// What is painted: clusters, edges, nodes, labels.
fn board(
    chart: &Chart,
    sheet: &Sheet,
    layout: &Layout,
    stretches: &[Vec<Stretch>],
    (columns, rows): (&Fixed, &Fixed),
) -> Board {
    // What has its side before the first cell starts there.
    let cell = |x: i64, y: i64| Cell::new(usize::try_from(x).unwrap_or(0), usize::try_from(y).unwrap_or(0));
    let frame = |x: (i64, i64), y: (i64, i64), card: &Card| Frame {
        low: cell(x.0, y.0),
        high: cell(x.1.max(x.0), y.1.max(y.0)),
        border: card.border,
        tone: card.tone,
    };
    let mut pieces = Vec::new();
    for ix in chart.outer_first() {
        let at = ix.0;
        if let (Some(card), Some(x), Some(y)) =
            (sheet.clusters.get(at), columns.clusters.get(at), rows.clusters.get(at))
        {
            pieces.push(Piece::Frame(frame(*x, *y, card)));
        }
    }
    for (index, edge) in chart.edges.iter().enumerate().filter(|(_, edge)| !edge.is_invisible) {
        let cells = stretch::cells(
            &stretches[index],
            &ends(chart, layout, index, (columns, rows)),
            |is_level, at| {
                if is_level { rows.wires[index][at] } else { columns.wires[index][at] }
            },
        );
        let cells: Vec<Cell> = cells.into_iter().map(|(x, y)| cell(x, y)).collect();
        if cells.len() > 1 {
            let (line, tone) = (line(edge), Tone::of(edge.stroke.ink).unwrap_or(Tone::Line));
            pieces.push(Piece::Wire(Wire { cells, line, start: edge.start, end: edge.end, tone }));
        }
    }
    for (index, card) in sheet.clusters.iter().enumerate() {
        let (x, y) = (columns.titles[index], rows.clusters[index].0);
        for (row, text) in card.rows.iter().enumerate() {
            if let (Row::Text(runs), Some((low, _))) = (text, x) {
                let at = cell(low, y + count(row));
                pieces.push(Piece::Caption(Caption { at, runs: parted(runs.clone()), tone: Tone::Plain }));
            }
        }
    }
    for (index, card) in sheet.nodes.iter().enumerate() {
        let (x, y) = (columns.nodes[index], rows.nodes[index]);
        pieces.push(Piece::Frame(frame(x, y, card)));
        pieces.extend(contents(card, x, y).into_iter().map(Piece::Caption));
    }
    for (index, text) in sheet.labels.iter().enumerate() {
        let (Some((left, right)), Some((top, _))) = (columns.labels[index], rows.labels[index]) else {
            continue;
        };
        let tone = Tone::of(chart.edges[index].stroke.ink).unwrap_or(Tone::Line);
        for (row, runs) in text.iter().enumerate() {
            if columns.is_beside[index] {
                let at = cell(left, top + count(row));
                pieces.push(Piece::Caption(Caption { at, runs: runs.clone(), tone }));
                continue;
            }
            let indent = (right - left + 1 - count(width(runs))).max(0) / 2;
            let at = cell(left + indent - 1, top + count(row));
            pieces.push(Piece::Caption(Caption { at, runs: parted(runs.clone()), tone }));
        }
    }
    let mut board = Board { width: columns.extent, height: rows.extent, pieces };
    crown(&mut board, &sheet.title);
    board
}

/// The texts in a box, each line in the middle.
fn contents(card: &Card, x: (i64, i64), y: (i64, i64)) -> Vec<Caption> {
    let (inner_width, inner_height) = (x.1 - x.0 + 1, y.1 - y.0 + 1);
    let lead = i64::from(card.border == Border::Cylinder);
    let top = y.0 + (inner_height - count(card.rows.len()) + lead).max(0) / 2;
    let mut captions = Vec::new();
    for (index, row) in card.rows.iter().enumerate() {
        let (text, left) = match row {
            Row::Text(runs) => (runs.clone(), x.0 + (inner_width - count(width(runs))).max(0) / 2),
            Row::Rule => {
                let rule = "─".repeat(usize::try_from(inner_width - 2).unwrap_or(0));
                (vec![Run { text: format!("├{rule}┤"), ..Run::default() }], x.0)
            }
        };
        let at =
            Cell::new(usize::try_from(left).unwrap_or(0), usize::try_from(top + count(index)).unwrap_or(0));
        let tone = if matches!(row, Row::Rule) { card.tone } else { Tone::Plain };
        captions.push(Caption { at, runs: text, tone });
    }
    captions
}

/// Where an edge leaves the border of its start and enters that of its end, in cells.
fn ends(chart: &Chart, layout: &Layout, index: usize, (columns, rows): (&Fixed, &Fixed)) -> [Attached; 2] {
    let edge = &chart.edges[index];
    let points = &layout.edges[index].points;
    let end = |end: End, at: Option<&Point>| {
        let rect = pass::rect(layout, end);
        let (x, y) = match end {
            End::Node(node) => (columns.nodes[node.0], rows.nodes[node.0]),
            End::Cluster(cluster) => (columns.clusters[cluster.0], rows.clusters[cluster.0]),
        };
        (x, y, pass::is_far(rect, at.copied().unwrap_or(rect.center())))
    };
    [end(edge.from, points.first()), end(edge.to, points.last())]
}

fn line(edge: &ChartEdge) -> LineKind {
    if !edge.stroke.dashes.is_empty() {
        LineKind::Dotted
    } else if edge.stroke.width > 1.5 * LINE {
        LineKind::Heavy
    } else {
        LineKind::Light
    }
}
