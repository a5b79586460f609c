//! `pie`: slices, each a text and a number of 0 or more.

use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, Problem, SyntaxError};

use super::token::{
    end_line, expect, is_line_end, is_quote, skip_blanks, skip_number, skip_string, skip_titles, word,
};
use super::{Step, each, unexpected};

/// Checks what stands behind `pie`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    let mut cursor = Cursor::new(source, at);
    skip_blanks(&mut cursor);
    if word(&cursor) == "showData" {
        cursor.skip("showData".len());
    }
    each(cursor, statement)
}

fn statement(cursor: &mut Cursor<'_>) -> Step {
    skip_blanks(cursor);
    if is_line_end(cursor) || skip_titles(cursor)? {
        return end_line(cursor);
    }
    if !is_quote(cursor) {
        return Err(unexpected(cursor, &[Expected::QuotedText, Expected::Literal("title")]));
    }
    skip_string(cursor, true)?;
    skip_blanks(cursor);
    expect(cursor, ":", &[Expected::Literal(":")])?;
    skip_blanks(cursor);
    let start = cursor.at;
    let is_negative = cursor.eat("-");
    skip_number(cursor)?;
    let number = cursor.since(start);
    if is_negative && cursor.source.slice(number).bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
        return Err(SyntaxError::new(cursor.source.span(number), Problem::NegativeSlice).into());
    }
    end_line(cursor)
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn text_and_number_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            ("\n\"Cats\" : 10\n'Dogs' : 1.5 %% more\n", &[]),
            (" showData title Pets\n\"Cats\": 0", &[]),
            ("\n\"Cats\" 10\n\"Dogs\" :\n\"Fish\" : -1\n", &["10", "", "-1"]),
            ("\n\"Cats\" : 007\n\"Dogs\" : 1.\n", &["007", "1."]),
            ("\n\"Cats : 10\n", &["\""]),
            (" title: Pets\n", &[":"]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
