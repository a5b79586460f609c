//! Words that make C4 of a diagram of another kind.

use std::ops::Range;

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;
use crate::mermaid::Reading;
use crate::mermaid::detect::{self, Kind};
use crate::mermaid::diagram::Diagram;
use crate::mermaid::parse::Parse;
use crate::mermaid::syntax::Problem;
use crate::mermaid::syntax::source::Source;

use super::place::editable;

/// The words for which Mermaid takes a diagram for C4 although it begins like another kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct C4Words {
    /// The kind that it begins like.
    pub begun: Kind,
    /// Where the words stand, in order; at least one.
    pub words: Vec<Span>,
    /// What they are part of; `None` when that cannot be told, or an edit would change more than a word.
    pub usage: Option<Usage>,
}

/// What the words are part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Texts that readers see.
    Text,
    /// Names, some of them.
    Name,
}

impl Usage {
    /// A spelling of a word that Mermaid does not take for C4's.
    pub fn respell(self, word: &str) -> String {
        respell(word, if self == Self::Text { " " } else { "_" })
    }
}

fn respell(word: &str, parting: &str) -> String {
    word.strip_prefix("C4").map_or_else(|| word.to_owned(), |rest| format!("C4{parting}{rest}"))
}

/// The words for which Mermaid refuses the diagram.
pub(super) fn find(parse: &Parse<'_>) -> Option<C4Words> {
    if !parse.errors.iter().any(|error| error.problem == Problem::TakenForC4) {
        return None;
    }
    let source = parse.source();
    let at = detect::detect(source.text, parse.start()?)?.at;
    let body = source.text.get(at..)?;
    let begun = detect::begun_kind(body)?;
    let words: Vec<Range<usize>> =
        detect::c4_words(body).map(|word| at + word.start..at + word.end).collect();
    let is_editable = words.iter().all(|word| editable(source, word.clone()).is_some());
    let usage = if is_editable { usage(source, &words) } else { None };
    let words = words.into_iter().map(|word| source.span(word)).collect();
    Some(C4Words { begun, words, usage })
}

/// What the words are part of, when the diagram without them is one that Mermaid reads.
fn usage(source: Source<'_>, words: &[Range<usize>]) -> Option<Usage> {
    let mut text = String::with_capacity(source.text.len() + words.len());
    let mut done = 0;
    for word in words {
        text.push_str(source.text.get(done..word.start)?);
        text.push_str(&respell(source.text.get(word.clone())?, "_"));
        done = word.end;
    }
    text.push_str(source.text.get(done..)?);
    let Reading { diagram: Some(diagram), errors, .. } = crate::mermaid::read(&Excerpt::whole(&text, 0))
    else {
        return None;
    };
    let is_one = |name: &str| detect::C4_ANYWHERE.iter().any(|word| name.contains(&respell(word, "_")));
    if !errors.is_empty() || urls(&diagram).any(is_one) {
        return None;
    }
    Some(if names(&diagram).any(is_one) { Usage::Name } else { Usage::Text })
}

/// The names of a diagram, which statements refer to.
fn names(diagram: &Diagram) -> Box<dyn Iterator<Item = &str> + '_> {
    match diagram {
        Diagram::Flowchart(chart) => {
            let nodes = chart.nodes.iter().map(|node| node.id.as_str());
            let edges = chart.edges.iter().filter(|edge| edge.has_user_id).map(|edge| edge.id.as_str());
            let subgraphs = chart.subgraphs.iter().map(|subgraph| subgraph.id.as_str());
            let classes = chart.class_defs.iter().map(|def| def.name.as_str());
            let uses = chart.class_uses.iter().map(|(name, _)| name.as_str());
            Box::new(nodes.chain(edges).chain(subgraphs).chain(classes).chain(uses))
        }
        Diagram::State(diagram) => {
            let states = diagram.states.iter();
            let names = states.flat_map(|state| state.classes.iter().chain([&state.id]));
            let classes = diagram.class_defs.iter().map(|def| &def.name);
            Box::new(names.chain(classes).map(String::as_str))
        }
        Diagram::Sequence(diagram) => {
            Box::new(diagram.participants.iter().map(|participant| participant.id.as_str()))
        }
    }
}

/// Where a diagram leads on a click.
fn urls(diagram: &Diagram) -> Box<dyn Iterator<Item = &str> + '_> {
    match diagram {
        Diagram::Flowchart(chart) => {
            Box::new(chart.nodes.iter().filter_map(|node| Some(node.link.as_ref()?.url.as_str())))
        }
        Diagram::State(diagram) => Box::new(diagram.links.iter().map(|link| link.url.as_str())),
        Diagram::Sequence(diagram) => Box::new(
            diagram
                .participants
                .iter()
                .flat_map(|participant| &participant.links)
                .map(|(_, url)| url.as_str()),
        ),
    }
}
