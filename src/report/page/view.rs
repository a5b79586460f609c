//! What every part of the page needs to know: names of things within the page, and lines of files.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::markup::Markup;
use crate::base::slug;
use crate::base::text::{FileId, LineIndex, Place, Span};
use crate::document::{Document, Element, Step, StepKind, words};
use crate::report::source_text::SourceText;

use super::{Page, Post};

/// A page with the names of its parts.
///
/// The name (`id`) of a post comes from its path, so that it stays when other files come and go; what belongs to the post
/// is named behind a `~`, which no such name holds.
pub(super) struct View<'a> {
    pub(super) page: &'a Page<'a>,
    /// The lines of each file, by id.
    lines: Vec<LineIndex>,
    /// Names of the posts, by file.
    names: BTreeMap<FileId, String>,
    /// Files by path.
    paths: BTreeMap<&'a str, FileId>,
    /// What must not be shown, in order.
    secrets: Vec<Place>,
    /// Anchors of headings.
    anchors: BTreeSet<(FileId, &'a str)>,
    /// Names of the findings, in the order of the report.
    findings: Vec<String>,
}

impl<'a> View<'a> {
    pub(super) fn new(page: &'a Page<'a>) -> Self {
        let sources = page.report.sources;
        let mut taken: BTreeSet<String> = ["main", "overview", "status"].map(str::to_owned).into();
        let mut names = BTreeMap::new();
        for post in page.posts {
            let path = sources.get(post.file.0 as usize).map_or("", |source| source.path);
            // Many posts are called `index.md`, and of a long path the end says most.
            let tail = path.rmatch_indices('/').nth(1).and_then(|(at, _)| path.get(at..)).unwrap_or(path);
            let name = match slug::slug(tail) {
                empty if empty.is_empty() => "post".to_owned(),
                slug => slug,
            };
            let name = slug::unique(&name, |name| taken.contains(name));
            taken.insert(name.clone());
            names.insert(post.file, name);
        }
        let mut counts: BTreeMap<(FileId, &str), u32> = BTreeMap::new();
        let findings = page.report.diagnostics.iter().map(|finding| {
            let (file, rule) = (finding.place.file, finding.rule.name);
            let count = counts.entry((file, rule)).or_default();
            *count += 1;
            let post = names.get(&file).map_or("elsewhere", String::as_str);
            format!("{post}~{rule}~{count}")
        });
        let secrets = page.report.diagnostics.iter().filter(|finding| finding.conceals);
        let mut secrets: Vec<Place> = secrets.map(|finding| finding.place).collect();
        secrets.sort_unstable();
        Self {
            secrets,
            findings: findings.collect(),
            lines: sources.iter().map(|source| LineIndex::new(source.text)).collect(),
            anchors: page.posts.iter().flat_map(anchors).collect(),
            paths: sources.iter().zip(0..).map(|(source, id)| (source.path, FileId(id))).collect(),
            names,
            page,
        }
    }

    /// The post of a page that has one, which then needs no choosing.
    pub(super) fn only_post(&self) -> Option<&'a Post<'a>> {
        match self.page.posts {
            [post] => Some(post),
            _ => None,
        }
    }

    /// The file with this id.
    pub(super) fn source(&self, file: FileId) -> SourceText<'a> {
        self.page.report.sources.get(file.0 as usize).copied().unwrap_or(SourceText { path: "", text: "" })
    }

    /// The lines of the file with this id.
    pub(super) fn lines(&self, file: FileId) -> Option<&LineIndex> {
        self.lines.get(file.0 as usize)
    }

    /// The 1-based line of a place.
    pub(super) fn line(&self, place: Place) -> u32 {
        self.lines(place.file).map_or(0, |lines| lines.line(place.span.start))
    }

    /// The name of a post, when it is shown.
    pub(super) fn post_name(&self, file: FileId) -> Option<&str> {
        self.names.get(&file).map(String::as_str)
    }

    /// The name of something in a post.
    pub(super) fn name_in(&self, file: FileId, part: &str) -> String {
        format!("{}~{part}", self.post_name(file).unwrap_or("elsewhere"))
    }

    /// The name of a block of a post.
    pub(super) fn block_name(&self, file: FileId, block: usize) -> String {
        self.name_in(file, &format!("block~{block}"))
    }

    /// The name of a heading of a post.
    pub(super) fn heading_name(&self, file: FileId, anchor: &str) -> String {
        self.name_in(file, &format!("h~{anchor}"))
    }

    /// The name of the finding with this index into the report.
    pub(super) fn finding_name(&self, index: usize) -> &str {
        self.findings.get(index).map_or("", String::as_str)
    }

    /// What a cluster is called.
    pub(super) fn lab_title(&self, lab: usize) -> String {
        let Some(model) = self.page.labs.get(lab) else {
            return String::new();
        };
        match (model.name, model.files) {
            (Some(name), _) => name.to_owned(),
            (None, [first, ..]) => self.title(*first),
            (None, []) => "cluster".to_owned(),
        }
    }

    /// The findings about a file, each with its index into the report.
    pub(super) fn findings_of(&self, file: FileId) -> impl Iterator<Item = (usize, &'a Diagnostic)> {
        let all = self.page.report.diagnostics;
        let start = all.partition_point(|finding| finding.place.file < file);
        all.iter().enumerate().skip(start).take_while(move |(_, finding)| finding.place.file == file)
    }

    /// The findings that start within `span` of a file.
    pub(super) fn findings_in(&self, file: FileId, span: Span) -> impl Iterator<Item = &'a Diagnostic> {
        let all = self.page.report.diagnostics;
        let first = Place::new(file, Span::at(span.start));
        let start = all.partition_point(|finding| finding.place < first);
        all.iter()
            .skip(start)
            .take_while(move |finding| finding.place.file == file && finding.place.span.start < span.end)
    }

    /// The places in `span` of a file that must not be shown, in order; they may overlap its ends.
    pub(super) fn secrets_in(&self, file: FileId, span: Span) -> impl Iterator<Item = Span> {
        let start = self
            .secrets
            .partition_point(|place| place.file < file || place.file == file && place.span.end <= span.start);
        let rest = self.secrets.get(start..).unwrap_or_default().iter();
        rest.take_while(move |place| place.file == file && place.span.start < span.end)
            .map(|place| place.span)
    }

    /// How many findings of each severity a file has, the worst first; without those it has none of.
    pub(super) fn counts_of(&self, file: FileId) -> Vec<(Severity, usize)> {
        let count = |severity| {
            (severity, self.findings_of(file).filter(|(_, finding)| finding.severity == severity).count())
        };
        let counts = [Severity::Error, Severity::Warning, Severity::Note].map(count);
        counts.into_iter().filter(|(_, n)| *n > 0).collect()
    }

    /// What a file is called: the title in its front matter, its first heading, or the name of the file.
    pub(super) fn title(&self, file: FileId) -> String {
        let path = self.source(file).path;
        let name = || path.rsplit('/').next().unwrap_or(path).to_owned();
        let Ok(post) = self.page.posts.binary_search_by_key(&file, |post| post.file) else {
            return name();
        };
        let Post { document, flow, .. } = &self.page.posts[post];
        let own = document.front_matter.as_ref().and_then(|front_matter| front_matter.title.clone());
        own.filter(|title| !title.trim().is_empty()).or_else(|| first_heading(flow)).unwrap_or_else(name)
    }

    /// Where a place is shown: its block, or else its post.
    pub(super) fn href(&self, place: Place) -> Option<String> {
        let name = self.post_name(place.file)?;
        let post = self.page.posts.binary_search_by_key(&place.file, |post| post.file).ok()?;
        match block_at(self.page.posts[post].document, place.span) {
            Some(block) => Some(format!("#{}", self.block_name(place.file, block))),
            None => Some(format!("#{name}")),
        }
    }

    /// Writes where a place is, as a link to it; with the path when that is not the file `here`.
    pub(super) fn place_link(&self, place: Place, here: Option<FileId>, out: &mut Markup) {
        let line = self.line(place);
        let text = if here == Some(place.file) {
            format!("line {line}")
        } else {
            let path = self.source(place.file).path;
            format!("{}:{line}", path.rsplit('/').next().unwrap_or(path))
        };
        let href = self.href(place);
        out.open(if href.is_some() { "a" } else { "span" }).set("class", "place").set_if("href", href);
        out.text(&text);
        out.close();
    }

    /// Where a link of the post `from` leads within the page: to a heading of its own, or to another post.
    pub(super) fn inner_target(&self, from: FileId, target: &str) -> Option<String> {
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let file = match path {
            "" => from,
            path => *self.paths.get(beside(self.source(from).path, path).as_str())?,
        };
        let name = self.post_name(file)?;
        Some(if self.anchors.contains(&(file, anchor)) {
            format!("#{}", self.heading_name(file, anchor))
        } else {
            format!("#{name}")
        })
    }
}

/// The anchors of the headings of a post that are shown; a heading that says the title is the post's own.
fn anchors<'a>(post: &'a Post<'a>) -> impl Iterator<Item = (FileId, &'a str)> {
    post.flow.iter().filter_map(|step| match &step.kind {
        StepKind::Open(Element::Heading { anchor, .. }) => Some((post.file, anchor.as_str())),
        _ => None,
    })
}

/// The name of a cluster.
pub(super) fn lab_name(lab: usize) -> String {
    format!("cluster~{lab}")
}

/// The block that holds the start of `span`.
pub(super) fn block_at(document: &Document, span: Span) -> Option<usize> {
    let index = document.blocks.partition_point(|block| block.span.end <= span.start);
    document.blocks.get(index).filter(|block| block.span.start <= span.start).map(|_| index)
}

/// The words of the first heading.
fn first_heading(flow: &[Step]) -> Option<String> {
    let is_heading = |step: &Step| matches!(step.kind, StepKind::Open(Element::Heading { .. }));
    let start = flow.iter().position(is_heading)?;
    let rest = flow.get(start..)?;
    let mut depth = 0_usize;
    let end = rest.iter().position(|step| {
        match step.kind {
            StepKind::Open(_) => depth += 1,
            StepKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })?;
    Some(words(&rest[..end])).filter(|words| !words.is_empty())
}

/// The path that the relative `target` means in a file at the path `from`.
fn beside(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let rooted = if from.starts_with('/') && parts.first() != Some(&"") { "/" } else { "" };
    format!("{rooted}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_target_is_seen_from_its_post() {
        let table = [
            ("posts/a.md", "b.md", "posts/b.md"),
            ("posts/a.md", "./../c/d.md", "c/d.md"),
            ("a.md", "b.md", "b.md"),
            ("/x/a.md", "b.md", "/x/b.md"),
            ("a.md", "../../b.md", "b.md"),
        ];
        for (from, target, expected) in table {
            assert_eq!(beside(from, target), expected, "{from} {target}");
        }
    }
}
