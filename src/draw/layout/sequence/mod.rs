//! Where everything of a sequence diagram goes.
//!
//! Two passes over the events. The first ([`survey`](mod@survey)) finds what happens in which order and how far apart
//! lifelines must stand for it; the distances are wishes between lifelines that [`gaps`] meets all at once. The second
//! ([`sweep`](mod@sweep)) goes from top to bottom, each row as high as it needs to be. Neither needs recursion, however deep
//! fragments nest, and both are linear but for the logarithms of sorting.

mod activity;
mod backdrop;
pub(super) mod board;
mod dimensions;
mod fragment;
mod gaps;
mod group;
mod head;
#[cfg(test)]
mod laws;
mod layers;
mod lettering;
mod lives;
mod message;
mod neighbours;
mod note;
mod numbering;
mod place;
mod row;
mod survey;
mod sweep;
mod tint;

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::measure::TextMeasure;
use crate::draw::scene::{Anchor, Mark, Role, Scene, SceneKind};
use crate::mermaid::diagram::sequence::SequenceDiagram;

use backdrop::Backdrop;
use dimensions::{BOX_PADDING, MARGIN, ROW_GAP, TEXT_WIDTH, TITLE};
use group::Group;
use head::Head;
use layers::{Layers, item};
use lettering::{Lettering, TEXT_INK};
use lives::{Lives, Order};
use neighbours::Neighbours;
use survey::survey;
use sweep::{Stage, sweep};

/// Places everything of a sequence diagram: whatever the events are, in whatever order.
///
/// The scene's title is the diagram's and its description empty where the author gave none.
pub fn lay_out(diagram: &SequenceDiagram, measure: &dyn TextMeasure) -> Scene {
    let lettering = Lettering::new(measure);
    let order = Order::of(diagram);
    let lives = Lives::of(diagram, &order);
    let participants = order.participants.iter().map(|ix| diagram.participant(*ix));
    let heads: Vec<Head> = participants.map(|participant| Head::new(participant, lettering)).collect();
    let groups = Group::all(diagram, &order, lettering);
    let mut findings = survey(diagram, &order, &lives, &heads, lettering);
    let neighbours = Neighbours::new(&findings.flanks, &heads, &groups, &lives);
    neighbours.ask(&mut findings.gaps);
    let mut columns = findings.gaps.solve();

    let mut layers = Layers::default();
    let mut top = MARGIN;
    let titles = &diagram.titles;
    let title = titles.title.as_deref().unwrap_or_default();
    let title_width = (columns.width - 2.0 * MARGIN).max(2.0 * TEXT_WIDTH);
    let title_label = lettering.literal(title, TITLE, title_width);
    let mut marks = Vec::new();
    if !title_label.is_empty() {
        columns.widen(title_label.size.width + 2.0 * MARGIN);
        let place = Point::new(columns.width / 2.0, top);
        marks.push(Mark::Text(title_label.block(place, Anchor::Middle, TEXT_INK)));
        layers.boxes.push(item(Role::Title, marks));
        top += title_label.size.height.ceil() + ROW_GAP;
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
    let stage = Stage {
        diagram,
        order: &order,
        lives: &lives,
        heads: &heads,
        script: &findings.script,
        columns: &columns,
        lettering,
    };
    let mut bottom = sweep(stage, top, backdrop, &mut layers);
    if !groups.is_empty() {
        bottom += BOX_PADDING;
        for group in &groups {
            let (left, right) = borders(group);
            layers.boxes.push(group.item(Rect::new(left, box_top, right - left, bottom - box_top)));
        }
    }
    Scene {
        kind: SceneKind::Sequence,
        direction: None,
        size: Size::new(columns.width, bottom + MARGIN),
        title: titles.acc_title.as_deref().unwrap_or(title).to_owned(),
        description: titles.acc_descr.clone().unwrap_or_default(),
        items: layers.into_items(),
    }
}
