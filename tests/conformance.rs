//! Agreement with the real thing: recorded answers of Mermaid, Proxmox, corosync and Ceph against Merrow's.
//!
//! `MERROW_CONFORMANCE` names the directory of cases; without it nothing is run. One line per suite is printed,
//! `suite NAME PASSED/TOTAL` (visible with `--nocapture`), and a suite below its floor in `conformance/floors.toml`
//! fails the test. `MERROW_CONFORMANCE_REPORT=FILE` receives each failing case as a JSON line.
//!
//! `MERROW_METER` names the folder in which `.ci/meter` left what a browser measured of the drawings.
#![expect(clippy::disallowed_methods, reason = "a test reads its cases and its environment itself")]

#[path = "conformance/corosync_conf.rs"]
mod corosync_conf;
#[path = "conformance/drawing.rs"]
mod drawing;
#[path = "conformance/floors.rs"]
mod floors;
#[path = "conformance/mermaid.rs"]
mod mermaid;
#[path = "conformance/pending.rs"]
mod pending;
#[path = "conformance/quorum.rs"]
mod quorum;
#[path = "conformance/rewriting.rs"]
mod rewriting;
#[path = "conformance/structure/mod.rs"]
mod structure;
#[path = "conformance/suite.rs"]
mod suite;

use std::env;
use std::fs;
use std::path::PathBuf;

use suite::Suite;

/// The folder that a variable names; `None`, and says so, when none is named and none is required.
#[expect(clippy::print_stdout, reason = "a test says that it is skipped")]
fn folder(variable: &str, need: &str) -> Option<PathBuf> {
    if let Some(folder) = env::var_os(variable) {
        return Some(PathBuf::from(folder));
    }
    let required = env::var("MERROW_REQUIRE").unwrap_or_default();
    assert!(
        !required.split(',').any(|name| name.trim() == need),
        "MERROW_REQUIRE asks for `{need}`, but {variable} names no folder"
    );
    println!("\nskipped: {variable} names no folder");
    None
}

#[test]
fn agrees_with_the_real_thing() {
    let Some(root) = folder("MERROW_CONFORMANCE", "conformance") else { return };
    let mut suites = mermaid::suites(&root);
    suites.extend(quorum::suites(&root));
    suites.push(corosync_conf::suite(&root));
    suites.extend(pending::suites(&root));

    println!();
    for suite in &suites {
        println!("{}", suite.line());
    }
    if let Some(path) = env::var_os("MERROW_CONFORMANCE_REPORT") {
        let report: String = suites.iter().flat_map(Suite::report).collect();
        fs::write(&path, report).expect("MERROW_CONFORMANCE_REPORT names a file that can be written");
    }
    let below = floors::below(&suites);
    assert!(below.is_empty(), "below its floor:\n{}", below.join("\n"));
}

#[test]
fn draws_as_well_as_it_did() {
    let Some(measured) = folder("MERROW_METER", "browser") else { return };
    let Some(root) = folder("MERROW_CONFORMANCE", "conformance") else { return };
    let (table, missed) = drawing::judge(&measured, &root);
    println!("\n{table}");
    assert!(missed.is_empty(), "drawings are worse than they must be:\n{}", missed.join("\n"));
}
