//! When participants come and go, and which of them a fragment covers: what has to be known before the first row.

use std::collections::BTreeMap;

use crate::mermaid::diagram::sequence::{Event, FragmentIx, ParticipantIx, SequenceDiagram};

use super::activity::Activity;
use super::gaps::Column;

/// The participants of a diagram, in the order of their lifelines.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// From left to right.
    pub(super) participants: Vec<ParticipantIx>,
    /// The lifeline of each participant.
    columns: Vec<Column>,
}

impl Order {
    /// The order of the diagram, with the members of a box beside its first one.
    pub(super) fn of(diagram: &SequenceDiagram) -> Self {
        let mut first_of_box = BTreeMap::new();
        let mut keys: Vec<(usize, usize)> = Vec::with_capacity(diagram.participants.len());
        for (at, participant) in diagram.participants.iter().enumerate() {
            let place = participant.in_box.map_or(at, |in_box| *first_of_box.entry(in_box).or_insert(at));
            keys.push((place, at));
        }
        keys.sort_unstable();
        let participants: Vec<ParticipantIx> = keys.into_iter().map(|(_, at)| ParticipantIx(at)).collect();
        let mut columns = vec![Column(0); participants.len()];
        for (column, participant) in participants.iter().enumerate() {
            columns[participant.0] = Column(column);
        }
        Self { participants, columns }
    }

    /// The lifeline of `participant`.
    pub(super) fn column(&self, participant: ParticipantIx) -> Column {
        self.columns.get(participant.0).copied().unwrap_or(Column(0))
    }

    /// How many lifelines there are; a diagram without participants is laid out around one that is not drawn.
    pub(super) fn n_columns(&self) -> usize {
        self.participants.len().max(1)
    }

    /// The lifelines that `event` touches.
    pub(super) fn touched(&self, event: &Event) -> [Option<Column>; 2] {
        let (first, second) = match event {
            Event::Message(message) => (Some(message.from), Some(message.to)),
            Event::Note(note) => (Some(note.over.0), note.over.1),
            Event::Activate(activation) | Event::Deactivate(activation) => (activation.participant, None),
            Event::CentralTo(_)
            | Event::CentralFrom(_)
            | Event::Open(_)
            | Event::Operand(..)
            | Event::Close(_)
            | Event::Autonumber(_) => (None, None),
        };
        [first, second].map(|participant| participant.map(|participant| self.column(participant)))
    }
}

/// Where a lifeline starts or ends among the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// With the message that is this event.
    With(usize),
    /// Before this event, on its own.
    Before(usize),
}

/// What the events say as a whole.
#[derive(Debug, Clone)]
pub(super) struct Lives {
    /// When each lifeline starts; `None` for those that are there from the beginning.
    pub(super) births: Vec<Option<Moment>>,
    /// When each lifeline ends; `None` for those that stay.
    pub(super) deaths: Vec<Option<Moment>>,
    /// Lifelines that start or end before an event on their own.
    pub(super) alone: BTreeMap<usize, Vec<Column>>,
    /// The most activations that each lifeline has at once.
    pub(super) max_depths: Vec<usize>,
    /// The first and the last lifeline that each fragment covers.
    pub(super) spans: Vec<(Column, Column)>,
}

impl Lives {
    pub(super) fn of(diagram: &SequenceDiagram, order: &Order) -> Self {
        let n_columns = order.n_columns();
        let mut lives = Self {
            births: vec![None; n_columns],
            deaths: vec![None; n_columns],
            alone: BTreeMap::new(),
            max_depths: vec![0; n_columns],
            spans: Vec::new(),
        };
        lives.find_moments(diagram, order);
        lives.find_depths(diagram, order);
        lives.find_spans(diagram, order);
        lives
    }

    /// A participant is created by the message to it that touches it first, and destroyed by the first message from or to
    /// it behind its `destroy`; what has no such message comes or goes on its own.
    fn find_moments(&mut self, diagram: &SequenceDiagram, order: &Order) {
        let mut first_touch: Vec<Option<usize>> = vec![None; self.births.len()];
        let participant_of = |column: Column| {
            order.participants.get(column.0).map(|participant| diagram.participant(*participant))
        };
        for (at, event) in diagram.events.iter().enumerate() {
            for column in order.touched(event).into_iter().flatten() {
                first_touch[column.0].get_or_insert(at);
                let destroyed_at = participant_of(column).and_then(|participant| participant.destroyed_at);
                if matches!(event, Event::Message(_)) && destroyed_at.is_some_and(|destroyed| destroyed <= at)
                {
                    self.deaths[column.0].get_or_insert(Moment::With(at));
                }
            }
        }
        for (index, first_touch) in first_touch.into_iter().enumerate() {
            let column = Column(index);
            let Some(participant) = participant_of(column) else {
                continue;
            };
            if let Some(created_at) = participant.created_at {
                let creates = |at: &usize| {
                    matches!(&diagram.events[*at], Event::Message(message)
                        if order.column(message.to) == column && message.from != message.to)
                };
                let birth = first_touch.filter(creates).map_or(Moment::Before(created_at), Moment::With);
                self.births[index] = Some(birth);
            }
            if let Some(destroyed_at) = participant.destroyed_at {
                self.deaths[index].get_or_insert(Moment::Before(destroyed_at));
            }
            for moment in [self.births[index], self.deaths[index]].into_iter().flatten() {
                if let Moment::Before(at) = moment {
                    let lifelines = self.alone.entry(at).or_default();
                    if lifelines.last() != Some(&column) {
                        lifelines.push(column);
                    }
                }
            }
        }
    }

    fn find_depths(&mut self, diagram: &SequenceDiagram, order: &Order) {
        let mut activity = Activity::new(self.births.len());
        for event in &diagram.events {
            match event {
                Event::Activate(_) => {
                    for column in order.touched(event).into_iter().flatten() {
                        activity.start(column);
                        let depth = &mut self.max_depths[column.0];
                        *depth = (*depth).max(activity.depth(column));
                    }
                }
                Event::Deactivate(_) => {
                    order.touched(event).into_iter().flatten().for_each(|column| activity.end(column));
                }
                _ => {}
            }
        }
    }

    /// A fragment covers what its events touch; one that touches nothing covers what the fragment around it covers.
    fn find_spans(&mut self, diagram: &SequenceDiagram, order: &Order) {
        let mut spans: Vec<Option<(Column, Column)>> = vec![None; diagram.fragments.len()];
        let mut parents: Vec<Option<FragmentIx>> = vec![None; diagram.fragments.len()];
        let mut open: Vec<FragmentIx> = Vec::new();
        let touch = |spans: &mut Vec<Option<(Column, Column)>>, at: Option<&FragmentIx>, column: Column| {
            if let Some(span) = at.and_then(|ix| spans.get_mut(ix.0)) {
                let (first, last) = span.unwrap_or((column, column));
                *span = Some((first.min(column), last.max(column)));
            }
        };
        for (at, event) in diagram.events.iter().enumerate() {
            for column in self.alone.get(&at).into_iter().flatten() {
                touch(&mut spans, open.last(), *column);
            }
            match event {
                Event::Open(ix) => {
                    if let Some(parent) = parents.get_mut(ix.0) {
                        *parent = open.last().copied();
                    }
                    open.push(*ix);
                }
                Event::Close(_) => {
                    let span = open.pop().and_then(|ix| spans[ix.0]);
                    for column in span.into_iter().flat_map(|(first, last)| [first, last]) {
                        touch(&mut spans, open.last(), column);
                    }
                }
                _ => {
                    for column in order.touched(event).into_iter().flatten() {
                        touch(&mut spans, open.last(), column);
                    }
                }
            }
        }
        // A fragment opens behind the one around it, so that its parent's span is known.
        let all = (Column(0), Column(self.births.len() - 1));
        for at in 0..spans.len() {
            let parent = parents[at].and_then(|parent| self.spans.get(parent.0)).copied();
            self.spans.push(spans[at].or(parent).unwrap_or(all));
        }
    }
}
