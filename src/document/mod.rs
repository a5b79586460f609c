//! Markdown and what stands in it: blocks of code and diagrams, front matter, comments, links.
//!
//! CommonMark with GitHub's tables and footnotes, as `pulldown-cmark` reads it, and the containers that publishing
//! tools add around Mermaid. Files that are one block as a whole (`.mmd`, configuration, scripts) are documents too.
//!
//! Not here: what a block means. The rooms beside this one read diagrams and configuration.

mod anchor;
mod attributes;
mod block;
mod collector;
mod container;
mod flow;
mod front_matter;
mod html;
mod link;
mod markdown;
mod raw_lines;
mod source_kind;

pub use attributes::{Attribute, AttributeKind};
pub use block::{Block, BlockKind, Form};
pub use flow::{Alignment, Element, MAX_DEPTH, Step, StepKind, flow, words};
pub use front_matter::{FrontMatter, FrontMatterFormat, FrontMatterProblem};
pub use html::Comment;
pub use link::Link;
pub use raw_lines::{RawLine, RawLines, rewrite};
pub use source_kind::SourceKind;

use crate::base::text::Span;

/// What stands in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Front matter of a Markdown file.
    pub front_matter: Option<FrontMatter>,
    /// Blocks of code and diagrams, in file order; they do not overlap.
    pub blocks: Vec<Block>,
    /// Paragraphs, without blanks around them, in file order; those of lists and quotes too.
    pub paragraphs: Vec<Span>,
    /// HTML comments outside of code, in file order.
    pub comments: Vec<Comment>,
    /// URLs anywhere in the file (in code and comments too) and relative targets of Markdown links, in file order.
    pub links: Vec<Link>,
}

impl Document {
    /// The blocks that hold a Mermaid diagram, in file order.
    pub fn diagrams(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind == BlockKind::Mermaid)
    }
}

/// Reads a file's `text`.
///
/// Never fails: what cannot be understood is text, and a front matter that is no YAML or TOML says so in its value.
/// Every span is one of `text`, a byte order mark included.
pub fn read(text: &str, kind: SourceKind) -> Document {
    let content = content_of(text);
    match kind {
        SourceKind::Markdown => markdown::read(text, content),
        SourceKind::Mermaid => whole_file(text, content, BlockKind::Mermaid, "mermaid"),
        SourceKind::Config { language } => whole_file(text, content, BlockKind::Code, language),
    }
}

/// The file without its byte order mark.
fn content_of(text: &str) -> Span {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Span::from(bom..text.len())
}

/// The document of a file that is one block.
fn whole_file(text: &str, content: Span, kind: BlockKind, language: &str) -> Document {
    let block = Block {
        kind,
        form: Form::WholeFile,
        language: language.to_owned(),
        attributes: Vec::new(),
        excerpt: collector::lines_of(text, content),
        span: content,
        opening: Span::at(content.start),
        section: None,
        is_closed: true,
    };
    Document { blocks: vec![block], links: link::urls(text), ..Document::default() }
}

#[cfg(test)]
mod tests;
