//! The texts of a chart in cells, and how large the boxes around them are.

use crate::draw::board::{Border, Tone};
use crate::draw::layout::chart::{Chart, ChartNode};
use crate::draw::scene::Run;

use super::typewriter::{lines, widest, width};

/// A chart with its texts in cells.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) nodes: Vec<Card>,
    pub(super) clusters: Vec<Card>,
    /// The lines of the label of each edge.
    pub(super) labels: Vec<Vec<Vec<Run>>>,
    /// The title above it.
    pub(super) title: Vec<Vec<Run>>,
}

/// A box with text in it.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) border: Border,
    /// From top to bottom; a rule is a line across.
    pub(super) rows: Vec<Row>,
    /// Its least size: columns and rows.
    pub(super) size: (usize, usize),
    pub(super) tone: Tone,
}

/// A row of a box.
#[derive(Debug)]
pub(super) enum Row {
    Text(Vec<Run>),
    Rule,
}

impl Sheet {
    /// The texts of a chart; `borders` are those of its nodes and of its clusters.
    pub(super) fn of(chart: &Chart, borders: &(Vec<Border>, Vec<Border>)) -> Self {
        let nodes = chart.nodes.iter().zip(&borders.0).map(|(node, border)| card(node, *border));
        let clusters = chart.clusters.iter().zip(&borders.1).map(|(cluster, border)| {
            let rows: Vec<Vec<Run>> = lines(&cluster.title);
            // Corner, line and blank on either side of the title.
            let size = (widest(&rows) + 6, rows.len().max(1) + 2);
            let tone = Tone::of(cluster.paint.stroke.ink).or(Tone::of(cluster.paint.fill));
            Card {
                border: *border,
                rows: rows.into_iter().map(Row::Text).collect(),
                size,
                tone: tone.unwrap_or(Tone::Quiet),
            }
        });
        Self {
            nodes: nodes.collect(),
            clusters: clusters.collect(),
            labels: chart
                .edges
                .iter()
                .map(|edge| edge.label.as_ref().map(|text| lines(&text.label)).unwrap_or_default())
                .collect(),
            title: chart.title.as_ref().map(lines).unwrap_or_default(),
        }
    }
}

fn card(node: &ChartNode, border: Border) -> Card {
    let tone = Tone::of(node.paint.stroke.ink).or(Tone::of(node.paint.fill)).unwrap_or_default();
    let mut parts: Vec<(f64, Option<Vec<Vec<Run>>>)> =
        node.labels.iter().map(|(label, at)| (at.y, Some(lines(label)))).collect();
    parts.extend(node.rules.iter().map(|y| (*y, None)));
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rows = Vec::new();
    for (_, part) in parts {
        match part {
            Some(lines) => rows.extend(lines.into_iter().map(Row::Text)),
            None => rows.push(Row::Rule),
        }
    }
    let text = rows.iter().map(|row| match row {
        Row::Text(runs) => width(runs),
        Row::Rule => 0,
    });
    let columns = text.max().unwrap_or_default();
    let size = match border {
        Border::Dot | Border::Target => (1, 1),
        Border::Bar if node.shape.size.width < node.shape.size.height => (1, 3),
        Border::Bar => (7, 1),
        Border::None => (columns.max(1), rows.len().max(1)),
        Border::Subroutine | Border::Double => (columns + 6, rows.len().max(1) + 2),
        Border::Cylinder => (columns + 4, rows.len().max(1) + 3),
        _ => (columns + 4, rows.len().max(1) + 2),
    };
    Card { border, rows, size, tone }
}
