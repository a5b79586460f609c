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
