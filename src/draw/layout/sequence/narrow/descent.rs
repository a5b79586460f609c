//! From top to bottom along the lanes, each row as high as its text.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::label::Label;
use crate::draw::scene::{Anchor, Area, Form, Ink, Item, Line, Link, Mark, Path, Role, Slot, Step, Stroke};
use crate::mermaid::diagram::sequence::{Central, FragmentIx, FragmentKind, Message, Participant};

use super::super::backdrop::Backdrop;
use super::super::dimensions::{CENTRAL_RADIUS, LINE_WIDTH, TAB_HEIGHT};
use super::super::fragment::Fragment;
use super::super::gaps::Column;
use super::super::layers::{Layers, item, linked};
use super::super::lettering::{Caption, TEXT_INK};
use super::super::message::{Across, Loop, Number, arrow_line, central};
use super::super::note::{Note, Stand};
use super::super::row::Row;
use super::super::sweep::Stage;
use super::super::tint::tint;
use super::dimensions::{
    BADGE_HEIGHT, BADGE_PADDING, BADGE_WIDTH, BAR_HEIGHT, BAR_OFFSET, BAR_WIDTH, BELOW_LINE, CONDITION,
    CROSS_DISTANCE, CROSS_REACH, DOT_RADIUS, FIRST_LINE, FRAME_PADDING, LOOP_HALF, LOOP_WIDTH, MAX_BARS,
    NOTE_PADDING, NUMBER, ROW_GAP, TEXT, TEXT_GAP,
};
use super::lanes::Lanes;

/// Between the number of a message and its text.
const NUMBER_GAP: f64 = 6.0;
/// Between a keyword in its tab and the condition.
const CONDITION_GAP: f64 = 6.0;
/// Least room of a condition beside its keyword.
const CONDITION_WIDTH: f64 = 60.0;
/// Texts that are looked at, in a whole drawing, to interrupt bars for them; what is longer has whole bars.
const MAX_CUTS: usize = 50_000;
/// Least length of a line; where lanes stand closer, lines go from lane to lane whatever stands on them.
const MIN_LENGTH: f64 = 3.0;

/// Draws everything between the numbers of the lanes at the top, which start at `top`, and those at the bottom; returns where
/// those end.
pub(super) fn descend(
    stage: Stage<'_>,
    lanes: &Lanes,
    top: f64,
    backdrop: Backdrop,
    layers: &mut Layers,
) -> f64 {
    let n_columns = stage.order.n_columns();
    let mut descent = Descent {
        stage,
        lanes,
        backdrop,
        layers,
        y: top,
        line: None,
        starts: vec![top; n_columns],
        ends: vec![None; n_columns],
        covered: Vec::new(),
        cuts_left: MAX_CUTS,
        open_bars: vec![Vec::new(); n_columns],
        bars: Vec::new(),
        open_frames: Vec::new(),
        frames: vec![None; stage.script.fragments.len()],
    };
    descent.upper_badges(top);
    for row in &stage.script.rows {
        descent.row(row);
    }
    let bottom = descent.lower_badges();
    descent.layers.bars.extend(descent.bars.drain(..).flatten());
    descent.paint_frames();
    bottom
}

struct Descent<'a, 'b> {
    stage: Stage<'a>,
    lanes: &'b Lanes,
    backdrop: Backdrop,
    layers: &'b mut Layers,
    /// Everything so far lies above.
    y: f64,
    /// The line of a message, while nothing but starts and ends of activations followed it.
    line: Option<f64>,
    /// Where each lane starts.
    starts: Vec<f64>,
    /// Where each lane ends, once it has.
    ends: Vec<Option<f64>>,
    /// Where texts stand over the lanes, from top to bottom: activations are interrupted there. None where texts stand beside.
    covered: Vec<Rect>,
    /// How many more of them are looked at.
    cuts_left: usize,
    /// The activations of each lane that have not ended: where they started, and their place in `bars`.
    open_bars: Vec<Vec<(f64, usize)>>,
    /// What is painted for each activation that has ended, in the order in which they start.
    bars: Vec<Option<Item>>,
    open_frames: Vec<OpenFrame>,
    /// What is painted for each fragment that has closed.
    frames: Vec<Option<Vec<Mark>>>,
}

/// A fragment that is open.
struct OpenFrame {
    top: f64,
    separators: Vec<f64>,
    texts: Vec<Mark>,
}

impl<'a> Descent<'a, '_> {
    fn participant(&self, column: Column) -> Option<&'a Participant> {
        let ix = self.stage.order.participants.get(column.0)?;
        Some(self.stage.diagram.participant(*ix))
    }

    fn x(&self, column: Column) -> f64 {
        self.lanes.columns.x(column)
    }

    fn row(&mut self, row: &Row<'a>) {
        match row {
            Row::Across(across) => self.across(across, None),
            Row::Create(across, column) => self.across(across, Some(*column)),
            Row::Loop(row) => self.loop_back(row),
            Row::Note(note) => self.note(note),
            Row::BarStart(column) => self.start_bar(*column),
            Row::BarEnd(column) => self.end_bar(*column),
            Row::Head(column) => {
                let top = self.y + ROW_GAP;
                self.badge(*column, top);
                self.advance(top + BADGE_HEIGHT);
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

    /// Writes the text and the number of a message in a row of their own; its line keeps `above` px free above it. Returns
    /// where the line goes.
    fn text_row(&mut self, caption: Option<&Caption<'_>>, number: Option<&Number>, above: f64) -> f64 {
        let lettering = self.stage.lettering;
        let (left, right) = self.lanes.text;
        let number = number.map(|number| lettering.literal(&number.text, NUMBER, f64::INFINITY));
        let pill = number.as_ref().map(|label| {
            Size::new((label.size.width + 2.0 * BADGE_PADDING).ceil().max(BADGE_WIDTH), BADGE_HEIGHT)
        });
        let indent = pill.map_or(0.0, |pill| pill.width + NUMBER_GAP);
        let label = caption.map(|caption| caption.within(TEXT, (right - left - indent).max(1.0), lettering));
        let size = label.as_ref().map_or(Size::default(), |label| label.size);
        let top = self.y + ROW_GAP;
        let first = if pill.is_some() { FIRST_LINE.max(BADGE_HEIGHT / 2.0) } else { FIRST_LINE };
        let text_top = top + first - FIRST_LINE;
        let line = if self.lanes.is_beside {
            (top + first.max(above)).ceil()
        } else {
            let height = size.height.max(if pill.is_some() { first + BADGE_HEIGHT / 2.0 } else { 0.0 });
            (top + height + if height > 0.0 { TEXT_GAP } else { 0.0 } + above).ceil()
        };
        let text_top = if self.lanes.is_beside { line - FIRST_LINE } else { text_top };
        if let (Some(number), Some(pill)) = (number, pill) {
            let middle = Point::new(left + pill.width / 2.0, text_top + FIRST_LINE);
            let plate = Area {
                form: Form::Rect { rect: Rect::around(middle, pill), radius: BADGE_HEIGHT / 2.0 },
                fill: Ink::Theme(Slot::Line),
                stroke: Stroke::NONE,
            };
            let text = number.block_around(middle, Ink::Theme(Slot::Canvas));
            self.layers.numbers.push(item(Role::MessageNumber, vec![Mark::Area(plate), Mark::Text(text)]));
        }
        let mut bottom = if self.lanes.is_beside { line + BELOW_LINE } else { line };
        if let Some(label) = label {
            let marks = self.text(&label, Point::new(left + indent, text_top));
            self.layers.texts.push(item(Role::RowText, marks));
            bottom = bottom.max(text_top + size.height);
        }
        if pill.is_some() {
            bottom = bottom.max(text_top + FIRST_LINE + BADGE_HEIGHT / 2.0);
        }
        self.advance(bottom);
        line
    }

    /// Keeps bars out of a place where text stands over the lanes.
    fn cover(&mut self, rect: Rect) {
        if !self.lanes.is_beside {
            self.covered.push(rect);
        }
    }

    /// Text in front of what lies behind it.
    fn text(&mut self, label: &Label, at: Point) -> Vec<Mark> {
        let rect = Rect::new(at.x, at.y, label.size.width, label.size.height);
        self.cover(rect);
        let mut marks = self.backdrop.plate(rect, &self.lanes.columns);
        marks.push(Mark::Text(label.block(at, Anchor::Start, TEXT_INK)));
        marks
    }

    fn message(&mut self, message: &Message, arrow: Vec<Mark>, line: f64) {
        let name = |ix| self.stage.diagram.participant(ix).id.clone();
        let role =
            Role::Message { from: name(message.from), to: name(message.to), is_dotted: message.arrow.dotted };
        self.layers.arrows.push(item(role, arrow));
        self.line = Some(line);
    }

    /// A faint line from an arrow to its text, where other lanes are between them.
    fn leader(&self, from: f64, y: f64) -> Option<Mark> {
        let to = self.lanes.text.0 - 4.0;
        (self.lanes.is_beside && to - from > 8.0).then(|| {
            let path = Path(vec![Step::Move(Point::new(from, y)), Step::Line(Point::new(to, y))]);
            let stroke = Stroke { ink: Ink::Theme(Slot::Lifeline), width: 1.0, dashes: vec![1.0, 3.0] };
            Mark::Line(Line { path, stroke, start: None, end: None })
        })
    }

    fn across(&mut self, across: &Across<'a>, created: Option<Column>) {
        let above = if created.is_some() { BADGE_HEIGHT / 2.0 } else { 0.0 };
        let line = self.text_row(across.caption.as_ref(), across.number.as_ref(), above);
        let (from, to) = (across.start.column, across.end.column);
        let direction = if from < to { 1.0 } else { -1.0 };
        let at_start = reach(across.depths.0, direction);
        let at_end = match created {
            Some(_) => self.lanes.badge.width / 2.0,
            None => reach(across.depths.1, -direction),
        };
        let mut start = Point::new(self.x(from) + direction * at_start, line);
        let mut end = Point::new(self.x(to) - direction * at_end, line);
        if (end.x - start.x) * direction < MIN_LENGTH {
            (start.x, end.x) = (self.x(from), self.x(to));
        }
        let outer = start.x.max(end.x);
        let mut circles = Vec::new();
        let central_ends = across.message.central;
        let has_room = (end.x - start.x) * direction > 4.0 * CENTRAL_RADIUS;
        if matches!(central_ends, Some(Central::From | Central::Both)) {
            circles.push(central(start));
            start.x += if has_room { direction * CENTRAL_RADIUS } else { 0.0 };
        }
        if matches!(central_ends, Some(Central::To | Central::Both)) {
            circles.push(central(end));
            end.x -= if has_room { direction * CENTRAL_RADIUS } else { 0.0 };
        }
        let mut arrow = vec![arrow_line(across.message.arrow, vec![Step::Move(start), Step::Line(end)])];
        arrow.extend(circles);
        if across.caption.is_some() || across.number.is_some() {
            arrow.extend(self.leader(outer + 4.0, line));
        }
        self.message(across.message, arrow, line);
        if let Some(column) = created {
            self.badge(column, line - BADGE_HEIGHT / 2.0);
            self.y = self.y.max((line + BADGE_HEIGHT / 2.0).ceil());
            self.line = Some(line);
        }
    }

    fn loop_back(&mut self, row: &Loop<'a>) {
        let middle = self.text_row(row.caption.as_ref(), row.number.as_ref(), LOOP_HALF);
        let x = self.x(row.start.column);
        let start = Point::new(x + reach(row.depths.0, 1.0), middle - LOOP_HALF);
        let end = Point::new(x + reach(row.depths.1, 1.0), middle + LOOP_HALF);
        let right = start.x.max(end.x) + LOOP_WIDTH;
        let steps = vec![
            Step::Move(start),
            Step::Line(Point::new(right - LOOP_HALF, start.y)),
            Step::Quad(Point::new(right, start.y), Point::new(right, middle)),
            Step::Quad(Point::new(right, end.y), Point::new(right - LOOP_HALF, end.y)),
            Step::Line(end),
        ];
        let mut arrow = vec![arrow_line(row.message.arrow, steps)];
        if matches!(row.message.central, Some(Central::From | Central::Both)) {
            arrow.push(central(start));
        }
        if matches!(row.message.central, Some(Central::To | Central::Both)) {
            arrow.push(central(end));
        }
        if row.caption.is_some() || row.number.is_some() {
            arrow.extend(self.leader(right + 4.0, middle));
        }
        self.message(row.message, arrow, end.y);
        self.y = self.y.max((end.y + BELOW_LINE).ceil());
        self.line = Some(end.y);
    }

    fn note(&mut self, note: &Note<'a>) {
        let (first, last) = match note.stand {
            Stand::LeftOf(place) | Stand::RightOf(place) | Stand::Over(place) => (place.column, place.column),
            Stand::Across(room) => (room.left.column, room.right.column),
        };
        let (left, right) = self.lanes.text;
        let width = (right - left - 2.0 * NOTE_PADDING).max(1.0);
        let label = note.caption.within(TEXT, width, self.stage.lettering);
        let is_beside = self.lanes.is_beside;
        let top = self.y + ROW_GAP + if is_beside { 0.0 } else { 2.0 * DOT_RADIUS };
        let height = (label.size.height + 2.0 * NOTE_PADDING).ceil();
        let paper_width = (label.size.width + 2.0 * NOTE_PADDING).ceil().min(right - left);
        // Above the lanes, a note keeps close to those that it is about.
        let middle = self.x(first).midpoint(self.x(last));
        let paper_left =
            if is_beside { left } else { (middle - paper_width / 2.0).min(right - paper_width).max(left) };
        let rect = Rect::new(paper_left, top, paper_width, height);
        let border = || Stroke { ink: Ink::Theme(Slot::NoteStroke), width: 1.0, dashes: Vec::new() };
        let mut marks = vec![Mark::Area(Area {
            form: Form::Rect { rect, radius: 3.0 },
            fill: Ink::Theme(Slot::NoteFill),
            stroke: border(),
        })];
        let tie = if is_beside { top + NOTE_PADDING + FIRST_LINE } else { top - DOT_RADIUS };
        let ends = if is_beside { (self.x(first), left) } else { (self.x(first), self.x(last)) };
        if ends.0 < ends.1 {
            let path = Path(vec![Step::Move(Point::new(ends.0, tie)), Step::Line(Point::new(ends.1, tie))]);
            marks.push(Mark::Line(Line { path, stroke: border(), start: None, end: None }));
        }
        for column in if first == last { vec![first] } else { vec![first, last] } {
            let size = Size::new(2.0 * DOT_RADIUS, 2.0 * DOT_RADIUS);
            marks.push(Mark::Area(Area {
                form: Form::Ellipse(Rect::around(Point::new(self.x(column), tie), size)),
                fill: Ink::Theme(Slot::NoteStroke),
                stroke: Stroke::NONE,
            }));
        }
        if !label.is_empty() {
            let place = Point::new(rect.x + NOTE_PADDING, rect.y + NOTE_PADDING);
            marks.push(Mark::Text(label.block(place, Anchor::Start, Ink::Theme(Slot::NoteText))));
        }
        self.layers.notes.push(item(Role::Note { of: note.of.to_owned() }, marks));
        self.advance(rect.bottom());
    }

    /// The numbers of the lanes that are there from the beginning.
    fn upper_badges(&mut self, top: f64) {
        for (index, birth) in self.stage.lives.births.iter().enumerate().take(self.stage.heads.len()) {
            if birth.is_none() {
                let column = Column(index);
                self.badge(column, top + 2.0 + self.lanes.badge_drop(column));
            }
        }
        self.advance(top + 2.0 + self.lanes.badges_height());
    }

    /// Numbers are repeated where lanes end that nothing has ended.
    fn lower_badges(&mut self) -> f64 {
        let end = self.y + ROW_GAP;
        for index in 0..self.open_bars.len() {
            while !self.open_bars[index].is_empty() {
                self.paint_bar(Column(index), end);
            }
        }
        let top = (self.y + ROW_GAP + 4.0).ceil();
        for index in 0..self.stage.heads.len() {
            let column = Column(index);
            let end = self.ends[index];
            let badge = top + self.lanes.badge_drop(column);
            self.lifeline(column, end.unwrap_or(badge));
            if end.is_none() {
                self.paint_badge(column, badge, false);
            }
        }
        top + self.lanes.badges_height()
    }

    /// A number, below which its lane starts.
    fn badge(&mut self, column: Column, top: f64) {
        self.paint_badge(column, top, true);
        if let Some(start) = self.starts.get_mut(column.0) {
            *start = top + BADGE_HEIGHT;
        }
    }

    fn paint_badge(&mut self, column: Column, top: f64, is_top: bool) {
        let Some(participant) = self.participant(column) else {
            return;
        };
        let marks = self.lanes.badge_marks(column, top, self.stage.lettering);
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
        let x = self.x(column);
        let start = self.starts[column.0].min(end);
        let path = Path(vec![Step::Move(Point::new(x, start)), Step::Line(Point::new(x, end))]);
        let stroke = Stroke { ink: Ink::Theme(Slot::Lifeline), width: 1.0, dashes: Vec::new() };
        let mut marks = vec![Mark::Line(Line { path, stroke, start: None, end: None })];
        if self.ends[column.0].is_some() {
            let center = Point::new(x, end);
            marks.extend([1.0, -1.0].map(|slope| {
                let steps = vec![
                    Step::Move(center.moved(-CROSS_REACH, -CROSS_REACH * slope)),
                    Step::Line(center.moved(CROSS_REACH, CROSS_REACH * slope)),
                ];
                let stroke = Stroke { ink: Ink::Theme(Slot::Line), width: 2.0, dashes: Vec::new() };
                Mark::Line(Line { path: Path(steps), stroke, start: None, end: None })
            }));
        }
        self.layers.lifelines.push(item(Role::Lifeline { id: participant.id.clone() }, marks));
    }

    fn cross(&mut self, column: Column) {
        let line = self.line;
        let y = line.map_or(self.y + ROW_GAP, |line| line + CROSS_DISTANCE).max(self.starts[column.0]);
        while self.open_bars.get(column.0).is_some_and(|bars| !bars.is_empty()) {
            self.paint_bar(column, y - CROSS_REACH - 1.0);
        }
        self.ends[column.0] = Some(y);
        self.advance(y + CROSS_REACH);
        self.line = line;
    }

    fn start_bar(&mut self, column: Column) {
        let top = self.line.unwrap_or(self.y + BELOW_LINE).max(self.starts[column.0]);
        self.open_bars[column.0].push((top, self.bars.len()));
        self.bars.push(None);
    }

    fn end_bar(&mut self, column: Column) {
        let end = self.line.unwrap_or(self.y + BELOW_LINE);
        self.paint_bar(column, end);
    }

    /// Ends the innermost activation of a lane at `end`, or as far below as a bar is high at least.
    fn paint_bar(&mut self, column: Column, end: f64) {
        let (Some((top, place)), Some(participant)) =
            (self.open_bars.get_mut(column.0).and_then(Vec::pop), self.participant(column))
        else {
            return;
        };
        let depth = self.open_bars[column.0].len();
        let bottom = end.max(top + BAR_HEIGHT);
        let left = self.x(column) - BAR_WIDTH / 2.0 + BAR_OFFSET * depth.min(MAX_BARS - 1) as f64;
        let area = |rect: Rect| {
            Mark::Area(Area {
                form: Form::Rect { rect, radius: 2.0 },
                fill: Ink::Theme(Slot::ActivationFill),
                stroke: Stroke { ink: Ink::Theme(Slot::NodeStroke), width: LINE_WIDTH, dashes: Vec::new() },
            })
        };
        let role = Role::Activation { of: participant.id.clone(), depth };
        let marks =
            self.uncovered(Rect::new(left, top, BAR_WIDTH, bottom - top)).into_iter().map(area).collect();
        if let Some(painted) = self.bars.get_mut(place) {
            *painted = Some(item(role, marks));
        }
        self.y = self.y.max(bottom.ceil());
    }

    /// The parts of a bar on which no text stands; all of it where nothing would be left.
    fn uncovered(&mut self, bar: Rect) -> Vec<Rect> {
        let first = self.covered.partition_point(|text| text.bottom() <= bar.y);
        let end = self.covered.partition_point(|text| text.y < bar.bottom());
        let n_texts = end.saturating_sub(first).min(self.cuts_left);
        self.cuts_left -= n_texts;
        let texts = self.covered.iter().skip(first).take(n_texts);
        let mut parts = Vec::new();
        let mut rest = bar;
        let below = |y: f64| Rect::new(bar.x, y, bar.width, (bar.bottom() - y).max(0.0));
        for text in texts.filter(|text| text.overlaps(bar)) {
            if text.y > rest.y {
                parts.push(Rect { height: text.y - rest.y, ..rest });
            }
            rest = below(text.bottom().max(rest.y));
        }
        if rest.height > 0.0 || parts.is_empty() {
            parts.push(rest);
        }
        parts
    }

    fn fragment(&self, ix: FragmentIx) -> Option<&'a Fragment<'a>> {
        self.stage.script.fragments.get(ix.0)
    }

    fn background(&self, ix: FragmentIx) -> Option<crate::draw::scene::Colour> {
        let fragment = self.stage.diagram.fragments.get(ix.0)?;
        tint(fragment.operands.first()?.text.as_str())
    }

    fn open(&mut self, ix: FragmentIx) {
        let Some(fragment) = self.fragment(ix) else {
            return;
        };
        let top = (self.y + ROW_GAP).ceil();
        let (left, right) = self.lanes.frame(self.open_frames.len());
        self.open_frames.push(OpenFrame { top, separators: Vec::new(), texts: Vec::new() });
        if fragment.kind == FragmentKind::Rect {
            let colour = self.background(ix).and_then(|colour| self.backdrop.admitted(colour));
            self.backdrop.backgrounds.push((left, right, colour));
            self.advance(top);
            return;
        }
        let tab = Rect::new(self.tab_left(left), top, fragment.tab_width(), TAB_HEIGHT);
        self.cover(tab);
        let start = tab.right() + CONDITION_GAP;
        let bottom = self.condition(fragment, 0, start, top);
        self.advance(bottom.max(top + TAB_HEIGHT) - 2.0);
    }

    /// The left edge of a tab in a frame that begins at `frame`.
    fn tab_left(&self, frame: f64) -> f64 {
        if self.lanes.is_beside { self.lanes.text.0 - 4.0 } else { frame }
    }

    fn operand(&mut self, ix: FragmentIx, operand: usize) {
        let Some(fragment) = self.fragment(ix) else {
            return;
        };
        let separator = (self.y + ROW_GAP - 2.0).ceil();
        if let Some(frame) = self.open_frames.last_mut() {
            frame.separators.push(separator);
        }
        let bottom = self.condition(fragment, operand, self.lanes.text.0, separator);
        self.advance(bottom - 2.0);
    }

    /// Writes a condition from `left` on, below a border at `border`; returns where it ends. Where too little room is left
    /// beside the tab, it stands below it.
    fn condition(&mut self, fragment: &Fragment<'_>, operand: usize, left: f64, border: f64) -> f64 {
        let caption = fragment.conditions.get(operand).and_then(|condition| condition.caption.as_ref());
        let Some(caption) = caption else {
            return border;
        };
        let (column, right) = self.lanes.text;
        let is_below = right - left < CONDITION_WIDTH.min(right - column);
        let (left, top) = if is_below { (column, border + TAB_HEIGHT) } else { (left, border + 3.0) };
        let label = caption.within(CONDITION, (right - left).max(1.0), self.stage.lettering);
        let marks = self.text(&label, Point::new(left, top));
        if let Some(frame) = self.open_frames.last_mut() {
            frame.texts.extend(marks);
        }
        top + label.size.height
    }

    fn close(&mut self, ix: FragmentIx) {
        let (Some(fragment), Some(frame)) = (self.fragment(ix), self.open_frames.pop()) else {
            return;
        };
        let (left, right) = self.lanes.frame(self.open_frames.len());
        let bottom = (self.y + FRAME_PADDING).max(frame.top + TAB_HEIGHT + 4.0).ceil();
        let rect = Rect::new(left, frame.top, right - left, bottom - frame.top);
        let marks = if fragment.kind == FragmentKind::Rect {
            let colour = self.backdrop.backgrounds.pop().and_then(|(_, _, colour)| colour);
            let fill = colour.map_or(Ink::None, Ink::Fixed);
            vec![Mark::Area(Area { form: Form::Rect { rect, radius: 3.0 }, fill, stroke: Stroke::NONE })]
        } else {
            let mut marks = fragment.marks(rect, self.tab_left(left), &frame.separators);
            marks.extend(frame.texts);
            marks
        };
        if let Some(place) = self.frames.get_mut(ix.0) {
            *place = Some(marks);
        }
        self.advance(bottom);
    }

    /// Paints the fragments, the outer ones first.
    fn paint_frames(&mut self) {
        for (at, marks) in std::mem::take(&mut self.frames).into_iter().enumerate() {
            let (Some(marks), Some(fragment)) = (marks, self.fragment(FragmentIx(at))) else {
                continue;
            };
            let painted = item(Role::Fragment { keyword: fragment.kind.keyword() }, marks);
            if fragment.kind == FragmentKind::Rect {
                self.layers.backgrounds.push(painted);
            } else {
                self.layers.frames.push(painted);
            }
        }
    }
}

/// How far `depth` bars reach from their lane, to the right when `side` is positive and else to the left.
fn reach(depth: usize, side: f64) -> f64 {
    match depth {
        0 => 0.0,
        depth if side > 0.0 => BAR_WIDTH / 2.0 + BAR_OFFSET * (depth - 1).min(MAX_BARS - 1) as f64,
        _ => BAR_WIDTH / 2.0,
    }
}
