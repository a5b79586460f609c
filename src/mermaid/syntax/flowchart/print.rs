//! Statements of a flowchart in the canonical form: one blank around arrows and `&`, none elsewhere that could go.
//!
//! Law: what is printed is read as the same statement.

use crate::mermaid::syntax::Statement;
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::source::Word;
use crate::mermaid::syntax::written::{Nesting, Printed, Written, metadata, spaced, trimmed};

use super::tree::{
    Click, ClickAction, Label, Link, LinkTarget, NodeUse, Part, Quoting, StatementKind, SubgraphHead,
};

/// How the statement changes the level of those behind it.
pub(crate) fn nesting(kind: &StatementKind) -> Nesting {
    match kind {
        StatementKind::Subgraph(_) => Nesting::Opens,
        StatementKind::End => Nesting::Closes,
        _ => Nesting::Plain,
    }
}

/// The statement in the canonical form; `parts` are those of its tree.
pub(crate) fn print(written: Written<'_>, parts: &[Part], statement: &Statement<StatementKind>) -> Printed {
    // The blanks in front of a line with `direction LR` are taken with it.
    let as_written = written.word(statement.word).trim_matches(is_space);
    if let StatementKind::Chain(range) = &statement.kind {
        let parts = parts.get(range.clone()).unwrap_or_default();
        let is_safe = parts.iter().all(|part| stays_a_node(written, part));
        return if is_safe { Printed::new(&chain(written, parts)) } else { Printed::new(as_written) };
    }
    // A newline between words is white space, or belongs to a text: what is seldom written need not be told apart.
    if as_written.contains('\n') && !matches!(statement.kind, StatementKind::Subgraph(_)) {
        return Printed::new(as_written);
    }
    let word = |word: &Word| written.word(*word);
    let text = match &statement.kind {
        StatementKind::Subgraph(subgraph) => head(written, subgraph),
        StatementKind::Style { id, pieces } => format!("style {} {}", word(id), trimmed(word(pieces))),
        StatementKind::ClassDef { names, pieces } => {
            format!("classDef {} {}", word(names), trimmed(word(pieces)))
        }
        StatementKind::Class { ids, name } => format!("class {} {}", word(ids), word(name)),
        StatementKind::LinkStyle { target, curve, pieces } => {
            let target = match target {
                LinkTarget::Default => "default",
                LinkTarget::Edges(numbers) => word(numbers),
            };
            let curve = curve.as_ref().map_or(String::new(), |curve| format!(" interpolate {}", word(curve)));
            let pieces =
                pieces.as_ref().map_or(String::new(), |pieces| format!(" {}", trimmed(word(pieces))));
            format!("linkStyle {target}{curve}{pieces}")
        }
        StatementKind::Click(click) => self::click(written, statement.word, click),
        StatementKind::AccTitle(text) => format!("accTitle: {}", word(text)).trim_end().to_owned(),
        StatementKind::AccDescr(text) if !as_written.trim_end().ends_with('}') => {
            format!("accDescr: {}", word(text)).trim_end().to_owned()
        }
        StatementKind::Direction(_)
            if as_written.split([' ', '\t']).filter(|word| !word.is_empty()).count() == 2 =>
        {
            spaced(as_written)
        }
        StatementKind::Chain(_)
        | StatementKind::End
        | StatementKind::Direction(_)
        | StatementKind::AccDescr(_)
        | StatementKind::UnclosedAccDescr => as_written.to_owned(),
    };
    Printed::new(&text)
}

/// False for an id that a blank behind it makes a keyword.
fn stays_a_node(written: Written<'_>, part: &Part) -> bool {
    let Part::Node(node) = part else { return true };
    let is_bare = node.shape.is_none() && node.class.is_none() && node.metadata.is_none();
    !is_bare || !["click", "call", "href"].iter().any(|keyword| written.word(node.id).ends_with(keyword))
}

fn chain(written: Written<'_>, parts: &[Part]) -> String {
    let mut out = String::new();
    let mut is_behind_node = false;
    for part in parts {
        match part {
            Part::Node(node) => {
                if is_behind_node {
                    out.push_str(" & ");
                }
                out.push_str(&self::node(written, node));
                is_behind_node = true;
            }
            Part::Link(link) => {
                out.push(' ');
                out.push_str(&self::link(written, link));
                out.push(' ');
                is_behind_node = false;
            }
        }
    }
    out
}

fn node(written: Written<'_>, node: &NodeUse) -> String {
    match node.metadata {
        None => written.word(node.word).to_owned(),
        Some(inside) => {
            let before = written.between(node.word.start(), inside.start());
            format!("{before}{}}}", metadata(written.word(inside)))
        }
    }
}

fn link(written: Written<'_>, link: &Link) -> String {
    let id = link.id.map_or(String::new(), |id| format!("{}@", written.word(id)));
    let arrow = written.word(link.arrow);
    let Some(opening) = link.opening else {
        let label = written.between(link.arrow.end(), link.word.end()).trim_start_matches(is_space);
        return format!("{id}{arrow}{label}");
    };
    let label = written.between(opening.end(), link.arrow.start());
    // In `-- box-->` the `x` is the arrow's head; that is not to be made worse.
    let is_glued = !label.ends_with(is_space) && arrow.starts_with(['x', 'o', '<']);
    if is_glued {
        return format!("{id}{}", written.word(link.word));
    }
    format!("{id}{} {} {arrow}", written.word(opening), label.trim_matches(is_space))
}

fn head(written: Written<'_>, head: &SubgraphHead) -> String {
    let name_end = end_of(&head.name);
    let name = trimmed(written.between(head.word.start(), name_end));
    let title = written.between(name_end, head.word.end()).trim_matches(is_space);
    format!("subgraph {name}{title}")
}

/// Where a label that may be quoted ends, its last quote included.
fn end_of(label: &Label) -> usize {
    match label.quoting {
        Quoting::Bare => label.bare.end(),
        Quoting::Quoted => label.quoted.end() + "\"".len(),
        Quoting::Markdown => label.quoted.end() + "`\"".len(),
    }
}

/// Only blanks between its texts mean nothing; behind the id and behind `href` there is one.
fn click(written: Written<'_>, statement: Word, click: &Click) -> String {
    let id_start = click.id.start();
    let quote = "\"".len();
    let (target, behind_url) = match click.action {
        ClickAction::Link { url, target } => (target, url.end() + quote),
        ClickAction::Callback => {
            let end = click.tooltip.map_or(statement.end(), |tooltip| tooltip.start() - quote);
            (None, end)
        }
    };
    let mut out = format!("click {}", trimmed(written.between(id_start, behind_url)));
    if let Some(tooltip) = click.tooltip {
        out.extend([" \"", written.word(tooltip), "\""]);
    }
    if let Some(target) = target {
        out.push(' ');
        out.push_str(written.word(target));
    }
    out
}
