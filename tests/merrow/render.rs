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
    let chain: Vec<String> =
        (1..9).map(|n| format!("  a{n}[Machine {n}] --> a{}[Machine {}]", n + 1, n + 1)).collect();
    let chain = chain.join("\n");
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

#[test]
fn a_terminal_and_a_reader_get_text() {
    let folder = Folder::new("render-text", &[("chart.mmd", CHART), ("post.md", POST)]);
    let drawn = stdout(&folder.run(&["render", "chart.mmd", "--to", "terminal"]).code(0));
    assert_eq!(drawn, "┌───────┐   ┌──────┐\n│ Alpha ├──▶│ Beta │\n└───────┘   └──────┘\n");
    let narrow = folder.run(&["render", "chart.mmd", "--to", "terminal", "--columns", "5"]).code(0);
    assert_eq!(stdout(&narrow), "- **Alpha** leads to Beta.\n");
    assert_eq!(
        stderr(&narrow),
        "note: chart is told in words: its drawing needs 9 columns, and there are 5\n  help: --columns 9 draws it all the same\n"
    );
    let told = stdout(&folder.run(&["render", "post.md", "--to", "prose"]).code(0));
    assert_eq!(
        told,
        "## Flowchart: a to b\n\n- **a** leads to b.\n\n## Sequence diagram: A and B\n\n- A and B take part.\n1. A to B: hello.\n"
    );
    folder.run(&["render", "post.md", "--to", "terminal", "-o", "out"]).code(0);
    assert!(folder.read("out/first.txt").contains("├──▶│ b │"));
}

#[test]
fn a_png_is_asked_for_by_name_or_by_ending() {
    let folder =
        Folder::new("render-png", &[("chart.mmd", CHART), ("han.mmd", "flowchart LR\n  a[節點 ✅] --> b\n")]);
    folder.run(&["render", "chart.mmd", "-o", "one.png", "--scale", "1"]).code(0);
    folder.run(&["render", "chart.mmd", "--to", "png", "-o", "pictures"]).code(0);
    let size = |path: &str| {
        let png = folder.read_bytes(path);
        assert!(png.starts_with(b"\x89PNG\r\n"));
        u32::from_be_bytes(png[16..20].try_into().expect("four bytes"))
    };
    assert_eq!(size("pictures/chart.png"), 2 * size("one.png"));
    let told = stderr(&folder.run(&["render", "han.mmd", "-o", "han.png"]).code(0));
    assert_eq!(
        told,
        "warning: han: 3 characters (Emoji, Han) have no glyph in the fonts at hand\n  help: --font FILE adds a font that has \
         them\n"
    );
}

#[test]
fn options_that_do_not_fit_the_format_are_refused() {
    let chart = "flowchart LR\n  a[Alpha] --> b[Beta] --> c[Gamma] --> d[Delta]\n";
    let folder = Folder::new("render-options", &[("chart.mmd", chart), ("words.ttf", "no font")]);
    let table: [(&[&str], &str); 6] = [
        (&["--scale", "2"], "error: --scale is for PNG only\n  help: add --to png\n"),
        (&["--font", "words.ttf"], "error: --font is for PNG only"),
        (&["--to", "png", "--embed-font"], "error: --embed-font is for SVG only"),
        (&["--to", "png", "--font", "words.ttf"], "error: words.ttf is no font"),
        (&["--to", "png", "--font", "missing.ttf"], "error: cannot read missing.ttf"),
        (&["--to", "png", "--scale", "64"], "is too large"),
    ];
    for (arguments, expected) in table {
        let told = stderr(&folder.run(&[&["render", "chart.mmd"], arguments].concat()).code(2));
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
    let svg = stdout(&folder.run(&["render", "chart.mmd", "--embed-font"]).code(0));
    assert!(svg.contains("data:font/woff;base64,"));
}
