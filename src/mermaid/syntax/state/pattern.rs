//! Mermaid's patterns in a state diagram: how far each reaches.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while1};
use nom::combinator::{recognize, value};
use nom::{IResult, Parser as _};

use crate::mermaid::syntax::character::{entity_width, is_space};

use super::tree::Stereotype;

/// Length of the id that `rest` starts with; at least one character.
pub(super) fn id_width(rest: &str) -> usize {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let mut at = first;
    let bytes = rest.as_bytes();
    while let Some(byte) = bytes.get(at).copied() {
        let ends = match byte {
            b':' | b'-' | b'{' => true,
            b'%' => bytes.get(at + 1) == Some(&b'%'),
            _ if byte.is_ascii() => is_space(char::from(byte)),
            _ if rest.is_char_boundary(at) => rest[at..].starts_with(is_space),
            _ => false,
        };
        if ends {
            break;
        }
        at += 1;
    }
    at
}

/// Length of the text that `rest` starts with: up to a newline, `:` or `;`, entities taken whole.
pub(super) fn text_width(rest: &str) -> usize {
    let mut at = 0;
    while let Some(found) = rest[at..].find(['\n', ':', ';', '#']) {
        at += found;
        match entity_width(&rest[at..]) {
            0 if rest[at..].starts_with('#') => at += 1,
            0 => return at,
            len => at += len,
        }
    }
    rest.len()
}

/// Length of the description that `rest`, which starts with its colon, begins with; 0 when nothing follows the colon.
///
/// A colon inside it is followed by something other than a colon, `;` or the end of the line.
pub(super) fn description_width(rest: &str) -> usize {
    let mut at = 1;
    loop {
        at += text_width(&rest[at..]);
        let mut behind = rest[at..].chars();
        let is_colon = behind.next() == Some(':');
        match behind.next() {
            Some(c) if is_colon && !matches!(c, ':' | ';' | '\n') => at += 1 + c.len_utf8(),
            _ => return if at > 1 { at } else { 0 },
        }
    }
}

/// `left of` or `right of`
pub(super) fn position_width(rest: &str) -> usize {
    fn position(rest: &str) -> IResult<&str, &str> {
        alt((tag_no_case("left of"), tag_no_case("right of"))).parse(rest)
    }
    position(rest).map_or(0, |(_, word)| word.len())
}

/// The direction that the line of `line_len` bytes at the start of `rest` gives: first by Mermaid's order of
/// directions, then the last in the line.
pub(super) fn direction_in(rest: &str, line_len: usize) -> Option<Range<usize>> {
    fn statement(rest: &str) -> IResult<&str, (&str, &str, usize)> {
        (
            tag_no_case("direction"),
            take_while1(is_space),
            alt((
                value(0, tag_no_case("TB")),
                value(1, tag_no_case("BT")),
                value(2, tag_no_case("RL")),
                value(3, tag_no_case("LR")),
            )),
        )
            .parse(rest)
    }
    let mut best: Option<(usize, Range<usize>)> = None;
    let mut at = 0;
    while let Some(found) = rest[at..line_len].find(['d', 'D']) {
        at += found;
        if let Ok((after, (.., order))) = statement(&rest[at..]) {
            let end = rest.len() - after.len();
            if best.as_ref().is_none_or(|(known, _)| order <= *known) {
                best = Some((order, end - 2..end));
            }
        }
        at += 1;
    }
    best.map(|(_, range)| range)
}

/// The stereotype that `line` holds: first by Mermaid's order, then the last in the line.
pub(super) fn stereotype_in(line: &str) -> Option<(Stereotype, Range<usize>)> {
    const MARKERS: [(&str, Stereotype); 6] = [
        ("<<fork>>", Stereotype::Fork),
        ("<<join>>", Stereotype::Join),
        ("<<choice>>", Stereotype::Choice),
        ("[[fork]]", Stereotype::Fork),
        ("[[join]]", Stereotype::Join),
        ("[[choice]]", Stereotype::Choice),
    ];
    let mut best: Option<(usize, Range<usize>)> = None;
    for (at, _) in line.match_indices(['<', '[']) {
        let starts = |marker: &str| {
            line.get(at..at + marker.len()).is_some_and(|text| text.eq_ignore_ascii_case(marker))
        };
        let found = MARKERS.iter().position(|(marker, _)| starts(marker));
        if let Some(order) = found
            && best.as_ref().is_none_or(|(known, _)| order <= *known)
        {
            best = Some((order, at..at + MARKERS[order].0.len()));
        }
    }
    best.map(|(order, range)| (MARKERS[order].1, range))
}

/// Where `text` has its first newline with `end note` behind it, and white space between them.
pub(super) fn end_note_in(text: &str) -> Option<Range<usize>> {
    fn end(rest: &str) -> IResult<&str, &str> {
        recognize((tag("\n"), take_while(|c| c != '\n' && is_space(c)), tag_no_case("end note"))).parse(rest)
    }
    text.match_indices('\n').find_map(|(at, _)| {
        let (after, _) = end(&text[at..]).ok()?;
        Some(at..text.len() - after.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stereotype_ends_the_id() {
        let table = [
            ("f <<fork>>", Some((Stereotype::Fork, 2..10))),
            ("f [[Choice]]", Some((Stereotype::Choice, 2..12))),
            ("<<join>> <<join>> <<choice>>", Some((Stereotype::Join, 9..17))),
            ("f <<end>>", None),
        ];
        for (line, expected) in table {
            assert_eq!(stereotype_in(line), expected, "{line}");
        }
    }

    #[test]
    fn descriptions_end_at_a_double_colon_or_a_semicolon() {
        let table = [
            (": a", 3),
            (":", 0),
            (": a: b", 6),
            (": a:: b", 3),
            (":a;b", 2),
            (": #59; x;", 8),
            ("::x", 3),
            (":\n", 0),
        ];
        for (text, width) in table {
            assert_eq!(description_width(text), width, "{text:?}");
        }
    }
}
