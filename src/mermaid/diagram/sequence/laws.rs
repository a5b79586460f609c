//! What holds for every sequence diagram, and what is said about wrong ones.

use proptest::prelude::*;

use super::{Event, SequenceDiagram};
use crate::base::offset_map::Excerpt;
use crate::mermaid::diagram::Diagram;
use crate::mermaid::syntax::{Problem, Remedy, SyntaxError};
use crate::mermaid::{Reading, read};

fn reading(text: &str) -> Reading {
    read(&Excerpt::whole(text, 0))
}

fn diagram(reading: &Reading) -> &SequenceDiagram {
    match &reading.diagram {
        Some(Diagram::Sequence(diagram)) => diagram,
        other => panic!("{other:?}"),
    }
}

/// The errors of the statements, each with what it points at.
fn errors(body: &str) -> Vec<(SyntaxError, String)> {
    let text = format!("sequenceDiagram\n{body}");
    let errors = reading(&text).errors;
    errors.into_iter().map(|error| (error.clone(), error.span.slice(&text).to_owned())).collect()
}

/// What is to be true of a problem.
type Check = fn(&Problem) -> bool;

#[test]
fn a_mistake_is_named_at_its_token() {
    let table: [(&str, &str, Check); 16] = [
        (
            "web => db: q",
            "=>",
            |p| matches!(p, Problem::ForeignArrow { arrow, nearest: "->>" } if arrow == "=>"),
        ),
        ("web --> : q", "-->", |p| matches!(p, Problem::MissingArrowTarget { .. })),
        ("->>db: q", "->>", |p| matches!(p, Problem::MissingArrowSource { .. })),
        ("web->>db", "db", |p| matches!(p, Problem::MissingMessageText)),
        ("web->>end: q", "end", |p| matches!(p, Problem::ReservedWord { word } if word == "end")),
        ("end", "end", |p| matches!(p, Problem::StrayEnd)),
        ("loop hourly\nand x\nend", "and", |p| {
            matches!(p, Problem::MisplacedOperand { belongs_to: "par", inside: Some(("loop", _)), .. })
        }),
        ("par x\na->>b: c", "", |p| matches!(p, Problem::Unclosed { keyword: "par", .. })),
        ("box x\nnote over a: b\nend", "note", |p| matches!(p, Problem::NotInBox { .. })),
        ("deactivate db", "db", |p| matches!(p, Problem::NotActive { id } if id == "db")),
        ("a->>b: c\ncreate actor b\na->>b: d", "b", |p| matches!(p, Problem::AlreadyExists { .. })),
        ("create actor c\na->>b: d", "a->>b", |p| matches!(p, Problem::NotCreatedByMessage { .. })),
        ("destroy c\na->>b: d", "a->>b", |p| matches!(p, Problem::NotDestroyedByMessage { .. })),
        ("note above a: b", "above a", |p| matches!(p, Problem::Unexpected { .. })),
        ("participant db: main", ":", |p| matches!(p, Problem::UnknownCharacter(':'))),
        ("participant db@{ type: [ }", "type: [", |p| matches!(p, Problem::Metadata(_))),
    ];
    for (body, at, is_expected) in table {
        let errors = errors(body);
        let [(error, found)] = errors.as_slice() else { panic!("{body:?}: {errors:?}") };
        assert!(is_expected(&error.problem), "{body:?}: {error:?}");
        assert!(found.starts_with(at), "{body:?} points at {found:?}");
    }
}

#[test]
fn the_rest_is_understood() {
    let reading = reading("sequenceDiagram\na=>b: 1\na->>b: 2\nb-->a 3\nb-->>a: 4\n");
    assert_eq!(reading.errors.len(), 2);
    assert!(matches!(&reading.errors[0].remedy, Some(Remedy::Replace(_, arrow)) if arrow == "->>"));
    let texts: Vec<&str> = diagram(&reading)
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Message(message) => Some(message.text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["2", "4"]);
}

#[test]
fn titles_are_read_and_an_open_description_describes_nothing() {
    let with_all =
        reading("sequenceDiagram\ntitle Login\naccTitle: a; b\naccDescr {\n one\n  two\n}\na->>b: c");
    let titles = &diagram(&with_all).titles;
    assert_eq!(titles.title.as_deref(), Some("Login"));
    assert_eq!(titles.acc_title.as_deref(), Some("a; b"));
    assert_eq!(titles.acc_descr.as_deref(), Some("one\ntwo"));
    let open = reading("sequenceDiagram\naccDescr { one\na->>b: c");
    assert_eq!(open.errors, []);
    assert_eq!(diagram(&open).titles.acc_descr, None);
}

#[test]
fn an_activation_needs_no_participant() {
    let reading = reading("sequenceDiagram\nactivate ghost\nactivate b\na->>b: c");
    let activated: Vec<bool> = diagram(&reading)
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Activate(activation) => Some(activation.participant.is_some()),
            _ => None,
        })
        .collect();
    assert_eq!(activated, [false, true]);
}

#[test]
fn a_remark_behind_a_statement_is_kept() {
    let comments = reading("sequenceDiagram\na->>b: c # merrow: yes\n").comments;
    assert_eq!(comments[0].text, "merrow: yes");
}

const PIECES: [&str; 44] = [
    "\n",
    ";",
    " ",
    "a",
    "b",
    "Ärger",
    "->>",
    "-->",
    "-x",
    "<<->>",
    "//-",
    "()",
    "+",
    "-",
    ":",
    ": text",
    ",",
    "#",
    "#35;",
    "%%",
    "note over ",
    "left of ",
    "participant ",
    "create actor ",
    "destroy ",
    "activate ",
    "deactivate ",
    "loop x\n",
    "alt",
    "else ",
    "par ",
    "and",
    "box red ",
    "end",
    "end\n",
    "autonumber 1.5 ",
    "title ",
    "accDescr {",
    "}",
    "@{ type: x }",
    " as ",
    "link a: b @ c",
    "links a: {\"x\": 1}",
    "🚀",
];

proptest! {
    #[test]
    fn any_text_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        let text = format!("sequenceDiagram\n{}", pieces.concat());
        let reading = reading(&text);
        for error in &reading.errors {
            prop_assert!(text.get(error.span.start as usize..error.span.end as usize).is_some(), "{error:?}");
        }
        let diagram = diagram(&reading);
        for participant in &diagram.participants {
            if !participant.id.contains('&') && !text.contains("%%") {
                prop_assert_eq!(participant.span.slice(&text), &participant.id);
            }
        }
        let mut open = Vec::new();
        for event in &diagram.events {
            match event {
                Event::Open(ix) => open.push(*ix),
                Event::Operand(ix, at) => {
                    prop_assert_eq!(open.last(), Some(ix));
                    prop_assert!(*at < diagram.fragments[ix.0].operands.len());
                }
                Event::Close(ix) => prop_assert_eq!(open.pop(), Some(*ix)),
                Event::Message(message) => {
                    prop_assert!(message.span.contains(message.ends.0) && message.span.contains(message.ends.1));
                }
                _ => {}
            }
        }
        prop_assert!(open.is_empty());
    }

    #[test]
    fn any_characters_are_read(text in "(sequenceDiagram|stateDiagram-v2)[\n ;]\\PC{0,60}") {
        reading(&text);
    }
}
