//! `check --fix`: laws over the pages of rules and over a blog where `MERROW_CORPUS` names it, and stories.
#![expect(clippy::disallowed_methods, reason = "a story sets its own stage")]

use std::fs;

use merrow::base::diagnostic::{Applicability, Diagnostic};
use merrow::base::text::FileId;
use merrow::document::SourceKind;
use merrow::pipeline::file::{self, FileFacts, Source, Standing};
use merrow::pipeline::fix::{self, Plan, Reach};
use merrow::pipeline::set;
use merrow::pipeline::settings::Settings;

use crate::corpus;
use crate::fixtures;
use crate::folder::{Folder, stderr, stdout};
use crate::judge;
use crate::rules;

fn page(text: &str) -> Source {
    Source {
        id: FileId(0),
        path: "page.md".to_owned(),
        project_path: "page.md".to_owned(),
        kind: SourceKind::Markdown,
        standing: Standing::AskedFor,
        text: text.to_owned(),
    }
}

fn planned(settings: &Settings, source: &Source, reach: Reach) -> (FileFacts, Plan) {
    let facts = file::file(settings, source);
    let plan = fix::plan(settings, &[(source, &facts)], reach);
    (facts, plan)
}

/// The fixes of a page end, leave none behind that was not told, change nothing more when applied again, and break nothing.
fn laws(name: &str, text: &str) -> usize {
    let settings = judge::settings_of(text);
    let mut n_fixed = 0;
    for reach in [Reach::Safe, Reach::Unsafe] {
        let source = page(text);
        let (before, plan) = planned(&settings, &source, reach);
        let fixed = plan.files.first();
        n_fixed += fixed.map_or(0, |file| file.n_fixed);
        let fixed = page(fixed.map_or(text, |file| &file.text));
        let (after, again) = planned(&settings, &fixed, reach);
        assert_eq!(again.files, [], "{name}: {reach:?} fixes once more");
        assert_eq!(text.starts_with('\u{feff}'), fixed.text.starts_with('\u{feff}'), "{name}");
        if text.contains("\r\n") && !text.replace("\r\n", "").contains('\n') {
            assert!(!fixed.text.replace("\r\n", "").contains('\n'), "{name}: a line end of another kind");
        }
        let sum = |facts: &FileFacts| facts.n_mistakes.iter().flatten().sum::<usize>();
        assert!(sum(&after) <= sum(&before), "{name}: {reach:?} fixes break the syntax");
        assert_eq!(after.n_mistakes.len(), before.n_mistakes.len(), "{name}: a block is gone");
        if plan.cautions.is_empty() {
            let left = set::set(&settings, &[(&fixed, &after)]).diagnostics;
            let is_left = |finding: &&Diagnostic| {
                finding.fix.as_ref().is_some_and(|fix| match fix.applicability {
                    Applicability::Safe => true,
                    Applicability::Unsafe => reach == Reach::Unsafe,
                    Applicability::DisplayOnly => false,
                })
            };
            let left: Vec<Diagnostic> = left.iter().filter(is_left).cloned().collect();
            assert!(left.is_empty(), "{name}: {reach:?} fixes are left: {left:#?}");
        }
    }
    n_fixed
}

/// The page in a quote, in an item of a list, with other line ends, with a byte order mark.
fn variants(text: &str) -> [String; 5] {
    let prefixed = |first: &str, rest: &str| {
        let lines = text.lines().enumerate();
        let lines = lines.map(|(index, line)| format!("{}{line}\n", if index == 0 { first } else { rest }));
        lines.collect::<String>()
    };
    [
        text.to_owned(),
        prefixed("> ", "> "),
        prefixed("- ", "  "),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
    ]
}

#[test]
fn the_fixes_of_every_fixture_end_and_keep_the_syntax() {
    let mut n_fixed = [0; 5];
    for (name, text) in fixtures::pages() {
        for (variant, (text, n_fixed)) in variants(&text).iter().zip(&mut n_fixed).enumerate() {
            *n_fixed += laws(&format!("{name}, variant {variant}"), text);
        }
    }
    assert!(n_fixed.iter().all(|n_fixed| *n_fixed > 10), "{n_fixed:?}");
    assert_eq!(n_fixed[0], n_fixed[3], "line ends make no difference");
}

#[test]
fn the_fixes_of_every_post_end_and_keep_the_syntax() {
    let Some(folder) = corpus::blog() else { return };
    let workspace = corpus::open(folder);
    for (source, _) in workspace.files().filter(|(source, _)| source.kind == SourceKind::Markdown) {
        laws(&source.path, &source.text);
    }
}

proptest::proptest! {
    #[test]
    fn the_fixes_of_any_page_end_and_keep_the_syntax(
        lines in proptest::collection::vec((0..4_usize, 0..rules::LINES.len()), 0..30),
        newline in proptest::sample::select(vec!["\n", "\r\n"]),
    ) {
        let margins = ["", "", "> ", "  "];
        let text: String =
            lines.iter().flat_map(|(margin, line)| [margins[*margin], rules::LINES[*line], newline]).collect();
        laws(&format!("{text:?}"), &text);
    }
}

#[test]
fn a_margin_is_never_touched() {
    let diagram = "```mermaid\nsequenceDiagram\n    participant A\n    A->>B: x\n```\n";
    let quoted: String = diagram.lines().flat_map(|line| ["> ", line, "\n"]).collect();
    let fixed = |text: &str| {
        let (_, plan) = planned(&Settings::default(), &page(text), Reach::Unsafe);
        plan.files.first().map(|file| file.text.clone())
    };
    assert_eq!(
        fixed(&quoted).as_deref(),
        Some(
            "> ```mermaid\n> sequenceDiagram\n>     participant A\n>     participant B\n>     A->>B: x\n> ```\n"
        )
    );
    let script =
        "> ```bash\n> pvecm create x \\\n>   --bindnet0_addr 192.0.2.0 \\\n>   --link0 192.0.2.1\n> ```\n";
    assert_eq!(fixed(script), None, "the option stands on a line of its own behind a quote mark");
}

const QUOTES: &str = "```mermaid\nflowchart LR\n    A[Feed (all)] --> B[Feed][9]\n```\n";
const SWITCHED: &str = "```mermaid\nsequenceDiagram\n    participant A\n    A->>B: hello\n```\n";
const MISSPELT: &str = "```mermaid\nflowchrt LR\n    A --> B\n```\n";

#[test]
fn fixes_are_offered_shown_and_applied() {
    let folder = Folder::new("fix", &[("a.md", SWITCHED), ("b.md", MISSPELT), ("c.md", QUOTES)]);
    let assert = folder.run(&["check"]).code(1);
    let offer = "3 can be fixed with `merrow check --fix`, 1 more with `--unsafe-fixes`\n";
    assert!(stdout(&assert).ends_with(offer), "{}", stdout(&assert));

    let assert = folder.run(&["check", "--diff"]).code(1);
    assert!(stdout(&assert).starts_with("--- a/a.md\n+++ b/a.md\n@@ "), "{}", stdout(&assert));
    assert!(stdout(&assert).contains("\n+    participant B\n"), "{}", stdout(&assert));
    assert!(!stdout(&assert).contains("b.md"), "{}", stdout(&assert));
    assert_eq!(stderr(&assert), "Would fix 3 findings in 2 files\n");
    let assert = folder.run(&["check", "--diff", "--unsafe-fixes"]).code(1);
    assert!(stdout(&assert).contains("\n+flowchart LR\n"), "{}", stdout(&assert));
    assert_eq!(folder.read("a.md"), SWITCHED, "nothing is written");

    let assert = folder.run(&["check", "--fix"]).code(1);
    let end = "Fixed 3 findings in 2 files\n1 can be fixed with `merrow check --unsafe-fixes`\n";
    assert!(stdout(&assert).ends_with(end), "{}", stdout(&assert));
    assert!(stdout(&assert).contains("error[unknown-diagram]"), "{}", stdout(&assert));
    assert!(!stdout(&assert).contains("undeclared-participant"), "{}", stdout(&assert));
    assert_eq!(folder.read("a.md"), SWITCHED.replace("A\n", "A\n    participant B\n"));
    assert_eq!(folder.read("b.md"), MISSPELT);

    folder.run(&["check", "--diff"]).code(0).stdout("").stderr("Nothing to fix\n");
    folder.run(&["check", "--unsafe-fixes"]).code(0);
    assert_eq!(folder.read("b.md"), MISSPELT.replace("flowchrt", "flowchart"));
    folder.run(&["check", "--diff", "--output-format", "json"]).code(2);
}

#[test]
fn programs_are_told_how_many_were_fixed() {
    let folder = Folder::new("fix-json", &[("a.md", SWITCHED)]);
    let assert = folder.run(&["check", "--fix", "--output-format", "json"]).code(0);
    let json: serde_json::Value = serde_json::from_str(&stdout(&assert)).unwrap();
    assert_eq!(json["summary"]["fixed"], 1);
    assert_eq!(json["summary"]["warnings"], 0);
}

#[test]
fn only_what_was_asked_for_and_not_allowed_is_fixed() {
    let allowed = SWITCHED.replace("    A->>", "    %% merrow: allow undeclared-participant\n    A->>");
    let settings = "[[lab]]\nname = \"x\"\nfiles = [\"*.md\"]\n";
    let files = [("a.md", SWITCHED), ("b.md", SWITCHED), ("c.md", &allowed), ("merrow.toml", settings)];
    let folder = Folder::new("fix-scope", &files);
    folder.run(&["check", "--fix", "b.md", "c.md"]).code(0);
    assert_eq!(folder.read("a.md"), SWITCHED);
    assert_ne!(folder.read("b.md"), SWITCHED);
    assert_eq!(folder.read("c.md"), allowed);
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let text = format!("\u{feff}{}", SWITCHED.replace('\n', "\r\n"));
    let folder = Folder::new("fix-crlf", &[("a.md", &text)]);
    folder.run(&["check", "--fix"]).code(0);
    let after = SWITCHED.replace("A\n", "A\n    participant B\n").replace('\n', "\r\n");
    assert_eq!(folder.read("a.md"), format!("\u{feff}{after}"));
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_the_rest_is_done() {
    let folder = Folder::new("fix-protected", &[("a.md", SWITCHED), ("b.md", SWITCHED)]);
    let protect = |is_protected: bool| {
        let path = folder.path("a.md");
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(is_protected);
        fs::set_permissions(&path, permissions).unwrap();
    };
    protect(true);
    let assert = folder.run(&["check", "--fix"]).code(2);
    assert!(
        stderr(&assert).starts_with("error: cannot write a.md\n  it is write-protected\n"),
        "{}",
        stderr(&assert)
    );
    assert!(stdout(&assert).contains("a.md:4:"), "{}", stdout(&assert));
    assert!(stdout(&assert).ends_with("Fixed 1 finding in 1 file\n"), "{}", stdout(&assert));
    assert_ne!(folder.read("b.md"), SWITCHED);
    let assert = folder.run(&["check", "--fix", "--output-format", "json"]).code(2);
    let json: serde_json::Value = serde_json::from_str(&stdout(&assert)).unwrap();
    assert_eq!(json["errors"][0]["path"], "a.md");
    assert_eq!(json["summary"]["fixed"], 0);
    assert_eq!(json["summary"]["warnings"], 1);
    protect(false);
}

#[test]
fn standard_input_is_checked_modelled_and_fixed() {
    let folder = Folder::new("fix-stdin", &[]);
    let assert = folder.pipe(&["check", "-"], SWITCHED).code(1);
    assert!(stdout(&assert).contains(" -:4:"), "{}", stdout(&assert));
    let diagram = "sequenceDiagram\n    participant A\n    A->>B: x\n";
    let assert = folder.pipe(&["check", "-", "--output-format", "json"], diagram).code(1);
    let json: serde_json::Value = serde_json::from_str(&stdout(&assert)).unwrap();
    assert_eq!(json["diagnostics"][0]["path"], "-");
    assert_eq!(json["diagnostics"][0]["line"], 3);

    let fixed = SWITCHED.replace("A\n", "A\n    participant B\n");
    let assert = folder.pipe(&["check", "-", "--fix"], SWITCHED).code(0);
    assert_eq!(stdout(&assert), fixed);
    assert!(stderr(&assert).ends_with("Fixed 1 finding in 1 file\n"), "{}", stderr(&assert));
    folder.pipe(&["check", "-", "--fix"], &fixed).code(0).stdout(fixed.clone());
    let assert = folder.pipe(&["check", "-", "--diff"], SWITCHED).code(1);
    assert!(stdout(&assert).starts_with("--- a/-\n+++ b/-\n"), "{}", stdout(&assert));

    let commands = "# Post\n\n```sh\npvecm create lab --link0 192.0.2.11\n```\n";
    let assert = folder.pipe(&["model", "-"], commands).code(0);
    assert!(stdout(&assert).contains("name  lab  4:14"), "{}", stdout(&assert));
    folder.pipe(&["check", "-"], commands).code(0);

    let assert = folder.pipe(&["check", "-", "x.md"], SWITCHED).code(2);
    assert!(stderr(&assert).starts_with("error: standard input is read alone\n"), "{}", stderr(&assert));
    folder.write("merrow.toml", b"[rules]\nundeclared-participant = \"off\"\n");
    folder.pipe(&["check", "-"], SWITCHED).code(0);
}
