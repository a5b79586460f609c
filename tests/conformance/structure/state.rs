//! The canonical form of a state diagram.

use merrow::mermaid::diagram::state::StateDiagram;
use serde_json::{Value, json};

use super::titled;

pub(crate) fn of(chart: &StateDiagram) -> Value {
    titled(json!({"kind": "state"}), &chart.titles)
}
