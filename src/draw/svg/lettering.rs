//! Text: what it is set in, and how it is held to the room that it was measured to have.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use unicode_bidi::{BidiClass, bidi_class};

use crate::base::markup::Tag;
use crate::draw::font::{Typeface, subset};
use crate::draw::scene::{Anchor, Mark, Rise, Run, TextBlock, TextLine};

use super::number::Number;
use super::role::Name;
use super::{Fonts, TEXT_SIZE, Writer, sheet};

/// What readers' systems use for their own texts.
const SANS: &str = "ui-sans-serif,system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,Noto Sans,DejaVu Sans,sans-serif";
/// What they use for code.
const MONO: &str = "ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace";
/// What is narrower than this, in parts of the font size, is not held to its room: no font makes it much wider.
const SHORT: f64 = 1.5;

/// The rules for text, valid inside of the drawing only.
pub(super) fn css<'a>(marks: impl Iterator<Item = &'a Mark>, id: &str, fonts: Fonts) -> String {
    let used = used(marks);
    let mut css = String::new();
    let mut embedded = BTreeSet::new();
    for (typeface, characters) in used.iter().filter(|_| fonts == Fonts::Embedded) {
        if let Some(woff) = subset::subset(*typeface, characters) {
            let family = own_family(id, *typeface);
            let weight = if *typeface == Typeface::Bold { 700 } else { 400 };
            let font = STANDARD.encode(woff);
            let _ = write!(
                css,
                "@font-face{{font-family:{family};font-weight:{weight};src:url(data:font/woff;base64,{font})}} "
            );
            embedded.insert(family);
        }
    }
    let stack = |typeface: Typeface, readers: &str| {
        let own = own_family(id, typeface);
        match fonts {
            Fonts::Known => typeface.family().to_owned(),
            Fonts::Embedded if embedded.contains(&own) => format!("{own},{readers}"),
            Fonts::Embedded | Fonts::Reader => readers.to_owned(),
        }
    };
    // A page that holds the drawing has its own ideas about text.
    let _ = write!(
        css,
        "#{id}{{font-family:{};font-size:16px;font-weight:400;font-style:normal;letter-spacing:normal;\
         word-spacing:normal;text-transform:none}}",
        stack(Typeface::Regular, SANS)
    );
    if used.contains_key(&Typeface::Mono) {
        let _ = write!(css, " #{id} .code{{font-family:{}}}", stack(Typeface::Mono, MONO));
    }
    css
}

/// The name of an embedded family: that of no other drawing of a page.
fn own_family(id: &str, typeface: Typeface) -> String {
    format!("{id}-{}", if typeface == Typeface::Mono { "mono" } else { "sans" })
}

/// The characters of each typeface that the text of a drawing uses.
fn used<'a>(marks: impl Iterator<Item = &'a Mark>) -> BTreeMap<Typeface, BTreeSet<char>> {
    let mut used: BTreeMap<Typeface, BTreeSet<char>> = BTreeMap::new();
    for mark in marks {
        let Mark::Text(block) = mark else { continue };
        for run in block.lines.iter().flat_map(|line| &line.runs) {
            let typeface = match (run.is_code, run.is_bold) {
                (true, _) => Typeface::Mono,
                (false, true) => Typeface::Bold,
                (false, false) => Typeface::Regular,
            };
            used.entry(typeface).or_default().extend(run.text.chars());
        }
    }
    used
}

/// True for text that is read from right to left: its first letter is (UAX 9, rules P2 and P3).
fn is_right_to_left(block: &TextBlock) -> bool {
    let runs = block.lines.iter().flat_map(|line| &line.runs);
    let mut classes = runs.flat_map(|run| run.text.chars()).map(bidi_class);
    let first = classes.find(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
    first.is_some_and(|class| class != BidiClass::L)
}

/// The tag with the width that a run is held to, unless it is left as it comes.
fn held<'m>(tag: Tag<'m>, run: &Run, block: &TextBlock, fonts: Fonts) -> Tag<'m> {
    let width = match fonts {
        Fonts::Known => None,
        Fonts::Embedded => Some(run.width),
        Fonts::Reader => Some(run.usual_width(block.size)),
    };
    let width = width.filter(|_| run.width > SHORT * block.size);
    tag.set_if("textLength", width.map(|width| Number(width.round())))
        .set_if("lengthAdjust", width.map(|_| "spacingAndGlyphs"))
}

impl Writer<'_> {
    pub(super) fn text(&mut self, block: &TextBlock, name: &Name) {
        let fonts = self.fonts;
        let is_right_to_left = is_right_to_left(block);
        // What knows no `direction`, such as resvg, reads characters that say the same.
        let isolates = is_right_to_left && fonts == Fonts::Known;
        let is_reversed = is_right_to_left && !isolates;
        let anchor = match (block.anchor, is_reversed) {
            (Anchor::Middle, _) => None,
            (Anchor::Start, false) => Some("start"),
            // From right to left a line ends at its left end.
            (Anchor::Start, true) => Some("end"),
        };
        let tag = self
            .open("text", name, sheet::fill_class(block.ink).as_deref())
            .set_if("fill", sheet::colour(block.ink))
            .set_if("font-size", Some(Number(block.size)).filter(|size| size.0 != TEXT_SIZE))
            .set_if("text-anchor", anchor)
            .set_if("direction", is_reversed.then_some("rtl"));
        match block.lines.as_slice() {
            [line] => {
                let tag = placed(tag, line);
                if let Some(run) = alone(line) {
                    let _ = held(styled(tag, run, block), run, block, fonts);
                    self.characters(&run.text, isolates);
                } else {
                    drop(tag);
                    self.runs(line, block, isolates);
                }
            }
            lines => {
                drop(tag);
                for line in lines.iter().filter(|line| !line.runs.is_empty()) {
                    let tag = placed(self.markup.open("tspan"), line);
                    if let Some(run) = alone(line) {
                        let _ = held(styled(tag, run, block), run, block, fonts);
                        self.characters(&run.text, isolates);
                    } else {
                        drop(tag);
                        self.runs(line, block, isolates);
                    }
                    self.markup.close();
                }
            }
        }
        self.markup.close();
    }

    fn characters(&mut self, text: &str, isolates: bool) {
        if isolates {
            self.markup.text(&format!("\u{2067}{text}\u{2069}"));
        } else {
            self.markup.text(text);
        }
    }

    fn runs(&mut self, line: &TextLine, block: &TextBlock, isolates: bool) {
        if isolates {
            self.markup.text("\u{2067}");
        }
        let fonts = self.fonts;
        let mut drop_before = 0.0;
        for run in &line.runs {
            let own_drop = run.drop(block.size);
            // Each run starts at the height at which the one before ended.
            let step = Some(own_drop - drop_before).filter(|step| *step != 0.0);
            drop_before = own_drop;
            let tag = self.markup.open("tspan").set_if("dy", step.map(Number));
            let _ = held(styled(tag, run, block), run, block, fonts);
            self.markup.text(&run.text);
            self.markup.close();
        }
        if isolates {
            self.markup.text("\u{2069}");
        }
    }
}

/// The run of a line that consists of one, whose style the line's own element can say.
fn alone(line: &TextLine) -> Option<&Run> {
    match line.runs.as_slice() {
        [run] if run.rise == Rise::None && !run.is_code => Some(run),
        _ => None,
    }
}

fn placed<'m>(tag: Tag<'m>, line: &TextLine) -> Tag<'m> {
    tag.set("x", Number(line.at.x)).set("y", Number(line.at.y))
}

fn styled<'m>(tag: Tag<'m>, run: &Run, block: &TextBlock) -> Tag<'m> {
    let size = run.size(block.size);
    tag.set_if("class", run.is_code.then_some("code"))
        .set_if("font-size", Some(Number(size)).filter(|_| size != block.size))
        .set_if("font-weight", run.is_bold.then_some("700"))
        .set_if("font-style", run.is_italic.then_some("italic"))
}
