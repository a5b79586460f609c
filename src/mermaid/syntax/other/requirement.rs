//! `requirementDiagram`: only values that are missing are looked for.

use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, SyntaxError};

use super::token::{is_line_end, line, skip_line, word};
use super::{Step, each, unexpected};

/// Checks what stands behind `requirementDiagram`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    each(Cursor::new(source, at), statement)
}

fn statement(cursor: &mut Cursor<'_>) -> Step {
    cursor.skip_space();
    let key = word(cursor);
    if ["risk", "verifymethod"].iter().any(|known| key.eq_ignore_ascii_case(known)) {
        let start = cursor.at;
        cursor.skip(key.len());
        cursor.skip_blanks();
        if cursor.eat(":") {
            cursor.skip_blanks();
            if is_line_end(cursor) {
                return Err(unexpected(cursor, &[Expected::Text]));
            }
        }
        cursor.at = start;
    }
    // `a - satisfies -> b`
    let text = line(cursor);
    if let Some(dash) = text.find(" - ")
        && !text.contains('"')
    {
        let behind = text[dash + " - ".len()..].trim_start();
        if behind.starts_with("->") {
            cursor.skip(text.len() - behind.len());
            return Err(unexpected(cursor, &[Expected::Literal("satisfies"), Expected::Literal("contains")]));
        }
    }
    skip_line(cursor);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn values_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            ("\nrequirement a {\n  id: 1\n  risk: high\n}\na - satisfies -> b\n", &[]),
            ("\nrequirement a {\n  risk:\n}\n", &[""]),
            ("\na -  -> b\n", &["->"]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
