//! Names of headings, by which links within a post find them.

use std::collections::{BTreeMap, BTreeSet};

/// The name that GitHub, Hugo and mdBook give a heading: lower case, hyphens for blanks, no punctuation.
pub(super) fn name(words: &str) -> String {
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The anchors of a post.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: BTreeSet<String>,
    /// The number that a further heading of the same name begins to search at.
    next: BTreeMap<String, u32>,
}

impl Anchors {
    /// `name`, or `name-1`, `name-2` and so on: the first that no heading has.
    pub(super) fn take(&mut self, name: String) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        let next = self.next.entry(name.clone()).or_insert(1);
        loop {
            let candidate = format!("{name}-{next}");
            *next += 1;
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_called_by_its_words_and_once() {
        let table = [
            ("Quorum and Voting", "quorum-and-voting"),
            ("Quorum and  Voting!", "quorum-and--voting"),
            ("Ä_b-c ✓", "ä_b-c-"),
            ("Quorum and Voting", "quorum-and-voting-1"),
            ("quorum-and-voting-1", "quorum-and-voting-1-1"),
            ("Quorum and Voting", "quorum-and-voting-2"),
            ("", ""),
            ("", "-1"),
        ];
        let mut anchors = Anchors::default();
        for (words, expected) in table {
            assert_eq!(anchors.take(name(words)), expected, "{words}");
        }
    }
}
