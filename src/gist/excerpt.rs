//! What stays of a block: the comment at its top and those units that matter, whole and in their order.

use std::ops::Range;

use super::unit::{Unit, Units};

/// The lines of a text of `n_lines` that stay, at most `n_most` of them with the empty lines between them.
///
/// Units that hold a line of `essential` come first; where there is none, or none fits, those at the top of the text; where
/// not even the first fits, its beginning, if the text says where that may end.
pub(super) fn choose(units: &Units, essential: &[bool], n_most: usize) -> Vec<Range<usize>> {
    let mut choice = Choice { kept: Vec::new(), n_left: n_most };
    if let Some(lead) = units.lead.as_ref().filter(|lead| lead.lines.len() <= n_most / 2) {
        choice.take(lead);
    }
    let matters = |unit: &&Unit| essential.get(unit.lines.clone()).unwrap_or_default().contains(&true);
    let n_lead = choice.kept.len();
    for unit in units.rest.iter().filter(matters) {
        choice.take(unit);
    }
    if choice.kept.len() == n_lead {
        for unit in &units.rest {
            if !choice.take(unit) {
                break;
            }
        }
    }
    if choice.kept.len() == n_lead
        && let Some(first) = units.rest.first()
    {
        choice.begin(first, &units.ends);
    }
    choice.kept
}

/// The lines taken so far.
struct Choice {
    kept: Vec<Range<usize>>,
    n_left: usize,
}

impl Choice {
    /// Takes a unit if there is room for it, with the empty line above it.
    fn take(&mut self, unit: &Unit) -> bool {
        let is_apart = self.kept.last().is_some_and(|last| last.end < unit.lines.start);
        let n_lines = unit.lines.len() + usize::from(is_apart);
        let fits = n_lines <= self.n_left;
        if fits {
            self.n_left -= n_lines;
            self.kept.push(unit.lines.clone());
        }
        fits
    }

    /// Takes the beginning of a unit, up to the outermost of the `ends` that there is room for, of equals the last.
    fn begin(&mut self, unit: &Unit, ends: &[(usize, usize)]) {
        let is_apart = self.kept.last().is_some_and(|last| last.end < unit.lines.start);
        let last = unit.lines.start + self.n_left.saturating_sub(usize::from(is_apart));
        let within = ends.iter().filter(|(end, _)| (unit.lines.start + 1..=last).contains(end));
        let end = within.min_by_key(|(end, indent)| (*indent, usize::MAX - end));
        if let Some((end, _)) = end {
            self.take(&Unit { lines: unit.lines.start..*end });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines that matter, how many may stay, and those that do.
    type Row = (&'static [usize], usize, &'static [Range<usize>]);

    fn unit(lines: Range<usize>) -> Unit {
        Unit { lines }
    }

    fn essential(n_lines: usize, at: &[usize]) -> Vec<bool> {
        (0..n_lines).map(|line| at.contains(&line)).collect()
    }

    #[test]
    fn what_matters_stays_in_its_order() {
        let units = Units {
            lead: Some(unit(0..1)),
            rest: vec![unit(1..4), unit(5..15), unit(16..18), unit(19..20)],
            ends: vec![(2, 4), (3, 2)],
        };
        let table: [Row; 6] = [
            (&[17, 2], 20, &[0..1, 1..4, 16..18]),
            (&[17], 20, &[0..1, 16..18]),
            (&[6, 19], 8, &[0..1, 19..20]),
            (&[], 6, &[0..1, 1..4]),
            (&[], 20, &[0..1, 1..4, 5..15, 16..18, 19..20]),
            (&[], 3, &[0..1, 1..3]),
        ];
        for (matters, n_most, expected) in table {
            assert_eq!(choose(&units, &essential(20, matters), n_most), expected, "{matters:?} {n_most}");
        }
    }

    #[test]
    fn a_long_comment_at_the_top_leaves() {
        let units = Units { lead: Some(unit(0..9)), rest: vec![unit(10..12)], ends: Vec::new() };
        assert_eq!(choose(&units, &essential(12, &[]), 10), vec![10..12_usize]);
        assert_eq!(choose(&units, &essential(12, &[]), 1), Vec::<Range<usize>>::new());
    }
}
