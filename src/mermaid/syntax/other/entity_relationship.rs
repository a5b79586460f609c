//! `erDiagram`: entities with their attributes, and relationships.

use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, Problem, SyntaxError};

use super::token::{
    accept_line, expect, is_direction, is_line_end, line, skip_accessibility, skip_blanks, skip_line, word,
};
use super::{Step, Stop, each, unexpected};

/// What stands at the ends of a relationship.
const CARDINALITIES: [&str; 7] = ["|o", "}o", "}|", "||", "o|", "o{", "|{"];

/// Words by which a relationship may be written instead.
const WORDS: [&str; 9] = ["one", "only", "zero", "many", "optionally", "to", "u", "0", "1"];

/// Checks what stands behind `erDiagram`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    each(Cursor::new(source, at), statement)
}

fn statement(cursor: &mut Cursor<'_>) -> Step {
    skip_blanks(cursor);
    if cursor.eat("\n") || cursor.is_done() || skip_accessibility(cursor) {
        return Ok(());
    }
    if is_direction(cursor) {
        skip_line(cursor);
        return Ok(());
    }
    let keyword = word(cursor);
    if ["style", "classDef", "class", "title"].iter().any(|known| keyword.eq_ignore_ascii_case(known)) {
        return accept_line(cursor);
    }
    if ["subgraph", "end"].iter().any(|known| keyword.eq_ignore_ascii_case(known)) {
        return Err(Stop::Unsure);
    }
    if !entity(cursor) {
        return Err(unexpected(cursor, &[Expected::Entity]));
    }
    skip_blanks(cursor);
    if cursor.eat("[") {
        skip_blanks(cursor);
        if !entity(cursor) {
            return Err(unexpected(cursor, &[Expected::Entity]));
        }
        skip_blanks(cursor);
        expect(cursor, "]", &[Expected::Literal("]")])?;
        skip_blanks(cursor);
    }
    classes(cursor);
    if cursor.byte() == b'{' {
        return attributes(cursor);
    }
    if WORDS.iter().any(|known| word(cursor).eq_ignore_ascii_case(known)) && !is_cardinality(cursor) {
        return accept_line(cursor);
    }
    if is_cardinality(cursor) { relationship(cursor) } else { Ok(()) }
}

fn is_cardinality(cursor: &Cursor<'_>) -> bool {
    CARDINALITIES.iter().any(|known| cursor.rest().starts_with(known))
}

/// Moves over `:::` and names of classes.
fn classes(cursor: &mut Cursor<'_>) {
    if cursor.eat(":::") {
        skip_blanks(cursor);
        cursor.take_while(|c| is_name(c) || c == ',');
        skip_blanks(cursor);
    }
}

/// A relationship, from its first end on.
fn relationship(cursor: &mut Cursor<'_>) -> Step {
    cursor.skip("||".len());
    skip_blanks(cursor);
    if !["--", "..", ".-", "-."].iter().any(|line| cursor.eat(line)) {
        if ["to", "optionally"].iter().any(|known| word(cursor).eq_ignore_ascii_case(known)) {
            return accept_line(cursor);
        }
        return Err(unexpected(cursor, &[Expected::Literal("--"), Expected::Literal("..")]));
    }
    skip_blanks(cursor);
    if !is_cardinality(cursor) {
        if WORDS.iter().any(|known| word(cursor).eq_ignore_ascii_case(known)) {
            return accept_line(cursor);
        }
        return Err(unexpected(cursor, &[Expected::Literal("||"), Expected::Literal("o{")]));
    }
    cursor.skip("||".len());
    skip_blanks(cursor);
    if !entity(cursor) {
        return Err(unexpected(cursor, &[Expected::Entity]));
    }
    skip_blanks(cursor);
    classes(cursor);
    if is_line_end(cursor) {
        return Err(unexpected(cursor, &[Expected::Literal(":")]));
    }
    expect(cursor, ":", &[Expected::Literal(":")])?;
    skip_blanks(cursor);
    if cursor.byte() == b'"' {
        return string(cursor);
    }
    if cursor.take_while(is_name).is_empty() {
        return Err(unexpected(cursor, &[Expected::Text]));
    }
    Ok(())
}

/// Moves over the name of an entity; stays where none is.
fn entity(cursor: &mut Cursor<'_>) -> bool {
    let start = cursor.at;
    if cursor.eat("\"") {
        cursor.skip_to(|byte| matches!(byte, b'"' | b'%' | b'\n' | b'\r' | 0x0b | 0x08 | b'\\'));
        if cursor.byte() == b'"' && cursor.at > start + 1 {
            cursor.skip(1);
            return true;
        }
        cursor.at = start;
        return false;
    }
    !cursor.take_while(is_name).is_empty()
}

/// A character of a name without quotes.
fn is_name(c: char) -> bool {
    !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '*' | '.')
}

fn string(cursor: &mut Cursor<'_>) -> Step {
    cursor.skip(1);
    cursor.skip_to(|byte| byte == b'"');
    if cursor.is_done() {
        return Err(Stop::Unsure);
    }
    cursor.skip(1);
    Ok(())
}

/// Attributes between brackets: a type, a name, keys and a comment each; line ends are blanks.
fn attributes(cursor: &mut Cursor<'_>) -> Step {
    let opened = cursor.source.span(cursor.at..cursor.at + 1);
    cursor.skip(1);
    let mut plain_to = cursor.at;
    loop {
        cursor.skip_space();
        if cursor.eat("}") {
            return Ok(());
        }
        if cursor.is_done() {
            let problem = Problem::UnclosedBracket { opener: "{".to_owned(), closer: "}", opened };
            return Err(SyntaxError::new(cursor.source.span(cursor.at..cursor.at), problem).into());
        }
        attribute_word(cursor, &mut plain_to, &[Expected::AttributeType, Expected::Literal("}")])?;
        if cursor.byte() == b'?' {
            cursor.skip(1);
        }
        cursor.skip_space();
        attribute_word(cursor, &mut plain_to, &[Expected::AttributeName])?;
        cursor.skip_space();
        while is_key(cursor) {
            cursor.skip("PK".len());
            cursor.skip_space();
            if !cursor.eat(",") {
                break;
            }
            cursor.skip_space();
            if !is_key(cursor) {
                const KEYS: &[Expected] =
                    &[Expected::Literal("PK"), Expected::Literal("FK"), Expected::Literal("UK")];
                return Err(unexpected(cursor, KEYS));
            }
        }
        cursor.skip_space();
        if cursor.byte() == b'"' {
            string(cursor)?;
        }
    }
}

fn is_key(cursor: &Cursor<'_>) -> bool {
    ["PK", "FK", "UK"].iter().any(|key| word(cursor).eq_ignore_ascii_case(key))
}

/// Moves over the type or name of an attribute. Before `plain_to` no `~` stands.
fn attribute_word(cursor: &mut Cursor<'_>, plain_to: &mut usize, expected: &'static [Expected]) -> Step {
    if is_key(cursor) {
        return Err(unexpected(cursor, expected));
    }
    // `List~int~` may hold anything between the first `~` of a word and the last one of its line.
    if cursor.at >= *plain_to {
        let rest = cursor.rest();
        let blank = rest.find(is_space).unwrap_or(rest.len());
        if let Some(first) = rest[..blank].find('~')
            && let Some(last) = line(cursor).rfind('~').filter(|last| *last > first)
        {
            cursor.skip(last + 1);
            cursor.take_while(|c| !is_space(c));
            return Ok(());
        }
        *plain_to = cursor.at + blank;
    }
    if cursor.eat("`") {
        cursor.skip_to(|byte| byte == b'`');
        if cursor.is_done() {
            return Err(Stop::Unsure);
        }
        cursor.skip(1);
        return Ok(());
    }
    let is_wide = |c: char| c >= '\u{c0}';
    if !cursor.char().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '*' | '_') || is_wide(c)) {
        return Err(unexpected(cursor, expected));
    }
    cursor.take_while(|c| {
        c.is_ascii_alphanumeric()
            || matches!(c, '-' | '_' | '[' | ']' | '(' | ')' | '.' | ',' | '*')
            || is_wide(c)
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn entities_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            (
                "\nCUSTOMER ||--o{ ORDER : places\nORDER[\"An order\"]:::big {\n  int id PK, FK \"the number\"\n  List~int~ lines\n  string? name\n}\n",
                &[],
            ),
            ("\nA only one to one B : has\nA B C\ndirection LR\nstyle A fill:red\n", &[]),
            ("\nA(b\n\"\"\nA ||--o{\nA ||--|| B\nA || B : x\n", &["(b", "\"\"", "", "", "B"]),
            ("\nA {\n  string -name\n", &["-name"]),
            ("\nA {\n  string name PK\n", &["{"]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
