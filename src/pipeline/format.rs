//! The diagrams of a file in the canonical form; all else in it stays, byte for byte.

use crate::base::edit::{self, Edit};
use crate::base::text::Span;
use crate::document::{self, BlockKind, Document};
use crate::mermaid::format::{self, Unformatted};

use super::file::Source;

/// A file with its diagrams in the canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// Its text afterwards.
    pub text: String,
    /// Diagrams that are written differently now.
    pub n_changed: usize,
    /// Diagrams that were left as they are although Merrow reads their kind, in file order.
    pub left: Vec<Left>,
}

/// A diagram that was left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Its block.
    pub span: Span,
    /// Why.
    pub reason: LeftReason,
}

/// Why a diagram was left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftReason {
    /// Mermaid would refuse it.
    Mistakes,
    /// The rules would have changed what it means.
    Unsure,
    /// With its new text the file would no longer be read as it is.
    Entangled,
}

/// A diagram with its new text.
struct Change {
    /// Its block, an index into [`Document::blocks`].
    block: usize,
    text: String,
    edits: Vec<Edit>,
}

/// How often a set of changes may turn out to be entangled before what is left of them stays undone.
const MAX_ENTANGLED: usize = 64;

/// Formats the diagrams of a file. Formatting the result again changes nothing.
pub fn format(source: &Source) -> Formatted {
    let document = document::read(&source.text, source.kind);
    let mut left = Vec::new();
    let mut changes = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind != BlockKind::Mermaid {
            continue;
        }
        let mut leave = |reason| left.push(Left { span: block.span, reason });
        match format::format(&block.excerpt.text) {
            Ok(text) if text == block.excerpt.text => {}
            Ok(text) => match document::rewrite(&source.text, block, &text) {
                Some(edits) if block.is_closed => changes.push(Change { block: index, text, edits }),
                _ => leave(LeftReason::Entangled),
            },
            Err(Unformatted::UnreadKind) => {}
            Err(Unformatted::Mistakes) => leave(LeftReason::Mistakes),
            Err(Unformatted::Unsure) => leave(LeftReason::Unsure),
        }
    }
    let (text, n_changed) = apply(source, &document, &changes, &mut left);
    left.sort_by_key(|left| left.span);
    Formatted { text, n_changed, left }
}

/// The file after those `changes` that leave all else in it as it is, and their number; the others join `left`.
///
/// Most files bear all of them, which one look shows; where one does not, it is searched for by halves.
fn apply(source: &Source, document: &Document, changes: &[Change], left: &mut Vec<Left>) -> (String, usize) {
    let mut text = source.text.clone();
    let mut taken: Vec<&Change> = Vec::new();
    let mut n_entangled = 0;
    let mut groups: Vec<&[Change]> = vec![changes];
    while let Some(group) = groups.pop() {
        if group.is_empty() {
            continue;
        }
        let tried: Vec<&Change> = taken.iter().copied().chain(group).collect();
        let edits: Vec<Edit> = tried.iter().flat_map(|change| change.edits.iter().cloned()).collect();
        let after = edit::apply(&source.text, &edits);
        if n_entangled < MAX_ENTANGLED && is_otherwise_equal(document, &tried, source, &after) {
            (text, taken) = (after, tried);
            continue;
        }
        n_entangled += 1;
        if let [change] = group {
            left.extend(
                document
                    .blocks
                    .get(change.block)
                    .map(|block| Left { span: block.span, reason: LeftReason::Entangled }),
            );
        } else {
            let (first, second) = group.split_at(group.len() / 2);
            groups.extend([second, first]);
        }
    }
    let n_changed = taken.len();
    (text, n_changed)
}

/// True when the file with the text `after` holds the blocks of `document`, those of `changes` with their new texts.
fn is_otherwise_equal(document: &Document, changes: &[&Change], source: &Source, after: &str) -> bool {
    let read = document::read(after, source.kind);
    let mut texts: Vec<&str> = document.blocks.iter().map(|block| block.excerpt.text.as_str()).collect();
    for change in changes {
        if let Some(text) = texts.get_mut(change.block) {
            *text = &change.text;
        }
    }
    read.blocks.len() == document.blocks.len()
        && read.paragraphs.len() == document.paragraphs.len()
        && read.comments.len() == document.comments.len()
        && document.blocks.iter().zip(&read.blocks).zip(texts).all(|((before, now), text)| {
            now.excerpt.text == text
                && now.kind == before.kind
                && now.form == before.form
                && now.language == before.language
                && now.section == before.section
                && now.is_closed == before.is_closed
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::FileId;
    use crate::document::SourceKind;
    use crate::pipeline::file::Standing;

    fn formatted(text: &str, kind: SourceKind) -> Formatted {
        format(&Source {
            id: FileId(0),
            path: "page".to_owned(),
            project_path: "page".to_owned(),
            kind,
            standing: Standing::AskedFor,
            text: text.to_owned(),
        })
    }

    #[test]
    fn a_post_changes_in_its_diagrams_only() {
        let table = [
            (
                "# A  \n\n```mermaid\ngraph TD\nA-->B\n```\n\n```sh\nA-->B\n```\n",
                "# A  \n\n```mermaid\ngraph TD\n    A --> B\n```\n\n```sh\nA-->B\n```\n",
            ),
            (
                "\u{feff}> ```mermaid\r\n> graph TD\r\n>\r\n>\r\n> A-->B;B-->C\r\n> ```\r\n",
                "\u{feff}> ```mermaid\r\n> graph TD\r\n>\r\n>     A --> B\r\n>     B --> C\r\n> ```\r\n",
            ),
            (
                "- x\n\n  ~~~mermaid\n  graph TD\n\n  A-->B\n  ~~~\n",
                "- x\n\n  ~~~mermaid\n  graph TD\n\n      A --> B\n  ~~~\n",
            ),
            (
                "{{< mermaid >}}\ngraph TD\nA-->B\n{{< /mermaid >}}\n",
                "{{< mermaid >}}\ngraph TD\n    A --> B\n{{< /mermaid >}}\n",
            ),
            (":::mermaid\ngraph TD\nA-->B\n:::\n", ":::mermaid\ngraph TD\n    A --> B\n:::\n"),
        ];
        for (text, expected) in table {
            let first = formatted(text, SourceKind::Markdown);
            assert_eq!(first.text, expected, "{:?}", first.left);
            assert_eq!(first.n_changed, 1);
            assert_eq!(formatted(expected, SourceKind::Markdown).n_changed, 0, "{expected}");
        }
    }

    #[test]
    fn a_diagram_file_keeps_its_line_ends() {
        let formatted = formatted("\u{feff}graph TD\r\nA-->B", SourceKind::Mermaid);
        assert_eq!(formatted.text, "\u{feff}graph TD\r\n    A --> B\r\n");
    }

    #[test]
    fn what_cannot_be_formatted_is_left_and_told() {
        let text = "```mermaid\ngraph TD\nA-->\n```\n\n```mermaid\npie\n  \"a\": 1\n```\n\n\
                    <pre class=\"mermaid\">\ngraph TD\nA--&gt;B\n</pre>\n\n```mermaid\ngraph TD\nA-->B\n```\n";
        let formatted = formatted(text, SourceKind::Markdown);
        let reasons: Vec<LeftReason> = formatted.left.iter().map(|left| left.reason).collect();
        assert_eq!(reasons, [LeftReason::Mistakes, LeftReason::Entangled]);
        assert_eq!(formatted.n_changed, 1);
        assert!(formatted.text.ends_with("graph TD\n    A --> B\n```\n"));
    }
}
