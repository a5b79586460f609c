//! Flowcharts and state diagrams redrawn for a width, not scaled.
//!
//! Every way to draw a chart in the width is tried, from the roomiest to the narrowest (attempt), and judged (verdict): in
//! layers as ever, in layers with wide ranks folded into several (fold), in one column (column). Not here: which width
//! that is.

mod attempt;
mod column;
mod lane;
mod reading;
mod verdict;

use crate::draw::scene::Scene;
use crate::draw::style::Style;
use crate::mermaid::diagram::Direction;

use super::chart::Chart;
use super::layered::Layout;

use attempt::Attempt;
use verdict::Verdict;

/// Makes the chart with its labels set in a style, and turned as a whole to a direction.
pub(super) type Maker<'a> = &'a dyn Fn(&Style, Option<Direction>) -> Chart;

/// The best drawing of a chart that is no wider than `width` px; the narrowest one where none is.
pub(super) fn scene(make: Maker, style: &Style, width: f64) -> Scene {
    let mut best: Option<(Verdict, Attempt, Chart, Layout)> = None;
    let mut kept: Option<f64> = None;
    for attempt in attempt::attempts(style, width) {
        if kept.is_some_and(|size| attempt.style.text_size < size) {
            break;
        }
        let chart = make(&attempt.style, attempt.turned);
        let graph = chart.graph();
        let Some(layout) = attempt.lay_out(&graph) else { continue };
        let verdict = Verdict::of(&graph, &layout, chart.width(&layout, &attempt.style) - width);
        if verdict.fits() {
            kept = Some(attempt.style.text_size);
        }
        if best.as_ref().is_none_or(|(known, ..)| verdict.is_better_than(known)) {
            best = Some((verdict, attempt, chart, layout));
        }
    }
    match best {
        Some((_, attempt, chart, layout)) => chart.painted(&layout, &attempt.style),
        None => make(style, None).scene(style),
    }
}
