//! Which known name an unknown one was meant to be.

/// The candidate most like `word`, if one is like enough to be what was meant; the first of equals.
///
/// Like enough means a Jaro-Winkler similarity of 0.8 with case ignored: a letter missing, doubled or swapped, or a
/// shared beginning, but not another word. Names that differ only in their digits (`node1`, `node2`) are meant as two.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LIKE_ENOUGH: f64 = 0.8;
    let word = word.to_lowercase();
    let mut best = None;
    let mut most = LIKE_ENOUGH;
    for candidate in candidates {
        if candidate.to_lowercase() != word && without_digits(candidate).eq(without_digits(&word)) {
            continue;
        }
        let likeness = strsim::jaro_winkler(&word, &candidate.to_lowercase());
        if likeness > most {
            most = likeness;
            best = Some(candidate);
        }
    }
    best
}

/// The characters of `name` in lower case, digits left out.
fn without_digits(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !c.is_ascii_digit()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_likely_slip_is_taken_for_a_name() {
        let names = ["isolated-node", "syntax", "unknown-diagram", "flowchart", "node1"];
        let table = [
            ("isolatednode", Some("isolated-node")),
            ("isolated-nodes", Some("isolated-node")),
            ("sintax", Some("syntax")),
            ("FlowChart", Some("flowchart")),
            ("flowchrt", Some("flowchart")),
            ("database", None),
            ("node2", None),
            ("", None),
        ];
        for (word, expected) in table {
            assert_eq!(nearest(word, names), expected, "{word}");
        }
    }
}
