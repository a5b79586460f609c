//! What would leave posts, and what did.

use std::fmt::Write as _;

use serde::Serialize;

use crate::base::edit;
use crate::base::text::LineIndex;
use crate::gist::plan::{Plan, Split};

use super::source_text::SourceText;
use super::terminal::Look;
use super::{CheckReport, counted, json, patch};

/// A post, and what would leave it.
#[derive(Debug, Clone)]
pub struct PostPlan<'a> {
    /// The post.
    pub post: SourceText<'a>,
    /// What would leave it.
    pub plan: Plan,
}

/// The plans of a set of posts.
#[derive(Debug, Clone, Copy)]
pub struct GistReport<'a> {
    /// The folder of all files that leave, as the user gave it, with `/`.
    pub to: &'a str,
    /// Blocks with as many lines leave.
    pub n_lines: usize,
    /// Every post that was looked at, in the order of paths.
    pub posts: &'a [PostPlan<'a>],
}

impl<'a> GistReport<'a> {
    /// Everything that leaves, with its post.
    pub fn splits(&self) -> impl Iterator<Item = (&'a SourceText<'a>, &'a Split)> + use<'a> {
        self.posts.iter().flat_map(|planned| planned.plan.splits.iter().map(|split| (&planned.post, split)))
    }

    fn n_refused(&self) -> usize {
        self.posts.iter().map(|planned| planned.plan.refused.len()).sum()
    }

    /// The path of the file that a split becomes.
    fn path(&self, split: &Split) -> String {
        format!("{}/{}", self.to.trim_end_matches('/'), split.file)
    }
}

/// The plans as a patch: how each post changes, then each file that leaves it, below a line that says what it is.
pub fn text(report: &GistReport, look: Look) -> String {
    let mut out = String::new();
    for PostPlan { post, plan } in report.posts.iter().filter(|planned| !planned.plan.splits.is_empty()) {
        let lines = LineIndex::new(post.text);
        out.push_str(&patch::changed(post.path, post.text, &edit::apply(post.text, &plan.edits()), look));
        out.push('\n');
        for split in &plan.splits {
            let line = lines.line(split.span.start);
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "{}: {} of {}:{line} leave, {} stay; {} bytes",
                report.path(split),
                counted(split.n_lines, "line", "lines"),
                post.path,
                split.n_kept,
                split.contents.len(),
            );
            out.push_str(&patch::new(&report.path(split), &split.contents, look));
            out.push('\n');
        }
    }
    out
}

/// What would be done, in a line.
pub fn summary(report: &GistReport) -> String {
    summed(report, "would leave", "would go")
}

/// What was done: a line for each file, and one for all of it.
pub fn done(report: &GistReport) -> String {
    let mut out = String::new();
    for (post, split) in report.splits() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}: {} of {}",
            report.path(split),
            counted(split.n_lines, "line", "lines"),
            post.path
        );
    }
    out + &summed(report, "left", "went")
}

fn summed(report: &GistReport, left: &str, went: &str) -> String {
    let n_splits = report.splits().count();
    let n_posts = report.posts.iter().filter(|planned| !planned.plan.splits.is_empty()).count();
    let mut out = if n_splits == 0 {
        let posts = counted(report.posts.len(), "post", "posts");
        let least = report.n_lines;
        format!("Nothing to move: no block of {posts} has {least} lines or more")
    } else {
        let n_lines: usize = report.splits().map(|(_, split)| split.n_lines).sum();
        let (blocks, posts) = (counted(n_splits, "block", "blocks"), counted(n_posts, "post", "posts"));
        format!("{blocks} {left} {posts}: {} {went} to {}", counted(n_lines, "line", "lines"), report.to)
    };
    match report.n_refused() {
        0 => {}
        n if n_splits == 0 => {
            out = format!("Nothing to move: {} would take a secret along", counted(n, "block", "blocks"));
        }
        1 => out.push_str("; 1 block stays because of a secret"),
        n => {
            // Writing to a string cannot fail.
            let _ = write!(out, "; {n} blocks stay because of secrets");
        }
    }
    out + "\n"
}

/// What `gist plan --output-format json` prints: lines count from 1, offsets are bytes.
#[derive(Debug, Serialize)]
pub struct GistObject<'a> {
    version: &'static str,
    to: &'a str,
    errors: Vec<json::Failure<'a>>,
    diagnostics: Vec<json::Finding<'a>>,
    posts: Vec<PostObject<'a>>,
}

#[derive(Debug, Serialize)]
struct PostObject<'a> {
    path: &'a str,
    splits: Vec<SplitObject<'a>>,
    refused: Vec<RefusedObject>,
}

#[derive(Debug, Serialize)]
struct SplitObject<'a> {
    file: &'a str,
    line: u32,
    language: &'a str,
    lines: usize,
    kept: usize,
    bytes: usize,
    link: &'a str,
    contents: &'a str,
    edit: EditObject<'a>,
}

#[derive(Debug, Serialize)]
struct EditObject<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct RefusedObject {
    line: u32,
    secrets: Vec<SecretObject>,
}

#[derive(Debug, Serialize)]
struct SecretObject {
    line: u32,
    kind: &'static str,
}

/// The plans as programs read them; `findings` says what is refused and what could not be read.
pub fn object<'a>(report: &GistReport<'a>, findings: &CheckReport<'a>) -> GistObject<'a> {
    GistObject {
        version: env!("CARGO_PKG_VERSION"),
        to: report.to,
        errors: json::failures(findings),
        diagnostics: json::findings(findings),
        posts: report.posts.iter().filter(|planned| !planned.plan.is_empty()).map(post).collect(),
    }
}

fn post<'a>(planned: &'a PostPlan<'a>) -> PostObject<'a> {
    let lines = LineIndex::new(planned.post.text);
    let splits = planned.plan.splits.iter().map(|split| SplitObject {
        file: &split.file,
        line: lines.line(split.span.start),
        language: &split.language,
        lines: split.n_lines,
        kept: split.n_kept,
        bytes: split.contents.len(),
        link: &split.link,
        contents: &split.contents,
        edit: EditObject { start: split.edit.span.start, end: split.edit.span.end, text: &split.edit.text },
    });
    let refused = planned.plan.refused.iter().map(|refused| RefusedObject {
        line: lines.line(refused.span.start),
        secrets: refused
            .secrets
            .iter()
            .map(|secret| SecretObject { line: lines.line(secret.span.start), kind: secret.kind.noun() })
            .collect(),
    });
    PostObject { path: planned.post.path, splits: splits.collect(), refused: refused.collect() }
}
