//! `check --output-format json`: one object whose names are stable.
//!
//! Lines and columns count from 1, columns in Unicode scalar values, ends are exclusive, offsets are bytes.

use serde::Serialize;

use crate::base::diagnostic::{Applicability, Diagnostic, Label, Severity};
use crate::base::text::{LineColumn, Place};

use super::CheckReport;
use super::source_text::{Lookup, Mentioned};

#[derive(Serialize)]
struct Object<'a> {
    version: &'static str,
    summary: Summary,
    errors: Vec<Failure<'a>>,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    posts: usize,
    diagrams: usize,
    config_blocks: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct Failure<'a> {
    path: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    code: &'static str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    applicability: Applicability,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    path: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

/// The report as JSON, ending with a newline.
pub fn check(report: &CheckReport) -> String {
    let lookup = Lookup::new(report.sources, report.diagnostics);
    let object = Object {
        version: env!("CARGO_PKG_VERSION"),
        summary: Summary {
            files: report.scope.n_files,
            posts: report.scope.n_posts,
            diagrams: report.scope.n_diagrams,
            config_blocks: report.scope.n_configs,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
        },
        errors: report.failures.iter().map(failure).collect(),
        diagnostics: report.diagnostics.iter().filter_map(|diagnostic| finding(&lookup, diagnostic)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&object).expect("every key is a string and every value a plain one");
    text.push('\n');
    text
}

fn failure(failure: &super::Failure) -> Failure<'_> {
    Failure { path: &failure.path, message: &failure.message, help: failure.help.as_deref() }
}

/// The finding; `None` when its file is not in the set.
fn finding<'a>(lookup: &'a Lookup<'a>, diagnostic: &'a Diagnostic) -> Option<Finding<'a>> {
    let file = lookup.get(diagnostic.place.file)?;
    let start = file.line_column(diagnostic.place.span.start);
    let end = file.line_column(diagnostic.place.span.end);
    let edits = |fix: &'a crate::base::diagnostic::Fix| {
        let edit = |edit: &'a crate::base::edit::Edit| Edit {
            path: file.source.path,
            start: edit.span.start,
            end: edit.span.end,
            text: &edit.text,
        };
        fix.edits.iter().map(edit).collect()
    };
    Some(Finding {
        rule: diagnostic.rule.name,
        code: diagnostic.rule.code,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        path: file.source.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        related: diagnostic.related.iter().filter_map(|label| related(lookup, label)).collect(),
        fix: diagnostic.fix.as_ref().map(|fix| Fix { applicability: fix.applicability, edits: edits(fix) }),
    })
}

fn related<'a>(lookup: &'a Lookup<'a>, label: &'a Label) -> Option<Related<'a>> {
    let (file, LineColumn { line, column }) = position(lookup, label.place)?;
    Some(Related { path: file.source.path, line, column, message: &label.message })
}

fn position<'a>(lookup: &'a Lookup<'a>, place: Place) -> Option<(&'a Mentioned<'a>, LineColumn)> {
    let file = lookup.get(place.file)?;
    Some((file, file.line_column(place.span.start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::RuleMeta;
    use crate::base::text::{FileId, Span};
    use crate::report::Scope;
    use crate::report::source_text::SourceText;

    static RULE: RuleMeta = RuleMeta { name: "some-rule", code: "XX001", severity: Severity::Error, docs: "" };

    #[test]
    fn positions_are_lines_and_characters() {
        let sources = [SourceText { path: "a.md", text: "ä\n✓ bc\n" }, SourceText { path: "b/c.conf", text: "xyz" }];
        let place = Place::new(FileId(0), Span::new("ä\n✓ ".len() as u32, "ä\n✓ bc".len() as u32));
        let diagnostics = [Diagnostic::new(&RULE, place, "wrong")
            .related(Place::new(FileId(1), Span::new(1, 2)), "there")
            .help("do")
            .fix(Applicability::DisplayOnly, vec![crate::base::edit::Edit::replace(place.span, "de")])];
        let failures = [super::super::Failure { path: "d.md".into(), message: "no text".into(), help: None }];
        let scope = Scope { n_files: 2, n_posts: 1, n_diagrams: 3, n_configs: 1 };
        let report = CheckReport { sources: &sources, diagnostics: &diagnostics, failures: &failures, scope };
        insta::assert_snapshot!(check(&report).replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r#"
        {
          "version": "VERSION",
          "summary": {
            "files": 2,
            "posts": 1,
            "diagrams": 3,
            "config_blocks": 1,
            "errors": 1,
            "warnings": 0,
            "notes": 0
          },
          "errors": [
            {
              "path": "d.md",
              "message": "no text",
              "help": null
            }
          ],
          "diagnostics": [
            {
              "rule": "some-rule",
              "code": "XX001",
              "severity": "error",
              "message": "wrong",
              "help": "do",
              "path": "a.md",
              "line": 2,
              "column": 3,
              "end_line": 2,
              "end_column": 5,
              "related": [
                {
                  "path": "b/c.conf",
                  "line": 1,
                  "column": 2,
                  "message": "there"
                }
              ],
              "fix": {
                "applicability": "display-only",
                "edits": [
                  {
                    "path": "a.md",
                    "start": 7,
                    "end": 9,
                    "text": "de"
                  }
                ]
              }
            }
          ]
        }
        "#);
    }
}
