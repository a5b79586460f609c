//! `classDiagram`: classes with their members, relations, notes, namespaces.

use crate::base::text::Span;
use crate::mermaid::syntax::character::{entity_width, is_word};
use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, Problem, SyntaxError};

use super::token::{
    accept_line, expect, is_direction, is_line_end, skip_accessibility, skip_line, skip_string, word,
};
use super::{Step, Stop, each, misplaced, unexpected};

/// Words that are no part of a class's name.
const KEYWORDS: [&str; 15] = [
    "class",
    "namespace",
    "note",
    "style",
    "classDef",
    "cssClass",
    "callback",
    "click",
    "link",
    "href",
    "call",
    "classDiagram",
    "_self",
    "_parent",
    "_top",
];

/// What a statement that begins with the name of a class may go on with.
const BEHIND_NAME: &[Expected] = &[Expected::Arrow, Expected::Literal(":"), Expected::EndOfLine];

/// Checks what stands behind `classDiagram`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    let mut cursor = Cursor::new(source, at);
    cursor.skip_blanks();
    let mut errors = Vec::new();
    if !is_line_end(&cursor) && !cursor.rest().starts_with("%%") {
        errors.push(misplaced(&cursor, &[Expected::EndOfLine]));
        skip_line(&mut cursor);
    }
    if cursor.rest().trim_start().is_empty() {
        // What was refused may have been the statement that is missing.
        if errors.is_empty() {
            cursor.at = source.text.len();
            errors.push(misplaced(&cursor, &[Expected::Statement]));
        }
        return errors;
    }
    // Where namespaces open that are not closed yet.
    let mut open = Vec::new();
    let mut is_unsure = false;
    errors.extend(each(cursor, |cursor| {
        let step = statement(cursor, &mut open);
        is_unsure |= matches!(step, Err(Stop::Unsure));
        step
    }));
    if let (Some(opened), false, true) = (open.last(), is_unsure, errors.is_empty()) {
        let end = source.text.trim_end().len();
        errors.push(SyntaxError::new(
            source.span(end..end),
            Problem::Unclosed { keyword: "namespace", closer: "}", opened: *opened, n_more: open.len() - 1 },
        ));
    }
    errors
}

fn statement(cursor: &mut Cursor<'_>, open: &mut Vec<Span>) -> Step {
    cursor.skip_space();
    if cursor.is_done() {
        return Ok(());
    }
    if is_direction(cursor) || cursor.rest().starts_with("%%") {
        skip_line(cursor);
        return Ok(());
    }
    if skip_accessibility(cursor) {
        return Ok(());
    }
    if cursor.byte() == b'}' && open.pop().is_some() {
        cursor.skip(1);
        return Ok(());
    }
    if cursor.eat("<<") {
        return annotation(cursor);
    }
    let keyword = word(cursor);
    let start = cursor.at;
    if KEYWORDS.contains(&keyword) || keyword == "title" {
        cursor.skip(keyword.len());
    }
    match keyword {
        "class" => class(cursor),
        "note" => note(cursor),
        "namespace" => {
            if !name(cursor)? {
                return Err(unexpected(cursor, &[Expected::Id]));
            }
            cursor.skip_blanks();
            if cursor.eat("[") {
                cursor.skip_to(|byte| matches!(byte, b']' | b'\n'));
                cursor.eat("]");
            }
            cursor.skip_blanks();
            let at = cursor.at;
            expect(cursor, "{", &[Expected::Literal("{")])?;
            open.push(cursor.source.span(start..at));
            Ok(())
        }
        keyword if KEYWORDS.contains(&keyword) || keyword == "title" => accept_line(cursor),
        _ => relation_or_member(cursor),
    }
}

/// `<<interface>> Shape`, behind its first bracket.
fn annotation(cursor: &mut Cursor<'_>) -> Step {
    cursor.skip_to(|byte| matches!(byte, b'>' | b'\n'));
    expect(cursor, ">>", &[Expected::Literal(">>")])?;
    if !name(cursor)? {
        return Err(unexpected(cursor, &[Expected::ClassName]));
    }
    end(cursor, &[Expected::EndOfLine])
}

/// `note "text"`, `note for Shape "text"`, behind the word `note`.
fn note(cursor: &mut Cursor<'_>) -> Step {
    if cursor.eat(" for") && !cursor.char().is_some_and(is_word) && !name(cursor)? {
        return Err(unexpected(cursor, &[Expected::ClassName]));
    }
    cursor.skip_blanks();
    if cursor.byte() != b'"' {
        return Err(unexpected(cursor, &[Expected::QuotedText]));
    }
    string(cursor)?;
    end(cursor, &[Expected::EndOfLine])
}

/// `class Shape["label"]:::css <<interface>> { members }`, behind the word `class`.
fn class(cursor: &mut Cursor<'_>) -> Step {
    let start = cursor.at - "class".len();
    if !name(cursor)? {
        return Err(unexpected(cursor, &[Expected::ClassName]));
    }
    loop {
        cursor.skip_blanks();
        if cursor.eat("[") {
            cursor.skip_blanks();
            if cursor.byte() != b'"' {
                return Err(unexpected(cursor, &[Expected::QuotedText]));
            }
            string(cursor)?;
            cursor.skip_blanks();
            expect(cursor, "]", &[Expected::Literal("]")])?;
        } else if cursor.eat(":::") {
            if !name(cursor)? {
                return Err(unexpected(cursor, &[Expected::ClassName]));
            }
        } else if cursor.eat("<<") {
            cursor.skip_to(|byte| matches!(byte, b'>' | b'\n'));
            expect(cursor, ">>", &[Expected::Literal(">>")])?;
        } else if cursor.byte() == b'{' {
            let opened = cursor.source.span(start..cursor.at);
            cursor.skip(1);
            cursor.skip_to(|byte| matches!(byte, b'{' | b'}'));
            if cursor.is_done() {
                // Mermaid stops behind the last member.
                let end = cursor.source.text.trim_end().len();
                let end = cursor.source.span(end..end);
                let problem = Problem::Unclosed { keyword: "class", closer: "}", opened, n_more: 0 };
                return Err(SyntaxError::new(end, problem).into());
            }
            if !cursor.eat("}") {
                return Err(unexpected(cursor, &[Expected::Literal("}")]));
            }
            return end(cursor, &[Expected::EndOfLine]);
        } else {
            return end(cursor, &[Expected::Literal("{"), Expected::Literal(":::"), Expected::EndOfLine]);
        }
    }
}

fn relation_or_member(cursor: &mut Cursor<'_>) -> Step {
    if !name(cursor)? {
        return Err(unexpected(cursor, &[Expected::Statement]));
    }
    cursor.skip_blanks();
    let has_text = cursor.byte() == b'"';
    if has_text {
        string(cursor)?;
    }
    if cursor.rest().starts_with(":::") {
        return accept_line(cursor);
    }
    if has_text || is_relation(cursor) {
        relation(cursor)?;
        cursor.skip_blanks();
        if cursor.byte() == b'"' {
            string(cursor)?;
        }
        if !name(cursor)? {
            return Err(unexpected(cursor, &[Expected::ClassName]));
        }
        cursor.skip_blanks();
        if cursor.rest().starts_with(":::") {
            return accept_line(cursor);
        }
    }
    if cursor.byte() == b':' {
        return label(cursor);
    }
    end(cursor, BEHIND_NAME)
}

/// The text behind a colon, which holds neither a second colon nor `;`.
fn label(cursor: &mut Cursor<'_>) -> Step {
    cursor.skip(1);
    if is_line_end(cursor) {
        return Err(unexpected(cursor, &[Expected::Text]));
    }
    loop {
        cursor.skip_to(|byte| matches!(byte, b'\n' | b':' | b';' | b'#'));
        match cursor.byte() {
            b'#' => cursor.skip(entity_width(cursor.rest()).max(1)),
            b':' | b';' => return Err(unexpected(cursor, &[Expected::EndOfLine])),
            _ => return Ok(()),
        }
    }
}

/// True when an arrow or the end of one comes next.
fn is_relation(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    line_type(&mut ahead) || relation_type(&mut ahead)
}

fn relation(cursor: &mut Cursor<'_>) -> Step {
    cursor.skip_blanks();
    relation_type(cursor);
    cursor.skip_blanks();
    if !line_type(cursor) {
        return Err(unexpected(cursor, &[Expected::Literal("--"), Expected::Literal("..")]));
    }
    cursor.skip_blanks();
    relation_type(cursor);
    Ok(())
}

fn line_type(cursor: &mut Cursor<'_>) -> bool {
    cursor.eat("--") || cursor.eat("..")
}

/// Moves over the end of an arrow.
fn relation_type(cursor: &mut Cursor<'_>) -> bool {
    if word(cursor) == "o" {
        cursor.skip(1);
        return true;
    }
    let rest = cursor.rest();
    if rest.starts_with(">>") || rest.starts_with("<<") {
        return false;
    }
    ["<|", "|>", ">", "<", "*", "()"].iter().any(|end| cursor.eat(end))
}

/// Moves over the name of a class: words, dashes, dots between words, a generic type at the end.
fn name(cursor: &mut Cursor<'_>) -> Step<bool> {
    let mut has_name = false;
    loop {
        cursor.skip_blanks();
        let rest = cursor.rest();
        match cursor.char() {
            Some('`') if rest[1..].starts_with('`') => return Err(Stop::Unsure),
            Some('`') => {
                delimited(cursor)?;
                has_name = true;
                if cursor.byte() == b'~' {
                    delimited(cursor)?;
                    return Ok(true);
                }
            }
            Some('~') if has_name => {
                delimited(cursor)?;
                return Ok(true);
            }
            Some('-') if !rest.starts_with("--") => cursor.skip(1),
            Some('.') if has_name && !rest.starts_with("..") => cursor.skip(1),
            // A character that Mermaid hides from the grammar begins with this one.
            Some('#') => return Err(Stop::Unsure),
            Some('%') if rest.starts_with("%%") => return Err(Stop::Unsure),
            Some(c) if is_word(c) => {
                let word = word(cursor);
                if word == "o" || word == "_blank" || KEYWORDS.contains(&word) {
                    return Ok(has_name);
                }
                cursor.skip(word.len());
                has_name = true;
            }
            Some(c) if !c.is_ascii() => {
                if !c.is_alphabetic() {
                    return Err(Stop::Unsure);
                }
                cursor.skip(c.len_utf8());
                has_name = true;
            }
            _ => return Ok(has_name),
        }
    }
}

/// Moves over a text between two of the same character; without the second one Mermaid reads to the end of the text.
fn delimited(cursor: &mut Cursor<'_>) -> Step {
    let delimiter = cursor.byte();
    cursor.skip(1);
    cursor.skip_to(|byte| byte == delimiter);
    if cursor.is_done() {
        return Err(Stop::Unsure);
    }
    cursor.skip(1);
    Ok(())
}

/// Moves over a text between quotes; one that is empty is no text for Mermaid.
fn string(cursor: &mut Cursor<'_>) -> Step {
    if cursor.rest().starts_with("\"\"") {
        cursor.skip(2);
        return Err(unexpected(cursor, &[Expected::Text]));
    }
    skip_string(cursor, false).map_err(|_| Stop::Unsure)
}

/// Checks that the line ends, or that a namespace is closed.
fn end(cursor: &mut Cursor<'_>, expected: &'static [Expected]) -> Step {
    cursor.skip_blanks();
    match cursor.byte() {
        _ if is_line_end(cursor) => Ok(()),
        b'}' => Ok(()),
        b'%' | b'#' => Err(Stop::Unsure),
        _ => Err(unexpected(cursor, expected)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn classes_and_relations_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            (
                "\nclass Shape~T~[\"A shape\"]:::big {\n  +area() float\n}\nShape <|-- Square : is\nSquare \"1\" *-- \"many\" Corner\n<<interface>> Shape\nnote for Shape \"drawn\"\nFoo-Bar.Baz o-- `odd name`\n",
                &[],
            ),
            ("\nnamespace Forms[\"All\"] {\n  class A\n  namespace Inner { \n    class B }\n}\n", &[]),
            ("\n", &[""]),
            (" class A\n", &["class"]),
            ("\nA -> B\nA --> : x\ninterface I {\n", &["B", ":", "{"]),
            ("\nnote\nnote direction\nclass \"A\"\n", &["", "direction", "\"A\""]),
            ("\nA : get(): Map\n&lt;x&gt; A\n", &[":", "&lt;x&gt;"]),
            ("\nclass A {\n  x\n", &["class A "]),
            ("\nnamespace N {\n  class A\n", &["namespace N "]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
