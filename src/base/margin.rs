//! What stands in front of the lines of a block without belonging to it, and which edits keep it.
//!
//! Markdown takes quote marks and indentation away before a block is read. A text that a rule would write spans them,
//! but cannot know them: an edit across them would take a line out of its quote or list.

use super::edit::Edit;
use super::offset_map::Excerpt;
use super::text::Span;

/// The bytes of one file that stand within its blocks and comments and are not part of what was read there: quote marks,
/// indentation, and what stands for something else (`&lt;`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Margins {
    /// In file order, apart from each other, none empty.
    spans: Vec<Span>,
}

impl Margins {
    /// The margins of `excerpts` of `file`, which do not overlap.
    pub fn of<'a>(file: &str, excerpts: impl IntoIterator<Item = &'a Excerpt>) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        for excerpt in excerpts {
            spans.extend(lead(file, excerpt.full_span().start));
            spans.extend(excerpt.map.gaps());
        }
        // The `\r` of a line end belongs to the line.
        spans.retain(|span| !span.is_empty() && span.slice(file) != "\r");
        spans.sort_unstable();
        spans.dedup();
        Self { spans }
    }

    /// True when `edit` touches no margin and writes one in front of each line that it begins.
    pub fn are_kept(&self, file: &str, edit: &Edit) -> bool {
        let Span { start, end } = edit.span;
        let next = self.spans.partition_point(|margin| margin.end <= start);
        let behind = self.spans.get(next);
        if behind.is_some_and(|margin| margin.start < end || (edit.span.is_empty() && margin.start <= start))
        {
            return false;
        }
        // The edit replaces a line end that a margin follows.
        let takes_line_end =
            edit.span.slice(file).ends_with('\n') && behind.is_some_and(|margin| margin.start == end);
        if takes_line_end && !edit.text.ends_with('\n') {
            return false;
        }
        let Some(line_end) = edit.text.find('\n') else {
            return true;
        };
        let own = next.checked_sub(1).and_then(|last| self.spans.get(last));
        let is_on_line = |margin: &&Span| {
            begins_line(file, margin.start)
                && memchr::memrchr(b'\n', Span::new(margin.end, start).slice(file).as_bytes()).is_none()
        };
        let Some(margin) = own.filter(is_on_line).map(|margin| margin.slice(file)) else {
            return true;
        };
        let text = if takes_line_end { edit.text.trim_end_matches('\n') } else { edit.text.as_str() };
        text.get(line_end..).unwrap_or_default().split('\n').skip(1).all(|line| line.starts_with(margin))
    }
}

/// The blanks and quote marks in front of byte `at`, when nothing else stands in front of it on its line.
fn lead(file: &str, at: u32) -> Option<Span> {
    let before = file.get(..at as usize)?;
    let rest = before.trim_end_matches(|c: char| c == '>' || (c.is_whitespace() && c != '\n'));
    let lead = Span::from(rest.len()..before.len());
    begins_line(file, lead.start).then_some(lead)
}

fn begins_line(file: &str, at: u32) -> bool {
    file.get(..at as usize).is_some_and(|before| before.is_empty() || before.ends_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::offset_map::OffsetMapBuilder;

    /// The margins of a quoted text: what stands behind `> ` is read.
    fn quoted(file: &str) -> Margins {
        let mut map = OffsetMapBuilder::new();
        let mut at = 0;
        let mut text = String::new();
        for line in file.split_inclusive('\n') {
            let inner = Span::from(at + 2..at + line.len());
            map.copy(inner);
            text.push_str(inner.slice(file));
            at += line.len();
        }
        Margins::of(file, [&Excerpt { text, map: map.finish() }])
    }

    #[test]
    fn an_edit_stays_within_its_line_or_writes_the_margin() {
        let file = "> ab\n> cd\n> ef";
        let table = [
            (Span::new(2, 4), "x", true),
            (Span::new(3, 8), "x", false),
            (Span::new(2, 5), "", false),
            (Span::new(2, 5), "x\n", true),
            (Span::at(7), "x", true),
            (Span::at(5), "x", false),
            (Span::at(6), "x", false),
            (Span::at(7), "x\n", false),
            (Span::at(7), "x\n> ", true),
            (Span::at(2), "x\n> y\n> ", true),
            (Span::at(2), "x\ny\n> ", false),
            (Span::at(14), "\n> x", true),
            (Span::at(14), "\nx", false),
        ];
        for (span, text, expected) in table {
            assert_eq!(
                quoted(file).are_kept(file, &Edit::replace(span, text)),
                expected,
                "{span:?} {text:?}"
            );
        }
    }

    #[test]
    fn a_plain_block_has_no_margins() {
        let file = "ab\r\ncd\r\n";
        let mut map = OffsetMapBuilder::new();
        map.copy(Span::new(0, 2));
        map.copy(Span::new(3, 6));
        map.copy(Span::new(7, 8));
        let margins = Margins::of(file, [&Excerpt { text: "ab\ncd\n".to_owned(), map: map.finish() }]);
        assert_eq!(margins, Margins::default());
        assert!(margins.are_kept(file, &Edit::replace(Span::new(1, 5), "x\r\ny")));
    }
}
