//! A label as a reader sees it.

use std::borrow::Cow;
use std::ops::Range;

use crate::base::text::Span;
use crate::mermaid::diagram::text::Text;

use super::words::Words;

/// A label without its tags, and its words.
#[derive(Debug)]
pub struct Label<'a> {
    text: &'a Text,
    /// As long as the text in bytes: tags are blanks, line breaks are newlines followed by blanks, so that every range
    /// of it is a range of the text.
    visible: Cow<'a, str>,
    words: Words,
}

impl<'a> Label<'a> {
    /// The label that an author wrote.
    pub fn written(text: &'a Text) -> Self {
        let visible = without_tags(text);
        let words = Words::of(&visible);
        Self { text, visible, words }
    }

    /// The label of something that shows its id.
    pub fn identifier(text: &'a Text) -> Self {
        let visible = Cow::Borrowed(text.as_str());
        let words = Words::of_identifier(&visible);
        Self { text, visible, words }
    }

    /// The characters that a reader sees, with newlines and blanks in place of tags.
    pub fn visible(&self) -> &str {
        &self.visible
    }

    /// The words of all lines.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The lines that are not empty, trimmed, each with its range in [`Self::visible`].
    pub fn lines(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let mut next = 0;
        self.visible.split('\n').filter_map(move |line| {
            let start = next;
            next += line.len() + 1;
            let trimmed = line.trim();
            let lead = start + (line.len() - line.trim_start().len());
            (!trimmed.is_empty()).then_some((trimmed, lead..lead + trimmed.len()))
        })
    }

    /// All lines in one, separated by one blank.
    pub fn one_line(&self) -> String {
        let mut line = String::with_capacity(self.visible.len());
        for word in self.visible.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        line
    }

    /// The place in the file of a range of [`Self::visible`].
    pub fn span(&self, range: Range<usize>) -> Span {
        self.text.excerpt.span(range)
    }

    /// The place in the file of the line that holds the byte `at` of [`Self::visible`].
    pub fn line_span(&self, at: usize) -> Span {
        let line = self.lines().find(|(_, range)| range.contains(&at));
        line.map_or_else(|| self.text.span(), |(_, range)| self.span(range))
    }

    /// The place in the file of the whole label.
    pub fn full_span(&self) -> Span {
        self.text.span()
    }
}

/// The text with each line break as a newline and each other tag as blanks, byte for byte as long as before.
fn without_tags(text: &Text) -> Cow<'_, str> {
    let raw = text.as_str();
    if !raw.contains('<') {
        return Cow::Borrowed(raw);
    }
    let mut visible = String::with_capacity(raw.len());
    let mut at = 0;
    while let Some(open) = raw[at..].find('<').map(|found| at + found) {
        visible.push_str(&raw[at..open]);
        let tag = tag_at(&raw[open..]);
        if tag.is_empty() {
            visible.push('<');
            at = open + 1;
            continue;
        }
        let is_break = tag[1..].trim_start().get(..2).is_some_and(|name| name.eq_ignore_ascii_case("br"));
        visible.push(if is_break { '\n' } else { ' ' });
        visible.extend(std::iter::repeat_n(' ', tag.len() - 1));
        at = open + tag.len();
    }
    visible.push_str(&raw[at..]);
    Cow::Owned(visible)
}

/// The tag that `text` starts with, empty when it starts with none.
fn tag_at(text: &str) -> &str {
    let name = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    text.find('>').map_or("", |close| &text[..=close])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::offset_map::Excerpt;
    use crate::mermaid::diagram::text::TextKind;

    #[test]
    fn ranges_of_what_is_seen_are_ranges_of_what_was_written() {
        let raw = "<b>Ädmin</b> Node<br/>10.0.0.1 < 5";
        let text = Text { excerpt: Excerpt::whole(raw, 50), kind: TextKind::Plain };
        let label = Label::written(&text);
        assert_eq!(label.visible().len(), raw.len());
        assert_eq!(label.one_line(), "Ädmin Node 10.0.0.1 < 5");
        assert_eq!(
            label.lines().map(|(line, _)| line).collect::<Vec<_>>(),
            ["Ädmin     Node", "10.0.0.1 < 5"]
        );
        let at = 50 + raw.find("10.").unwrap() as u32;
        assert_eq!(label.line_span(label.visible().find("10.").unwrap()), Span::new(at, at + 12));
    }
}
