//! How far apart neighbours stand: heads, and what stands beside one lifeline, keep clear of the other.

use super::activity::{left_reach, right_reach};
use super::dimensions::{BOX_GAP, BOX_PADDING, CLEARANCE, HEAD_GAP, MARGIN};
use super::gaps::{Column, Gaps};
use super::group::Group;
use super::head::Head;
use super::lives::Lives;
use super::survey::Flanks;

/// How far things reach from each lifeline, px.
pub(super) struct Neighbours<'a> {
    flanks: &'a [Flanks],
    groups: &'a [Group],
    /// The most activations that each lifeline has at once.
    max_depths: &'a [usize],
    /// Half the width of each head; none where no participant is.
    heads: Vec<f64>,
    /// What a box around only this participant has to hold, to the left and to the right.
    sides: Vec<(f64, f64)>,
}

impl<'a> Neighbours<'a> {
    pub(super) fn new(flanks: &'a [Flanks], heads: &[Head], groups: &'a [Group], lives: &'a Lives) -> Self {
        let half = |index: usize| heads.get(index).map_or(0.0, |head| head.size.width / 2.0);
        let heads: Vec<f64> = (0..flanks.len()).map(half).collect();
        let content = flanks.iter().map(|flanks| flanks.content);
        let mut sides: Vec<(f64, f64)> = heads
            .iter()
            .zip(content)
            .map(|(head, (left, right))| (head.max(left), head.max(right)))
            .collect();
        for group in groups.iter().filter(|group| group.span.0 == group.span.1) {
            let half = group.title.size.width / 2.0;
            let side = &mut sides[group.span.0.0];
            *side = (side.0.max(half), side.1.max(half));
        }
        Self { flanks, groups, max_depths: &lives.max_depths, heads, sides }
    }

    /// Asks for room between all neighbours, at the edges of the drawing, and for the titles of boxes.
    pub(super) fn ask(&self, gaps: &mut Gaps) {
        let n_columns = self.flanks.len();
        let (mut begins, mut ends) = (vec![false; n_columns], vec![false; n_columns]);
        for group in self.groups {
            let (first, last) = group.span;
            begins[first.0] = true;
            ends[last.0] = true;
            let (left, right) = self.box_reach(group);
            gaps.between(first, last, group.title.size.width + 2.0 * BOX_PADDING - left - right);
        }
        let padding = |has_border: bool| if has_border { BOX_PADDING } else { 0.0 };
        let left =
            |index: usize| self.sides[index].0.max(self.flanks[index].frames.0) + padding(begins[index]);
        let right =
            |index: usize| self.sides[index].1.max(self.flanks[index].frames.1) + padding(ends[index]);
        gaps.before(Column(0), MARGIN + left(0));
        for index in 1..n_columns {
            let is_border = ends[index - 1] || begins[index];
            let distance =
                if is_border { right(index - 1) + BOX_GAP + left(index) } else { self.distance(index) };
            gaps.before(Column(index), distance);
        }
        gaps.behind(Column(n_columns - 1), right(n_columns - 1) + MARGIN);
    }

    /// What stands beside a lifeline keeps clear of its neighbour and of the neighbour's bars. It never meets what stands
    /// beside the neighbour: rows follow each other, and frames hold each other.
    fn distance(&self, right: usize) -> f64 {
        let left = right - 1;
        let from_left = self.flanks[left].content.1.max(self.flanks[left].frames.1);
        let from_right = self.flanks[right].content.0.max(self.flanks[right].frames.0);
        (self.heads[left] + HEAD_GAP + self.heads[right])
            .max(from_left + CLEARANCE + left_reach(self.max_depths[right]))
            .max(from_right + CLEARANCE + right_reach(self.max_depths[left]))
    }

    /// How far a box reaches from the lifelines of its first and its last member.
    pub(super) fn box_reach(&self, group: &Group) -> (f64, f64) {
        let (first, last) = group.span;
        (self.sides[first.0].0 + BOX_PADDING, self.sides[last.0].1 + BOX_PADDING)
    }
}
