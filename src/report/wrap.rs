//! Text that is broken to a width, in characters.

use std::borrow::Cow;

/// No text is broken to less: a word a line is harder to read than a torn frame.
const MIN_WIDTH: usize = 24;

/// `text` with line breaks for blanks in lines of more than `width` characters. Words stay whole, and so do lines with
/// columns of their own (two blanks between words).
pub(crate) fn wrapped(text: &str, width: usize) -> Cow<'_, str> {
    let width = width.max(MIN_WIDTH);
    let is_long = |line: &str| line.chars().count() > width && !line.trim_start().contains("  ");
    if !text.lines().any(is_long) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if !out.is_empty() {
            out.push('\n');
        }
        if is_long(line) {
            push_words(&mut out, line, width, "");
        } else {
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

/// Markdown whose paragraphs and list items are filled to `width`; code, tables and headings stay as they are.
pub(crate) fn filled(markdown: &str, width: usize) -> String {
    let width = width.max(MIN_WIDTH);
    let mut out = String::with_capacity(markdown.len());
    let mut paragraph = String::new();
    let mut is_code = false;
    for line in markdown.lines() {
        let is_fence = line.trim_start().starts_with("```");
        let is_item = line.starts_with("- ") || line.starts_with("* ");
        let is_kept = is_code || is_fence || line.trim().is_empty() || line.starts_with(['#', '|', '>']);
        is_code ^= is_fence;
        if is_kept || is_item {
            push_paragraph(&mut out, &mut paragraph, width);
        }
        if is_kept {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line.trim());
    }
    push_paragraph(&mut out, &mut paragraph, width);
    out
}

fn push_paragraph(out: &mut String, paragraph: &mut String, width: usize) {
    if paragraph.is_empty() {
        return;
    }
    let hang = if paragraph.starts_with(['-', '*']) { "  " } else { "" };
    push_words(out, paragraph, width, hang);
    out.push('\n');
    paragraph.clear();
}

/// Appends the words of `line` in lines of at most `width` characters, those behind the first begun with `hang`.
fn push_words(out: &mut String, line: &str, width: usize, hang: &str) {
    let mut n_characters = 0;
    for word in line.split_inclusive(' ') {
        let n_shown = word.trim_end().chars().count();
        if n_characters > hang.len() && n_characters + n_shown > width {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.push_str(hang);
            n_characters = hang.len();
        }
        out.push_str(word);
        n_characters += word.chars().count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_wrapped_and_tables_are_not() {
        let word = "word ".repeat(30);
        let expected = format!("short\n{}\n{}", "word ".repeat(20).trim_end(), "word ".repeat(10).trim_end());
        assert_eq!(wrapped(&format!("short\n{}", word.trim_end()), 100), expected);
        let table = format!("a   {}", "b".repeat(120));
        assert_eq!(wrapped(&table, 100), table);
        let address = format!("https://{}", "x".repeat(120));
        assert_eq!(wrapped(&format!("see {address} now"), 100), format!("see\n{address}\nnow"));
        assert_eq!(wrapped("    nine words stand here behind a few blanks", 30).lines().count(), 2);
        assert_eq!(wrapped("", 100), "");
    }

    #[test]
    fn a_width_without_room_is_not_obeyed() {
        assert_eq!(wrapped("a few words in a row that is long", 0), "a few words in a row\nthat is long");
    }

    #[test]
    fn paragraphs_are_filled_and_code_is_left_alone() {
        let markdown = "# A heading that is longer than all the width\n\nOne two three\nfour five six seven eight.\n\
                        - an item that\n  needs more lines than one\n\n```sh\na line of code that is long enough to be broken\n```\n";
        let expected = "# A heading that is longer than all the width\n\nOne two three four five six\nseven eight.\n\
                        - an item that needs more\n  lines than one\n\n```sh\na line of code that is long enough to be broken\n```\n";
        assert_eq!(filled(markdown, 28), expected);
    }
}
