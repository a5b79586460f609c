//! The files that have left posts, so that no name is given twice.

use std::collections::BTreeMap;

use crate::base::slug;

/// Files by their path from the folder that holds them all, with what stands in them.
///
/// Paths that differ in case only are one: some disks do not tell them apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    files: BTreeMap<String, String>,
}

impl Shelf {
    /// Puts a file there that is known to stand at `path`.
    pub fn put(&mut self, path: &str, contents: &str) {
        self.files.insert(path.to_lowercase(), contents.to_owned());
    }

    /// Finds a place in `folder` for a file that should be called `name`, and puts it there.
    ///
    /// The name is taken as it is when nothing has it, or the same contents have; else it gets a number before its ending.
    pub(super) fn place(&mut self, folder: &str, name: &str, contents: &str) -> String {
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
            _ => (name, String::new()),
        };
        let path = |stem: &str| format!("{folder}/{stem}{ending}").to_lowercase();
        let stem = slug::unique(stem, |stem| {
            self.files.get(&path(stem)).is_some_and(|other| other.as_str() != contents)
        });
        self.files.insert(path(&stem), contents.to_owned());
        format!("{stem}{ending}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_to_two_files() {
        let mut shelf = Shelf::default();
        shelf.put("attic/a.conf", "one");
        let table = [
            ("attic", "a.conf", "one", "a.conf"),
            ("attic", "a.conf", "two", "a-2.conf"),
            ("attic", "A.conf", "three", "A-3.conf"),
            ("attic", "a.conf", "two", "a-2.conf"),
            ("cellar", "a.conf", "two", "a.conf"),
            ("attic", "interfaces", "x", "interfaces"),
            ("attic", "interfaces", "y", "interfaces-2"),
        ];
        for (folder, name, contents, expected) in table {
            assert_eq!(shelf.place(folder, name, contents), expected, "{folder}/{name} {contents}");
        }
    }
}
