//! `sankey`: records of a source, a target and a value, with commas between them.

use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, SyntaxError};

use super::token::{expect, skip_string};
use super::{Step, Stop, each, misplaced};

/// Checks what stands behind `sankey`.
///
/// Mermaid removes empty lines, and blanks around the whole; a line of blanks between records is none it can read.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    let mut cursor = Cursor::new(source, at);
    let end = source.text.trim_end().len();
    if cursor.at >= end {
        return vec![misplaced(&cursor, &[Expected::EndOfLine])];
    }
    if cursor.byte() != b'\n' {
        // Blanks behind the header, or a first record there.
        return Vec::new();
    }
    cursor.skip(1);
    each(cursor, |cursor| record(cursor, end))
}

fn record(cursor: &mut Cursor<'_>, end: usize) -> Step {
    if cursor.at >= end {
        return Err(Stop::Unsure);
    }
    if cursor.eat("\n") {
        return Ok(());
    }
    field(cursor)?;
    expect(cursor, ",", &[Expected::Literal(",")])?;
    field(cursor)?;
    expect(cursor, ",", &[Expected::Literal(",")])?;
    field(cursor)?;
    if cursor.is_done() {
        return Ok(());
    }
    expect(cursor, "\n", &[Expected::EndOfLine])
}

fn field(cursor: &mut Cursor<'_>) -> Step {
    if cursor.byte() != b'"' {
        cursor.skip_to(|byte| matches!(byte, b',' | b'\n' | b'"'));
        return if cursor.byte() == b'"' { Err(Stop::Unsure) } else { Ok(()) };
    }
    // Two quotes in a text stand for one.
    while cursor.byte() == b'"' {
        skip_string(cursor, false)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn records_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            ("\n\na,b,1\n\"c, d\",\"e \"\"f\"\"\",2.5\n  \n", &[]),
            ("\na,b\n", &[""]),
            ("\n  \na,b,1\n", &[""]),
            ("\n \n", &[""]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
