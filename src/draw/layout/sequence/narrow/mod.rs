//! A sequence diagram for a narrow screen: numbered lanes with text beside them, and a legend that says who has which number.
//!
//! What happens is what the survey found. Only places differ: lanes are as narrow as their numbers, texts stand in a column to
//! the right of them. Where there are so many lanes that no column is left, texts stand above their lines.

mod descent;
mod dimensions;
mod lanes;
mod legend;

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::scene::{Anchor, Area, Form, Ink, Mark, Role, Slot, Stroke};

use super::backdrop::Backdrop;
use super::dimensions::TITLE;
use super::group::Group;
use super::layers::{Layers, item};
use super::lettering::TEXT_INK;
use super::sweep::Stage;

use descent::descend;
use dimensions::{LEGEND_GAP, MARGIN};
use lanes::Lanes;
use legend::Legend;

/// Draws everything within `fit` px; returns the layers and the size of the drawing. The places of lifelines in `stage` are not
/// looked at.
pub(super) fn lay_out(stage: Stage<'_>, groups: &[Group], fit: f64) -> (Layers, Size) {
    let mut layers = Layers::default();
    let title = stage.diagram.titles.title.as_deref().unwrap_or_default();
    let lanes = Lanes::new(stage, fit);
    let legend = Legend::new(stage, groups, fit);
    let mut y = MARGIN;
    let title = stage.lettering.literal_within(title, TITLE, fit - 2.0 * MARGIN);
    if !title.is_empty() {
        let place = Point::new(fit / 2.0, y);
        layers.boxes.push(item(Role::Title, vec![Mark::Text(title.block(place, Anchor::Middle, TEXT_INK))]));
        y += title.size.height.ceil() + LEGEND_GAP;
    }
    y = legend.draw(y, true, &mut layers);

    let stretch = |group: &Group| {
        let (left, right) = lanes.around(group.span);
        (left, right, group.fill)
    };
    let top = y;
    let boxes = groups.iter().map(stretch).collect();
    let backdrop = Backdrop { boxes, backgrounds: Vec::new() };
    y = descend(stage, &lanes, top, backdrop, &mut layers);
    for group in groups {
        let (left, right) = lanes.around(group.span);
        let area = Area {
            form: Form::Rect { rect: Rect::new(left, top, right - left, y - top), radius: 4.0 },
            fill: group.fill.map_or(Ink::None, Ink::Fixed),
            stroke: Stroke { ink: Ink::Theme(Slot::ClusterStroke), width: 1.0, dashes: Vec::new() },
        };
        layers.boxes.push(item(Role::ParticipantBox, vec![Mark::Area(area)]));
    }
    if legend.has_foot() {
        y = legend.draw(y + LEGEND_GAP, false, &mut layers) - LEGEND_GAP;
    }
    (layers, Size::new(fit, (y + MARGIN).ceil()))
}
