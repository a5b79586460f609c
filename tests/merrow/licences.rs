//! Every crate that Merrow is built with may be used under terms that fit `MIT OR Apache-2.0`.
#![expect(clippy::disallowed_methods, reason = "cargo is asked which crates there are")]

use std::process::Command;

/// Terms that ask for no more than to be passed on.
const FINE: [&str; 10] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Unlicense",
    "Unicode-3.0",
    "Zlib",
    "CC0-1.0",
];

/// An SPDX expression offers terms that are fine: one of its alternatives is made of such terms only.
fn is_fine(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], " ").replace('/', " OR ");
    plain
        .split(" OR ")
        .any(|alternative| alternative.split(" AND ").all(|terms| FINE.contains(&terms.trim())))
}

#[test]
fn every_crate_may_be_used() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .expect("cargo runs");
    // Crates of other platforms may never have been fetched; then cargo must be asked online, which tests do not do.
    if !output.status.success() {
        println!(
            "skipped: cargo does not know all crates offline: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        return;
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    assert!(packages.len() > 20);
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !is_fine(package["license"].as_str().unwrap_or("none")))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn terms_are_read_as_spdx_means_them() {
    for expression in ["MIT", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "GPL-3.0 OR MIT"] {
        assert!(is_fine(expression), "{expression}");
    }
    for expression in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "none"] {
        assert!(!is_fine(expression), "{expression}");
    }
}
