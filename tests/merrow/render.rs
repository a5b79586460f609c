//! Stories of `merrow render`.

use assert_cmd::Command;

use crate::folder::{Folder, stderr, stdout};

const CHART: &str = "flowchart LR\n  a[Alpha] --> b[Beta]\n";
const POST: &str = "# First\n\n```mermaid\nflowchart LR\n  a --> b\n```\n\n# Second thing\n\n```mermaid\n\
                    sequenceDiagram\n  A->>B: hello\n```\n";

#[test]
fn one_diagram_goes_to_standard_output_or_into_a_file() {
    let folder = Folder::new("render-one", &[("chart.mmd", CHART)]);
    let printed = folder.run(&["render", "chart.mmd"]).code(0);
    let svg = stdout(&printed);
    assert!(svg.starts_with("<svg ") && svg.contains(">Alpha<") && stderr(&printed).is_empty());
    folder.run(&["render", "chart.mmd", "-o", "deep/chart.svg"]).code(0);
    assert_eq!(folder.read("deep/chart.svg"), svg);
    folder.run(&["render", "chart.mmd", "-o", "folder"]).code(0);
    assert_eq!(folder.read("folder/chart.svg"), svg);
}

#[test]
fn the_diagrams_of_a_post_go_into_a_folder() {
    let folder = Folder::new("render-post", &[("post.md", POST)]);
    let told = stderr(&folder.run(&["render", "post.md"]).code(2));
    assert_eq!(
        told,
        "error: post.md holds 2 diagrams\n  help: name a folder for their drawings: -o FOLDER\n"
    );
    folder.run(&["render", "post.md", "-o", "out"]).code(0);
    assert!(folder.read("out/first.svg").contains("flowchart"));
    assert!(folder.read("out/second-thing.svg").contains("hello"));
}

#[test]
fn standard_input_is_a_diagram_or_markdown() {
    for text in [CHART, "Words.\n\n```mermaid\nflowchart LR\n  a[Alpha] --> b[Beta]\n```\n"] {
        let mut command = Command::cargo_bin("merrow").expect("merrow was built");
        let assert = command.args(["render", "-"]).write_stdin(text).assert().code(0);
        assert!(stdout(&assert).contains(">Alpha<"));
    }
}

#[test]
fn a_drawing_is_made_for_a_width() {
    let chain: String =
        (1..9).map(|n| format!("  a{n}[Machine {n}] --> a{}[Machine {}]\n", n + 1, n + 1)).collect();
    let folder = Folder::new("render-fit", &[("chart.mmd", &format!("flowchart LR\n{chain}"))]);
    let width = |svg: &str| {
        let (_, behind) = svg.split_once("viewBox=\"0 0 ").expect("a drawing has a size");
        behind.split(' ').next().and_then(|width| width.parse::<f64>().ok()).expect("a width is a number")
    };
    let wide = stdout(&folder.run(&["render", "chart.mmd"]).code(0));
    let narrow = stdout(&folder.run(&["render", "chart.mmd", "--fit", "390"]).code(0));
    assert!(width(&wide) > 390.0 && width(&narrow) <= 390.0);
    assert!((1..=9).all(|n| narrow.contains(&format!(">Machine {n}<"))));
    for nonsense in ["0", "-5", "50", "wide", "1e9", "nan"] {
        let told = stderr(&folder.run(&["render", "chart.mmd", &format!("--fit={nonsense}")]).code(2));
        assert!(told.contains("a drawing is made for a width from 240 to 10000 px"), "{told}");
    }
}

#[test]
fn what_is_not_drawn_is_told_with_its_place() {
    let broken = "# A\n\n```mermaid\nflowchart LR\n  a[open --> b\n```\n\n```mermaid\npie\n  \"a\": 1\n```\n\n\
                  ```mermaid\nflowchart LR\n  a --> b\n```\n";
    let folder =
        Folder::new("render-broken", &[("post.md", broken), ("words.md", "No diagram.\n"), ("a.txt", "")]);
    let told = stderr(&folder.run(&["render", "post.md", "-o", "out"]).code(2));
    for part in [
        "error[syntax]",
        "post.md:5",
        "error: the diagram at post.md:3 is not drawn: it holds",
        "error: the diagram at post.md:8 is not drawn: Merrow does not draw diagrams of the kind `pie`",
        "help: Merrow draws flowcharts, state diagrams and sequence diagrams",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(folder.read("out/a-3.svg").starts_with("<svg "), "the sound one is drawn");
    for (file, part) in [
        ("words.md", "error: words.md holds no diagram"),
        ("gone.md", "error: cannot read gone.md"),
        ("a.txt", "its name does not say what it is"),
    ] {
        let told = stderr(&folder.run(&["render", file]).code(2));
        assert!(told.contains(part), "{part}\n{told}");
    }
}
