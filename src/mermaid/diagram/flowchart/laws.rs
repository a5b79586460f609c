//! Laws that every flowchart keeps, whatever the text.

use proptest::prelude::*;

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;
use crate::mermaid::diagram::Diagram;
use crate::mermaid::diagram::text::Text;
use crate::mermaid::{Reading, read};

use super::Flowchart;

/// Pieces that flowcharts are made of, and some that break them.
const PIECES: [&str; 56] = [
    "A",
    "B1",
    "node",
    "é",
    "🚀",
    "end",
    "subgraph s",
    "subgraph a b",
    "subgraph q[\"T\"]",
    "\n",
    "\n",
    "\n  ",
    ";",
    " ",
    " ",
    " --> ",
    "---",
    "--",
    " t ",
    "==>",
    "== ",
    "-. ",
    ".->",
    "~~~",
    "|x|",
    "|",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "((",
    "))",
    "[/",
    "\\]",
    "\"",
    "`",
    "\"`",
    "@{ shape: cyl }",
    "@{",
    "direction LR",
    "style A ",
    "classDef c ",
    "fill:#f00,x:y",
    "class A c",
    "#quot;",
    "#35;",
    " & ",
    ":::c",
    "click A ",
    "linkStyle 0 ",
    "e1@",
    "accDescr {",
    "%% note",
    "<br/>",
];

fn flowchart(reading: &Reading) -> &Flowchart {
    match &reading.diagram {
        Some(Diagram::Flowchart(chart)) => chart,
        other => panic!("no flowchart but {other:?}"),
    }
}

/// Every span of the chart.
fn spans(chart: &Flowchart) -> Vec<Span> {
    let nodes = chart
        .nodes
        .iter()
        .flat_map(|node| [node.span, node.label.span()].into_iter().chain(node.mentions.clone()));
    let edges = chart.edges.iter().flat_map(|edge| [edge.span, edge.arrow_span]);
    let subgraphs = chart.subgraphs.iter().flat_map(|subgraph| [subgraph.span, subgraph.head_span]);
    nodes.chain(edges).chain(subgraphs).collect()
}

/// A label's characters stand in the file where its map says, as far as they were copied.
fn check_text(file: &str, text: &Text) {
    for (at, c) in text.as_str().char_indices() {
        let range = at..at + c.len_utf8();
        if text.excerpt.map.is_contiguous(range.clone()) {
            assert_eq!(text.excerpt.span(range).slice(file), c.to_string(), "in {:?}", text.as_str());
        }
    }
}

fn check(file: &str, reading: &Reading) {
    let chart = flowchart(reading);
    let errors = reading.errors.iter().flat_map(|error| [error.span, error.cause()]);
    for span in spans(chart).into_iter().chain(errors) {
        assert!(
            file.get(span.start as usize..span.end as usize).is_some(),
            "{span:?} is no part of {file:?}"
        );
    }
    assert!(reading.errors.is_sorted_by_key(|error| error.span));
    for node in &chart.nodes {
        assert_eq!(node.span.slice(file), node.id);
        assert!(node.mentions.iter().all(|span| span.slice(file) == node.id));
        check_text(file, &node.label);
    }
    for edge in &chart.edges {
        assert!(edge.span.contains(edge.arrow_span));
        edge.label.iter().for_each(|label| check_text(file, label));
    }
    for subgraph in &chart.subgraphs {
        assert!(subgraph.span.slice(file).starts_with("subgraph"));
        check_text(file, &subgraph.title);
    }
    // Each node has one home.
    let members = chart.subgraphs.iter().flat_map(|subgraph| &subgraph.members);
    let mut homes: Vec<String> = members.map(|member| format!("{member:?}")).collect();
    homes.sort();
    assert!(homes.windows(2).all(|pair| pair[0] != pair[1]), "{homes:?}");
}

proptest! {
    #[test]
    fn any_pieces_keep_the_laws(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        let file = format!("intro\nflowchart TD\n{}", pieces.concat());
        let excerpt = Excerpt::whole(&file["intro\n".len()..], "intro\n".len() as u32);
        check(&file, &read(&excerpt));
    }

    #[test]
    fn any_text_is_read(text in "\\PC*", line in "[ -~\n\t]*") {
        let _ = read(&Excerpt::whole(&text, 0));
        let _ = read(&Excerpt::whole(&format!("---\n{line}\n---\ngraph {text}\n{line}"), 0));
    }

    #[test]
    fn comments_and_line_ends_move_nothing(n in 0..4_usize) {
        let gap = "\r\n  %% note".repeat(n);
        let file = format!("graph LR{gap}\r\n  A[one<br/>two] --> B{gap}\r\n  subgraph S{gap}\r\n  C\r\n  end\r\n");
        let reading = read(&Excerpt::whole(&file, 0));
        prop_assert!(reading.errors.is_empty());
        prop_assert_eq!(reading.comments.len(), 3 * n);
        check(&file, &reading);
    }
}

/// What opens and never closes, again and again: each of these once cost, or could cost, a look at the whole rest.
#[test]
fn repetition_costs_no_more_than_its_length() {
    let openers = [
        "A[\n",
        "A{x\n",
        "\"",
        "A[\"x\n",
        "A@{\n",
        "A@{\"\n",
        "A -- x\n",
        "A == x",
        "-. ",
        "a:@",
        "direction LR ",
        "<b =\"",
        "%%{a",
        "%%\n",
        "---\n",
        "A-->|x\n",
        "click x call f\n",
        "subgraph s\n",
        " \n",
        "A[\"`",
        "A & ",
        "#a",
        "accDescr {",
    ];
    for opener in openers {
        let file = format!("flowchart TD\n{}", opener.repeat(100_000 / opener.len()));
        let reading = read(&Excerpt::whole(&file, 0));
        assert!(spans(flowchart(&reading)).iter().all(|span| span.end as usize <= file.len()), "{opener:?}");
    }
}
