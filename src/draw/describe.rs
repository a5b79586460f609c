//! What a diagram is called and what it shows, in words: for those who do not see the drawing.
//!
//! What the author says counts (`accTitle`, `accDescr`, `title`); otherwise one sentence per part, in reading order.

use crate::mermaid::diagram::flowchart::{Flowchart, Head, Member, NodeIx, Stroke, SubgraphIx};
use crate::mermaid::diagram::sequence::{Event, FragmentIx, FragmentKind, SequenceDiagram};
use crate::mermaid::diagram::state::{StateDiagram, StateIx, StateKind};
use crate::mermaid::diagram::text::{Text, TextKind};
use crate::mermaid::diagram::{Diagram, Titles};

use super::label::{plain, plain_str};

/// More sentences than these are counted, not said: nobody listens to hundreds.
const MAX_SENTENCES: usize = 40;
/// As many names are listed in a sentence; the others are counted.
const MAX_NAMES: usize = 8;
/// The longest name, characters; what is longer is cut.
const MAX_NAME: usize = 80;

/// What a diagram is called, in a few words.
pub fn title(diagram: &Diagram) -> String {
    let titles = titles(diagram);
    let given = titles.acc_title.as_deref().or(titles.title.as_deref()).map(one_line);
    given.filter(|title| !title.is_empty()).unwrap_or_else(|| match diagram {
        Diagram::Flowchart(chart) => flowchart_title(chart),
        Diagram::State(diagram) => state_title(diagram),
        Diagram::Sequence(diagram) => {
            let names = list(
                diagram.participants.iter().map(|participant| name(&participant.label, &participant.id)),
            );
            if names.is_empty() {
                "Sequence diagram".to_owned()
            } else {
                format!("Sequence diagram: {names}")
            }
        }
    })
}

/// What a diagram shows, in sentences.
pub fn description(diagram: &Diagram) -> String {
    if let Some(given) = &titles(diagram).acc_descr {
        return given.clone();
    }
    let mut telling = Telling::default();
    match diagram {
        Diagram::Flowchart(chart) => tell_flowchart(chart, &mut telling),
        Diagram::State(diagram) => tell_states(diagram, &mut telling),
        Diagram::Sequence(diagram) => tell_sequence(diagram, &mut telling),
    }
    telling.finish()
}

fn titles(diagram: &Diagram) -> &Titles {
    match diagram {
        Diagram::Flowchart(chart) => &chart.titles,
        Diagram::State(diagram) => &diagram.titles,
        Diagram::Sequence(diagram) => &diagram.titles,
    }
}

/// Sentences, and how many were left out.
#[derive(Debug, Default)]
struct Telling {
    sentences: Vec<String>,
    n_more: usize,
}

impl Telling {
    /// Adds a sentence, made only when there is room for it.
    fn say(&mut self, sentence: impl FnOnce() -> String) {
        if self.sentences.len() < MAX_SENTENCES {
            self.sentences.push(sentence());
        } else {
            self.n_more += 1;
        }
    }

    fn finish(mut self) -> String {
        match self.n_more {
            0 => {}
            1 => self.sentences.push("And one part more.".to_owned()),
            n_more => self.sentences.push(format!("And {n_more} parts more.")),
        }
        self.sentences.join(" ")
    }
}

fn one_line(text: &str) -> String {
    plain_str(text, TextKind::Plain)
}

/// What a reader sees of a label, cut when it is long; its id when it shows nothing.
fn name(label: &Text, id: &str) -> String {
    let seen = plain(label);
    let seen = if seen.is_empty() { id } else { &seen };
    match seen.char_indices().nth(MAX_NAME) {
        Some((end, _)) => format!("{}…", seen[..end].trim_end()),
        None => seen.to_owned(),
    }
}

/// Names with commas and an `and`.
fn list(names: impl ExactSizeIterator<Item = String>) -> String {
    let n_names = names.len();
    let n_said = if n_names > MAX_NAMES { MAX_NAMES - 1 } else { n_names };
    let mut said: Vec<String> = names.take(n_said).collect();
    if n_names > n_said {
        said.push(format!("{} more", n_names - n_said));
    }
    match said.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn flowchart_title(chart: &Flowchart) -> String {
    let mut ends = vec![(false, false); chart.nodes.len()];
    for edge in &chart.edges {
        ends[edge.from.0].0 = true;
        ends[edge.to.0].1 = true;
    }
    let node_name = |index: usize| node_name(chart, NodeIx(index));
    let first = ends.iter().position(|(leaves, enters)| *leaves && !enters);
    let last = ends.iter().rposition(|(leaves, enters)| *enters && !leaves);
    match (first, last) {
        (Some(first), Some(last)) => format!("Flowchart: {} to {}", node_name(first), node_name(last)),
        _ => match list((0..chart.nodes.len().min(3)).map(node_name)).as_str() {
            "" => "Flowchart".to_owned(),
            names => format!("Flowchart: {names}"),
        },
    }
}

fn node_name(chart: &Flowchart, ix: NodeIx) -> String {
    let node = chart.node(ix);
    match node.subgraph.and_then(|SubgraphIx(at)| chart.subgraphs.get(at)) {
        Some(subgraph) => name(&subgraph.title, &subgraph.id),
        None => name(&node.label, &node.id),
    }
}

fn tell_flowchart(chart: &Flowchart, telling: &mut Telling) {
    for subgraph in chart.subgraphs.iter().rev() {
        telling.say(|| {
            let members = subgraph.members.iter().map(|member| match *member {
                Member::Node(node) => node_name(chart, node),
                Member::Subgraph(SubgraphIx(at)) => {
                    chart.subgraphs.get(at).map(|inner| name(&inner.title, &inner.id)).unwrap_or_default()
                }
            });
            let title = name(&subgraph.title, &subgraph.id);
            match list(members.collect::<Vec<_>>().into_iter()).as_str() {
                "" => format!("{title} is empty."),
                members => format!("{title} holds {members}."),
            }
        });
    }
    let mut touched = vec![false; chart.nodes.len()];
    let visible: Vec<_> = chart.edges.iter().filter(|edge| edge.stroke != Some(Stroke::Invisible)).collect();
    for edge in &visible {
        touched[edge.from.0] = true;
        touched[edge.to.0] = true;
    }
    // Edges that stand behind each other and leave one node are told together.
    for edges in visible.chunk_by(|one, next| one.from == next.from && verb(one.heads) == verb(next.heads)) {
        telling.say(|| {
            let targets = edges.iter().map(|edge| {
                let target = node_name(chart, edge.to);
                match edge.label.as_ref().map(plain).filter(|label| !label.is_empty()) {
                    Some(label) => format!("{target} ({label})"),
                    None => target,
                }
            });
            let from = node_name(chart, edges[0].from);
            format!("{from} {} {}.", verb(edges[0].heads), list(targets.collect::<Vec<_>>().into_iter()))
        });
    }
    let alone: Vec<String> = chart
        .nodes
        .iter()
        .enumerate()
        .filter(|(index, node)| !touched[*index] && node.subgraph.is_none())
        .map(|(index, _)| node_name(chart, NodeIx(index)))
        .collect();
    if visible.is_empty() && chart.subgraphs.is_empty() && !alone.is_empty() {
        telling.say(|| format!("It shows {}.", list(alone.into_iter())));
    }
}

fn verb(heads: Option<crate::mermaid::diagram::flowchart::Heads>) -> &'static str {
    match heads {
        Some(heads) if heads.end == Head::Open => "is connected with",
        Some(heads) if heads.double => "leads to and from",
        _ => "leads to",
    }
}

fn state_name(diagram: &StateDiagram, ix: StateIx) -> String {
    let state = diagram.state(ix);
    match state.kind {
        Some(StateKind::Start) => "the start".to_owned(),
        Some(StateKind::End) => "the end".to_owned(),
        Some(StateKind::Fork) => "a fork".to_owned(),
        Some(StateKind::Join) => "a join".to_owned(),
        Some(StateKind::Choice) => "a choice".to_owned(),
        _ => name(&state.label, &state.id),
    }
}

fn state_title(diagram: &StateDiagram) -> String {
    let outer = diagram.states.iter().enumerate().filter(|(_, state)| {
        matches!(state.kind, None | Some(StateKind::Simple | StateKind::Described | StateKind::Composite))
            && state.parent.is_none()
    });
    let names: Vec<String> = outer.map(|(index, _)| state_name(diagram, StateIx(index))).collect();
    match list(names.into_iter()).as_str() {
        "" => "State diagram".to_owned(),
        names => format!("State diagram: {names}"),
    }
}

fn tell_states(diagram: &StateDiagram, telling: &mut Telling) {
    for transitions in diagram.transitions.chunk_by(|one, next| one.from == next.from) {
        telling.say(|| {
            let targets: Vec<String> = transitions
                .iter()
                .map(|transition| {
                    let target = state_name(diagram, transition.to);
                    match transition.label.as_ref().map(plain).filter(|label| !label.is_empty()) {
                        Some(label) => format!("{target} ({label})"),
                        None => target,
                    }
                })
                .collect();
            let sentence = format!(
                "{} leads to {}.",
                state_name(diagram, transitions[0].from),
                list(targets.into_iter())
            );
            capitalised(&sentence)
        });
    }
    for note in &diagram.notes {
        telling
            .say(|| format!("Note on {}: {}", state_name(diagram, note.state), sentence(&plain(&note.text))));
    }
}

fn tell_sequence(diagram: &SequenceDiagram, telling: &mut Telling) {
    let participant = |ix| {
        let participant = diagram.participant(ix);
        name(&participant.label, &participant.id)
    };
    for event in &diagram.events {
        match event {
            Event::Message(message) => telling.say(|| {
                let ends = format!("{} to {}", participant(message.from), participant(message.to));
                match plain(&message.text).as_str() {
                    "" => format!("{ends}."),
                    text => format!("{ends}: {}", sentence(text)),
                }
            }),
            Event::Note(note) => telling.say(|| format!("Note: {}", sentence(&plain(&note.text)))),
            Event::Open(ix) => {
                let kind = diagram.fragments[ix.0].kind;
                // A background means nothing to who does not see it.
                if kind != FragmentKind::Rect {
                    telling.say(|| operand(diagram, *ix, 0, kind.keyword()));
                }
            }
            Event::Operand(ix, index) => {
                let keyword = diagram.fragments[ix.0].kind.separator().unwrap_or_default();
                telling.say(|| operand(diagram, *ix, *index, keyword));
            }
            _ => {}
        }
    }
}

/// The keyword that starts an operand, and its condition.
fn operand(diagram: &SequenceDiagram, ix: FragmentIx, index: usize, keyword: &str) -> String {
    let operand = diagram.fragments[ix.0].operands.get(index);
    let condition = operand.map(|operand| plain(&operand.text)).unwrap_or_default();
    sentence(format!("{} {condition}", capitalised(keyword)).trim_end())
}

/// The text with a full stop unless it ends like a sentence.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…', ':']) { text.to_owned() } else { format!("{text}.") }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
