//! `radar-beta`: axes, curves with a value for each, and options.

use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, SyntaxError};

use super::token::{
    end_line, expect, is_line_end, is_quote, skip_blanks, skip_number, skip_string, skip_titles, word,
};
use super::{Step, Stop, each, unexpected};

/// Checks what stands behind `radar-beta`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    let mut cursor = Cursor::new(source, at);
    skip_blanks(&mut cursor);
    cursor.eat(":");
    each(cursor, statement)
}

fn statement(cursor: &mut Cursor<'_>) -> Step {
    skip_blanks(cursor);
    if is_line_end(cursor) || skip_titles(cursor)? {
        return end_line(cursor);
    }
    let keyword = word(cursor);
    let item: fn(&mut Cursor<'_>) -> Step = match keyword {
        "axis" => axis,
        "curve" => curve,
        "showLegend" | "ticks" | "max" | "min" | "graticule" => option,
        _ => {
            const STATEMENTS: &[Expected] =
                &[Expected::Literal("axis"), Expected::Literal("curve"), Expected::Literal("title")];
            return Err(unexpected(cursor, STATEMENTS));
        }
    };
    if matches!(keyword, "axis" | "curve") {
        cursor.skip(keyword.len());
    }
    loop {
        skip_blanks(cursor);
        item(cursor)?;
        skip_blanks(cursor);
        if !cursor.eat(",") {
            return Ok(());
        }
    }
}

fn axis(cursor: &mut Cursor<'_>) -> Step {
    let name = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if name.is_empty() {
        return Err(unexpected(cursor, &[Expected::Id]));
    }
    skip_blanks(cursor);
    if cursor.eat("[") {
        skip_blanks(cursor);
        if !is_quote(cursor) {
            return Err(unexpected(cursor, &[Expected::QuotedText]));
        }
        skip_string(cursor, true)?;
        skip_blanks(cursor);
        expect(cursor, "]", &[Expected::Literal("]")])?;
    }
    Ok(())
}

fn curve(cursor: &mut Cursor<'_>) -> Step {
    axis(cursor)?;
    skip_blanks(cursor);
    expect(cursor, "{", &[Expected::Literal("{")])?;
    skip_lines(cursor);
    // The first entry says whether all of them name their axes.
    let is_named = cursor.char().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    loop {
        skip_lines(cursor);
        if is_named {
            let name = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
            if name.is_empty() {
                return Err(unexpected(cursor, &[Expected::Id]));
            }
            skip_blanks(cursor);
            cursor.eat(":");
            skip_blanks(cursor);
        }
        if cursor.byte() == b'[' {
            cursor.skip_to(|byte| matches!(byte, b']' | b'\n'));
            expect(cursor, "]", &[Expected::Literal("]")])?;
        } else {
            skip_number(cursor)?;
        }
        skip_lines(cursor);
        if !cursor.eat(",") {
            return expect(cursor, "}", &[Expected::Literal(","), Expected::Literal("}")]);
        }
    }
}

fn option(cursor: &mut Cursor<'_>) -> Step {
    let name = word(cursor);
    if !matches!(name, "showLegend" | "ticks" | "max" | "min" | "graticule") {
        return Err(Stop::Unsure);
    }
    cursor.skip(name.len());
    skip_blanks(cursor);
    let (values, expected): (&[&str], &'static [Expected]) = match name {
        "showLegend" => (&["true", "false"], &[Expected::Literal("true"), Expected::Literal("false")]),
        "graticule" => (&["circle", "polygon"], &[Expected::Literal("circle"), Expected::Literal("polygon")]),
        _ => return skip_number(cursor),
    };
    let value = word(cursor);
    if !values.contains(&value) {
        return Err(unexpected(cursor, expected));
    }
    cursor.skip(value.len());
    Ok(())
}

/// Moves over blanks, comments and line ends.
fn skip_lines(cursor: &mut Cursor<'_>) {
    loop {
        skip_blanks(cursor);
        if !cursor.eat("\n") {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn axes_and_curves_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            (": \naxis a[\"A\"], b\ncurve x{1, 2}, y{ b: 3.5, a 4 }\nmax 5, ticks 4\n", &[]),
            ("\naxis a b\n", &["b"]),
            ("\naxis a,\n\ncurve\n", &["", ""]),
            ("\naxis a\ncurve x{1, a: 2}\n", &["a:"]),
            ("\ncurve x{\n1,\n2\n}\nshowLegend maybe\n", &["maybe"]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
