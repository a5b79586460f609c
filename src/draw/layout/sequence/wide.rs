//! A sequence diagram as wide as it gets: texts stand at their lines, names at both ends of lifelines.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::scene::{Anchor, Mark, Role};

use super::backdrop::Backdrop;
use super::dimensions::{BOX_PADDING, MARGIN, ROW_GAP, TEXT_WIDTH, TITLE};
use super::gaps::Columns;
use super::group::Group;
use super::layers::{Layers, item};
use super::lettering::TEXT_INK;
use super::neighbours::Neighbours;
use super::sweep::{Stage, sweep};

/// Draws everything, lifelines at `columns`; `fit` is the width in px that a title must keep. Returns the layers and the size of
/// the drawing.
pub(super) fn lay_out(
    stage: Stage<'_>,
    mut columns: Columns,
    groups: &[Group],
    neighbours: &Neighbours<'_>,
    fit: Option<f64>,
) -> (Layers, Size) {
    let mut layers = Layers::default();
    let mut top = MARGIN;
    let title = stage.diagram.titles.title.as_deref().unwrap_or_default();
    let title_width = (columns.width - 2.0 * MARGIN).max(2.0 * TEXT_WIDTH);
    let title = match fit {
        Some(fit) => stage.lettering.literal_within(title, TITLE, title_width.min(fit - 2.0 * MARGIN)),
        None => stage.lettering.literal(title, TITLE, title_width),
    };
    if !title.is_empty() {
        columns.widen(title.size.width + 2.0 * MARGIN);
        let place = Point::new(columns.width / 2.0, top);
        layers.boxes.push(item(Role::Title, vec![Mark::Text(title.block(place, Anchor::Middle, TEXT_INK))]));
        top += title.size.height.ceil() + ROW_GAP;
    }

    let borders = |group: &Group| {
        let (left, right) = neighbours.box_reach(group);
        (columns.x(group.span.0) - left, columns.x(group.span.1) + right)
    };
    let stretch = |group: &Group| {
        let (left, right) = borders(group);
        (left, right, group.fill)
    };
    let backdrop = Backdrop { boxes: groups.iter().map(stretch).collect(), backgrounds: Vec::new() };
    let title_height = groups.iter().map(|group| group.title.size.height).fold(0.0, f64::max);
    let box_top = top;
    if !groups.is_empty() {
        top += BOX_PADDING + title_height.ceil();
    }
    let stage = Stage { columns: &columns, ..stage };
    let mut bottom = sweep(stage, top, backdrop, &mut layers);
    if !groups.is_empty() {
        bottom += BOX_PADDING;
        for group in groups {
            let (left, right) = borders(group);
            layers.boxes.push(group.item(Rect::new(left, box_top, right - left, bottom - box_top)));
        }
    }
    (layers, Size::new(columns.width, bottom + MARGIN))
}
