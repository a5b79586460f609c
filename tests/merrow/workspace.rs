//! A workspace after any edits says what a fresh one says.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the settings of these tests are sound, and a test sets its own stage"
)]

use std::fs;
use std::path::Path;

use merrow::host::settings_file::{self, Project};
use merrow::host::workspace::Workspace;
use merrow::pipeline::settings;
use merrow::report::{CheckReport, terminal};
use proptest::prelude::*;

use crate::fixtures;

fn project() -> Project {
    let settings = "[[lab]]\nname = \"all\"\nfiles = [\"b*.md\", \"c.conf\"]\n";
    Project {
        settings: settings::read(settings).unwrap(),
        folder: std::path::absolute(".").unwrap(),
        out: None,
    }
}

/// Everything that a user could see of a workspace.
fn seen(workspace: &Workspace) -> (String, usize) {
    let findings = workspace.findings();
    let (sources, failures) = (workspace.sources(), workspace.failures());
    let report = CheckReport {
        sources: &sources,
        diagnostics: &findings.diagnostics,
        failures: &failures,
        scope: findings.scope,
    };
    let paths: Vec<&str> = sources.iter().map(|source| source.path).collect();
    let text =
        terminal::findings(&report, terminal::Look::PLAIN) + &terminal::summary(&report) + &paths.join(" ");
    (text, workspace.labs().len())
}

#[derive(Debug, Clone)]
enum Change {
    Replace(&'static str, usize),
    Remove(&'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let path = prop::sample::select(vec![
        "a.md",
        "a_diagrams.md",
        "b.md",
        "b2.md",
        "c.conf",
        "d.mmd",
        "e.sh",
        "photo.png",
    ]);
    prop_oneof![
        4 => (path.clone(), 0..texts().len()).prop_map(|(path, text)| Change::Replace(path, text)),
        1 => path.prop_map(Change::Remove),
    ]
}

/// Real pages, parts of them, and texts with mistakes.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = fixtures::pages().into_iter().map(|(_, text)| text).collect();
    let halves: Vec<String> =
        texts.iter().map(|text| text.chars().take(text.chars().count() / 2).collect()).collect();
    texts.extend(halves);
    texts.push(String::new());
    texts.push(
        "[c](c.conf) [d](d.mmd)\n```mermaid\nsequenceDiagram\nparticipant A\nA->>B: x\n```\n".to_owned(),
    );
    texts.push("see https://gist.github.com/... \n```bash\nls\n".to_owned());
    texts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn edits_end_where_a_fresh_run_ends(changes in prop::collection::vec(change(), 1..12)) {
        let texts = texts();
        let mut edited = Workspace::of_texts(project(), []);
        let mut wanted: std::collections::BTreeMap<&str, &str> = std::collections::BTreeMap::new();
        for change in &changes {
            match change {
                Change::Replace(path, text) => {
                    edited.replace(path, texts[*text].clone());
                    wanted.insert(path, &texts[*text]);
                }
                Change::Remove(path) => {
                    edited.remove(path);
                    wanted.remove(path);
                }
            }
        }
        prop_assert_eq!(edited.version(), changes.len() as u64);
        let fresh = Workspace::of_texts(project(), wanted);
        prop_assert_eq!(seen(&edited), seen(&fresh));
    }
}

/// A page with stretches taken out, doubled, and replaced by what steers a reader.
fn damaged_page() -> impl Strategy<Value = String> {
    let bit = prop::sample::select(vec![
        "\n",
        "\r\n",
        "\t",
        "> ",
        "```",
        "-->",
        "->>",
        "[",
        "]",
        "(",
        "{",
        "}",
        "\"",
        "|",
        ";",
        "%%",
        "%%{",
        "end\n",
        "subgraph ",
        "✓",
        "\u{feff}",
        "state ",
        "note ",
        "10.0.0.1/24",
        "$(",
        "'",
        "\\",
        "<<EOF\n",
        ":",
        "---\n",
        "&",
        "{{< mermaid >}}\n",
        "<pre class=\"mermaid\">",
        "<!-- merrow: allow ",
        "%% merrow: Node1 = node x\n",
        "#",
    ]);
    let cut = (any::<prop::sample::Index>(), 0..40_usize, bit);
    (any::<prop::sample::Index>(), prop::collection::vec(cut, 0..10)).prop_map(|(page, cuts)| {
        let mut text: Vec<char> = page.get(&fixtures::pages()).1.chars().collect();
        for (at, len, bit) in cuts {
            let at = at.index(text.len() + 1);
            text.splice(at..(at + len).min(text.len()), bit.chars());
        }
        text.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_page_is_judged_and_every_place_is_in_it(text in damaged_page()) {
        let workspace = Workspace::of_texts(project(), [("a.md", text.as_str())]);
        for finding in workspace.findings().diagnostics {
            let places = std::iter::once(finding.place).chain(finding.related.iter().map(|label| label.place));
            for place in places {
                let (start, end) = (place.span.start as usize, place.span.end as usize);
                prop_assert!(text.get(start..end).is_some(), "{:?}", finding);
            }
        }
        prop_assert!(!seen(&workspace).0.is_empty());
    }
}

#[test]
fn an_edit_changes_what_is_found() {
    let mut workspace = Workspace::of_texts(project(), [("a.md", "```mermaid\nnonsense\n```\n")]);
    let before = seen(&workspace);
    assert!(before.0.contains("a.md:2:1"), "{}", before.0);
    workspace.replace("a.md", "sound\n");
    assert!(seen(&workspace).0.starts_with("Nothing found in 1 post"), "{:?}", seen(&workspace));
    workspace.replace("a.md", "```mermaid\nnonsense\n```\n");
    assert_eq!(seen(&workspace), before);
}

#[test]
fn a_file_that_joins_brings_the_rest_of_its_lab() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("joining");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("posts")).unwrap();
    let folder = fs::canonicalize(folder).unwrap();
    let post = "Proxmox\n\n```mermaid\nflowchart LR\n    A[pve1<br/>10.0.0.9] --> B[pve2]\n```\n";
    for (path, text) in [
        ("merrow.toml", "[[lab]]\nname = \"cellar\"\nfiles = [\"posts/cellar.md\", \"cluster.toml\"]\n"),
        ("cluster.toml", "[[node]]\nname = \"pve1\"\nlinks = [\"10.0.0.1\"]\n"),
        ("posts/attic.md", "# Attic\n"),
    ] {
        fs::write(folder.join(path), text).unwrap();
    }
    let open = || {
        let paths = [folder.join("posts")];
        Workspace::open(settings_file::load(None, &paths).unwrap(), &paths)
    };
    let mut edited = open();
    let path = folder.join("posts/cellar.md");
    edited.replace(path.to_str().unwrap(), post);
    fs::write(&path, post).unwrap();
    assert!(seen(&edited).0.contains("[disputed-fact]"), "{}", seen(&edited).0);
    assert_eq!(seen(&edited), seen(&open()));
}
