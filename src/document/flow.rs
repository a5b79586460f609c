//! The flow of a post: what its Markdown says, in reading order, for those who show it.
//!
//! A flat list, so that nesting needs no recursion to read. Code and diagrams are named by their place in
//! [`Document::blocks`], whatever they are written as. HTML of the author is text here; nobody above can take it for markup.

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::base::offset_map::OffsetMap;
use crate::base::text::Span;

use super::anchor::{self, Anchors};
use super::container::Container;
use super::source_kind::SourceKind;
use super::{Document, content_of, front_matter, markdown};

/// One step of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is read.
    pub kind: StepKind,
    /// Where it stands; of [`StepKind::Close`] the whole element.
    pub span: Span,
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// An element begins.
    Open(Element),
    /// The element that began last and is still open ends.
    Close,
    /// Characters; a line end within a paragraph is a `\n`.
    Text(String),
    /// A code span.
    Code(String),
    /// A tag, or a stretch of HTML with what stands in it, as written; comments are left out.
    Html(String),
    /// A line break that the author asks for, by Markdown or by `<br>`.
    Break,
    /// A thematic break.
    Rule,
    /// The box of a task, ticked or not.
    Checkbox(bool),
    /// A mark that refers to the footnote with this label.
    FootnoteReference(String),
    /// A block of code or a diagram, an index into [`Document::blocks`]. Never stands in a paragraph, heading or cell.
    Block(usize),
}

/// What can hold other things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The name that links within the post use, of its own in the post.
        anchor: String,
    },
    /// A quote.
    Quote,
    /// A list, with the number of its first item when it counts.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// What a footnote says, by its label.
    Footnote(String),
    /// A table; holds one [`Element::Head`], then rows.
    Table,
    /// The first row of a table.
    Head,
    /// A row of a table.
    Row,
    /// A cell of a row or of the head.
    Cell(Alignment),
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Text that is struck out.
    Strikethrough,
    /// A link. Its target is what the author wrote, and may be harmful.
    Link {
        /// Where it leads.
        target: String,
    },
    /// An image; holds what it shows, in words.
    Image {
        /// Where it is.
        target: String,
    },
}

impl Element {
    /// True when blocks may stand directly in it.
    const fn holds_blocks(&self) -> bool {
        matches!(self, Self::Quote | Self::Item | Self::Footnote(_))
    }
}

/// How a column of a table is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    /// As the reader likes.
    #[default]
    Natural,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// Elements stand in at most so many others; the contents of a deeper one stand in the one above it.
///
/// Browsers stop nesting at 512 (Blink's `kMaximumHTMLParserDOMTreeDepth`), and no reader follows a tenth of that.
pub const MAX_DEPTH: usize = 48;

/// The flow of the file `text`, of which `document` was read.
///
/// Every `Open` has its `Close`, elements nest at most [`MAX_DEPTH`] deep, and each block of the document occurs once, in
/// file order.
pub fn flow(text: &str, kind: SourceKind, document: &Document) -> Vec<Step> {
    if kind != SourceKind::Markdown {
        let block = |(index, span): (usize, Span)| Step { kind: StepKind::Block(index), span };
        return document.blocks.iter().map(|block| block.span).enumerate().map(block).collect();
    }
    let (_, content) = front_matter::split(text, content_of(text));
    let map = OffsetMap::copy_of(content);
    let (source, containers) = markdown::masked(text, content, &map);
    let containers = containers.iter().map(Container::range).map(|range| map.span(range)).collect();
    let mut writer = Writer::new(text, document, containers);
    let options = markdown::BLOCK_OPTIONS | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for (event, range) in Parser::new_ext(&source, options).into_offset_iter() {
        writer.event(event, map.span(range));
    }
    writer.blocks_before(u32::MAX);
    writer.steps
}

/// What the events so far became.
struct Writer<'a> {
    text: &'a str,
    document: &'a Document,
    steps: Vec<Step>,
    /// Whether each of the elements that are open was written.
    open: Vec<bool>,
    /// Whether blocks may stand in each of those that were written.
    holds_blocks: Vec<bool>,
    /// Containers of publishing tools, in file order.
    containers: Vec<Span>,
    /// The first block that is not written yet.
    next_block: usize,
    /// A code block or stretch of HTML is being read.
    is_raw: bool,
    alignments: Vec<Alignment>,
    column: usize,
    /// The heading that is open.
    heading: Option<OpenHeading>,
    anchors: Anchors,
}

#[derive(Clone, Copy)]
struct OpenHeading {
    /// Its place in the steps.
    step: usize,
    /// How many elements it stands in.
    depth: usize,
}

impl<'a> Writer<'a> {
    fn new(text: &'a str, document: &'a Document, containers: Vec<Span>) -> Self {
        Self {
            text,
            document,
            steps: Vec::new(),
            open: Vec::new(),
            holds_blocks: Vec::new(),
            containers,
            next_block: 0,
            is_raw: false,
            alignments: Vec::new(),
            column: 0,
            heading: None,
            anchors: Anchors::default(),
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        if is_inline(&event)
            && let Some(container) = self.container_at(span.start)
        {
            self.inside_container(&event, span, container);
            return;
        }
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                self.is_raw = true;
                self.blocks_before(span.start);
            }
            Event::End(TagEnd::CodeBlock) => {
                self.is_raw = false;
                self.blocks_before(span.end);
            }
            Event::End(TagEnd::HtmlBlock) => {
                self.is_raw = false;
                self.html(span);
            }
            _ if self.is_raw => {}
            Event::Start(tag) => self.start(tag, span),
            Event::End(_) => self.end(span),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(StepKind::Text(text.into_string()), span);
            }
            Event::Code(text) => self.push(StepKind::Code(text.into_string()), span),
            Event::Html(text) | Event::InlineHtml(text) => self.tag(&text, span),
            Event::FootnoteReference(label) => {
                self.push(StepKind::FootnoteReference(label.into_string()), span);
            }
            Event::SoftBreak => self.push(StepKind::Text("\n".to_owned()), span),
            Event::HardBreak => self.push(StepKind::Break, span),
            Event::Rule => {
                self.blocks_before(span.start);
                self.push(StepKind::Rule, span);
            }
            Event::TaskListMarker(is_done) => self.push(StepKind::Checkbox(is_done), span),
        }
    }

    fn push(&mut self, kind: StepKind, span: Span) {
        self.steps.push(Step { kind, span });
    }

    /// The container that the byte `at` belongs to. Found anew for each event: footnotes come out of file order.
    fn container_at(&self, at: u32) -> Option<Span> {
        let nth = self.containers.partition_point(|container| container.end <= at);
        self.containers.get(nth).copied().filter(|container| container.start <= at)
    }

    /// Drops what Markdown makes of a container's tags, and keeps what stands behind the last on its line.
    fn inside_container(&mut self, event: &Event<'_>, span: Span, container: Span) {
        match event {
            Event::Start(_) => self.open.push(false),
            Event::Text(text) if text.len() == span.len() as usize => {
                let rest = Span::new(container.end, span.end);
                if !rest.is_empty() {
                    self.push(StepKind::Text(rest.slice(self.text).to_owned()), rest);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let mut is_heading = false;
        let element = match tag {
            Tag::Paragraph => Element::Paragraph,
            Tag::Heading { level, id, .. } => {
                is_heading = true;
                let anchor = id.map(pulldown_cmark::CowStr::into_string).unwrap_or_default();
                Element::Heading { level: level_of(level), anchor }
            }
            Tag::BlockQuote(_) => Element::Quote,
            Tag::List(first) => Element::List(first),
            Tag::Item => Element::Item,
            Tag::FootnoteDefinition(label) => Element::Footnote(label.into_string()),
            Tag::Table(columns) => {
                self.alignments = columns.into_iter().map(alignment_of).collect();
                Element::Table
            }
            Tag::TableHead => {
                self.column = 0;
                Element::Head
            }
            Tag::TableRow => {
                self.column = 0;
                Element::Row
            }
            Tag::TableCell => {
                let alignment = self.alignments.get(self.column).copied().unwrap_or_default();
                self.column += 1;
                Element::Cell(alignment)
            }
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Strikethrough,
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                Element::Link { target: format!("mailto:{dest_url}") }
            }
            Tag::Link { dest_url, .. } => Element::Link { target: dest_url.into_string() },
            Tag::Image { dest_url, .. } => Element::Image { target: dest_url.into_string() },
            // What no option asks for; its contents are read as if it were not there.
            _ => {
                self.open.push(false);
                return;
            }
        };
        self.blocks_before(span.start);
        let depth = self.holds_blocks.len();
        self.open.push(depth < MAX_DEPTH);
        if depth == MAX_DEPTH {
            return;
        }
        if is_heading {
            self.heading = Some(OpenHeading { step: self.steps.len(), depth });
        }
        self.holds_blocks.push(element.holds_blocks());
        self.push(StepKind::Open(element), span);
    }

    fn end(&mut self, span: Span) {
        if self.open.pop() == Some(true) {
            self.blocks_before(span.end);
            self.holds_blocks.pop();
            self.name_heading();
            // Of a container's own paragraph nothing is left.
            if let Some(Step { kind: StepKind::Open(Element::Paragraph), .. }) = self.steps.last() {
                self.steps.pop();
            } else {
                self.push(StepKind::Close, span);
            }
        }
        self.blocks_before(span.end);
    }

    /// Gives the heading that ends its anchor, by its own words.
    fn name_heading(&mut self) {
        let depth = self.holds_blocks.len();
        let Some(OpenHeading { step, .. }) = self.heading.take_if(|heading| heading.depth == depth) else {
            return;
        };
        let words = words(&self.steps[step..]);
        if let Some(Step { kind: StepKind::Open(Element::Heading { anchor, .. }), .. }) =
            self.steps.get_mut(step)
        {
            let name = if anchor.is_empty() { anchor::name(&words) } else { std::mem::take(anchor) };
            *anchor = self.anchors.take(name);
        }
    }

    /// Writes the blocks that start before byte `end` and are not written yet, once they may stand where we are.
    fn blocks_before(&mut self, end: u32) {
        if self.holds_blocks.last() == Some(&false) {
            return;
        }
        while let Some(block) =
            self.document.blocks.get(self.next_block).filter(|block| block.span.start < end)
        {
            let span = block.span;
            self.push(StepKind::Block(self.next_block), span);
            self.next_block += 1;
        }
    }

    /// Writes a stretch of HTML: its tags and text, without comments, diagrams at their places.
    fn html(&mut self, span: Span) {
        let Document { comments, blocks, .. } = self.document;
        let first = comments.partition_point(|comment| comment.span.start < span.start);
        let comments = comments.iter().skip(first).map(|comment| comment.span);
        let blocks = blocks.iter().skip(self.next_block).map(|block| block.span);
        // What is no text of the author, in file order.
        let mut holes: Vec<(Span, bool)> = comments
            .take_while(|comment| comment.start < span.end)
            .map(|comment| (comment, false))
            .chain(blocks.take_while(|block| block.start < span.end).map(|block| (block, true)))
            .collect();
        holes.sort_unstable();
        let mut done = span.start;
        for (hole, is_block) in holes {
            self.html_text(Span::new(done, hole.start));
            if is_block {
                self.blocks_before(hole.end);
            }
            done = done.max(hole.end);
        }
        self.html_text(Span::new(done, span.end));
    }

    fn html_text(&mut self, span: Span) {
        let written = span.slice(self.text).trim();
        if !written.is_empty() {
            self.push(StepKind::Html(written.to_owned()), span);
        }
    }

    /// Writes a tag that stands in a line.
    fn tag(&mut self, tag: &str, span: Span) {
        if tag.starts_with("<!--") {
            return;
        }
        let name = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
        if name.eq_ignore_ascii_case("br") {
            self.push(StepKind::Break, span);
        } else {
            self.push(StepKind::Html(tag.to_owned()), span);
        }
    }
}

/// True for what stands in the lines of a paragraph.
const fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(
                tag,
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
            )
        }
        Event::End(_) | Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

/// The words of some steps, without their markup.
pub fn words(steps: &[Step]) -> String {
    let mut words = String::new();
    for step in steps {
        match &step.kind {
            StepKind::Text(text) | StepKind::Code(text) => words.push_str(text),
            StepKind::Break => words.push(' '),
            _ => {}
        }
    }
    words.replace('\n', " ").trim().to_owned()
}

const fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

const fn alignment_of(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::Natural,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    /// A flow in short: elements as words with brackets, blocks as `#0`, HTML in `‹›`.
    fn short(text: &str) -> String {
        use std::fmt::Write;
        let document = document::read(text, SourceKind::Markdown);
        let mut out = String::new();
        for Step { kind, .. } in flow(text, SourceKind::Markdown, &document) {
            match kind {
                StepKind::Open(element) => _ = write!(out, "{}(", name(&element)),
                StepKind::Close => out.push(')'),
                StepKind::Text(text) => out.push_str(&text.replace('\n', "~")),
                StepKind::Code(text) => _ = write!(out, "`{text}`"),
                StepKind::Html(text) => _ = write!(out, "‹{text}›"),
                StepKind::Break => out.push('/'),
                StepKind::Rule => out.push_str("--"),
                StepKind::Checkbox(done) => out.push_str(if done { "[x]" } else { "[ ]" }),
                StepKind::FootnoteReference(label) => _ = write!(out, "^{label}"),
                StepKind::Block(index) => _ = write!(out, "#{index}"),
            }
        }
        out
    }

    fn name(element: &Element) -> String {
        match element {
            Element::Paragraph => "p".to_owned(),
            Element::Heading { level, anchor } => format!("h{level}@{anchor}"),
            Element::Link { target } => format!("a@{target}"),
            Element::Image { target } => format!("img@{target}"),
            Element::Cell(Alignment::Right) => "right".to_owned(),
            Element::List(Some(first)) => format!("list{first}"),
            Element::List(None) => "list".to_owned(),
            Element::Footnote(label) => format!("note@{label}"),
            other => format!("{other:?}").split('(').next().unwrap_or_default().to_lowercase(),
        }
    }

    #[test]
    fn markdown_reads_as_it_is_meant() {
        let table = [
            ("# A *b* `c`\n\ntext\nmore  \nend", "h1@a-b-c(A emphasis(b) `c`)p(text~more/end)"),
            ("---\ntitle: x\n---\n## Ä ✓!\n## Ä ✓!\n", "h2@ä-(Ä ✓!)h2@ä--1(Ä ✓!)"),
            ("## A {#own}\n", "h2@own(A)"),
            ("3. a\n4. [x] b\n", "list3(item(a)item([x]b))"),
            ("|a|b|\n|-|-:|\n|c|~~d~~|\n", "table(head(cell(a)right(b))row(cell(c)right(strikethrough(d))))"),
            (
                "[a](b.md) ![c *d*](e.png) <x@y.de>",
                "p(a@b.md(a) img@e.png(c emphasis(d)) a@mailto:x@y.de(x@y.de))",
            ),
            ("a[^1]\n\n[^1]: b\n", "p(a^1)note@1(p(b))"),
            ("> a\n>\n> ***\n", "quote(p(a)--)"),
        ];
        for (text, expected) in table {
            assert_eq!(short(text), expected, "{text}");
        }
    }

    #[test]
    fn a_block_stands_where_it_was_written() {
        let table = [
            ("a\n\n```mermaid\nA\n```\nb\n\n    code\n", "p(a)#0p(b)#1"),
            ("- a\n\n  ```sh\n  ls\n  ```\n- > ~~~\n  > x\n", "list(item(p(a)#0)item(quote(#1)))"),
            ("a\n{{< mermaid >}}\nA\n{{< /mermaid >}}\nb\n", "p(a~)#0p(~b)"),
            ("{{<mermaid theme=\"x\">}}\nA\n{{</mermaid>}}\n", "#0"),
            ("*a*\n{%- mermaid -%}A-->B{%- endmermaid -%} tail", "p(emphasis(a)~ tail)#0"),
            ("- {% mermaid %}\n  A\n  {% endmermaid %}\n", "list(item(#0))"),
            (":::mermaid\nA\n:::\n# H\n", "#0h1@h(H)"),
            ("<div>\n<!-- x --><pre class=\"mermaid\">A</pre>\n</div>\n\nend", "‹<div>›#0‹</div>›p(end)"),
        ];
        for (text, expected) in table {
            assert_eq!(short(text), expected, "{text}");
        }
    }

    #[test]
    fn html_is_text_and_comments_are_nothing() {
        let table = [
            ("a<br/>b<BR>c <b onclick=x>d</b><!-- e -->", "p(a/b/c ‹<b onclick=x>›d‹</b>›)"),
            ("<!-- a -->\n\n<script>\nalert(1)\n</script>\n", "‹<script>~alert(1)~</script>›"),
        ];
        for (text, expected) in table {
            assert_eq!(short(text).replace('\n', "~"), expected, "{text}");
        }
    }
}
