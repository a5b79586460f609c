//! `info`: a word that may follow, and titles.

use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, SyntaxError};

use super::token::{eat_word, end_line, is_line_end, skip_blanks, skip_titles};
use super::{each, unexpected};

/// Checks what stands behind `info`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    each(Cursor::new(source, at), |cursor| {
        skip_blanks(cursor);
        if is_line_end(cursor) || eat_word(cursor, "showInfo") || skip_titles(cursor)? {
            return end_line(cursor);
        }
        Err(unexpected(cursor, &[Expected::Literal("showInfo"), Expected::EndOfLine]))
    })
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn words_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[(" showInfo\n", &[]), ("\n", &[]), (" me\n", &["me"])];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
