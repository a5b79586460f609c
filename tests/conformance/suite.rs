//! The outcome of one suite.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// Cases of one suite and what became of them.
pub(crate) struct Suite {
    pub(crate) name: &'static str,
    pub(crate) n_passed: usize,
    pub(crate) failures: Vec<Failure>,
    /// Cases that are not run yet.
    pub(crate) n_pending: usize,
}

/// A case that did not come out as recorded.
pub(crate) struct Failure {
    pub(crate) id: String,
    pub(crate) why: String,
}

impl Suite {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, n_passed: 0, failures: Vec::new(), n_pending: 0 }
    }

    /// A suite of `total` cases that nothing in Merrow answers yet.
    pub(crate) fn pending(name: &'static str, total: usize) -> Self {
        Self { n_pending: total, ..Self::new(name) }
    }

    /// Counts the case `id`: passed, or failed because of what `outcome` says.
    pub(crate) fn count(&mut self, id: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.n_passed += 1,
            Err(why) => self.failures.push(Failure { id: id.to_owned(), why }),
        }
    }

    pub(crate) fn total(&self) -> usize {
        self.n_passed + self.failures.len() + self.n_pending
    }

    /// `suite NAME PASSED/TOTAL`
    pub(crate) fn line(&self) -> String {
        format!("suite {} {}/{}", self.name, self.n_passed, self.total())
    }

    /// The failing cases as JSON lines.
    pub(crate) fn report(&self) -> impl Iterator<Item = String> {
        self.failures
            .iter()
            .map(|failure| format!("{}\n", json!({"suite": self.name, "id": failure.id, "why": failure.why})))
    }
}

/// The objects of a JSON-lines file.
pub(crate) fn json_lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let parse =
        |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().filter(|line| !line.trim().is_empty()).map(parse).collect()
}
