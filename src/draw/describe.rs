//! What a diagram is called and what it shows, in words: for those who do not see the drawing.
//!
//! What the author says counts (`accTitle`, `accDescr`, `title`); otherwise one sentence per part, in reading order.

use crate::mermaid::diagram::flowchart::{Flowchart, NodeIx, SubgraphIx};
use crate::mermaid::diagram::sequence::{Event, FragmentKind, SequenceDiagram};
use crate::mermaid::diagram::state::{StateDiagram, StateIx, StateKind};
use crate::mermaid::diagram::{Diagram, Titles};

use super::prose;
use super::story::{Lead, Part, Story, state_name};
use super::wording::{list, name, one_line, opening, sentence, series};

/// More sentences than these are counted, not said: nobody listens to hundreds.
const MAX_SENTENCES: usize = 40;

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
        Diagram::Flowchart(chart) => tell_story(&Story::of_flowchart(chart), &mut telling),
        Diagram::State(diagram) => tell_story(&Story::of_states(diagram), &mut telling),
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

/// Tells a chart part by part in reading order: what a group holds, then where each part leads.
fn tell_story(story: &Story, telling: &mut Telling) {
    let mut parts = story.order.iter().copied().filter(|at| is_told(&story.parts[*at])).peekable();
    let mut has_led = false;
    while let Some(at) = parts.next() {
        let part = &story.parts[at];
        if part.is_group {
            has_led = true;
            telling.say(|| {
                let mut members = part.members.clone();
                members.sort_by_key(|member| story.places[*member]);
                let members = members.into_iter().map(|member| story.parts[member].name.clone());
                let title = opening(&part.name);
                match list(members.collect::<Vec<_>>().into_iter()).as_str() {
                    "" => format!("{title} is empty."),
                    members => format!("{title} holds {members}."),
                }
            });
        }
        if !part.leads.is_empty() {
            has_led = true;
            // Parts that stand behind each other and lead to the same are told together.
            let mut subjects = vec![part.name.clone()];
            while let Some(next) = parts.next_if(|next| are_alike(part, &story.parts[*next])) {
                subjects.push(story.parts[next].name.clone());
            }
            telling.say(|| leads(story, at, &subjects));
        }
        for note in &part.notes {
            telling.say(|| format!("Note on {}: {}", part.name, sentence(note)));
        }
    }
    if !has_led && !story.parts.is_empty() {
        let names = story.order.iter().map(|at| story.parts[*at].name.clone());
        telling.say(|| format!("It shows {}.", list(names)));
    }
}

fn is_told(part: &Part) -> bool {
    part.is_group || !part.leads.is_empty() || !part.notes.is_empty()
}

/// True when both lead to the same in the same way, and nothing else is to be told of the second.
fn are_alike(part: &Part, next: &Part) -> bool {
    let is_plain = |part: &Part| !part.is_group && part.notes.is_empty();
    let alike = |one: &Lead, other: &Lead| {
        one.to == other.to && one.manner == other.manner && one.label.is_empty() && other.label.is_empty()
    };
    is_plain(part)
        && is_plain(next)
        && part.leads.len() == next.leads.len()
        && part.leads.iter().zip(&next.leads).all(|(one, other)| alike(one, other))
}

/// Where parts lead that lead to the same: `A and B lead to C`, `A leads to B; on “no”, to C`.
fn leads(story: &Story, at: usize, subjects: &[String]) -> String {
    let who = series(subjects);
    let said = prose::clauses(story, at, subjects.len() == 1, |lead| lead.label.is_empty());
    let mut clauses = Vec::new();
    if !said.is_empty() {
        clauses.push(format!("{who} {said}"));
    }
    for lead in story.parts[at].leads.iter().filter(|lead| !lead.label.is_empty()) {
        let target = prose::target(story, at, lead);
        let who = if clauses.is_empty() { format!("{who} leads {target}") } else { target };
        clauses.push(format!("on “{}”, {who}", lead.label));
    }
    sentence(&opening(&clauses.join("; ")))
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

fn tell_sequence(diagram: &SequenceDiagram, telling: &mut Telling) {
    let participant = |ix| {
        let participant = diagram.participant(ix);
        name(&participant.label, &participant.id)
    };
    for event in &diagram.events {
        match event {
            Event::Message(message) => telling.say(|| prose::step(message, participant)),
            Event::Note(note) => telling.say(|| prose::remark(note, participant)),
            // A background means nothing to who does not see it.
            Event::Open(ix)
                if diagram.fragments.get(ix.0).is_some_and(|open| open.kind != FragmentKind::Rect) =>
            {
                telling.say(|| prose::operand(diagram, *ix, 0));
            }
            Event::Operand(ix, index) => telling.say(|| prose::operand(diagram, *ix, *index)),
            _ => {}
        }
    }
}
