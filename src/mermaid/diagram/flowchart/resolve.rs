//! From statements to a flowchart: names become indices, and what Mermaid does silently is done here, once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::base::text::Span;
use crate::mermaid::config::Config;
use crate::mermaid::diagram::allowance::Allowance;
use crate::mermaid::diagram::text::{Text, TextKind};
use crate::mermaid::diagram::{ClassDef, Direction, description};
use crate::mermaid::limit::{Limits, MAX_MULTIPLIED_EDGES};
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::flowchart::tree::{
    self, Bracket, Bracketed, Click, ClickAction, LinkTarget, NodeUse, Part, Quoting, StatementKind,
    SubgraphHead, Tree,
};
use crate::mermaid::syntax::source::{Source, Word};
use crate::mermaid::syntax::{Problem, SyntaxError};

use super::arrow::meaning;
use super::label::text;
use super::metadata::Block;
use super::{Edge, Flowchart, Link, Member, Node, NodeIx, NodeMetadata, Origin, Shape, Subgraph, SubgraphIx};

/// The class that Mermaid gives to what can be clicked.
const CLICKABLE: &str = "clickable";

/// What one name stands for; a name may stand for several things at once.
#[derive(Debug, Default)]
struct Name {
    node: Option<NodeIx>,
    /// Its number; above the edges that were built it is one that was only counted.
    edge: Option<usize>,
    subgraph: Option<SubgraphIx>,
    /// A closed subgraph owns it.
    is_owned: bool,
}

/// Index of a [`Name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct NameIx(usize);

/// A subgraph that is not closed yet.
struct Open<'t> {
    head: &'t SubgraphHead,
    span: Span,
    members: Vec<NameIx>,
    direction: Option<Direction>,
}

struct Resolver<'a, 't> {
    source: Source<'a>,
    tree: &'t Tree,
    chart: Flowchart,
    errors: Vec<SyntaxError>,
    names: Vec<Name>,
    by_text: HashMap<Cow<'a, str>, NameIx>,
    /// Edges from one name to another, counted.
    pairs: HashMap<(NodeIx, NodeIx), usize>,
    open: Vec<Open<'t>>,
    copies: Allowance,
    limits: Limits,
    /// Edges that were built beyond one for each node of the larger group.
    n_multiplied: usize,
    inherits_direction: bool,
    /// The text may refer to an edge by its automatic id.
    names_automatic_ids: bool,
}

/// Resolves a flowchart, with the mistakes that only meaning shows.
pub(crate) fn resolve(
    source: Source<'_>,
    tree: &Tree,
    config: &Config,
    limits: Limits,
) -> (Flowchart, Vec<SyntaxError>) {
    let mut resolver = Resolver {
        source,
        tree,
        chart: Flowchart::default(),
        errors: Vec::new(),
        names: Vec::new(),
        by_text: HashMap::new(),
        pairs: HashMap::new(),
        open: Vec::new(),
        copies: Allowance::default(),
        limits,
        n_multiplied: 0,
        inherits_direction: config.flag(&["flowchart", "inheritDir"]),
        names_automatic_ids: source.text.contains("L_"),
    };
    if let Some(word) = tree.direction {
        resolver.chart.direction = header_direction(source.slice(word));
    }
    for statement in &tree.statements {
        resolver.statement(&statement.kind, statement.word);
        if resolver.has_too_many_nodes() {
            break;
        }
    }
    while !resolver.open.is_empty() {
        let end = Span::at(resolver.source.span(source.text.len()..source.text.len()).start);
        resolver.close(end);
    }
    (resolver.chart, resolver.errors)
}

impl<'a, 't> Resolver<'a, 't> {
    fn statement(&mut self, kind: &'t StatementKind, statement: Word) {
        let span = self.source.span(statement);
        match kind {
            StatementKind::Chain(parts) => self.chain(parts.clone()),
            StatementKind::Subgraph(head) => {
                self.open.push(Open { head, span, members: Vec::new(), direction: None });
            }
            StatementKind::End => self.close(span),
            StatementKind::Direction(word) => {
                if let Some(open) = self.open.last_mut() {
                    open.direction = own_direction(self.source.slice(*word));
                }
            }
            StatementKind::Style { id, pieces } => {
                let name = self.name(Cow::Borrowed(self.source.slice(*id)));
                // An edge of that name takes the statement, and ignores it.
                if self.names[name.0].edge.is_some() {
                    return;
                }
                let node = self.node(name, *id, Origin::Style);
                self.chart.nodes[node.0].styles.extend(declarations(self.source.slice(*pieces)));
            }
            StatementKind::LinkStyle { target, curve, pieces } => {
                self.link_style(
                    target,
                    curve.map(|word| self.source.slice(word)),
                    pieces.map(|word| self.source.slice(word)),
                );
            }
            StatementKind::ClassDef { names, pieces } => {
                self.class_def(self.source.slice(*names), self.source.slice(*pieces), span);
            }
            StatementKind::Class { ids, name } => {
                self.chart.class_uses.push((self.source.slice(*name).to_owned(), self.source.span(*name)));
                self.classify(*ids, self.source.slice(*name));
            }
            StatementKind::Click(click) => self.click(click),
            StatementKind::UnclosedAccDescr => {}
            StatementKind::AccTitle(word) => self.chart.titles.acc_title = Some(self.source.decoded(*word)),
            StatementKind::AccDescr(word) => {
                self.chart.titles.acc_descr = description(self.source, *word);
            }
        }
    }

    /// More nodes than are built; nothing is made of what follows.
    fn has_too_many_nodes(&self) -> bool {
        self.chart.nodes.len() > self.limits.nodes
    }

    /// The name spelled `text`.
    fn name(&mut self, text: Cow<'a, str>) -> NameIx {
        let next = NameIx(self.names.len());
        let ix = *self.by_text.entry(text).or_insert(next);
        if ix == next {
            self.names.push(Name::default());
        }
        ix
    }

    fn known(&self, text: &str) -> Option<&Name> {
        self.by_text.get(text).map(|ix| &self.names[ix.0])
    }

    /// The node of that name, made when it is new.
    fn node(&mut self, name: NameIx, id: Word, origin: Origin) -> NodeIx {
        if let Some(node) = self.names[name.0].node {
            let known = &mut self.chart.nodes[node.0];
            known.mentions.push(self.source.span(id));
            // A node that a style made and a statement confirms is no stray one.
            if known.origin == Origin::Style {
                known.origin = origin;
            }
            return node;
        }
        let node = NodeIx(self.chart.nodes.len());
        self.chart.nodes.push(Node {
            id: self.source.slice(id).to_owned(),
            span: self.source.span(id),
            mentions: vec![self.source.span(id)],
            origin,
            label: Text { excerpt: self.source.excerpt(id), kind: TextKind::Plain },
            shape: None,
            classes: Vec::new(),
            styles: Vec::new(),
            link: None,
            metadata: NodeMetadata::default(),
            subgraph: self.names[name.0].subgraph,
        });
        self.names[name.0].node = Some(node);
        node
    }

    fn chain(&mut self, parts: Range<usize>) {
        let tree = self.tree;
        let parts = &tree.parts[parts];
        let is_alone = parts.len() == 1;
        // Mermaid lists the groups of a chain from the last to the first.
        let mut groups: Vec<Vec<NameIx>> = vec![Vec::new()];
        let mut sources: Vec<(NodeIx, &NodeUse)> = Vec::new();
        let mut group: Vec<(NodeIx, &NodeUse)> = Vec::new();
        let mut link = None;
        for part in parts {
            if self.has_too_many_nodes() {
                break;
            }
            match part {
                Part::Node(node) => {
                    let Some((name, ix)) = self.node_use(node, is_alone) else {
                        continue;
                    };
                    group.push((ix, node));
                    if let Some(names) = groups.last_mut() {
                        names.push(name);
                    }
                }
                Part::Link(next) => {
                    self.link(&sources, link, &group);
                    sources = std::mem::take(&mut group);
                    link = Some(next);
                    groups.push(Vec::new());
                }
            }
        }
        self.link(&sources, link, &group);
        if let Some(open) = self.open.last_mut() {
            open.members.extend(groups.into_iter().rev().flatten());
        }
    }

    /// A node as mentioned here; `None` when the id is an edge's and the statement only speaks of that.
    fn node_use(&mut self, node: &NodeUse, is_alone: bool) -> Option<(NameIx, NodeIx)> {
        let name = self.name(Cow::Borrowed(self.source.slice(node.id)));
        let block = node.metadata.and_then(|word| match Block::read(self.source, word) {
            Ok(block) => Some(block),
            Err(error) => {
                self.errors.push(error);
                None
            }
        });
        if is_alone && let Some(edge) = self.names[name.0].edge {
            if let (Some(block), Some(edge)) = (block, self.chart.edges.get_mut(edge)) {
                block.apply_to_edge(edge);
            }
            return None;
        }
        let origin = if block.is_some() { Origin::Metadata } else { Origin::Vertex };
        let ix = self.node(name, node.id, origin);
        if let Some(bracketed) = &node.shape {
            let label = text(self.source, &bracketed.label);
            let resolved = &mut self.chart.nodes[ix.0];
            resolved.label = label;
            resolved.shape = Some(shape(bracketed));
            if let Some((key, value)) = bracketed.property {
                resolved.metadata.props =
                    vec![(self.source.slice(key).to_owned(), self.source.slice(value).to_owned())];
            }
        }
        if let Some(class) = node.class {
            self.chart.class_uses.push((self.source.slice(class).to_owned(), self.source.span(class)));
            self.classify(node.id, self.source.slice(class));
        }
        if let Some(block) = block {
            if let Some(subgraph) = self.names[name.0].subgraph {
                self.chart.subgraphs[subgraph.0].metadata.extend(block.pairs());
            }
            if let Err(error) = block.apply_to_node(&mut self.chart.nodes[ix.0]) {
                self.errors.push(error);
            }
        }
        Some((name, ix))
    }

    /// Every source to every target, left-major, as far as edges are built; all of them are counted.
    fn link(
        &mut self,
        sources: &[(NodeIx, &NodeUse)],
        link: Option<&tree::Link>,
        targets: &[(NodeIx, &NodeUse)],
    ) {
        let (Some(link), Some(last_source), Some(first_target)) = (link, sources.last(), targets.first())
        else {
            return;
        };
        let (heads, stroke, length) =
            meaning(link.opening.map(|word| self.source.slice(word)), self.source.slice(link.arrow));
        let label = link.label.as_ref().map(|label| text(self.source, label));
        let first = self.chart.n_edges;
        self.chart.n_edges = first.saturating_add(sources.len().saturating_mul(targets.len()));
        let pairs = sources.iter().flat_map(|source| targets.iter().map(move |target| (source, target)));
        // That many edges are as many as the ids that an author wrote for them.
        let n_written = sources.len().max(targets.len());
        for (n_before, ((from, source), (to, target))) in pairs.enumerate() {
            let edge = self.chart.edges.len();
            // Once an edge was left out the later ones are too, so that those that are built keep their numbers.
            if edge < first || edge >= self.limits.edges() {
                break;
            }
            let mut n_copied = self.chart.default_curve.as_ref().map_or(0, String::len);
            if n_before > 0 {
                n_copied += label.as_ref().map_or(0, |label| label.as_str().len());
            }
            if n_before >= n_written {
                n_copied += self.chart.nodes[from.0].id.len() + self.chart.nodes[to.0].id.len();
                self.n_multiplied += 1;
            }
            if self.n_multiplied > MAX_MULTIPLIED_EDGES || !self.copies.take(n_copied) {
                break;
            }
            let may_have_id = *from == last_source.0 && *to == first_target.0;
            let user_id = link.id.filter(|id| {
                may_have_id && self.known(self.source.slice(*id)).is_none_or(|name| name.edge.is_none())
            });
            let n_before = self.pairs.entry((*from, *to)).or_insert(0);
            let number = if *n_before == 0 { 0 } else { *n_before + 1 };
            *n_before += 1;
            let id = user_id.map_or_else(
                || {
                    let nodes = &self.chart.nodes;
                    format!("L_{}_{}_{number}", nodes[from.0].id, nodes[to.0].id)
                },
                |word| self.source.slice(word).to_owned(),
            );
            if let Some(word) = user_id {
                let name = self.name(Cow::Borrowed(self.source.slice(word)));
                self.names[name.0].edge.get_or_insert(edge);
            } else if self.names_automatic_ids {
                let name = self.name(Cow::Owned(id.clone()));
                self.names[name.0].edge.get_or_insert(edge);
            }
            self.chart.edges.push(Edge {
                id,
                has_user_id: user_id.is_some(),
                from: *from,
                to: *to,
                label: label.clone(),
                span: self.source.span(source.word).join(self.source.span(target.word)),
                arrow_span: self.source.span(link.word),
                heads,
                stroke,
                length,
                classes: Vec::new(),
                styles: Vec::new(),
                curve: self.chart.default_curve.clone(),
                animate: None,
                animation: None,
                step: None,
            });
        }
        // The id of an edge that was left out is no node's.
        if let Some(word) = link.id.filter(|_| self.chart.lacks_edges()) {
            let name = self.name(Cow::Borrowed(self.source.slice(word)));
            self.names[name.0].edge.get_or_insert(usize::MAX);
        }
    }

    /// Closes the innermost open subgraph.
    fn close(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let name = &open.head.name;
        let title = open.head.title.as_ref().unwrap_or(name);
        let spelled = if name.quoting == Quoting::Bare { name.bare } else { name.quoted };
        let is_sentence = open.head.title.is_none() && self.source.slice(spelled).contains(is_space);
        let id = self.source.slice(spelled).trim_matches(is_space);
        let ix = SubgraphIx(self.chart.subgraphs.len());
        let id = if is_sentence || id.is_empty() {
            Cow::Owned(format!("subGraph{}", ix.0))
        } else {
            Cow::Borrowed(id)
        };
        let mut title = text(self.source, title);
        if open.head.title.is_none() && title.kind == TextKind::Quoted {
            title.kind = TextKind::Plain;
        }
        let mut members = Vec::new();
        for member in open.members {
            let name = &mut self.names[member.0];
            if name.is_owned {
                continue;
            }
            name.is_owned = true;
            members.extend(name.subgraph.map(Member::Subgraph).or(name.node.map(Member::Node)));
        }
        let inherited = if self.inherits_direction { Some(self.chart.direction) } else { None };
        let name = self.name(id.clone());
        if let Some(outer) = self.open.last_mut() {
            outer.members.push(name);
        }
        if let Some(first) = self.names[name.0].subgraph {
            self.chart.subgraphs[first.0].members.extend(members);
            return;
        }
        self.names[name.0].subgraph = Some(ix);
        if let Some(node) = self.names[name.0].node {
            self.chart.nodes[node.0].subgraph = Some(ix);
        }
        self.chart.subgraphs.push(Subgraph {
            id: id.into_owned(),
            title,
            members,
            direction: open.direction.or(inherited),
            classes: Vec::new(),
            metadata: Vec::new(),
            span: open.span.join(end),
            head_span: self.source.span(open.head.word),
        });
    }

    fn link_style(&mut self, target: &LinkTarget, curve: Option<&str>, pieces: Option<&str>) {
        let styles = pieces.map(declarations);
        let edges = match target {
            LinkTarget::Default => {
                if let Some(curve) = curve {
                    self.chart.default_curve = Some(curve.to_owned());
                }
                if let Some(styles) = styles {
                    self.chart.default_edge_styles = styles;
                }
                return;
            }
            LinkTarget::Edges(word) => *word,
        };
        let mut at = edges.start();
        for number in self.source.slice(edges).split(',') {
            let word = Word::from(at..at + number.len());
            at = (at + number.len() + 1).min(edges.range().end);
            // Mermaid looks the text up, so `00` is no edge.
            let index = number.parse().ok().filter(|index: &usize| index.to_string() == number);
            let n_edges = self.chart.n_edges;
            let Some(index) = index.filter(|index| *index < n_edges) else {
                let problem = Problem::NoSuchEdge { index: number.to_owned(), n_edges };
                self.errors.push(SyntaxError::new(self.source.span(word), problem));
                return;
            };
            let n_copied = curve.map_or(0, str::len) + styles.as_deref().map_or(0, n_bytes);
            let Some(edge) = self.chart.edges.get_mut(index).filter(|_| self.copies.take(n_copied)) else {
                continue;
            };
            if let Some(curve) = curve {
                edge.curve = Some(curve.to_owned());
            }
            if let Some(styles) = &styles {
                edge.styles.clone_from(styles);
                if !styles.is_empty() && !styles.iter().any(|style| style.starts_with("fill")) {
                    edge.styles.push("fill:none".to_owned());
                }
            }
        }
    }

    fn class_def(&mut self, names: &str, pieces: &str, span: Span) {
        // A comma behind a backslash is one of the value.
        let styles = pieces.replace("\\,", "\u{0}");
        let styles: Vec<String> = styles
            .split([',', ';'])
            .map(|style| style.replace('\u{0}', ",").trim().to_owned())
            .filter(|style| !style.is_empty())
            .collect();
        let n_copied = n_bytes(&styles);
        for name in names.split(',') {
            let styles = if self.copies.take(n_copied) { styles.as_slice() } else { &[] };
            match self.chart.class_defs.iter_mut().find(|def| def.name == name) {
                Some(def) => def.styles.extend(styles.iter().cloned()),
                None => self.chart.class_defs.push(ClassDef {
                    name: name.to_owned(),
                    styles: styles.to_vec(),
                    span,
                }),
            }
        }
    }

    /// Gives a class to everything that bears one of the names, which commas separate.
    fn classify(&mut self, ids: Word, class: &str) {
        for id in self.source.slice(ids).split(',') {
            let Some(name) = self.by_text.get(id).map(|ix| &self.names[ix.0]) else {
                continue;
            };
            if !self.copies.take(size_of::<String>() + class.len()) {
                return;
            }
            if let Some(node) = name.node {
                self.chart.nodes[node.0].classes.push(class.to_owned());
            }
            if let Some(edge) = name.edge.and_then(|edge| self.chart.edges.get_mut(edge)) {
                edge.classes.push(class.to_owned());
            }
            if let Some(subgraph) = name.subgraph {
                self.chart.subgraphs[subgraph.0].classes.push(class.to_owned());
            }
        }
    }

    fn click(&mut self, click: &Click) {
        let tooltip = click.tooltip.map(|word| self.source.decoded(word));
        let link = match &click.action {
            ClickAction::Link { url, target } => Link {
                url: self.source.decoded(*url).trim().to_owned(),
                target: target.map(|word| self.source.slice(word).to_owned()),
                tooltip,
            },
            ClickAction::Callback => Link { url: String::new(), target: None, tooltip },
        };
        let n_copied = link.url.len() + link.tooltip.as_ref().map_or(0, String::len);
        for id in self.source.slice(click.id).split(',') {
            if let Some(node) = self.known(id).and_then(|name| name.node)
                && self.copies.take(n_copied)
            {
                self.chart.nodes[node.0].link = Some(link.clone());
            }
        }
        self.classify(click.id, CLICKABLE);
    }
}

fn header_direction(text: &str) -> Direction {
    match text {
        "BT" | "^" => Direction::BottomToTop,
        "LR" | ">" => Direction::LeftToRight,
        "RL" | "<" => Direction::RightToLeft,
        "BR" => Direction::BottomRight,
        _ => Direction::TopToBottom,
    }
}

fn own_direction(text: &str) -> Option<Direction> {
    Some(match text {
        "TB" => Direction::TopToBottom,
        "TD" => Direction::TopDown,
        "BT" => Direction::BottomToTop,
        "LR" => Direction::LeftToRight,
        "RL" => Direction::RightToLeft,
        _ => return None,
    })
}

/// Style declarations, trimmed.
fn declarations(pieces: &str) -> Vec<String> {
    pieces.split(',').map(|piece| piece.trim().to_owned()).collect()
}

/// What a copy of the declarations takes.
fn n_bytes(styles: &[String]) -> usize {
    styles.iter().map(|style| size_of::<String>() + style.len()).sum()
}

fn shape(bracketed: &Bracketed) -> Shape {
    let closes_alike = bracketed.closer == bracketed.bracket.closers()[0];
    match bracketed.bracket {
        Bracket::Square | Bracket::Bar => Shape::Square,
        Bracket::Round => Shape::Round,
        Bracket::Circle => Shape::Circle,
        Bracket::DoubleCircle => Shape::DoubleCircle,
        Bracket::Stadium => Shape::Stadium,
        Bracket::Subroutine => Shape::Subroutine,
        Bracket::Cylinder => Shape::Cylinder,
        Bracket::Diamond => Shape::Diamond,
        Bracket::Hexagon => Shape::Hexagon,
        Bracket::Odd => Shape::Odd,
        Bracket::Slash if closes_alike => Shape::LeanRight,
        Bracket::Slash => Shape::Trapezoid,
        Bracket::Backslash if closes_alike => Shape::LeanLeft,
        Bracket::Backslash => Shape::InvTrapezoid,
        Bracket::Ellipse => Shape::Ellipse,
        Bracket::Property => Shape::Rect,
    }
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::Excerpt;
    use crate::mermaid::diagram::Diagram;

    use super::*;

    fn chart(statements: &str) -> Flowchart {
        let reading = crate::mermaid::read(&Excerpt::whole(&format!("flowchart TD\n{statements}"), 0));
        match reading.diagram {
            Some(Diagram::Flowchart(chart)) => chart,
            other => panic!("{statements:?} is no flowchart but {other:?}"),
        }
    }

    #[test]
    fn groups_link_pair_by_pair() {
        let chart = chart("A & B e1@--> C & D\nA --> C");
        let ids: Vec<&str> = chart.edges.iter().map(|edge| edge.id.as_str()).collect();
        assert_eq!(ids, ["L_A_C_0", "L_A_D_0", "e1", "L_B_D_0", "L_A_C_2"]);
    }

    #[test]
    fn a_product_of_groups_is_counted_and_built_up_to_the_cap() {
        let group = |letter: &str| (0..3_000).map(|n| format!("{letter}{n}")).collect::<Vec<_>>().join(" & ");
        let statements = format!(
            "x first@--> y\n{} far@--> {}\nz late@--> z\nlinkStyle 0,23001,9000001 stroke:red\n\
             far@{{ animate: true }}\nclass first,far,late hot\nlinkStyle 9000002 a:b",
            group("a"),
            group("b")
        );
        let text = format!("flowchart TD\n{statements}");
        let reading = crate::mermaid::read(&Excerpt::whole(&text, 0));
        let Some(Diagram::Flowchart(chart)) = &reading.diagram else {
            panic!("no flowchart");
        };
        // One that stands alone, one for each of the 3 000 ids, and what may be multiplied.
        let n_built = 1 + 3_000 + MAX_MULTIPLIED_EDGES;
        assert_eq!((chart.n_edges, chart.edges.len()), (9_000_002, n_built));
        assert_eq!(chart.nodes.len(), 6_003);
        let first = &chart.edges[0];
        assert_eq!(
            (first.id.as_str(), &first.styles[0], &first.classes[0]),
            ("first", &"stroke:red".into(), &"hot".into())
        );
        assert_eq!(chart.edges[1].id, "L_a0_b0_0");
        assert_eq!(chart.edges[3_001].id, "L_a1_b0_0");
        let problems: Vec<_> = reading.errors.iter().map(|error| &error.problem).collect();
        let missing = Problem::NoSuchEdge { index: "9000002".to_owned(), n_edges: 9_000_002 };
        assert_eq!(problems, [&missing]);
    }

    #[test]
    fn what_a_list_copies_is_bounded() {
        let ids: Vec<String> = (0..3_000).map(|n| format!("n{n}")).collect();
        let (all, long) = (ids.join(","), "x".repeat(30_000));
        let chart = chart(&format!(
            "{}\nclassDef {all} {long}:y\nclass {all} {long}\nclick {all} \"{long}\"\n\
             linkStyle default interpolate {long}\n{} --> z",
            ids.join("\n"),
            ids.join(" & ")
        ));
        let mut n_bytes: usize = chart.class_defs.iter().flat_map(|def| &def.styles).map(String::len).sum();
        for node in &chart.nodes {
            n_bytes += node.classes.iter().map(String::len).sum::<usize>();
            n_bytes += node.link.as_ref().map_or(0, |link| link.url.len());
        }
        n_bytes += chart.edges.iter().filter_map(|edge| edge.curve.as_ref()).map(String::len).sum::<usize>();
        assert!(n_bytes <= crate::mermaid::limit::MAX_COPIED_BYTES, "{n_bytes}");
        assert_eq!((chart.class_defs.len(), chart.n_edges), (3_000, 3_000));
    }

    #[test]
    fn a_node_belongs_to_the_first_subgraph_that_closes_with_it() {
        let chart =
            chart("subgraph out\nsubgraph in\nA --> B\nend\nA --> C\nend\nsubgraph two words\nC\nD\nend");
        let members = |ix: usize| -> Vec<&str> {
            let name = |member: &Member| match member {
                Member::Node(node) => chart.node(*node).id.as_str(),
                Member::Subgraph(subgraph) => chart.subgraphs[subgraph.0].id.as_str(),
            };
            chart.subgraphs[ix].members.iter().map(name).collect()
        };
        assert_eq!(
            chart.subgraphs.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(),
            ["in", "out", "subGraph2"]
        );
        assert_eq!(members(0), ["B", "A"]);
        assert_eq!(members(1), ["in", "C"]);
        assert_eq!(members(2), ["D"]);
    }

    #[test]
    fn the_last_label_wins_and_a_bare_mention_changes_nothing() {
        let chart = chart("A[one]\nA(two)\nA\nB@{ shape: cyl, label: \"disk\" }");
        assert_eq!(chart.nodes[0].label.as_str(), "two");
        assert_eq!(chart.nodes[0].shape, Some(Shape::Round));
        assert_eq!(chart.nodes[0].mentions.len(), 3);
        assert_eq!(chart.nodes[1].label.as_str(), "disk");
        assert_eq!(chart.nodes[1].origin, Origin::Metadata);
    }

    #[test]
    fn styles_reach_what_exists_when_they_are_said() {
        let chart =
            chart("class A early\nA --> B\nclass A,L_A_B_0 late\nlinkStyle 0 stroke:red\nstyle C a:b , c:d");
        assert_eq!(chart.nodes[0].classes, ["late"]);
        assert_eq!(chart.edges[0].classes, ["late"]);
        assert_eq!(chart.edges[0].styles, ["stroke:red", "fill:none"]);
        assert_eq!((chart.nodes[2].origin, chart.nodes[2].styles.len()), (Origin::Style, 2));
    }

    #[test]
    fn a_style_above_its_node_makes_no_stray_one() {
        let chart = chart("style A a:b\nA --> B\nstyle C a:b");
        let origins: Vec<Origin> = chart.nodes.iter().map(|node| node.origin).collect();
        assert_eq!(origins, [Origin::Vertex, Origin::Vertex, Origin::Style]);
    }

    #[test]
    fn mistakes_of_meaning_have_a_place() {
        let text =
            "flowchart TD\nA --> B\nlinkStyle 0,3 a:b\nC@{ shape: Cyl }\nD@{ shape: [x] }\nE@{ a: b: c }";
        let reading = crate::mermaid::read(&Excerpt::whole(text, 0));
        let places: Vec<&str> = reading.errors.iter().map(|error| error.span.slice(text)).collect();
        assert_eq!(places, ["3", " shape: Cyl ", " shape: [x] ", " a: b: c "]);
        let nearest = Problem::UnknownShape { name: "Cyl".to_owned(), nearest: Some("cyl") };
        assert_eq!(reading.errors[1].problem, nearest);
    }
}
