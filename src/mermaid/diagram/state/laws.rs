//! What holds for every state diagram, and what is said about wrong ones.

use proptest::prelude::*;

use super::{StateDiagram, StateKind};
use crate::base::offset_map::Excerpt;
use crate::mermaid::diagram::Diagram;
use crate::mermaid::syntax::{Problem, SyntaxError};
use crate::mermaid::{Reading, read};

fn reading(text: &str) -> Reading {
    read(&Excerpt::whole(text, 0))
}

fn diagram(reading: &Reading) -> &StateDiagram {
    match &reading.diagram {
        Some(Diagram::State(diagram)) => diagram,
        other => panic!("{other:?}"),
    }
}

/// The errors of the statements, each with what it points at.
fn errors(body: &str) -> Vec<(SyntaxError, String)> {
    let text = format!("stateDiagram-v2\n{body}");
    let errors = reading(&text).errors;
    errors.into_iter().map(|error| (error.clone(), error.span.slice(&text).to_owned())).collect()
}

/// What is to be true of a problem.
type Check = fn(&Problem) -> bool;

#[test]
fn a_mistake_is_named_at_its_token() {
    let table: [(&str, &str, Check); 17] = [
        ("idle -> busy", "->", |p| matches!(p, Problem::ForeignArrow { nearest: "-->", .. })),
        ("idle ---> busy", "--->", |p| matches!(p, Problem::ForeignArrow { .. })),
        ("idle-busy", "-", |p| matches!(p, Problem::UnknownCharacter('-'))),
        ("idle --> busy --> idle", "-->", |p| matches!(p, Problem::ChainedArrow { .. })),
        ("idle -->\nbusy", "-->", |p| matches!(p, Problem::MissingArrowTarget { .. })),
        ("--> busy", "-->", |p| matches!(p, Problem::MissingArrowSource { .. })),
        ("idle --> \"busy\"", "\"busy\"", |p| matches!(p, Problem::QuotedId)),
        ("idle :", ":", |p| matches!(p, Problem::EmptyDescription)),
        ("default --> busy", "default", |p| matches!(p, Problem::ReservedWord { .. })),
        ("state on {\nidle", "", |p| matches!(p, Problem::Unclosed { closer: "}", n_more: 0, .. })),
        ("on {\nidle\n}", "{", |p| matches!(p, Problem::CompositeWithoutState)),
        ("state on air {\nidle\n}", "on air", |p| matches!(p, Problem::CompositeNameWithBlanks)),
        ("state on as air", "as", |p| matches!(p, Problem::AliasWithoutText)),
        ("state \"on air", "\"", |p| matches!(p, Problem::UnclosedQuote { .. })),
        ("state \"on air\"\nidle", "", |p| matches!(p, Problem::Unexpected { .. })),
        ("note left of idle\nlong", "idle", |p| matches!(p, Problem::UnclosedNote { .. })),
        ("state on {\nidle\n}\non : a\non : b", "b", |p| matches!(p, Problem::SeveralDescriptions { .. })),
    ];
    for (body, at, is_expected) in table {
        let errors = errors(body);
        let [(error, found)] = errors.as_slice() else { panic!("{body:?}: {errors:?}") };
        assert!(is_expected(&error.problem), "{body:?}: {error:?}");
        assert!(found.starts_with(at), "{body:?} points at {found:?}");
    }
}

/// One line for each state: its id, its kind, what holds it.
fn outline(text: &str) -> Vec<String> {
    let reading = reading(text);
    assert_eq!(reading.errors, []);
    let diagram = diagram(&reading);
    let line = |state: &super::State| {
        let parent = state.parent.map_or("", |ix| diagram.state(ix).id.as_str());
        format!("{} {:?} in {parent:?}", state.id, state.kind)
    };
    diagram.states.iter().map(line).collect()
}

#[test]
fn a_divider_makes_regions_when_something_follows_it() {
    let regions = outline("stateDiagram-v2\nstate s {\n[*] --> a\n--\nb\n}");
    let expected = [
        "s Some(Composite) in \"\"",
        "s/region1 Some(Region) in \"s\"",
        "s/region1_start Some(Start) in \"s/region1\"",
        "a Some(Simple) in \"s/region1\"",
        "s/region2 Some(Region) in \"s\"",
        "b Some(Simple) in \"s/region2\"",
    ];
    assert_eq!(regions, expected);
    let none = outline("stateDiagram-v2\nstate s {\na\n--\n}");
    assert_eq!(
        none,
        ["s Some(Composite) in \"\"", "a Some(Simple) in \"s\"", "s/region1 Some(Region) in \"s\""]
    );
}

#[test]
fn the_first_mention_decides_the_order_and_the_last_composite_holds() {
    let lines = outline("stateDiagram-v2\na --> b\nstate s {\nb --> c\n}\nnote left of d : e");
    let expected = [
        "a Some(Simple) in \"\"",
        "b Some(Simple) in \"s\"",
        "s Some(Composite) in \"\"",
        "c Some(Simple) in \"s\"",
        "d None in \"\"",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn the_rest_is_understood() {
    let reading = reading("stateDiagram-v2\na -> b\nc --> d : e\nstate x y {\nf --> g\n}\nh --> i");
    assert_eq!(reading.errors.len(), 2);
    let diagram = diagram(&reading);
    assert_eq!(diagram.transitions.len(), 3);
    let holder = diagram.state(diagram.transitions[1].from).parent.map(|ix| diagram.state(ix).kind);
    assert_eq!(holder, Some(Some(StateKind::Composite)));
}

const PIECES: [&str; 40] = [
    "\n",
    " ",
    ";",
    "a",
    "b",
    "[*]",
    "Ärger",
    " --> ",
    "-->",
    "--",
    "-",
    ":",
    ": text",
    ":::",
    ":::c",
    "{",
    " {\n",
    "}",
    "\n}\n",
    "\"",
    "\"x y\"",
    "state ",
    " as ",
    "<<fork>>",
    "[[choice]]",
    "note left of ",
    "note right of a\n",
    "\nend note\n",
    "class a ",
    "classDef c fill:red",
    "style a ",
    "click a ",
    "direction LR",
    "#",
    "#35;",
    "%%",
    "scale 3 width",
    "accDescr {",
    "hide empty description",
    "🚀",
];

proptest! {
    #[test]
    fn any_text_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        let text = format!("stateDiagram-v2\n{}", pieces.concat());
        let reading = reading(&text);
        for error in &reading.errors {
            prop_assert!(text.get(error.span.start as usize..error.span.end as usize).is_some(), "{error:?}");
        }
        let diagram = diagram(&reading);
        // Mermaid cuts out comments, and semicolons behind a colour in what looks like a style.
        let has_cuts = text.contains("%%") || (text.contains('#') && text.contains(';'));
        for state in &diagram.states {
            prop_assert!(state.parent.is_none_or(|ix| ix.0 < diagram.states.len()));
            let is_named = !matches!(state.kind, Some(StateKind::Start | StateKind::End | StateKind::Region));
            if is_named && !state.id.contains('&') && state.span.slice(&text) != "[*]" && !has_cuts {
                prop_assert_eq!(state.span.slice(&text), &state.id);
            }
        }
        for transition in &diagram.transitions {
            if let Some(label) = transition.label.as_ref().filter(|label| !label.as_str().contains('&')) {
                prop_assert!(transition.span.contains(label.span()), "{transition:?}");
            }
        }
    }
}
