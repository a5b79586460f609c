//! Classes of characters, and the one sequence of them that Mermaid hides from its grammars.

use nom::bytes::complete::{tag, take_while1};
use nom::{IResult, Parser as _};

/// White space as JavaScript's `\s` has it.
pub(crate) fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// White space other than a newline.
pub(crate) fn is_blank(c: char) -> bool {
    c != '\n' && is_space(c)
}

/// Bytes of white space that `text` starts with.
pub(crate) fn space_width(text: &str) -> usize {
    width(text, |byte| matches!(byte, b' ' | b'\t' | b'\n'), is_space)
}

/// Bytes of white space other than newlines that `text` starts with.
pub(crate) fn blank_width(text: &str) -> usize {
    width(text, |byte| matches!(byte, b' ' | b'\t'), is_blank)
}

/// Most white space is ASCII and ends at an ASCII character: bytes are looked at first, characters only where that is not
/// the end of it.
fn width(text: &str, is_usual: impl Fn(u8) -> bool, accept: impl Fn(char) -> bool) -> usize {
    let bytes = text.as_bytes();
    let n_usual = bytes.iter().position(|byte| !is_usual(*byte)).unwrap_or(bytes.len());
    match bytes.get(n_usual) {
        Some(byte) if !byte.is_ascii_graphic() => {
            let rest = &text[n_usual..];
            n_usual + rest.len() - rest.trim_start_matches(accept).len()
        }
        _ => n_usual,
    }
}

/// A character of `\w`: an ASCII letter, a digit or `_`.
pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Length of the entity that `rest` starts with, such as `#quot;` or `#35;`; 0 when it starts with none.
///
/// Mermaid hides `#` + word characters + `;` from its grammars, so neither character acts as comment or separator.
pub(crate) fn entity_width(rest: &str) -> usize {
    fn entity(rest: &str) -> IResult<&str, (&str, &str, &str)> {
        (tag("#"), take_while1(is_word), tag(";")).parse(rest)
    }
    entity(rest).map_or(0, |(after, _)| rest.len() - after.len())
}
