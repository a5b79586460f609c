//! A diagram in words: a nested list of what leads where, in reading order, for those who read rather than look.
//!
//! Unlike a description it leaves nothing out, and it is a text with paragraphs, not a few sentences.

use crate::base::markup::Markup;
use crate::mermaid::diagram::Diagram;
use crate::mermaid::diagram::sequence::{
    Event, FragmentIx, FragmentKind, Message, Note, ParticipantIx, Placement, SequenceDiagram,
};

use super::label::plain;
use super::story::{Lead, Manner, Part, Story};
use super::wording::{list, name, opening, sentence, series, tame};

/// Entries are not nested deeper than this: deeper ones stand beside each other.
const MAX_DEPTH: usize = 12;

/// One entry of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// How many entries it lies within.
    pub depth: usize,
    /// Its number, for what happens in turn.
    pub number: Option<usize>,
    /// Whom it is about; may be empty.
    pub subject: String,
    /// What is said.
    pub text: String,
}

/// The diagram in words. An entry lies at most one level deeper than the one before it.
pub fn tell(diagram: &Diagram) -> Vec<Entry> {
    let mut entries = match diagram {
        Diagram::Flowchart(chart) => tell_story(&Story::of_flowchart(chart)),
        Diagram::State(diagram) => tell_story(&Story::of_states(diagram)),
        Diagram::Sequence(diagram) => tell_sequence(diagram),
    };
    let mut deepest = 0;
    for entry in &mut entries {
        entry.depth = entry.depth.min(MAX_DEPTH).min(deepest);
        deepest = entry.depth + 1;
    }
    entries
}

/// A heading of Markdown that names a diagram among others, with an empty line below it.
pub fn heading(title: &str) -> String {
    format!("## {}\n\n", escaped(title))
}

/// The entries as a list of Markdown, each line ended by a newline.
pub fn markdown(entries: &[Entry]) -> String {
    let mut out = String::new();
    // Where the text of each open entry starts.
    let mut columns: Vec<usize> = Vec::new();
    for entry in entries {
        columns.truncate(entry.depth);
        let indent = columns.last().copied().unwrap_or_default();
        let mark = entry.number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
        columns.push(indent + mark.len() + 1);
        out.push_str(&" ".repeat(indent));
        out.push_str(&mark);
        out.push(' ');
        if !entry.subject.is_empty() {
            out.push_str("**");
            out.push_str(&escaped(&entry.subject));
            out.push_str("**");
            if !entry.text.starts_with([',', ':']) {
                out.push(' ');
            }
        }
        out.push_str(escaped(&entry.text).trim_end());
        out.push('\n');
    }
    out
}

/// The entries as lists of HTML, on one line.
pub fn html(entries: &[Entry]) -> Markup {
    let mut out = Markup::new();
    let mut open: Vec<bool> = Vec::new();
    for entry in entries {
        let is_numbered = entry.number.is_some();
        while open.len() > entry.depth + 1 {
            out.close();
            out.close();
            open.pop();
        }
        if open.len() == entry.depth + 1 {
            out.close();
            if open.last() != Some(&is_numbered) {
                out.close();
                open.pop();
            }
        }
        if open.len() <= entry.depth {
            if is_numbered {
                out.open("ol").set_if("start", entry.number.filter(|number| *number > 1));
            } else {
                out.open("ul");
            }
            open.push(is_numbered);
        }
        out.open("li");
        if !entry.subject.is_empty() {
            out.element("strong", &entry.subject);
            if !entry.text.starts_with([',', ':']) {
                out.text(" ");
            }
        }
        out.text(&entry.text);
    }
    for _ in open {
        out.close();
        out.close();
    }
    out
}

/// The text with a backslash before what Markdown would read as more than a character.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in tame(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The entries of a chart: one for each part, those of a group within it.
fn tell_story(story: &Story) -> Vec<Entry> {
    let in_order = |parts: &mut Vec<usize>| parts.sort_by_key(|part| story.places[*part]);
    let mut entries = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let push = |open: &mut Vec<(usize, usize)>, mut parts: Vec<usize>, depth: usize| {
        in_order(&mut parts);
        open.extend(parts.into_iter().rev().map(|part| (part, depth)));
    };
    let outer = (0..story.parts.len()).filter(|at| story.parts[*at].holder.is_none());
    push(&mut open, outer.collect(), 0);
    while let Some((at, depth)) = open.pop() {
        let part = &story.parts[at];
        // What only ends something was said where it is led to.
        if !is_silent(part) {
            tell_part(story, at, depth, &mut entries);
        }
        push(&mut open, part.members.clone(), depth + 1);
    }
    entries
}

fn is_silent(part: &Part) -> bool {
    part.leads.is_empty()
        && part.is_led_to
        && part.holder.is_none()
        && !part.is_group
        && part.notes.is_empty()
}

fn tell_part(story: &Story, at: usize, depth: usize, entries: &mut Vec<Entry>) {
    let part = &story.parts[at];
    let mut entry = Entry { depth, number: None, subject: opening(&part.name), text: String::new() };
    let is_branch = part.leads.len() > 1 && part.leads.iter().any(|lead| !lead.label.is_empty());
    let said = if is_branch { "leads".to_owned() } else { clauses(story, at, true, |_| true) };
    entry.text = match (part.is_group, said.is_empty()) {
        (false, true) if part.is_led_to => ", where it ends.".to_owned(),
        (false, true) => ", alone.".to_owned(),
        (true, true) => ":".to_owned(),
        (true, false) if is_branch => ":".to_owned(),
        (true, false) => format!("{} In it:", sentence(&said)),
        (false, false) if is_branch => format!("{said}:"),
        (false, false) => sentence(&said),
    };
    if part.is_group && part.members.is_empty() {
        entry.text = if said.is_empty() { "is empty.".to_owned() } else { sentence(&said) };
    }
    entries.push(entry);
    let below = |text: String| Entry { depth: depth + 1, text, ..Entry::default() };
    entries.extend(part.notes.iter().map(|note| below(format!("Note: {}", sentence(note)))));
    if is_branch {
        let lead_in = if part.is_group { "as a whole leads " } else { "" };
        let branches = part.leads.iter().map(|lead| {
            let on = if lead.label.is_empty() { String::new() } else { format!("on “{}” ", lead.label) };
            below(sentence(&format!("{lead_in}{on}{}", target(story, at, lead))))
        });
        entries.extend(branches);
    }
}

/// To, and back to, whom a branch leads.
pub(super) fn target(story: &Story, at: usize, lead: &Lead) -> String {
    let to = &story.parts[lead.to].name;
    match lead.manner {
        Manner::Tie => format!("over a line to {to}"),
        Manner::Both => format!("to {to} and from there"),
        Manner::To if lead.to == at => "to itself".to_owned(),
        Manner::To if story.is_back(at, lead) => format!("back to {to}"),
        Manner::To => format!("to {to}"),
    }
}

/// Where a part leads, as clauses behind its name; labels stand behind what they lead to. Only the leads that `counts` are
/// told, as of one part or of several that lead to the same.
pub(super) fn clauses(story: &Story, at: usize, is_one: bool, counts: impl Fn(&Lead) -> bool) -> String {
    let (mut ahead, mut back, mut both, mut ties) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for lead in story.parts[at].leads.iter().filter(|lead| counts(lead)) {
        let to = if lead.to == at { "itself" } else { &story.parts[lead.to].name };
        let to = if lead.label.is_empty() { to.to_owned() } else { format!("{to} on “{}”", lead.label) };
        match lead.manner {
            Manner::Both => both.push(to),
            Manner::Tie => ties.push(to),
            Manner::To if lead.to != at && story.is_back(at, lead) => back.push(to),
            Manner::To => ahead.push(to),
        }
    }
    let (lead, be) = if is_one { ("leads", "is") } else { ("lead", "are") };
    let mut clauses = Vec::new();
    let mut add = |verb: String, names: Vec<String>| {
        if !names.is_empty() {
            clauses.push(format!("{verb} {}", list(names.into_iter())));
        }
    };
    add(format!("{lead} to"), ahead);
    add(format!("{lead} back to"), back);
    add(format!("{lead} to and from"), both);
    add(format!("{be} connected with"), ties);
    series(&clauses)
}

/// The steps of a sequence diagram, what happens in a fragment within it.
fn tell_sequence(diagram: &SequenceDiagram) -> Vec<Entry> {
    let participant = |ix| {
        let participant = diagram.participant(ix);
        name(&participant.label, &participant.id)
    };
    let mut entries = Vec::new();
    if !diagram.participants.is_empty() {
        let names: Vec<String> = diagram
            .participants
            .iter()
            .map(|participant| name(&participant.label, &participant.id))
            .collect();
        let verb = if names.len() == 1 { "takes" } else { "take" };
        let text = format!("{} {verb} part.", series(&names));
        entries.push(Entry { text, ..Entry::default() });
    }
    for group in diagram.boxes.iter().filter(|group| !plain(&group.label).is_empty()) {
        let names: Vec<String> = group.participants.iter().map(|ix| participant(*ix)).collect();
        let text = format!("holds {}.", series(&names));
        entries.push(Entry { subject: plain(&group.label), text, ..Entry::default() });
    }
    // What is open, each with the number of its last entry. All entries are numbered: in Markdown a list that does not
    // start with 1 would be read as a part of the entry above it.
    let mut numbers = vec![0_usize];
    for event in &diagram.events {
        let (text, is_opening) = match event {
            Event::Message(message) => (step(message, participant), false),
            Event::Note(note) => (remark(note, participant), false),
            // A background means nothing to who does not see it.
            Event::Open(ix) if kind(diagram, *ix) != FragmentKind::Rect => (operand(diagram, *ix, 0), true),
            Event::Operand(ix, index) => {
                if numbers.len() > 1 {
                    numbers.pop();
                }
                (operand(diagram, *ix, *index), true)
            }
            Event::Close(ix) if kind(diagram, *ix) != FragmentKind::Rect && numbers.len() > 1 => {
                numbers.pop();
                continue;
            }
            _ => continue,
        };
        let depth = numbers.len() - 1;
        if let Some(number) = numbers.last_mut() {
            *number += 1;
            entries.push(Entry { depth, number: Some(*number), text, ..Entry::default() });
        }
        if is_opening {
            numbers.push(0);
        }
    }
    entries
}

fn kind(diagram: &SequenceDiagram, ix: FragmentIx) -> FragmentKind {
    diagram.fragments.get(ix.0).map_or(FragmentKind::Rect, |fragment| fragment.kind)
}

/// What a message says, and who says it to whom.
pub(super) fn step(message: &Message, participant: impl Fn(ParticipantIx) -> String) -> String {
    let (from, to) = (participant(message.from), participant(message.to));
    let ends =
        if message.from == message.to { format!("{from} to itself") } else { format!("{from} to {to}") };
    match plain(&message.text).as_str() {
        "" => format!("{ends}."),
        text => format!("{ends}: {}", sentence(text)),
    }
}

/// What a note says, and where it stands.
pub(super) fn remark(note: &Note, participant: impl Fn(ParticipantIx) -> String) -> String {
    let mut at = vec![participant(note.over.0)];
    at.extend(note.over.1.filter(|other| *other != note.over.0).map(participant));
    let place = match note.placement {
        Placement::Over => "on",
        Placement::LeftOf | Placement::RightOf => "beside",
    };
    format!("Note {place} {}: {}", series(&at), sentence(&plain(&note.text)))
}

/// How an operand of a fragment begins: what kind it is, and its condition.
pub(super) fn operand(diagram: &SequenceDiagram, ix: FragmentIx, index: usize) -> String {
    let Some(fragment) = diagram.fragments.get(ix.0) else { return String::new() };
    let condition = fragment.operands.get(index).map(|operand| plain(&operand.text)).unwrap_or_default();
    let opening = match (fragment.kind, index) {
        (FragmentKind::Loop, _) => "Again and again",
        (FragmentKind::Opt, _) => "Perhaps",
        (FragmentKind::Break, _) => "This breaks it off",
        (FragmentKind::Rect, _) => "Together",
        (FragmentKind::Alt, 0) => "Either",
        (FragmentKind::Alt, _) => "Or else",
        (FragmentKind::Par | FragmentKind::ParOver, 0) => "At the same time",
        (FragmentKind::Par | FragmentKind::ParOver, _) => "And meanwhile",
        (FragmentKind::Critical, 0) => "Without interruption",
        (FragmentKind::Critical, _) => "In case",
    };
    if condition.is_empty() { format!("{opening}:") } else { format!("{opening}, “{condition}”:") }
}
