//! `;` in a state diagram, where it ends no statement.

use crate::base::text::Span;
use crate::mermaid::syntax::character::{is_blank, is_word};
use crate::mermaid::syntax::source::{Source, Word};

use super::place::{between, editable, ends_line, line_end};

/// A `;` that Mermaid takes for the name of a state, or for its beginning or end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateSemicolon {
    /// The character.
    pub semicolon: Span,
    /// The state as Mermaid names it.
    pub state: String,
    /// What it does there.
    pub role: Role,
    /// The statement before it, when it stands on that one's line.
    pub behind: Option<Span>,
    /// It is a byte of the file that an edit may replace.
    pub is_editable: bool,
}

/// What the `;` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It ends the name of a state, which is then another than the one without it.
    EndsName,
    /// It is a state, behind a statement that it was to end.
    IsState,
    /// It ends the text before it, and what follows are states.
    CutsText,
    /// It stands between two statements, and is a state.
    Separates,
}

/// True when nothing follows byte `at` on its line, or a comment.
fn ends_statement(source: Source<'_>, at: usize) -> bool {
    let behind = source.text.get(at..).unwrap_or_default();
    ends_line(source, at) || behind.trim_start_matches(is_blank).starts_with("%%")
}

/// True when what follows byte `at` on its line looks like a statement and not like the rest of a text.
fn begins_statement(source: Source<'_>, at: usize) -> bool {
    let line = source.text.get(at..line_end(source, at)).unwrap_or_default().trim_start_matches(is_blank);
    line.starts_with(['-', '}', '[']) || line.starts_with("state ") || line.contains("-->")
}

/// The trap in the name `id`; `before` is the statement before it.
pub(super) fn find(source: Source<'_>, id: Word, before: Option<Word>) -> Option<StateSemicolon> {
    let name = source.slice(id);
    let behind = before.filter(|before| !between(source, *before, id).contains('\n'));
    let (at, role) = if name.starts_with(';') {
        let is_behind = behind.is_some();
        let goes_on = !ends_statement(source, id.start() + 1);
        let is_text = before.is_some_and(|before| source.slice(before).contains(':'));
        let role = match (is_behind, goes_on) {
            (_, false) => Role::IsState,
            (true, true) if begins_statement(source, id.start() + 1) => Role::Separates,
            (true, true) if is_text => Role::CutsText,
            _ => return None,
        };
        (id.start(), role)
    } else if let Some(stem) = name.strip_suffix(';') {
        // The `;` of an entity belongs to a character.
        let entity = stem.rfind(['#', '&']).and_then(|hash| stem.get(hash + 1..));
        if entity.is_some_and(|entity| !entity.is_empty() && entity.chars().all(is_word)) {
            return None;
        }
        (id.end() - 1, Role::EndsName)
    } else {
        return None;
    };
    Some(StateSemicolon {
        semicolon: source.span(at..at + 1),
        state: name.to_owned(),
        role,
        behind: behind.map(|before| source.span(before)),
        is_editable: editable(source, at..at + 1).is_some(),
    })
}
