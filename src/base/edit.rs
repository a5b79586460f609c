//! Changes to a file, as data.

use super::text::Span;

/// Replaces the bytes of `span` with `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Replaces `span` with `text`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

/// The file after `edits`.
///
/// Edits are applied in file order; one that overlaps an earlier one, or lies outside the file, is left out.
pub fn apply(file: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(file.len());
    let mut done = 0;
    for edit in sorted {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        let Some(kept) = file.get(done..start) else {
            continue;
        };
        if file.get(start..end).is_none() {
            continue;
        }
        out.push_str(kept);
        out.push_str(&edit.text);
        done = end;
    }
    out.push_str(&file[done..]);
    out
}

/// True when every edit lies in the file and none overlaps another, so that [`apply`] leaves none out.
pub fn are_apart(file: &str, edits: &[Edit]) -> bool {
    let mut spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
    spans.sort_unstable();
    spans.iter().all(|span| file.get(span.start as usize..span.end as usize).is_some())
        && spans.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

/// What ends a line inserted at byte `at` of `file`, so that what stood there begins the next line as before: a newline
/// as the file has them, and the blanks and quote marks in front of `at`.
///
/// `None` when anything else stands in front of `at` on its line, or `at` lies outside the file.
pub fn line_break(file: &str, at: u32) -> Option<String> {
    let before = file.get(..at as usize)?;
    let margin = before.rsplit(['\n', '\r']).next()?;
    let newline = if file.contains("\r\n") { "\r\n" } else { "\n" };
    margin.chars().all(|c| c.is_whitespace() || c == '>').then(|| format!("{newline}{margin}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_file_order_and_never_overlap() {
        let edits = [
            Edit::replace(Span::new(4, 6), "X"),
            Edit::replace(Span::new(0, 2), "Y"),
            Edit::replace(Span::new(5, 7), "lost"),
            Edit::replace(Span::new(90, 99), "lost"),
        ];
        assert_eq!(apply("abcdefgh", &edits), "YcdXgh");
        assert!(are_apart("abcdefgh", &edits[..2]));
        assert!(!are_apart("abcdefgh", &edits[..3]));
        assert!(!are_apart("abcdefgh", &edits[3..]));
    }

    #[test]
    fn a_line_is_inserted_with_its_margin() {
        let table = [
            ("a\n  b", 4, Some("\n  ")),
            ("a\r\n> \tb", 6, Some("\r\n> \t")),
            ("- b", 2, None),
            ("b", 9, None),
        ];
        for (file, at, expected) in table {
            assert_eq!(line_break(file, at).as_deref(), expected, "{file:?}");
        }
    }
}
