//! Stories of `merrow fmt`, and the law that formatting keeps what a diagram means.

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use merrow::document::{self, SourceKind};

use crate::fixtures;
use crate::folder::{Folder, stderr, stdout};
use crate::rewriting::check_format;

const POST: &str = "# Post\n\n```mermaid\ngraph TD\nA-->B;B-->C\n```\n\ntext  \n";
const FORMATTED: &str = "# Post\n\n```mermaid\ngraph TD\n    A --> B\n    B --> C\n```\n\ntext  \n";
const BROKEN: &str = "```mermaid\ngraph TD\nA-->\n```\n\n```mermaid\ngraph TD\nA-->B\n```\n";

#[test]
fn posts_and_diagram_files_are_written_once() {
    let folder = Folder::new("fmt", &[("a.md", POST), ("b.mmd", "graph TD\r\nA-->B\r\n"), ("c.conf", "x\n")]);
    folder.run(&["fmt"]).code(0).stdout("Formatted 2 diagrams in 2 files\n");
    assert_eq!(folder.read("a.md"), FORMATTED);
    assert_eq!(folder.read("b.mmd"), "graph TD\r\n    A --> B\r\n");
    folder.run(&["fmt"]).code(0).stdout("Nothing to format in 2 files\n");
    folder.run(&["fmt", "--check"]).code(0).stdout("Nothing to format in 2 files\n");
}

#[test]
fn what_would_change_is_shown_and_not_written() {
    let folder = Folder::new("fmt-check", &[("p/a.md", POST), ("p/b.md", FORMATTED)]);
    folder
        .run(&["fmt", "--check"])
        .code(1)
        .stdout("would format p/a.md\nWould format 1 diagram in 1 file, 1 file left as it is\n");
    let assert = folder.run(&["fmt", "--diff", "p"]).code(1);
    assert_eq!(
        stdout(&assert),
        "--- a/p/a.md\n+++ b/p/a.md\n@@ -2,7 +2,8 @@\n \n ```mermaid\n graph TD\n-A-->B;B-->C\n+    A --> B\n+    B --> C\n ```\n \n text  \n"
    );
    assert_eq!(folder.read("p/a.md"), POST);
    folder.run(&["fmt", "--diff", "p/b.md"]).code(0).stdout("");
}

#[test]
fn a_diagram_with_mistakes_is_told_and_left() {
    let folder = Folder::new("fmt-broken", &[("a.md", BROKEN)]);
    let assert = folder.run(&["fmt"]).code(1);
    let told = stderr(&assert);
    assert!(
        told.contains("error[syntax]") && told.contains("the diagram at a.md:1 is left as it is"),
        "{told}"
    );
    let expected = BROKEN.replace("A-->B", "    A --> B");
    assert_eq!(folder.read("a.md"), expected);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new("fmt-stdin", &[]);
    let run = |arguments: &[&str], text: &str| -> Assert {
        let mut command = Command::cargo_bin("merrow").unwrap();
        command.current_dir(&folder.0).args(arguments).write_stdin(text.to_owned()).assert()
    };
    run(&["fmt", "-"], POST).code(0).stdout(FORMATTED);
    run(&["fmt", "-"], "graph TD\nA-->B").code(0).stdout("graph TD\n    A --> B\n");
    run(&["fmt", "--check", "-"], FORMATTED).code(0).stdout("");
    run(&["fmt", "--check", "-"], POST).code(1).stdout("");
    let broken = run(&["fmt", "-"], "graph TD\nA-->").code(1);
    assert_eq!(stdout(&broken), "graph TD\nA-->");
}

#[test]
fn every_diagram_of_the_fixtures_can_be_formatted() {
    let mut n_formatted = 0;
    for (name, text) in fixtures::pages() {
        for block in document::read(&text, SourceKind::Markdown).diagrams() {
            let Some(outcome) = check_format(&block.excerpt.text) else { continue };
            assert_eq!(outcome, Ok(()), "{name}");
            n_formatted += 1;
        }
    }
    assert!(n_formatted > 50, "{n_formatted}");
}
