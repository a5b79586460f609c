//! Layout on a grid of characters, for terminals.

mod chart;
mod pass;
mod sheet;
mod squeeze;
mod stretch;
pub(super) mod title;
pub(super) mod typewriter;

use std::collections::BTreeMap;

use crate::draw::board::{Board, Border};
use crate::draw::scene::Role;
use crate::draw::shape::catalogue::Family;
use crate::draw::style::Style;
use crate::mermaid::diagram::flowchart::Flowchart;
use crate::mermaid::diagram::state::{StateDiagram, StateKind};
use crate::mermaid::diagram::{Diagram, Direction};

use super::chart::Chart;

use sheet::Sheet;
use typewriter::{CELL, Typewriter};

/// How long the lines of labels may be, characters: as they read best, then shorter where the drawing is too wide.
const LINE_LENGTHS: [usize; 4] = [28, 20, 14, 9];

/// Why a diagram has no drawing in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The narrowest drawing has so many columns.
    Width(usize),
    /// It has too many parts.
    Size,
}

/// Lays out a diagram in at most `width` columns.
///
/// Labels are broken into shorter lines, and a chart is turned, before it is given up.
///
/// # Errors
/// That no layout is narrow enough.
pub fn lay_out(diagram: &Diagram, width: usize) -> Result<Board, Misfit> {
    let mut narrowest: Option<usize> = None;
    for is_turned in [false, true] {
        for length in LINE_LENGTHS {
            let style = Style { max_label_width: length as f64 * CELL.0, ..Style::default() };
            let board = match diagram {
                Diagram::Flowchart(flowchart) => {
                    let turned = is_turned.then(|| turned(flowchart.direction));
                    let chart = super::flowchart::chart(flowchart, &style, &Typewriter, turned);
                    of_chart(&chart, &flowchart_borders(flowchart))
                }
                Diagram::State(diagram) => {
                    let turned = is_turned.then(|| turned(diagram.direction));
                    let chart = super::state::chart(diagram, &style, &Typewriter, turned);
                    of_chart(&chart, &state_borders(diagram))
                }
                Diagram::Sequence(diagram) => {
                    (!is_turned).then(|| super::sequence::board::lay_out(diagram, length))
                }
            };
            let Some(board) = board else { break };
            if board.width <= width {
                return Ok(board);
            }
            narrowest = Some(narrowest.map_or(board.width, |least| least.min(board.width)));
        }
    }
    Err(narrowest.map_or(Misfit::Size, Misfit::Width))
}

/// Where a diagram flows that is turned by a quarter.
fn turned(direction: Direction) -> Direction {
    match direction {
        Direction::LeftToRight | Direction::RightToLeft => Direction::TopToBottom,
        _ => Direction::LeftToRight,
    }
}

fn of_chart(chart: &Chart, borders: &BTreeMap<String, Border>) -> Option<Board> {
    let border = |role: &Role, usual: Border| match role {
        Role::Node { id, .. } | Role::Cluster { id, .. } => borders.get(id).copied().unwrap_or(usual),
        _ => usual,
    };
    let nodes = chart.nodes.iter().map(|node| border(&node.role, Border::Dotted));
    let clusters = chart.clusters.iter().map(|cluster| border(&cluster.role, Border::Round));
    let sheet = Sheet::of(chart, &(nodes.collect(), clusters.collect()));
    chart::lay_out(chart, &sheet)
}

/// The border of each node, by its id.
fn flowchart_borders(chart: &Flowchart) -> BTreeMap<String, Border> {
    let nodes = chart.nodes.iter().filter(|node| node.subgraph.is_none());
    nodes.map(|node| (node.id.clone(), flowchart_border(Family::of(node.shape.as_ref())))).collect()
}

fn flowchart_border(family: Family) -> Border {
    match family {
        Family::Rounded | Family::Delay => Border::Round,
        Family::Stadium | Family::Circle | Family::Ellipse => Border::Stadium,
        Family::Diamond => Border::Diamond,
        Family::Hexagon => Border::Hexagon,
        Family::Subroutine => Border::Subroutine,
        Family::Cylinder | Family::Disk => Border::Cylinder,
        Family::LeanRight => Border::LeanRight,
        Family::LeanLeft => Border::LeanLeft,
        Family::Trapezoid => Border::Trapezoid,
        Family::InverseTrapezoid => Border::InverseTrapezoid,
        Family::DoubleCircle => Border::Double,
        Family::Odd => Border::Flag,
        Family::Note => Border::Dotted,
        Family::Bar => Border::Bar,
        Family::Junction | Family::SmallCircle => Border::Dot,
        Family::Stop => Border::Target,
        Family::Text | Family::BraceLeft | Family::BraceRight | Family::Braces => Border::None,
        _ => Border::Square,
    }
}

/// The border of each state that is not a note, by its id.
fn state_borders(diagram: &StateDiagram) -> BTreeMap<String, Border> {
    let border = |kind: Option<StateKind>| match kind {
        Some(StateKind::Start) => Border::Dot,
        Some(StateKind::End) => Border::Target,
        Some(StateKind::Fork | StateKind::Join) => Border::Bar,
        Some(StateKind::Choice) => Border::Diamond,
        Some(StateKind::Region) => Border::Dotted,
        _ => Border::Round,
    };
    diagram.states.iter().map(|state| (state.id.clone(), border(state.kind))).collect()
}
