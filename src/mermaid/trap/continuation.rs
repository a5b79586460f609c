//! Arrows at the end of a line.

use crate::base::text::Span;
use crate::mermaid::syntax::character::{is_blank, is_space};
use crate::mermaid::syntax::flowchart::tree::{Link, NodeUse, Part};
use crate::mermaid::syntax::source::{Source, Word};

use super::place::{between, line_start};

/// An arrow with nothing behind it on its line, whose target is the first node of what looks like a statement of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BorrowedTarget {
    /// The node before the arrow.
    pub source: Span,
    /// The arrow.
    pub arrow: Span,
    /// The node on the next line, by its id.
    pub target: Span,
}

/// The arrows in the parts of a chain that borrow their targets.
///
/// A line that is indented deeper continues the one above on purpose, and so does one that ends in an arrow itself; what is
/// left are lines that say something complete, at the same depth, below an arrow that leads nowhere.
pub(super) fn find(source: Source<'_>, parts: &[Part]) -> Vec<BorrowedTarget> {
    let mut found = Vec::new();
    let mut groups = parts.iter().enumerate().filter_map(|(at, part)| match part {
        Part::Link(link) => Some((at, link)),
        Part::Node(_) => None,
    });
    let mut link = groups.next();
    while let Some((at, here)) = link {
        let next = groups.next();
        if let (Some(Part::Node(before)), Some(Part::Node(target)), Some((next_at, behind))) =
            (at.checked_sub(1).and_then(|at| parts.get(at)), parts.get(at + 1), next)
            && ends_line(source, here, target)
            && let Some(Part::Node(last)) = parts.get(next_at + 1)
            && !ends_line(source, behind, last)
            && !source.slice(target.word.to(behind.word)).contains('\n')
            && indentation(source, target.word) <= indentation(source, here.word)
        {
            found.push(BorrowedTarget {
                source: source.span(before.id),
                arrow: source.span(here.word),
                target: source.span(target.id),
            });
        }
        link = next;
    }
    found
}

/// True when the line ends behind the link and its label.
fn ends_line(source: Source<'_>, link: &Link, target: &NodeUse) -> bool {
    let gap = between(source, link.word, target.word);
    let behind = gap.trim_end_matches(is_space).len();
    gap.get(behind..).is_some_and(|space| space.contains('\n'))
}

/// How many blanks the line of the word begins with.
fn indentation(source: Source<'_>, word: Word) -> usize {
    let line = source.text.get(line_start(source, word.start())..word.start()).unwrap_or_default();
    line.chars().take_while(|c| is_blank(*c)).count()
}
