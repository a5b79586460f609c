//! `merrow fmt`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::LineIndex;
use crate::document::SourceKind;
use crate::host::console::Console;
use crate::host::input::{self, STANDARD_INPUT};
use crate::host::settings_file;
use crate::host::write_file;
use crate::pipeline::file::{self, Source, Standing};
use crate::pipeline::format::{self, Formatted, LeftReason};
use crate::pipeline::set;
use crate::report::formatted::{self, Tally};
use crate::report::source_text::SourceText;
use crate::report::{CheckReport, Scope, patch, terminal};

use super::{CliError, Inputs, Outcome};

#[derive(Debug, Args)]
pub(super) struct FmtArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// Write nothing: name the files that would change, and exit with 1 when there are any
    #[arg(long)]
    check: bool,
    /// Write nothing: print what would change as a patch, and exit with 1 when something would
    #[arg(long)]
    diff: bool,
}

impl FmtArgs {
    fn writes(&self) -> bool {
        !(self.check || self.diff)
    }
}

/// What came of the files.
#[derive(Debug, Default)]
struct Run {
    tally: Tally,
    has_mistakes: bool,
    has_failed: bool,
}

pub(super) fn run(args: &FmtArgs, console: &mut Console) -> Result<Outcome, CliError> {
    if args.inputs.are_standard_input()? {
        return run_standard_input(args, console);
    }
    let workspace = args.inputs.open()?;
    let findings = workspace.findings().diagnostics;
    let mut run = Run::default();
    for (source, _) in workspace.files().filter(|(source, _)| is_formatted(source)) {
        let formatted = format::format(source);
        let own = findings.iter().filter(|finding| finding.place.file == source.id);
        tell_left(source, &formatted, own, &mut run, console);
        run.tally.n_files += 1;
        if formatted.text == source.text {
            continue;
        }
        if args.diff {
            console.print(&patch::changed(&source.path, &source.text, &formatted.text, console.look()))?;
        } else if args.check {
            console.print(&format!("would format {}\n", source.path))?;
        } else {
            let (before, after) = (source.text.as_bytes(), formatted.text.as_bytes());
            if let Err(error) = write_file::replace(Path::new(&source.path), before, after) {
                console.print_error(&CliError::from(error).to_string());
                run.has_failed = true;
                continue;
            }
        }
        run.tally.n_changed_files += 1;
        run.tally.n_changed += formatted.n_changed;
    }
    let failures = workspace.failures();
    super::print_failures(&failures, console);
    super::print_cautions(&workspace, console);
    run.has_failed |= !failures.is_empty();
    // Of a run that wrote nothing because it could not, there is nothing to tell.
    if run.tally.n_changed_files > 0 || !run.has_failed {
        let told = if args.writes() { formatted::formatted } else { formatted::would_format };
        let summary = format!("{}\n", told(run.tally));
        if args.diff {
            console.print_error(&summary);
        } else {
            console.print(&summary)?;
        }
    }
    Ok(outcome(args, &run))
}

/// The text of standard input goes to standard output, formatted.
fn run_standard_input(args: &FmtArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let project = settings_file::load(args.inputs.config.as_deref(), &[PathBuf::from(".")])?;
    let source = input::read(Path::new(STANDARD_INPUT))?;
    let formatted = format::format(&source);
    let mut run = Run::default();
    let mut findings = Vec::new();
    if formatted.left.iter().any(|left| left.reason == LeftReason::Mistakes) {
        let facts = file::file(&project.settings, &source);
        findings = set::set(&project.settings, &[(&source, &facts)]).diagnostics;
    }
    tell_left(&source, &formatted, findings.iter(), &mut run, console);
    run.tally.n_changed_files = usize::from(formatted.text != source.text);
    if args.diff {
        console.print(&patch::changed(&source.path, &source.text, &formatted.text, console.look()))?;
    } else if args.writes() {
        console.print(&formatted.text)?;
    }
    Ok(outcome(args, &run))
}

/// A file that was asked for and may hold diagrams.
fn is_formatted(source: &Source) -> bool {
    source.standing == Standing::AskedFor && matches!(source.kind, SourceKind::Markdown | SourceKind::Mermaid)
}

/// Tells on standard error which diagrams are left as they are: those with mistakes by their mistakes, as `check` does.
fn tell_left<'a>(
    source: &Source,
    formatted: &Formatted,
    findings: impl Iterator<Item = &'a Diagnostic>,
    run: &mut Run,
    console: &mut Console,
) {
    if formatted.left.is_empty() {
        return;
    }
    let findings: Vec<&Diagnostic> = findings.filter(|finding| finding.severity == Severity::Error).collect();
    let lines = LineIndex::new(&source.text);
    for left in &formatted.left {
        let place = format!("{}:{}", source.path, lines.line(left.span.start));
        let told = CliError::user(format!("the diagram at {place} is left as it is"));
        let told = match left.reason {
            LeftReason::Mistakes => {
                let of_block = findings.iter().filter(|finding| left.span.contains(finding.place.span));
                let mistakes: Vec<Diagnostic> = of_block.map(|finding| (*finding).clone()).collect();
                tell_mistakes(source, &mistakes, console);
                run.has_mistakes = true;
                told.hint("correct what Mermaid would refuse, and format again")
            }
            LeftReason::Unsure => told.hint("what it means would change with its form"),
            LeftReason::Entangled => {
                told.hint("put it between lines of ```, so that its lines are those of the file")
            }
        };
        console.print_error(&told.to_string());
    }
}

/// Prints findings to standard error.
fn tell_mistakes(source: &Source, mistakes: &[Diagnostic], console: &mut Console) {
    // Findings know their file by its place in the set.
    let mut sources = vec![SourceText { path: "", text: "" }; source.id.0 as usize];
    sources.push(SourceText { path: &source.path, text: &source.text });
    let report =
        CheckReport { sources: &sources, diagnostics: mistakes, failures: &[], scope: Scope::default() };
    console.print_error(&terminal::findings(&report, console.error_look()));
}

fn outcome(args: &FmtArgs, run: &Run) -> Outcome {
    if run.has_failed {
        Outcome::Failed
    } else if run.has_mistakes || (!args.writes() && run.tally.n_changed_files > 0) {
        Outcome::Findings
    } else {
        Outcome::Clean
    }
}
