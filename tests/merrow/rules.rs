//! The fixtures below `fixtures/rules`: pages that say above a line what will be found on it.
//!
//! ```text
//! %% error: [isolated-node] part of the message      in a diagram
//! # warning: [pvecm-options] part of the message     in configuration
//! <!-- note: [unclosed-fence] -->                    in Markdown
//! ```
//!
//! `<!-- merrow.toml: gist.lines = 8 -->` is a line of the settings that the page is judged with.
//!
//! Several such lines may stand above one another. A finding that no line announces is as wrong as one that is missing.
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures themselves")]

use std::path::{Path, PathBuf};

use merrow::base::diagnostic::{Applicability, Diagnostic};
use merrow::base::edit;
use merrow::base::text::LineIndex;

use crate::judge;

/// A finding that a page announces.
#[derive(Debug, PartialEq)]
struct Announced {
    line: u32,
    severity: String,
    rule: String,
    part: String,
}

/// Reads the announcement that `line` is, if it is one: severity, rule, part of the message.
fn announcement(line: &str) -> Option<(String, String, String)> {
    let line = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    let comment = ["%%", "#", "<!--"].iter().find_map(|mark| line.strip_prefix(mark))?.trim();
    let comment = comment.strip_suffix("-->").unwrap_or(comment).trim();
    let (severity, rest) = comment.split_once(": [")?;
    let (rule, part) = rest.split_once(']')?;
    let is_severity = ["error", "warning", "note"].contains(&severity);
    is_severity.then(|| (severity.to_owned(), rule.to_owned(), part.trim().to_owned()))
}

fn announced(text: &str) -> Vec<Announced> {
    let mut waiting = Vec::new();
    let mut all = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        match announcement(line) {
            Some(announced) => waiting.push(announced),
            None => all.extend(waiting.drain(..).map(|(severity, rule, part)| Announced {
                line: number,
                severity,
                rule,
                part,
            })),
        }
    }
    assert!(waiting.is_empty(), "announced behind the last line: {waiting:?}");
    all
}

/// All fixture pages below `fixtures/rules`, in order of their paths.
fn pages() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules")];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("fixtures are readable") {
            let path = entry.expect("fixtures are readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("fixtures are text");
                pages.push((path, text));
            }
        }
    }
    pages.sort();
    assert!(!pages.is_empty());
    pages
}

#[test]
fn each_page_has_the_findings_that_it_announces() {
    let mut wrong = Vec::new();
    for (path, text) in pages() {
        let lines = LineIndex::new(&text);
        let mut expected = announced(&text);
        for finding in judge::findings(&text) {
            let line = lines.line(finding.place.span.start);
            let found = expected.iter().position(|it| {
                it.line == line
                    && it.severity == finding.severity.name()
                    && it.rule == finding.rule.name
                    && finding.message.contains(&it.part)
            });
            match found {
                Some(at) => {
                    expected.swap_remove(at);
                }
                None => wrong.push(format!(
                    "{}:{line}: unexpected {}: [{}] {}",
                    path.display(),
                    finding.severity.name(),
                    finding.rule.name,
                    finding.message
                )),
            }
        }
        wrong.extend(expected.iter().map(|it| format!("{}:{}: missing {it:?}", path.display(), it.line)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_rule_has_a_page_where_it_fires_and_where_it_stays_silent() {
    let pages = pages();
    for rule in merrow::lint::registry::RULES {
        let name = rule.meta.name;
        let is_own = |path: &Path| {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            stem.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let own: Vec<&str> =
            pages.iter().filter(|(path, _)| is_own(path)).map(|(_, text)| text.as_str()).collect();
        assert!(!own.is_empty(), "fixtures/rules has no page `{name}.md`");
        let fires = own.iter().flat_map(|text| announced(text)).any(|it| it.rule == name);
        assert!(fires, "{name}: no page announces a finding of it");
        let is_near_miss = |path: &Path, text: &str| {
            text.contains("No finding") && (is_own(path) || text.contains(&format!("`{name}`")))
        };
        let is_silent = pages.iter().any(|(path, text)| is_near_miss(path, text));
        assert!(is_silent, "{name}: no page has a paragraph that says \"No finding\" of a near miss");
    }
}

#[test]
fn a_missing_and_an_unexpected_finding_are_told_apart() {
    let text = "> %% error: [a] b c\n> <!-- note: [d] -->\nx\n# warning: [e]\ny";
    let all = announced(text);
    assert_eq!(
        all.iter().map(|it| (it.line, it.rule.as_str(), it.part.as_str())).collect::<Vec<_>>(),
        [(3, "a", "b c"), (3, "d", ""), (5, "e", "")]
    );
    assert_eq!(announcement("# error: without a rule"), None);
}

#[test]
fn a_fix_removes_its_finding_and_keeps_the_syntax() {
    let same = |a: &Diagnostic, b: &Diagnostic| a.rule.name == b.rule.name && a.message == b.message;
    let n_syntax =
        |findings: &[Diagnostic]| findings.iter().filter(|it| it.rule.name.contains("syntax")).count();
    let mut n_fixes = 0;
    for (path, text) in pages() {
        let before = judge::findings(&text);
        for finding in &before {
            let Some(fix) =
                finding.fix.as_ref().filter(|fix| fix.applicability != Applicability::DisplayOnly)
            else {
                continue;
            };
            n_fixes += 1;
            let after = judge::findings(&edit::apply(&text, &fix.edits));
            let count = |findings: &[Diagnostic]| findings.iter().filter(|it| same(it, finding)).count();
            let place = format!("{}: {}", path.display(), finding.message);
            assert!(count(&after) < count(&before), "{place}: the finding is still there");
            assert!(n_syntax(&after) <= n_syntax(&before), "{place}: the fix breaks the syntax");
        }
    }
    assert!(n_fixes > 0);
}

/// Lines of which a page can be put together so that comments, fences and statements meet in any order.
pub(crate) const LINES: [&str; 24] = [
    "```mermaid",
    "````",
    "```",
    "~~~bash",
    "flowchart LR",
    "sequenceDiagram",
    "stateDiagram-v2",
    "%% merrow: allow isolated-node, syntax: why",
    "# merrow: allow-file pvecm-options",
    "<!-- merrow: allow front-matter -->",
    "<!-- merrow: allow",
    "-->",
    "> %% merrow: allow syntax",
    "---",
    "title: a: b",
    "A --> B{x?} & C",
    "A[ü][9]",
    "A->>+B: ok",
    "subgraph s",
    "end",
    "[*] --> A",
    "direction LR A",
    "pvecm create x --bindnet0 \\",
    "  --ring0_addr=é https://gist.github.com/ü",
];

proptest::proptest! {
    #[test]
    fn any_page_is_judged_and_every_place_lies_in_it(
        lines in proptest::collection::vec(0..LINES.len(), 0..40),
        newline in proptest::sample::select(vec!["\n", "\r\n"]),
    ) {
        let text: String = lines.iter().flat_map(|line| [LINES[*line], newline]).collect();
        for finding in judge::findings(&text) {
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            let places = finding.related.iter().map(|label| label.place.span);
            for span in edits.chain(places).chain([finding.place.span]) {
                let range = span.start as usize..span.end as usize;
                proptest::prop_assert!(text.get(range).is_some(), "{}: {span:?} in {text:?}", finding.rule.name);
            }
        }
    }
}
