//! A flowchart in the making.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;
use crate::mermaid::diagram::flowchart::{
    Edge, Flowchart, Head, Heads, Member, Node, NodeIx, NodeMetadata, Origin, Shape, Stroke, Subgraph,
};
use crate::mermaid::diagram::text::{Text, TextKind};
use crate::mermaid::diagram::{ClassDef, Direction, Titles};

use super::names;

/// Where everything of a sketch stands: in no file.
const NOWHERE: Span = Span::at(0);

/// What tells a thing of a sketch from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The one of its kind.
    The(&'static str),
    /// One of several of its kind, by its name.
    Named(&'static str, String),
}

impl Key {
    /// The thing of this kind and name.
    pub(super) fn of(kind: &'static str, name: impl Into<String>) -> Self {
        Self::Named(kind, name.into())
    }
}

/// A flowchart in the making. Nodes and groups keep the order in which they are added.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    chart: Flowchart,
    ids: BTreeSet<String>,
    joined: BTreeSet<(NodeIx, NodeIx)>,
    by_key: BTreeMap<Key, NodeIx>,
    group: Option<Subgraph>,
}

impl Sketch {
    /// A sketch that flows from left to right, with what it shows in one line and a sentence about it.
    pub(super) fn titled(title: String, description: String) -> Self {
        let titles = Titles { title: None, acc_title: Some(title), acc_descr: Some(description) };
        let chart = Flowchart { titles, direction: Direction::LeftToRight, ..Flowchart::default() };
        Self { chart, ..Self::default() }
    }

    /// Opens a group: the nodes that are added next stand in it, until another one opens or [`Self::end_group`].
    pub(super) fn group(&mut self, name: &str, title: &str) {
        self.end_group();
        self.group = Some(Subgraph {
            id: self.free_id(name),
            title: text(&[title.to_owned()]),
            members: Vec::new(),
            direction: None,
            classes: Vec::new(),
            metadata: Vec::new(),
            span: NOWHERE,
            head_span: NOWHERE,
        });
    }

    /// Closes the open group; one without a node was never there.
    pub(super) fn end_group(&mut self) {
        self.chart.subgraphs.extend(self.group.take().filter(|group| !group.members.is_empty()));
    }

    /// The node known by `key`, made with these lines, and an id like `name`, when it is new.
    pub(super) fn node(&mut self, key: Key, name: &str, shape: Shape, lines: &[String]) -> NodeIx {
        if let Some(node) = self.find(&key) {
            return node;
        }
        let node = NodeIx(self.chart.nodes.len());
        self.by_key.insert(key, node);
        let id = self.free_id(name);
        self.chart.nodes.push(Node {
            id,
            span: NOWHERE,
            mentions: vec![NOWHERE],
            origin: Origin::Vertex,
            label: text(lines),
            shape: Some(shape),
            classes: Vec::new(),
            styles: Vec::new(),
            link: None,
            metadata: NodeMetadata::default(),
            subgraph: None,
        });
        if let Some(group) = &mut self.group {
            group.members.push(Member::Node(node));
        }
        node
    }

    /// The node known by `key`.
    pub(super) fn find(&self, key: &Key) -> Option<NodeIx> {
        self.by_key.get(key).copied()
    }

    /// Draws an edge, once.
    pub(super) fn join(&mut self, from: NodeIx, to: NodeIx, label: Option<&str>) {
        if !self.joined.insert((from, to)) {
            return;
        }
        let id = format!("L_{}_{}_0", self.chart.node(from).id, self.chart.node(to).id);
        self.chart.edges.push(Edge {
            id,
            has_user_id: false,
            from,
            to,
            label: label.map(|label| text(&[label.to_owned()])),
            span: NOWHERE,
            arrow_span: NOWHERE,
            heads: Some(Heads { end: Head::Point, double: false }),
            stroke: Some(Stroke::Normal),
            length: Some(1),
            classes: Vec::new(),
            styles: Vec::new(),
            curve: None,
            animate: None,
            animation: None,
            step: None,
        });
        self.chart.n_edges = self.chart.edges.len();
    }

    /// Gives a node a class with these declarations.
    pub(super) fn classify(&mut self, node: NodeIx, name: &str, styles: &[&str]) {
        self.chart.nodes[node.0].classes.push(name.to_owned());
        self.chart.class_uses.push((name.to_owned(), NOWHERE));
        if self.chart.class_defs.iter().all(|def| def.name != name) {
            let styles = styles.iter().map(|&style| style.to_owned()).collect();
            self.chart.class_defs.push(ClassDef { name: name.to_owned(), styles, span: NOWHERE });
        }
    }

    /// True without a node.
    pub(super) fn is_empty(&self) -> bool {
        self.chart.nodes.is_empty()
    }

    /// The flowchart.
    pub(super) fn finish(mut self) -> Flowchart {
        self.end_group();
        self.chart
    }

    /// An id for `name` that nothing has.
    fn free_id(&mut self, name: &str) -> String {
        let wanted = names::id(name);
        let mut id = wanted.clone();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{wanted}_{number}");
            number += 1;
        }
        id
    }
}

/// The lines as the text of a label. Names are text and no markup: what would be a tag is spelled with entities.
fn text(lines: &[String]) -> Text {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| line.replace(char::is_control, " ").replace('<', "&lt;").replace('>', "&gt;"))
        .collect();
    Text { excerpt: Excerpt::standing_for(NOWHERE, lines.join("<br/>")), kind: TextKind::Quoted }
}
