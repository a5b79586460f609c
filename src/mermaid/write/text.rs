//! Texts between quotes: in labels, in YAML, on a line of their own.

use std::fmt::Write as _;

use crate::mermaid::diagram::text::{Text, TextKind};
use crate::mermaid::syntax::character::{entity_width, is_space};

/// The values of `direction`, which Mermaid finds even inside a label (mermaid 12, flow.jison).
const DIRECTIONS: [&str; 5] = ["TB", "BT", "RL", "LR", "TD"];

/// The text between quotes, as labels take it. An empty one is a blank: Mermaid refuses `""`.
pub(super) fn quoted(text: &Text) -> String {
    let is_markdown = text.kind == TextKind::Markdown;
    let mut inner = encoded(text.as_str().trim_matches(is_space), is_markdown);
    if inner.is_empty() {
        inner.push(' ');
    }
    if is_markdown { format!("\"`{inner}`\"") } else { format!("\"{inner}\"") }
}

/// The text with `<br/>` for its line breaks and with Mermaid's entities for what would end it or mean something else.
pub(super) fn encoded(text: &str, is_markdown: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '\n' => {
                out.truncate(out.trim_end_matches(is_space).len());
                out.push_str("<br/>");
                rest = after.trim_start_matches(|c| is_space(c) && c != '\n');
                continue;
            }
            '"' => out.push_str("#quot;"),
            // At the start it would make the text a Markdown string.
            '`' if is_markdown || out.is_empty() => out.push_str("#96;"),
            '#' if entity_width(rest) > 0 => out.push_str("#35;"),
            '&' => {
                if let Some(width) = html_entity(rest) {
                    out.push('#');
                    out.push_str(rest[..width].trim_start_matches(['&', '#']));
                    rest = &rest[width..];
                    continue;
                }
                out.push('&');
            }
            '%' if after.starts_with("%{") => out.push_str("#37;"),
            // Behind anything that looks like a tag, however far, `="` is rewritten before any grammar reads.
            '=' if after.is_empty() => out.push_str("#61;"),
            c if is_space(c) && is_before_direction(&out, after) => out.push_str("#32;"),
            c => out.push(c),
        }
        rest = after;
    }
    out
}

/// Bytes of the HTML entity that `text` starts with, when Mermaid has its own spelling for it: `&quot;`, `&#35;`.
fn html_entity(text: &str) -> Option<usize> {
    let name = &text[1..];
    if let Some(digits) = name.strip_prefix('#') {
        let len = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        return (len > 0 && digits[len..].starts_with(';')).then_some("&#;".len() + len);
    }
    let len = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
    (len > 0 && name[len..].starts_with(';')).then_some("&;".len() + len)
}

/// A blank between `before` and `after` would make a `direction` statement.
fn is_before_direction(before: &str, after: &str) -> bool {
    let value = after.trim_start_matches(is_space);
    before.ends_with("direction") && DIRECTIONS.iter().any(|direction| value.starts_with(direction))
}

/// The text as a double-quoted scalar of YAML, written so that neither Mermaid's preparation nor its lexer sees anything
/// in it.
pub(super) fn yaml(text: &str) -> String {
    let mut out = String::from("\"");
    let mut before = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let is_special = match c {
            '"' => true,
            '#' => entity_width(rest) > 0,
            '%' => after.starts_with('%'),
            '=' => after.is_empty(),
            c if is_space(c) && c != '\n' => c != ' ' || is_before_direction(&before, after),
            c => c.is_control() && c != '\n',
        };
        match c {
            '\n' => out.push_str("\\n"),
            '\\' => out.push_str("\\\\"),
            // Writing to a string cannot fail.
            c if is_special && u32::from(c) < 0x100 => drop(write!(out, "\\x{:02x}", u32::from(c))),
            c if is_special => drop(write!(out, "\\U{:08x}", u32::from(c))),
            c => out.push(c),
        }
        before.push(c);
        rest = after;
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_text_or_mean_more_is_encoded() {
        let table = [
            ("Node 1<br/>10.0.0.1", "Node 1<br/>10.0.0.1"),
            ("one \n  two", "one<br/>two"),
            ("say \"hi\"", "say #quot;hi#quot;"),
            ("&quot;x&quot; &#35; R&D &;", "#quot;x#quot; #35; R&D &;"),
            ("#quot; #1 #", "#35;quot; #1 #"),
            ("go in direction LR", "go in direction#32;LR"),
            ("direction west", "direction west"),
            ("%%{init}%%", "#37;%{init}%%"),
            ("a =", "a #61;"),
            ("`code`", "#96;code`"),
        ];
        for (text, expected) in table {
            assert_eq!(encoded(text, false), expected, "{text:?}");
        }
        assert_eq!(encoded("`code`", true), "#96;code#96;");
    }

    #[test]
    fn yaml_hides_what_mermaid_would_see() {
        assert_eq!(yaml("plain & simple"), "\"plain & simple\"");
        assert_eq!(yaml("a \"b\" }\n\\"), "\"a \\x22b\\x22 }\\n\\\\\"");
        assert_eq!(yaml("direction LR #9; 50%"), "\"direction\\x20LR \\x239; 50%\"");
    }
}
