//! The first pass: what happens in which order, and how far apart lifelines must stand for it.

use crate::mermaid::diagram::sequence::{
    Event, FragmentIx, FragmentKind, Message, Note as Remark, ParticipantIx, Placement, SequenceDiagram,
};
use crate::mermaid::diagram::text::Text;

use super::activity::{Activity, left_reach, right_reach};
use super::dimensions::{BAR_WIDTH, CONDITION, NOTE_GAP, NOTE_OVERHANG, NOTE_PADDING, TEXT, TEXT_INSET};
use super::fragment::{Condition, Fragment};
use super::gaps::{Column, Gaps};
use super::head::Head;
use super::lettering::{Caption, Lettering};
use super::lives::{Lives, Moment, Order};
use super::message::{Across, Loop, Number, insets};
use super::note::{Note, Stand};
use super::numbering::Numbering;
use super::place::{Place, Room};
use super::row::{Row, Script};

/// Active lifelines that the text of one message may dodge.
const MAX_DODGED: usize = 64;
/// Least length of a message's line.
const MIN_LENGTH: f64 = 36.0;

/// How far what stands beside a lifeline reaches, px.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flanks {
    /// Messages to itself and notes: to the left, to the right.
    pub(super) content: (f64, f64),
    /// Frames that begin, and frames that end at this lifeline.
    pub(super) frames: (f64, f64),
}

/// What the first pass finds.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    pub(super) script: Script<'a>,
    pub(super) flanks: Vec<Flanks>,
    /// What texts ask for between lifelines; neighbours do not ask yet.
    pub(super) gaps: Gaps,
}

/// Walks through the events.
pub(super) fn survey<'a>(
    diagram: &'a SequenceDiagram,
    order: &'a Order,
    lives: &'a Lives,
    heads: &'a [Head],
    lettering: Lettering<'a>,
) -> Findings<'a> {
    let n_columns = order.n_columns();
    let fragments = diagram.fragments.iter().zip(&lives.spans);
    let mut survey = Survey {
        diagram,
        order,
        lives,
        heads,
        lettering,
        activity: Activity::new(n_columns),
        numbering: Numbering::new(),
        open: Vec::new(),
        flanks: vec![Flanks::default(); n_columns],
        gaps: Gaps::new(n_columns),
        script: Script {
            rows: Vec::with_capacity(diagram.events.len()),
            fragments: fragments.map(|(one, span)| Fragment::new(one.kind, *span, lettering)).collect(),
        },
    };
    for (at, event) in diagram.events.iter().enumerate() {
        survey.alone(at);
        survey.event(at, event);
    }
    survey.alone(diagram.events.len());
    Findings { script: survey.script, flanks: survey.flanks, gaps: survey.gaps }
}

struct Survey<'a> {
    diagram: &'a SequenceDiagram,
    order: &'a Order,
    lives: &'a Lives,
    heads: &'a [Head],
    lettering: Lettering<'a>,
    activity: Activity,
    numbering: Numbering,
    /// The fragments that are open.
    open: Vec<FragmentIx>,
    flanks: Vec<Flanks>,
    gaps: Gaps,
    script: Script<'a>,
}

impl<'a> Survey<'a> {
    /// Lifelines that start or end before an event without a message.
    fn alone(&mut self, at: usize) {
        let lives = self.lives;
        for column in lives.alone.get(&at).into_iter().flatten() {
            if lives.births[column.0] == Some(Moment::Before(at)) {
                self.head(*column);
                self.script.rows.push(Row::Head(*column));
            }
            if lives.deaths[column.0] == Some(Moment::Before(at)) {
                self.end(*column);
            }
        }
    }

    /// Makes room for the head of a lifeline that starts among the rows.
    fn head(&mut self, column: Column) {
        if let Some(head) = self.heads.get(column.0) {
            let half = head.size.width / 2.0;
            self.hold(column, half, half);
        }
    }

    fn end(&mut self, column: Column) {
        self.activity.end_all(column);
        self.script.rows.push(Row::Cross(column));
    }

    fn event(&mut self, at: usize, event: &'a Event) {
        match event {
            Event::Message(message) if message.from == message.to => self.loop_back(at, message),
            Event::Message(message) => self.across(at, message),
            Event::Note(note) => self.note(note),
            Event::Activate(activation) => {
                if let Some(column) = self.column_of(activation.participant) {
                    self.activity.start(column);
                    self.script.rows.push(Row::BarStart(column));
                }
            }
            Event::Deactivate(activation) => {
                let column = self.column_of(activation.participant);
                if let Some(column) = column.filter(|column| self.activity.depth(*column) > 0) {
                    self.activity.end(column);
                    self.script.rows.push(Row::BarEnd(column));
                }
            }
            // A message knows its own circles.
            Event::CentralTo(_) | Event::CentralFrom(_) => {}
            Event::Open(ix) => {
                self.open.push(*ix);
                self.script.rows.push(Row::Open(*ix));
                self.operand(*ix, 0);
            }
            Event::Operand(ix, operand) => {
                self.script.rows.push(Row::Operand(*ix, *operand));
                self.operand(*ix, *operand);
            }
            Event::Close(ix) => self.close(*ix),
            Event::Autonumber(autonumber) => self.numbering.change(autonumber),
        }
    }

    fn column_of(&self, participant: Option<ParticipantIx>) -> Option<Column> {
        participant.map(|participant| self.order.column(participant))
    }

    /// Makes room beside a lifeline, within the fragment that is open.
    fn hold(&mut self, column: Column, left: f64, right: f64) {
        let content = &mut self.flanks[column.0].content;
        *content = (content.0.max(left), content.1.max(right));
        self.hold_in_fragment(column, left, right);
    }

    fn hold_in_fragment(&mut self, column: Column, left: f64, right: f64) {
        if let Some(fragment) = self.open.last().and_then(|ix| self.script.fragments.get_mut(ix.0)) {
            fragment.hold(column, left, right);
        }
    }

    /// How many activations a participant has when the message at `at` meets it: a bar that starts with the message counts,
    /// and so does one that ends with it.
    fn depth_at(&self, at: usize, column: Column) -> usize {
        let mut depth = self.activity.depth(column);
        let mut most = depth;
        for event in self.diagram.events.iter().skip(at + 1) {
            match event {
                Event::Activate(activation) if self.column_of(activation.participant) == Some(column) => {
                    depth += 1;
                    most = most.max(depth);
                }
                Event::Deactivate(activation) if self.column_of(activation.participant) == Some(column) => {
                    depth = depth.saturating_sub(1);
                }
                Event::Activate(_) | Event::Deactivate(_) | Event::CentralTo(_) | Event::CentralFrom(_) => {}
                _ => break,
            }
        }
        most
    }

    fn caption(&self, text: &'a Text) -> Option<Caption<'a>> {
        Some(Caption::new(text, TEXT, self.lettering)).filter(|caption| !caption.label.is_empty())
    }

    fn number(&mut self, message: &Message) -> Option<Number> {
        let number = self.numbering.take()?;
        Some(Number::new(&number, message, self.lettering))
    }

    /// Lifelines that end with the message at `at`.
    fn deaths(&mut self, at: usize, columns: [Column; 2]) {
        let [from, to] = columns;
        let ends = |column: Column| self.lives.deaths[column.0] == Some(Moment::With(at));
        let (from_ends, to_ends) = (ends(from), ends(to) && to != from);
        if from_ends {
            self.end(from);
        }
        if to_ends {
            self.end(to);
        }
    }

    fn across(&mut self, at: usize, message: &'a Message) {
        let (from, to) = (self.order.column(message.from), self.order.column(message.to));
        let number = self.number(message);
        let caption = self.caption(&message.text);
        let creates = self.lives.births[to.0] == Some(Moment::With(at));
        let is_rightward = from < to;
        let direction = if is_rightward { 1.0 } else { -1.0 };
        let (from_depth, to_depth) = (self.depth_at(at, from), self.depth_at(at, to));
        let from_edge = if is_rightward { right_reach(from_depth) } else { left_reach(from_depth) };
        let to_edge = match self.heads.get(to.0).filter(|_| creates) {
            Some(head) => head.reach,
            None if is_rightward => left_reach(to_depth),
            None => right_reach(to_depth),
        };
        let start = Place::new(from, direction * from_edge);
        let end = Place::new(to, -direction * to_edge);
        let line =
            if is_rightward { Room { left: start, right: end } } else { Room { left: end, right: start } };
        let (at_start, at_end) = insets(message, number.as_ref());
        line.ask(&mut self.gaps, MIN_LENGTH.max(at_start + at_end));
        let (at_left, at_right) = if is_rightward { (at_start, at_end) } else { (at_end, at_start) };
        let whole = Room {
            left: Place::new(line.left.column, line.left.offset + at_left),
            right: Place::new(line.right.column, line.right.offset - at_right),
        };
        let room = self.free_room(whole, is_rightward);
        if let Some(caption) = &caption {
            room.ask(&mut self.gaps, caption.label.size.width);
        }
        self.hold_in_fragment(from, left_reach(from_depth), right_reach(from_depth));
        self.hold_in_fragment(to, left_reach(to_depth), right_reach(to_depth));
        if creates {
            self.head(to);
        }
        let depths = (from_depth, to_depth);
        let across = Across { message, start, end, depths, caption, room, number };
        self.script.rows.push(if creates { Row::Create(across, to) } else { Row::Across(across) });
        self.deaths(at, [from, to]);
    }

    /// The longest part of a message's room that no bar stands in; among equals the one at the sender.
    fn free_room(&self, whole: Room, is_rightward: bool) -> Room {
        let (first, last) = (whole.left.column, whole.right.column);
        let active = self.activity.between(first, last);
        let dodged: Vec<Column> = if is_rightward {
            active.take(MAX_DODGED).collect()
        } else {
            let mut dodged: Vec<Column> = active.rev().take(MAX_DODGED).collect();
            dodged.reverse();
            dodged
        };
        let mut rooms = Vec::with_capacity(dodged.len() + 1);
        let mut left = whole.left;
        for column in dodged {
            let right = Place::new(column, -self.activity.left(column) - TEXT_INSET);
            rooms.push(Room { left, right });
            left = Place::new(column, self.activity.right(column) + TEXT_INSET);
        }
        rooms.push(Room { left, right: whole.right });
        if is_rightward {
            rooms.reverse();
        }
        let n_gaps = |room: &Room| room.right.column.0 - room.left.column.0;
        rooms.into_iter().max_by_key(n_gaps).unwrap_or(whole)
    }

    fn loop_back(&mut self, at: usize, message: &'a Message) {
        let column = self.order.column(message.from);
        let number = self.number(message);
        let caption = self.caption(&message.text);
        let depths = (self.activity.depth(column), self.depth_at(at, column));
        let start = Place::new(column, right_reach(depths.0));
        let end = Place::new(column, right_reach(depths.1));
        let row = Loop { message, start, end, depths, caption, number };
        let left = row.number.as_ref().map_or(0.0, Number::reach).max(left_reach(1));
        self.hold(column, left, row.reach());
        self.script.rows.push(Row::Loop(row));
        self.deaths(at, [column, column]);
    }

    fn note(&mut self, note: &'a Remark) {
        let (first, second) = note.over;
        let of = self.diagram.participant(first).id.as_str();
        let caption = Caption::new(&note.text, TEXT, self.lettering);
        let column = self.order.column(first);
        let other = second.map_or(column, |second| self.order.column(second));
        let mut row = Note { of, caption, stand: Stand::Over(Place::new(column, 0.0)) };
        let width = row.width();
        match note.placement {
            Placement::LeftOf => {
                let offset = self.activity.left(column) + NOTE_GAP;
                row.stand = Stand::LeftOf(Place::new(column, -offset));
                self.hold(column, offset + width, 0.0);
            }
            Placement::RightOf => {
                let offset = self.activity.right(column) + NOTE_GAP;
                row.stand = Stand::RightOf(Place::new(column, offset));
                self.hold(column, 0.0, offset + width);
            }
            Placement::Over if column == other => self.hold(column, width / 2.0, width / 2.0),
            Placement::Over => {
                let (left, right) = (column.min(other), column.max(other));
                let room =
                    Room { left: Place::new(left, -NOTE_OVERHANG), right: Place::new(right, NOTE_OVERHANG) };
                room.ask(&mut self.gaps, width);
                row.stand = Stand::Across(room);
                self.hold(left, NOTE_OVERHANG, 0.0);
                self.hold(right, 0.0, NOTE_OVERHANG);
            }
        }
        self.script.rows.push(Row::Note(row));
    }

    /// Finds the room of a condition: right of the first lifeline that the fragment covers, up to the next active one.
    fn operand(&mut self, ix: FragmentIx, operand: usize) {
        let diagram = self.diagram;
        let Some(text) = diagram.fragments.get(ix.0).and_then(|fragment| fragment.operands.get(operand))
        else {
            return;
        };
        let Some(fragment) = self.script.fragments.get_mut(ix.0) else {
            return;
        };
        let (first, last) = fragment.span;
        let left = Place::new(first, self.activity.right(first).max(BAR_WIDTH / 2.0) + NOTE_PADDING);
        // The bar of the last lifeline stands in the way as well.
        let behind_last = Column(last.0 + 1);
        let right = self
            .activity
            .between(first, behind_last)
            .next()
            .map(|column| Place::new(column, -self.activity.left(column) - NOTE_PADDING));
        let caption = (fragment.kind != FragmentKind::Rect)
            .then(|| Caption::guard(&text.text, CONDITION, self.lettering))
            .filter(|caption| !caption.label.is_empty());
        if let Some(caption) = &caption {
            let width = caption.label.size.width;
            match right {
                Some(right) => Room { left, right }.ask(&mut self.gaps, width),
                None if first == last => fragment.hold(first, 0.0, left.offset + width),
                None => {
                    let right = Place::new(last, fragment.reach.1 - NOTE_PADDING);
                    Room { left, right }.ask(&mut self.gaps, width);
                }
            }
        }
        fragment.conditions.push(Condition { caption, left, right });
    }

    fn close(&mut self, ix: FragmentIx) {
        self.open.pop();
        self.script.rows.push(Row::Close(ix));
        let Some(fragment) = self.script.fragments.get_mut(ix.0) else {
            return;
        };
        let ((first, last), (left, right)) = (fragment.span, fragment.reach);
        let frames = &mut self.flanks[first.0].frames;
        frames.0 = frames.0.max(left);
        let frames = &mut self.flanks[last.0].frames;
        frames.1 = frames.1.max(right);
        self.hold_in_fragment(first, left, 0.0);
        self.hold_in_fragment(last, 0.0, right);
    }
}
