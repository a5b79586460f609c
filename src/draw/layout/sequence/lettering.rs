//! Texts of a sequence diagram, set in lines.

use crate::draw::label::{Label, Setting};
use crate::draw::measure::{Face, TextMeasure};
use crate::draw::scene::{Ink, Run, Slot};
use crate::mermaid::diagram::text::Text;

use super::dimensions::TEXT_WIDTH;

/// What most text is written with.
pub(super) const TEXT_INK: Ink = Ink::Theme(Slot::Text);

/// Sets texts with the widths of one font.
#[derive(Clone, Copy)]
pub(super) struct Lettering<'a> {
    measure: &'a dyn TextMeasure,
}

impl<'a> Lettering<'a> {
    pub(super) fn new(measure: &'a dyn TextMeasure) -> Self {
        Self { measure }
    }

    /// A text of the diagram in lines of at most `max_width` px, words that are longer apart.
    pub(super) fn text(&self, text: &Text, face: Face, max_width: f64) -> Label {
        Label::set(text, Setting { face, max_width }, self.measure)
    }

    /// Characters that mean nothing but themselves, in lines of at most `max_width` px.
    pub(super) fn literal(&self, text: &str, face: Face, max_width: f64) -> Label {
        Label::of_str(text, Setting { face, max_width }, self.measure)
    }

    /// As [`Self::text`], but no line is longer than `max_width` px, whatever must be cut for it.
    pub(super) fn text_within(&self, text: &Text, face: Face, max_width: f64) -> Label {
        Label::set_within(text, Setting { face, max_width }, self.measure)
    }

    /// As [`Self::literal`], but no line is longer than `max_width` px, whatever must be cut for it.
    pub(super) fn literal_within(&self, text: &str, face: Face, max_width: f64) -> Label {
        Label::of_str_within(text, Setting { face, max_width }, self.measure)
    }
}

/// A text that is set once to learn how much room it asks for, and again when its room is known.
#[derive(Debug, Clone)]
pub(super) struct Caption<'a> {
    text: &'a Text,
    face: Face,
    /// `[` and `]` stand around it, as UML writes guards.
    is_guard: bool,
    /// As it is set while its room is unknown.
    pub(super) label: Label,
}

impl<'a> Caption<'a> {
    pub(super) fn new(text: &'a Text, face: Face, lettering: Lettering<'_>) -> Self {
        Self { text, face, is_guard: false, label: lettering.text(text, face, TEXT_WIDTH) }
    }

    /// The condition of a fragment.
    pub(super) fn guard(text: &'a Text, face: Face, lettering: Lettering<'_>) -> Self {
        Self {
            text,
            face,
            is_guard: true,
            label: guarded(lettering.text(text, face, TEXT_WIDTH), face, lettering),
        }
    }

    /// The text in lines of at most `room` px, when that needs fewer of them.
    pub(super) fn fitted(&self, room: f64, lettering: Lettering<'_>) -> Label {
        if self.label.lines.len() < 2 || room <= TEXT_WIDTH {
            return self.label.clone();
        }
        if !self.is_guard {
            return lettering.text(self.text, self.face, room);
        }
        let brackets = 2.0 * lettering.measure.width("[", self.face);
        guarded(lettering.text(self.text, self.face, room - brackets), self.face, lettering)
    }
}

impl Caption<'_> {
    /// The text in lines of at most `width` px, whatever must be cut for it.
    pub(super) fn within(&self, face: Face, width: f64, lettering: Lettering<'_>) -> Label {
        if !self.is_guard {
            return lettering.text_within(self.text, face, width);
        }
        let brackets = 2.0 * lettering.measure.width("[", face);
        guarded(lettering.text_within(self.text, face, width - brackets), face, lettering)
    }
}

/// The label between brackets.
fn guarded(mut label: Label, face: Face, lettering: Lettering<'_>) -> Label {
    let width = |text: &str| lettering.measure.width(text, face);
    let bracket = |text: &str| Run {
        text: text.to_owned(),
        width: width(text),
        is_bold: face.is_bold,
        ..Run::default()
    };
    if let Some(first) = label.lines.first_mut() {
        first.runs.insert(0, bracket("["));
        first.width += width("[");
    }
    if let Some(last) = label.lines.last_mut() {
        last.runs.push(bracket("]"));
        last.width += width("]");
    }
    label.size.width = label.lines.iter().map(|line| line.width).fold(0.0, f64::max);
    label
}
