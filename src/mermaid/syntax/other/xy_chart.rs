//! `xychart`: a title, two axes, lines and bars.

use crate::mermaid::syntax::character::is_word;
use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, SyntaxError};

use super::token::{expect, skip_accessibility, skip_blanks, skip_string};
use super::{Step, Stop, each, unexpected};

/// Where a text without quotes stands, which decides what ends it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    /// Behind `title`, `line`, `bar` and in a list.
    Plain,
    /// Behind `x-axis` and `y-axis`, where digits begin a range.
    Axis,
}

/// Words that no text without quotes may hold.
const KEYWORDS: [&str; 6] = ["title", "line", "bar", "vertical", "horizontal", "xychart"];

/// How a statement begins.
const STATEMENTS: &[Expected] = &[
    Expected::Literal("title"),
    Expected::Literal("x-axis"),
    Expected::Literal("y-axis"),
    Expected::Literal("bar"),
    Expected::Literal("line"),
];

/// Checks what stands behind `xychart`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    let mut cursor = Cursor::new(source, at);
    skip_blanks(&mut cursor);
    let orientation = keyword(&cursor);
    if ["vertical", "horizontal"].iter().any(|known| orientation.eq_ignore_ascii_case(known)) {
        cursor.skip(orientation.len());
    }
    each(cursor, statement)
}

fn statement(cursor: &mut Cursor<'_>) -> Step {
    skip_blanks(cursor);
    if cursor.eat("\n") || cursor.eat(";") || cursor.is_done() || skip_accessibility(cursor) {
        return Ok(());
    }
    let is = |cursor: &Cursor<'_>, keyword: &str| {
        cursor.rest().get(..keyword.len()).is_some_and(|text| text.eq_ignore_ascii_case(keyword))
    };
    if is(cursor, "x-axis") || is(cursor, "y-axis") {
        let has_categories = is(cursor, "x-axis");
        cursor.skip("x-axis".len());
        return axis(cursor, has_categories);
    }
    let keyword = keyword(cursor);
    cursor.skip(keyword.len());
    if keyword.eq_ignore_ascii_case("title") {
        if text(cursor, Text::Plain)? { Ok(()) } else { Err(unexpected(cursor, &[Expected::Text])) }
    } else if ["line", "bar"].iter().any(|known| keyword.eq_ignore_ascii_case(known)) {
        text(cursor, Text::Plain)?;
        expect(cursor, "[", &[Expected::Literal("[")])?;
        list(cursor, value)
    } else {
        cursor.at -= keyword.len();
        Err(unexpected(cursor, STATEMENTS))
    }
}

/// What stands behind `x-axis`, which has categories or a range, and `y-axis`, which has a range.
fn axis(cursor: &mut Cursor<'_>, has_categories: bool) -> Step {
    let has_title = text(cursor, Text::Axis)?;
    if has_categories && cursor.eat("[") {
        return list(cursor, |cursor| {
            if text(cursor, Text::Plain)? { Ok(()) } else { Err(unexpected(cursor, &[Expected::Text])) }
        });
    }
    if !number(cursor) {
        let is_more = matches!(cursor.byte(), b'[' | b'-') || !has_title;
        return if is_more { Err(unexpected(cursor, &[Expected::Text, Expected::Number])) } else { Ok(()) };
    }
    skip_blanks(cursor);
    expect(cursor, "-->", &[Expected::Literal("-->")])?;
    skip_blanks(cursor);
    if number(cursor) { Ok(()) } else { Err(unexpected(cursor, &[Expected::Number])) }
}

/// A number, and a text between quotes that may stand beside it.
fn value(cursor: &mut Cursor<'_>) -> Step {
    if !number(cursor) {
        return Err(unexpected(cursor, &[Expected::Number]));
    }
    skip_blanks(cursor);
    if cursor.byte() == b'"' {
        text(cursor, Text::Plain)?;
    }
    Ok(())
}

/// Items with commas between them, behind `[`.
fn list(cursor: &mut Cursor<'_>, item: fn(&mut Cursor<'_>) -> Step) -> Step {
    loop {
        skip_blanks(cursor);
        item(cursor)?;
        skip_blanks(cursor);
        if !cursor.eat(",") {
            return expect(cursor, "]", &[Expected::Literal(","), Expected::Literal("]")]);
        }
    }
}

/// Moves over a text and blanks around it; false where none is.
fn text(cursor: &mut Cursor<'_>, place: Text) -> Step<bool> {
    skip_blanks(cursor);
    if cursor.byte() == b'"' {
        let is_empty = cursor.rest().starts_with("\"\"");
        skip_string(cursor, false).map_err(|_| Stop::Unsure)?;
        skip_blanks(cursor);
        // Two quotes and nothing between them are no token.
        return if is_empty { Err(Stop::Unsure) } else { Ok(true) };
    }
    let start = cursor.at;
    loop {
        let letters = letters(cursor);
        let rest = cursor.rest();
        let is_axis = ["x-axis", "y-axis"]
            .iter()
            .any(|known| rest.get(..known.len()).is_some_and(|text| text.eq_ignore_ascii_case(known)));
        if is_axis || KEYWORDS.iter().any(|known| keyword(cursor).eq_ignore_ascii_case(known)) {
            break;
        }
        if !letters.is_empty() {
            cursor.skip(letters.len());
        } else if place == Text::Axis && (rest.starts_with("-->") || number_width(rest) > 0) {
            break;
        } else if matches!(cursor.byte(), b'0'..=b'9' | b'&' | b'+' | b'=' | b'*' | b'#' | b'_' | b'.' | b'-')
        {
            cursor.skip(1);
        } else {
            break;
        }
        skip_blanks(cursor);
    }
    Ok(cursor.at > start)
}

/// The letters that come next where they are a whole word.
fn keyword<'a>(cursor: &Cursor<'a>) -> &'a str {
    let letters = letters(cursor);
    if cursor.rest()[letters.len()..].starts_with(is_word) { "" } else { letters }
}

/// The letters that come next.
fn letters<'a>(cursor: &Cursor<'a>) -> &'a str {
    let rest = cursor.rest();
    &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())]
}

/// Moves over a number.
fn number(cursor: &mut Cursor<'_>) -> bool {
    let width = number_width(cursor.rest());
    cursor.skip(width);
    width > 0
}

/// Length of the number that `text` starts with: a sign, digits, a point and digits; 0 when it starts with none.
fn number_width(text: &str) -> usize {
    let sign = usize::from(text.starts_with(['+', '-']));
    let digits = |at: usize| text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(sign);
    let point = sign + whole;
    let fraction = if text[point..].starts_with('.') { digits(point + 1) } else { 0 };
    match (whole, fraction) {
        (0, 0) => 0,
        (_, 0) => point,
        _ => point + 1 + fraction,
    }
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn axes_and_values_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            (
                " horizontal\ntitle \"Sales\"\nx-axis Month [jan, \"feb 1\"]\ny-axis \"in kEUR\" 0 --> 11.5\nbar Sales [+1, -.5, 3]\nline [1 \"first\"]\n",
                &[],
            ),
            ("\nx-axis a --> 3\n", &["-->"]),
            ("\ny-axis a 1 --> b\nline\nbar []\nbar [1,,2]\nbar [1 [2]\n", &["b", "", "]", ",2]", "[2]"]),
            ("\npie [1]\n", &["pie"]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
