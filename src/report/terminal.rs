//! Findings as people read them: what is wrong, the lines it stands in, why, and what to do.

use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::{Place, Span};

use super::source_text::{Lookup, Mentioned};
use super::wrap::{filled, wrapped};
use super::{Caution, CheckReport, Failure, counted};

/// How text may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// With ANSI colours.
    pub is_coloured: bool,
    /// Characters that fit into a line.
    pub width: usize,
}

impl Look {
    /// What is right for a file, a pipe, or a terminal that nothing is known of.
    pub const PLAIN: Self = Self { is_coloured: false, width: 100 };
}

fn renderer(look: Look) -> Renderer {
    let renderer = if look.is_coloured { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(look.width)
}

/// Places in one file that are at most so many lines apart share a snippet.
const NEARBY_LINES: u32 = 6;

/// All findings, each followed by an empty line.
pub fn findings(report: &CheckReport, look: Look) -> String {
    let renderer = renderer(look).decor_style(DecorStyle::Unicode);
    let lookup = Lookup::new(report.sources, report.diagnostics);
    let mut out = String::new();
    for diagnostic in report.diagnostics {
        let text = renderer.render(&[finding(&lookup, diagnostic, look.width)]);
        for line in text.lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// A finding with its snippets: the place itself with what is near, then each other place.
fn finding<'a>(lookup: &'a Lookup<'a>, diagnostic: &'a Diagnostic, width: usize) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let name = diagnostic.rule.name;
    let lead = format!("{}[{name}]: ", diagnostic.severity.name()).len();
    let title = wrapped(&diagnostic.message, width.saturating_sub(lead));
    let mut group = Group::with_title(level.primary_title(title).id(name));
    let mut marks = vec![Mark {
        place: diagnostic.place,
        kind: AnnotationKind::Primary,
        label: diagnostic.label.as_deref(),
        is_concealed: diagnostic.conceals,
    }];
    let related = diagnostic.related.iter();
    marks.extend(related.map(|label| Mark {
        place: label.place,
        kind: AnnotationKind::Context,
        label: Some(&label.message),
        is_concealed: false,
    }));
    let excerpts = excerpts(lookup, marks);
    let last_line = excerpts.iter().map(|shown| shown.last_line).max().unwrap_or_default();
    // The column of line numbers, and the frame with a blank on either side.
    let width = width.saturating_sub(last_line.to_string().len() + " │ ".chars().count());
    for mut shown in excerpts {
        let long_labels = shown.take_long_labels(width);
        group = group.element(shown.snippet());
        for label in long_labels {
            group = group.element(Level::NOTE.no_name().message(wrapped(&label, width).into_owned()));
        }
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.no_name().message(wrapped(note, width)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(wrapped(help, width.saturating_sub("help: ".len()))));
    }
    group
}

/// A place with what is said about it.
struct Mark<'a> {
    place: Place,
    kind: AnnotationKind,
    label: Option<&'a str>,
    /// Stars are shown in place of what stands there.
    is_concealed: bool,
}

/// Lines of a file with marks in them.
struct Shown<'a> {
    file: &'a Mentioned<'a>,
    first_line: u32,
    last_line: u32,
    marks: Vec<Mark<'a>>,
}

/// Puts marks that stand near each other in one file together; keeps the order of the first of each.
fn excerpts<'a>(lookup: &'a Lookup<'a>, marks: Vec<Mark<'a>>) -> Vec<Shown<'a>> {
    let mut excerpts: Vec<Shown> = Vec::new();
    for mark in marks {
        let Some(file) = lookup.get(mark.place.file) else {
            continue;
        };
        let Span { start, end } = mark.place.span;
        // A span that ends with a newline does not reach into the next line.
        let last_byte = end.saturating_sub(1).max(start);
        let (first, last) = (file.lines.line(start), file.lines.line(last_byte));
        let near = excerpts.iter_mut().find(|shown| {
            shown.marks[0].place.file == mark.place.file
                && first <= shown.last_line.saturating_add(NEARBY_LINES)
                && shown.first_line <= last.saturating_add(NEARBY_LINES)
        });
        match near {
            Some(shown) => {
                shown.first_line = shown.first_line.min(first);
                shown.last_line = shown.last_line.max(last);
                shown.marks.push(mark);
            }
            None => excerpts.push(Shown { file, first_line: first, last_line: last, marks: vec![mark] }),
        }
    }
    excerpts
}

impl<'a> Shown<'a> {
    /// Takes the labels that do not fit into `width` characters beside their marks, each with the line of its mark.
    fn take_long_labels(&mut self, width: usize) -> Vec<String> {
        // What the renderer puts around a line that it cuts.
        const CUT: usize = 8;
        let (file, mut taken) = (self.file, Vec::new());
        for mark in &mut self.marks {
            let Span { start, end } = mark.place.span;
            let line = file.lines.line(end.saturating_sub(1).max(start));
            let text = file.source.text;
            let Some((label, whole)) = mark.label.zip(file.lines.line_span(text, line)) else {
                continue;
            };
            let n_characters = |span: Span| span.slice(text).chars().count();
            let marked = Span::new(start.clamp(whole.start, whole.end), end.clamp(whole.start, whole.end));
            let before = if n_characters(whole) > width {
                n_characters(marked) + CUT
            } else {
                n_characters(Span::new(whole.start, marked.end))
            };
            if before + " ".len() + label.chars().count() > width {
                taken.push(format!("line {line}: {label}"));
                mark.label = None;
            }
        }
        taken
    }

    fn snippet(self) -> Snippet<'a, Annotation<'a>> {
        let file = self.file;
        // Lines are joined anew, so that every kind of line end counts as the one newline that the renderer knows.
        let mut text = String::new();
        let mut starts = Vec::new();
        for line in self.first_line..=self.last_line {
            let Some(span) = file.lines.line_span(file.source.text, line) else {
                break;
            };
            starts.push((span, text.len()));
            text.push_str(span.slice(file.source.text));
            text.push('\n');
        }
        let shown_at = |offset: u32| {
            let line = starts.partition_point(|(span, _)| span.start <= offset).saturating_sub(1);
            starts
                .get(line)
                .map_or(0, |(span, at)| at + (offset.clamp(span.start, span.end) - span.start) as usize)
        };
        for mark in self.marks.iter().filter(|mark| mark.is_concealed) {
            let hidden = shown_at(mark.place.span.start)..shown_at(mark.place.span.end);
            let line_end = text.get(hidden.clone()).and_then(|shown| shown.find('\n'));
            let hidden = hidden.start..line_end.map_or(hidden.end, |len| hidden.start + len);
            // As many stars as bytes: the marks stay where they are.
            text.replace_range(hidden.clone(), &"*".repeat(hidden.len()));
        }
        let annotations: Vec<Annotation> = self
            .marks
            .into_iter()
            .map(|mark| {
                let span = mark.place.span;
                mark.kind.span(shown_at(span.start)..shown_at(span.end)).label(mark.label)
            })
            .collect();
        Snippet::source(text)
            .path(file.source.path)
            .line_start(self.first_line as usize)
            .annotations(annotations)
    }
}

/// "3 errors, 5 warnings in 2 of 57 posts (128 diagrams, 44 configuration blocks)", without a newline.
pub fn summary(report: &CheckReport) -> String {
    let scope = report.scope;
    let mut found = Vec::new();
    for (severity, one, many) in [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Note, "note", "notes"),
    ] {
        match report.count(severity) {
            0 => {}
            n => found.push(counted(n, one, many)),
        }
    }
    let (one, many) = if scope.n_posts == scope.n_files { ("post", "posts") } else { ("file", "files") };
    let files = counted(scope.n_files, one, many);
    let mut out = match found.as_slice() {
        [] => format!("Nothing found in {files}"),
        found => format!("{} in {} of {files}", found.join(", "), scope.n_files_with_findings),
    };
    let diagrams = counted(scope.n_diagrams, "diagram", "diagrams");
    let configs = counted(scope.n_configs, "configuration block", "configuration blocks");
    // Writing to a string cannot fail.
    let _ = write!(out, " ({diagrams}, {configs})");
    if scope.n_unchecked_diagrams > 0 {
        let unchecked = counted(
            scope.n_unchecked_diagrams,
            "diagram of another kind was",
            "diagrams of other kinds were",
        );
        let _ = write!(out, "; {unchecked} checked at the first line only");
    }
    if !report.failures.is_empty() {
        let _ = write!(out, "; {} could not be read", counted(report.failures.len(), "file", "files"));
    }
    out
}

/// What a build has made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// Posts.
    pub n_posts: usize,
    /// Diagrams that were drawn.
    pub n_drawings: usize,
    /// Diagrams that stay as they are.
    pub n_undrawn: usize,
    /// Blocks that left their posts.
    pub n_gists: usize,
}

/// "3 posts, 13 drawings and 2 moved blocks: open target/tour/index.html", without a newline.
pub fn built(built: Built, page: &str) -> String {
    let mut made =
        vec![counted(built.n_posts, "post", "posts"), counted(built.n_drawings, "drawing", "drawings")];
    if built.n_undrawn > 0 {
        made.push(format!("{} left as text", counted(built.n_undrawn, "diagram", "diagrams")));
    }
    if built.n_gists > 0 {
        made.push(counted(built.n_gists, "moved block", "moved blocks"));
    }
    format!("Wrote {}: open {page}", made.join(", "))
}

/// A page of Markdown whose paragraphs fit into the lines.
pub fn page(markdown: &str, look: Look) -> String {
    filled(markdown, look.width)
}

/// A time as people say it: "24 ms", "1.7 s".
pub fn duration(seconds: f64) -> String {
    if seconds < 1.0 { format!("{:.0} ms", (seconds * 1000.0).ceil()) } else { format!("{seconds:.1} s") }
}

/// Something that could not be done, ending with a newline.
pub fn failure(failure: &Failure, look: Look) -> String {
    let title = format!("cannot read {}", failure.path);
    let mut out = renderer(look).render(&[Group::with_title(Level::ERROR.primary_title(title))]);
    let _ = write!(out, "\n  {}\n", failure.message);
    if let Some(help) = &failure.help {
        out.push_str(&indented_help(help, look));
    }
    out
}

/// Lines with what to do below a message without a frame.
fn indented_help(help: &str, look: Look) -> String {
    const LEAD: &str = "  help: ";
    let margin = " ".repeat(LEAD.len());
    let help = wrapped(help, look.width.saturating_sub(LEAD.len()));
    format!("{LEAD}{}\n", help.replace('\n', &format!("\n{margin}")))
}

/// Something odd, ending with a newline.
pub fn caution(caution: &Caution, look: Look) -> String {
    let mut out = renderer(look).render(&[Group::with_title(Level::WARNING.primary_title(&caution.message))]);
    // Writing to a string cannot fail.
    let _ = write!(out, "\n{}", indented_help(&caution.help, look));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::RuleMeta;
    use crate::base::text::FileId;
    use crate::report::Scope;
    use crate::report::source_text::SourceText;

    static RULE: RuleMeta =
        RuleMeta { name: "some-rule", code: "XX001", severity: Severity::Error, is_off: false, docs: "" };

    /// The place of the first `part` of a file.
    fn place(sources: &[SourceText], file: u32, part: &str) -> Place {
        let start = sources[file as usize].text.find(part).unwrap() as u32;
        Place::new(FileId(file), Span::new(start, start + part.len() as u32))
    }

    fn rendered(sources: &[SourceText], diagnostics: &[Diagnostic]) -> String {
        let report = CheckReport { sources, diagnostics, failures: &[], scope: Scope::default() };
        findings(&report, Look::PLAIN)
    }

    #[test]
    fn both_places_are_shown_with_why_and_what_to_do() {
        let text = "# Post\n\n```mermaid\ngraph TD\n    Node1[Node 1<br/>10.0.0.1]\n```\n\n\n\n\n\n\n\n10.1.0.0/24\n";
        let sources = [
            SourceText { path: "posts/a.md", text },
            SourceText { path: "c.conf", text: "ring0_addr: 10.0.0.2\n" },
        ];
        let diagnostic = Diagnostic::new(
            &RULE,
            place(&sources, 0, "10.0.0.1"),
            "Node 1 has an address that no network contains",
        )
        .label("10.0.0.1")
        .related(place(&sources, 0, "Node1"), "this node")
        .related(place(&sources, 0, "10.1.0.0/24"), "the cluster network")
        .related(place(&sources, 1, "10.0.0.2"), "another address")
        .note("why it is so:\n    a    1\n    b    2")
        .help("if line 14 is right, Node 1 is 10.1.0.1");
        insta::assert_snapshot!(rendered(&sources, &[diagnostic]), @r"
        error[some-rule]: Node 1 has an address that no network contains
           ╭▸ posts/a.md:5:22
           │
         5 │     Node1[Node 1<br/>10.0.0.1]
           │     ───── this node  ━━━━━━━━ 10.0.0.1
           │
           ⸬  posts/a.md:14:1
           │
        14 │ 10.1.0.0/24
           │ ─────────── the cluster network
           │
           ⸬  c.conf:1:13
           │
         1 │ ring0_addr: 10.0.0.2
           │             ──────── another address
           │
           ├ why it is so:
           │     a    1
           │     b    2
           ╰ help: if line 14 is right, Node 1 is 10.1.0.1
        ");
    }

    #[test]
    fn carets_stand_below_their_text() {
        let text = "\tä✓ tab\r\n漢字 wide\r\nlast\rlone\rend";
        let sources = [SourceText { path: "a.md", text }];
        let marks =
            ["tab", "wide", "lone"].map(|part| Diagnostic::new(&RULE, place(&sources, 0, part), part));
        insta::assert_snapshot!(rendered(&sources, &marks), @r"
        error[some-rule]: tab
          ╭▸ a.md:1:5
          │
        1 │     ä✓ tab
          ╰╴       ━━━

        error[some-rule]: wide
          ╭▸ a.md:2:4
          │
        2 │ 漢字 wide
          ╰╴     ━━━━

        error[some-rule]: lone
          ╭▸ a.md:4:1
          │
        4 │ lone
          ╰╴━━━━
        ");
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark_and_a_long_block_in_the_middle() {
        let text = format!("{}X{}\n{}", "left ".repeat(60), " right".repeat(60), "line\n".repeat(20));
        let sources = [SourceText { path: "a.md", text: &text }];
        let long = Diagnostic::new(&RULE, place(&sources, 0, "X"), "long line").label("here");
        let block = Diagnostic::new(&RULE, place(&sources, 0, &"line\n".repeat(20)), "long block");
        let edge = Diagnostic::new(&RULE, Place::new(FileId(0), Span::at(text.len() as u32)), "the end");
        insta::assert_snapshot!(rendered(&sources, &[long, block, edge]), @r"
        error[some-rule]: long line
          ╭▸ a.md:1:301
          │
        1 │ …eft left left left left left left left left X right right right right right right right right …
          ╰╴                                             ━ here

        error[some-rule]: long block
           ╭▸ a.md:2:1
           │
         2 │ ┏ line
         3 │ ┃ line
         4 │ ┃ line
         5 │ ┃ line
           ┆ ┇
        20 │ ┃ line
        21 │ ┃ line
           ╰╴┗━━━━┛

        error[some-rule]: the end
           ╭▸ a.md:22:1
           │
        22 │
           ╰╴━
        ");
    }

    #[test]
    fn a_label_without_room_stands_below_its_lines() {
        let text = "a short line\na line with a word near its end: here\n";
        let sources = [SourceText { path: "a.md", text }];
        let finding = Diagnostic::new(
            &RULE,
            place(&sources, 0, "here"),
            "a title of a few words that is longer than that",
        )
        .label("what stands here")
        .related(place(&sources, 0, "short"), "fits");
        let report = CheckReport {
            sources: &sources,
            diagnostics: &[finding],
            failures: &[],
            scope: Scope::default(),
        };
        insta::assert_snapshot!(findings(&report, Look { is_coloured: false, width: 50 }), @r"
        error[some-rule]: a title of a few words that is
                          longer than that
          ╭▸ a.md:2:34
          │
        1 │ a short line
          │   ───── fits
        2 │ a line with a word near its end: here
          │                                  ━━━━
          │
          ╰ line 2: what stands here
        ");
    }

    #[test]
    fn a_time_is_told_in_its_unit() {
        let table = [(0.0003, "1 ms"), (0.0234, "24 ms"), (0.9, "900 ms"), (1.72, "1.7 s"), (75.0, "75.0 s")];
        for (seconds, expected) in table {
            assert_eq!(duration(seconds), expected);
        }
    }

    #[test]
    fn a_run_ends_with_what_was_found_where() {
        let place = |file| Place::new(FileId(file), Span::at(0));
        let mut note = Diagnostic::new(&RULE, place(1), "x");
        note.severity = Severity::Note;
        let diagnostics =
            [Diagnostic::new(&RULE, place(0), "x"), Diagnostic::new(&RULE, place(0), "y"), note];
        let scope = Scope {
            n_files: 57,
            n_files_with_findings: 2,
            n_posts: 57,
            n_diagrams: 128,
            n_configs: 1,
            ..Scope::default()
        };
        let report = CheckReport { sources: &[], diagnostics: &diagnostics, failures: &[], scope };
        assert_eq!(
            summary(&report),
            "2 errors, 1 note in 2 of 57 posts (128 diagrams, 1 configuration block)"
        );
        let scope = Scope { n_files: 2, n_posts: 1, n_unchecked_diagrams: 3, ..scope };
        let failures = [Failure { path: "a".into(), message: "b".into(), help: None }];
        let report = CheckReport { sources: &[], diagnostics: &[], failures: &failures, scope };
        assert_eq!(
            summary(&report),
            "Nothing found in 2 files (128 diagrams, 1 configuration block); \
             3 diagrams of other kinds were checked at the first line only; 1 file could not be read"
        );
    }
}
