//! Lines of a file with places marked in them.

use crate::base::markup::Markup;
use crate::base::offset_map::{Excerpt, OffsetMap};
use crate::base::text::{FileId, Place, Span};

use super::view::View;

/// Of a longer place this many lines are shown at either end.
const SHOWN_AT_EITHER_END: u32 = 4;

/// Of a longer line this many characters are shown before, in and behind a mark.
const LONGEST_CONTEXT: usize = 300;

/// Stands for what must not be shown.
const CONCEALED: &str = "•••";

/// Writes the lines that hold `place`, with their numbers, and `place` marked in them.
pub(super) fn lines(view: &View, place: Place, label: Option<&str>, out: &mut Markup) {
    let text = view.source(place.file).text;
    let Some(lines) = view.lines(place.file) else {
        return;
    };
    let Span { start, end } = place.span;
    // A span that ends with a newline does not reach into the next line.
    let (first, last) = (lines.line(start), lines.line(end.saturating_sub(1).max(start)));
    out.open("div").set("class", "excerpt");
    let head_end = first.saturating_add(SHOWN_AT_EITHER_END).min(last.saturating_add(1));
    let tail_start = last.saturating_sub(SHOWN_AT_EITHER_END).max(head_end);
    let write = |number: u32, out: &mut Markup| {
        if let Some(span) = lines.line_span(text, number) {
            line(&number.to_string(), out, |out| marked_part(view, place.file, span, place.span, out));
        }
    };
    (first..head_end).for_each(|number| write(number, out));
    if tail_start > head_end {
        line("⋮", out, |out| out.text("…"));
    }
    (tail_start..=last).for_each(|number| write(number, out));
    if let Some(label) = label {
        out.open("p").set("class", "label");
        super::phrase::phrase(label, out);
        out.close();
    }
    out.close();
}

fn line(number: &str, out: &mut Markup, content: impl FnOnce(&mut Markup)) {
    out.open("div").set("class", "line");
    out.open("span").set("class", "number").set("aria-hidden", "true");
    out.text(number);
    out.close();
    out.open("code");
    content(out);
    out.close();
    out.close();
}

/// Writes the line `span` of a file, `mark` marked; of a very long line what stands around the mark.
fn marked_part(view: &View, file: FileId, span: Span, mark: Span, out: &mut Markup) {
    let text = view.source(file).text;
    let start = mark.start.clamp(span.start, span.end);
    let end = mark.end.clamp(start, span.end);
    let before = Span::new(span.start, start);
    let cut = before.slice(text).char_indices().rev().nth(LONGEST_CONTEXT);
    if let Some((at, _)) = cut {
        out.text("…");
        shown(view, file, OffsetMap::copy_of(before).span(at..before.len() as usize), out);
    } else {
        shown(view, file, before, out);
    }
    let parts = [(Span::new(start, end), true), (Span::new(end, span.end), false)];
    for (part, is_marked) in parts.into_iter().filter(|(part, _)| !part.is_empty()) {
        let cut = part.slice(text).char_indices().nth(LONGEST_CONTEXT);
        let kept = cut.map_or(part, |(at, _)| OffsetMap::copy_of(part).span(0..at));
        if is_marked {
            out.open("mark");
        }
        shown(view, file, kept, out);
        if is_marked {
            out.close();
        }
        if cut.is_some() {
            out.text("…");
        }
    }
}

/// Writes the bytes `span` of a file, what belongs to one of `marks` marked.
fn marked(view: &View, file: FileId, span: Span, marks: &[Span], out: &mut Markup) {
    let mut done = span.start;
    for mark in marks.iter().filter(|mark| mark.overlaps(span)) {
        let start = mark.start.clamp(done, span.end);
        let end = mark.end.clamp(start, span.end);
        shown(view, file, Span::new(done, start), out);
        if end > start {
            out.open("mark");
            shown(view, file, Span::new(start, end), out);
            out.close();
        }
        done = end;
    }
    shown(view, file, Span::new(done, span.end), out);
}

/// Writes the bytes `span` of a file, but of what must not be shown only that something stands there.
fn shown(view: &View, file: FileId, span: Span, out: &mut Markup) {
    let text = view.source(file).text;
    let mut done = span.start;
    for secret in view.secrets_in(file, span) {
        out.text(Span::new(done, secret.start.clamp(done, span.end)).slice(text));
        out.text(CONCEALED);
        done = secret.end.clamp(done, span.end);
    }
    out.text(Span::new(done, span.end).slice(text));
}

/// Writes what stands in a block; in lines that findings point into, their places are marked.
pub(super) fn code(view: &View, file: FileId, excerpt: &Excerpt, out: &mut Markup) {
    let full = excerpt.full_span();
    let mut marks: Vec<Span> = view.findings_in(file, full).map(|finding| finding.place.span).collect();
    // A finding about the whole block marks nothing in it.
    marks.retain(|mark| !mark.contains(full));
    let mut at = 0;
    for line in excerpt.text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let span = excerpt.span(range.clone());
        let here: Vec<Span> = marks.iter().copied().filter(|mark| mark.overlaps(span)).collect();
        if excerpt.map.is_contiguous(range) {
            marked(view, file, span, &here, out);
        } else if view.secrets_in(file, span).next().is_some() {
            out.text(CONCEALED);
            out.text("\n");
        } else if here.is_empty() {
            out.text(line);
        } else {
            out.element("mark", line);
        }
    }
}
