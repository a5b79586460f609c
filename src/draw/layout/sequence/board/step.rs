//! What happens in a sequence diagram, step by step, with its texts in cells.

use crate::draw::label::{Label, Setting};
use crate::draw::layout::cells::typewriter::{CELL, Typewriter, lines};
use crate::draw::layout::sequence::gaps::Column;
use crate::draw::layout::sequence::lives::{Lives, Moment, Order};
use crate::draw::layout::sequence::numbering::Numbering;
use crate::draw::measure::Face;
use crate::draw::scene::Run;
use crate::mermaid::diagram::sequence::{
    Arrow, Event, FragmentIx, FragmentKind, Message, Placement, SequenceDiagram,
};
use crate::mermaid::diagram::text::Text;

/// Lines of text.
pub(super) type Lines = Vec<Vec<Run>>;

/// Something that happens.
#[derive(Debug)]
pub(super) enum Step {
    /// A message; it may bring its receiver to life.
    Message { from: Column, to: Column, arrow: Arrow, text: Lines, is_birth: bool },
    /// A note.
    Note { placement: Placement, first: Column, last: Column, text: Lines },
    /// A participant comes to life by itself.
    Birth(Column),
    /// A lifeline ends where the step before stands.
    Death(Column),
    /// An activation starts.
    Start(Column),
    /// An activation ends.
    End(Column),
    /// A circle on a lifeline where the message before stands.
    Circle(Column),
    /// A fragment opens, with its keyword and condition.
    Open(usize, Lines),
    /// The next operand of a fragment starts.
    Operand(usize, Lines),
    /// A fragment closes.
    Close(usize),
}

/// Everything that happens, in order; lines of text have at most `length` characters where they can be broken.
pub(super) fn steps(diagram: &SequenceDiagram, order: &Order, lives: &Lives, length: usize) -> Vec<Step> {
    let mut steps = Vec::with_capacity(diagram.events.len());
    let mut numbering = Numbering::new();
    let is_rect = |ix: FragmentIx| {
        diagram.fragments.get(ix.0).is_none_or(|fragment| fragment.kind == FragmentKind::Rect)
    };
    for (at, event) in diagram.events.iter().enumerate() {
        alone(lives, at, &mut steps);
        match event {
            Event::Message(message) => {
                let (from, to) = (order.column(message.from), order.column(message.to));
                let text = numbered(set(&message.text, length), numbering.take());
                let is_birth = lives.births.get(to.0) == Some(&Some(Moment::With(at))) && from != to;
                steps.push(Step::Message { from, to, arrow: message.arrow, text, is_birth });
                steps.extend(ends(lives, order, message, at).map(Step::Death));
            }
            Event::Note(note) => {
                let first = order.column(note.over.0);
                let second = note.over.1.map_or(first, |other| order.column(other));
                let text = set(&note.text, length);
                let (first, last) = (first.min(second), first.max(second));
                steps.push(Step::Note { placement: note.placement, first, last, text });
            }
            Event::Activate(activation) => {
                steps
                    .extend(activation.participant.map(|participant| Step::Start(order.column(participant))));
            }
            Event::Deactivate(activation) => {
                steps.extend(activation.participant.map(|participant| Step::End(order.column(participant))));
            }
            Event::CentralTo(participant) | Event::CentralFrom(participant) => {
                steps.push(Step::Circle(order.column(*participant)));
            }
            Event::Open(ix) if !is_rect(*ix) => {
                steps.push(Step::Open(ix.0, operand(diagram, *ix, 0, length)));
            }
            Event::Operand(ix, index) if !is_rect(*ix) => {
                steps.push(Step::Operand(ix.0, operand(diagram, *ix, *index, length)));
            }
            Event::Close(ix) if !is_rect(*ix) => steps.push(Step::Close(ix.0)),
            Event::Autonumber(change) => numbering.change(change),
            Event::Open(_) | Event::Operand(..) | Event::Close(_) => {}
        }
    }
    alone(lives, diagram.events.len(), &mut steps);
    steps
}

/// What comes or goes on its own before an event.
fn alone(lives: &Lives, at: usize, steps: &mut Vec<Step>) {
    for column in lives.alone.get(&at).into_iter().flatten() {
        if lives.births.get(column.0) == Some(&Some(Moment::Before(at))) {
            steps.push(Step::Birth(*column));
        }
        if lives.deaths.get(column.0) == Some(&Some(Moment::Before(at))) {
            steps.push(Step::Death(*column));
        }
    }
}

/// The ends of a message whose lifelines end with it.
fn ends(lives: &Lives, order: &Order, message: &Message, at: usize) -> impl Iterator<Item = Column> {
    let (from, to) = (order.column(message.from), order.column(message.to));
    let ends = |column: &Column| lives.deaths.get(column.0) == Some(&Some(Moment::With(at)));
    let second = (from != to).then_some(to);
    [Some(from), second].into_iter().flatten().filter(ends).collect::<Vec<_>>().into_iter()
}

/// A text in lines.
pub(super) fn set(text: &Text, length: usize) -> Lines {
    let setting = Setting { face: Face::regular(CELL.1), max_width: length as f64 * CELL.0 };
    lines(&Label::set(text, setting, &Typewriter))
}

fn numbered(mut text: Lines, number: Option<String>) -> Lines {
    if let Some(number) = number {
        let number = Run { text: format!("{number}. "), is_bold: true, ..Run::default() };
        match text.first_mut() {
            Some(first) => first.insert(0, number),
            None => text.push(vec![number]),
        }
    }
    text
}

/// What stands in the border where an operand starts: the keyword and the condition.
fn operand(diagram: &SequenceDiagram, ix: FragmentIx, index: usize, length: usize) -> Lines {
    let Some(fragment) = diagram.fragments.get(ix.0) else { return Vec::new() };
    let keyword = match index {
        0 => fragment.kind.keyword(),
        _ => fragment.kind.separator().unwrap_or_default(),
    };
    let mut text = fragment.operands.get(index).map(|operand| set(&operand.text, length)).unwrap_or_default();
    let gap = if text.is_empty() { "" } else { " " };
    let keyword = Run { text: format!("{keyword}{gap}"), is_bold: true, ..Run::default() };
    match text.first_mut() {
        Some(first) => first.insert(0, keyword),
        None => text.push(vec![keyword]),
    }
    text
}
