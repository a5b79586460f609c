//! The canonical form of a diagram's text: one statement a line, indented by what it stands in, comments and order kept.
//!
//! What is printed of a statement is in `syntax/<kind>/print.rs`; here the statements, comments and directives of a text
//! are put below each other. What a rule is not sure of stays as it is written: a statement with a comment or a directive
//! inside it, a text of several lines, a line of which Mermaid removes a `;`.
//!
//! Law, which [`format()`] checks before it returns: the result means the same, and formatting it again changes nothing.

mod page;
#[cfg(test)]
mod tests;

use crate::base::text::Span;

use super::diagram::Diagram;
use super::diagram::same::is_same;
use super::limit::Limits;
use super::parse::{self, Parse, Tree};
use super::prepare;
use super::syntax::character::is_space;
use super::syntax::source::Word;
use super::syntax::written::{Nesting, Printed, Written, spaced};
use super::syntax::{flowchart, sequence, state};
use page::{Gap, Page};

/// Why a text is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unformatted {
    /// Mermaid would refuse it.
    Mistakes,
    /// Its kind is known by its first line only.
    UnreadKind,
    /// The rules would have changed what it means.
    Unsure,
}

/// Returns the canonical form of a diagram's text: the text itself when it has that form. It ends with a newline, of the
/// sort that the text has.
///
/// Takes time linear in the text.
///
/// # Errors
/// [`Unformatted`] when the text should stay as it is.
pub fn format(text: &str) -> Result<String, Unformatted> {
    let newline = line_end(text);
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let before = Understood::of(&lines)?;
    let formatted = before.laid_out().ok_or(Unformatted::Unsure)?;
    if formatted != lines {
        let after = Understood::of(&formatted).map_err(|_| Unformatted::Unsure)?;
        let is_stable = || after.laid_out().is_some_and(|again| again == formatted);
        if !before.is_same(&after) || !is_stable() {
            return Err(Unformatted::Unsure);
        }
    }
    Ok(if newline == "\n" { formatted } else { formatted.replace('\n', newline) })
}

/// What ends the first line of a text.
fn line_end(text: &str) -> &'static str {
    match text.find('\n').and_then(|at| at.checked_sub(1)).and_then(|at| text.as_bytes().get(at)) {
        Some(b'\r') => "\r\n",
        _ => "\n",
    }
}

/// A text without mistakes, whose places are its own bytes.
struct Understood<'a> {
    text: &'a str,
    parse: Parse<'a>,
    diagram: Diagram,
}

impl<'a> Understood<'a> {
    fn of(text: &'a str) -> Result<Self, Unformatted> {
        let parse = parse::parse(text);
        if !parse.errors.is_empty() {
            return Err(Unformatted::Mistakes);
        }
        let (diagram, errors) = super::resolve(&parse, Limits::default()).ok_or(Unformatted::UnreadKind)?;
        if errors.is_empty() { Ok(Self { text, parse, diagram }) } else { Err(Unformatted::Mistakes) }
    }

    fn is_same(&self, other: &Self) -> bool {
        let comments =
            |parse: &Parse<'_>| parse.comments.iter().map(|comment| comment.text.clone()).collect::<Vec<_>>();
        self.parse.config == other.parse.config
            && self.parse.title == other.parse.title
            && comments(&self.parse) == comments(&other.parse)
            && self.parse.directives.len() == other.parse.directives.len()
            && is_same(&self.diagram, &other.diagram)
    }

    /// The text in the canonical form; `None` when something stands between the statements that nobody knows.
    fn laid_out(&self) -> Option<String> {
        let written = Written { text: self.text, source: self.parse.source() };
        let body = Body { written, tree: &self.parse.tree };
        let pieces = self.pieces(&body);
        let levels = levels(&body, &pieces);
        let mut page = Page::default();
        let mut end = 0;
        if let Some(front_matter) = self.parse.front_matter() {
            page.keep(written.slice(front_matter).trim_end_matches('\n'));
            end = front_matter.end;
        }
        let kept = kept_lines(self.text);
        let may_stray = matches!(self.parse.tree, Tree::Sequence(_));
        for (index, (piece, level)) in pieces.iter().zip(&levels).enumerate() {
            let mut start = piece.span.start;
            // What stands in a piece that was kept has been written with it.
            if piece.span.end <= end && start < end {
                continue;
            }
            let gap = Gap::new(written.slice(Span::new(end, start.max(end))));
            if start < end || !(gap.is_empty() || may_stray) {
                return None;
            }
            let lead = page.strays(&gap, *level);
            start -= lead;
            // The newline behind the front matter is part of it.
            let before = self.text.get(..end as usize).unwrap_or_default();
            let n_newlines = gap.n_newlines + usize::from(before.ends_with('\n'));
            end = piece.span.end;
            if let Some(line) = kept_line(&kept, start) {
                end = end.max(line.end);
                let text = written.slice(Span::new(start, end)).trim_end_matches(is_space);
                page.statement(&Printed::new(text), *level, n_newlines);
                continue;
            }
            let holds_more = lead > 0 || pieces.get(index + 1).is_some_and(|next| next.span.start < end);
            let text = written.slice(Span::new(start, end));
            let printed = match piece.kind {
                PieceKind::Comment if n_newlines == 0 && !page.is_empty() => {
                    page.behind(comment(text));
                    continue;
                }
                PieceKind::Comment => Printed::new(comment(text)),
                PieceKind::Statement(at) if !holds_more => body.print(at),
                PieceKind::Header if !holds_more => Printed::new(&spaced(text)),
                _ => Printed::new(text),
            };
            page.statement(&printed, *level, n_newlines);
        }
        // As if another piece stood below.
        let rest = format!("{}\n", self.text.get(end as usize..).unwrap_or_default());
        let rest = Gap::new(&rest);
        if !rest.is_empty() && !may_stray {
            return None;
        }
        page.strays(&rest, levels.last().copied().unwrap_or_default());
        Some(page.text)
    }

    /// Everything but front matter, in order.
    fn pieces(&self, body: &Body<'_>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let header = body.written.source.span(self.parse.header());
        pieces.push(Piece { span: header, kind: PieceKind::Header });
        let directives = self.parse.directives.iter().map(|directive| directive.span);
        pieces.extend(directives.map(|span| Piece { span, kind: PieceKind::Directive }));
        let comments = self.parse.comments.iter().map(|comment| comment.span);
        pieces.extend(comments.map(|span| Piece { span, kind: PieceKind::Comment }));
        pieces.extend((0..body.len()).map(|at| Piece {
            span: body.written.source.span(body.word(at)),
            kind: PieceKind::Statement(at),
        }));
        // Of two that start together the longer holds the other.
        pieces.sort_by_key(|piece| (piece.span.start, std::cmp::Reverse(piece.span.end)));
        pieces
    }
}

/// Something that stands in a text.
struct Piece {
    span: Span,
    kind: PieceKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PieceKind {
    Header,
    Directive,
    Comment,
    /// The statement with this index.
    Statement(usize),
}

/// The statements of a diagram of any kind that is read.
struct Body<'a> {
    written: Written<'a>,
    tree: &'a Tree,
}

impl Body<'_> {
    fn len(&self) -> usize {
        match self.tree {
            Tree::Unread => 0,
            Tree::Flowchart(tree) => tree.statements.len(),
            Tree::State(statements) => statements.len(),
            Tree::Sequence(statements) => statements.len(),
        }
    }

    fn word(&self, at: usize) -> Word {
        match self.tree {
            Tree::Unread => Word::default(),
            Tree::Flowchart(tree) => tree.statements[at].word,
            Tree::State(statements) => statements[at].word,
            Tree::Sequence(statements) => statements[at].word,
        }
    }

    fn nesting(&self, at: usize) -> Nesting {
        match self.tree {
            Tree::Unread => Nesting::Plain,
            Tree::Flowchart(tree) => flowchart::nesting(&tree.statements[at].kind),
            Tree::State(statements) => state::nesting(&statements[at].kind),
            Tree::Sequence(statements) => sequence::nesting(&statements[at].kind),
        }
    }

    fn print(&self, at: usize) -> Printed {
        match self.tree {
            Tree::Unread => Printed::new(""),
            Tree::Flowchart(tree) => flowchart::print(self.written, &tree.parts, &tree.statements[at]),
            Tree::State(statements) => state::print(self.written, &statements[at]),
            Tree::Sequence(statements) => sequence::print(self.written, &statements[at]),
        }
    }
}

/// The level of each piece: the header's is 0. Comments and directives are indented like what follows, and before the end
/// of a block like what stands in it.
fn levels(body: &Body<'_>, pieces: &[Piece]) -> Vec<usize> {
    let mut levels = Vec::with_capacity(pieces.len());
    // Between blocks and around them: the level of what comes next if it closes nothing.
    let mut level = 0_usize;
    let mut waiting = 0;
    for piece in pieces {
        let (own, for_waiting) = match piece.kind {
            PieceKind::Directive | PieceKind::Comment => {
                waiting += 1;
                continue;
            }
            PieceKind::Header => {
                level = 1;
                (0, 0)
            }
            PieceKind::Statement(at) => match body.nesting(at) {
                Nesting::Plain => (level, level),
                Nesting::Opens => {
                    level += 1;
                    (level - 1, level - 1)
                }
                Nesting::Closes => {
                    let inside = level;
                    level = level.saturating_sub(1).max(1);
                    (level, inside)
                }
                Nesting::Divides => {
                    let own = level.saturating_sub(1).max(1);
                    (own, own)
                }
            },
        };
        levels.extend(std::iter::repeat_n(for_waiting, waiting));
        levels.push(own);
        waiting = 0;
    }
    levels.extend(std::iter::repeat_n(level, waiting));
    levels
}

/// A comment without the blanks behind it; one that has nothing but blanks keeps one, because `%%` alone is none.
fn comment(text: &str) -> &str {
    match text.trim_end_matches(is_space) {
        "%%" => text.get(..3).unwrap_or(text),
        trimmed => trimmed,
    }
}

/// The lines whose last `;` Mermaid removes and that would lose another one without it.
fn kept_lines(text: &str) -> Vec<Span> {
    let mut kept = Vec::new();
    if !text.contains('#') || !text.contains(';') {
        return kept;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_end_matches(is_space);
        let bare = trimmed.strip_suffix(';').unwrap_or(trimmed);
        if prepare::loses_semicolon(trimmed)
            && (bare.len() == trimmed.len() || prepare::loses_semicolon(bare))
        {
            kept.push(Span::from(start..start + trimmed.len()));
        }
        start += line.len();
    }
    kept
}

/// The kept line that holds the byte `at`.
fn kept_line(kept: &[Span], at: u32) -> Option<Span> {
    let index = kept.partition_point(|line| line.start <= at).checked_sub(1)?;
    kept.get(index).copied().filter(|line| at < line.end)
}
