//! The canonical form of a state diagram.

use merrow::mermaid::diagram::Direction;
use merrow::mermaid::diagram::state::{State, StateDiagram, StateIx, StateKind};
use merrow::mermaid::diagram::text::Text;
use serde_json::{Value, json};

use super::{class_defs, titled};

pub(crate) fn of(chart: &StateDiagram) -> Value {
    let id = |ix: StateIx| &chart.state(ix).id;
    let structure = json!({
        "kind": "state",
        "direction": chart.direction.name(),
        "states": chart.states.iter().map(|state| self::state(chart, state)).collect::<Value>(),
        "transitions": chart.transitions.iter().map(|transition| json!({
            "from": id(transition.from),
            "to": id(transition.to),
            "label": transition.label.as_ref().map(Text::as_str),
        })).collect::<Value>(),
        "notes": chart.notes.iter().map(|note| json!({
            "state": id(note.state),
            "position": note.position,
            "text": note.text.as_str(),
        })).collect::<Value>(),
        "classDefs": class_defs(&chart.class_defs),
        "links": chart.links.iter().map(|link| json!({
            "state": link.id,
            "url": link.url,
            "tooltip": link.tooltip,
        })).collect::<Value>(),
    });
    titled(structure, &chart.titles)
}

fn state(chart: &StateDiagram, state: &State) -> Value {
    let shape = state.kind.map(|kind| match kind {
        StateKind::Simple => "rect",
        StateKind::Described => "rectWithTitle",
        StateKind::Start => "stateStart",
        StateKind::End => "stateEnd",
        StateKind::Fork => "fork",
        StateKind::Join => "join",
        StateKind::Choice => "choice",
        StateKind::Composite => "roundedWithTitle",
        StateKind::Region => "divider",
    });
    json!({
        "id": state.id,
        "shape": shape,
        "label": state.label.as_str(),
        "parent": state.parent.map(|ix| &chart.state(ix).id),
        "group": state.direction.is_some(),
        "direction": state.direction.map(Direction::name),
        "descriptions": state.descriptions.iter().map(Text::as_str).collect::<Value>(),
        "classes": state.classes,
        "styles": state.styles,
    })
}
