//! The canonical form of a sequence diagram.

use merrow::mermaid::diagram::sequence::SequenceDiagram;
use serde_json::{Value, json};

use super::titled;

pub(crate) fn of(chart: &SequenceDiagram) -> Value {
    titled(json!({"kind": "sequence"}), &chart.titles)
}
