//! Changes of files as a unified diff, which `patch` and `git apply` read.

use std::fmt::Write as _;

use similar::TextDiff;

use super::terminal::Look;

/// Lines around a change.
const CONTEXT: usize = 3;

/// How the file at `path` changes from `before` to `after`; empty when it does not.
pub fn changed(path: &str, before: &str, after: &str, look: Look) -> String {
    diff(&format!("a/{path}"), &format!("b/{path}"), before, after, look)
}

/// The file at `path`, which is new.
pub fn new(path: &str, contents: &str, look: Look) -> String {
    diff("/dev/null", &format!("b/{path}"), "", contents, look)
}

fn diff(old_path: &str, new_path: &str, before: &str, after: &str, look: Look) -> String {
    let diff = TextDiff::from_lines(before, after);
    let text = diff.unified_diff().context_radius(CONTEXT).header(old_path, new_path).to_string();
    if !look.is_coloured {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.lines().enumerate() {
        let colour = match line.chars().next() {
            // The names of the files stand in the first two lines.
            _ if index < 2 => BOLD,
            Some('+') => GREEN,
            Some('-') => RED,
            Some('@') => CYAN,
            _ => "",
        };
        let reset = if colour.is_empty() { "" } else { RESET };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{colour}{}{reset}", harmless(line));
    }
    out
}

/// Escape sequences of ECMA-48, "SGR".
const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const CYAN: &str = "\x1b[36m";
const RESET: &str = "\x1b[0m";

/// The line without what would command a terminal: a post is not written by the one who looks at it.
fn harmless(line: &str) -> String {
    let shown = |c: char| if c.is_control() && c != '\t' { '\u{fffd}' } else { c };
    line.trim_end_matches('\r').chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_a_patch() {
        assert_eq!(
            changed("p/a.md", "1\n2\n3\n", "1\nX\n3\n", Look::PLAIN),
            "--- a/p/a.md\n+++ b/p/a.md\n@@ -1,3 +1,3 @@\n 1\n-2\n+X\n 3\n"
        );
        assert_eq!(new("a", "x\r\n", Look::PLAIN), "--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\r\n");
        assert_eq!(changed("a", "x\n", "x\n", Look::PLAIN), "");
    }

    #[test]
    fn a_terminal_is_given_colours_and_no_commands() {
        let look = Look { is_coloured: true, ..Look::PLAIN };
        let text = new("a", "x\x1b[2Jy\r\n", look);
        assert!(text.contains("\x1b[32m+x\u{fffd}[2Jy\x1b[0m\n"), "{text:?}");
    }
}
