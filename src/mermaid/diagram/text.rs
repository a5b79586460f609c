//! A text of a diagram: a label, a message, a title.

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextKind {
    /// Bare.
    #[default]
    Plain,
    /// Between double quotes.
    Quoted,
    /// A markdown string, or a label given as metadata.
    Markdown,
}

/// A text as Mermaid understands it: `<br/>` and entities (`&quot;` for `#quot;`) are still in it.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The characters and where each stands in the file.
    pub excerpt: Excerpt,
    /// How it was written.
    pub kind: TextKind,
}

impl Text {
    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.excerpt.text
    }

    /// The span in the file.
    pub fn span(&self) -> Span {
        self.excerpt.full_span()
    }

    /// What a reader sees, on one line: the lines with a blank between them.
    pub fn one_line(&self) -> String {
        self.lines()
            .into_iter()
            .map(|(line, _)| line)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The lines that a reader sees, trimmed, each with its span: split at `<br>`, `<br/>` and newlines.
    pub fn lines(&self) -> Vec<(&str, Span)> {
        let text = self.as_str();
        let mut lines = Vec::new();
        let mut start = 0;
        let mut at = 0;
        while let Some(found) = text[at..].find(['<', '\n']) {
            let stop = at + found;
            let width = line_break_width(&text[stop..]);
            if width > 0 {
                lines.push(start..stop);
                start = stop + width;
            }
            at = stop + width.max(1);
        }
        lines.push(start..text.len());
        lines
            .into_iter()
            .map(|range| {
                let line = text[range.clone()].trim();
                let lead = text[range.clone()].len() - text[range.clone()].trim_start().len();
                let from = range.start + lead;
                (line, self.excerpt.span(from..from + line.len()))
            })
            .collect()
    }
}

/// Bytes of the line break that `text` starts with: a newline, or `<br>` with optional blanks and slash, in any case
/// (Mermaid's `lineBreakRegex`); 0 when it starts with none.
fn line_break_width(text: &str) -> usize {
    if text.starts_with('\n') {
        return 1;
    }
    let is_br = text.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
    if !is_br {
        return 0;
    }
    let rest = text[3..].trim_start();
    let rest = rest.strip_prefix('/').unwrap_or(rest).trim_start();
    rest.strip_prefix('>').map_or(0, |after| text.len() - after.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_a_reader_sees() {
        let text = Text {
            excerpt: Excerpt::whole("Node 1<br/>10.0.0.1 <BR />x < 3\n✓", 100),
            kind: TextKind::Plain,
        };
        let lines = text.lines();
        assert_eq!(lines.iter().map(|line| line.0).collect::<Vec<_>>(), ["Node 1", "10.0.0.1", "x < 3", "✓"]);
        assert_eq!(lines[1].1, Span::new(111, 119));
        assert_eq!(text.one_line(), "Node 1 10.0.0.1 x < 3 ✓");
    }
}
