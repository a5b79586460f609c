//! Labels set in lines: what a text says, in which style, and how much room it takes.
//!
//! Not here: where a label stands, and its colour.

mod emphasis;
mod entity;
mod rich;
mod wrap;

use std::ops::Range;

use crate::mermaid::diagram::text::{Text, TextKind};

use super::geometry::{Point, Size};
use super::measure::{Face, TextMeasure};
use super::scene::{Anchor, Ink, Run, TextBlock, TextLine};

/// Height of a line, em.
const LINE_HEIGHT: f64 = 1.3;
/// From the middle of a line down to its baseline, em: capitals and small letters then look centred together.
const BASELINE: f64 = 0.35;

/// How a label is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Size and weight of what is not marked otherwise.
    pub face: Face,
    /// Lines longer than this, px, are broken where they may be; a word that is longer is divided behind `/`, `.`, `-` and the
    /// like. What stays longer is left whole up to 12 em, and cut beyond.
    pub max_width: f64,
}

/// What becomes of a word that is wider than a line and has no seam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Up to 12 em it stays whole, and its line is too wide: a long word of a natural language is read better so.
    Whole,
    /// It is cut.
    Cut,
}

/// A text in lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// From top to bottom; none for a text that shows nothing.
    pub lines: Vec<LabelLine>,
    /// The room that the lines take.
    pub size: Size,
    face: Face,
}

/// One line of a label.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelLine {
    /// Its parts, in reading order.
    pub runs: Vec<Run>,
    /// Its width, px.
    pub width: f64,
}

impl Label {
    /// Sets a text of a diagram: `<br/>` and newlines break it, entities and the tags for bold and italic text, code,
    /// exponents and indices mean what they mean in HTML, other tags of HTML are dropped, `*`, `_` and `` ` `` count in markdown
    /// strings.
    pub fn set(text: &Text, setting: Setting, measure: &dyn TextMeasure) -> Self {
        let lines = rich::lines(text.as_str(), text.kind, setting.face.is_bold);
        Self::of_lines(lines, setting, Words::Whole, measure)
    }

    /// As [`Self::set`], but no line is too wide, whatever must be cut for it.
    pub fn set_within(text: &Text, setting: Setting, measure: &dyn TextMeasure) -> Self {
        let lines = rich::lines(text.as_str(), text.kind, setting.face.is_bold);
        Self::of_lines(lines, setting, Words::Cut, measure)
    }

    /// Sets characters that mean nothing but themselves, apart from newlines, which break.
    pub fn of_str(text: &str, setting: Setting, measure: &dyn TextMeasure) -> Self {
        Self::of_lines(verbatim(text, setting), setting, Words::Whole, measure)
    }

    /// As [`Self::of_str`], but no line is too wide, whatever must be cut for it.
    pub fn of_str_within(text: &str, setting: Setting, measure: &dyn TextMeasure) -> Self {
        Self::of_lines(verbatim(text, setting), setting, Words::Cut, measure)
    }

    fn of_lines(
        paragraphs: Vec<Vec<Run>>,
        setting: Setting,
        words: Words,
        measure: &dyn TextMeasure,
    ) -> Self {
        let paragraphs = paragraphs.into_iter();
        let mut lines: Vec<LabelLine> =
            paragraphs.flat_map(|runs| wrap::wrap(&runs, setting, words, measure)).collect();
        while lines.last().is_some_and(|line| line.runs.is_empty()) {
            lines.pop();
        }
        let n_empty = lines.iter().take_while(|line| line.runs.is_empty()).count();
        lines.drain(..n_empty);
        let width = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let height = lines.len() as f64 * setting.face.size * LINE_HEIGHT;
        Self { lines, size: Size::new(width, height), face: setting.face }
    }

    /// True when it shows nothing.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The width that its lines are held to where it is not known with which font they are drawn, px: at most that of its size.
    pub fn usual_width(&self) -> f64 {
        let width = |line: &LabelLine| line.runs.iter().map(|run| run.usual_width(self.face.size)).sum();
        self.lines.iter().map(width).fold(0.0, f64::max)
    }

    /// The label with `runs` slanted as a whole, as `font-style: italic` asks for.
    pub fn slanted(mut self) -> Self {
        for run in self.lines.iter_mut().flat_map(|line| &mut line.runs) {
            run.is_italic = true;
        }
        self
    }

    /// The lines in their places; `top` is the middle of the label's upper edge, or its left end, as `anchor` says.
    pub fn block(&self, top: Point, anchor: Anchor, ink: Ink) -> TextBlock {
        let height = self.face.size * LINE_HEIGHT;
        let lines = self.lines.iter().enumerate().map(|(index, line)| TextLine {
            at: top.moved(0.0, (index as f64 + 0.5) * height + BASELINE * self.face.size),
            width: line.width,
            runs: line.runs.clone(),
        });
        TextBlock { size: self.face.size, ink, anchor, lines: lines.collect() }
    }

    /// The lines centred on a point.
    pub fn block_around(&self, center: Point, ink: Ink) -> TextBlock {
        self.block(center.moved(0.0, -self.size.height / 2.0), Anchor::Middle, ink)
    }
}

/// The pictures that a text names with Font Awesome's names, such as `fa:fa-server`: in order, each with its place in bytes.
/// They are no characters of a label.
pub fn icons(text: &str) -> Vec<Range<usize>> {
    rich::icons(text)
}

/// The lines of a text whose characters mean nothing but themselves.
fn verbatim(text: &str, setting: Setting) -> Vec<Vec<Run>> {
    let run = |text: &str| Run { text: text.to_owned(), is_bold: setting.face.is_bold, ..Run::default() };
    text.split('\n').map(|line| vec![run(line)]).collect()
}

/// What a reader sees of a text, on one line.
pub fn plain(text: &Text) -> String {
    plain_str(text.as_str(), text.kind)
}

/// What a reader sees of `text`, on one line.
pub fn plain_str(text: &str, kind: TextKind) -> String {
    let mut out = String::with_capacity(text.len());
    for line in rich::lines(text, kind, false) {
        let line: String = line.into_iter().map(|run| run.text).collect();
        for word in line.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::Excerpt;
    use crate::draw::scene::Rise;

    use super::*;

    /// Every character is half as wide as the font is high.
    struct Typewriter;

    impl TextMeasure for Typewriter {
        fn width(&self, text: &str, face: Face) -> f64 {
            text.chars().count() as f64 * face.size / 2.0
        }
    }

    fn set(text: &str, kind: TextKind, max_width: f64) -> Label {
        let text = Text { excerpt: Excerpt::whole(text, 0), kind };
        Label::set(&text, Setting { face: Face::regular(20.0), max_width }, &Typewriter)
    }

    fn shown(label: &Label) -> Vec<String> {
        let run = |run: &Run| {
            let marked = if run.is_bold { format!("[{}]", run.text) } else { run.text.clone() };
            let marked = if run.is_code { format!("`{marked}`") } else { marked };
            let marked = match run.rise {
                Rise::None => marked,
                Rise::Super => format!("^{marked}^"),
                Rise::Sub => format!("~{marked}~"),
            };
            if run.is_italic { format!("/{marked}/") } else { marked }
        };
        label.lines.iter().map(|line| line.runs.iter().map(run).collect()).collect()
    }

    #[test]
    fn a_text_is_read_as_its_author_means_it() {
        use TextKind::{Markdown, Plain};
        let table: [(&str, TextKind, &[&str]); 30] = [
            ("Node 1<br/>10.0.0.1<BR >x", Plain, &["Node 1", "10.0.0.1", "x"]),
            ("one\\ntwo\nthree", Plain, &["one", "two", "three"]),
            ("a &quot;b&quot; &#9829; &#x2665; &lt;b&gt;", Plain, &["a \"b\" ♥ ♥ <b>"]),
            ("&amp;lt; &unknown; & &; &#0; &#xfffffff;", Plain, &["&lt; &unknown; & &; \u{fffd} \u{fffd}"]),
            ("a <b>bold</b> and <em>slanted</em>", Plain, &["a [bold] and /slanted/"]),
            ("<span style='x'>a</span> <u>b</u><small>c</small>", Plain, &["a bc"]),
            ("<i class='fa fa-x'></i> home", Plain, &["home"]),
            ("a <b>c < d <none> <3", Plain, &["a [c < d <none> <3]"]),
            ("fa:fa-server Server fab:fa-linux", Plain, &["Server"]),
            ("alfa:fa x fa:x", Plain, &["alfa:fa x fa:x"]),
            ("**a** *b* _c_", Plain, &["**a** *b* _c_"]),
            ("**a** *b* _c_ __d__", Markdown, &["[a] /b/ /c/ [d]"]),
            ("***a*** x*y*z", Markdown, &["/[a]/ x/y/z"]),
            ("2 * 3 * 4 snake_case_name **open", Markdown, &["2 * 3 * 4 snake_case_name **open"]),
            ("*a **b** c*", Markdown, &["/a //[b]// c/"]),
            ("*a _b* c_", Markdown, &["/a _b/ c_"]),
            ("  blanks \t are   one  ", Plain, &["blanks are one"]),
            ("<br/><br/>", Plain, &[]),
            ("", Plain, &[]),
            ("a<br/><br/>b<br/>", Plain, &["a", "", "b"]),
            ("a&nbsp;&nbsp;b", Plain, &["a\u{a0}\u{a0}b"]),
            ("</b>x</i>", Plain, &["x"]),
            ("run <code>ls -l</code> <kbd>x</kbd>", Plain, &["run `ls -l` `x`"]),
            ("H<sub>2</sub>O, x<sup>2</sup>", Plain, &["H~2~O, x^2^"]),
            ("a `b` c", Plain, &["a `b` c"]),
            ("a `b *c* <b>` **d `e`**", Markdown, &["a `b *c* <b>` [d ]`[e]`"]),
            ("``a ` b`` `&lt;` ` x `", Markdown, &["`a ` b` `<` `x`"]),
            ("``a` b", Markdown, &["``a` b"]),
            ("a ` b", Markdown, &["a ` b"]),
            ("`a<br/>b`<br/>`c", Markdown, &["`a<br/>b`", "`c"]),
        ];
        for (text, kind, expected) in table {
            assert_eq!(shown(&set(text, kind, 10_000.0)), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_are_broken_where_they_may_be_and_are_alike() {
        let table: [(&str, f64, &[&str]); 18] = [
            ("aa bb cc dd", 110.0, &["aa bb cc dd"]),
            ("aa bb cc dd", 100.0, &["aa bb", "cc dd"]),
            ("aa bb cc d", 90.0, &["aa bb", "cc d"]),
            ("a incomprehensibilities b", 100.0, &["a", "incomprehensibilities", "b"]),
            ("節點一二三四五六", 40.0, &["節點一二", "三四五六"]),
            ("節點「一二」三。", 40.0, &["節點「一", "二」三。"]),
            ("/etc/pve/corosync", 100.0, &["/etc/pve/", "corosync"]),
            ("ab-cd ef", 80.0, &["ab-cd ef"]),
            ("com.example.network.service", 150.0, &["com.example.", "network.service"]),
            ("one_more_snake_case", 110.0, &["one_more_", "snake_case"]),
            ("see https://a.bc/d-e/f-ghij", 130.0, &["see", "https://a.bc/", "d-e/f-ghij"]),
            ("parseRequestHeader", 120.0, &["parseRequest", "Header"]),
            ("10.0.0.1 10.0.0.2", 100.0, &["10.0.0.1", "10.0.0.2"]),
            ("abcdefghijklmnopqrstuvwxyzabcd", 100.0, &["abcdefghijklmno", "pqrstuvwxyzabcd"]),
            ("x abcdefghijklmnopqrstuvwxy", 1.0, &["x", "abcdefghijklm", "nopqrstuvwxy"]),
            ("e\u{301}e\u{301}", 10.0, &["e\u{301}e\u{301}"]),
            ("カード、です。", 60.0, &["カード、", "です。"]),
            ("一二 三四", 30.0, &["一二", "三四"]),
        ];
        for (text, max_width, expected) in table {
            let label = set(text, TextKind::Plain, max_width);
            assert_eq!(shown(&label), expected, "{text:?}");
            let widest = label.lines.iter().map(|line| line.width).fold(0.0, f64::max);
            assert_eq!(label.size, Size::new(widest, 26.0 * expected.len() as f64));
        }
    }

    #[test]
    fn a_line_can_be_kept_within_any_width() {
        let setting = Setting { face: Face::regular(20.0), max_width: 40.0 };
        for text in [
            "incomprehensible",
            "a/b/c/defghi",
            "節點一二三四五",
            "e\u{301}e\u{301}e\u{301}e\u{301}",
            "x yyyyyyyyy z",
        ] {
            let label = Label::of_str_within(text, setting, &Typewriter);
            assert!(label.size.width <= 40.0, "{text}: {label:?}");
            let shown: String = shown(&label).concat();
            assert_eq!(shown, text.replace(' ', ""), "nothing is lost");
        }
    }

    #[test]
    fn a_block_stands_where_it_is_put() {
        let block = set("a<br/>b", TextKind::Plain, 100.0).block_around(Point::new(50.0, 50.0), Ink::None);
        let baselines: Vec<Point> = block.lines.iter().map(|line| line.at).collect();
        assert_eq!(baselines, [Point::new(50.0, 44.0), Point::new(50.0, 70.0)]);
    }

    #[test]
    fn icons_are_found_where_they_stand() {
        let found =
            |text: &'static str| icons(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(found("fa:fa-server Server fab:fa-linux"), ["fa:fa-server", "fab:fa-linux"]);
        assert_eq!(found("alfa:fa-x fa:x 節fa:fa-y fafa:fa-z"), Vec::<&str>::new());
    }

    #[test]
    fn a_reader_sees_one_line() {
        assert_eq!(plain_str("a <b>b</b><br/> c &amp; d", TextKind::Plain), "a b c & d");
    }

    #[test]
    fn long_texts_are_read_in_one_go() {
        for part in
            ["**a ", "<b", "&a", "*_", "a ", "<b>", "節", "a-", "fa:fa-", "a", "`", "`a``", "<sub>", "ش"]
        {
            let text = part.repeat(20_000);
            assert!(
                !set(&text, TextKind::Markdown, 200.0).is_empty()
                    || part.starts_with('<')
                    || part == "fa:fa-"
            );
        }
    }
}
