//! The corpus of the fuzz targets as a plain test: what once crashed never does again.

#![expect(clippy::disallowed_methods, reason = "a test reads its own corpus")]

use std::fs;
use std::path::PathBuf;

#[path = "../fuzz/laws.rs"]
mod laws;

#[test]
fn the_corpus_keeps_the_laws() {
    type Law = fn(&str);
    let targets: [(&str, Law); 3] =
        [("markdown", laws::markdown), ("parse", laws::parse), ("format", laws::format)];
    for (target, law) in targets {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(!paths.is_empty(), "{target}");
        for path in paths {
            // libFuzzer gives a target that asks for text nothing else.
            if let Ok(text) = String::from_utf8(fs::read(&path).unwrap()) {
                law(&text);
            }
        }
    }
}
