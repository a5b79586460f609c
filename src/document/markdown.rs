//! Walks the events of `pulldown-cmark` and gathers what stands in a Markdown file.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::base::offset_map::{Excerpt, OffsetMap};
use crate::base::text::Span;

use super::Document;
use super::attributes::{self, Info};
use super::block::{Block, BlockKind, Form};
use super::collector::Collector;
use super::container::{self, Container};
use super::front_matter;
use super::html::{self, Comment};
use super::link::{self, Link};

/// Tables and footnotes decide which lines are code; the inline extensions of GFM do not.
pub(super) const BLOCK_OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_HEADING_ATTRIBUTES);

/// Reads the stretch `content` of a file.
pub(super) fn read(text: &str, content: Span) -> Document {
    let (front_matter, content) = front_matter::split(text, content);
    let map = OffsetMap::copy_of(content);
    let (source, containers) = masked(text, content, &map);

    let mut walk = Walk::new(text, &map);
    walk.containers = containers.into_iter().peekable();
    let walk = walk.run(&source);
    let mut links = link::urls(text);
    links.extend(walk.links);
    links.sort_by_key(|link| link.span);
    Document {
        front_matter,
        blocks: walk.blocks,
        paragraphs: walk.paragraphs,
        comments: walk.comments,
        links,
    }
}

/// The Markdown in `content`, whose bytes stand in the file where `map` says, as CommonMark may read it: what stands in
/// containers is blanked out, so that nothing moves.
pub(super) fn masked<'a>(text: &'a str, content: Span, map: &OffsetMap) -> (Cow<'a, str>, Vec<Container>) {
    let mut source = Cow::Borrowed(content.slice(text));
    let openers = container::openers(&source);
    if openers.is_empty() {
        return (source, Vec::new());
    }
    let mut covers = Walk::new(text, map).run(&source).covers;
    covers.sort();
    let containers = container::containers(&source, openers, &covers, map);
    if !containers.is_empty() {
        let masked = source.to_mut();
        for container in &containers {
            container.mask(masked);
        }
    }
    (source, containers)
}

/// What a walk has gathered so far.
struct Walk<'a> {
    file: &'a str,
    /// Places of the Markdown's bytes.
    map: &'a OffsetMap,
    /// Containers that the walk has not reached.
    containers: std::iter::Peekable<std::vec::IntoIter<Container>>,
    section: Option<String>,
    blocks: Vec<Block>,
    paragraphs: Vec<Span>,
    comments: Vec<Comment>,
    links: Vec<Link>,
    /// Where Markdown says that text is code or a comment.
    covers: Vec<Span>,
}

/// What the events at hand are inside of.
enum Inside {
    Nothing,
    Heading(String),
    Code(Code),
    Html(Collector),
}

/// A code block whose events come in.
struct Code {
    is_fenced: bool,
    text: Collector,
    /// Where its content ends so far.
    content_end: usize,
}

impl<'a> Walk<'a> {
    fn new(file: &'a str, map: &'a OffsetMap) -> Self {
        Self {
            file,
            map,
            containers: Vec::new().into_iter().peekable(),
            section: None,
            blocks: Vec::new(),
            paragraphs: Vec::new(),
            comments: Vec::new(),
            links: Vec::new(),
            covers: Vec::new(),
        }
    }

    /// Walks all of `source`, whose bytes stand in the file where `self.map` says.
    fn run(mut self, source: &str) -> Self {
        let mut inside = Inside::Nothing;
        for (event, range) in Parser::new_ext(source, BLOCK_OPTIONS).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let is_fenced = matches!(kind, CodeBlockKind::Fenced(_));
                    let content_end = if is_fenced { line_end(source, &range) } else { range.start };
                    let text = Collector::at(self.map.span(content_end..content_end).start);
                    inside = Inside::Code(Code { is_fenced, text, content_end });
                }
                Event::Start(Tag::Paragraph) => {
                    let text = source[range.clone()].trim_end();
                    self.paragraphs.push(self.map.span(range.start..range.start + text.len()));
                }
                Event::Start(Tag::HtmlBlock) => {
                    inside = Inside::Html(Collector::at(self.map.span(range.clone()).start));
                }
                Event::Start(Tag::Heading { .. }) => {
                    self.containers_before(range.start);
                    inside = Inside::Heading(String::new());
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    self.link(source, &dest_url, range);
                }
                Event::Text(piece) | Event::Html(piece) => match &mut inside {
                    Inside::Code(code) => {
                        code.content_end = code.content_end.max(range.end);
                        self.gather(&mut code.text, source, &piece, range);
                    }
                    Inside::Html(text) => self.gather(text, source, &piece, range),
                    Inside::Heading(text) => text.push_str(&piece),
                    Inside::Nothing => {}
                },
                Event::Code(piece) => {
                    if let Inside::Heading(text) = &mut inside {
                        text.push_str(&piece);
                    }
                    self.covers.push(self.map.span(range));
                }
                Event::SoftBreak | Event::HardBreak => {
                    if let Inside::Heading(text) = &mut inside {
                        text.push(' ');
                    }
                }
                Event::InlineHtml(piece) if piece.starts_with("<!--") => {
                    let span = self.map.span(range);
                    self.html(&Excerpt::whole(span.slice(self.file), span.start));
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Inside::Code(code) = std::mem::replace(&mut inside, Inside::Nothing) {
                        self.containers_before(range.start);
                        self.code(source, code, range);
                    }
                }
                Event::End(TagEnd::HtmlBlock) => {
                    if let Inside::Html(text) = std::mem::replace(&mut inside, Inside::Nothing) {
                        self.containers_before(range.start);
                        self.html(&text.finish());
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Inside::Heading(text) = std::mem::replace(&mut inside, Inside::Nothing) {
                        self.section = Some(text.trim().to_owned());
                    }
                }
                _ => {}
            }
        }
        self.containers_before(source.len());
        self
    }

    /// Adds a piece of a code or HTML block.
    fn gather(&self, text: &mut Collector, source: &str, piece: &CowStr<'_>, range: Range<usize>) {
        if piece.len() == range.len() {
            text.copy_lines(self.file, self.map.span(range));
        } else {
            // The columns of a tab that the prefix used up in part: spaces without a place of their own.
            let tab = source[..range.start].strip_suffix('\t').map_or(range.start, str::len);
            text.replace(piece, self.map.span(tab..range.end));
        }
    }

    /// Takes over the containers that start before byte `end` of the Markdown.
    fn containers_before(&mut self, end: usize) {
        while let Some(container) = self.containers.next_if(|container| container.range().start < end) {
            let block = container.block(self.file, self.map);
            self.push(block);
        }
    }

    /// Adds a block unless it stands inside the one before: a container is taken whole, tags included.
    fn push(&mut self, block: Block) {
        if self.blocks.last().is_some_and(|last| block.span.start < last.span.end) {
            return;
        }
        self.blocks.push(Block { section: self.section.clone(), ..block });
    }

    /// Adds the code block at `range`.
    fn code(&mut self, source: &str, code: Code, range: Range<usize>) {
        let excerpt = code.text.finish();
        // Indented code may start with a tab that the indentation has used up in part.
        let span = self.map.span(range.clone()).join(excerpt.full_span());
        self.covers.push(span);
        let mut block = Block {
            kind: BlockKind::Code,
            form: Form::Indented,
            language: String::new(),
            attributes: Vec::new(),
            excerpt,
            span,
            opening: Span::at(span.start),
            section: None,
            is_closed: true,
        };
        let raw = &source[range.clone()];
        if let Some(character) = raw.chars().next().filter(|_| code.is_fenced) {
            let opening_end = line_end(source, &range);
            let opening = source[range.start..opening_end].trim_end();
            let length = opening.len() - opening.trim_start_matches(character).len();
            let info = opening[length..].trim_start();
            let info_range = range.start + (opening.len() - info.len())..range.start + opening.len();
            let Info { language, attributes } =
                attributes::info(info, &OffsetMap::copy_of(self.map.span(info_range)));
            // Behind the content stands the closing fence, or nothing.
            let rest = source.get(code.content_end..range.end).unwrap_or_default();
            if language.eq_ignore_ascii_case("mermaid") {
                block.kind = BlockKind::Mermaid;
            }
            block.form = Form::Fence { character, length };
            block.language = language;
            block.attributes = attributes;
            block.opening = self.map.span(range.start..range.start + opening.len());
            block.is_closed = rest.contains(character);
        }
        self.push(block);
    }

    /// Adds what a stretch of HTML holds.
    fn html(&mut self, fragment: &Excerpt) {
        let found = html::read(fragment);
        self.covers.extend(found.comments.iter().map(|comment| comment.span));
        self.covers.extend(found.blocks.iter().map(|block| block.span));
        self.comments.extend(found.comments);
        found.blocks.into_iter().for_each(|block| self.push(block));
    }

    /// Adds the target of a link when it is a path; URLs are found wherever they stand.
    fn link(&mut self, source: &str, target: &str, range: Range<usize>) {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        if path.is_empty() || path.contains(':') {
            return;
        }
        let written = source[range.clone()].rfind("](").and_then(|tail| {
            let tail = range.start + tail;
            source[tail..range.end].find(target).map(|at| tail + at..tail + at + target.len())
        });
        self.links.push(Link { target: target.to_owned(), span: self.map.span(written.unwrap_or(range)) });
    }
}

/// The end of the first line in `range`, its newline included.
fn line_end(source: &str, range: &Range<usize>) -> usize {
    source[range.clone()].find('\n').map_or(range.end, |newline| range.start + newline + '\n'.len_utf8())
}
