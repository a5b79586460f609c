//! Pages that are made from the code, or show what it prints, must be in step with it. `MERROW_BLESS=1` writes the former.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and bless the pages themselves"
)]

use std::path::Path;

use assert_cmd::Command;
use merrow::lint::reference;

#[test]
fn the_rule_reference_is_in_step_with_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let made = reference::book();
    if std::env::var_os("MERROW_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = written.lines().zip(made.lines()).position(|(a, b)| a != b);
    assert!(
        written == made,
        "docs/rules.md differs from the rules at line {:?}; MERROW_BLESS=1 writes it anew",
        differs.map(|at| at + 1)
    );
}

/// What `merrow` prints for these arguments, run in the folder of the project.
fn printed(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("merrow").unwrap();
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The blocks of `page` in the language `text`.
fn text_blocks(page: &str) -> Vec<&str> {
    let behind = page.split("```text\n").skip(1);
    behind.map(|rest| rest.split_once("```").expect("the block ends").0).collect()
}

#[test]
fn the_readme_shows_what_is_printed() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let blocks = text_blocks(&page);
    assert!(blocks.len() >= 3);
    let anything = [
        printed(&["check", "fixtures/homelab"]),
        printed(&["model", "fixtures/homelab/proxmox-high-availability-homelab.md"]),
    ];
    for block in blocks {
        if let Some((command, output)) =
            block.strip_prefix("$ merrow ").and_then(|rest| rest.split_once('\n'))
        {
            assert_eq!(printed(&command.split(' ').collect::<Vec<_>>()), output, "{command}");
        } else {
            assert!(anything.iter().any(|output| output.contains(block)), "nothing prints\n{block}");
        }
    }
}
