//! The traps of a sequence diagram.

use std::collections::BTreeMap;

use crate::mermaid::syntax::Statement;
use crate::mermaid::syntax::sequence::tree::{Declaration, FragmentKind, StatementKind};
use crate::mermaid::syntax::source::{Source, Word};

use super::comment::Holder;
use super::redefinition::{Difference, Redefinition};
use super::{Trap, comment, cut_text};

/// The traps in `statements`.
pub(super) fn traps(source: Source<'_>, statements: &[Statement<StatementKind>]) -> Vec<Trap> {
    let mut traps = Vec::new();
    for Statement { kind, word } in statements {
        let Some((text, holder)) = text_of(kind) else { continue };
        traps.extend(comment::shown(source, *word, text, holder).map(Trap::ShownComment));
        if !matches!(holder, Holder::Name)
            && !matches!(kind, StatementKind::AccTitle(_) | StatementKind::AccDescr(_))
        {
            let may_be_colour =
                matches!(kind, StatementKind::Box(_) | StatementKind::Fragment(FragmentKind::Rect, _));
            traps.extend(cut_text::find(source, text, holder, may_be_colour).map(Trap::CutText));
        }
    }
    traps.extend(redefinitions(source, statements).into_iter().map(Trap::Redefinition));
    traps
}

/// The part of a statement in which `%%` is text.
fn text_of(kind: &StatementKind) -> Option<(Word, Holder)> {
    Some(match kind {
        StatementKind::Message(message) => (message.text, Holder::Message),
        StatementKind::Note(note) => (note.text, Holder::Note),
        StatementKind::Declaration(declaration) => match declaration.label {
            Some(label) => (label, Holder::Alias),
            None => (declaration.id, Holder::Name),
        },
        StatementKind::Destroy(id) | StatementKind::Activate(id) | StatementKind::Deactivate(id) => {
            (*id, Holder::Name)
        }
        StatementKind::Box(text) | StatementKind::Fragment(_, text) | StatementKind::Operand(text) => {
            (*text, Holder::Block)
        }
        StatementKind::Title(text) | StatementKind::AccTitle(text) | StatementKind::AccDescr(text) => {
            (*text, Holder::Title)
        }
        _ => return None,
    })
}

/// What is known of a participant.
#[derive(Default)]
struct Known {
    /// Where it was mentioned or declared first.
    first: Word,
    is_declared: bool,
    is_actor: bool,
    /// A block says what it is drawn as.
    has_block: bool,
    /// The labels that declarations gave it.
    labels: Vec<(Word, Word)>,
}

/// The labels that a later declaration overrides, and the types of second declarations, which Mermaid ignores.
fn redefinitions(source: Source<'_>, statements: &[Statement<StatementKind>]) -> Vec<Redefinition> {
    let mut known: BTreeMap<&str, Known> = BTreeMap::new();
    let mut found = Vec::new();
    for Statement { kind, word } in statements {
        let mentioned = match kind {
            StatementKind::Declaration(declaration) => {
                found.extend(declare(&mut known, source, declaration, *word));
                continue;
            }
            StatementKind::Message(message) => [Some(message.from), Some(message.to)],
            StatementKind::Note(note) => [Some(note.first), note.second],
            _ => continue,
        };
        for id in mentioned.into_iter().flatten() {
            known.entry(source.slice(id)).or_insert_with(|| Known { first: id, ..Known::default() });
        }
    }
    for (id, known) in known {
        let Some(((kept, last), earlier)) = known.labels.split_last() else { continue };
        let last = source.trim(*last);
        for (lost, label) in earlier {
            let label = source.trim(*label);
            if source.slice(label) != source.slice(last) {
                found.push(Redefinition {
                    id: id.to_owned(),
                    difference: Difference::Label(source.span(label), source.span(last)),
                    lost: source.span(*lost),
                    kept: source.span(*kept),
                });
            }
        }
    }
    found
}

fn declare<'a>(
    known: &mut BTreeMap<&'a str, Known>,
    source: Source<'a>,
    declaration: &Declaration,
    statement: Word,
) -> Option<Redefinition> {
    let id = source.slice(declaration.id);
    let is_new = !known.contains_key(id);
    let entry = known.entry(id).or_insert_with(|| Known { first: declaration.id, ..Known::default() });
    let has_block = declaration.metadata.is_some();
    let is_plain = declaration.label.is_none() && !has_block;
    let (was_declared, was_actor) = (entry.is_declared, entry.is_actor);
    let is_free = !declaration.create && !entry.has_block;
    entry.is_declared = true;
    entry.has_block |= has_block;
    entry.labels.extend(declaration.label.map(|label| (statement, label)));
    if is_new || !is_plain {
        entry.is_actor = declaration.is_actor;
        return None;
    }
    (is_free && was_actor != declaration.is_actor).then(|| Redefinition {
        id: id.to_owned(),
        difference: Difference::Role {
            ignored: if declaration.is_actor { "actor" } else { "participant" },
            was_used: !was_declared,
        },
        lost: source.span(statement),
        kept: source.span(entry.first),
    })
}
