//! A flowchart's text: subgraphs and nodes first, then edges, then what they look like.

mod bearer;
mod edge;
mod nesting;
mod node;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::mermaid::diagram::flowchart::{Flowchart, Node, NodeIx, Origin, Shape, Subgraph, SubgraphIx};
use crate::mermaid::diagram::text::TextKind;
use crate::mermaid::diagram::{ClassDef, Titles};

use super::lines::Lines;
use super::text::{encoded, quoted, yaml};
use edge::arrow;
use nesting::{Nesting, Step};
use node::{block, brackets, is_bare, metadata, scalar};

/// The class that a `click` gives.
const CLICKABLE: &str = "clickable";

/// The flowchart's text.
pub(super) fn write(chart: &Flowchart) -> String {
    let mut writer = Writer { chart, lines: Lines::headed(&header(chart)), n_declared: 0 };
    writer.accessibility(&chart.titles);
    writer.blocks();
    writer.edges();
    writer.looks();
    writer.lines.finish()
}

fn header(chart: &Flowchart) -> String {
    let kind = format!("flowchart {}", chart.direction.name());
    match &chart.titles.title {
        Some(title) => format!("---\ntitle: {}\n---\n{kind}", yaml(title)),
        None => kind,
    }
}

struct Writer<'a> {
    chart: &'a Flowchart,
    lines: Lines,
    /// The nodes below this index have been named.
    n_declared: usize,
}

impl Writer<'_> {
    fn accessibility(&mut self, titles: &Titles) {
        if let Some(title) = titles.acc_title.as_deref().filter(|title| !title.is_empty()) {
            self.lines.push(&format!("accTitle: {}", encoded(title, false)));
        }
        let Some(description) = &titles.acc_descr else { return };
        if description.contains('\n') {
            self.lines.open("accDescr {");
            for line in description.split('\n') {
                self.lines.push(&encoded(line, false));
            }
            self.lines.close("}");
        } else {
            self.lines.push(&format!("accDescr: {}", encoded(description, false)));
        }
    }

    /// The subgraphs with their nodes, and the nodes that stand before them.
    fn blocks(&mut self) {
        let chart = self.chart;
        let nesting = Nesting::of(chart);
        for root in nesting.roots() {
            let steps = nesting.steps(root);
            let mentions = steps.iter().filter_map(|step| match step {
                Step::Mention(node) => Some(*node),
                _ => None,
            });
            self.declare_before(mentions);
            for step in steps {
                match step {
                    Step::Open(SubgraphIx(at)) => {
                        let subgraph = &chart.subgraphs[at];
                        self.lines.open(&head(subgraph));
                        if let Some(direction) = subgraph.direction {
                            self.lines.push(&format!("direction {}", direction.name()));
                        }
                    }
                    Step::Mention(node) => self.mention(node),
                    Step::Close => self.lines.close("end"),
                }
            }
        }
        // Nodes that edges make in the right order need no line of their own.
        let last = chart.nodes.iter().rposition(|node| !is_bare(node));
        if let Some(last) = last {
            self.declare_up_to(last + 1);
        }
    }

    /// Declares the nodes that must come before those that are named next, so that the nodes keep their order.
    fn declare_before(&mut self, mentions: impl Iterator<Item = NodeIx>) {
        let mut new: Vec<usize> = Vec::new();
        let mut seen = BTreeSet::new();
        for NodeIx(node) in mentions {
            if node >= self.n_declared && seen.insert(node) {
                new.push(node);
            }
        }
        let Some(last) = new.iter().max().copied() else { return };
        // The last of them may be declared where they are named, as long as they come in order.
        let mut first_in_place = last + 1;
        for node in new.iter().rev() {
            if node + 1 == first_in_place {
                first_in_place = *node;
            }
        }
        self.declare_up_to(first_in_place);
    }

    fn declare_up_to(&mut self, end: usize) {
        while self.n_declared < end {
            self.mention(NodeIx(self.n_declared));
        }
    }

    /// Names a node: with everything that is known of it when it is its turn, otherwise by its id.
    fn mention(&mut self, node: NodeIx) {
        let is_new = node.0 == self.n_declared;
        let node = self.chart.node(node);
        if is_new {
            self.n_declared += 1;
            self.declare(node);
        } else {
            self.lines.push(&last(&node.id));
        }
    }

    fn declare(&mut self, node: &Node) {
        if node.origin == Origin::Style {
            self.style(node);
            return;
        }
        let own = brackets(node);
        let property = node.metadata.props.first();
        let property = property.map(|(key, value)| format!("[|{key}:{value}|{}]", quoted(&node.label)));
        // The brackets that hold a property stay in force where nothing but a name is given as the shape.
        let keeps_property = matches!(node.shape, Some(Shape::Rect | Shape::Named(_)));
        let (first, second) = match property {
            Some(property) => (property, if keeps_property { String::new() } else { own }),
            None => (own, String::new()),
        };
        let block = metadata(node);
        if node.origin == Origin::Metadata {
            let block = block.unwrap_or_default();
            self.lines.push(&format!("{}{first}@{{ {block} }}", node.id));
        } else {
            self.lines.push(&if first.is_empty() {
                last(&node.id)
            } else {
                format!("{}{first}", node.id).into()
            });
            if let Some(block) = block {
                self.lines.push(&format!("{}@{{ {block} }}", node.id));
            }
        }
        if !second.is_empty() {
            self.lines.push(&format!("{}{second}", node.id));
        }
    }

    fn edges(&mut self) {
        let chart = self.chart;
        for edge in &chart.edges {
            let (from, to) = (chart.node(edge.from), chart.node(edge.to));
            self.declare_before([edge.from, edge.to].into_iter());
            for NodeIx(node) in [edge.from, edge.to] {
                self.n_declared = self.n_declared.max(node + 1);
            }
            let gap = if ends_in_word_before_blank(&from.id) { "" } else { " " };
            self.lines.push(&format!("{}{gap}{} {}", from.id, arrow(edge), last(&to.id)));
        }
        self.declare_up_to(chart.nodes.len());
        for edge in &chart.edges {
            let pairs = [
                ("animate", edge.animate.as_deref().map(scalar)),
                ("animation", edge.animation.as_deref().map(scalar)),
                ("step", edge.step.map(|step| step.to_string())),
            ];
            if let Some(block) = block(pairs) {
                self.lines.push(&format!("{}@{{ {block} }}", edge.id));
            }
        }
    }

    fn looks(&mut self) {
        let chart = self.chart;
        for subgraph in &chart.subgraphs {
            self.subgraph_metadata(subgraph);
        }
        for node in chart.nodes.iter().filter(|node| node.origin != Origin::Style) {
            self.style(node);
        }
        for ClassDef { name, styles, .. } in &chart.class_defs {
            self.lines.push(&format!("classDef {name} {}", joined(styles)));
        }
        self.classes();
        edge::styles(self.chart, &mut self.lines);
    }

    fn style(&mut self, node: &Node) {
        if !node.styles.is_empty() {
            self.lines.push(&format!("style {} {}", node.id, node.styles.join(",")));
        }
    }

    /// One block for each run of keys in their order: that is how blocks list them.
    fn subgraph_metadata(&mut self, subgraph: &Subgraph) {
        let mut pairs = subgraph.metadata.as_slice();
        while !pairs.is_empty() {
            let len = 1 + pairs.windows(2).take_while(|pair| pair[0].0 < pair[1].0).count();
            let (run, rest) = pairs.split_at(len.min(pairs.len()));
            let entries: Vec<String> =
                run.iter().map(|(key, value)| format!("{}: {}", scalar(key), scalar(value))).collect();
            self.lines.push(&format!("{}@{{ {} }}", subgraph.id, entries.join(", ")));
            pairs = rest;
        }
    }

    /// Gives classes: in rounds, so that everything gets its classes in its own order, and one line names all that get
    /// the same class.
    fn classes(&mut self) {
        let mut bearers = bearer::bearers(self.chart);
        let mut clicked: BTreeSet<&str> = BTreeSet::new();
        for round in 0.. {
            bearers.retain(|bearer| bearer.classes.len() > round);
            if bearers.is_empty() {
                return;
            }
            let mut by_class: Vec<(&str, Vec<&str>)> = Vec::new();
            let mut places: BTreeMap<&str, usize> = BTreeMap::new();
            for bearer in &bearers {
                let Some(class) = bearer.classes.get(round) else { continue };
                let linked = bearer.node.filter(|node| class == CLICKABLE && node.link.is_some());
                if let Some(node) = linked.filter(|_| clicked.insert(bearer.id)) {
                    self.click(node);
                    continue;
                }
                let place = *places.entry(class).or_insert(by_class.len());
                if place == by_class.len() {
                    by_class.push((class, Vec::new()));
                }
                by_class[place].1.push(bearer.id);
            }
            for (class, ids) in by_class {
                self.classify(&ids, class);
            }
        }
    }

    fn classify(&mut self, ids: &[&str], class: &str) {
        let (odd, plain): (Vec<&str>, Vec<&str>) = ids.iter().partition(|id| ends_in_word_before_blank(id));
        if !plain.is_empty() {
            self.lines.push(&format!("class {} {class}", plain.join(",")));
        }
        for id in odd {
            self.lines.push(&format!("{id}:::{class}"));
        }
    }

    fn click(&mut self, node: &Node) {
        let Some(link) = &node.link else { return };
        let quoted = |text: &str| format!("\"{}\"", encoded(text, false));
        let is_callback = link.url.is_empty() && link.target.is_none();
        let action = if is_callback { "callback".to_owned() } else { quoted(&link.url) };
        let words = [
            Some("click".to_owned()),
            Some(node.id.clone()),
            Some(action),
            link.tooltip.as_deref().map(quoted),
            link.target.clone(),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        self.lines.push(&words.join(" "));
    }
}

/// The id ends in a word that is one of the language only where a blank follows.
fn ends_in_word_before_blank(id: &str) -> bool {
    ["click", "call", "href"].iter().any(|word| id.ends_with(word))
}

/// The id as the last word of a statement.
fn last(id: &str) -> Cow<'_, str> {
    if ends_in_word_before_blank(id) { Cow::Owned(format!("{id};")) } else { Cow::Borrowed(id) }
}

/// The head of a subgraph: an id with a title, or a title that is the id.
fn head(subgraph: &Subgraph) -> String {
    let id = &subgraph.id;
    let is_word = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !["call", "click", "default", "direction", "end", "href"].contains(&id.as_str());
    let name = if is_word { id.clone() } else { format!("\"{id}\"") };
    if is_word && subgraph.title.as_str() == id && subgraph.title.kind != TextKind::Markdown {
        format!("subgraph {name}")
    } else {
        format!("subgraph {name}[{}]", quoted(&subgraph.title))
    }
}

/// The declarations of a `classDef`, commas of values written as such.
fn joined(styles: &[String]) -> String {
    styles.iter().map(|style| style.replace(',', "\\,")).collect::<Vec<_>>().join(",")
}
