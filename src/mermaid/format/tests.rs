//! Texts and their canonical forms, and the laws over texts that nobody would write.

use proptest::prelude::*;

use super::*;

fn formatted(text: &str) -> String {
    format(text).unwrap_or_else(|reason| panic!("{reason:?}: {text}"))
}

/// Compares, and looks that the form is the canonical one.
fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(formatted(text), *expected, "{text:?}");
        assert_eq!(formatted(expected), *expected);
    }
}

#[test]
fn flowcharts_have_a_statement_a_line() {
    check(&[
        ("graph   TD;A-->B;;B---C\n\n\n\nC-.->D", "graph TD\n    A --> B\n    B --- C\n\n    C -.-> D\n"),
        (
            "flowchart\nsubgraph  one [ Title ]\nA  & B-->|t|C &  D\nend;E",
            "flowchart\n    subgraph one[ Title ]\n        A & B -->|t| C & D\n    end\n    E\n",
        ),
        ("graph LR\nA-->\n  B\n-->C", "graph LR\n    A --> B --> C\n"),
        ("graph LR\nA--text-->B==\"q t\"==>C", "graph LR\n    A -- text --> B == \"q t\" ==> C\n"),
        ("graph LR\nA e1@-->B\ne1@{animate:  true}", "graph LR\n    A e1@--> B\n    e1@{ animate: true }\n"),
        ("graph LR\nA[\"two\n   lines\"]  -->  B", "graph LR\n    A[\"two\n   lines\"] --> B\n"),
        ("graph LR\nA[<b id=\"x\">y</b>]-->B", "graph LR\n    A[<b id=\"x\">y</b>] --> B\n"),
        ("graph LR\nA\nclick A \"u\"   \"t\"  _blank", "graph LR\n    A\n    click A \"u\" \"t\" _blank\n"),
        ("graph LR\nstyle A  fill:#f9f;", "graph LR\n    style A fill:#f9f\n"),
    ]);
}

#[test]
fn what_is_not_sure_stays() {
    check(&[
        ("graph TD\nclick-->B", "graph TD\n    click-->B\n"),
        ("graph TD\nA --> B[Change direction LR]", "graph TD\n    A --> B[Change direction LR]\n"),
        ("graph TD\nA-->\n%% c\n  B", "graph TD\n    A-->\n%% c\n  B\n"),
        ("graph TD\nA --box-->B", "graph TD\n    A --box--> B\n"),
        ("graph TD\n%%  \nA", "graph TD\n    %% \n    A\n"),
        ("graph TD\nA[\"style:#a;b;\"]-->B;C", "graph TD\n    A[\"style:#a;b;\"]-->B;C\n"),
        ("sequenceDiagram\nA- ->> B: t", "sequenceDiagram\n    A- ->> B: t\n"),
        ("sequenceDiagram\n(A)->>B: t\n)", "sequenceDiagram\n    (A)->>B: t\n    )\n"),
        ("sequenceDiagram\nA->>B:wrap:t", "sequenceDiagram\n    A->>B:wrap:t\n"),
        ("stateDiagram-v2\nnote left of A:t", "stateDiagram-v2\n    note left of A:t\n"),
    ]);
}

#[test]
fn comments_and_directives_stay_where_they_speak() {
    check(&[
        (
            "---\ntitle:  T\n---\n\n\n%%{init: {'theme':\n 'dark'}}%%\n  %% first\ngraph TD\n%% of A\nA\n\n%% of B\n\nB",
            "---\ntitle:  T\n---\n\n%%{init: {'theme':\n 'dark'}}%%\n%% first\ngraph TD\n    %% of A\n    A\n\n    %% of B\n\n    B\n",
        ),
        (
            "graph TD\nsubgraph s\nA\n%% last of s\nend\n%% last",
            "graph TD\n    subgraph s\n        A\n        %% last of s\n    end\n    %% last\n",
        ),
        (
            "stateDiagram-v2\nA-->B %% why\n# alone\nC",
            "stateDiagram-v2\n    A --> B %% why\n    # alone\n    C\n",
        ),
        (
            "sequenceDiagram\nA->>B: t # why\nalt x # y\nA->>B: u\n%% z\nelse\nA->>B: v\nend",
            "sequenceDiagram\n    A->>B: t # why\n    alt x # y\n        A->>B: u\n    %% z\n    else\n        A->>B: v\n    end\n",
        ),
    ]);
}

#[test]
fn state_diagrams_nest_composites() {
    check(&[
        (
            "stateDiagram-v2 [*]-->A:go;on\nstate A{\nB -->C\n--\nD:::hot-->E\n}",
            "stateDiagram-v2\n    [*] --> A: go\n    ;on\n    state A {\n        B --> C\n        --\n        D:::hot --> E\n    }\n",
        ),
        ("stateDiagram-v2\nA B", "stateDiagram-v2\n    A\n    B\n"),
        (
            "stateDiagram-v2\nstate  \"a  b\"   as  A\nA : ",
            "stateDiagram-v2\n    state \"a  b\" as A\n    A: \n",
        ),
        ("stateDiagram-v2\nstate  f   <<fork>>", "stateDiagram-v2\n    state f <<fork>>\n"),
        (
            "stateDiagram-v2\nnote  right of A\none\nend note\nnote left of A : two",
            "stateDiagram-v2\n    note right of A\n        one\n    end note\n    note left of A: two\n",
        ),
        (
            "stateDiagram-v2\nnote right of A\n one\n   two\n end note",
            "stateDiagram-v2\n    note right of A\n one\n   two\n    end note\n",
        ),
    ]);
}

#[test]
fn sequence_diagrams_nest_fragments() {
    check(&[
        (
            "sequenceDiagram;participant  A  as  Web;A  ->>+  B :hi;note over A,B:  t",
            "sequenceDiagram\n    participant A as Web\n    A->>+B: hi\n    note over A, B: t\n",
        ),
        (
            "sequenceDiagram\nbox  Aqua  Team\nparticipant A@{type: database}\nend\npar x\nA->>A:\nand\nloop y\nA->>A: z\nend end",
            "sequenceDiagram\n    box Aqua  Team\n        participant A@{ type: database }\n    end\n    par x\n        A->>A:\n    and\n        loop y\n            A->>A: z\n        end\n    end\n",
        ),
        (
            "sequenceDiagram\nautonumber  5   2\nlink A :  l @ u",
            "sequenceDiagram\n    autonumber 5 2\n    link A: l @ u\n",
        ),
    ]);
}

#[test]
fn what_cannot_be_read_is_left() {
    assert_eq!(format("graph TD\nA-->"), Err(Unformatted::Mistakes));
    assert_eq!(format("pie\n\"a\": 1"), Err(Unformatted::UnreadKind));
    assert_eq!(format(""), Err(Unformatted::Mistakes));
}

#[test]
fn deep_nesting_takes_linear_time_and_room() {
    let n = 20_000;
    for (header, open, close) in [
        ("flowchart TD", "subgraph s\n", "end\n"),
        ("stateDiagram-v2", "state s {\n", "}\n"),
        ("sequenceDiagram", "loop s\n", "end\n"),
    ] {
        let text = format!("{header}\n{}{}", open.repeat(n), close.repeat(n));
        assert!(format(&text).is_ok_and(|formatted| formatted.len() < 400 * n), "{header}");
    }
}

/// Pieces that texts are put together of, much of it at odds with the rest.
const PIECES: &[&str] = &[
    "A",
    "B",
    "x",
    "o1",
    "-->",
    "---",
    "-- t -->",
    "==>",
    "-.->",
    "~~~",
    "->>",
    "-->>",
    "-)",
    "&",
    ";",
    "\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "[t]",
    "[\"q\nr\"]",
    "{a}",
    "(b)",
    "|l|",
    ":::c",
    "@{ shape: rect }",
    "subgraph s",
    "end",
    "direction LR",
    "%% c",
    "%%{wrap}%%",
    "# d",
    ":",
    ": t",
    ": wrap: t",
    "state",
    "state C {",
    "}",
    "--",
    "[*]",
    "note left of A",
    "end note",
    "<<fork>>",
    "participant A",
    "as",
    "alt x",
    "else",
    "loop",
    "box",
    "activate A",
    "+",
    "classDef c fill:#f00;",
    "style A fill:#0f0,stroke:#00f;",
    "click A \"u\"",
    "accTitle: t",
    "accDescr { d }",
    "#quot;",
    "\r\n",
    "<b x=\"y\">",
    ",",
    "1",
    "v",
    "default",
    "call",
    "é",
    "\u{a0}",
    "title t",
    "(",
    "/",
    "\\",
    "-",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_formatted_means_the_same(
        header in prop::sample::select(&["graph TD\n", "flowchart LR;", "stateDiagram-v2\n", "sequenceDiagram\n"][..]),
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24),
    ) {
        let text = format!("{header}{}", pieces.concat());
        if let Ok(formatted) = format(&text) {
            let (before, after) = (crate::mermaid::read(&whole(&text)), crate::mermaid::read(&whole(&formatted)));
            prop_assert_eq!(after.errors, vec![]);
            prop_assert_eq!(before.comments.len(), after.comments.len());
            prop_assert_eq!(format(&formatted), Ok(formatted));
        }
    }

    #[test]
    fn any_text_is_borne(text in "(graph TD|stateDiagram|sequenceDiagram)?\\PC{0,40}\n?\\PC{0,40}") {
        let _ = format(&text);
    }
}

fn whole(text: &str) -> crate::base::offset_map::Excerpt {
    crate::base::offset_map::Excerpt::whole(text, 0)
}
