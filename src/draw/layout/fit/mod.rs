//! Flowcharts and state diagrams redrawn for a width, not scaled.
//!
//! Every way to draw a chart in the width is tried, from the roomiest to the narrowest (attempt), and judged (verdict): in
//! layers as ever, in layers with wide ranks folded into several (fold), in one column (column). Not here: which width
//! that is.

mod attempt;
mod column;
mod fold;
#[cfg(test)]
mod laws;
mod reading;
mod verdict;

use crate::draw::scene::Scene;
use crate::draw::style::Style;
use crate::mermaid::diagram::Direction;

use super::chart::Chart;
use super::layered::Layout;

use attempt::Kind;
use verdict::Verdict;

/// Makes the chart with its labels set in a style, and turned as a whole to a direction.
pub(super) type Maker<'a> = &'a dyn Fn(&Style, Option<Direction>) -> Chart;

/// The best drawing of a chart that is no wider than `width` px; the narrowest one where none is.
pub(super) fn scene(make: Maker, style: &Style, width: f64) -> Scene {
    let drawn = |kind, step| {
        let attempt = attempt::attempt(kind, step, style, width);
        let chart = make(&attempt.style, attempt.turned);
        let graph = chart.graph();
        let layout = attempt.lay_out(&graph)?;
        let excess = chart.width(&layout, &attempt.style) - width;
        let verdict = Verdict::of(&graph, &layout, excess, attempt.style.text_size);
        Some(Drawn { verdict: verdict.of_kind(kind), style: attempt.style, chart, layout })
    };
    let mut best: Option<Drawn> = None;
    let mut consider = |drawn: Drawn| {
        if best.as_ref().is_none_or(|best| drawn.verdict.is_better_than(&best.verdict)) {
            best = Some(drawn);
        }
    };
    for kind in Kind::ALL {
        let steps = 0..kind.n_steps();
        // Where layers do not fit at their narrowest, roomier ones need not be tried. A column may still fit: a form with
        // much text is wide when its label is too narrow.
        if kind != Kind::Column
            && !drawn(kind, steps.end - 1).is_some_and(|narrowest| narrowest.verdict.fits())
        {
            continue;
        }
        for drawn in steps.filter_map(|step| drawn(kind, step)) {
            let is_good = drawn.verdict.is_good();
            consider(drawn);
            if is_good {
                break;
            }
        }
    }
    match best {
        Some(Drawn { style, chart, layout, .. }) => chart.painted(&layout, &style),
        None => make(style, None).scene(style),
    }
}

/// A chart that was laid out for the width.
struct Drawn {
    verdict: Verdict,
    style: Style,
    chart: Chart,
    layout: Layout,
}
