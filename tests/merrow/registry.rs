//! The list of rules: complete, in order, documented by examples that are run.
#![expect(clippy::disallowed_methods, reason = "tests read the sources themselves")]

use std::collections::BTreeSet;
use std::path::Path;

use merrow::document::{self, SourceKind};
use merrow::lint::registry::{self, RULES};

use crate::judge;

/// The folders below `src/lint/rules` and the letters of their codes, in the order of the registry.
const FAMILIES: [(&str, &str); 6] = [
    ("document", "DO"),
    ("diagram", "DG"),
    ("config", "CF"),
    ("gist", "GS"),
    ("cluster", "CL"),
    ("behaviour", "BE"),
];

#[test]
fn each_rule_file_is_registered_with_the_code_of_its_folder() {
    let mut registered: BTreeSet<(&str, String)> =
        RULES.iter().map(|rule| (&rule.meta.code[..2], rule.meta.name.to_owned())).collect();
    for (folder, letters) in FAMILIES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/rules").join(folder);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().replace('_', "-");
            let source = std::fs::read_to_string(&path).unwrap();
            if source.contains("\ndeclare_rule!") {
                assert!(
                    registered.remove(&(letters, name.clone())),
                    "{} is not registered under its name",
                    path.display()
                );
            } else {
                assert!(name == "mod", "{} declares no rule", path.display());
            }
        }
    }
    assert!(registered.is_empty(), "no file of its name and folder declares {registered:?}");
}

#[test]
fn rules_stand_in_the_order_of_their_codes() {
    let family = |code: &str| FAMILIES.iter().position(|(_, letters)| code.starts_with(letters)).unwrap();
    let keys: Vec<(usize, u32)> =
        RULES.iter().map(|rule| (family(rule.meta.code), rule.meta.code[2..].parse().unwrap())).collect();
    assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.meta.name).collect();
    assert_eq!(names.len(), RULES.len(), "two rules have one name");
}

#[test]
fn a_rule_is_found_by_name_and_by_code() {
    for rule in RULES {
        assert_eq!(registry::find(rule.meta.name).unwrap().meta.code, rule.meta.code);
        assert_eq!(registry::find(&rule.meta.code.to_lowercase()).unwrap().meta.name, rule.meta.name);
    }
    assert!(registry::find("isolated").is_none());
    assert_eq!(registry::nearest("isolated-nod"), Some("isolated-node"));
}

#[test]
fn each_rule_has_its_headings_and_examples_that_do_what_they_say() {
    const HEADINGS: [&str; 4] = ["What it checks", "Why it matters", "Example", "Use instead"];
    for rule in RULES {
        let meta = &rule.meta;
        let headings: Vec<&str> = meta.docs.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", meta.name);
        assert!(meta.summary().len() > 20, "{}: \"{}\"", meta.name, meta.summary());
        let docs = document::read(meta.docs, SourceKind::Markdown);
        for (section, fires) in [("Example", true), ("Use instead", false)] {
            let block = docs.blocks.iter().find(|block| block.section.as_deref() == Some(section));
            let block = block.unwrap_or_else(|| panic!("{}: nothing to try below \"{section}\"", meta.name));
            let page = match block.language.as_str() {
                "markdown" => block.excerpt.text.clone(),
                language => format!("```{language}\n{}```\n", block.excerpt.text),
            };
            let findings = judge::findings(&page);
            let told: Vec<String> =
                findings.iter().map(|it| format!("[{}] {}", it.rule.name, it.message)).collect();
            assert_eq!(
                findings.iter().any(|finding| finding.rule.name == meta.name),
                fires,
                "{}, \"{section}\": {told:?}",
                meta.name
            );
            assert!(
                fires || !findings.iter().any(|it| it.rule.name.contains("syntax")),
                "{}: {told:?}",
                meta.name
            );
        }
    }
}
