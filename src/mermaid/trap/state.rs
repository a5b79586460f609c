//! The traps of a state diagram.

use crate::mermaid::syntax::Statement;
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::source::{Source, Word};
use crate::mermaid::syntax::state::tree::{Mention, StatementKind};

use super::comment::Holder;
use super::ignored::{Fate, IgnoredStatement};
use super::place::{begins_line, between, is_alone};
use super::{Trap, comment, state_semicolon, style_semicolon, swallowed};

/// A composite around what is being read.
struct Composite {
    /// Its name.
    id: Word,
    /// Its statement.
    statement: Word,
}

/// The traps in `statements`.
pub(super) fn traps(source: Source<'_>, statements: &[Statement<StatementKind>]) -> Vec<Trap> {
    let mut traps = Vec::new();
    let mut open: Vec<Composite> = Vec::new();
    for (at, Statement { kind, word }) in statements.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| statements.get(at)).map(|statement| statement.word);
        let mut semicolon = |id: Word, before: Option<Word>| {
            traps.extend(state_semicolon::find(source, id, before).map(Trap::StateSemicolon));
        };
        match kind {
            StatementKind::State(mention, _) => semicolon(mention.id, before),
            StatementKind::Transition(from, to, _) => {
                semicolon(from.id, before);
                semicolon(to.id, None);
            }
            StatementKind::Described(described) => semicolon(described.id, None),
            _ => {}
        }
        if let Some((text, holder)) = text_of(kind) {
            traps.extend(comment::shown(source, *word, text, holder).map(Trap::ShownComment));
        }
        match kind {
            StatementKind::Direction(value) => {
                let found = swallowed::find(source, *word, *value, "stateDiagram-v2");
                traps.extend(found.map(Trap::SwallowedLine));
            }
            StatementKind::ClassDef(_, pieces) | StatementKind::Style(_, pieces) => {
                traps.extend(style_semicolon::find(source, *pieces).map(Trap::StyleSemicolons));
            }
            StatementKind::Composite(described) => {
                open.push(Composite { id: described.id, statement: *word });
            }
            StatementKind::EndComposite => {
                open.pop();
            }
            _ => {}
        }
        if let [outermost, ..] = open.as_slice()
            && let Some(composite) = open.last()
        {
            let rest = statements.get(at..).unwrap_or_default();
            for (keyword, fate, word) in ignored(source, rest) {
                let is_movable = fate == Fate::Nothing && keyword != ":::";
                let is_movable =
                    is_movable && is_alone(source, word) && begins_line(source, outermost.statement);
                traps.push(Trap::IgnoredStatement(IgnoredStatement {
                    statement: source.span(word),
                    keyword: keyword.to_owned(),
                    composite: source.span(composite.id),
                    fate,
                    top_level: is_movable.then(|| source.span(outermost.statement)),
                }));
            }
        }
    }
    traps
}

/// The part of a statement in which `%%` is text.
fn text_of(kind: &StatementKind) -> Option<(Word, Holder)> {
    Some(match kind {
        StatementKind::State(_, Some(text)) | StatementKind::Transition(_, _, Some(text)) => {
            (*text, Holder::Description)
        }
        StatementKind::Note(note) => (note.text, Holder::Note),
        StatementKind::Described(described) => (described.id, Holder::Name),
        StatementKind::Class(_, class) => (*class, Holder::Class),
        StatementKind::ClassDef(_, pieces) | StatementKind::Style(_, pieces) => (*pieces, Holder::Styles),
        StatementKind::AccTitle(text) | StatementKind::AccDescr(text) => (*text, Holder::Title),
        _ => return None,
    })
}

/// What composites do not know in the first of `statements`: its word, what becomes of it, and its place.
fn ignored<'a>(source: Source<'a>, statements: &[Statement<StatementKind>]) -> Vec<(&'a str, Fate, Word)> {
    let [Statement { kind, word }, behind @ ..] = statements else {
        return Vec::new();
    };
    let keyword = source.slice(*word).split(is_space).next().unwrap_or_default();
    match kind {
        StatementKind::ClassDef(..) | StatementKind::Class(..) | StatementKind::Style(..) => {
            vec![(keyword, Fate::Nothing, *word)]
        }
        StatementKind::Transition(from, to, _) => {
            let class = |mention: &Mention| mention.class.map(|class| (":::", Fate::Nothing, class));
            [from, to].into_iter().filter_map(class).collect()
        }
        StatementKind::State(Mention { id, class: None }, text) => {
            let next = behind.iter().map_while(|next| match &next.kind {
                StatementKind::State(mention, _) => Some(mention.id),
                _ => None,
            });
            let mut end = *word;
            let mut words: Vec<&str> = Vec::new();
            for id in next.take(3) {
                if between(source, end, id).contains('\n') {
                    break;
                }
                words.push(source.slice(id));
                end = id;
            }
            let name = source.slice(*id);
            let is = |keyword: &str| name.eq_ignore_ascii_case(keyword);
            let is_meant = match (words.as_slice(), text) {
                ([_, url, ..], None) if is("click") => {
                    url.starts_with('"') || url.eq_ignore_ascii_case("href")
                }
                ([first, second, ..], None) if is("hide") => {
                    first.eq_ignore_ascii_case("empty") && second.eq_ignore_ascii_case("description")
                }
                ([number, unit, ..], None) if is("scale") => {
                    unit.eq_ignore_ascii_case("width") && number.chars().all(|c| c.is_ascii_digit())
                }
                (_, Some(_)) => is("accTitle") || is("accDescr"),
                _ => false,
            };
            if is_meant { vec![(name, Fate::States, word.to(end))] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}
