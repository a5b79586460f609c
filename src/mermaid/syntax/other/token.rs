//! Tokens that several kinds have.

use crate::mermaid::syntax::character::{is_blank, is_space, is_word};
use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::{Expected, Problem, SyntaxError};

use super::{Step, Stop, unexpected};

/// Moves over blanks, and over a comment up to the end of its line.
pub(super) fn skip_blanks(cursor: &mut Cursor<'_>) {
    cursor.skip_blanks();
    if cursor.rest().starts_with("%%") {
        skip_line(cursor);
    }
}

/// Moves to the end of the line, which is not read.
pub(super) fn skip_line(cursor: &mut Cursor<'_>) {
    cursor.skip_to(|byte| byte == b'\n');
}

/// True at a line end and at the end of the text.
pub(super) fn is_line_end(cursor: &Cursor<'_>) -> bool {
    cursor.is_done() || cursor.byte() == b'\n'
}

/// Moves behind blanks, a comment and a line end, or to the end of the text; nothing else may stand there.
pub(super) fn end_line(cursor: &mut Cursor<'_>) -> Step {
    skip_blanks(cursor);
    if !is_line_end(cursor) {
        return Err(unexpected(cursor, &[Expected::EndOfLine]));
    }
    cursor.skip(1);
    Ok(())
}

/// Moves behind `literal`, which must come next.
pub(super) fn expect(cursor: &mut Cursor<'_>, literal: &str, expected: &'static [Expected]) -> Step {
    if cursor.eat(literal) { Ok(()) } else { Err(unexpected(cursor, expected)) }
}

/// The run of letters, digits and `_` that comes next.
pub(super) fn word<'a>(cursor: &Cursor<'a>) -> &'a str {
    let rest = cursor.rest();
    &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())]
}

/// Moves behind `keyword` when that word comes next.
pub(super) fn eat_word(cursor: &mut Cursor<'_>, keyword: &str) -> bool {
    let found = word(cursor) == keyword;
    if found {
        cursor.skip(keyword.len());
    }
    found
}

/// The rest of the line that comes next.
pub(super) fn line<'a>(cursor: &Cursor<'a>) -> &'a str {
    let rest = cursor.rest();
    &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())]
}

/// Moves over the text up to the next `quote`, and behind that; in a text with escapes `\` guards the character behind it.
///
/// The cursor stands on the opening quote. One that is never closed is where the lexers of `@mermaid-js/parser` stop.
pub(super) fn skip_string(cursor: &mut Cursor<'_>, has_escapes: bool) -> Step {
    let opened = cursor.at;
    let quote = cursor.byte();
    cursor.skip(1);
    loop {
        cursor.skip_to(|byte| byte == quote || (has_escapes && byte == b'\\'));
        if cursor.is_done() {
            let opened = cursor.source.span(opened..opened + 1);
            return Err(SyntaxError::new(opened, Problem::UnclosedQuote { opened }).into());
        }
        if cursor.byte() == quote {
            cursor.skip(1);
            return Ok(());
        }
        cursor.skip(1);
        cursor.take(1);
    }
}

/// True when a text between quotes comes next.
pub(super) fn is_quote(cursor: &Cursor<'_>) -> bool {
    matches!(cursor.byte(), b'"' | b'\'')
}

/// Moves over `title`, `accTitle` and `accDescr` as the grammars of `@mermaid-js/parser` have them, to the end of the line or
/// behind the bracket; false when none comes next.
pub(super) fn skip_titles(cursor: &mut Cursor<'_>) -> Step<bool> {
    let rest = cursor.rest();
    if let Some(behind) = rest.strip_prefix("title") {
        cursor.skip("title".len());
        if behind.starts_with(is_blank) {
            skip_line(cursor);
        }
        return Ok(true);
    }
    if rest.starts_with("accTitle") || rest.starts_with("accDescr") {
        let has_block = rest.starts_with("accDescr");
        cursor.skip("accTitle".len());
        skip_description(cursor, has_block)?;
        return Ok(true);
    }
    Ok(false)
}

/// Moves over what stands behind `accTitle` and `accDescr`: a colon and the rest of the line, or a block in brackets.
pub(super) fn skip_description(cursor: &mut Cursor<'_>, has_block: bool) -> Step {
    let start = cursor.at;
    cursor.take_while(is_space);
    if cursor.eat(":") {
        skip_line(cursor);
        return Ok(());
    }
    if has_block && cursor.byte() == b'{' {
        let opened = cursor.source.span(cursor.at..cursor.at + 1);
        cursor.skip_to(|byte| byte == b'}');
        if cursor.is_done() {
            let problem = Problem::UnclosedBracket { opener: "{".to_owned(), closer: "}", opened };
            return Err(SyntaxError::new(cursor.source.span(cursor.at..cursor.at), problem).into());
        }
        cursor.skip(1);
        return Ok(());
    }
    cursor.at = start;
    Err(unexpected(cursor, &[Expected::Literal(":")]))
}

/// Moves over `accTitle` and `accDescr` in the grammars of Mermaid itself, in any case; false when none comes next.
///
/// Behind a bracket that is never closed nothing is read.
pub(super) fn skip_accessibility(cursor: &mut Cursor<'_>) -> bool {
    let word = word(cursor);
    let has_block = word.eq_ignore_ascii_case("accDescr");
    if !has_block && !word.eq_ignore_ascii_case("accTitle") {
        return false;
    }
    let start = *cursor;
    cursor.skip(word.len());
    let is_read = skip_description(cursor, has_block).is_ok();
    if !is_read && !cursor.is_done() {
        *cursor = start;
        return false;
    }
    true
}

/// True when a line begins here that turns the diagram, which Mermaid finds anywhere in a line.
pub(super) fn is_direction(cursor: &Cursor<'_>) -> bool {
    let before = cursor.source.text.get(..cursor.at).unwrap_or_default();
    if !before.trim_end_matches(is_blank).ends_with('\n') {
        return false;
    }
    let line = line(cursor);
    line.match_indices("direction").any(|(at, word)| {
        let behind = line[at + word.len()..].trim_start_matches(is_space);
        ["TB", "BT", "RL", "LR"].iter().any(|direction| behind.starts_with(direction))
    })
}

/// Digits as a number that the grammars of `@mermaid-js/parser` take: `0`, `12`, `1.5`; moves behind it.
pub(super) fn skip_number(cursor: &mut Cursor<'_>) -> Step {
    let text = cursor.rest();
    let whole = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let behind = text[whole..].strip_prefix('.').unwrap_or_default();
    let fraction = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    let is_fraction = whole > 0 && fraction > 0;
    let len = if is_fraction { whole + 1 + fraction } else { whole };
    let is_whole = whole > 0 && (whole == 1 || !text.starts_with('0'));
    if !(is_fraction || is_whole) || text[len..].starts_with('.') {
        return Err(unexpected(cursor, &[Expected::Number]));
    }
    cursor.skip(len);
    Ok(())
}

/// The rest of the statement may be anything, up to the end of its line; a text between quotes may not reach over it.
pub(super) fn accept_line(cursor: &mut Cursor<'_>) -> Step {
    let n_quotes = line(cursor).bytes().filter(|byte| *byte == b'"').count();
    skip_line(cursor);
    if n_quotes % 2 == 0 { Ok(()) } else { Err(Stop::Unsure) }
}
