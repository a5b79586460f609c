//! State machines of HA services.

use crate::claims::behaviour::{Action, DrawnState, DrawnTransition, StateMachine};
use crate::claims::claim::{EntityKind, Fact, Subject};
use crate::claims::label::Label;
use crate::claims::words::Words;
use crate::cluster::model::ha::{ServiceState, StateName};
use crate::mermaid::diagram::state::{StateDiagram, StateKind};

use super::Field;
use super::speaker::Speaker;

/// Words of which the heading or a transition must hold one before states are read as those of an HA service.
const HA: &[&str] =
    &["ha", "ha manager", "crm", "lrm", "high availability", "failover", "fencing", "fence", "vm", "node"];

/// The state machine that the diagram draws; `None` when it is not one of an HA service.
pub(super) fn read(
    diagram: &StateDiagram,
    section: Option<&str>,
    field: &Field,
    speaker: &mut Speaker,
) -> Option<StateMachine> {
    let labels: Vec<Label> = diagram.states.iter().map(|state| Label::written(&state.label)).collect();
    let triggers: Vec<Option<Label>> =
        diagram.transitions.iter().map(|transition| transition.label.as_ref().map(Label::written)).collect();
    let heading = Words::of(section.unwrap_or_default());
    let mut words: Vec<&Words> = triggers.iter().flatten().map(Label::words).collect();
    let speaks_of_ha = heading.has_any(HA) || words.iter().any(|words| words.has_any(HA));
    words.extend(labels.iter().map(Label::words));
    let drawn: Vec<Option<usize>> = {
        let mut next = 0;
        let is_drawn = |kind: Option<StateKind>| {
            matches!(kind, None | Some(StateKind::Simple | StateKind::Described | StateKind::Composite))
        };
        diagram
            .states
            .iter()
            .map(|state| {
                is_drawn(state.kind).then(|| {
                    next += 1;
                    next - 1
                })
            })
            .collect()
    };
    let states: Vec<DrawnState> = diagram
        .states
        .iter()
        .zip(&labels)
        .zip(&drawn)
        .filter(|(_, drawn)| drawn.is_some())
        .map(|((state, label), _)| DrawnState {
            name: label.one_line(),
            place: speaker.place(state.span),
            meaning: ServiceState::read(&label.one_line()),
        })
        .collect();
    if !speaks_of_ha || !is_ha(&states) || !field.is_subject(&heading, &words) {
        return None;
    }
    let transitions: Vec<DrawnTransition> = diagram
        .transitions
        .iter()
        .zip(&triggers)
        .filter_map(|(transition, trigger)| {
            Some(DrawnTransition {
                from: drawn[transition.from.0]?,
                to: drawn[transition.to.0]?,
                trigger: trigger.as_ref().map(Label::one_line).unwrap_or_default(),
                action: trigger.as_ref().map_or(Action::Other, |label| Action::read(label.words())),
                place: speaker.place(transition.span),
            })
        })
        .collect();
    let name = section
        .map_or_else(|| states.first().map(|state| state.name.clone()).unwrap_or_default(), str::to_owned);
    let subject = Subject::new(EntityKind::StateMachine, &name);
    for state in &states {
        speaker.say(&subject, Fact::State(state.name.clone()), state.place.span);
    }
    for transition in &transitions {
        let (from, to) = (&states[transition.from].name, &states[transition.to].name);
        let fact = Fact::Transition(from.clone(), to.clone(), transition.trigger.clone());
        speaker.say(&subject, fact, transition.place.span);
    }
    Some(StateMachine { name, states, transitions })
}

/// At least half of the states carry names of Proxmox or usual words for them, and one is a name that only its HA stack uses.
fn is_ha(states: &[DrawnState]) -> bool {
    let known = states.iter().filter(|state| !matches!(state.meaning, StateName::Unknown)).count();
    let telling = states.iter().any(|state| {
        matches!(
            state.meaning,
            StateName::Stored(
                ServiceState::Freeze
                    | ServiceState::Fence
                    | ServiceState::Recovery
                    | ServiceState::Relocate
                    | ServiceState::Migrate
                    | ServiceState::RequestStop
                    | ServiceState::RequestStart
            ) | StateName::MeantFor(
                ServiceState::Freeze
                    | ServiceState::Fence
                    | ServiceState::Recovery
                    | ServiceState::Relocate
                    | ServiceState::Migrate
            )
        )
    });
    telling && known * 2 >= states.len()
}
