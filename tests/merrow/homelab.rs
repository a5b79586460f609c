//! What Merrow tells about the homelab fixture: the user's own page, a page with every kind of mistake, a page with none.

use std::path::{Path, PathBuf};

use merrow::base::diagnostic::Diagnostic;
use merrow::base::text::{LineColumn, LineIndex};
use merrow::host::settings_file;
use merrow::host::workspace::Workspace;

const SEED: &str = "proxmox-high-availability-homelab.md";
const MISTAKES: &str = "moving-the-cluster-to-the-attic.md";
const SOUND: &str = "three-nodes-in-the-cellar.md";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/homelab")
}

/// The findings about the folder, each with the name of its file and its place.
fn findings() -> Vec<(String, LineColumn, Diagnostic)> {
    let paths = [folder()];
    let project = settings_file::load(None, &paths).expect("the settings of the fixture are sound");
    let workspace = Workspace::open(project, &paths);
    assert!(workspace.errors().is_empty());
    let sources = workspace.sources();
    let findings = workspace.findings().diagnostics.into_iter().map(|finding| {
        let source = sources[finding.place.file.0 as usize];
        let at = LineIndex::new(source.text).line_column(source.text, finding.place.span.start);
        (source.path.rsplit('/').next().unwrap_or_default().to_owned(), at, finding)
    });
    findings.collect()
}

#[test]
fn the_users_page_gets_the_findings_that_a_careful_reader_has() {
    let found = findings();
    let expected: &[(&str, u32, u32, &str)] = &[
        ("isolated-node", 28, 9, "`Ceph`"),
        ("isolated-node", 227, 9, "`Pool`"),
        ("undeclared-participant", 178, 17, "`Quorum`"),
        ("undeclared-participant", 214, 17, "`Dashboard`"),
        ("address-outside-networks", 17, 34, "10.10.10.1"),
        ("address-outside-networks", 17, 34, "10.10.10.3"),
        ("disputed-fact", 17, 34, "Proxmox Node 1 has two values for its address: 10.10.10.1 and 10.10.0.1"),
        ("bond-on-two-bridges", 340, 5, "`bond1` is a port of 2 bridges: `vmbr1` and `vmbr2`"),
        ("same-scenario", 97, 12, "is the same case as \"1 node down: 3 votes ✓\""),
        ("qdevice-odd-nodes", 84, 24, "a QDevice on 3 nodes"),
        ("quorum-scenario", 96, 12, "\"2 nodes down: 2 votes ✗\" is not what corosync does"),
        ("pvecm-options", 368, 3, "bindnet0"),
        ("pvecm-options", 369, 3, "ring0_addr"),
        ("memory-copied-after-failure", 139, 33, "Copy Memory State from Shared Storage"),
        ("unknown-ha-state", 283, 17, "`Running` and `Migrating`"),
        ("freeze-on-failure", 291, 5, "Node failure detected"),
        ("error-left-by-itself", 297, 5, "`Error` to `Freeze`"),
        ("gist-link-placeholder", 371, 23, "this link leads to no gist"),
    ];
    let about_it = || found.iter().filter(|(file, ..)| file == SEED);
    let mut rules: Vec<&str> = about_it().map(|(_, _, finding)| finding.rule.name).collect();
    // Two parts of one finding are expected, and the note of a decision without labels beside them.
    let mut told: Vec<&str> = expected.iter().map(|(rule, ..)| *rule).collect();
    told.retain(|rule| *rule != "address-outside-networks");
    told.extend(["address-outside-networks", "unlabelled-branch"]);
    rules.sort_unstable();
    told.sort_unstable();
    assert_eq!(rules, told, "nothing is missing, and nothing else is said");
    for (rule, line, column, part) in expected {
        let is_it = |(file, at, finding): &&(String, LineColumn, Diagnostic)| {
            file == SEED
                && finding.rule.name == *rule
                && (at.line, at.column) == (*line, *column)
                && finding.message.contains(part)
        };
        let found = found.iter().find(is_it);
        let (_, _, finding) = found.unwrap_or_else(|| panic!("no {rule} at {line}:{column} with {part:?}"));
        assert!(finding.help.is_some(), "{rule} says what to do");
    }
}

#[test]
fn no_diagram_that_mermaid_accepts_has_a_finding_of_syntax() {
    let found = findings();
    assert!(
        found
            .iter()
            .all(|(_, _, finding)| finding.rule.name != "syntax" && finding.rule.name != "unknown-diagram")
    );
}

#[test]
fn every_kind_of_mistake_of_the_users_page_is_found_in_other_words() {
    let found = findings();
    let rules = |page: &str| {
        let mut rules: Vec<&str> =
            found.iter().filter(|(file, ..)| file == page).map(|(_, _, finding)| finding.rule.name).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    };
    let missing: Vec<&str> = rules(SEED).into_iter().filter(|rule| !rules(MISTAKES).contains(rule)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_page_without_a_mistake_has_no_finding() {
    let found: Vec<_> = findings().into_iter().filter(|(file, ..)| file == SOUND).collect();
    assert_eq!(found, []);
}
