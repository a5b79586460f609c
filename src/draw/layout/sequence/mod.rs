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
mod narrow;
mod neighbours;
mod note;
mod numbering;
mod place;
mod row;
mod survey;
mod sweep;
mod tint;
mod wide;

use crate::draw::measure::TextMeasure;
use crate::draw::palette::Palette;
use crate::draw::scene::{Scene, SceneKind};
use crate::draw::style::Style;
use crate::mermaid::diagram::sequence::{Event, SequenceDiagram};

use group::Group;
use head::Head;
use lettering::Lettering;
use lives::{Lives, Order};
use neighbours::Neighbours;
use survey::survey;
use sweep::Stage;

/// The height, px, that a drawing for a narrow screen may take for each participant, message and note before another way to
/// draw it is tried.
const HEIGHT_EACH: f64 = 60.0;

/// Places everything of a sequence diagram: whatever the events are, in whatever order.
///
/// With [`Style::fit`] the drawing is no wider than that: a diagram that is wider otherwise has numbered lanes with text beside
/// them. The scene's title is the diagram's and its description empty where the author gave none.
pub fn lay_out(diagram: &SequenceDiagram, style: &Style, measure: &dyn TextMeasure) -> Scene {
    let lettering = Lettering::new(measure);
    let order = Order::of(diagram);
    let lives = Lives::of(diagram, &order);
    let participants = order.participants.iter().map(|ix| diagram.participant(*ix));
    let heads: Vec<Head> = participants.map(|participant| Head::new(participant, lettering)).collect();
    let groups = Group::all(diagram, &order, lettering);
    let mut findings = survey(diagram, &order, &lives, &heads, lettering);
    let neighbours = Neighbours::new(&findings.flanks, &heads, &groups, &lives);
    neighbours.ask(&mut findings.gaps);
    let columns = findings.gaps.solve();
    let places = columns.clone();
    let stage = Stage {
        diagram,
        order: &order,
        lives: &lives,
        heads: &heads,
        script: &findings.script,
        columns: &places,
        lettering,
    };
    let fits = style.fit.is_none_or(|fit| columns.width <= fit);
    let wide = fits.then(|| wide::lay_out(stage, columns, &groups, &neighbours, style.fit));
    let most = HEIGHT_EACH * n_things(diagram) as f64;
    let (layers, size) = match (wide, style.fit) {
        (Some(wide), None) => wide,
        (Some(wide), Some(_)) if wide.1.height <= most => wide,
        (wide, fit) => {
            let narrow = narrow::lay_out(stage, &groups, fit.unwrap_or(f64::INFINITY));
            wide.filter(|wide| wide.1.height <= narrow.1.height).unwrap_or(narrow)
        }
    };
    let titles = &diagram.titles;
    Scene {
        kind: SceneKind::Sequence,
        direction: None,
        size,
        title: titles.acc_title.as_ref().or(titles.title.as_ref()).cloned().unwrap_or_default(),
        description: titles.acc_descr.clone().unwrap_or_default(),
        palette: Palette::merrow(),
        items: layers.into_items(),
    }
}

/// How many participants, messages and notes there are.
fn n_things(diagram: &SequenceDiagram) -> usize {
    let is_row = |event: &&Event| matches!(event, Event::Message(_) | Event::Note(_));
    diagram.participants.len() + diagram.events.iter().filter(is_row).count()
}
