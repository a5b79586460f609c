//! Text in cells: a character takes one, a wide one two.

use unicode_width::UnicodeWidthStr;

use crate::draw::label::Label;
use crate::draw::measure::{Face, TextMeasure};
use crate::draw::scene::Run;
use crate::draw::wording;

/// What a cell counts as, px: its width and its height. Terminals are about twice as high as wide.
pub(in crate::draw::layout) const CELL: (f64, f64) = (8.0, 16.0);

/// Measures in cells, whatever the face.
#[derive(Debug, Clone, Copy)]
pub(in crate::draw::layout) struct Typewriter;

impl TextMeasure for Typewriter {
    fn width(&self, text: &str, _: Face) -> f64 {
        text.width() as f64 * CELL.0
    }
}

/// The parts of a line without characters that would steer a terminal.
pub(in crate::draw::layout) fn tame(runs: &[Run]) -> Vec<Run> {
    runs.iter().map(|run| Run { text: wording::tame(&run.text), ..run.clone() }).collect()
}

/// The cells that a line takes.
pub(in crate::draw::layout) fn width(runs: &[Run]) -> usize {
    runs.iter().map(|run| run.text.width()).sum()
}

/// The lines of a label.
pub(in crate::draw::layout) fn lines(label: &Label) -> Vec<Vec<Run>> {
    label.lines.iter().map(|line| tame(&line.runs)).collect()
}

/// The cells that the widest of the lines takes.
pub(in crate::draw::layout) fn widest(lines: &[Vec<Run>]) -> usize {
    lines.iter().map(|line| width(line)).max().unwrap_or_default()
}

/// The line with a blank on either side, which parts it from the line that it stands in.
pub(in crate::draw::layout) fn parted(mut runs: Vec<Run>) -> Vec<Run> {
    if let Some(first) = runs.first_mut() {
        first.text.insert(0, ' ');
    }
    if let Some(last) = runs.last_mut() {
        last.text.push(' ');
    }
    runs
}

/// A number of cells as a distance.
pub(in crate::draw::layout) fn count(n_cells: usize) -> i64 {
    i64::try_from(n_cells).unwrap_or(i64::MAX / 4)
}
