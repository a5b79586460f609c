//! Small words of English that messages are put together with.

/// The number with its noun: `1 node`, `3 nodes`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// The items as a list in a sentence: `a`, `a and b`, `a, b and c`.
pub(crate) fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The items as alternatives in a sentence: `a`, `a or b`, `a, b or c`.
pub(crate) fn or(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The items between backticks.
pub(crate) fn code(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| format!("`{item}`")).collect()
}

/// As much of an author's text as fits into a message.
pub(crate) fn short(text: &str) -> String {
    const N_CHARACTERS: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(N_CHARACTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_read_as_english() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(and(&items), "a, b and c");
        assert_eq!(and(&items[..2]), "a and b");
        assert_eq!(or(&code(&["a", "b", "c"])), "`a`, `b` or `c`");
        assert_eq!(count(1, "node"), "1 node");
    }
}
