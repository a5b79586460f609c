//! `**bold**` and `*slanted*` text of markdown strings.
//!
//! The rules are those of CommonMark ("Emphasis and strong emphasis") without the rule of three, which no label needs.

/// A row of equal `*` or `_`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Delimiter {
    /// How many bold stretches end and start here.
    pub(super) bold: (usize, usize),
    /// How many slanted stretches end and start here.
    pub(super) italic: (usize, usize),
    /// Characters that mark nothing and are shown.
    pub(super) n_shown: usize,
}

/// What each row marks; a row is its character, its length, and the characters before and behind it.
pub(super) fn delimiters(rows: &[(char, usize, Option<char>, Option<char>)]) -> Vec<Delimiter> {
    let mut found = vec![Delimiter::default(); rows.len()];
    // Rows that something may still end at: index and characters left, for `*` and for `_`.
    let mut open: [Vec<(usize, usize)>; 2] = [Vec::new(), Vec::new()];
    for (index, (marker, len, before, behind)) in rows.iter().enumerate() {
        let is_word = |c: &Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_gap = |c: &Option<char>| c.is_none_or(char::is_whitespace);
        let is_underscore = *marker == '_';
        let may_open = !(is_gap(behind) || is_underscore && is_word(before));
        let may_close = !(is_gap(before) || is_underscore && is_word(behind));
        let (own, other) = (usize::from(is_underscore), usize::from(!is_underscore));
        let mut left = *len;
        while may_close && left > 0 {
            let Some((opener, n_open)) = open[own].pop() else {
                break;
            };
            // What was opened with the other character in between is not closed any more.
            while open[other].last().is_some_and(|(at, _)| *at > opener) {
                open[other].pop();
            }
            let n_used = if left >= 2 && n_open >= 2 { 2 } else { 1 };
            if n_used == 2 {
                found[opener].bold.1 += 1;
                found[index].bold.0 += 1;
            } else {
                found[opener].italic.1 += 1;
                found[index].italic.0 += 1;
            }
            left -= n_used;
            found[opener].n_shown -= n_used;
            if n_open > n_used {
                open[own].push((opener, n_open - n_used));
            }
        }
        found[index].n_shown = left;
        if may_open && left > 0 {
            open[own].push((index, left));
        }
    }
    found
}
