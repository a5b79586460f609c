//! The pages below `fixtures`.
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures themselves")]

use std::fs;
use std::path::Path;

/// Every Markdown page below `fixtures`, with its path from there, sorted.
pub(crate) fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut pages = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("fixtures can be listed") {
            let path = entry.expect("fixtures can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let name = path
                    .strip_prefix(&root)
                    .expect("it was found below")
                    .to_string_lossy()
                    .replace('\\', "/");
                pages.push((name, fs::read_to_string(&path).expect("fixtures are text")));
            }
        }
    }
    pages.sort();
    assert!(!pages.is_empty(), "there are fixtures");
    pages
}
