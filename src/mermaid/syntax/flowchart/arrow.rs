//! Arrows: how they are spelled and what the spelling means.
//!
//! ```text
//! normal  --- --> --x --o   x--x <-->      more dashes, longer
//! thick   === ==> ==x ==o   o==o <==>
//! dotted  -.- -.-> -.-x     <-.->          more dots, longer; the first dash may be missing
//! none    ~~~
//! ```

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::one_of;
use nom::combinator::{opt, recognize, verify};
use nom::{IResult, Parser as _};

/// The character that a line is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// `-`
    Normal,
    /// `=`
    Thick,
    /// `.`
    Dotted,
}

impl Line {
    /// What no label between the two halves of an arrow may hold.
    pub(crate) const fn stroke(self) -> &'static str {
        match self {
            Self::Normal => "--",
            Self::Thick => "=",
            Self::Dotted => ".",
        }
    }

    /// The usual second half.
    pub(crate) const fn plain(self) -> &'static str {
        match self {
            Self::Normal => "-->",
            Self::Thick => "==>",
            Self::Dotted => ".->",
        }
    }
}

/// What an arrow token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrow {
    /// A whole arrow of this many bytes.
    Whole(usize),
    /// What opens an in-line label, of this many bytes.
    Opening(Line, usize),
}

/// The arrow that `text` starts with.
pub(crate) fn arrow(text: &str) -> Option<Arrow> {
    // Most tokens are no arrow: look at two bytes before anything is tried.
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    let body = if matches!(first, b'x' | b'o' | b'<') { *bytes.get(1)? } else { first };
    let line = match body {
        b'=' => Line::Thick,
        b'-' => Line::Normal,
        b'.' => Line::Dotted,
        b'~' => {
            return invisible(text).ok().map(|(rest, _)| Arrow::Whole(text.len() - rest.len()));
        }
        _ => return None,
    };
    let width = |parsed: IResult<&str, &str>| parsed.ok().map(|(rest, _)| text.len() - rest.len());
    if line == Line::Thick {
        return width(whole(text, '='))
            .map(Arrow::Whole)
            .or_else(|| width(opening(text, "==")).map(|len| Arrow::Opening(Line::Thick, len)));
    }
    width(whole(text, '-'))
        .or_else(|| width(dotted(text)))
        .map(Arrow::Whole)
        .or_else(|| width(opening(text, "--")).map(|len| Arrow::Opening(Line::Normal, len)))
        .or_else(|| width(opening(text, "-.")).map(|len| Arrow::Opening(Line::Dotted, len)))
}

/// The whole arrow of this line that `text` starts with: what may end an in-line label.
pub(crate) fn closing(text: &str, line: Line) -> Option<usize> {
    let parsed = match line {
        Line::Normal => whole(text, '-'),
        Line::Thick => whole(text, '='),
        Line::Dotted => dotted(text),
    };
    parsed.ok().map(|(rest, _)| text.len() - rest.len())
}

/// Two or more of `stroke` with a head, or three or more.
fn whole(text: &str, stroke: char) -> IResult<&str, &str> {
    let strokes = |n| take_while_m_n(n, usize::MAX, move |c| c == stroke);
    let headed = recognize((opt(one_of("xo<")), strokes(2), one_of("xo>")));
    let open = recognize((opt(one_of("xo<")), strokes(3)));
    alt((headed, open)).parse(text)
}

fn dotted(text: &str) -> IResult<&str, &str> {
    let dots = take_while1(|c| c == '.');
    recognize((opt(one_of("xo<")), opt(tag("-")), dots, tag("-"), opt(one_of("xo>")))).parse(text)
}

fn invisible(text: &str) -> IResult<&str, &str> {
    verify(take_while1(|c| c == '~'), |run: &str| run.len() >= 3).parse(text)
}

fn opening<'a>(text: &'a str, line: &'static str) -> IResult<&'a str, &'a str> {
    recognize((opt(one_of("xo<")), tag(line))).parse(text)
}

/// Something that looks like an arrow but is none here, and the arrow that was probably meant.
pub(crate) fn foreign(text: &str) -> Option<(&str, &'static str)> {
    let len = text
        .find(|c| !matches!(c, '-' | '=' | '.' | '<' | '>' | '~' | ')' | '|' | '\\' | '/'))
        .unwrap_or(text.len());
    let run = &text[..len];
    let starts = run.starts_with(['-', '=', '<', '~']) || run.starts_with("..");
    if run.len() < 2 || !starts || !run.contains(['-', '=', '~', '.']) {
        return None;
    }
    let nearest = match (run.contains('='), run.contains('.'), run.starts_with('<') && run.contains('>')) {
        (true, _, true) => "<==>",
        (true, _, false) => "==>",
        (_, true, true) => "<-.->",
        (_, true, false) => "-.->",
        (_, _, true) => "<-->",
        _ if run.contains('~') => "~~~",
        _ => "-->",
    };
    (run != nearest).then_some((run, nearest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_are_told_from_openings_and_from_names() {
        let table = [
            ("--> B", Some(Arrow::Whole(3))),
            ("---oB", Some(Arrow::Whole(4))),
            ("--- B", Some(Arrow::Whole(3))),
            ("-- t --> B", Some(Arrow::Opening(Line::Normal, 2))),
            ("x--xB", Some(Arrow::Whole(4))),
            ("<--", Some(Arrow::Opening(Line::Normal, 3))),
            ("<-.->", Some(Arrow::Whole(5))),
            (".->", Some(Arrow::Whole(3))),
            ("-. t", Some(Arrow::Opening(Line::Dotted, 2))),
            ("-..-x", Some(Arrow::Whole(5))),
            ("== t", Some(Arrow::Opening(Line::Thick, 2))),
            ("==>", Some(Arrow::Whole(3))),
            ("~~~~", Some(Arrow::Whole(4))),
            ("~~", None),
            ("->", None),
            ("x", None),
            ("oa", None),
            ("=>", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(arrow(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_looks_like_an_arrow_names_its_neighbour() {
        assert_eq!(foreign("->> B"), Some(("->>", "-->")));
        assert_eq!(foreign("=>B"), Some(("=>", "==>")));
        assert_eq!(foreign("<->"), Some(("<->", "<-->")));
        assert_eq!(foreign("- x"), None);
        assert_eq!(foreign("B"), None);
    }
}
