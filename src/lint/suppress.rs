//! Comments by which an author allows findings.
//!
//! ```text
//! %% merrow: allow isolated-node: the legend                       in a diagram
//! # merrow: allow pvecm-options                                    in configuration and scripts
//! <!-- merrow: allow unclosed-fence, front-matter -->              in Markdown
//! <!-- merrow: allow-file gist-link-placeholder: filled in later -->
//! ```
//!
//! A comment on a line of its own speaks for the next line that is no comment, and in Markdown for all of the block or
//! paragraph that begins there. Above the first statement of a diagram or a configuration it speaks for all of it; beside a statement
//! for that line; `allow-file` for the file. Names stand between commas or blanks, a reason behind a colon.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::diagnostic::Diagnostic;
use crate::base::offset_map::Excerpt;
use crate::base::text::{FileId, Place, Span};
use crate::document::{Block, BlockKind};

use super::registry;
use super::rule::{DiagramCx, DocumentCx, Rule};
use super::selection::Selection;
use super::suppression::{Allowed, Outcome, Suppression};

/// The suppressions in a file's HTML comments, and those in its blocks that are no diagrams, in file order.
pub fn in_document(cx: &DocumentCx) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    let comments = cx.document.comments.iter();
    let comments: Vec<Comment> =
        comments.map(|comment| Comment { span: comment.span, grant: grant(&comment.excerpt) }).collect();
    if comments.iter().any(|comment| comment.grant.is_some()) {
        let page = Excerpt::whole(cx.text, 0);
        let ground =
            Ground { language: Language::Markdown, excerpt: &page, whole: page.full_span(), n_head: 0 };
        suppressions.extend(ground.suppressions(cx.file, comments));
        let paragraphs = &cx.document.paragraphs;
        for suppression in &mut suppressions {
            let next = paragraphs.partition_point(|paragraph| paragraph.start < suppression.scope.start);
            if let Some(paragraph) = paragraphs.get(next).copied()
                && suppression.scope.contains(Span::at(paragraph.start))
                && !paragraph.contains(suppression.place.span)
            {
                suppression.scope = suppression.scope.join(paragraph);
            }
            let blocks = &cx.document.blocks;
            let next = blocks.partition_point(|block| block.span.start < suppression.scope.start);
            if let Some(block) = blocks.get(next).map(|block| block.span)
                && suppression.scope.contains(Span::at(block.start))
            {
                suppression.scope = suppression.scope.join(block);
            }
        }
    }
    for block in cx.document.blocks.iter().filter(|block| block.kind == BlockKind::Code) {
        suppressions.extend(in_code(cx.file, block));
    }
    suppressions.sort_by_key(|suppression| suppression.place);
    suppressions
}

/// The suppressions among the comments of a diagram, in file order.
pub fn in_diagram(cx: &DiagramCx) -> Vec<Suppression> {
    let comments = cx.reading.comments.iter();
    let comments: Vec<Comment> = comments
        .map(|comment| Comment {
            span: comment.span,
            grant: grant(&Excerpt::whole(cx.text_at(comment.span), comment.span.start)),
        })
        .collect();
    if comments.iter().all(|comment| comment.grant.is_none()) {
        return Vec::new();
    }
    let excerpt = &cx.block.excerpt;
    // The header and the first statement: above either a comment speaks for the diagram.
    let n_head = n_front_matter_lines(&excerpt.text) + 2;
    Ground { language: Language::Mermaid, excerpt, whole: cx.block.span, n_head }
        .suppressions(cx.file, comments)
}

/// The suppressions in a block of configuration or code whose comments start with `#`.
fn in_code(file: FileId, block: &Block) -> Vec<Suppression> {
    let excerpt = &block.excerpt;
    if !excerpt.text.contains(MARK) {
        return Vec::new();
    }
    let mut comments = Vec::new();
    for line in line_ranges(&excerpt.text) {
        let text = excerpt.text.get(line.clone()).unwrap_or_default();
        let hash = text.find(MARK).and_then(|mark| text[..mark].rfind('#'));
        if let Some(hash) = hash {
            let range = line.start + hash..line.end;
            let comment = Excerpt { text: text[hash..].to_owned(), map: excerpt.map.slice(range) };
            comments.push(Comment { span: comment.full_span(), grant: grant(&comment) });
        }
    }
    Ground { language: Language::Code, excerpt, whole: block.span, n_head: 1 }.suppressions(file, comments)
}

/// What makes a comment one of Merrow's.
pub(super) const MARK: &str = "merrow:";

const ALLOW: &str = "allow";
const ALLOW_FILE: &str = "allow-file";

/// What a comment that allows findings begins with.
pub(super) const VERBS: [&str; 2] = [ALLOW, ALLOW_FILE];

/// A comment of any language, and what it grants.
struct Comment {
    span: Span,
    grant: Option<Grant>,
}

struct Grant {
    is_for_all: bool,
    allowed: Vec<Allowed>,
}

/// Reads the text of a comment, marks in front of it or not; `None` when it grants nothing.
fn grant(comment: &Excerpt) -> Option<Grant> {
    let is_between = |c: char| c == ',' || c.is_whitespace();
    let text = comment.text.as_str();
    let body = text.trim_start_matches(|c: char| c == '%' || c == '#' || c.is_whitespace());
    let body = body.strip_prefix(MARK)?.trim_start();
    let verb_len = body.find(char::is_whitespace).unwrap_or(body.len());
    let (verb, names) = body.split_at(verb_len);
    let is_for_all = match verb {
        ALLOW => false,
        ALLOW_FILE => true,
        _ => return None,
    };
    let mut at = text.len() - names.len();
    let names = names.split([':', '\n']).next().unwrap_or_default();
    let mut allowed = Vec::new();
    for part in names.split_inclusive(is_between) {
        let name = part.trim_end_matches(is_between);
        if !name.is_empty() {
            allowed.push(Allowed { name: name.to_owned(), span: comment.span(at..at + name.len()) });
        }
        at += part.len();
    }
    Some(Grant { is_for_all, allowed })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Markdown,
    Mermaid,
    Code,
}

/// The text that comments stand in.
struct Ground<'a> {
    language: Language,
    excerpt: &'a Excerpt,
    /// What a comment above the head, or one for all, speaks for.
    whole: Span,
    /// Number of lines that make the head.
    n_head: usize,
}

impl Ground<'_> {
    /// Finds what each granting comment speaks for; `comments` are all comments of the text in order.
    fn suppressions(&self, file: FileId, comments: Vec<Comment>) -> Vec<Suppression> {
        let mut found = Vec::new();
        let mut waiting: Vec<(Span, Grant)> = Vec::new();
        let mut comments = comments.into_iter().peekable();
        let mut n_before = 0;
        let mut commented_to = 0;
        let mut grant_to = |comment: Span, grant: Grant, scope: Span| {
            let scope = if grant.is_for_all { self.whole } else { scope };
            found.push(Suppression { place: Place::new(file, comment), allowed: grant.allowed, scope });
        };
        for line in self.lines() {
            let mut starts_in_comment = line.start < commented_to;
            while let Some(comment) = comments.next_if(|comment| comment.span.start < line.end) {
                starts_in_comment |= comment.span.start <= line.start;
                commented_to = comment.span.end;
                match comment.grant {
                    Some(grant) if starts_in_comment && line.end <= commented_to => {
                        waiting.push((comment.span, grant));
                    }
                    Some(grant) => grant_to(comment.span, grant, line),
                    None => {}
                }
            }
            if starts_in_comment && line.end <= commented_to {
                continue;
            }
            let scope = if n_before < self.n_head { self.whole } else { line };
            for (comment, grant) in waiting.drain(..) {
                grant_to(comment, grant, scope);
            }
            n_before += 1;
        }
        for (comment, grant) in waiting {
            grant_to(comment, grant, Span::at(comment.end));
        }
        found
    }

    /// The lines that hold something, without the blanks and marks around it.
    fn lines(&self) -> Vec<Span> {
        let text = &self.excerpt.text;
        let is_margin = |c: char| c.is_whitespace() || (c == '>' && self.language == Language::Markdown);
        let mut lines: Vec<Span> = Vec::new();
        let mut is_continued = false;
        for range in line_ranges(text) {
            let line = text.get(range.clone()).unwrap_or_default();
            let content = line.trim_start_matches(is_margin);
            let start = range.end - content.len();
            let content = content.trim_end();
            if content.is_empty() || (self.language == Language::Mermaid && content.starts_with("%%{")) {
                is_continued = false;
                continue;
            }
            let span = self.excerpt.span(start..start + content.len());
            match lines.last_mut() {
                Some(last) if is_continued => *last = last.join(span),
                _ => lines.push(span),
            }
            is_continued = self.language == Language::Code && content.ends_with('\\');
        }
        lines
    }
}

/// The ranges of the lines of `text`, line ends included.
fn line_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..*at)
    })
}

/// The number of lines that hold something up to the end of a diagram's front matter.
fn n_front_matter_lines(text: &str) -> usize {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines.next() != Some("---") {
        return 0;
    }
    lines.position(|line| line == "---").map_or(0, |at| at + 2)
}

/// What is left of `findings`, and for each suppression what became of its names.
pub(super) fn apply(
    selection: &Selection,
    findings: Vec<Diagnostic>,
    suppressions: &[Suppression],
) -> (Vec<Diagnostic>, Vec<Vec<Outcome>>) {
    let mut outcomes: Vec<Vec<Outcome>> = Vec::with_capacity(suppressions.len());
    let mut rules: Vec<Vec<Option<&'static Rule>>> = Vec::with_capacity(suppressions.len());
    for suppression in suppressions {
        let found = suppression.allowed.iter().map(|allowed| (allowed, registry::find(&allowed.name)));
        let (start, named) = found
            .map(|(allowed, rule)| match rule {
                None => (Outcome::Unknown(registry::nearest(&allowed.name)), None),
                Some(rule) if selection.is_on(&rule.meta) => (Outcome::Unused, Some(rule)),
                Some(_) => (Outcome::Off, None),
            })
            .unzip();
        outcomes.push(start);
        rules.push(named);
    }
    let mut spoken: BTreeMap<(FileId, &str), Spoken> = BTreeMap::new();
    for (suppression, rules) in suppressions.iter().zip(&rules) {
        for rule in rules.iter().flatten() {
            let spoken = spoken.entry((suppression.place.file, rule.meta.name)).or_default();
            spoken.scopes.push(suppression.scope);
        }
    }
    for spoken in spoken.values_mut() {
        spoken.sort_scopes();
    }
    let mut left = findings;
    left.retain(|finding| match spoken.get_mut(&(finding.place.file, finding.rule.name)) {
        Some(spoken) => !spoken.allows(finding.place.span.start),
        None => true,
    });
    for spoken in spoken.values_mut() {
        spoken.allowed.sort_unstable();
    }
    for ((suppression, rules), outcomes) in suppressions.iter().zip(&rules).zip(&mut outcomes) {
        for (rule, outcome) in rules.iter().zip(outcomes) {
            let spoken = rule.and_then(|rule| spoken.get(&(suppression.place.file, rule.meta.name)));
            if spoken.is_some_and(|spoken| spoken.is_used(suppression.scope)) {
                *outcome = Outcome::Used;
            }
        }
    }
    (left, outcomes)
}

/// What the comments of one file say about one rule.
#[derive(Default)]
struct Spoken {
    /// Where findings are allowed; sorted, each reaching at least as far as those before it.
    scopes: Vec<Span>,
    /// Where the findings start that are allowed; sorted when all of them are known.
    allowed: Vec<u32>,
}

impl Spoken {
    /// Sorts the scopes, and lets each reach as far as the farthest so far: one search then answers for all of them.
    fn sort_scopes(&mut self) {
        self.scopes.sort_unstable();
        let mut reached = 0;
        for scope in &mut self.scopes {
            reached = reached.max(scope.end);
            scope.end = reached;
        }
    }

    /// True when a scope holds the byte `start` or ends there; remembers it then.
    fn allows(&mut self, start: u32) -> bool {
        let n_begun = self.scopes.partition_point(|scope| scope.start <= start);
        let last = n_begun.checked_sub(1).and_then(|last| self.scopes.get(last));
        let is_allowed = last.is_some_and(|scope| start <= scope.end);
        if is_allowed {
            self.allowed.push(start);
        }
        is_allowed
    }

    /// True when a finding starts in `scope`.
    fn is_used(&self, scope: Span) -> bool {
        let next = self.allowed.partition_point(|start| *start < scope.start);
        self.allowed.get(next).is_some_and(|start| *start <= scope.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, SourceKind};
    use crate::mermaid;
    use crate::mermaid::profile::Profile;

    /// What each suppression of a Markdown `text` names, and the bytes it speaks for.
    fn scopes(text: &str) -> Vec<(String, &str)> {
        let document = document::read(text, SourceKind::Markdown);
        let file = FileId(0);
        let mut found = in_document(&DocumentCx { file, text, document: &document });
        for block in document.diagrams() {
            let reading = mermaid::read(&block.excerpt);
            found.extend(in_diagram(&DiagramCx {
                file,
                text,
                block,
                reading: &reading,
                profile: &Profile::default(),
            }));
        }
        let names = |suppression: &Suppression| {
            suppression
                .allowed
                .iter()
                .inspect(|it| assert_eq!(it.span.slice(text), it.name))
                .map(|it| it.name.as_str())
                .collect::<Vec<_>>()
                .join("+")
        };
        found.iter().map(|it| (names(it), it.scope.slice(text))).collect()
    }

    #[test]
    fn a_comment_speaks_for_what_follows_it() {
        let table = [
            ("<!-- merrow: allow a, b: because: c -->\n\ntext\nmore\n\nfar", "a+b", "text\nmore"),
            ("- x\n\n  <!-- merrow: allow a -->\n  text\n  more\n\n  far", "a", "text\n  more"),
            ("> <!-- merrow: allow a -->\n> text\n> more\n\nfar", "a", "text\n> more"),
            ("<!-- merrow: allow a -->\n# Title\n\ntext\nmore", "a", "# Title"),
            ("<!--merrow: allow a-->\n<!-- another -->\n\n> text\n", "a", "text"),
            ("text <!-- merrow: allow a --> text\nmore", "a", "text <!-- merrow: allow a --> text"),
            ("<!-- merrow: allow a\n  because -->\ntext", "a", "text"),
            ("x\n\n<!-- merrow: allow-file a -->\n", "a", "x\n\n<!-- merrow: allow-file a -->\n"),
            ("> <!-- merrow: allow a -->\n> ```sh\n> ls\n> ```\n", "a", "```sh\n> ls\n> ```"),
            ("<!-- merrow: allow a -->", "a", ""),
            ("<!-- merrow: allow -->\nx", "", "x"),
            ("```mermaid\nflowchart LR\nA\n%% merrow: allow a\n%% why\nB\nC\n```", "a", "B"),
            (
                "```sh\nls\n# merrow: allow a\npvecm create \\\n  --votes 1\nls\n```",
                "a",
                "pvecm create \\\n  --votes 1",
            ),
            ("```sh\nls\nls -l # merrow: allow a\nls\n```", "a", "ls -l # merrow: allow a"),
            ("```yaml\n# merrow: allow a: b\nx: 1\n```", "a", "```yaml\n# merrow: allow a: b\nx: 1\n```"),
        ];
        for (text, names, scope) in table {
            assert_eq!(scopes(text), [(names.to_owned(), scope)], "{text}");
        }
    }

    #[test]
    fn above_the_first_statement_a_comment_speaks_for_the_diagram() {
        for head in
            ["", "flowchart LR\n", "---\ntitle: x\n---\nflowchart LR\n", "%%{init: {}}%%\nflowchart LR\n"]
        {
            let rest = if head.is_empty() { "flowchart LR\n" } else { "" };
            let text = format!("```mermaid\n{head}%% merrow: allow a\n{rest}A --> B\nC\n```");
            assert_eq!(scopes(&text), [("a".to_owned(), text.as_str())], "{text}");
        }
    }

    #[test]
    fn other_comments_grant_nothing() {
        for text in [
            "<!-- merrow: Node1 = node pve1 -->\nx",
            "<!-- allow a -->\nx",
            "```sh\nls --merrow: allow a\n```",
        ] {
            assert_eq!(scopes(text), [], "{text}");
        }
    }
}
