//! Statements as the author spelled them, and the lines that they become in the canonical form.
//!
//! A grammar sees a text without comments and with other quotes inside tags. What is printed is the author's own
//! characters, so that no label changes.

use crate::base::text::Span;

use super::character::is_space;
use super::source::{Source, Word};

/// A text and what a grammar read of it. The places of `source` are bytes of `text`, whose lines end with `\n`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written<'a> {
    /// The author's.
    pub(crate) text: &'a str,
    /// The grammar's.
    pub(crate) source: Source<'a>,
}

impl<'a> Written<'a> {
    /// The author's characters for a word.
    pub(crate) fn word(self, word: Word) -> &'a str {
        self.source.span(word).slice(self.text)
    }

    /// The author's characters for the bytes of the prepared text from `start` to `end`.
    pub(crate) fn between(self, start: usize, end: usize) -> &'a str {
        self.word(Word::from(start..end.max(start)))
    }

    /// The author's characters at a place.
    pub(crate) fn slice(self, span: Span) -> &'a str {
        span.slice(self.text)
    }
}

/// How a statement changes the level of those behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nesting {
    /// Not at all.
    Plain,
    /// It opens a block.
    Opens,
    /// It closes one.
    Closes,
    /// It closes a part of a block and opens the next one.
    Divides,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// Indented by as many levels more than its statement.
    Indented(usize, String),
    /// With the author's own indentation, because it goes on with a text.
    Continued(String),
}

/// A statement in lines, at least one, without their line ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    pub(crate) lines: Vec<Line>,
}

impl Printed {
    /// The statement `text`; the lines behind its first are those of a text in it, and stay.
    pub(crate) fn new(text: &str) -> Self {
        let mut lines = text.split('\n');
        let first = lines.next().unwrap_or_default().to_owned();
        let mut printed = vec![Line::Indented(0, first)];
        printed.extend(lines.map(|line| Line::Continued(line.to_owned())));
        Self { lines: printed }
    }
}

/// `text` with every run of blanks and tabs outside of double quotes as one blank, and none around it.
pub(crate) fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_quoted = false;
    let mut is_behind_blank = false;
    for c in trimmed(text).chars() {
        is_quoted ^= c == '"';
        let is_blank = matches!(c, ' ' | '\t') && !is_quoted;
        if is_blank && is_behind_blank {
            continue;
        }
        is_behind_blank = is_blank;
        out.push(if is_blank { ' ' } else { c });
    }
    out
}

/// `text` without the blanks and tabs around it. Other blanks stay, in case that they are meant.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// The inside of an `@{ }` with one blank around it; as written when it is empty, or YAML of several lines.
pub(crate) fn metadata(inside: &str) -> String {
    let text = inside.trim_matches(is_space);
    if text.is_empty() || inside.contains('\n') {
        return inside.to_owned();
    }
    // Where quotes are not plainly pairs of double ones, nobody but a YAML reader knows what a comma separates.
    if text.contains(['\'', '\\']) || !text.matches('"').count().is_multiple_of(2) {
        return format!(" {text} ");
    }
    let mut out = String::from(" ");
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            out.push('"');
        }
        if index % 2 == 1 {
            out.push_str(part);
            continue;
        }
        let mut rest = part;
        while let Some(at) = rest.find([',', ':']) {
            let (head, tail) = rest.split_at(at + 1);
            let behind = tail.trim_start_matches([' ', '\t']);
            out.push_str(head);
            // A colon without a blank behind it is part of a word.
            let is_apart = behind.len() < tail.len() || head.ends_with(',');
            if is_apart && !(behind.is_empty() && index + 1 == text.split('"').count()) {
                out.push(' ');
            }
            rest = behind;
        }
        out.push_str(rest);
    }
    out.push(' ');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_single_outside_of_quotes() {
        let table = [
            ("note  left of\tA ", "note left of A"),
            ("click A  \"a  b\"   \"c\"", "click A \"a  b\" \"c\""),
            ("a\u{a0} b", "a\u{a0} b"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(spaced(text), expected, "{text:?}");
        }
    }

    #[test]
    fn metadata_is_spaced_where_that_is_sure() {
        let table = [
            ("", ""),
            (" ", " "),
            ("shape: cyl", " shape: cyl "),
            ("  shape:  cyl,label: \"a,b:  c\",w:9", " shape: cyl, label: \"a,b:  c\", w:9 "),
            ("shape: 'a,  b'", " shape: 'a,  b' "),
            ("a: 1,  ", " a: 1, "),
            ("\n shape: cyl\n", "\n shape: cyl\n"),
        ];
        for (text, expected) in table {
            assert_eq!(metadata(text), expected, "{text:?}");
        }
    }
}
