//! What was moved: the list of the files that left posts, kept beside them.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::plan::Split;

/// The name of the list in the folder of the files.
pub const FILE_NAME: &str = "merrow-gists.json";

/// The format that this program writes.
const VERSION: u32 = 1;

/// Files that left posts, sorted by their paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    version: u32,
    files: Vec<Entry>,
}

/// A file that left a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its path from the folder of the list: `folder/name`.
    pub file: String,
    /// The post that it left, from the folder of the settings.
    pub post: String,
    /// What the post calls its language; may be empty.
    pub language: String,
    /// Its lines.
    pub lines: usize,
    /// Its bytes.
    pub bytes: usize,
    /// Where the post says that it is.
    pub link: String,
}

impl Entry {
    /// What is to be remembered of a split of `post`.
    pub fn of(split: &Split, post: &str) -> Self {
        Self {
            file: split.file.clone(),
            post: post.to_owned(),
            language: split.language.clone(),
            lines: split.n_lines,
            bytes: split.contents.len(),
            link: split.link.clone(),
        }
    }
}

/// Why a text is no ledger.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// It is not what Merrow writes there.
    #[error("it is no list of moved files: {0}")]
    Syntax(String),
    /// A newer program wrote it.
    #[error("it is of version {0}, and this Merrow reads version {VERSION}")]
    Version(u32),
    /// A path that leads elsewhere.
    #[error("`{0}` is no path below its folder")]
    Path(String),
}

impl Default for Ledger {
    fn default() -> Self {
        Self { version: VERSION, files: Vec::new() }
    }
}

impl Ledger {
    /// Reads the text of a ledger.
    ///
    /// # Errors
    /// [`LedgerError`] for anything that [`Self::text`] does not write.
    pub fn read(text: &str) -> Result<Self, LedgerError> {
        let mut ledger: Self =
            serde_json::from_str(text).map_err(|error| LedgerError::Syntax(error.to_string()))?;
        if ledger.version != VERSION {
            return Err(LedgerError::Version(ledger.version));
        }
        if let Some(entry) = ledger.files.iter().find(|entry| !is_below(&entry.file)) {
            return Err(LedgerError::Path(entry.file.clone()));
        }
        ledger.sort();
        Ok(ledger)
    }

    /// The text of the ledger: the same files give the same bytes, in whatever order they were moved.
    pub fn text(&self) -> String {
        // Texts and numbers can always be written as JSON.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The files, sorted by their paths.
    pub fn entries(&self) -> &[Entry] {
        &self.files
    }

    /// Remembers a file; one of the same path is forgotten.
    pub fn put(&mut self, entry: Entry) {
        self.files.retain(|known| known.file != entry.file);
        self.files.push(entry);
        self.sort();
    }

    fn sort(&mut self) {
        self.files.sort_by(|a, b| a.file.cmp(&b.file));
    }
}

/// True for paths of names between `/`.
fn is_below(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str, post: &str) -> Entry {
        Entry {
            file: file.to_owned(),
            post: post.to_owned(),
            language: "yaml".to_owned(),
            lines: 60,
            bytes: 900,
            link: "x".to_owned(),
        }
    }

    #[test]
    fn the_order_of_moves_leaves_no_trace() {
        let (mut one, mut other) = (Ledger::default(), Ledger::default());
        for file in ["b/x", "a/y", "b/x"] {
            one.put(entry(file, "p.md"));
        }
        for file in ["a/y", "b/x"] {
            other.put(entry(file, "p.md"));
        }
        assert_eq!(one.text(), other.text());
        assert_eq!(Ledger::read(&one.text()), Ok(one));
    }

    #[test]
    fn what_another_wrote_is_told() {
        let with = |file: &str| {
            let mut ledger = Ledger::default();
            ledger.files.push(entry(file, "p.md"));
            ledger.text()
        };
        assert!(matches!(Ledger::read("[]"), Err(LedgerError::Syntax(_))));
        assert_eq!(Ledger::read("{\"version\": 2, \"files\": []}"), Err(LedgerError::Version(2)));
        for path in ["../x", "/etc/passwd", "a//b", "c:/x", ""] {
            assert_eq!(Ledger::read(&with(path)), Err(LedgerError::Path(path.to_owned())));
        }
    }
}
