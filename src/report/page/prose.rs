//! The words of a post: its Markdown as HTML, nothing of it live.

use std::collections::BTreeMap;

use crate::base::markup::{Markup, is_safe_url};
use crate::base::text::FileId;
use crate::document::{Alignment, Element, Step, StepKind};

use super::view::View;
use super::{Post, Sight, block, finding};

/// Headings of a post stand below the page's and the post's own.
const HEADINGS: [&str; 6] = ["h3", "h4", "h5", "h6", "h6", "h6"];

/// Where findings are told: below the step with the key, by their index into the report; those of the top at none.
pub(super) type Told = BTreeMap<Option<usize>, Vec<usize>>;

/// Where each finding of a post is told: below the block that it points into, else below the paragraph, list or table at
/// the top level of the post; in front of everything when there is none.
pub(super) fn told(view: &View, post: &Post) -> Told {
    let mut blocks: BTreeMap<usize, usize> = BTreeMap::new();
    // Start in the file, and the step with which the thing ends.
    let mut things: Vec<(u32, usize)> = Vec::new();
    let mut depth = 0_usize;
    for (index, step) in post.flow.iter().enumerate() {
        match &step.kind {
            StepKind::Open(_) => depth += 1,
            StepKind::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    things.push((step.span.start, index));
                }
            }
            StepKind::Block(block) => {
                blocks.insert(*block, index);
            }
            StepKind::Rule | StepKind::Html(_) if depth == 0 => things.push((step.span.start, index)),
            _ => {}
        }
    }
    // Footnotes come out of file order.
    things.sort_unstable();
    let mut told = Told::new();
    for (index, finding) in view.findings_of(post.file) {
        let span = finding.place.span;
        let block = super::view::block_at(post.document, span).and_then(|block| blocks.get(&block));
        let step = block.copied().or_else(|| {
            let behind = things.partition_point(|(start, _)| *start <= span.start);
            behind.checked_sub(1).and_then(|thing| things.get(thing)).map(|(_, step)| *step)
        });
        told.entry(step).or_default().push(index);
    }
    told
}

/// The anchor of the heading that says the title, when the post begins with it.
pub(super) fn title_anchor<'a>(view: &View, post: &'a Post) -> Option<&'a str> {
    match post.flow.first().map(|step| &step.kind) {
        Some(StepKind::Open(Element::Heading { anchor, .. })) if title_steps(view, post) > 0 => Some(anchor),
        _ => None,
    }
}

/// Writes the flow of a post with its findings.
pub(super) fn prose(view: &View, post: &Post, told: &Told, out: &mut Markup) {
    let mut writer =
        Writer { view, post, file: post.file, open: Vec::new(), n_links: 0, is_table_headed: Vec::new() };
    let title = title_steps(view, post);
    for (index, step) in post.flow.iter().enumerate() {
        if index >= title {
            writer.step(step, out);
        }
        if let Some(findings) = told.get(&Some(index)) {
            match step.kind {
                StepKind::Block(block) if is_broken(post, block) => {
                    finding::cards_with_open_errors(view, findings, out);
                }
                _ => finding::cards(view, findings, out),
            }
        }
    }
}

/// True for a diagram that is not drawn as it is now.
fn is_broken(post: &Post, block: usize) -> bool {
    matches!(block::sight(post, block), Some(Sight::Undrawn { .. } | Sight::Outdated { .. }))
}

/// The number of steps at the start that say the title once more, which stands above the post already.
fn title_steps(view: &View, post: &Post) -> usize {
    let Some(Step { kind: StepKind::Open(Element::Heading { .. }), .. }) = post.flow.first() else {
        return 0;
    };
    let end = post.flow.iter().position(|step| step.kind == StepKind::Close).map_or(0, |close| close + 1);
    let words = post.flow.get(..end).map(crate::document::words).unwrap_or_default();
    // A heading with elements in it ends later, and is then shown.
    let is_plain = !post.flow[..end].iter().skip(1).any(|step| matches!(step.kind, StepKind::Open(_)));
    if is_plain && words == view.title(post.file) { end } else { 0 }
}

/// What was opened for an element, to be closed with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    /// One element.
    One,
    /// The head of a table: a row in a `thead`.
    Head,
    /// A table, whose body opens behind the head.
    Table,
    /// A link that leads somewhere.
    Link,
}

struct Writer<'a> {
    view: &'a View<'a>,
    post: &'a Post<'a>,
    file: FileId,
    open: Vec<Opened>,
    /// Links that are open; HTML has no link in a link.
    n_links: usize,
    /// For each table that is open, whether its head is still being written.
    is_table_headed: Vec<bool>,
}

impl Writer<'_> {
    fn step(&mut self, step: &Step, out: &mut Markup) {
        match &step.kind {
            StepKind::Open(element) => {
                let opened = self.element(element, out);
                self.open.push(opened);
            }
            StepKind::Close => self.close(out),
            StepKind::Text(text) => text_lines(text, out),
            StepKind::Code(code) => out.element("code", code),
            StepKind::Html(html) => {
                out.open("span").set("class", "html").set("title", "HTML of the post, shown as text");
                out.text(html);
                out.close();
            }
            StepKind::Break => drop(out.leaf("br")),
            StepKind::Rule => drop(out.leaf("hr")),
            StepKind::Checkbox(is_done) => {
                out.element("span", if *is_done { "☑ " } else { "☐ " });
            }
            StepKind::FootnoteReference(label) => {
                out.open("sup");
                if self.n_links == 0 {
                    let target = self.view.name_in(self.file, &format!("note~{label}"));
                    out.open("a").set("href", format!("#{target}"));
                    out.text(label);
                    out.close();
                } else {
                    out.text(label);
                }
                out.close();
            }
            StepKind::Block(index) => block::block(self.view, self.post, *index, out),
        }
    }

    fn element(&mut self, element: &Element, out: &mut Markup) -> Opened {
        match element {
            Element::Paragraph => drop(out.open("p")),
            Element::Heading { level, anchor } => {
                let name = HEADINGS[usize::from(*level).clamp(1, HEADINGS.len()) - 1];
                out.open(name).set("id", self.view.heading_name(self.file, anchor));
            }
            Element::Quote => drop(out.open("blockquote")),
            Element::List(Some(first)) => drop(out.open("ol").set("start", first)),
            Element::List(None) => drop(out.open("ul")),
            Element::Item => drop(out.open("li")),
            Element::Footnote(label) => {
                let name = self.view.name_in(self.file, &format!("note~{label}"));
                out.open("div").set("class", "footnote").set("id", name);
                out.element("sup", label);
            }
            Element::Table => {
                out.open("div").set("class", "table");
                out.open("table");
                self.is_table_headed.push(true);
                return Opened::Table;
            }
            Element::Head => {
                out.open("thead");
                out.open("tr");
                return Opened::Head;
            }
            Element::Row => drop(out.open("tr")),
            Element::Cell(alignment) => {
                let is_head = self.is_table_headed.last() == Some(&true);
                let class = match alignment {
                    Alignment::Natural => None,
                    Alignment::Left => Some("left"),
                    Alignment::Center => Some("center"),
                    Alignment::Right => Some("right"),
                };
                let name = if is_head { "th" } else { "td" };
                out.open(name).set_if("class", class).set_if("scope", is_head.then_some("col"));
            }
            Element::Emphasis => drop(out.open("em")),
            Element::Strong => drop(out.open("strong")),
            Element::Strikethrough => drop(out.open("del")),
            Element::Link { target } => return self.link(target, out),
            // Nothing is loaded that a post names: its words stand for it.
            Element::Image { target } => {
                out.open("span").set("class", "image").set("title", target);
            }
        }
        Opened::One
    }

    fn link(&mut self, target: &str, out: &mut Markup) -> Opened {
        let inner = self.view.inner_target(self.file, target);
        let is_url = target.split_once(':').is_some() && is_safe_url(target);
        if self.n_links > 0 || inner.is_none() && !is_url {
            // A file beside the post is not beside the page.
            out.open("span").set("class", "link").set("title", target);
            return Opened::One;
        }
        match inner {
            Some(href) => drop(out.open("a").set("href", href)),
            None => drop(out.open("a").link("href", target).set("rel", "noopener noreferrer")),
        }
        self.n_links += 1;
        Opened::Link
    }

    fn close(&mut self, out: &mut Markup) {
        match self.open.pop() {
            Some(Opened::One) => {}
            Some(Opened::Head) => {
                out.close();
                out.close();
                if let Some(is_headed) = self.is_table_headed.last_mut() {
                    *is_headed = false;
                }
                out.open("tbody");
                return;
            }
            Some(Opened::Table) => {
                if self.is_table_headed.pop() == Some(false) {
                    out.close();
                }
                out.close();
            }
            Some(Opened::Link) => self.n_links -= 1,
            None => return,
        }
        out.close();
    }
}

/// Text whose line ends are blanks for the reader.
fn text_lines(text: &str, out: &mut Markup) {
    if text == "\n" { out.text(" ") } else { out.text(text) }
}
