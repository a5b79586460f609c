//! Fragments: frames around rows, with a keyword and conditions.

use crate::draw::geometry::{Point, Rect};
use crate::draw::label::Label;
use crate::draw::scene::{Area, Form, Ink, Line, Mark, Path, Slot, Step, Stroke};
use crate::mermaid::diagram::sequence::FragmentKind;

use super::dimensions::{
    BAR_WIDTH, FRAGMENT_PADDING, FRAGMENT_REACH, KEYWORD, TAB_HEIGHT, TAB_PADDING, TAB_WIDTH,
};
use super::gaps::{Column, Columns};
use super::lettering::{Caption, Lettering, TEXT_INK};
use super::place::Place;

/// What is cut off the corner of a tab.
const TAB_CUT: f64 = 7.0;
/// Between a tab and the first lifeline.
const TAB_GAP: f64 = 7.0;

/// A fragment on the way to its place.
#[derive(Debug, Clone)]
pub(super) struct Fragment<'a> {
    pub(super) kind: FragmentKind,
    /// The first and the last lifeline that it covers.
    pub(super) span: (Column, Column),
    /// How far it reaches to the left of the first, and to the right of the last.
    pub(super) reach: (f64, f64),
    /// Its keyword; a background has none.
    keyword: Option<Label>,
    /// The conditions of the operands that have begun.
    pub(super) conditions: Vec<Condition<'a>>,
}

/// The condition of an operand.
#[derive(Debug, Clone)]
pub(super) struct Condition<'a> {
    pub(super) caption: Option<Caption<'a>>,
    /// Where its text begins.
    pub(super) left: Place,
    /// What stands to its right; the frame's border when nothing does.
    pub(super) right: Option<Place>,
}

impl Fragment<'_> {
    pub(super) fn new(kind: FragmentKind, span: (Column, Column), lettering: Lettering<'_>) -> Self {
        let keyword = match kind {
            FragmentKind::Rect => None,
            FragmentKind::ParOver => Some(FragmentKind::Par.keyword()),
            kind => Some(kind.keyword()),
        };
        let keyword = keyword.map(|keyword| lettering.literal(keyword, KEYWORD, f64::INFINITY));
        let tab = keyword.as_ref().map_or(0.0, |label| tab_width(label) + TAB_GAP + BAR_WIDTH / 2.0);
        let reach = (tab.max(FRAGMENT_REACH), FRAGMENT_REACH);
        Self { kind, span, reach, keyword, conditions: Vec::new() }
    }

    /// Makes room for what reaches so far from a lifeline in it to the left and to the right.
    pub(super) fn hold(&mut self, column: Column, left: f64, right: f64) {
        if column == self.span.0 {
            self.reach.0 = self.reach.0.max(left + FRAGMENT_PADDING);
        }
        if column == self.span.1 {
            self.reach.1 = self.reach.1.max(right + FRAGMENT_PADDING);
        }
    }

    /// Its left and its right border, px.
    pub(super) fn borders(&self, columns: &Columns) -> (f64, f64) {
        (columns.x(self.span.0) - self.reach.0, columns.x(self.span.1) + self.reach.1)
    }

    /// The text of a condition, with the room that it has.
    pub(super) fn condition(
        &self,
        operand: usize,
        columns: &Columns,
        lettering: Lettering<'_>,
    ) -> Option<(Label, f64)> {
        let condition = self.conditions.get(operand)?;
        let left = condition.left.x(columns);
        let right =
            condition.right.map_or(self.borders(columns).1 - FRAGMENT_PADDING, |place| place.x(columns));
        let label = condition.caption.as_ref()?.fitted(right - left, lettering);
        Some((label, left))
    }

    /// The width of its tab, px; 0 for a background.
    pub(super) fn tab_width(&self) -> f64 {
        self.keyword.as_ref().map_or(0.0, tab_width)
    }

    /// Its border with the tab, whose left edge is at `tab`, and the lines between its operands.
    pub(super) fn marks(&self, rect: Rect, tab: f64, separators: &[f64]) -> Vec<Mark> {
        let stroke = |dashes| Stroke { ink: Ink::Theme(Slot::FragmentStroke), width: 1.0, dashes };
        let (top_left, top_right) = (Point::new(rect.x, rect.y), Point::new(rect.right(), rect.y));
        let (bottom_left, bottom_right) =
            (Point::new(rect.x, rect.bottom()), Point::new(rect.right(), rect.bottom()));
        let line = |from, to, dashes| {
            let path = Path(vec![Step::Move(from), Step::Line(to)]);
            Mark::Line(Line { path, stroke: stroke(dashes), start: None, end: None })
        };
        // Four lines, as in Mermaid's drawings: what reads those takes each for a line of the frame.
        let border = [
            (top_left, top_right),
            (top_right, bottom_right),
            (bottom_left, bottom_right),
            (top_left, bottom_left),
        ];
        let mut marks: Vec<Mark> = border.into_iter().map(|(from, to)| line(from, to, Vec::new())).collect();
        marks.extend(
            separators
                .iter()
                .map(|y| line(Point::new(rect.x, *y), Point::new(rect.right(), *y), vec![4.0, 3.0])),
        );
        if let Some(keyword) = &self.keyword {
            let (right, bottom) = (tab + tab_width(keyword), rect.y + TAB_HEIGHT);
            let path = Path(vec![
                Step::Move(Point::new(tab, rect.y)),
                Step::Line(Point::new(right, rect.y)),
                Step::Line(Point::new(right, bottom - TAB_CUT)),
                Step::Line(Point::new(right - TAB_CUT, bottom)),
                Step::Line(Point::new(tab, bottom)),
                Step::Close,
            ]);
            let fill = Ink::Theme(Slot::FragmentTab);
            marks.push(Mark::Area(Area { form: Form::Path(path), fill, stroke: stroke(Vec::new()) }));
            let middle = Point::new(tab.midpoint(right - TAB_CUT / 2.0), rect.y.midpoint(bottom));
            marks.push(Mark::Text(keyword.block_around(middle, TEXT_INK)));
        }
        marks
    }
}

fn tab_width(keyword: &Label) -> f64 {
    (keyword.size.width + 2.0 * TAB_PADDING + TAB_CUT / 2.0).ceil().max(TAB_WIDTH)
}
