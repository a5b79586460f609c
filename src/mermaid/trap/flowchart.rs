//! The traps of a flowchart.

use std::collections::BTreeMap;

use crate::mermaid::syntax::Statement;
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::flowchart::tree::{
    Bracketed, Label, NodeUse, Part, Quoting, StatementKind, Tree,
};
use crate::mermaid::syntax::source::{Source, Word};

use super::comment::{self, BareComment, Holder};
use super::place::{between, is_alone};
use super::redefinition::{Difference, Redefinition};
use super::style_semicolon::{self, Effect, StyleSemicolons};
use super::{Trap, continuation, swallowed};

/// The traps in the statements of `tree`.
pub(super) fn traps(source: Source<'_>, tree: &Tree) -> Vec<Trap> {
    let mut traps = Vec::new();
    // The statement before, when style declarations may go on behind it.
    let mut styles: Option<Word> = None;
    // The statement that the declarations belong to.
    let mut first_styles = Word::default();
    for Statement { kind, word } in &tree.statements {
        let before = styles.take();
        match kind {
            StatementKind::Direction(value) => {
                let found = swallowed::find(source, *word, *value, "flowchart TD");
                traps.extend(found.map(Trap::SwallowedLine));
            }
            StatementKind::Chain(range) => {
                let parts = tree.parts.get(range.clone()).unwrap_or_default();
                if let (Some(before), [Part::Node(node)]) = (before, parts)
                    && let Some(at) = semicolon_before_declaration(source, before, node)
                {
                    styles = Some(*word);
                    // A second one behind the same styles.
                    if let Some(Trap::StyleSemicolons(found)) = traps.last_mut()
                        && before != first_styles
                    {
                        found.add(source, at..at + 1);
                    } else {
                        let effect = Effect::Node(source.slice(node.word).to_owned());
                        traps.push(Trap::StyleSemicolons(StyleSemicolons::one(source, at, effect)));
                    }
                }
                traps.extend(continuation::find(source, parts).into_iter().map(Trap::BorrowedTarget));
                traps.extend(bare_comments(source, parts).map(Trap::BareComment));
            }
            StatementKind::Style { pieces, .. }
            | StatementKind::ClassDef { pieces, .. }
            | StatementKind::LinkStyle { pieces: Some(pieces), .. } => {
                styles = Some(*word);
                first_styles = *word;
                add_styles(&mut traps, source, *word, *pieces);
            }
            StatementKind::Subgraph(head) if head.title.is_none() && head.name.quoting == Quoting::Bare => {
                let shown = comment::shown(source, *word, head.word, Holder::Title);
                traps.extend(shown.map(Trap::ShownComment));
            }
            StatementKind::AccTitle(text) | StatementKind::AccDescr(text) => {
                let shown = comment::shown(source, *word, *text, Holder::Title);
                traps.extend(shown.map(Trap::ShownComment));
            }
            _ => {}
        }
    }
    traps.extend(redefinitions(source, tree).into_iter().map(Trap::Redefinition));
    traps
}

fn add_styles(traps: &mut Vec<Trap>, source: Source<'_>, statement: Word, pieces: Word) {
    traps.extend(style_semicolon::removed(source, pieces).map(Trap::StyleSemicolons));
    traps.extend(comment::shown(source, statement, pieces, Holder::Styles).map(Trap::ShownComment));
}

/// The `;` between style declarations and a node that is one, on one line.
fn semicolon_before_declaration(source: Source<'_>, styles: Word, node: &NodeUse) -> Option<usize> {
    let name = source.slice(node.word);
    let gap = between(source, styles, node.word);
    let at = styles.end() + gap.find(';')?;
    let is_behind = !gap.contains('\n') && node.shape.is_none() && style_semicolon::is_declaration(name);
    is_behind.then_some(at)
}

/// The nodes that are called `%%`.
fn bare_comments(source: Source<'_>, parts: &[Part]) -> impl Iterator<Item = BareComment> {
    let n_parts = parts.len();
    parts.iter().filter_map(move |part| match part {
        Part::Node(node) if source.slice(node.word) == "%%" => Some(BareComment {
            mark: source.span(node.word),
            is_alone: n_parts == 1 && is_alone(source, node.word),
        }),
        _ => None,
    })
}

/// The definitions of nodes that a later one of the same node overrides with something else.
fn redefinitions(source: Source<'_>, tree: &Tree) -> Vec<Redefinition> {
    struct Definition<'t> {
        node: &'t NodeUse,
        shape: &'t Bracketed,
        label: String,
    }
    let uses = tree.parts.iter().filter_map(|part| match part {
        Part::Node(node) => node.shape.as_ref().map(|shape| (node, shape)),
        Part::Link(_) => None,
    });
    let mut last: BTreeMap<&str, Definition> = BTreeMap::new();
    for (node, shape) in uses.clone() {
        last.insert(source.slice(node.id), Definition { node, shape, label: label(source, shape) });
    }
    let mut found = Vec::new();
    for (node, shape) in uses {
        let id = source.slice(node.id);
        let Some(kept) = last.get(id) else { continue };
        let place = |shape: &Bracketed| {
            let Label { quoting, quoted, bare } = shape.label;
            source.span(if quoting == Quoting::Bare { bare } else { quoted.to(bare) })
        };
        let difference = if label(source, shape) != kept.label {
            Difference::Label(place(shape), place(kept.shape))
        } else if (shape.bracket, shape.closer) != (kept.shape.bracket, kept.shape.closer) {
            Difference::Shape
        } else {
            continue;
        };
        found.push(Redefinition {
            id: id.to_owned(),
            difference,
            lost: source.span(node.word),
            kept: source.span(kept.node.word),
        });
    }
    found
}

/// What the label says, with one blank for any white space.
fn label(source: Source<'_>, shape: &Bracketed) -> String {
    let words = [shape.label.quoted, shape.label.bare].map(|word| source.slice(word));
    let words = words.iter().flat_map(|text| text.split(is_space)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
