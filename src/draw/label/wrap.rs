//! Breaking a line that is too long.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use crate::draw::measure::{Face, TextMeasure, code_width, is_wide};
use crate::draw::scene::Run;

use super::{LabelLine, Setting, Words};

/// How often the width of balanced lines is halved: 240 px are then known to a hundredth.
const N_HALVINGS: usize = 15;

/// What has no seam and is up to so wide, em, is not cut: long words of natural languages are.
const WHOLE: f64 = 12.0;

/// Names and addresses may be divided behind these.
const SEAMS: [char; 18] =
    ['/', '\\', '.', '-', '_', ':', '=', '&', '?', '@', '#', ',', ';', '|', '+', '~', '%', ')'];

/// The line in lines that are no wider than the setting allows, unless a part of a word that is not cut is. They are as few
/// as can be, and then as narrow as can be, so that they are alike.
pub(super) fn wrap(
    runs: &[Run],
    setting: Setting,
    words: Words,
    measure: &dyn TextMeasure,
) -> Vec<LabelLine> {
    let line = Line::of(runs, setting.face, measure);
    let longest = match words {
        Words::Whole => setting.max_width.max(WHOLE * setting.face.size),
        Words::Cut => setting.max_width,
    };
    let words = line.words(Limits { line: setting.max_width, word: longest });
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
        let mut runs = line.joined(words.get(*start..end).unwrap_or_default());
        for run in &mut runs {
            run.width = line.width(run);
        }
        let width = runs.iter().map(|run| run.width).sum();
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

/// How wide things may be, px.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Lines.
    line: f64,
    /// Parts of words that have no seam.
    word: f64,
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
        let size = run.size(self.face.size);
        if run.is_code {
            return code_width(&run.text, size);
        }
        self.measure.width(&run.text, Face { size, is_bold: run.is_bold })
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

    /// The words of the line; one that is too long is divided where Unicode allows it (UAX 14) and, if that is not enough, where
    /// [`Self::divided`] does, others between East Asian characters only: what an author writes in one piece, such as a path, had better stay whole.
    fn words(&self, limits: Limits) -> Vec<Word> {
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
            let is_too_long = self.width_of(&piece) > limits.line;
            let first = words.len();
            let mut from = piece.start;
            while let Some(at) = chances.next_if(|at| *at < piece.end) {
                if at > from && (is_too_long && self.is_joint(at) || self.is_beside_wide(at)) {
                    self.divided(from..at, limits, &mut words);
                    from = at;
                }
            }
            self.divided(from..piece.end, limits, &mut words);
            if let Some(word) = words.get_mut(first) {
                word.is_apart = first > 0;
            }
        }
        words
    }

    /// Adds a part of a word, divided at its seams if it is too wide, and anywhere between characters if a part without seams
    /// still is and is no word of a natural language either.
    fn divided(&self, range: Range<usize>, limits: Limits, words: &mut Vec<Word>) {
        let width = self.width_of(&range);
        if width <= limits.line {
            words.push(Word { range, width, is_apart: false });
            return;
        }
        for part in seams(&self.text, &range) {
            let width = self.width_of(&part);
            if width <= limits.word {
                words.push(Word { range: part, width, is_apart: false });
            } else {
                self.cut(&part, limits.word, words);
            }
        }
    }

    /// Adds a part of a word in pieces that are about equal and no wider than `limit`, unless one character is.
    fn cut(&self, range: &Range<usize>, limit: f64, words: &mut Vec<Word>) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let characters: Vec<(usize, f64)> = text
            .grapheme_indices(true)
            .map(|(at, character)| {
                let end = range.start + at + character.len();
                (end, self.width_of(&(range.start + at..end)))
            })
            .collect();
        let total: f64 = characters.iter().map(|(_, width)| width).sum();
        let fair = total / (total / limit).ceil().max(1.0);
        let (mut start, mut end, mut width) = (range.start, range.start, 0.0);
        for (next, added) in characters {
            if end > start && (width + added > limit || width + added / 2.0 > fair) {
                words.push(self.word(start..end));
                (start, width) = (end, 0.0);
            }
            (end, width) = (next, width + added);
        }
        words.push(self.word(start..end));
    }

    fn word(&self, range: Range<usize>) -> Word {
        let width = self.width_of(&range);
        Word { range, width, is_apart: false }
    }

    fn width_of(&self, range: &Range<usize>) -> f64 {
        self.part(range).iter().map(|run| self.width(run)).sum()
    }

    /// False behind a hyphen, where a path or an address is not divided while there are better places, and between a scheme and a
    /// host.
    fn is_joint(&self, at: usize) -> bool {
        self.text.get(..at).is_none_or(|before| !before.ends_with('-') && !before.ends_with("://"))
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
                Some(last) if last.is_like(&run) => last.text.push_str(&run.text),
                _ => joined.push(run),
            }
            joined
        })
    }
}

/// The parts of a part of `text` between its seams: behind one of [`SEAMS`] before a letter or digit, and before a capital letter
/// behind a small one.
fn seams(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let mut before = None;
    for (at, c) in text.get(range.clone()).unwrap_or_default().char_indices() {
        let at = range.start + at;
        let is_seam = before.is_some_and(|before: char| {
            SEAMS.contains(&before) && c.is_alphanumeric() || before.is_lowercase() && c.is_uppercase()
        });
        if is_seam {
            parts.push(start..at);
            start = at;
        }
        before = Some(c);
    }
    parts.push(start..range.end);
    parts
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
