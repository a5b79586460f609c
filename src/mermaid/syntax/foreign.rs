//! Statements of other kinds of diagram, as an author writes them who mixes up two kinds.
//!
//! Looked at only where a statement cannot be read: each of these words may be a name.

use crate::base::text::Span;

use super::character::is_word;
use super::source::Source;
use super::{Problem, SyntaxError};

pub(super) const FLOWCHART: &str = "flowchart";
pub(super) const SEQUENCE: &str = "sequenceDiagram";
pub(super) const STATE: &str = "stateDiagram-v2";

/// Headers that nobody uses as a name.
const HEADERS: [&str; 8] =
    [FLOWCHART, "graph", SEQUENCE, STATE, "stateDiagram", "classDiagram", "erDiagram", "gitGraph"];

/// First words of statements, with the headers of the kinds that have them.
const STATEMENTS: [(&str, &[&str]); 25] = [
    ("activate", &[SEQUENCE]),
    ("actor", &[SEQUENCE]),
    ("alt", &[SEQUENCE]),
    ("and", &[SEQUENCE]),
    ("autonumber", &[SEQUENCE]),
    ("box", &[SEQUENCE]),
    ("break", &[SEQUENCE]),
    ("classDef", &[FLOWCHART, STATE]),
    ("create", &[SEQUENCE]),
    ("critical", &[SEQUENCE]),
    ("deactivate", &[SEQUENCE]),
    ("destroy", &[SEQUENCE]),
    ("else", &[SEQUENCE]),
    ("linkStyle", &[FLOWCHART]),
    ("loop", &[SEQUENCE]),
    ("note", &[SEQUENCE, STATE]),
    ("Note", &[SEQUENCE, STATE]),
    ("opt", &[SEQUENCE]),
    ("option", &[SEQUENCE]),
    ("par", &[SEQUENCE]),
    ("participant", &[SEQUENCE]),
    ("rect", &[SEQUENCE]),
    ("state", &[STATE]),
    ("style", &[FLOWCHART, STATE]),
    ("subgraph", &[FLOWCHART]),
];

/// Words of [`STATEMENTS`] behind which an `end` follows.
const OPENERS: [&str; 9] = ["alt", "box", "break", "critical", "loop", "opt", "par", "rect", "subgraph"];

/// A statement of another kind.
pub(super) struct Foreign {
    /// What to say of it.
    pub(super) error: SyntaxError,
    /// True when an `end` will follow that is no mistake of its own.
    pub(super) opens: bool,
}

/// What to say of a statement at byte `start` of a diagram with the header `here` that cannot be read, when it begins as one of
/// another kind does. `error` says what stopped its reader.
pub(super) fn statement(
    source: Source<'_>,
    start: usize,
    error: &SyntaxError,
    here: &str,
) -> Option<Foreign> {
    let is_general = matches!(
        error.problem,
        Problem::MissingSeparator { .. }
            | Problem::Unexpected { .. }
            | Problem::UnknownCharacter(_)
            | Problem::ReservedWord { .. }
            | Problem::MissingMessageText
            | Problem::MissingArrowTarget { .. }
    );
    let rest = source.text.get(start..).filter(|_| is_general)?;
    let len = rest.find(|c| !is_word(c) && c != '-').unwrap_or(rest.len());
    let word = &rest[..len];
    let is_apart = rest[len..].chars().next().is_none_or(|c| c.is_whitespace() || c == ';');
    let span: Span = source.span(start..start + len);
    if !is_apart || error.span.start < span.start {
        return None;
    }
    let problem = if HEADERS.contains(&word) {
        Problem::SecondDiagram { header: word.to_owned() }
    } else {
        let (_, headers) = STATEMENTS.iter().find(|(known, _)| *known == word)?;
        let header = headers.first().filter(|_| !headers.contains(&here))?;
        Problem::ForeignStatement { word: word.to_owned(), header }
    };
    Some(Foreign { error: SyntaxError::new(span, problem), opens: OPENERS.contains(&word) })
}
