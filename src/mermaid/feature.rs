//! What a diagram uses that older releases of Mermaid do not have.
//!
//! The table says which release brought what, and what older ones do with it. Every row was found by giving a text that
//! uses the feature to the parser of one release after the other (`mermaid.parse` of the npm package, the first release of
//! each number from 10.2.0 to 12.3.0, and 11.12.3); rows about meaning by comparing what they draw. Where Mermaid's own
//! documentation or change log names a release, it agrees. What could not be found out so is not in the table.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::base::text::Span;

use super::diagram::sequence::ArrowHead;
use super::parse::{Parse, Tree};
use super::profile::Version;
use super::syntax::Statement;
use super::syntax::character::is_space;
use super::syntax::flowchart::tree::{self as flowchart, Part};
use super::syntax::sequence::tree as sequence;
use super::syntax::source::{Source, Word};
use super::syntax::state::tree as state;
use super::yaml;

/// Something that a release of Mermaid brought.
#[derive(Debug, PartialEq, Eq)]
pub struct Feature {
    /// What it is, as the object of a sentence.
    pub name: &'static str,
    /// The release that brought it.
    pub since: Version,
    /// The first release that lacked it, where older ones had it.
    pub lost: Option<Version>,
    /// What releases before that do.
    pub before: Before,
}

impl Feature {
    /// True when this release does not have it.
    fn is_missing_in(&self, version: Version) -> bool {
        version < self.since && self.lost.is_none_or(|lost| lost <= version)
    }
}

/// What an older release does with a feature.
#[derive(Debug, PartialEq, Eq)]
pub enum Before {
    /// It refuses the diagram.
    Refused,
    /// It draws the diagram, with another meaning: what it does, as a sentence about "it".
    Misread(&'static str),
}

const fn refused(name: &'static str, since: Version) -> Feature {
    Feature { name, since, lost: None, before: Before::Refused }
}

/// What releases from `lost` on refuse, until `since`.
const fn interrupted(name: &'static str, lost: Version, since: Version) -> Feature {
    Feature { name, since, lost: Some(lost), before: Before::Refused }
}

const fn misread(name: &'static str, since: Version, before: &'static str) -> Feature {
    Feature { name, since, lost: None, before: Before::Misread(before) }
}

static CREATE: Feature = refused("`create` and `destroy`", Version::new(10, 3, 0));
static BOTH_WAYS: Feature = misread(
    "arrows with two heads (`<<->>`)",
    Version::new(11, 0, 0),
    "it takes `<<` for a part of the sender's name",
);
static STATE_STYLE: Feature =
    misread("`style` in a state diagram", Version::new(11, 0, 0), "it takes the words for states");
static STATE_STYLES: Feature =
    refused("`style` with several declarations in a state diagram", Version::new(11, 0, 0));
static METADATA: Feature = refused("`@{ }` behind a node", Version::new(11, 3, 0));
static EDGE_ID: Feature = refused("ids of edges (`id@-->`)", Version::new(11, 5, 0));
static BLANK_BEHIND_METADATA: Feature =
    refused("a blank behind the last `@{ }` of a line", Version::new(11, 5, 0));
static EMPTY_TEXT: Feature =
    refused("messages and notes without any text behind the colon", Version::new(11, 7, 0));
static EQUALS: Feature =
    interrupted("`=` in the name of a participant", Version::new(11, 0, 0), Version::new(11, 10, 0));
static EDGE_CURVE: Feature =
    misread("`curve` for one edge", Version::new(11, 10, 0), "it draws the edge like all others");
static CLOUD_SHAPES: Feature = refused("the shapes `bang` and `cloud`", Version::new(11, 11, 0));
static PARTICIPANT_TYPE: Feature = refused("`@{ }` behind a participant", Version::new(11, 11, 0));
static HALF_ARROW: Feature = refused("arrows with half a head", Version::new(11, 13, 0));
static CENTRAL: Feature = misread(
    "central connections (`()`)",
    Version::new(11, 13, 0),
    "it takes `()` for a part of the participant's name",
);
static ACTOR_TYPE: Feature = refused("`@{ }` behind an `actor`", Version::new(11, 13, 0));
static TYPE_AND_LABEL: Feature =
    refused("a label (`as`) behind the `@{ }` of a participant", Version::new(11, 13, 0));
static ALIAS: Feature = misread(
    "`alias` in the `@{ }` of a participant",
    Version::new(11, 13, 0),
    "it shows the id instead of the alias",
);
static TOP_DOWN: Feature = refused("`direction TD`", Version::new(11, 13, 0));
static SECOND_COLON: Feature =
    refused("a second colon in the text of a state or transition", Version::new(11, 13, 0));
static CLASS_IN_COMPOSITE: Feature = refused("`:::` inside a composite state", Version::new(11, 14, 0));
static DECIMALS: Feature = refused("`autonumber` with decimals", Version::new(11, 15, 0));
static DATASTORE: Feature = refused("the shape `datastore`", Version::new(11, 15, 0));
static END_NOTE: Feature = refused("the words `end note` inside a note", Version::new(11, 15, 0));
static INDENTED_FRONT_MATTER: Feature = refused("front matter with indentation", Version::new(11, 16, 0));
static THING_SHAPES: Feature = refused(
    "the shapes `browser`, `bucket`, `composite`, `console`, `folder` and `person`",
    Version::new(11, 17, 0),
);
static COLLAPSED: Feature =
    misread("`view` of a subgraph", Version::new(11, 17, 0), "it draws what the subgraph holds");
static NAMES: Feature =
    refused("participants called `link`, `links`, `properties` or `details`", Version::new(12, 1, 0));
static BLANK_BEFORE_TYPE: Feature =
    refused("a blank before the `@{ }` of a participant", Version::new(12, 1, 0));
static AT_SIGN: Feature = interrupted(
    "`@` in the first word of a label without quotes",
    Version::new(11, 5, 0),
    Version::new(12, 3, 0),
);
static BPMN_SHAPES: Feature = refused("the shapes of BPMN", Version::new(12, 3, 0));
static EDGE_STEP: Feature = misread("`step` of an edge", Version::new(12, 3, 0), "it ignores the step");

/// The features inside diagrams, in the order of their releases.
pub static FEATURES: [&Feature; 31] = [
    &CREATE,
    &BOTH_WAYS,
    &STATE_STYLE,
    &STATE_STYLES,
    &METADATA,
    &EDGE_ID,
    &BLANK_BEHIND_METADATA,
    &EMPTY_TEXT,
    &EQUALS,
    &EDGE_CURVE,
    &CLOUD_SHAPES,
    &PARTICIPANT_TYPE,
    &HALF_ARROW,
    &CENTRAL,
    &ACTOR_TYPE,
    &TYPE_AND_LABEL,
    &ALIAS,
    &TOP_DOWN,
    &SECOND_COLON,
    &CLASS_IN_COMPOSITE,
    &DECIMALS,
    &DATASTORE,
    &END_NOTE,
    &INDENTED_FRONT_MATTER,
    &THING_SHAPES,
    &COLLAPSED,
    &NAMES,
    &BLANK_BEFORE_TYPE,
    &AT_SIGN,
    &BPMN_SHAPES,
    &EDGE_STEP,
];

macro_rules! header {
    ($word:literal, $major:literal, $minor:literal) => {
        ($word, refused(concat!("diagrams that begin with `", $word, "`"), Version::new($major, $minor, 0)))
    };
}

/// The first words of diagrams with the release that brought them, in that order. Other headers are known to every
/// release from 10.2 on.
pub static HEADERS: [(&str, Feature); 27] = [
    header!("sankey-beta", 10, 3),
    header!("xychart-beta", 10, 6),
    header!("block-beta", 10, 8),
    header!("packet-beta", 11, 0),
    header!("architecture-beta", 11, 1),
    header!("kanban", 11, 4),
    header!("radar-beta", 11, 6),
    header!("treemap", 11, 8),
    header!("treemap-beta", 11, 8),
    header!("packet", 11, 9),
    header!("block", 11, 10),
    header!("sankey", 11, 10),
    header!("xychart", 11, 10),
    header!("ishikawa", 11, 13),
    header!("ishikawa-beta", 11, 13),
    header!("venn-beta", 11, 13),
    header!("treeView-beta", 11, 14),
    header!("wardley-beta", 11, 14),
    header!("eventmodeling", 11, 15),
    header!("cynefin-beta", 11, 16),
    header!("railroad-abnf-beta", 11, 16),
    header!("railroad-beta", 11, 16),
    header!("railroad-ebnf-beta", 11, 16),
    header!("railroad-peg-beta", 11, 16),
    header!("swimlane-beta", 11, 16),
    header!("agentflow-beta", 12, 0),
    header!("usecase-beta", 12, 0),
];

/// Shapes that came after `@{ shape: }` itself.
static SHAPES: [(&str, &Feature); 20] = [
    ("bang", &CLOUD_SHAPES),
    ("cloud", &CLOUD_SHAPES),
    ("data-store", &DATASTORE),
    ("datastore", &DATASTORE),
    ("browser", &THING_SHAPES),
    ("bucket", &THING_SHAPES),
    ("composite", &THING_SHAPES),
    ("console", &THING_SHAPES),
    ("directory", &THING_SHAPES),
    ("folder", &THING_SHAPES),
    ("person", &THING_SHAPES),
    ("bpmn-activity", &BPMN_SHAPES),
    ("bpmn-annotation", &BPMN_SHAPES),
    ("bpmn-boundary", &BPMN_SHAPES),
    ("bpmn-data", &BPMN_SHAPES),
    ("bpmn-data-store", &BPMN_SHAPES),
    ("bpmn-end", &BPMN_SHAPES),
    ("bpmn-gateway", &BPMN_SHAPES),
    ("bpmn-intermediate", &BPMN_SHAPES),
    ("bpmn-start", &BPMN_SHAPES),
];

/// A feature that a diagram uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The feature.
    pub feature: &'static Feature,
    /// What uses it first.
    pub first: Span,
    /// How many other places of the diagram use it.
    pub n_more: usize,
}

/// The features that `version` does not have, each once, in the order in which they are first used.
pub(crate) fn newer(parse: &Parse<'_>, version: Version) -> Vec<Use> {
    let inside = FEATURES.iter().copied();
    if !inside.chain(HEADERS.iter().map(|(_, feature)| feature)).any(|feature| feature.is_missing_in(version))
    {
        return Vec::new();
    }
    let mut reader = Reader { source: parse.source(), version, uses: Vec::new() };
    reader.header(parse);
    match &parse.tree {
        Tree::Unread => {}
        Tree::Flowchart(tree) => reader.flowchart(tree),
        Tree::Sequence(statements) => reader.sequence(statements),
        Tree::State(statements) => reader.state(statements),
    }
    reader.uses
}

struct Reader<'a> {
    source: Source<'a>,
    version: Version,
    uses: Vec<Use>,
}

impl Reader<'_> {
    fn add(&mut self, feature: &'static Feature, word: Word) {
        if !feature.is_missing_in(self.version) {
            return;
        }
        match self.uses.iter_mut().find(|used| used.feature == feature) {
            Some(used) => used.n_more += 1,
            None => self.uses.push(Use { feature, first: self.source.span(word), n_more: 0 }),
        }
    }

    fn header(&mut self, parse: &Parse<'_>) {
        let Some((kind, at)) = parse.kind.zip(parse.start()) else { return };
        let text = self.source.text;
        let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
        // Only what is read as front matter lies before the diagram.
        if indent > 0 && indent < at && text[indent..].starts_with("---") {
            self.add(&INDENTED_FRONT_MATTER, Word::from(indent..indent + 3));
        }
        let rest = text.get(at..).unwrap_or_default();
        let Some(word) = kind.header_width(rest).and_then(|width| rest.get(..width)) else { return };
        if let Some((_, feature)) = HEADERS.iter().find(|(header, _)| word.eq_ignore_ascii_case(header)) {
            self.add(feature, Word::from(at..at + word.len()));
        }
    }

    fn flowchart(&mut self, tree: &flowchart::Tree) {
        let mut edges: BTreeSet<&str> = BTreeSet::new();
        for statement in &tree.statements {
            match &statement.kind {
                flowchart::StatementKind::Direction(word) if self.source.slice(*word) == "TD" => {
                    self.add(&TOP_DOWN, *word);
                }
                flowchart::StatementKind::Subgraph(head) => {
                    if let Some(title) = &head.title {
                        self.label(title);
                    }
                }
                flowchart::StatementKind::Chain(range) => {
                    let parts = tree.parts.get(range.clone()).unwrap_or_default();
                    for part in parts {
                        match part {
                            Part::Link(link) => {
                                if let Some(id) = link.id {
                                    edges.insert(self.source.slice(id));
                                    self.add(&EDGE_ID, id);
                                }
                                if let Some(label) = link.label.as_ref().filter(|_| link.opening.is_none()) {
                                    self.label(label);
                                }
                            }
                            Part::Node(node) => {
                                let is_edge = parts.len() == 1 && edges.contains(self.source.slice(node.id));
                                if let Some(bracketed) = &node.shape {
                                    self.label(&bracketed.label);
                                }
                                if let Some(block) = node.metadata {
                                    self.block(node.id.to(block), block, is_edge);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A text in brackets or bars: the releases that brought ids of edges took all before an `@` for one, across brackets
    /// and up to a blank, a quote or an `@{`.
    fn label(&mut self, label: &flowchart::Label) {
        let text = self.source.text;
        let is_glued = !text[..label.bare.start()].ends_with(is_space);
        if label.quoting != flowchart::Quoting::Bare || !is_glued {
            return;
        }
        let word = self.source.slice(label.bare);
        let word = &word[..word.find(|c| is_space(c) || c == '"').unwrap_or(word.len())];
        for (at, _) in word.match_indices('@') {
            let behind = label.bare.start() + at + 1;
            if !text[behind..].starts_with(['{', '"']) {
                self.add(&AT_SIGN, Word::from(label.bare.start()..label.bare.start() + word.len()));
                return;
            }
        }
    }

    /// The `@{ }` block of a node, subgraph or edge.
    fn block(&mut self, place: Word, block: Word, is_edge: bool) {
        let behind =
            self.source.text.get(block.end()..).and_then(|rest| rest.strip_prefix('}')).unwrap_or_default();
        let next = behind.trim_start_matches([' ', '\t']);
        if next.len() < behind.len() && (next.is_empty() || next.starts_with('\n')) {
            self.add(&BLANK_BEHIND_METADATA, place);
        }
        // An edge has an id before it can have a block, and that is newer than the block.
        if !is_edge {
            self.add(&METADATA, place);
        }
        let keys = self.keys(block);
        if is_edge {
            for (key, feature) in [("curve", &EDGE_CURVE), ("step", &EDGE_STEP)] {
                if keys.contains_key(key) {
                    self.add(feature, place);
                }
            }
            return;
        }
        if keys.contains_key("view") {
            self.add(&COLLAPSED, place);
        }
        let shape = keys.get("shape").and_then(Value::as_str).unwrap_or_default();
        if let Some((_, feature)) = SHAPES.iter().find(|(name, _)| *name == shape) {
            self.add(feature, place);
        }
    }

    /// The keys of an `@{ }`; none when it is no YAML, which is a mistake in every release.
    fn keys(&self, block: Word) -> Map<String, Value> {
        let text = self.source.slice(block);
        let text = if text.contains('\n') { format!("{text}\n") } else { format!("{{{text}}}") };
        match yaml::read(&text) {
            Ok(Value::Object(keys)) => keys,
            _ => Map::new(),
        }
    }

    fn sequence(&mut self, statements: &[Statement<sequence::StatementKind>]) {
        for statement in statements {
            match &statement.kind {
                sequence::StatementKind::Destroy(_) => self.add(&CREATE, statement.word),
                sequence::StatementKind::Declaration(declaration) => {
                    if declaration.create {
                        self.add(&CREATE, statement.word);
                    }
                    self.equals(declaration.id);
                    if let Some(block) = declaration.metadata {
                        self.participant(declaration, block, statement.word);
                    }
                }
                sequence::StatementKind::Autonumber(autonumber) => {
                    for number in [autonumber.start, autonumber.step].into_iter().flatten() {
                        if self.source.slice(number).contains('.') {
                            self.add(&DECIMALS, number);
                        }
                    }
                }
                sequence::StatementKind::Note(note) => {
                    self.empty_text(note.text);
                    self.name(note.first);
                    note.second.into_iter().for_each(|second| self.name(second));
                }
                sequence::StatementKind::Message(message) => {
                    self.empty_text(message.text);
                    self.name(message.from);
                    self.name(message.to);
                    let arrow = self.source.trim(Word::from(message.from.end()..message.to.start()));
                    match message.arrow.head {
                        ArrowHead::Open | ArrowHead::Filled | ArrowHead::Cross | ArrowHead::Point => {}
                        ArrowHead::Bidirectional => self.add(&BOTH_WAYS, arrow),
                        _ => self.add(&HALF_ARROW, arrow),
                    }
                    if message.central.is_some() {
                        self.add(&CENTRAL, arrow);
                    }
                }
                _ => {}
            }
        }
    }

    /// The name of a participant where something happens.
    fn name(&mut self, word: Word) {
        self.equals(word);
        let name = self.source.slice(word);
        if ["link", "links", "properties", "details"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            self.add(&NAMES, word);
        }
    }

    fn equals(&mut self, name: Word) {
        if self.source.slice(name).contains('=') {
            self.add(&EQUALS, name);
        }
    }

    /// What stands behind the colon, with the colon.
    fn empty_text(&mut self, text: Word) {
        let behind = self.source.text.get(text.end()..).unwrap_or_default();
        if self.source.slice(text) == ":" && (behind.is_empty() || behind.starts_with('\n')) {
            self.add(&EMPTY_TEXT, text);
        }
    }

    fn participant(&mut self, declaration: &sequence::Declaration, block: Word, statement: Word) {
        let before = self.source.text.get(declaration.id.end()..block.start()).unwrap_or_default();
        self.add(&PARTICIPANT_TYPE, statement);
        if declaration.is_actor {
            self.add(&ACTOR_TYPE, statement);
        }
        if declaration.label.is_some() {
            self.add(&TYPE_AND_LABEL, statement);
        }
        if before.starts_with(is_space) {
            self.add(&BLANK_BEFORE_TYPE, statement);
        }
        if self.keys(block).contains_key("alias") && declaration.label.is_none() {
            self.add(&ALIAS, statement);
        }
    }

    fn state(&mut self, statements: &[Statement<state::StatementKind>]) {
        let mut depth = 0_usize;
        for statement in statements {
            let mut text = None;
            match &statement.kind {
                state::StatementKind::Composite(_) => depth += 1,
                state::StatementKind::Style(_, styles) => {
                    let is_list = self.source.slice(*styles).matches(':').nth(1).is_some();
                    self.add(if is_list { &STATE_STYLES } else { &STATE_STYLE }, statement.word);
                }
                state::StatementKind::Note(note) if self.source.slice(note.text).contains("end note") => {
                    self.add(&END_NOTE, note.text);
                }
                state::StatementKind::EndComposite => depth = depth.saturating_sub(1),
                state::StatementKind::State(mention, behind) => {
                    self.class_inside(depth, &[mention]);
                    text = *behind;
                }
                state::StatementKind::Transition(from, to, behind) => {
                    self.class_inside(depth, &[from, to]);
                    text = *behind;
                }
                _ => {}
            }
            // The text begins with its own colon.
            if let Some(text) = text
                && self.source.slice(text).matches(':').nth(1).is_some()
            {
                self.add(&SECOND_COLON, text);
            }
        }
    }

    fn class_inside(&mut self, depth: usize, mentions: &[&state::Mention]) {
        for class in mentions.iter().filter(|_| depth > 0).filter_map(|mention| mention.class) {
            self.add(&CLASS_IN_COMPOSITE, class);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::Excerpt;
    use crate::mermaid::parse::parse_excerpt;
    use crate::mermaid::profile::NEWEST;

    use super::*;

    /// What the text uses that `version` lacks: the release that brought each, and what stands at its first place.
    fn lacking(text: &str, version: Version) -> Vec<(String, &str)> {
        let excerpt = Excerpt::whole(text, 0);
        let uses = newer(&parse_excerpt(&excerpt), version);
        uses.iter().map(|used| (used.feature.since.to_string(), used.first.slice(text))).collect()
    }

    #[test]
    fn each_feature_is_found_where_it_stands() {
        let sequence = "sequenceDiagram\n";
        let table: &[(&str, &[(&str, &str)])] = &[
            ("flowchart TD\nA[x] -->|y| B", &[]),
            ("flowchart TD\nA@{ shape: rect } --> B", &[("11.3.0", "A@{ shape: rect ")]),
            (
                "flowchart TD\nA@{ shape: cloud }",
                &[("11.3.0", "A@{ shape: cloud "), ("11.11.0", "A@{ shape: cloud ")],
            ),
            ("flowchart TD\nA e1@--> B", &[("11.5.0", "e1")]),
            (
                "flowchart TD\nA e1@--> B\ne1@{ curve: linear, step: 2 }",
                &[
                    ("11.5.0", "e1"),
                    ("11.10.0", "e1@{ curve: linear, step: 2 "),
                    ("12.3.0", "e1@{ curve: linear, step: 2 "),
                ],
            ),
            ("flowchart TD\nsubgraph s\ndirection TD\nA\nend", &[("11.13.0", "TD")]),
            (
                "flowchart TD\nsubgraph s\nA\nend\ns@{ view: collapsed }",
                &[("11.3.0", "s@{ view: collapsed "), ("11.17.0", "s@{ view: collapsed ")],
            ),
            ("sequenceDiagram\nA<<->>B: x", &[("11.0.0", "<<->>")]),
            ("sequenceDiagram\nA -|/ B: x", &[("11.13.0", "-|/")]),
            ("sequenceDiagram\nA->>()B: x", &[("11.13.0", "->>()")]),
            ("sequenceDiagram\nA->>links:\nNote over A: \n", &[("11.7.0", ":"), ("12.1.0", "links")]),
            ("flowchart TD\nA@{ label: x } \nB", &[("11.5.0", "A@{ label: x "), ("11.3.0", "A@{ label: x ")]),
            ("stateDiagram-v2\nA\nstyle A fill:red", &[("11.0.0", "style A fill:red")]),
            ("  ---\n  title: x\n  ---\nflowchart TD\nA", &[("11.16.0", "---")]),
            ("\n\nflowchart TD\nA --- B", &[]),
            ("sequenceDiagram\nautonumber 1.5\nA->>B: x", &[("11.15.0", "1.5")]),
            ("sequenceDiagram\ndestroy B\nA->>B: x", &[]),
            (
                "sequenceDiagram\nactor A@{ type: queue } as X",
                &[
                    ("11.11.0", "actor A@{ type: queue } as X"),
                    ("11.13.0", "actor A@{ type: queue } as X"),
                    ("11.13.0", "actor A@{ type: queue } as X"),
                ],
            ),
            (
                "sequenceDiagram\nparticipant A @{ type: queue, alias: X }",
                &[
                    ("11.11.0", "participant A @{ type: queue, alias: X }"),
                    ("12.1.0", "participant A @{ type: queue, alias: X }"),
                    ("11.13.0", "participant A @{ type: queue, alias: X }"),
                ],
            ),
            ("stateDiagram-v2\nA:::x --> B : c", &[]),
            ("stateDiagram-v2\nstate C {\nA:::x --> B\n}", &[("11.14.0", "x")]),
            ("stateDiagram-v2\nA --> B : c: d", &[("11.13.0", ": c: d")]),
            ("pie\n \"a\": 1", &[]),
            ("---\ntitle: x\n---\npacket\n0-7: \"x\"", &[("11.9.0", "packet")]),
            ("packet-beta\n0-7: \"x\"", &[("11.0.0", "packet-beta")]),
            ("Railroad-beta\n", &[("11.16.0", "Railroad-beta")]),
        ];
        assert!(
            lacking(&format!("{sequence}create participant C\nA->>C: x"), Version::new(10, 2, 0)).len() == 1
        );
        for (text, expected) in table {
            let expected: Vec<(String, &str)> =
                expected.iter().map(|(since, place)| ((*since).to_owned(), *place)).collect();
            assert_eq!(lacking(text, Version::new(10, 9, 8)), expected, "{text}");
            assert_eq!(lacking(text, NEWEST), [], "{text}");
        }
    }

    #[test]
    fn what_was_lost_for_a_while_is_missing_only_then() {
        let table = [
            ("flowchart TD\nA[me@example.org] -->|x@y| B", "11.17.2", Some(("me@example.org", 1))),
            ("flowchart TD\nA[me@example.org]", "11.4", None),
            ("flowchart TD\nA[to me@example.org] -- x@y --> B[\"x@y\"]", "11.17.2", None),
            ("flowchart TD\nA[ me@example.org]", "11.17.2", None),
            ("flowchart TD\nsubgraph s [@x/y]\nA\nend", "11.5", Some(("@x/y", 0))),
            ("sequenceDiagram\na=b->>C: x", "11.9", Some(("a=b", 0))),
            ("sequenceDiagram\na=b->>C: x=y", "11.10", None),
            ("sequenceDiagram\na=b->>C: x=y", "10.9", None),
            ("sequenceDiagram\nA->>C: x=y", "11.9", None),
        ];
        for (text, release, expected) in table {
            let version = crate::mermaid::profile::Profile::named(release).unwrap().version;
            let excerpt = Excerpt::whole(text, 0);
            let uses = newer(&parse_excerpt(&excerpt), version);
            let found = uses.first().map(|used| (used.first.slice(text), used.n_more));
            assert_eq!(found, expected, "{release}: {text}");
        }
    }

    #[test]
    fn a_feature_is_told_once() {
        let text = "flowchart TD\nA@{ shape: rect }\nB@{ shape: rect }\nC@{ label: x }";
        let excerpt = Excerpt::whole(text, 0);
        let uses = newer(&parse_excerpt(&excerpt), Version::new(11, 2, 0));
        assert_eq!((uses.len(), uses[0].n_more), (1, 2));
    }

    #[test]
    fn the_tables_are_in_the_order_of_the_releases() {
        assert!(FEATURES.is_sorted_by_key(|feature| feature.since));
        assert!(HEADERS.is_sorted_by_key(|(_, feature)| feature.since));
        for (header, _) in &HEADERS {
            assert!(crate::mermaid::detect::headers().any(|known| known == *header), "{header}");
        }
        for (shape, _) in SHAPES {
            assert!(crate::mermaid::diagram::flowchart::is_shape(shape), "{shape}");
        }
    }
}
