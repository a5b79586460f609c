//! The second pass: from top to bottom, each row as high as it needs to be.

use crate::draw::geometry::{Point, Rect};
use crate::draw::label::Label;
use crate::draw::scene::{Anchor, Area, Form, Ink, Item, Line, Link, Mark, Path, Role, Slot, Step, Stroke};
use crate::mermaid::diagram::sequence::{FragmentIx, FragmentKind, Message, Participant, SequenceDiagram};

use super::activity::bar_offset;
use super::backdrop::Backdrop;
use super::dimensions::{
    BAR_HEIGHT, BAR_WIDTH, CROSS_DISTANCE, CROSS_REACH, FRAGMENT_PADDING, HEAD_ROW_GAP, NUMBER_HEIGHT,
    PLATE_PADDING, ROW_GAP, TAB_HEIGHT,
};
use super::fragment::Fragment;
use super::gaps::{Column, Columns};
use super::head::Head;
use super::layers::{Layers, item, linked};
use super::lettering::{Lettering, TEXT_INK};
use super::lives::{Lives, Order};
use super::message::{Drawn, height};
use super::row::{Row, Script};
use super::tint::tint;

/// Between a condition and the border or separator above it.
const CONDITION_GAP: f64 = 3.0;
/// What the row behind a frame's header needs less of distance: the header has its own.
const HEADER_OVERLAP: f64 = 6.0;

/// What a sweep needs to know.
#[derive(Clone, Copy)]
pub(super) struct Stage<'a> {
    pub(super) diagram: &'a SequenceDiagram,
    pub(super) order: &'a Order,
    pub(super) lives: &'a Lives,
    pub(super) heads: &'a [Head],
    pub(super) script: &'a Script<'a>,
    pub(super) columns: &'a Columns,
    pub(super) lettering: Lettering<'a>,
}

/// Draws everything between the edges of the boxes; the heads at the top start at `top`. Returns where the heads at the
/// bottom end.
pub(super) fn sweep(stage: Stage<'_>, top: f64, backdrop: Backdrop, layers: &mut Layers) -> f64 {
    let n_columns = stage.order.n_columns();
    let mut sweep = Sweep {
        stage,
        backdrop,
        layers,
        y: top,
        line: None,
        starts: vec![top; n_columns],
        ends: vec![None; n_columns],
        bars: Vec::new(),
        open_bars: vec![Vec::new(); n_columns],
        open_frames: Vec::new(),
        fragments: vec![None; stage.script.fragments.len()],
    };
    sweep.upper_heads(top);
    for row in &stage.script.rows {
        sweep.row(row);
    }
    let bottom = sweep.lower_heads();
    sweep.paint_bars();
    sweep.paint_fragments();
    bottom
}

/// A bar of an activation.
#[derive(Debug, Clone, Copy)]
struct Bar {
    column: Column,
    depth: usize,
    top: f64,
    bottom: f64,
}

/// A fragment that is open.
#[derive(Debug)]
struct OpenFrame {
    top: f64,
    separators: Vec<f64>,
    texts: Vec<Mark>,
}

struct Sweep<'a, 'b> {
    stage: Stage<'a>,
    backdrop: Backdrop,
    layers: &'b mut Layers,
    /// Everything so far lies above. Rows are whole px high, so that numbers stay short and lines sharp.
    y: f64,
    /// The line of a message, while nothing but starts and ends of activations followed it.
    line: Option<f64>,
    /// Where each lifeline starts.
    starts: Vec<f64>,
    /// Where each lifeline ends, once it has.
    ends: Vec<Option<f64>>,
    /// In the order in which they start.
    bars: Vec<Bar>,
    /// The bars of each lifeline that have not ended, as indices of `bars`.
    open_bars: Vec<Vec<usize>>,
    open_frames: Vec<OpenFrame>,
    /// What is painted for each fragment that has closed.
    fragments: Vec<Option<Vec<Mark>>>,
}

impl<'a> Sweep<'a, '_> {
    fn participant(&self, column: Column) -> Option<&'a Participant> {
        let ix = self.stage.order.participants.get(column.0)?;
        Some(self.stage.diagram.participant(*ix))
    }

    fn row(&mut self, row: &Row<'a>) {
        let (columns, lettering) = (self.stage.columns, self.stage.lettering);
        match row {
            Row::Across(across) => {
                let label = across.label(columns, lettering);
                let line = (self.y + height(label.as_ref())).ceil();
                let drawn = across.draw(line, label, columns);
                self.message(across.message, drawn, Anchor::Middle);
            }
            Row::Create(across, column) => {
                let head = self.stage.heads.get(column.0);
                let above = head.map_or(0.0, |head| ROW_GAP + head.axis);
                let label = across.label(columns, lettering);
                let line = (self.y + height(label.as_ref()).max(above)).ceil();
                let drawn = across.draw(line, label, columns);
                self.message(across.message, drawn, Anchor::Middle);
                self.head(*column, line - head.map_or(0.0, |head| head.axis));
                self.line = Some(line);
            }
            Row::Loop(row) => {
                let drawn = row.draw(self.y, columns);
                self.message(row.message, drawn, Anchor::Start);
            }
            Row::Note(note) => {
                let (marks, bottom) = note.draw(self.y, columns, lettering);
                self.layers.notes.push(item(Role::Note { of: note.of.to_owned() }, marks));
                self.advance(bottom);
            }
            Row::BarStart(column) => self.start_bar(*column),
            Row::BarEnd(column) => self.end_bar(*column),
            Row::Head(column) => {
                let top = self.y + ROW_GAP;
                self.line = None;
                self.head(*column, top);
            }
            Row::Cross(column) => self.cross(*column),
            Row::Open(ix) => self.open(*ix),
            Row::Operand(ix, operand) => self.operand(*ix, *operand),
            Row::Close(ix) => self.close(*ix),
        }
    }

    /// Goes on below `y` with something that is no message.
    fn advance(&mut self, y: f64) {
        self.y = self.y.max(y).ceil();
        self.line = None;
    }

    fn message(&mut self, message: &Message, drawn: Drawn, anchor: Anchor) {
        let name = |ix| self.stage.diagram.participant(ix).id.clone();
        let role =
            Role::Message { from: name(message.from), to: name(message.to), is_dotted: message.arrow.dotted };
        self.layers.arrows.push(item(role, drawn.arrow));
        if let Some((label, rect)) = drawn.text {
            let marks = self.text(&label, rect, anchor);
            self.layers.texts.push(item(Role::MessageText, marks));
        }
        let mut bottom = drawn.line;
        if !drawn.number.is_empty() {
            self.layers.numbers.push(item(Role::MessageNumber, drawn.number));
            bottom += NUMBER_HEIGHT / 4.0;
        }
        self.advance(bottom);
        self.line = Some(drawn.line);
    }

    /// Text in front of what lies behind it.
    fn text(&self, label: &Label, rect: Rect, anchor: Anchor) -> Vec<Mark> {
        let mut marks = self.backdrop.plate(rect, self.stage.columns);
        let x = if anchor == Anchor::Middle { rect.center().x } else { rect.x };
        marks.push(Mark::Text(label.block(Point::new(x, rect.y), anchor, TEXT_INK)));
        marks
    }

    /// The heads that are there from the beginning: their lower edges are on one line.
    fn upper_heads(&mut self, top: f64) {
        let stage = self.stage;
        let is_there = |(index, _): &(usize, &Head)| stage.lives.births[*index].is_none();
        let heads = stage.heads.iter().enumerate().filter(is_there);
        let height = heads.clone().map(|(_, head)| head.size.height).fold(0.0, f64::max);
        for (index, head) in heads {
            self.head(Column(index), top + height - head.size.height);
        }
        self.y = top + height + HEAD_ROW_GAP;
    }

    /// The heads are repeated where lifelines end that nothing has ended.
    fn lower_heads(&mut self) -> f64 {
        let end = self.y + HEAD_ROW_GAP;
        for bar in self.open_bars.iter_mut().flat_map(std::mem::take) {
            self.bars[bar].bottom = end.max(self.bars[bar].top + BAR_HEIGHT);
            self.y = self.y.max(self.bars[bar].bottom);
        }
        let top = self.y + ROW_GAP + HEAD_ROW_GAP;
        let mut bottom = top;
        for index in 0..self.stage.heads.len() {
            let column = Column(index);
            let end = self.ends[index];
            self.lifeline(column, end.unwrap_or(top));
            if end.is_none() {
                self.paint_head(column, top, false);
                bottom = bottom.max(top + self.stage.heads[index].size.height);
            }
        }
        bottom
    }

    /// A head, below which its lifeline starts.
    fn head(&mut self, column: Column, top: f64) {
        let Some(head) = self.stage.heads.get(column.0) else {
            return;
        };
        self.paint_head(column, top, true);
        self.starts[column.0] = top + head.size.height;
        self.y = self.y.max(top + head.size.height);
    }

    fn paint_head(&mut self, column: Column, top: f64, is_top: bool) {
        let (Some(head), Some(participant)) = (self.stage.heads.get(column.0), self.participant(column))
        else {
            return;
        };
        let marks = head.marks(self.stage.columns.x(column), top);
        let link = participant
            .links
            .first()
            .map(|(label, url)| Link { url: url.clone(), tooltip: Some(label.clone()) });
        self.layers.heads.push(linked(Role::Actor { id: participant.id.clone(), is_top }, link, marks));
    }

    fn lifeline(&mut self, column: Column, end: f64) {
        let Some(participant) = self.participant(column) else {
            return;
        };
        let x = self.stage.columns.x(column);
        let start = self.starts[column.0].min(end);
        let path = Path(vec![Step::Move(Point::new(x, start)), Step::Line(Point::new(x, end))]);
        let stroke = Stroke { ink: Ink::Theme(Slot::Lifeline), width: 1.0, dashes: Vec::new() };
        let mut marks = vec![Mark::Line(Line { path, stroke, start: None, end: None })];
        if self.ends[column.0].is_some() {
            marks.extend(cross_marks(Point::new(x, end)));
        }
        self.layers.lifelines.push(item(Role::Lifeline { id: participant.id.clone() }, marks));
    }

    fn cross(&mut self, column: Column) {
        let line = self.line;
        let y = line.map_or(self.y + ROW_GAP, |line| line + CROSS_DISTANCE).max(self.starts[column.0]);
        for bar in self.open_bars[column.0].drain(..) {
            self.bars[bar].bottom = (y - CROSS_REACH - 2.0).max(self.bars[bar].top);
        }
        self.ends[column.0] = Some(y);
        self.advance(y + CROSS_REACH);
        self.line = line;
    }

    fn start_bar(&mut self, column: Column) {
        let top = self.line.unwrap_or(self.y + HEAD_ROW_GAP).max(self.starts[column.0]);
        let depth = self.open_bars[column.0].len();
        self.open_bars[column.0].push(self.bars.len());
        self.bars.push(Bar { column, depth, top, bottom: top });
    }

    fn end_bar(&mut self, column: Column) {
        let Some(bar) = self.open_bars[column.0].pop() else {
            return;
        };
        let bar = &mut self.bars[bar];
        let end = self.line.unwrap_or(self.y + HEAD_ROW_GAP);
        bar.bottom = end.max(bar.top + BAR_HEIGHT);
        self.y = self.y.max(bar.bottom);
    }

    fn paint_bars(&mut self) {
        for bar in std::mem::take(&mut self.bars) {
            let Some(participant) = self.participant(bar.column) else {
                continue;
            };
            let left = self.stage.columns.x(bar.column) - BAR_WIDTH / 2.0 + bar_offset(bar.depth);
            let area = Area {
                form: Form::Rect {
                    rect: Rect::new(left, bar.top, BAR_WIDTH, bar.bottom - bar.top),
                    radius: 2.0,
                },
                fill: Ink::Theme(Slot::ActivationFill),
                stroke: Stroke { ink: Ink::Theme(Slot::NodeStroke), width: 1.0, dashes: Vec::new() },
            };
            let role = Role::Activation { of: participant.id.clone(), depth: bar.depth };
            self.layers.bars.push(item(role, vec![Mark::Area(area)]));
        }
    }

    fn fragment(&self, ix: FragmentIx) -> Option<&'a Fragment<'a>> {
        self.stage.script.fragments.get(ix.0)
    }

    fn open(&mut self, ix: FragmentIx) {
        let Some(fragment) = self.fragment(ix) else {
            return;
        };
        let top = self.y + ROW_GAP;
        self.open_frames.push(OpenFrame { top, separators: Vec::new(), texts: Vec::new() });
        if fragment.kind == FragmentKind::Rect {
            let (left, right) = fragment.borders(self.stage.columns);
            let colour = self.background(ix).and_then(|colour| self.backdrop.admitted(colour));
            self.backdrop.backgrounds.push((left, right, colour));
            self.advance(top - HEADER_OVERLAP);
            return;
        }
        let bottom = self.condition(fragment, 0, top + CONDITION_GAP).unwrap_or(top);
        self.advance(bottom.max(top + TAB_HEIGHT) - HEADER_OVERLAP);
    }

    fn operand(&mut self, ix: FragmentIx, operand: usize) {
        let Some(fragment) = self.fragment(ix) else {
            return;
        };
        let separator = self.y + ROW_GAP - 2.0;
        let bottom = self.condition(fragment, operand, separator + CONDITION_GAP);
        if let Some(frame) = self.open_frames.last_mut() {
            frame.separators.push(separator);
        }
        self.advance(bottom.map_or(separator, |bottom| bottom - HEADER_OVERLAP));
    }

    /// Writes a condition below `top`; returns where it ends.
    fn condition(&mut self, fragment: &Fragment<'_>, operand: usize, top: f64) -> Option<f64> {
        let (label, left) = fragment.condition(operand, self.stage.columns, self.stage.lettering)?;
        let rect = Rect::new(left, top, label.size.width, label.size.height);
        let marks = self.text(&label, rect, Anchor::Start);
        self.open_frames.last_mut()?.texts.extend(marks);
        Some(rect.bottom() + PLATE_PADDING)
    }

    fn close(&mut self, ix: FragmentIx) {
        let (Some(fragment), Some(frame)) = (self.fragment(ix), self.open_frames.pop()) else {
            return;
        };
        let (left, right) = fragment.borders(self.stage.columns);
        let bottom = (self.y + FRAGMENT_PADDING).max(frame.top + TAB_HEIGHT + 2.0);
        let rect = Rect::new(left, frame.top, right - left, bottom - frame.top);
        let marks = if fragment.kind == FragmentKind::Rect {
            let colour = self.backdrop.backgrounds.pop().and_then(|(_, _, colour)| colour);
            let fill = colour.map_or(Ink::None, Ink::Fixed);
            vec![Mark::Area(Area { form: Form::Rect { rect, radius: 3.0 }, fill, stroke: Stroke::NONE })]
        } else {
            let mut marks = fragment.marks(rect, rect.x, &frame.separators);
            marks.extend(frame.texts);
            marks
        };
        if let Some(place) = self.fragments.get_mut(ix.0) {
            *place = Some(marks);
        }
        self.advance(bottom);
    }

    /// The colour of a background.
    fn background(&self, ix: FragmentIx) -> Option<crate::draw::scene::Colour> {
        let fragment = self.stage.diagram.fragments.get(ix.0)?;
        tint(fragment.operands.first()?.text.as_str())
    }

    /// Paints the fragments, the outer ones first.
    fn paint_fragments(&mut self) {
        for (at, marks) in std::mem::take(&mut self.fragments).into_iter().enumerate() {
            let (Some(marks), Some(fragment)) = (marks, self.fragment(FragmentIx(at))) else {
                continue;
            };
            let is_background = fragment.kind == FragmentKind::Rect;
            let painted: Item = item(Role::Fragment { keyword: fragment.kind.keyword() }, marks);
            if is_background {
                self.layers.backgrounds.push(painted);
            } else {
                self.layers.frames.push(painted);
            }
        }
    }
}

/// The cross at the end of a lifeline.
fn cross_marks(center: Point) -> [Mark; 2] {
    [1.0, -1.0].map(|slope| {
        let path = Path(vec![
            Step::Move(center.moved(-CROSS_REACH, -CROSS_REACH * slope)),
            Step::Line(center.moved(CROSS_REACH, CROSS_REACH * slope)),
        ]);
        let stroke = Stroke { ink: Ink::Theme(Slot::Line), width: 2.0, dashes: Vec::new() };
        Mark::Line(Line { path, stroke, start: None, end: None })
    })
}
