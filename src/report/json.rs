//! `check --output-format json`: one object whose names are stable.
//!
//! Lines and columns count from 1, columns in Unicode scalar values, ends are exclusive, offsets are bytes.

use serde::Serialize;

use crate::base::diagnostic::{Applicability, Diagnostic, Label, Severity};
use crate::base::edit;
use crate::base::text::LineColumn;

use super::CheckReport;
use super::source_text::Lookup;

/// What `check --output-format json` prints.
#[derive(Debug, Serialize)]
pub struct CheckObject<'a> {
    version: &'static str,
    summary: Summary,
    errors: Vec<Failure<'a>>,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Debug, Serialize)]
struct Summary {
    files: usize,
    posts: usize,
    diagrams: usize,
    unchecked_diagrams: usize,
    config_blocks: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    fixed: usize,
}

/// Something that could not be done.
#[derive(Debug, Serialize)]
pub(super) struct Failure<'a> {
    path: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

/// A finding.
#[derive(Debug, Serialize)]
pub(super) struct Finding<'a> {
    rule: &'static str,
    code: &'static str,
    severity: Severity,
    message: &'a str,
    label: Option<&'a str>,
    notes: &'a [String],
    help: Option<&'a str>,
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct Fix<'a> {
    applicability: Applicability,
    edits: Vec<Edit<'a>>,
}

#[derive(Debug, Serialize)]
struct Edit<'a> {
    path: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

/// The report as programs read it, after `n_fixed` findings were fixed.
pub fn check<'a>(report: &CheckReport<'a>, n_fixed: usize) -> CheckObject<'a> {
    CheckObject {
        version: env!("CARGO_PKG_VERSION"),
        summary: Summary {
            files: report.scope.n_files,
            posts: report.scope.n_posts,
            diagrams: report.scope.n_diagrams,
            unchecked_diagrams: report.scope.n_unchecked_diagrams,
            config_blocks: report.scope.n_configs,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            fixed: n_fixed,
        },
        errors: failures(report),
        diagnostics: findings(report),
    }
}

/// What could not be done, in order.
pub(super) fn failures<'a>(report: &CheckReport<'a>) -> Vec<Failure<'a>> {
    report.failures.iter().map(failure).collect()
}

/// The findings of files of the set, in order.
pub(super) fn findings<'a>(report: &CheckReport<'a>) -> Vec<Finding<'a>> {
    let lookup = Lookup::new(report.sources, report.diagnostics);
    report.diagnostics.iter().filter_map(|diagnostic| finding(&lookup, diagnostic)).collect()
}

fn failure(failure: &super::Failure) -> Failure<'_> {
    Failure { path: &failure.path, message: &failure.message, help: failure.help.as_deref() }
}

/// The finding; `None` when its file is not in the set.
fn finding<'a>(lookup: &Lookup<'a>, diagnostic: &'a Diagnostic) -> Option<Finding<'a>> {
    let file = lookup.get(diagnostic.place.file)?;
    let path = file.source.path;
    let start = file.line_column(diagnostic.place.span.start);
    let end = file.line_column(diagnostic.place.span.end);
    let edit =
        |edit: &'a edit::Edit| Edit { path, start: edit.span.start, end: edit.span.end, text: &edit.text };
    let fix = diagnostic
        .fix
        .as_ref()
        .map(|fix| Fix { applicability: fix.applicability, edits: fix.edits.iter().map(edit).collect() });
    let related = diagnostic.related.iter();
    Some(Finding {
        rule: diagnostic.rule.name,
        code: diagnostic.rule.code,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        label: diagnostic.label.as_deref(),
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
        path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        related: related.filter_map(|label| self::related(lookup, label)).collect(),
        fix,
    })
}

fn related<'a>(lookup: &Lookup<'a>, label: &'a Label) -> Option<Related<'a>> {
    let file = lookup.get(label.place.file)?;
    let LineColumn { line, column } = file.line_column(label.place.span.start);
    Some(Related { path: file.source.path, line, column, message: &label.message })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::RuleMeta;
    use crate::base::text::{FileId, Place, Span};
    use crate::report::Scope;
    use crate::report::source_text::SourceText;

    static RULE: RuleMeta =
        RuleMeta { name: "some-rule", code: "XX001", severity: Severity::Error, is_off: false, docs: "" };

    #[test]
    fn positions_are_lines_and_characters() {
        let sources =
            [SourceText { path: "a.md", text: "ä\n✓ bc\n" }, SourceText { path: "b/c.conf", text: "xyz" }];
        let place = Place::new(FileId(0), Span::new("ä\n✓ ".len() as u32, "ä\n✓ bc".len() as u32));
        let diagnostics = [Diagnostic::new(&RULE, place, "wrong")
            .related(Place::new(FileId(1), Span::new(1, 2)), "there")
            .label("bc")
            .note("because:\n  1  2")
            .help("do")
            .fix(Applicability::DisplayOnly, vec![edit::Edit::replace(place.span, "de")])];
        let failures = [super::super::Failure { path: "d.md".into(), message: "no text".into(), help: None }];
        let scope = Scope {
            n_files: 2,
            n_files_with_findings: 1,
            n_posts: 1,
            n_diagrams: 3,
            n_unchecked_diagrams: 2,
            n_configs: 1,
        };
        let report = CheckReport { sources: &sources, diagnostics: &diagnostics, failures: &failures, scope };
        let json = serde_json::to_string_pretty(&check(&report, 2)).unwrap();
        insta::assert_snapshot!(json.replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r#"
        {
          "version": "VERSION",
          "summary": {
            "files": 2,
            "posts": 1,
            "diagrams": 3,
            "unchecked_diagrams": 2,
            "config_blocks": 1,
            "errors": 1,
            "warnings": 0,
            "notes": 0,
            "fixed": 2
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
              "label": "bc",
              "notes": [
                "because:\n  1  2"
              ],
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
