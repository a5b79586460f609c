//! Breaking a line that is too long.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::draw::measure::{Face, TextMeasure, is_wide};
use crate::draw::scene::Run;

use super::{LabelLine, Setting, Words};

/// How often the width of balanced lines is halved: 240 px are then known to a hundredth.
const N_HALVINGS: usize = 15;

/// The line in lines that are no wider than the setting allows, unless a single word is. They are as few as can be, and
/// then as narrow as can be, so that they are alike.
pub(super) fn wrap(
    runs: &[Run],
    setting: Setting,
    words: Words,
    measure: &dyn TextMeasure,
) -> Vec<LabelLine> {
    let line = Line::of(runs, setting.face, measure);
    let mut found = line.words(setting.max_width);
    if words == Words::Cut {
        found = found.into_iter().flat_map(|word| line.cut(word, setting.max_width)).collect();
    }
    let words = found;
    let gap = measure.width(" ", setting.face);
    let mut starts = breaks(&words, setting.max_width, gap);
    if starts.len() > 1 {
        let n_lines = starts.len();
        let widest = words.iter().map(|word| word.width).fold(0.0, f64::max);
        let (mut low, mut high) = (widest, setting.max_width);
        for _ in 0..N_HALVINGS {
            if low >= high {
                break;
            }
            let middle = f64::midpoint(low, high);
            let tried = breaks(&words, middle, gap);
            if tried.len() > n_lines {
                low = middle;
            } else {
                high = middle;
                starts = tried;
            }
        }
    }
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    let lines = starts.iter().zip(ends).map(|(start, end)| {
        let runs = line.joined(words.get(*start..end).unwrap_or_default());
        let width = runs.iter().map(|run| line.width(run)).sum();
        LabelLine { runs, width }
    });
    lines.collect()
}

/// The index of the word that starts each line when none is wider than `max_width`, unless a single word is. One line
/// at least.
fn breaks(words: &[Word], max_width: f64, gap: f64) -> Vec<usize> {
    let mut starts = vec![0];
    let mut width = 0.0;
    for (index, word) in words.iter().enumerate() {
        let added = word.width + if word.is_apart { gap } else { 0.0 };
        if index > 0 && width + added > max_width {
            starts.push(index);
            width = word.width;
        } else {
            width += if index == 0 { word.width } else { added };
        }
    }
    starts
}

/// A part of a line that is not broken.
struct Word {
    range: Range<usize>,
    width: f64,
    /// A blank stands before it unless it starts a line.
    is_apart: bool,
}

/// A line that is to be broken.
struct Line<'a> {
    text: String,
    /// Where each run ends in the text.
    ends: Vec<usize>,
    runs: &'a [Run],
    face: Face,
    measure: &'a dyn TextMeasure,
}

impl<'a> Line<'a> {
    fn of(runs: &'a [Run], face: Face, measure: &'a dyn TextMeasure) -> Self {
        let mut text = String::new();
        let mut ends = Vec::with_capacity(runs.len());
        for run in runs {
            text.push_str(&run.text);
            ends.push(text.len());
        }
        Self { text, ends, runs, face, measure }
    }

    fn width(&self, run: &Run) -> f64 {
        self.measure.width(&run.text, Face { is_bold: run.is_bold, ..self.face })
    }

    /// The runs of a part of the text.
    fn part(&self, range: &Range<usize>) -> Vec<Run> {
        let mut part = Vec::new();
        let mut start = range.start;
        for index in self.ends.partition_point(|end| *end <= range.start)..self.runs.len() {
            if start >= range.end {
                break;
            }
            let end = self.ends[index].min(range.end);
            part.push(Run { text: self.text[start..end].to_owned(), ..self.runs[index].clone() });
            start = end;
        }
        part
    }

    /// The words of the line; one that is too long is divided where Unicode allows it (UAX 14), others between East Asian
    /// characters only: what an author writes in one piece, such as a path, had better stay whole.
    fn words(&self, max_width: f64) -> Vec<Word> {
        let chances = linebreaks(&self.text)
            .filter(|(_, chance)| *chance == BreakOpportunity::Allowed)
            .map(|(at, _)| at);
        let mut chances = chances.peekable();
        let mut words: Vec<Word> = Vec::new();
        let mut start = 0;
        for gap in gaps(&self.text) {
            let piece = start..gap.start;
            start = gap.end;
            if piece.is_empty() {
                continue;
            }
            let is_too_long = self.width_of(&piece) > max_width;
            let is_apart = !words.is_empty();
            let mut from = piece.start;
            while let Some(at) = chances.next_if(|at| *at < piece.end) {
                if at > from && (is_too_long || self.is_beside_wide(at)) {
                    words.push(self.word(from..at, is_apart && from == piece.start));
                    from = at;
                }
            }
            words.push(self.word(from..piece.end, is_apart && from == piece.start));
        }
        words
    }

    /// The word in parts that are no wider than `max_width`, of one character at least.
    fn cut(&self, word: Word, max_width: f64) -> Vec<Word> {
        let Some(text) = self.text.get(word.range.clone()).filter(|_| word.width > max_width) else {
            return vec![word];
        };
        let mut parts: Vec<Word> = Vec::new();
        let mut start = word.range.start;
        let mut width = 0.0;
        for (at, c) in text.char_indices() {
            let at = word.range.start + at;
            let own = self.width_of(&(at..at + c.len_utf8()));
            // A mark stays with what it stands on.
            if at > start && own > 0.0 && width + own > max_width {
                parts.push(self.word(start..at, word.is_apart && parts.is_empty()));
                (start, width) = (at, 0.0);
            }
            width += own;
        }
        parts.push(self.word(start..word.range.end, word.is_apart && parts.is_empty()));
        parts
    }

    fn word(&self, range: Range<usize>, is_apart: bool) -> Word {
        let width = self.width_of(&range);
        Word { range, width, is_apart }
    }

    fn width_of(&self, range: &Range<usize>) -> f64 {
        self.part(range).iter().map(|run| self.width(run)).sum()
    }

    fn is_beside_wide(&self, at: usize) -> bool {
        let (before, behind) = self.text.split_at(at);
        before.chars().next_back().is_some_and(is_wide) || behind.chars().next().is_some_and(is_wide)
    }

    /// Words as one line with one blank between them, runs of one style together.
    fn joined(&self, words: &[Word]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut gap = 0;
        for (index, word) in words.iter().enumerate() {
            if word.is_apart && index > 0 {
                let blank = self.part(&(gap..word.range.start));
                runs.extend(blank.into_iter().take(1).map(|run| Run { text: " ".to_owned(), ..run }));
            }
            runs.extend(self.part(&word.range));
            gap = word.range.end;
        }
        runs.into_iter().fold(Vec::new(), |mut joined: Vec<Run>, run| {
            match joined.last_mut() {
                Some(last) if last.is_bold == run.is_bold && last.is_italic == run.is_italic => {
                    last.text.push_str(&run.text);
                }
                _ => joined.push(run),
            }
            joined
        })
    }
}

/// The stretches of blanks in `text`, and the empty one at its end.
fn gaps(text: &str) -> Vec<Range<usize>> {
    let is_blank = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}');
    let mut gaps: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_blank(*c)) {
        match gaps.last_mut() {
            Some(gap) if gap.end == at => gap.end += c.len_utf8(),
            _ => gaps.push(at..at + c.len_utf8()),
        }
    }
    gaps.push(text.len()..text.len());
    gaps
}
