//! The lines of a block as they stand in the file: what a quote or a list puts in front of them, and what ends them.

use crate::base::edit::Edit;
use crate::base::text::Span;

use super::block::{Block, Form};

/// The lines of a block's content, in order.
#[derive(Debug)]
pub struct RawLines<'a> {
    /// Each with what stands in front of it in the file, and what ends it there.
    pub lines: Vec<RawLine<'a>>,
    /// The bytes of the file that they are, without what ends the last.
    pub span: Span,
    /// What a new line of the content starts with.
    pub prefix: &'a str,
    /// What ends a new line.
    pub newline: &'static str,
}

/// A line of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawLine<'a> {
    /// As it stands in the file, without what ends it.
    pub raw: &'a str,
    /// As it stands in the block, without what ends it.
    pub text: &'a str,
    /// `\n`, `\r\n`, or nothing at the end of the file.
    pub end: &'a str,
}

impl<'a> RawLines<'a> {
    /// The lines of `block` of the file with this `text`; `None` for blocks that do not stand in lines of their own, and
    /// where the lines of the file are not those of the block.
    pub fn of(text: &'a str, block: &'a Block) -> Option<Self> {
        let start = match block.form {
            Form::Fence { .. } => next_line(text, block.opening.start as usize)?,
            Form::Container | Form::HugoShortcode | Form::LiquidTag => {
                next_line(text, block.opening.end as usize)?
            }
            Form::Indented => line_start(text, block.span.start as usize),
            Form::Pre | Form::WholeFile => return None,
        };
        let rest = text.get(start..)?;
        let mut lines = Vec::new();
        let mut len = 0;
        let contents =
            block.excerpt.text.split_inclusive('\n').map(|line| line.strip_suffix('\n').unwrap_or(line));
        for (content, line) in contents.zip(rest.split_inclusive('\n')) {
            let raw = line.strip_suffix('\n').unwrap_or(line);
            let raw = raw.strip_suffix('\r').unwrap_or(raw);
            lines.push(RawLine { raw, text: content, end: line.get(raw.len()..)? });
            len += line.len();
        }
        let is_all = lines.len() == block.excerpt.text.split_inclusive('\n').count();
        let n_last = lines.last().map_or(0, |line| line.end.len());
        let end = start + len - n_last;
        if !is_all || lines.is_empty() || end > block.span.end as usize {
            return None;
        }
        let filled = lines.iter().filter(|line| !line.text.trim().is_empty());
        let prefix = filled.clone().find_map(|line| line.raw.strip_suffix(line.text))?;
        // Every line is one of the block's, or something was left out that nobody would see leaving.
        let is_same = lines.iter().all(|line| line.raw.ends_with(line.text.trim_start()));
        let newline = if lines.iter().any(|line| line.end == "\r\n") { "\r\n" } else { "\n" };
        is_same.then_some(Self { lines, span: Span::from(start..end), prefix, newline })
    }

    /// The bytes of the block: its lines without their prefixes, each with its own line end, the last one with one too.
    pub fn contents(&self) -> String {
        let mut contents = String::new();
        for line in &self.lines {
            contents.push_str(line.text);
            contents.push_str(if line.end.is_empty() { self.newline } else { line.end });
        }
        contents
    }

    /// The edits of the file after which the block holds `contents`: a line each when there are as many lines as before.
    pub fn rewrite(&self, contents: &str) -> Vec<Edit> {
        let contents: Vec<&str> = contents.lines().collect();
        if contents.len() == self.lines.len() {
            return self.rewrite_lines(&contents);
        }
        let text = contents.iter().map(|line| self.prefixed(line)).collect::<Vec<_>>().join(self.newline);
        vec![Edit::replace(self.span, text)]
    }

    fn rewrite_lines(&self, contents: &[&str]) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut at = self.span.start as usize;
        for (line, content) in self.lines.iter().zip(contents) {
            let end = at + line.raw.len();
            if line.text != *content {
                // A prefix that is spelled otherwise than the others is better not built upon.
                let has_prefix = line.raw.strip_suffix(line.text) == Some(self.prefix) && !content.is_empty();
                edits.push(if has_prefix {
                    Edit::replace(Span::from(at + self.prefix.len()..end), *content)
                } else {
                    Edit::replace(Span::from(at..end), self.prefixed(content))
                });
            }
            at = end + line.end.len();
        }
        edits
    }

    /// A line of the file for a line of the block.
    fn prefixed(&self, content: &str) -> String {
        let prefix = if content.is_empty() { self.prefix.trim_end() } else { self.prefix };
        format!("{prefix}{content}")
    }
}

/// The edits of the file with this `text` after which `block` holds `contents`; `None` for a block whose lines are not those
/// of the file.
///
/// What stands in front of lines stays, and lines end as they did. Whether the file is then read as before must be seen by
/// reading it.
pub fn rewrite(text: &str, block: &Block, contents: &str) -> Option<Vec<Edit>> {
    if block.form != Form::WholeFile {
        return Some(RawLines::of(text, block)?.rewrite(contents));
    }
    let is_crlf = block.span.slice(text).contains("\r\n");
    let contents = if is_crlf { contents.replace('\n', "\r\n") } else { contents.to_owned() };
    Some(vec![Edit::replace(block.span, contents)])
}

/// The byte where the line that holds the byte `at` starts.
fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// The byte where the line below the one that holds the byte `at` starts.
fn next_line(text: &str, at: usize) -> Option<usize> {
    Some(at + text.get(at..)?.find('\n')? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, SourceKind};

    #[test]
    fn a_block_is_its_bytes_without_prefixes() {
        let table = [
            ("```sh\na\n\n  b\n```\n", "a\n\n  b\n", "", "\n"),
            ("> ```sh\r\n> a\r\n>\r\n> b\r\n> ```\r\n", "a\r\n\r\nb\r\n", "> ", "\r\n"),
            ("- x\n\n  ~~~\n  a\n\n    b\n  ~~~\n", "a\n\n  b\n", "  ", "\n"),
            ("1. ```\n   a\n   ```", "a\n", "   ", "\n"),
            ("x\n\n    a\n\n      b\n\ny\n", "a\n\n  b\n", "    ", "\n"),
            ("```\na\nb", "a\nb\n", "", "\n"),
            ("\u{feff}```\na\n```", "a\n", "", "\n"),
        ];
        for (text, contents, prefix, newline) in table {
            let document = document::read(text, SourceKind::Markdown);
            let lines = RawLines::of(text, &document.blocks[0]).unwrap();
            assert_eq!(
                (lines.contents().as_str(), lines.prefix, lines.newline),
                (contents, prefix, newline),
                "{text}"
            );
            let written: String = lines.lines.iter().flat_map(|line| [line.raw, line.end]).collect();
            assert!(written.starts_with(lines.span.slice(text)), "{text}");
        }
    }

    #[test]
    fn other_forms_have_none() {
        for text in ["<pre class=\"mermaid\">graph TD</pre>\n", "```\n```\n"] {
            let document = document::read(text, SourceKind::Markdown);
            assert!(document.blocks.iter().all(|block| RawLines::of(text, block).is_none()), "{text}");
        }
        let file = document::read("a\n", SourceKind::Config { language: "" });
        assert!(RawLines::of("a\n", &file.blocks[0]).is_none());
    }
}
