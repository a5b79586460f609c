//! How one edge is written, and what edges look like.

use std::collections::BTreeMap;

use crate::mermaid::diagram::flowchart::{Edge, Flowchart, Head, Stroke};
use crate::mermaid::write::lines::Lines;
use crate::mermaid::write::text::quoted;

/// Ranks that the longest arrow spans (mermaid 12, `destructLink`).
const LONGEST: u8 = 10;

/// The arrow with its id and its label.
pub(super) fn arrow(edge: &Edge) -> String {
    let id = if edge.has_user_id { format!("{}@", edge.id) } else { String::new() };
    let label = edge.label.as_ref().map(quoted);
    let (Some(heads), Some(stroke)) = (edge.heads, edge.stroke) else {
        // Two halves that do not fit are how Mermaid comes to call an arrow invalid.
        return format!("{id}x-- {} -->", label.unwrap_or_else(|| "\" \"".to_owned()));
    };
    let length = usize::from(edge.length.unwrap_or(1).clamp(1, LONGEST));
    let end = match heads.end {
        Head::Open => "",
        Head::Point => ">",
        Head::Cross => "x",
        Head::Circle => "o",
    };
    let start = if heads.double { end.replace('>', "<") } else { String::new() };
    let n_strokes = length + usize::from(end.is_empty());
    let line = match stroke {
        Stroke::Normal => format!("-{}", "-".repeat(n_strokes)),
        Stroke::Thick => format!("={}", "=".repeat(n_strokes)),
        Stroke::Dotted => format!("-{}-", ".".repeat(length)),
        Stroke::Invisible => format!("~~{}", "~".repeat(length)),
    };
    let label = label.map(|label| format!("|{label}|")).unwrap_or_default();
    format!("{id}{start}{line}{end}{label}")
}

/// What all edges look like, then those that look alike, in order of the first.
pub(super) fn styles(chart: &Flowchart, lines: &mut Lines) {
    let mut alike: Vec<(Option<&str>, &[String], Vec<String>)> = Vec::new();
    let mut places = BTreeMap::new();
    for (index, edge) in chart.edges.iter().enumerate() {
        let look = (edge.curve.as_deref(), edge.styles.as_slice());
        if look == (None, &[]) {
            continue;
        }
        let place = *places.entry(look).or_insert(alike.len());
        if place == alike.len() {
            alike.push((look.0, look.1, Vec::new()));
        }
        alike[place].2.push(index.to_string());
    }
    let default = (chart.default_curve.as_deref(), chart.default_edge_styles.as_slice());
    if default != (None, &[]) {
        lines.push(&link_style("default", default.0, default.1));
    }
    for (curve, styles, edges) in alike {
        lines.push(&link_style(&edges.join(","), curve, styles));
    }
}

fn link_style(target: &str, curve: Option<&str>, styles: &[String]) -> String {
    let curve = curve.map(|curve| format!(" interpolate {curve}")).unwrap_or_default();
    let styles = if styles.is_empty() { String::new() } else { format!(" {}", styles.join(",")) };
    format!("linkStyle {target}{curve}{styles}")
}
