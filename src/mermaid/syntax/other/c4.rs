//! `C4Context` and its sisters: elements, relations and boundaries, written like calls.

use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, SyntaxError};

use super::token::{is_direction, is_line_end, skip_accessibility, skip_line, word};
use super::{Step, Stop, each, misplaced, unexpected};

/// What may be called.
const ELEMENTS: [&str; 42] = [
    "Person",
    "Person_Ext",
    "System",
    "System_Ext",
    "SystemDb",
    "SystemDb_Ext",
    "SystemQueue",
    "SystemQueue_Ext",
    "Boundary",
    "Enterprise_Boundary",
    "System_Boundary",
    "Container_Boundary",
    "Container",
    "Container_Ext",
    "ContainerDb",
    "ContainerDb_Ext",
    "ContainerQueue",
    "ContainerQueue_Ext",
    "Component",
    "Component_Ext",
    "ComponentDb",
    "ComponentDb_Ext",
    "ComponentQueue",
    "ComponentQueue_Ext",
    "Deployment_Node",
    "Node",
    "Node_L",
    "Node_R",
    "Rel",
    "BiRel",
    "Rel_U",
    "Rel_D",
    "Rel_L",
    "Rel_R",
    "Rel_Up",
    "Rel_Down",
    "Rel_Left",
    "Rel_Right",
    "Rel_Back",
    "RelIndex",
    "UpdateElementStyle",
    "UpdateRelStyle",
];

/// Checks what stands behind the header.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    let mut cursor = Cursor::new(source, at);
    cursor.skip_blanks();
    if is_line_end(&cursor) || cursor.rest().starts_with("%%") {
        each(cursor, statement)
    } else {
        vec![misplaced(&cursor, &[Expected::EndOfLine])]
    }
}

fn statement(cursor: &mut Cursor<'_>) -> Step {
    cursor.skip_space();
    if cursor.is_done() || cursor.eat("{") || cursor.eat("}") || skip_accessibility(cursor) {
        return Ok(());
    }
    if is_direction(cursor) {
        return Err(unexpected(cursor, &[Expected::Statement]));
    }
    let name = word(cursor);
    if matches!(name, "title" | "accDescription") {
        skip_line(cursor);
        return Ok(());
    }
    let is_call = cursor.rest()[name.len()..].trim_start_matches(' ').starts_with('(');
    if !is_call {
        return Err(Stop::Unsure);
    }
    let is_known =
        ELEMENTS.contains(&name) || matches!(name, "UpdateLayoutConfig" | "AddElementTag" | "AddRelTag");
    if !is_known {
        return Err(unexpected(cursor, &[Expected::Statement]));
    }
    cursor.skip_to(|byte| byte == b'(');
    cursor.skip(1);
    arguments(cursor)
}

/// Moves behind the bracket that ends a call. An argument without quotes reaches to the next comma, over brackets and lines.
fn arguments(cursor: &mut Cursor<'_>) -> Step {
    loop {
        cursor.take_while(|c| c == ' ');
        match cursor.byte() {
            0 => return Err(Stop::Unsure),
            b')' => {
                cursor.skip(1);
                return Ok(());
            }
            b',' => cursor.skip(1),
            b'"' => {
                cursor.skip(1);
                cursor.skip_to(|byte| byte == b'"');
                cursor.skip(1);
            }
            b'$' => {
                cursor.skip_to(|byte| byte == b'"');
                cursor.skip(1);
                cursor.skip_to(|byte| byte == b'"');
                cursor.skip(1);
            }
            _ => cursor.skip_to(|byte| byte == b','),
        }
        if cursor.is_done() {
            return Err(Stop::Unsure);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn calls_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            (
                "\ntitle T\nPerson(a, \"A (x)\", $link=\"y\")\nSystem_Boundary(b, \"B\") {\n  System(c, \"C\")\n}\nRel(a, c, \"Uses\")\n",
                &[],
            ),
            (" in text\n", &["in"]),
            ("\nX(a, \"A\") {\n", &["X(a,"]),
            ("\ndirection LR\n", &["direction"]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
