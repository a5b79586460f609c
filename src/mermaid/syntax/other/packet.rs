//! `packet`: fields, each the bits it takes and a text, one behind the other without a gap.

use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, Problem, SyntaxError};

use super::token::{end_line, expect, is_line_end, is_quote, skip_blanks, skip_string, skip_titles};
use super::{Step, Stop, each, unexpected};

/// Checks what stands behind `packet`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    let mut next_bit = 0;
    each(Cursor::new(source, at), |cursor| statement(cursor, &mut next_bit))
}

fn statement(cursor: &mut Cursor<'_>, next_bit: &mut u64) -> Step {
    skip_blanks(cursor);
    if is_line_end(cursor) || skip_titles(cursor)? {
        return end_line(cursor);
    }
    let start = cursor.at;
    let (first, end) = if cursor.eat("+") {
        skip_blanks(cursor);
        (*next_bit, next_bit.saturating_add(bit(cursor)?))
    } else {
        let first = bit(cursor)?;
        skip_blanks(cursor);
        if cursor.eat("-") {
            skip_blanks(cursor);
            (first, bit(cursor)?.saturating_add(1))
        } else {
            (first, first.saturating_add(1))
        }
    };
    let bits = cursor.since(start);
    skip_blanks(cursor);
    expect(cursor, ":", &[Expected::Literal(":")])?;
    skip_blanks(cursor);
    if !is_quote(cursor) {
        return Err(unexpected(cursor, &[Expected::QuotedText]));
    }
    skip_string(cursor, true)?;
    end_line(cursor)?;
    let expected = std::mem::replace(next_bit, end);
    if first == expected && end > first {
        return Ok(());
    }
    // The line is read: the next statement follows, and its bits are judged by these.
    cursor.at -= 1;
    let problem = if end > first { Problem::BitGap { expected } } else { Problem::NoBits };
    Err(SyntaxError::new(cursor.source.span(bits), problem).into())
}

fn bit(cursor: &mut Cursor<'_>) -> Step<u64> {
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    match cursor.source.slice(digits) {
        "" => Err(unexpected(cursor, &[Expected::Number])),
        // A number beyond 64 bits is none of a packet; Mermaid counts on with less precision.
        digits => digits.parse().map_err(|_| Stop::Unsure),
    }
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn fields_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            ("\n0-15: \"Source\"\n16: \"Flag\"\n+4: 'Rest'\n", &[]),
            ("\n0-15: \"a\"\n17: \"b\"\n18: \"c\"\n", &["17"]),
            ("\n5-2: \"a\"\n", &["5-2"]),
            ("\n+0: \"a\"\n", &["+0"]),
            ("\nx: \"a\"\n0: b\n", &["x:", "b"]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
