//! How far the lines of a diagram are indented, by all who write some.

/// Four blanks for each level, as in most of what Mermaid's documentation shows.
const INDENT: &str = "    ";

/// Levels that are indented; deeper ones would make a text grow with the square of its depth.
const MAX_LEVELS: usize = 32;

/// Writes the blanks that a line of this level starts with.
pub(crate) fn push(out: &mut String, level: usize) {
    for _ in 0..level.min(MAX_LEVELS) {
        out.push_str(INDENT);
    }
}
