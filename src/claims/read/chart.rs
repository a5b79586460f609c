//! A flowchart prepared for reading: each node with its label's words and what they name.

use std::collections::BTreeSet;

use crate::base::text::Span;
use crate::claims::claim::Scenario;
use crate::claims::label::Label;
use crate::claims::vocabulary::{Naming, Role, Vocabulary, is_action_or_event};
use crate::claims::words::{self, Words};
use crate::mermaid::diagram::flowchart::{Flowchart, NodeIx};

use super::naming::{self, NameStatement};
use super::scenario;

/// A flowchart and its elements, one per node, in node order.
pub(crate) struct Chart<'a> {
    pub(crate) flowchart: &'a Flowchart,
    pub(crate) section: Option<&'a str>,
    pub(crate) elements: Vec<Element<'a>>,
    /// Titles of the subgraphs, in the flowchart's order.
    pub(crate) titles: Vec<Label<'a>>,
    heading: Words,
}

/// A node as a reader sees it.
pub(crate) struct Element<'a> {
    pub(crate) label: Label<'a>,
    /// What the label names; `None` for an action, an event or a question, and for words that name nothing known.
    pub(crate) naming: Option<Naming>,
    /// The shape or the label asks a question.
    pub(crate) is_decision: bool,
    /// The quorum scenario that the label tells.
    pub(crate) scenario: Option<Scenario>,
    /// The name by which the author says outright what it is.
    stated_name: Option<String>,
}

impl<'a> Chart<'a> {
    pub(crate) fn read(
        flowchart: &'a Flowchart,
        section: Option<&'a str>,
        vocabulary: &Vocabulary,
        names: &[NameStatement],
        known_nodes: &BTreeSet<String>,
    ) -> Self {
        let elements = flowchart.nodes.iter().map(|node| {
            let shows_id = node.label.as_str() == node.id;
            let label = if shows_id { Label::identifier(&node.label) } else { Label::written(&node.label) };
            let is_decision =
                node.shape.as_ref().is_some_and(crate::mermaid::diagram::flowchart::Shape::is_decision)
                    || label.visible().trim_end().ends_with('?');
            let scenario = if is_decision { None } else { scenario::read(label.visible(), label.words()) };
            let names_nothing = is_decision || scenario.is_some() || is_action_or_event(label.words());
            let naming = if names_nothing { None } else { naming_of(&label, vocabulary, known_nodes) };
            let stated = naming::find(names, &node.id, &label.one_line());
            let naming = stated.map(|name| Naming { role: name.role, start: 0, len: 1 }).or(naming);
            Element {
                label,
                naming,
                is_decision,
                scenario,
                stated_name: stated.map(|name| name.name.clone()),
            }
        });
        Self {
            flowchart,
            section,
            elements: elements.collect(),
            titles: flowchart.subgraphs.iter().map(|subgraph| Label::written(&subgraph.title)).collect(),
            heading: Words::of(section.unwrap_or_default()),
        }
    }

    /// The words of every subgraph title and of every label.
    pub(crate) fn words_of_all(&self) -> Vec<&Words> {
        let titles = self.titles.iter().map(Label::words);
        let labels = self.elements.iter().map(|element| element.label.words());
        titles.chain(labels).collect()
    }

    /// The words of the heading above it.
    pub(crate) fn heading(&self) -> &Words {
        &self.heading
    }

    /// The heading, a title or a label holds one of the phrases.
    pub(crate) fn speaks_of(&self, phrases: &[&str]) -> bool {
        self.heading.has_any(phrases) || self.words_of_all().iter().any(|words| words.has_any(phrases))
    }

    /// The element of a node.
    pub(crate) fn element(&self, node: NodeIx) -> &Element<'a> {
        &self.elements[node.0]
    }

    /// Each edge as the pair of its elements with the place of the edge, in statement order.
    pub(crate) fn joined(&self) -> impl Iterator<Item = (&Element<'a>, &Element<'a>, Span)> {
        self.flowchart.edges.iter().map(|edge| (self.element(edge.from), self.element(edge.to), edge.span))
    }
}

/// What the first line names, when it is no network: what follows a name only remarks on it.
fn naming_of(label: &Label, vocabulary: &Vocabulary, known_nodes: &BTreeSet<String>) -> Option<Naming> {
    let (line, range) = label.lines().next()?;
    if !words::networks(line).is_empty() {
        return None;
    }
    let n_first = label.words().count_before(range.end);
    if !known_nodes.is_empty() && known_nodes.contains(&line.to_lowercase()) {
        return Some(Naming { role: Role::Node, start: 0, len: n_first.max(1) });
    }
    vocabulary.naming(label.words(), n_first)
}

impl Element<'_> {
    pub(crate) fn role(&self) -> Option<Role> {
        self.naming.map(|naming| naming.role)
    }

    /// Where in the label the phrase stands that names the thing.
    fn naming_start(&self) -> usize {
        let words = self.label.words();
        let start = self.naming.map_or(0, |naming| naming.start);
        if start < words.len() { words.range(start).start } else { 0 }
    }

    /// Where that phrase ends.
    fn naming_end(&self) -> usize {
        let words = self.label.words();
        let last = self.naming.map_or(0, |naming| naming.start + naming.len.saturating_sub(1));
        if last < words.len() { words.range(last).end } else { self.label.visible().len() }
    }

    /// The name of the thing: the lines of the label that name it, up to an address or a bracket.
    pub(crate) fn name(&self) -> String {
        if let Some(name) = &self.stated_name {
            return name.clone();
        }
        let (start, end) = (self.naming_start(), self.naming_end());
        let naming: Vec<&str> = self
            .label
            .lines()
            .filter(|(_, range)| range.start < end && start < range.end)
            .map(|(line, _)| line)
            .collect();
        let name = if naming.is_empty() { self.label.one_line() } else { naming.join(" ") };
        let mut end = name.find(['(', '[', '|', '@']).unwrap_or(name.len());
        let addresses = words::addresses(&name).into_iter().map(|(_, range)| range.start);
        let networks = words::networks(&name).into_iter().map(|(_, range)| range.start);
        if let Some(first) = addresses.chain(networks).min() {
            end = end.min(first);
        }
        name[..end]
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | ',' | '='))
            .to_owned()
    }

    /// The place of the line that names the thing.
    pub(crate) fn span(&self) -> Span {
        self.label.line_span(self.naming_start())
    }

    /// The text of the lines that do not name the thing, in one line; `None` when there are none.
    pub(crate) fn remark(&self) -> Option<(String, Span)> {
        let named = self.span();
        let rest: Vec<_> =
            self.label.lines().filter(|(_, range)| self.label.span(range.clone()) != named).collect();
        let first = rest.first()?;
        let text = rest.iter().map(|(line, _)| *line).collect::<Vec<_>>().join(" ");
        Some((text, self.label.span(first.1.clone())))
    }
}
