//! Who has which number.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::label::Label;
use crate::draw::scene::{Anchor, Area, Form, Ink, Line, Link, Mark, Path, Role, Slot, Step, Stroke};

use super::super::dimensions::LINE_WIDTH;
use super::super::gaps::Column;
use super::super::group::Group;
use super::super::head::Head;
use super::super::layers::{Layers, item, linked};
use super::super::lettering::TEXT_INK;
use super::super::sweep::Stage;
use super::dimensions::{BOX_TITLE, LEGEND_GAP, MARGIN, NAME};
use super::lanes::number;

/// Above and below a name.
const PADDING: Size = Size::new(8.0, 3.0);
/// Between two entries.
const GAP: f64 = 5.0;
/// Beside the number of an entry.
const NUMBER_PADDING: f64 = 7.0;
/// What the form of a participant takes beside its name.
const EMBLEM_WIDTH: f64 = 24.0;
/// Inside a box around entries.
const BOX_PADDING: f64 = 6.0;

/// The participants of a drawing, with their numbers.
pub(super) struct Legend<'a> {
    stage: Stage<'a>,
    entries: Vec<Entry>,
    /// The boxes around participants, their titles set again, and the entries in them.
    boxes: Vec<(&'a Group, Label)>,
    fit: f64,
}

/// A participant: number and name.
struct Entry {
    column: Column,
    number: Label,
    name: Label,
    /// The participant's form stands before its name.
    has_emblem: bool,
    size: Size,
}

impl Entry {
    fn number_width(&self) -> f64 {
        (self.number.size.width + 2.0 * NUMBER_PADDING).ceil()
    }

    /// What is there before the name.
    fn name_offset(&self) -> f64 {
        self.number_width() + PADDING.width + if self.has_emblem { EMBLEM_WIDTH } else { 0.0 }
    }

    fn marks(&self, rect: Rect, emblem: impl Fn(Point) -> Vec<Mark>) -> Vec<Mark> {
        let stroke = || Stroke { ink: Ink::Theme(Slot::NodeStroke), width: LINE_WIDTH, dashes: Vec::new() };
        let area = Area {
            form: Form::Rect { rect, radius: 4.0 },
            fill: Ink::Theme(Slot::NodeFill),
            stroke: stroke(),
        };
        let border = rect.x + self.number_width();
        let steps =
            vec![Step::Move(Point::new(border, rect.y)), Step::Line(Point::new(border, rect.bottom()))];
        let line = Line { path: Path(steps), stroke: stroke(), start: None, end: None };
        let middle = rect.center().y;
        let number = Point::new(rect.x.midpoint(border), middle);
        let mut marks =
            vec![Mark::Area(area), Mark::Line(line), Mark::Text(self.number.block_around(number, TEXT_INK))];
        marks.extend(emblem(Point::new(border + PADDING.width + EMBLEM_WIDTH / 2.0 - 3.0, middle)));
        if !self.name.is_empty() {
            let top = Point::new(rect.x + self.name_offset(), middle - self.name.size.height / 2.0);
            marks.push(Mark::Text(self.name.block(top, Anchor::Start, TEXT_INK)));
        }
        marks
    }
}

impl<'a> Legend<'a> {
    pub(super) fn new(stage: Stage<'a>, groups: &'a [Group], fit: f64) -> Self {
        let lettering = stage.lettering;
        let entry = |index: usize| {
            let number = number(index + 1, lettering);
            let mut entry = Entry {
                column: Column(index),
                number,
                name: lettering.literal("", NAME, fit),
                has_emblem: stage.heads.get(index).is_some_and(Head::has_emblem),
                size: Size::default(),
            };
            let around = entry.name_offset() + PADDING.width;
            if let Some(participant) = stage.order.participants.get(index) {
                let room = fit - 2.0 * (MARGIN + BOX_PADDING) - around;
                entry.name =
                    lettering.text_within(&stage.diagram.participant(*participant).label, NAME, room);
            }
            let height = entry.name.size.height.max(entry.number.size.height) + 2.0 * PADDING.height;
            entry.size = Size::new((entry.name.size.width + around).ceil(), height.ceil());
            entry
        };
        let title = |group: &Group| {
            let room = fit - 2.0 * (MARGIN + BOX_PADDING);
            let text = stage.diagram.boxes.get(group.index).map(|found| &found.label);
            text.map_or_else(
                || lettering.literal("", BOX_TITLE, room),
                |text| lettering.text_within(text, BOX_TITLE, room),
            )
        };
        Self {
            stage,
            entries: (0..stage.heads.len()).map(entry).collect(),
            boxes: groups.iter().map(|group| (group, title(group))).collect(),
            fit,
        }
    }

    /// True when somebody is left at the end: who they are is then said again below the last row.
    pub(super) fn has_foot(&self) -> bool {
        self.entries.iter().any(|entry| self.is_shown(entry, false))
    }

    /// Who ended is not named below.
    fn is_shown(&self, entry: &Entry, is_top: bool) -> bool {
        is_top || self.stage.lives.deaths.get(entry.column.0).is_none_or(Option::is_none)
    }

    /// Paints the entries below `top`, as many in a line as have room; returns where what follows begins.
    pub(super) fn draw(&self, top: f64, is_top: bool, layers: &mut Layers) -> f64 {
        let mut flow = Flow { left: MARGIN, right: self.fit - MARGIN, x: MARGIN, y: top, height: 0.0 };
        let mut boxes = self.boxes.iter().peekable();
        let mut open: Option<(&Group, f64)> = None;
        for entry in &self.entries {
            let next = boxes.next_if(|(group, _)| group.span.0 <= entry.column);
            if let Some((group, title)) = next {
                flow.end_line();
                open = Some((group, flow.y));
                flow.indent(BOX_PADDING);
                flow.y += BOX_PADDING;
                if !title.is_empty() && is_top {
                    let place = Point::new(flow.left, flow.y - 2.0);
                    let marks = vec![Mark::Text(title.block(place, Anchor::Start, TEXT_INK))];
                    layers.backgrounds.push(item(Role::ParticipantBox, marks));
                    flow.y += title.size.height.ceil() + 2.0;
                }
            }
            if self.is_shown(entry, is_top) {
                self.entry(entry, flow.place(entry.size), is_top, layers);
            }
            if let Some((group, top)) = open.filter(|(group, _)| group.span.1 == entry.column) {
                flow.end_line();
                flow.indent(-BOX_PADDING);
                let bottom = flow.y - GAP + BOX_PADDING;
                let rect =
                    Rect::new(flow.left, top, flow.right - flow.left, (bottom - top).max(2.0 * BOX_PADDING));
                let area = Area {
                    form: Form::Rect { rect, radius: 6.0 },
                    fill: group.fill.map_or(Ink::None, Ink::Fixed),
                    stroke: Stroke { ink: Ink::Theme(Slot::ClusterStroke), width: 1.0, dashes: Vec::new() },
                };
                layers.boxes.push(item(Role::ParticipantBox, vec![Mark::Area(area)]));
                flow.y = rect.bottom() + GAP;
                open = None;
            }
        }
        flow.end_line();
        flow.y - GAP + LEGEND_GAP
    }

    fn entry(&self, entry: &Entry, at: Point, is_top: bool, layers: &mut Layers) {
        let Some(participant) = self.stage.order.participants.get(entry.column.0) else {
            return;
        };
        let participant = self.stage.diagram.participant(*participant);
        let link = participant
            .links
            .first()
            .map(|(label, url)| Link { url: url.clone(), tooltip: Some(label.clone()) });
        let rect = Rect::new(at.x, at.y, entry.size.width, entry.size.height);
        let head = self.stage.heads.get(entry.column.0);
        let marks = entry.marks(rect, |center| head.map_or_else(Vec::new, |head| head.emblem(center)));
        layers.heads.push(linked(Role::Actor { id: participant.id.clone(), is_top }, link, marks));
    }
}

/// Entries in lines.
struct Flow {
    left: f64,
    right: f64,
    /// Where the next entry begins.
    x: f64,
    /// The upper edge of the line.
    y: f64,
    /// The height of the line so far.
    height: f64,
}

impl Flow {
    fn indent(&mut self, by: f64) {
        self.left += by;
        self.right -= by;
        self.x = self.left;
    }

    /// The upper left corner of an entry.
    fn place(&mut self, size: Size) -> Point {
        if self.x > self.left && self.x + size.width > self.right {
            self.end_line();
        }
        let at = Point::new(self.x, self.y);
        self.x += size.width + GAP;
        self.height = self.height.max(size.height);
        at
    }

    fn end_line(&mut self) {
        if self.x > self.left {
            self.y += self.height + GAP;
        }
        (self.x, self.height) = (self.left, 0.0);
    }
}
