//! How far apart lifelines stand on the grid, and how far fragments reach beside them.

use crate::draw::layout::cells::typewriter::{count, widest};
use crate::draw::layout::sequence::gaps::{Column, Columns, Gaps};
use crate::draw::layout::sequence::lives::Lives;
use crate::mermaid::diagram::sequence::Placement;

use super::head::{Head, Heads};
use super::step::Step;

/// Cells between a lifeline and the far end of a message to itself.
pub(super) const LOOP: i64 = 3;
/// Cells between a lifeline and a note beside it.
pub(super) const NOTE_GAP: i64 = 2;
/// Cells between the border of a fragment and what is in it.
const PADDING: i64 = 2;

/// How far something reaches to the left of its first and to the right of its last lifeline, cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Reach {
    pub(super) left: i64,
    pub(super) right: i64,
}

/// Where lifelines stand, and the reach of each fragment and of each box around participants.
#[derive(Debug)]
pub(super) struct Extents {
    pub(super) columns: Columns,
    pub(super) fragments: Vec<Reach>,
    pub(super) groups: Vec<Reach>,
}

/// Finds the least distances for all texts.
pub(super) fn extents(heads: &Heads, lives: &Lives, steps: &[Step]) -> Extents {
    let mut asked = Asked {
        gaps: Gaps::new(heads.heads.len().max(1)),
        fragments: vec![Reach { left: 1, right: 1 }; lives.spans.len()],
        open: Vec::new(),
        sides: vec![Reach::default(); heads.heads.len()],
        lives,
    };
    asked.heads(heads);
    for step in steps {
        asked.step(step, heads);
    }
    let groups = heads.groups.iter().map(|group| asked.group(heads, group.span, widest(&group.title)));
    let groups = groups.collect();
    Extents { columns: asked.gaps.solve(), fragments: asked.fragments, groups }
}

struct Asked<'a> {
    gaps: Gaps,
    fragments: Vec<Reach>,
    /// Fragments that are open, outermost first.
    open: Vec<usize>,
    /// How far anything reaches beside each lifeline.
    sides: Vec<Reach>,
    lives: &'a Lives,
}

impl Asked<'_> {
    fn between(&mut self, left: Column, right: Column, cells: i64) {
        self.gaps.between(left, right, cells as f64);
    }

    /// Something reaches so far beside the lifelines; the innermost fragment holds it.
    fn beside(&mut self, (first, last): (Column, Column), reach: Reach) {
        self.gaps.before(first, (reach.left + 1) as f64);
        self.gaps.behind(last, (reach.right + 1) as f64);
        if let Some(side) = self.sides.get_mut(first.0) {
            side.left = side.left.max(reach.left);
        }
        if let Some(side) = self.sides.get_mut(last.0) {
            side.right = side.right.max(reach.right);
        }
        let Some(fragment) = self.open.last().copied() else { return };
        let span = self.lives.spans.get(fragment).copied();
        if let (Some(own), Some((start, end))) = (self.fragments.get_mut(fragment), span) {
            if first == start {
                own.left = own.left.max(reach.left);
            }
            if last == end {
                own.right = own.right.max(reach.right);
            }
        }
    }

    fn heads(&mut self, heads: &Heads) {
        for (at, head) in heads.heads.iter().enumerate() {
            let reach = Reach { left: head.left(), right: head.right() };
            // One cell less than beside each other: a head stands alone in its rows.
            self.gaps.before(Column(at), reach.left as f64);
            self.gaps.behind(Column(at), (reach.right + 1) as f64);
            if let Some(next) = heads.heads.get(at + 1) {
                self.between(Column(at), Column(at + 1), reach.right + next.left() + 3);
            }
        }
    }

    fn step(&mut self, step: &Step, heads: &Heads) {
        match step {
            Step::Message { from, to, text, .. } if from == to => {
                let right = LOOP + 1 + count(widest(text));
                self.beside((*from, *from), Reach { left: 1, right });
            }
            Step::Message { from, to, text, is_birth, .. } => {
                let (left, right) = (*from.min(to), *from.max(to));
                let head = if *is_birth { heads.heads.get(to.0).map_or(0, Head::left) } else { 0 };
                self.between(left, right, (count(widest(text)) + 3).max(4) + head);
                if *is_birth {
                    let head = heads.heads.get(to.0).map_or(0, Head::right);
                    let (before, behind) = if to > from { (1, head) } else { (head, 1) };
                    self.beside((left, right), Reach { left: before, right: behind });
                } else {
                    self.beside((left, right), Reach { left: 1, right: 1 });
                }
            }
            Step::Note { placement, first, last, text } => {
                let width = count(widest(text)) + 4;
                match placement {
                    Placement::LeftOf => {
                        self.beside((*first, *first), Reach { left: NOTE_GAP + width - 1, right: 0 });
                    }
                    Placement::RightOf => {
                        self.beside((*first, *first), Reach { left: 0, right: NOTE_GAP + width - 1 });
                    }
                    Placement::Over if first == last => {
                        let left = (width - 1) / 2;
                        self.beside((*first, *first), Reach { left, right: width - 1 - left });
                    }
                    Placement::Over => {
                        self.between(*first, *last, width - 5);
                        self.beside((*first, *last), Reach { left: 2, right: 2 });
                    }
                }
            }
            Step::Birth(column) => {
                let head = heads.heads.get(column.0);
                let reach = Reach { left: head.map_or(0, Head::left), right: head.map_or(0, Head::right) };
                self.beside((*column, *column), reach);
            }
            Step::Open(fragment, text) | Step::Operand(fragment, text) => {
                if matches!(step, Step::Open(..)) {
                    self.open.push(*fragment);
                }
                self.title(*fragment, count(widest(text)));
            }
            Step::Close(fragment) => {
                self.open.retain(|open| open != fragment);
                let (Some(own), Some(span)) =
                    (self.fragments.get_mut(*fragment), self.lives.spans.get(*fragment))
                else {
                    return;
                };
                *own = Reach { left: own.left + PADDING, right: own.right + PADDING };
                let (own, span) = (*own, *span);
                self.beside(span, own);
            }
            Step::Death(_) | Step::Start(_) | Step::End(_) | Step::Circle(_) => {}
        }
    }

    /// A text of so many cells stands in the border of a fragment.
    fn title(&mut self, fragment: usize, width: i64) {
        let (Some(own), Some((first, last))) =
            (self.fragments.get_mut(fragment), self.lives.spans.get(fragment))
        else {
            return;
        };
        // Corner, line and blank on either side; both sides of the fragment have some of it.
        let wanted = width + 6 - 2 * PADDING - 1;
        if first == last {
            own.right = own.right.max(wanted - own.left);
        } else {
            let between = wanted - own.left - own.right;
            let (first, last) = (*first, *last);
            self.between(first, last, between);
        }
    }

    /// The reach of a box around participants, which holds their heads and all that happens beside them.
    fn group(&mut self, heads: &Heads, (first, last): (Column, Column), title: usize) -> Reach {
        let sides = self.sides.clone();
        let side = |column: Column| sides.get(column.0).copied().unwrap_or_default();
        let head = |column: Column| heads.heads.get(column.0);
        let left = head(first).map_or(0, Head::left).max(side(first).left) + PADDING;
        let mut right = head(last).map_or(0, Head::right).max(side(last).right) + PADDING;
        let wanted = count(title) + 5 - left - right;
        if first == last {
            right = right.max(count(title) + 5 - left);
        } else {
            self.between(first, last, wanted);
        }
        self.gaps.before(first, left as f64);
        self.gaps.behind(last, (right + 1) as f64);
        if let Some(next) = head(Column(last.0 + 1)) {
            let next = next.left().max(side(Column(last.0 + 1)).left) + PADDING;
            self.between(last, Column(last.0 + 1), right + next + 2);
        }
        if let Some(before) = first.0.checked_sub(1).map(Column) {
            let other = head(before).map_or(0, Head::right);
            self.between(before, first, left + other + 2);
        }
        Reach { left, right }
    }
}
