//! Arrows of messages.

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case};
use nom::combinator::value;
use nom::{IResult, Parser as _};

/// A message's arrow: its head and whether the line is dotted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrow {
    /// Head.
    pub head: ArrowHead,
    /// Two dashes.
    pub dotted: bool,
}

/// Head of a message's arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArrowHead {
    /// `->`
    Open,
    /// `->>`
    Filled,
    /// `-x`
    Cross,
    /// `-)`
    Point,
    /// `<<->>`
    Bidirectional,
    /// `-|\`
    FilledTop,
    /// `-|/`
    FilledBottom,
    /// `-\\`
    StickTop,
    /// `-//`
    StickBottom,
    /// `/|-`
    FilledTopReverse,
    /// `\|-`
    FilledBottomReverse,
    /// `//-`
    StickTopReverse,
    /// `\\-`
    StickBottomReverse,
}

fn dashes(rest: &str) -> IResult<&str, bool> {
    alt((value(true, tag("--")), value(false, tag("-")))).parse(rest)
}

fn head(rest: &str) -> IResult<&str, ArrowHead> {
    alt((
        value(ArrowHead::Filled, tag(">>")),
        value(ArrowHead::Open, tag(">")),
        value(ArrowHead::Cross, tag_no_case("x")),
        value(ArrowHead::Point, tag(")")),
        value(ArrowHead::FilledTop, tag("|\\")),
        value(ArrowHead::FilledBottom, tag("|/")),
        value(ArrowHead::StickTop, tag("\\\\")),
        value(ArrowHead::StickBottom, tag("//")),
    ))
    .parse(rest)
}

fn tail(rest: &str) -> IResult<&str, ArrowHead> {
    alt((
        value(ArrowHead::FilledTopReverse, tag("/|")),
        value(ArrowHead::FilledBottomReverse, tag("\\|")),
        value(ArrowHead::StickTopReverse, tag("//")),
        value(ArrowHead::StickBottomReverse, tag("\\\\")),
    ))
    .parse(rest)
}

fn forward(rest: &str) -> IResult<&str, Arrow> {
    (dashes, head).map(|(dotted, head)| Arrow { head, dotted }).parse(rest)
}

fn reverse(rest: &str) -> IResult<&str, Arrow> {
    (tail, dashes).map(|(head, dotted)| Arrow { head, dotted }).parse(rest)
}

fn bidirectional(rest: &str) -> IResult<&str, Arrow> {
    (tag("<<"), dashes, tag(">>"))
        .map(|(_, dotted, _)| Arrow { head: ArrowHead::Bidirectional, dotted })
        .parse(rest)
}

/// The arrow that `rest` starts with, and its length in bytes.
pub(crate) fn arrow(rest: &str) -> Option<(Arrow, usize)> {
    let found = match rest.as_bytes().first()? {
        b'-' => forward(rest),
        b'<' => bidirectional(rest),
        b'/' | b'\\' => reverse(rest),
        _ => return None,
    };
    found.ok().map(|(after, arrow)| (arrow, rest.len() - after.len()))
}

/// Characters that arrows of any kind of diagram are made of.
fn is_arrow_char(c: char) -> bool {
    matches!(c, '-' | '=' | '~' | '<' | '>')
}

/// The first run in `line` that looks like an arrow of another kind of diagram, and the arrow of this kind that is
/// nearest; the run as a range of `line`.
pub(crate) fn foreign_arrow(line: &str) -> Option<(std::ops::Range<usize>, &'static str)> {
    let mut at = 0;
    while let Some(found) = line[at..].find(is_arrow_char) {
        let start = at + found;
        let mut end = start;
        // A dot belongs to an arrow between two of its other characters, as in `-.->`.
        while let Some(c) = line[end..].chars().next() {
            let joins = c == '.' && end > start && line[end + 1..].starts_with(['-', '.', '>']);
            if !is_arrow_char(c) && !joins {
                break;
            }
            end += c.len_utf8();
        }
        let run = &line[start..end];
        let behind = line[end..].chars().next();
        let has_letter_head = run.ends_with('-') && matches!(behind, Some('o' | 'O'));
        let is_arrow = run.len() > 1
            && (run.contains(['<', '>']) || run.ends_with("--") || run.ends_with("=="))
            || has_letter_head;
        if is_arrow {
            let end = if has_letter_head { end + 1 } else { end };
            let dotted = run.contains("--") || run.contains('.');
            let nearest = match (run.starts_with('<') && run.ends_with('>'), dotted) {
                (true, true) => "<<-->>",
                (true, false) => "<<->>",
                (false, true) => "-->>",
                (false, false) => "->>",
            };
            return Some((start..end, nearest));
        }
        at = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_arrow_is_read_whole() {
        let table = [
            ("->B", ArrowHead::Open, false, 2),
            ("-->B", ArrowHead::Open, true, 3),
            ("->>", ArrowHead::Filled, false, 3),
            ("-->> B", ArrowHead::Filled, true, 4),
            ("-X", ArrowHead::Cross, false, 2),
            ("--)", ArrowHead::Point, true, 3),
            ("<<-->>", ArrowHead::Bidirectional, true, 6),
            ("-|\\", ArrowHead::FilledTop, false, 3),
            ("--|/", ArrowHead::FilledBottom, true, 4),
            ("-\\\\", ArrowHead::StickTop, false, 3),
            ("--//", ArrowHead::StickBottom, true, 4),
            ("/|--", ArrowHead::FilledTopReverse, true, 4),
            ("\\|-", ArrowHead::FilledBottomReverse, false, 3),
            ("//-", ArrowHead::StickTopReverse, false, 3),
            ("\\\\--", ArrowHead::StickBottomReverse, true, 4),
        ];
        for (text, head, dotted, len) in table {
            assert_eq!(arrow(text), Some((Arrow { head, dotted }, len)), "{text}");
        }
        for none in ["", "-", "--", "--->", "<-", "<->", "=>", "-o", "~>", "/-", "<<->"] {
            assert_eq!(arrow(none), None, "{none}");
        }
    }

    #[test]
    fn an_arrow_of_another_kind_has_a_neighbour_here() {
        let table = [
            ("A => B: x", "=>", "->>"),
            ("A ---> B", "--->", "-->>"),
            ("A -.-> B", "-.->", "-->>"),
            ("A <-> B", "<->", "<<->>"),
            ("A --o B", "--o", "-->>"),
            ("A-B <- C", "<-", "->>"),
        ];
        for (line, written, nearest) in table {
            let (range, found) = foreign_arrow(line).unwrap();
            assert_eq!((&line[range], found), (written, nearest), "{line}");
        }
        assert_eq!(foreign_arrow("a-b c: d"), None);
    }
}
