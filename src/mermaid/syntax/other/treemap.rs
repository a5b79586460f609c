//! `treemap`: rows, each a section or a leaf with its number, and classes.

use crate::mermaid::syntax::character::{is_blank, is_word};
use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, Problem, SyntaxError};

use super::token::{is_line_end, is_quote, skip_blanks, skip_line, skip_string, skip_titles, word};
use super::{Step, each, unexpected};

/// Checks what stands behind `treemap`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    let mut errors = each(Cursor::new(source, at), statement);
    errors.extend(trailing_indentation(source, at));
    errors
}

/// Blanks behind the last row are the indentation of a row that does not come. Mermaid names no line for it; the error
/// stands at the header, and its cause is the blanks.
fn trailing_indentation(source: Source<'_>, at: usize) -> Option<SyntaxError> {
    let body = source.text.get(at..)?;
    let behind = body.trim_end_matches(['\n', ' ', '\t']).len();
    let blank = body[behind..].rfind([' ', '\t'])?;
    if behind == 0 {
        return None;
    }
    let end = at + behind + blank + 1;
    let start = at + behind + body[behind..=behind + blank].trim_end_matches([' ', '\t']).len();
    let blanks = source.span(start..end);
    Some(SyntaxError::new(source.span(at..at), Problem::TrailingIndentation { blanks }))
}

fn statement(cursor: &mut Cursor<'_>) -> Step {
    skip_blanks(cursor);
    if cursor.eat("\n") || cursor.is_done() || skip_titles(cursor)? {
        return Ok(());
    }
    if word(cursor) == "classDef" {
        return class_def(cursor);
    }
    if !is_quote(cursor) {
        return Err(unexpected(cursor, &[Expected::QuotedText, Expected::Literal("classDef")]));
    }
    skip_string(cursor, false)?;
    skip_blanks(cursor);
    if !cursor.rest().starts_with(":::") && (cursor.eat(":") || cursor.eat(",")) {
        skip_blanks(cursor);
        let number = cursor.take_while(|c| c.is_ascii_digit() || matches!(c, '_' | '.' | ','));
        if number.is_empty() {
            return Err(unexpected(cursor, &[Expected::Number]));
        }
        skip_blanks(cursor);
    }
    if cursor.eat(":::") {
        skip_blanks(cursor);
        if cursor.take_while(is_word).is_empty() {
            return Err(unexpected(cursor, &[Expected::ClassName]));
        }
    }
    skip_blanks(cursor);
    if is_line_end(cursor) || is_quote(cursor) {
        Ok(())
    } else {
        Err(unexpected(cursor, &[Expected::EndOfLine]))
    }
}

/// The name of a class has two characters at least.
fn class_def(cursor: &mut Cursor<'_>) -> Step {
    let start = cursor.at;
    cursor.skip("classDef".len());
    cursor.skip_space();
    let name = cursor.take_while(is_word);
    let text = cursor.source.slice(name);
    if text.len() < 2 || text.starts_with(|c: char| c.is_ascii_digit()) {
        cursor.at = if name.is_empty() { start } else { name.start() };
        return Err(unexpected(cursor, &[Expected::ClassName]));
    }
    if cursor.char().is_some_and(is_blank) {
        cursor.skip_to(|byte| matches!(byte, b';' | b'\n'));
    }
    cursor.eat(";");
    skip_blanks(cursor);
    if is_line_end(cursor) {
        return Ok(());
    }
    let error = unexpected(cursor, &[Expected::EndOfLine]);
    skip_line(cursor);
    Err(error)
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn rows_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            ("\n\"A\"\n    'B': 1_000.5:::hot\n    \"C\":::hot\n    \"D\", 3\nclassDef hot fill:red;\n", &[]),
            ("\nitems\n\"A\": ten\n", &["items", "ten"]),
            ("\nclassDef c fill:red\n", &["c"]),
            ("\n\"A\": 1\n    ", &["    "]),
            ("\n\"A\n", &["\""]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
