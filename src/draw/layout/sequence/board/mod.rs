//! Sequence diagrams on a grid of characters: lifelines as near to each other as their texts allow, events row by row.

mod head;
mod reach;
mod step;

use crate::draw::board::{Board, Border, Caption, Cell, Frame, LineKind, Piece, Tone, Wire};
use crate::draw::layout::cells::title::crown;
use crate::draw::layout::cells::typewriter::{count, parted, widest, width};
use crate::draw::layout::sequence::gaps::Column;
use crate::draw::layout::sequence::lives::{Lives, Order};
use crate::draw::scene::{Run, Tip};
use crate::mermaid::diagram::sequence::{Arrow, ArrowHead, Placement, SequenceDiagram};

use head::{Head, Heads};
use reach::{Extents, LOOP, NOTE_GAP, Reach};
use step::{Lines, Step};

/// Lays out a diagram; its texts are broken into lines of at most `length` characters where they can be.
pub(in crate::draw::layout) fn lay_out(diagram: &SequenceDiagram, length: usize) -> Board {
    let order = Order::of(diagram);
    let lives = Lives::of(diagram, &order);
    let heads = Heads::of(diagram, &order, length);
    let steps = step::steps(diagram, &order, &lives, length);
    let extents = reach::extents(&heads, &lives, &steps);
    let mut sheet = Sheet {
        heads: &heads,
        extents: &extents,
        lives: &lives,
        y: usize::from(!heads.groups.is_empty()),
        last: 0,
        lifelines: vec![None; heads.heads.len()],
        bars: vec![Vec::new(); heads.heads.len()],
        opened: vec![0; lives.spans.len()],
        layers: Layers::default(),
    };
    sheet.begin();
    for step in &steps {
        sheet.step(step);
    }
    let mut board = sheet.end();
    if let Some(title) = &diagram.titles.title {
        let text = crate::draw::wording::one_line(title);
        crown(&mut board, &[vec![Run { text, is_bold: true, ..Run::default() }]]);
    }
    board
}

/// What is painted, in the order of painting.
#[derive(Debug, Default)]
struct Layers {
    backs: Vec<Piece>,
    lifelines: Vec<Piece>,
    fragments: Vec<Piece>,
    fronts: Vec<Piece>,
}

struct Sheet<'a> {
    heads: &'a Heads,
    extents: &'a Extents,
    lives: &'a Lives,
    /// The next free row.
    y: usize,
    /// The row of the message or note before.
    last: usize,
    /// Where the stretch of each lifeline starts that is being drawn; `None` for those that are not alive.
    lifelines: Vec<Option<usize>>,
    /// Where the activations of each lifeline start.
    bars: Vec<Vec<usize>>,
    /// The row where each fragment starts.
    opened: Vec<usize>,
    layers: Layers,
}

impl Sheet<'_> {
    fn x(&self, column: Column) -> i64 {
        self.extents.columns.x(column) as i64
    }

    fn begin(&mut self) {
        let alive = |at: &usize| self.lives.births.get(*at).copied().flatten().is_none();
        let first: Vec<usize> = (0..self.heads.heads.len()).filter(alive).collect();
        let height =
            first.iter().filter_map(|at| self.heads.heads.get(*at)).map(Head::height).max().unwrap_or(0);
        for at in first {
            self.head(Column(at), self.y, height);
            self.lifelines[at] = Some((self.y + height).saturating_sub(1));
        }
        self.y += height;
        self.last = self.y;
    }

    /// Draws a head of `height` rows from row `top` on.
    fn head(&mut self, column: Column, top: usize, height: usize) {
        let Some(head) = self.heads.heads.get(column.0) else { return };
        let x = self.x(column);
        let (left, right) = (x - head.left(), x + head.right());
        let border = if head.is_actor { Border::Stadium } else { Border::Square };
        self.layers.fronts.push(frame(
            (left, right),
            (top, top + height.saturating_sub(1)),
            border,
            Tone::Plain,
        ));
        let first = top + (height.saturating_sub(head.name.len())) / 2;
        self.centred(&head.name, (left + 2, right - 2), first, Tone::Plain);
    }

    /// Writes lines, each in the middle between two columns.
    fn centred(&mut self, text: &Lines, (left, right): (i64, i64), top: usize, tone: Tone) {
        for (row, runs) in text.iter().enumerate() {
            let free = right - left + 1 - count(width(runs));
            let at = cell(left + free.max(0) / 2, top + row);
            self.layers.fronts.push(Piece::Caption(Caption { at, runs: runs.clone(), tone }));
        }
    }

    /// Writes lines with a blank around each, which cuts the lines that it covers.
    fn plate(&mut self, text: &Lines, (left, right): (i64, i64), top: usize) {
        for (row, runs) in text.iter().enumerate() {
            let free = right - left + 1 - count(width(runs));
            let at = cell(left + free.max(0) / 2 - 1, top + row);
            self.layers.fronts.push(Piece::Caption(Caption {
                at,
                runs: parted(runs.clone()),
                tone: Tone::Plain,
            }));
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Message { from, to, arrow, text, .. } if from == to => self.loop_back(*from, *arrow, text),
            Step::Message { from, to, arrow, text, is_birth } => {
                self.message((*from, *to), *arrow, text, *is_birth);
            }
            Step::Note { placement, first, last, text } => self.note(*placement, (*first, *last), text),
            Step::Birth(column) => {
                let height = self.heads.heads.get(column.0).map_or(0, Head::height);
                self.head(*column, self.y, height);
                self.y += height;
                self.last = self.y.saturating_sub(1);
                if let Some(lifeline) = self.lifelines.get_mut(column.0) {
                    *lifeline = Some(self.last);
                }
            }
            Step::Death(column) => {
                self.last = self.last.max(self.lifelines.get(column.0).copied().flatten().unwrap_or(0) + 1);
                self.y = self.y.max(self.last + 1);
                while self.bars.get(column.0).is_some_and(|bars| !bars.is_empty()) {
                    self.end_bar(*column, self.last);
                }
                self.cut(*column, self.last);
                if let Some(lifeline) = self.lifelines.get_mut(column.0) {
                    *lifeline = None;
                }
                self.sign(*column, '╳');
            }
            Step::Start(column) => {
                let row = self.last;
                if let Some(bars) = self.bars.get_mut(column.0) {
                    bars.push(row);
                }
            }
            Step::End(column) => self.end_bar(*column, self.last),
            Step::Circle(column) => self.sign(*column, '○'),
            Step::Open(fragment, text) => {
                if let Some(opened) = self.opened.get_mut(*fragment) {
                    *opened = self.y;
                }
                self.heading(*fragment, text);
            }
            Step::Operand(fragment, text) => {
                let ((left, right), row) = (self.sides(*fragment), self.y);
                self.layers.fragments.push(Piece::Wire(Wire {
                    cells: vec![cell(left, row), cell(right, row)],
                    line: LineKind::Dotted,
                    start: None,
                    end: None,
                    tone: Tone::Quiet,
                }));
                self.heading(*fragment, text);
            }
            Step::Close(fragment) => {
                let top = self.opened.get(*fragment).copied().unwrap_or(self.y);
                // A fragment in which nothing happens has an inside all the same.
                self.y = self.y.max(top + 2);
                let (sides, rows) = (self.sides(*fragment), (top, self.y));
                self.layers.fragments.insert(0, frame(sides, rows, Border::Round, Tone::Quiet));
                self.last = self.y;
                self.y += 1;
            }
        }
    }

    fn sign(&mut self, column: Column, sign: char) {
        let runs = vec![Run { text: sign.to_string(), ..Run::default() }];
        let at = cell(self.x(column), self.last);
        self.layers.fronts.push(Piece::Caption(Caption { at, runs, tone: Tone::Line }));
    }

    /// The first and the last column of a fragment.
    fn sides(&self, fragment: usize) -> (i64, i64) {
        let (Some((first, last)), Some(Reach { left, right })) =
            (self.lives.spans.get(fragment), self.extents.fragments.get(fragment))
        else {
            return (0, 0);
        };
        (self.x(*first) - left, self.x(*last) + right)
    }

    /// Writes what stands in the border of a fragment, and below it when it has more lines.
    fn heading(&mut self, fragment: usize, text: &Lines) {
        let left = self.sides(fragment).0;
        for (row, runs) in text.iter().enumerate() {
            let at = cell(left + 2, self.y + row);
            self.layers.fronts.push(Piece::Caption(Caption {
                at,
                runs: parted(runs.clone()),
                tone: Tone::Plain,
            }));
        }
        self.y += text.len().max(1);
        self.last = self.y;
    }

    fn message(&mut self, (from, to): (Column, Column), arrow: Arrow, text: &Lines, is_birth: bool) {
        let (start, end) = (self.x(from), self.x(to));
        let height = self.heads.heads.get(to.0).map_or(0, Head::height);
        let mut row = self.y + text.len();
        let mut arrival = end;
        if is_birth {
            row = row.max(self.y + height / 2);
            let top = row - height / 2;
            self.head(to, top, height);
            if let (Some(head), Some(lifeline)) = (self.heads.heads.get(to.0), self.lifelines.get_mut(to.0)) {
                arrival = if end > start { end - head.left() } else { end + head.right() };
                *lifeline = Some(top + height - 1);
            }
        }
        let inside = (start.min(arrival) + 1, start.max(arrival) - 1);
        self.plate(text, inside, row - text.len());
        self.wire(vec![cell(start, row), cell(arrival, row)], arrow);
        self.last = row;
        self.y = row + 1;
        if is_birth {
            self.y = self.y.max(row - height / 2 + height);
        }
    }

    /// A message of a participant to itself.
    fn loop_back(&mut self, column: Column, arrow: Arrow, text: &Lines) {
        let (x, y) = (self.x(column), self.y);
        let turn = x + LOOP;
        self.wire(vec![cell(x, y), cell(turn, y), cell(turn, y + 1), cell(x, y + 1)], arrow);
        for (row, runs) in text.iter().enumerate() {
            let at = cell(turn + 2, y + row);
            self.layers.fronts.push(Piece::Caption(Caption { at, runs: runs.clone(), tone: Tone::Plain }));
        }
        self.last = y + 1;
        self.y = y + text.len().max(2);
    }

    fn wire(&mut self, cells: Vec<Cell>, arrow: Arrow) {
        let (start, end) = tips(arrow.head);
        let line = if arrow.dotted { LineKind::Dotted } else { LineKind::Light };
        self.layers.fronts.push(Piece::Wire(Wire { cells, line, start, end, tone: Tone::Line }));
    }

    fn note(&mut self, placement: Placement, (first, last): (Column, Column), text: &Lines) {
        let columns = count(widest(text)) + 4;
        let (start, end) = (self.x(first), self.x(last));
        let (left, right) = match placement {
            Placement::LeftOf => (start - NOTE_GAP - columns + 1, start - NOTE_GAP),
            Placement::RightOf => (start + NOTE_GAP, start + NOTE_GAP + columns - 1),
            Placement::Over if first == last => {
                let left = start - (columns - 1) / 2;
                (left, left + columns - 1)
            }
            Placement::Over => (start - 2, end + 2),
        };
        let (top, bottom) = (self.y, self.y + text.len().max(1) + 1);
        for at in self.extents.columns.within(left as f64 - 0.5, right as f64 + 0.5) {
            let column = Column(at);
            let is_alive = self.lifelines.get(at).copied().flatten().is_some();
            self.cut(column, top);
            if let Some(lifeline) = self.lifelines.get_mut(at).filter(|_| is_alive) {
                *lifeline = Some(bottom);
            }
        }
        self.layers.fronts.push(frame((left, right), (top, bottom), Border::Dotted, Tone::Yellow));
        self.centred(text, (left + 2, right - 2), top + 1, Tone::Plain);
        (self.last, self.y) = (bottom, bottom + 1);
    }

    /// Draws the stretch of a lifeline that ends in this row.
    fn cut(&mut self, column: Column, row: usize) {
        let Some(from) = self.lifelines.get(column.0).copied().flatten() else { return };
        if from < row {
            let x = self.x(column);
            let cells = vec![cell(x, from), cell(x, row)];
            let (start, end, tone) = (None, None, Tone::Quiet);
            self.layers.lifelines.push(Piece::Wire(Wire { cells, line: LineKind::Light, start, end, tone }));
        }
    }

    fn end_bar(&mut self, column: Column, row: usize) {
        let Some(from) = self.bars.get_mut(column.0).and_then(Vec::pop) else { return };
        if from < row {
            let x = self.x(column);
            let cells = vec![cell(x, from), cell(x, row)];
            let (start, end, tone) = (None, None, Tone::Line);
            self.layers.lifelines.push(Piece::Wire(Wire { cells, line: LineKind::Heavy, start, end, tone }));
        }
    }

    /// Closes what is open: lower heads, boxes around participants.
    fn end(mut self) -> Board {
        let alive: Vec<usize> =
            (0..self.lifelines.len()).filter(|at| self.lifelines[*at].is_some()).collect();
        let foot = self.y + usize::from(self.last == self.y);
        let height =
            alive.iter().filter_map(|at| self.heads.heads.get(*at)).map(Head::height).max().unwrap_or(0);
        for at in alive {
            while !self.bars[at].is_empty() {
                self.end_bar(Column(at), foot);
            }
            self.cut(Column(at), foot);
            self.head(Column(at), foot, height);
        }
        let mut rows = if height == 0 { self.y } else { foot + height };
        let groups = self.heads.groups.iter().zip(&self.extents.groups);
        for (group, reach) in groups.clone() {
            let (left, right) = (self.x(group.span.0) - reach.left, self.x(group.span.1) + reach.right);
            self.layers.backs.push(frame((left, right), (0, rows), Border::Round, Tone::Quiet));
            let title: Vec<Run> = group.title.iter().flatten().cloned().collect();
            if !title.is_empty() {
                let (at, runs) = (cell(left + 2, 0), parted(title));
                self.layers.backs.push(Piece::Caption(Caption { at, runs, tone: Tone::Plain }));
            }
        }
        rows += usize::from(groups.len() > 0);
        let Layers { mut backs, lifelines, fragments, fronts } = self.layers;
        backs.extend(lifelines);
        backs.extend(fragments);
        backs.extend(fronts);
        let width = usize::try_from(self.extents.columns.width as i64).unwrap_or(0);
        Board { width, height: rows, pieces: backs }
    }
}

/// What a message's line begins and ends with.
fn tips(head: ArrowHead) -> (Option<Tip>, Option<Tip>) {
    match head {
        ArrowHead::Open => (None, None),
        ArrowHead::Filled => (None, Some(Tip::Point)),
        ArrowHead::Cross => (None, Some(Tip::Cross)),
        ArrowHead::Point => (None, Some(Tip::Angle)),
        ArrowHead::Bidirectional => (Some(Tip::Point), Some(Tip::Point)),
        ArrowHead::FilledTop => (None, Some(Tip::HalfTop)),
        ArrowHead::FilledBottom => (None, Some(Tip::HalfBottom)),
        ArrowHead::StickTop => (None, Some(Tip::StickTop)),
        ArrowHead::StickBottom => (None, Some(Tip::StickBottom)),
        ArrowHead::FilledTopReverse => (Some(Tip::HalfTop), None),
        ArrowHead::FilledBottomReverse => (Some(Tip::HalfBottom), None),
        ArrowHead::StickTopReverse => (Some(Tip::StickTop), None),
        ArrowHead::StickBottomReverse => (Some(Tip::StickBottom), None),
    }
}

fn cell(x: i64, y: usize) -> Cell {
    Cell::new(usize::try_from(x).unwrap_or(0), y)
}

fn frame((left, right): (i64, i64), (top, bottom): (usize, usize), border: Border, tone: Tone) -> Piece {
    Piece::Frame(Frame { low: cell(left, top), high: cell(right.max(left), bottom.max(top)), border, tone })
}
