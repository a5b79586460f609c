//! Words for what diagrams hold: names, lists, sentences.

use crate::mermaid::diagram::text::{Text, TextKind};

use super::label::{plain, plain_str};

/// As many names are listed in a sentence; the others are counted.
const MAX_NAMES: usize = 8;
/// The longest name, characters; what is longer is cut.
const MAX_NAME: usize = 80;

/// The text without characters that would steer a terminal or turn the direction of what follows: posts may come from
/// anybody.
pub(super) fn tame(text: &str) -> String {
    let is_wild = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if is_wild(c) { '\u{fffd}' } else { c }).collect()
}

/// What a reader sees of `text`, on one line.
pub(super) fn one_line(text: &str) -> String {
    plain_str(text, TextKind::Plain)
}

/// What a reader sees of a label, cut when it is long; its id when it shows nothing.
pub(super) fn name(label: &Text, id: &str) -> String {
    let seen = plain(label);
    let seen = if seen.is_empty() { id } else { &seen };
    match seen.char_indices().nth(MAX_NAME) {
        Some((end, _)) => format!("{}…", seen[..end].trim_end()),
        None => seen.to_owned(),
    }
}

/// Names with commas and an `and`; when there are many, the last are counted.
pub(super) fn list(names: impl ExactSizeIterator<Item = String>) -> String {
    let n_names = names.len();
    let n_said = if n_names > MAX_NAMES { MAX_NAMES - 1 } else { n_names };
    let mut said: Vec<String> = names.take(n_said).collect();
    if n_names > n_said {
        said.push(format!("{} more", n_names - n_said));
    }
    series(&said)
}

/// Words with commas and an `and`.
pub(super) fn series(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The text with a full stop unless it ends like a sentence.
pub(super) fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…', ':']) { text.to_owned() } else { format!("{text}.") }
}

/// The start of a sentence: with a large first letter unless it is a name, which stays as it is written.
pub(super) fn opening(text: &str) -> String {
    let is_worded = ["the ", "a part ", "on “"].iter().any(|word| text.starts_with(word));
    if is_worded { capitalised(text) } else { text.to_owned() }
}

/// The text with a large first letter.
fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed() {
        let names = |n: usize| list((1..=n).map(|number| number.to_string()).collect::<Vec<_>>().into_iter());
        assert_eq!([names(0), names(1), names(2), names(3)], ["", "1", "1 and 2", "1, 2 and 3"]);
        assert_eq!(names(10), "1, 2, 3, 4, 5, 6, 7 and 3 more");
    }
}
