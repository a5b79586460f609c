//! The canonical form of a sequence diagram.

use merrow::mermaid::diagram::sequence::{
    Activation, Arrow, ArrowHead, Autonumber, Central, Event, Fragment, FragmentKind, Message, Note, Operand,
    Participant, ParticipantIx, Placement, SequenceDiagram,
};
use serde_json::{Map, Value, json};

use super::titled;

pub(crate) fn of(chart: &SequenceDiagram) -> Value {
    let structure = json!({
        "kind": "sequence",
        "actors": chart.participants.iter().map(actor).collect::<Value>(),
        "boxes": chart.boxes.iter().map(|group| json!({
            "label": group.label.as_str(),
            "fill": group.fill,
            "actors": ids(chart, &group.participants),
            "wrap": group.wrap,
        })).collect::<Value>(),
        "events": chart.events.iter().map(|event| self::event(chart, event)).collect::<Value>(),
    });
    titled(structure, &chart.titles)
}

fn ids(chart: &SequenceDiagram, participants: &[ParticipantIx]) -> Value {
    participants.iter().map(|ix| Value::from(id(chart, *ix))).collect()
}

fn id(chart: &SequenceDiagram, ix: ParticipantIx) -> &str {
    &chart.participant(ix).id
}

fn actor(participant: &Participant) -> Value {
    let links = participant.links.iter().map(|(label, url)| (label.clone(), Value::from(url.as_str())));
    json!({
        "id": participant.id,
        "label": participant.label.as_str(),
        "type": participant.role,
        "wrap": participant.wrap,
        "box": participant.in_box,
        "createdAt": participant.created_at,
        "destroyedAt": participant.destroyed_at,
        "links": links.collect::<Map<_, _>>(),
        "properties": participant.properties.iter().cloned().collect::<Map<_, _>>(),
    })
}

fn event(chart: &SequenceDiagram, event: &Event) -> Value {
    let activation = |kind: &str, activation: &Activation| json!({"type": kind, "actor": activation.id});
    match event {
        Event::Message(message) => self::message(chart, message),
        Event::Note(note) => self::note(chart, note),
        Event::Activate(start) => activation("activate", start),
        Event::Deactivate(end) => activation("deactivate", end),
        Event::CentralTo(ix) => json!({"type": "central_to", "actor": id(chart, *ix)}),
        Event::CentralFrom(ix) => json!({"type": "central_from", "actor": id(chart, *ix)}),
        Event::Open(ix) => {
            let Fragment { kind, operands, .. } = &chart.fragments[ix.0];
            operand(&format!("{}_start", kind.keyword()), &operands[0])
        }
        Event::Operand(ix, at) => {
            let Fragment { kind, operands, .. } = &chart.fragments[ix.0];
            let separator = kind.separator().expect("only fragments with separators have further operands");
            operand(&format!("{}_{separator}", family(*kind)), &operands[*at])
        }
        Event::Close(ix) => json!({"type": format!("{}_end", family(chart.fragments[ix.0].kind))}),
        Event::Autonumber(Autonumber { visible, start, step }) => {
            json!({"type": "autonumber", "visible": visible, "start": start, "step": step})
        }
    }
}

/// Mermaid closes and divides `par_over` as it does `par`.
fn family(kind: FragmentKind) -> &'static str {
    if kind == FragmentKind::ParOver { FragmentKind::Par.keyword() } else { kind.keyword() }
}

fn operand(kind: &str, operand: &Operand) -> Value {
    json!({"type": kind, "text": operand.text.as_str(), "wrap": operand.wrap})
}

fn message(chart: &SequenceDiagram, message: &Message) -> Value {
    let central = message.central.map(|central| match central {
        Central::To => "to",
        Central::From => "from",
        Central::Both => "both",
    });
    json!({
        "type": "message",
        "from": id(chart, message.from),
        "to": id(chart, message.to),
        "arrow": arrow(message.arrow),
        "text": message.text.as_str(),
        "activate": message.activate,
        "central": central,
        "wrap": message.wrap,
    })
}

fn note(chart: &SequenceDiagram, note: &Note) -> Value {
    let (first, second) = note.over;
    let (placement, actors) = match note.placement {
        Placement::LeftOf => ("left of", vec![first]),
        Placement::RightOf => ("right of", vec![first]),
        Placement::Over => ("over", vec![first, second.unwrap_or(first)]),
    };
    json!({
        "type": "note",
        "placement": placement,
        "actors": ids(chart, &actors),
        "text": note.text.as_str(),
        "wrap": note.wrap,
    })
}

fn arrow(arrow: Arrow) -> String {
    let (plain, dotted) = match arrow.head {
        ArrowHead::Open => ("solid_open", "dotted_open"),
        ArrowHead::Filled => ("solid_arrow", "dotted_arrow"),
        ArrowHead::Cross => ("solid_cross", "dotted_cross"),
        ArrowHead::Point => ("solid_point", "dotted_point"),
        ArrowHead::Bidirectional => ("bidirectional_solid", "bidirectional_dotted"),
        ArrowHead::FilledTop => ("solid_top", "solid_top_dotted"),
        ArrowHead::FilledBottom => ("solid_bottom", "solid_bottom_dotted"),
        ArrowHead::StickTop => ("stick_top", "stick_top_dotted"),
        ArrowHead::StickBottom => ("stick_bottom", "stick_bottom_dotted"),
        ArrowHead::FilledTopReverse => ("solid_top_reverse", "solid_top_reverse_dotted"),
        ArrowHead::FilledBottomReverse => ("solid_bottom_reverse", "solid_bottom_reverse_dotted"),
        ArrowHead::StickTopReverse => ("stick_top_reverse", "stick_top_reverse_dotted"),
        ArrowHead::StickBottomReverse => ("stick_bottom_reverse", "stick_bottom_reverse_dotted"),
    };
    if arrow.dotted { dotted } else { plain }.to_owned()
}
