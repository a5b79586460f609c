//! Sequences of messages between the parts of a cluster.

use crate::base::text::Place;
use crate::claims::behaviour::{Action, Exchange, ExchangeMessage};
use crate::claims::claim::{EntityKind, Fact, Subject};
use crate::claims::label::Label;
use crate::claims::vocabulary::Role;
use crate::claims::words::Words;
use crate::mermaid::diagram::sequence::{Event, Participant, SequenceDiagram};

use super::Field;
use super::naming::{self, NameStatement};
use super::speaker::Speaker;

/// The exchange that the diagram tells; `None` when its participants are no parts of a cluster.
pub(super) fn read(
    sequence: &SequenceDiagram,
    section: Option<&str>,
    field: &Field,
    names: &[NameStatement],
    speaker: &mut Speaker,
) -> Option<Exchange> {
    let participants: Vec<Label> = sequence.participants.iter().map(label).collect();
    let heading = Words::of(section.unwrap_or_default());
    let words: Vec<&Words> = participants.iter().map(Label::words).collect();
    let stated: Vec<Option<&NameStatement>> = sequence
        .participants
        .iter()
        .zip(&participants)
        .map(|(participant, label)| naming::find(names, &participant.id, &label.one_line()))
        .collect();
    let roles: Vec<Option<Role>> = participants
        .iter()
        .zip(&stated)
        .map(|(label, stated)| match stated {
            Some(stated) => Some(stated.role),
            None => field.vocabulary.naming(label.words(), label.words().len()).map(|naming| naming.role),
        })
        .collect();
    let is_part =
        |role: &Option<Role>| matches!(role, Some(Role::Node | Role::Corosync | Role::QDevice | Role::Ha(_)));
    if roles.iter().filter(|role| is_part(role)).count() < 2 || !field.is_subject(&heading, &words) {
        return None;
    }
    for (nth, (participant, role)) in sequence.participants.iter().zip(&roles).enumerate() {
        let name = stated[nth].map_or_else(|| participants[nth].one_line(), |stated| stated.name.clone());
        let (subject, fact) = match role {
            Some(Role::Node) => (Subject::new(EntityKind::Node, name), Fact::Exists),
            Some(Role::Corosync) => (Subject::the(EntityKind::Corosync), Fact::Exists),
            Some(Role::QDevice) => (Subject::the(EntityKind::QDevice), Fact::Exists),
            Some(Role::Ha(part)) => (Subject::new(EntityKind::Ha, name), Fact::Part(*part)),
            _ => continue,
        };
        speaker.say(&subject, fact, participant.span);
    }
    let (messages, failure) = read_messages(sequence, &participants, speaker);
    let name = section.map_or_else(
        || messages.first().map(|message| message.text.clone()).unwrap_or_default(),
        str::to_owned,
    );
    let subject = Subject::new(EntityKind::Exchange, &name);
    for (at, message) in messages.iter().enumerate() {
        let fact = Fact::Message(at + 1, message.from.clone(), message.to.clone(), message.text.clone());
        speaker.say(&subject, fact, message.place.span);
    }
    Some(Exchange { name, messages, failure })
}

fn label(participant: &Participant) -> Label<'_> {
    if participant.label.as_str() == participant.id {
        Label::identifier(&participant.label)
    } else {
        Label::written(&participant.label)
    }
}

/// The messages, and the failure of a node with the number of messages before it is over.
fn read_messages(
    sequence: &SequenceDiagram,
    participants: &[Label],
    speaker: &Speaker,
) -> (Vec<ExchangeMessage>, Option<(Place, usize)>) {
    let mut conditions: Vec<String> = Vec::new();
    let mut messages = Vec::new();
    let mut failure = None;
    for event in &sequence.events {
        match event {
            Event::Open(fragment) => {
                let operand = sequence.fragments[fragment.0].operands.first();
                conditions.push(operand.map(|operand| operand.text.as_str().to_owned()).unwrap_or_default());
            }
            Event::Operand(fragment, nth) => {
                let operand = sequence.fragments[fragment.0].operands.get(*nth);
                if let (Some(last), Some(operand)) = (conditions.last_mut(), operand) {
                    operand.text.as_str().clone_into(last);
                }
            }
            Event::Close(_) => {
                conditions.pop();
            }
            Event::Note(note) => {
                let text = Label::written(&note.text);
                if failure.is_none() && Action::read(text.words()) == Action::NodeFails {
                    failure = Some((speaker.place(text.full_span()), messages.len()));
                }
            }
            Event::Message(message) => {
                let text = Label::written(&message.text);
                let span = if text.words().is_empty() { message.span } else { text.full_span() };
                let place = speaker.place(span);
                let action = Action::read(text.words());
                messages.push(ExchangeMessage {
                    from: participants[message.from.0].one_line(),
                    to: participants[message.to.0].one_line(),
                    action,
                    text: text.one_line(),
                    place,
                    conditions: conditions
                        .iter()
                        .filter(|condition| !condition.is_empty())
                        .cloned()
                        .collect(),
                });
                if failure.is_none() && action == Action::NodeFails {
                    failure = Some((place, messages.len()));
                }
            }
            _ => {}
        }
    }
    (messages, failure)
}
