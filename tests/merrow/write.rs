//! Law: what is written of a diagram is read as the same diagram.

use merrow::base::offset_map::Excerpt;
use merrow::document::{self, SourceKind};
use merrow::mermaid::diagram::Diagram;
use merrow::mermaid::format::format;
use merrow::mermaid::{self, write};
use proptest::prelude::*;

use crate::fixtures;
use crate::rewriting::check;

#[test]
fn every_diagram_of_the_fixtures_is_written_as_it_is_read() {
    let mut n_written = 0;
    for (path, page) in fixtures::pages() {
        for block in document::read(&page, SourceKind::Markdown).diagrams() {
            let Some(outcome) = check(&block.excerpt.text) else { continue };
            n_written += 1;
            assert_eq!(outcome, Ok(()), "{path}");
        }
    }
    assert!(n_written > 50, "{n_written}");
}

#[test]
fn odd_flowcharts_are_written_as_they_are_read() {
    for statements in [
        "A",
        "A[one\ntwo] --> B[\"`**x**`\"]",
        "A@{ shape: cyl, label: \"d } e\" } --> B@{ icon: \"x:y\", form: circle, h: 40 }",
        "A[|k:v|text] --> B[/a/] & C[\\b\\] & D[/c\\] & E[\\d/]",
        "A x--x|cross| B o==o C <-.-> D ~~~ E ----> F x-- t --> G",
        "A e1@--> B\ne1@{ animate: true }\nclass e1 fast\nlinkStyle 0 interpolate basis stroke:#f00",
        "subgraph s\nA --> B\nend\nC --> s\nsubgraph t[\"T [1]\"]\nsubgraph u\ndirection LR\nD\nend\nE\nend",
        "subgraph x\nA\nend\nx --> B\nsubgraph s\nx\nB\nend",
        "subgraph x\nx --> A\nend",
        "subgraph Two words\nA\nend\nsubgraph \"Three more words\"\nB\nend",
        "classDef default fill:#f9f,stroke-dasharray: 5 5\nclassDef a,b x:y\\,z\nA:::a --> B\nclass A,B b\nclass A a",
        "click A \"https://e.org/?a=1#b\" \"say #quot;x#quot;\" _blank\nA --> B\nclick A \"u\" \"t\" _top\nclick B cb",
        "style Q fill:#f00\nA --> B\nstyle A a:b , c:d\nlinkStyle default stroke:#000\nlinkStyle 0 fill:none,a:b",
        "accTitle: direction\naccDescr { one\n two }\nA",
        "A[\"style x:#quot;y#quot;\"] --> B[\"\ndirection LR\"] --> C[\"a %%{ }\"] --> D[\"<b =\"] --> E[\" \"]",
        "B\nsubgraph s\nA --> B\nend\nA --> C",
    ] {
        let outcome = check(&format!("flowchart LR\n{statements}\n"));
        assert!(matches!(outcome, Some(Ok(()))), "{statements}\n{outcome:?}");
    }
    assert_eq!(check("---\ntitle: \"a: b # c\"\n---\ngraph RL; A-->B"), Some(Ok(())));
}

#[test]
fn the_canonical_spelling_is_one_that_people_read() {
    let text = "graph RL\nA[one] & B -- to --> C((round))\nsubgraph The group\nC-->|x|D@{shape: cyl}\nsubgraph inner\nE\nend\nend\n\
                style A fill:#f00\nclassDef hot stroke:#c00\nB:::hot\nlinkStyle 0,2 stroke:#00c\nclick A \"https://example.org\"\n";
    let reading = mermaid::read(&Excerpt::whole(text, 0));
    let Some(Diagram::Flowchart(chart)) = &reading.diagram else { panic!("{:?}", reading.errors) };
    let expected = "\
flowchart RL
    A[\"one\"]
    B
    C((\"round\"))
    subgraph subGraph1[\"The group\"]
        D@{ shape: cyl }
        C
        subgraph inner
            E
        end
    end
    A -->|\"to\"| C
    B -->|\"to\"| C
    C -->|\"x\"| D
    style A fill:#f00
    classDef hot stroke:#c00
    click A \"https://example.org\"
    class B hot
    linkStyle 0,2 stroke:#00c,fill:none
";
    assert_eq!(write::flowchart(chart), expected);
    assert_eq!(format(expected).as_deref(), Ok(expected), "`merrow fmt` would leave it");
}

/// What could cost more than its length: depth, many classes, many names for few things.
#[test]
fn writing_costs_no_more_than_reading() {
    let lines = |line: &dyn Fn(usize) -> String| (0..5_000).map(line).collect::<Vec<String>>().concat();
    let deep = lines(&|n| format!("subgraph s{n}\n")) + "A\n" + &"end\n".repeat(5_000);
    let classes = lines(&|n| format!("n{n}\nclass n0 c{n}\n"));
    let edges = lines(&|n| format!("A --> B{n}\nlinkStyle {n} a:b{n}\n"));
    for statements in [deep, classes, edges] {
        let text = format!("flowchart TD\n{statements}");
        let outcome = check(&text).expect("Mermaid takes it");
        assert!(outcome.is_ok());
    }
}

/// Labels with all that could end or change them.
fn label() -> impl Strategy<Value = String> {
    let pieces = [
        "Node 1",
        "<br/>",
        "\n",
        " ",
        "#quot;",
        "#35;",
        "&lt;",
        "&#9829;",
        "direction LR",
        "%%{",
        "%% x",
        "end",
        "[a]",
        "(b)",
        "{c}",
        "|",
        "`",
        "; ",
        "#",
        "<b ",
        "=",
        "é✓",
        "style a:#b;",
        "@",
        "-->",
        "~~~",
        "R&D",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 1..5).prop_map(|pieces| pieces.concat())
}

fn statement() -> impl Strategy<Value = String> {
    let id = || prop::sample::select(vec!["A", "B", "C", "D1", "n-2", "é", "s", "t"]);
    let arrow =
        prop::sample::select(vec!["-->", "---", "==>", "-.->", "<-->", "x--x", "~~~", "--->", "-. t .->"]);
    let bracket = prop::sample::select(vec![
        ("[", "]"),
        ("(", ")"),
        ("([", "])"),
        ("{", "}"),
        ("[/", "\\]"),
        (">", "]"),
    ]);
    prop_oneof![
        3 => (id(), arrow, id()).prop_map(|(from, arrow, to)| format!("{from} {arrow} {to}")),
        3 => (id(), bracket, label()).prop_map(|(id, (open, close), label)| format!("{id}{open}\"{label}\"{close}")),
        1 => (id(), label()).prop_map(|(id, label)| {
            format!("{id}@{{ shape: cyl, label: \"{}\" }}", label.replace(['\n', '\\'], " "))
        }),
        1 => (id(), label(), id()).prop_map(|(from, label, to)| format!("{from} -->|\"{label}\"| {to}")),
        1 => (id(), id()).prop_map(|(a, b)| format!("class {a},{b} hot")),
        1 => (id(), label()).prop_map(|(id, label)| format!("click {id} \"u\" \"{label}\"")),
        1 => id().prop_map(|id| format!("style {id} fill:#f00,stroke:#000")),
        1 => (id(), id()).prop_map(|(a, b)| format!("{a} & {b} --> C")),
    ]
}

fn block() -> impl Strategy<Value = String> {
    let leaf = prop::collection::vec(statement(), 0..4).prop_map(|lines| lines.join("\n"));
    leaf.prop_recursive(3, 12, 3, |inner| {
        (inner.clone(), label(), inner).prop_map(|(before, title, inside)| {
            // The title names the block, so that no two of them are one.
            format!("{before}\nsubgraph \"in {title} it\"\n{inside}\nend")
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(blocks in prop::collection::vec(block(), 1..4)) {
        let text = format!("flowchart TD\n{}\n", blocks.join("\n"));
        if let Some(Err(problem)) = check(&text) {
            return Err(TestCaseError::fail(problem));
        }
    }

    #[test]
    fn what_mermaid_takes_of_any_pieces_is_read_again(
        lines in prop::collection::vec(prop::collection::vec(prop::sample::select(&PIECES[..]), 1..7), 1..7)
    ) {
        let lines: Vec<String> = lines.into_iter().map(|pieces| pieces.concat()).collect();
        if let Some(Err(problem)) = check(&format!("flowchart TD\n{}\n", lines.join("\n"))) {
            return Err(TestCaseError::fail(problem));
        }
    }
}

/// Pieces of statements, in any order.
const PIECES: [&str; 44] = [
    "A",
    "B",
    "C",
    "s",
    "click",
    "end ",
    "subgraph s\n",
    "subgraph t[\"T\"]\n",
    "\nend\n",
    "\nend\n",
    " --> ",
    " --> ",
    "---",
    " -- t --> ",
    " x--x ",
    " <== t ==> ",
    "|x|",
    "|\"`m`\"|",
    "[one]",
    "[\"two <br/> #quot;\"]",
    "(r)",
    "{{h}}",
    "[/a\\]",
    "@{ shape: cyl }",
    "@{ label: \"l }\" }",
    "@{ animate: true }",
    " & ",
    ":::c",
    "style A a:b",
    "classDef c x:y\n",
    "class A,s c\n",
    "class e1 c\n",
    "click A \"u\"\n",
    "linkStyle 0 a:b\n",
    "linkStyle default interpolate basis\n",
    " e1@--> ",
    "direction LR\n",
    "\n",
    "\n",
    "accTitle: t\n",
    "-.->",
    " ~~~ ",
    "[|k:v|p]",
    "L_A_B_0",
];
