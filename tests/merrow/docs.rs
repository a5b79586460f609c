//! Pages of `docs/` that are made from the code, and must be what the code makes. `MERROW_BLESS=1` writes them.
#![expect(clippy::disallowed_methods, reason = "tests read and bless the pages themselves")]

use std::path::Path;

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
