//! `gitGraph`: commits, branches, merges, one to a line.

use crate::mermaid::syntax::character::is_word;
use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, SyntaxError};

use super::token::{
    end_line, expect, is_line_end, is_quote, skip_blanks, skip_number, skip_string, skip_titles, word,
};
use super::{Step, each, unexpected};

/// How a statement begins.
const STATEMENTS: &[Expected] = &[
    Expected::Literal("commit"),
    Expected::Literal("branch"),
    Expected::Literal("checkout"),
    Expected::Literal("merge"),
    Expected::Literal("cherry-pick"),
];

/// Checks what stands behind `gitGraph`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    let mut cursor = Cursor::new(source, at);
    skip_blanks(&mut cursor);
    let mut is_first = true;
    each(cursor, |cursor| {
        if std::mem::take(&mut is_first) && matches!(word(cursor), "LR" | "TB" | "BT") {
            cursor.skip("LR".len());
            skip_blanks(cursor);
            return expect(cursor, ":", &[Expected::Literal(":")]);
        }
        if cursor.at == at {
            cursor.eat(":");
        }
        statement(cursor)
    })
}

fn statement(cursor: &mut Cursor<'_>) -> Step {
    skip_blanks(cursor);
    cursor.eat(":");
    skip_blanks(cursor);
    if is_line_end(cursor) || skip_titles(cursor)? {
        return end_line(cursor);
    }
    let keyword = cursor.take_while(|c| is_word(c) || c == '-');
    let options: &[&str] = match cursor.source.slice(keyword) {
        "commit" => &["id", "msg", "tag", "type", ""],
        "merge" => &["id", "tag", "type"],
        "cherry-pick" => &["id", "tag", "parent"],
        "branch" => &["order"],
        "checkout" | "switch" => &[],
        _ => {
            cursor.at = keyword.start();
            return Err(unexpected(cursor, STATEMENTS));
        }
    };
    skip_blanks(cursor);
    if !matches!(cursor.source.slice(keyword), "commit" | "cherry-pick") {
        branch_name(cursor)?;
        skip_blanks(cursor);
    }
    while !is_line_end(cursor) {
        option(cursor, options)?;
        skip_blanks(cursor);
    }
    end_line(cursor)
}

fn branch_name(cursor: &mut Cursor<'_>) -> Step {
    if is_quote(cursor) {
        return skip_string(cursor, true);
    }
    let name = cursor.take_while(|c| is_word(c) || matches!(c, '-' | '.' | '/'));
    let text = cursor.source.slice(name);
    if !text.starts_with(is_word) {
        cursor.at = name.start();
        return Err(unexpected(cursor, &[Expected::Id]));
    }
    cursor.at = name.start() + text.trim_end_matches(['.', '/']).len();
    Ok(())
}

/// Moves over `id: "x"` and its sisters; an empty name in `names` stands for a text without one.
fn option(cursor: &mut Cursor<'_>, names: &[&str]) -> Step {
    if is_quote(cursor) && names.contains(&"") {
        return skip_string(cursor, true);
    }
    let start = cursor.at;
    let name = word(cursor);
    cursor.skip(name.len());
    if name.is_empty() || !names.contains(&name) || !cursor.eat(":") {
        cursor.at = start;
        return Err(unexpected(cursor, &[Expected::EndOfLine]));
    }
    skip_blanks(cursor);
    match name {
        "order" => skip_number(cursor),
        "type" => {
            let value = word(cursor);
            if !matches!(value, "NORMAL" | "REVERSE" | "HIGHLIGHT") {
                const TYPES: &[Expected] = &[
                    Expected::Literal("NORMAL"),
                    Expected::Literal("REVERSE"),
                    Expected::Literal("HIGHLIGHT"),
                ];
                return Err(unexpected(cursor, TYPES));
            }
            cursor.skip(value.len());
            Ok(())
        }
        _ if is_quote(cursor) => skip_string(cursor, true),
        _ => Err(unexpected(cursor, &[Expected::QuotedText])),
    }
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn commits_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            (
                " LR:\ncommit id: \"a\" tag:'v1' type: NORMAL\nbranch a/b order: 2\nmerge \"a b\"\ncherry-pick id:\"a\" parent:\"b\"\n",
                &[],
            ),
            (":\ncommit \"a text\"\nswitch main\n", &[]),
            ("\ncommit note:\"x\"\nmerge a random:\"x\"\n", &["note:\"x\"", "random:\"x\""]),
            ("\nbranch a order: first\nreset main\n", &["first", "reset"]),
            ("\nbranch a/\ncommit type: LOUD\n", &["/", "LOUD"]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
