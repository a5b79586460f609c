//! Which blocks leave a post, as data: the files that they become and the edits of the post.

use crate::base::edit::Edit;
use crate::base::text::Span;
use crate::cluster::formats::{self, Format};
use crate::document::{Block, BlockKind, Document, Form, RawLines};

use super::excerpt;
use super::file_name;
use super::language::{Grammar, Language};
use super::secrets::{self, SecretFound};
use super::shelf::Shelf;
use super::thresholds::Thresholds;
use super::unit;

/// A post, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// Its whole text.
    pub text: &'a str,
    /// What stands in it.
    pub document: &'a Document,
    /// Places that say something about the cluster: the lines that hold them should stay.
    pub essential: &'a [Span],
    /// Places that look like secrets, and may leave because the author says so.
    pub allowed: &'a [Span],
    /// The folder for the files of this post, a name as [`slug`](crate::base::slug::slug) makes them.
    pub folder: &'a str,
    /// The URL from the post to what holds [`Self::folder`]; empty, or ending with `/`. Links start with it unless
    /// [`Thresholds::url`] says how they look.
    pub base: &'a str,
}

/// What would leave a post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The blocks that leave, in file order.
    pub splits: Vec<Split>,
    /// The blocks that would leave and must not, in file order.
    pub refused: Vec<Refused>,
}

impl Plan {
    /// The edits of the post, in file order; they do not overlap.
    pub fn edits(&self) -> Vec<Edit> {
        self.splits.iter().map(|split| split.edit.clone()).collect()
    }

    /// True when the post stays as it is.
    pub fn is_empty(&self) -> bool {
        self.splits.is_empty() && self.refused.is_empty()
    }
}

/// A block that leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// An index into [`Document::blocks`].
    pub block: usize,
    /// The block, fences included, in the post.
    pub span: Span,
    /// What the info string calls its language; may be empty.
    pub language: String,
    /// Where it goes: `folder/name`, both without further `/`.
    pub file: String,
    /// What stands in the block, byte for byte, without the prefixes of quotes and lists; ends with a line end.
    pub contents: String,
    /// Lines of [`Self::contents`].
    pub n_lines: usize,
    /// Those of them that stay in the post.
    pub n_kept: usize,
    /// Where the post says that the file is.
    pub link: String,
    /// What becomes of the block in the post.
    pub edit: Edit,
}

/// A block that looks as if it held secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// An index into [`Document::blocks`].
    pub block: usize,
    /// The block, fences included, in the post.
    pub span: Span,
    /// What it holds, in file order.
    pub secrets: Vec<SecretFound>,
}

/// The blocks of `document` that are too large for a post, each with its index: fenced and indented code of any language,
/// never a diagram, never a file that is one block.
pub fn oversized<'a>(
    document: &'a Document,
    thresholds: &Thresholds,
) -> impl Iterator<Item = (usize, &'a Block)> {
    document.blocks.iter().enumerate().filter(|(_, block)| {
        block.kind == BlockKind::Code
            && matches!(block.form, Form::Fence { .. } | Form::Indented)
            && thresholds.is_oversized(block.excerpt.text.lines().count())
    })
}

/// Plans what leaves a post; the files get places on `shelf`.
///
/// The contents of a file are the bytes of its block; outside of the edits the post stays as it is; a plan of the edited post
/// is empty but for what is refused.
pub fn plan(material: &Material, thresholds: &Thresholds, shelf: &mut Shelf) -> Plan {
    let mut plan = Plan::default();
    for (index, block) in oversized(material.document, thresholds) {
        let mut secrets = secrets::find(&block.language, &block.excerpt);
        secrets.retain(|secret| !material.allowed.contains(&secret.span));
        if secrets.is_empty() {
            plan.splits.extend(split(material, index, block, thresholds, shelf));
        } else {
            plan.refused.push(Refused { block: index, span: block.span, secrets });
        }
    }
    plan
}

/// The split of one block; `None` when its lines cannot be told apart from what surrounds them.
fn split(
    material: &Material,
    index: usize,
    block: &Block,
    thresholds: &Thresholds,
    shelf: &mut Shelf,
) -> Option<Split> {
    let raw = RawLines::of(material.text, block)?;
    let text = &block.excerpt.text;
    let format = formats::recognize(&block.language, block.file_name(), text);
    let language = Language::of(&block.language, format, text);
    let lines: Vec<&str> = raw.lines.iter().map(|line| line.text).collect();
    let n_most = thresholds.n_kept();
    let units = unit::units(&lines, &language, n_most);
    let kept = excerpt::choose(&units, &essential_lines(material, block), n_most);

    let contents = raw.contents();
    let name = file_name::file_name(block, &language, material.folder);
    let name = shelf.place(material.folder, &name, &contents);
    let link = match &thresholds.url {
        Some(pattern) => pattern.address(material.folder, &name),
        None => format!("{}{}/{name}", material.base, material.folder),
    };
    let stays = Stays { material, block, raw: &raw, kept: &kept, what: what(&language, format) };
    let edit = match language.comment(&format!("{}: {link}", stays.what)) {
        Some(comment) => stays.with_comment(&comment),
        None => stays.with_line_below(&name, &link)?,
    };
    Some(Split {
        block: index,
        span: block.span,
        language: block.language.clone(),
        file: format!("{}/{name}", material.folder),
        n_lines: lines.len(),
        n_kept: kept.iter().map(ExactSizeIterator::len).sum(),
        contents,
        link,
        edit,
    })
}

/// For each line of the block whether one of the essential places is in it.
fn essential_lines(material: &Material, block: &Block) -> Vec<bool> {
    let mut starts: Vec<u32> = material.essential.iter().map(|span| span.start).collect();
    starts.sort_unstable();
    let mut at = 0;
    let lines = block.excerpt.text.split_inclusive('\n').map(|line| {
        let span = block.excerpt.span(at..at + line.len());
        at += line.len();
        let first = starts.partition_point(|start| *start < span.start);
        starts.get(first).is_some_and(|start| *start < span.end)
    });
    lines.collect()
}

/// What readers call the file.
fn what(language: &Language, format: Option<Format>) -> &'static str {
    let is_program = matches!(language.grammar, Grammar::Paragraphs) || language.ending == "py";
    if is_program && format.is_none() { "Full text" } else { "Full configuration" }
}

/// What stays of a block in its post.
struct Stays<'a> {
    material: &'a Material<'a>,
    block: &'a Block,
    raw: &'a RawLines<'a>,
    /// Lines of the block, in order.
    kept: &'a [std::ops::Range<usize>],
    what: &'static str,
}

impl Stays<'_> {
    /// The lines that stay and, below them, the link as a comment of the block's own language.
    fn with_comment(&self, comment: &str) -> Edit {
        let mut lines = self.lines();
        if !lines.is_empty() {
            lines.push(self.empty_line());
        }
        lines.push(format!("{}{comment}", self.raw.prefix));
        Edit::replace(self.raw.span, lines.join(self.raw.newline))
    }

    /// The block with the lines that stay, if there are any, and below it the link as a line of the post.
    fn with_line_below(&self, name: &str, link: &str) -> Option<Edit> {
        let text = self.material.text;
        // What nothing closes may end behind the line end of its last line, which belongs to what follows.
        let end = if self.block.is_closed { self.block.span.end } else { self.raw.span.end };
        let span = Span::new(self.block.span.start, end);
        let (newline, prefix) = (self.raw.newline, self.raw.prefix);
        let link = format!("{}: [{name}]({link})", self.what);
        let below = text.get(span.end as usize..)?.split('\n').nth(1).unwrap_or_default();
        let is_apart = below.trim_matches(|c: char| c == '>' || c.is_whitespace()).is_empty();
        let after = if is_apart { String::new() } else { format!("{newline}{}", self.empty_line()) };
        if self.kept.is_empty() {
            // An indented block stands behind its indentation, which would make code of the link.
            let start = if self.block.form == Form::Indented { self.raw.span.start } else { span.start };
            let margin = if self.block.form == Form::Indented { prefix.strip_suffix("    ")? } else { "" };
            let before = text.get(..start as usize)?;
            let above =
                before.strip_suffix('\n').map(|before| before.rsplit('\n').next().unwrap_or_default());
            let is_apart = above
                .is_none_or(|above| above.trim_matches(|c: char| c == '>' || c.is_whitespace()).is_empty());
            let lead = if is_apart { String::new() } else { format!("{}{newline}", self.empty_line()) };
            return Some(Edit::replace(Span::new(start, span.end), format!("{lead}{margin}{link}{after}")));
        }
        if !self.block.is_closed || self.block.form == Form::Indented {
            return None;
        }
        let closing = Span::new(self.raw.span.end, span.end).slice(text);
        let kept = self.lines().join(newline);
        let empty = self.empty_line();
        let edited = format!("{kept}{closing}{newline}{empty}{newline}{prefix}{link}{after}");
        Some(Edit::replace(Span::new(self.raw.span.start, span.end), edited))
    }

    /// The lines that stay as they stand in the file, an empty one between those that something stood between.
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut end = None;
        for range in self.kept {
            if end.is_some_and(|end| end < range.start) {
                lines.push(self.empty_line());
            }
            let kept = self.raw.lines.get(range.clone()).unwrap_or_default();
            lines.extend(kept.iter().map(|line| line.raw.to_owned()));
            end = Some(range.end);
        }
        lines
    }

    /// A line with nothing in it, in the quote or list that holds the block.
    fn empty_line(&self) -> String {
        self.raw.prefix.trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests;
