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
