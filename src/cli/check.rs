//! `merrow check`

use std::path::Path;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::host::clock::Stopwatch;
use crate::host::console::Console;
use crate::host::workspace::Workspace;
use crate::host::write_file::{self, WriteError};
use crate::pipeline::file::{FileFacts, Source};
use crate::pipeline::fix::{self, Plan, Reach};
use crate::report::fixed::{self, Fixed};
use crate::report::{CheckReport, Failure, Scope, json, patch, terminal};

use super::{CliError, FailOn, Inputs, Outcome};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// Who reads the findings
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    output_format: OutputFormat,
    /// The lowest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOn,
    /// Write files with those fixes applied that keep the meaning
    #[arg(long)]
    fix: bool,
    /// Apply those that may change the meaning, too
    #[arg(long)]
    unsafe_fixes: bool,
    /// Print as a patch what would be written, and write nothing; exit code 1 when there is something
    #[arg(long)]
    diff: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// People
    Terminal,
    /// Programs: one object with stable names
    Json,
}

impl CheckArgs {
    /// The fixes that are asked for.
    fn reach(&self) -> Option<Reach> {
        if self.unsafe_fixes { Some(Reach::Unsafe) } else { (self.fix || self.diff).then_some(Reach::Safe) }
    }
}

pub(super) fn run(args: &CheckArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let stopwatch = Stopwatch::start();
    if args.diff && args.output_format == OutputFormat::Json {
        let told = CliError::user("--diff prints a patch, which is no JSON");
        return Err(
            told.hint("leave --output-format out; each finding in the JSON holds the edits of its fix")
        );
    }
    let is_standard_input = args.inputs.are_standard_input()?;
    let mut workspace = match args.inputs.open_or_take() {
        Ok(workspace) => workspace,
        // A program reads an object even when there is nothing to put into it.
        Err(error) if args.output_format == OutputFormat::Json => {
            let report = CheckReport {
                sources: &[],
                diagnostics: &[],
                failures: &error.failures(),
                scope: Scope::default(),
            };
            console.print_json(&json::check(&report, 0))?;
            return Ok(Outcome::Failed);
        }
        Err(error) => return Err(error.into()),
    };
    let plan = args.reach().map(|reach| plan(&workspace, reach)).unwrap_or_default();
    if args.diff {
        return show(&workspace, &plan, console);
    }
    let is_output_taken = is_standard_input && args.reach().is_some();
    if is_output_taken {
        let text = plan.files.first().map(|file| file.text.as_str());
        let sources = workspace.sources();
        console.print(text.or(sources.first().map(|source| source.text)).unwrap_or_default())?;
    }
    let (fixed, unwritten) = apply(&mut workspace, &plan, is_standard_input);

    let findings = workspace.findings();
    let (sources, failures) = (workspace.sources(), workspace.failures());
    let report = CheckReport {
        sources: &sources,
        diagnostics: &findings.diagnostics,
        failures: &failures,
        scope: findings.scope,
    };
    let to = if is_output_taken { Stream::Error } else { Stream::Output };
    match args.output_format {
        OutputFormat::Json => {
            let unwritten = unwritten.iter().map(Failure::from);
            let failures: Vec<Failure> = failures.iter().cloned().chain(unwritten).collect();
            let report = CheckReport { failures: &failures, ..report };
            to.print_json(&json::check(&report, fixed.n_findings), console)?;
        }
        OutputFormat::Terminal => {
            let look = if is_output_taken { console.error_look() } else { console.look() };
            to.print(&terminal::findings(&report, look), console)?;
            super::print_failures(report.failures, console);
            let summary = terminal::summary(&report);
            let afterwards = afterwards(args, &workspace, &report, fixed);
            // The summary goes where it is seen, with the time only to a terminal.
            if console.is_watched() {
                let seconds = terminal::duration(stopwatch.seconds());
                console.print_error(&format!("{summary} in {seconds}\n{afterwards}"));
            } else {
                to.print(&format!("{summary}\n{afterwards}"), console)?;
            }
        }
    }
    print_cautions(&workspace, &plan, console);
    let has_failed = !(failures.is_empty() && unwritten.is_empty());
    for error in unwritten.into_iter().filter(|_| args.output_format == OutputFormat::Terminal) {
        console.print_error(&CliError::from(error).to_string());
    }
    Ok(if has_failed {
        Outcome::Failed
    } else if findings.diagnostics.iter().any(|finding| finding.severity >= args.fail_on.severity()) {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn plan(workspace: &Workspace, reach: Reach) -> Plan {
    let files: Vec<(&Source, &FileFacts)> = workspace.files().collect();
    fix::plan(&workspace.project().settings, &files, reach)
}

/// Shows what would be written.
fn show(workspace: &Workspace, plan: &Plan, console: &mut Console) -> Result<Outcome, CliError> {
    let sources = workspace.sources();
    let mut fixed = Fixed::default();
    for file in &plan.files {
        if let Some(source) = sources.get(file.id.0 as usize) {
            console.print(&patch::changed(source.path, source.text, &file.text, console.look()))?;
            fixed.n_findings += file.n_fixed;
            fixed.n_files += 1;
        }
    }
    let failures = workspace.failures();
    super::print_failures(&failures, console);
    print_cautions(workspace, plan, console);
    console.print_error(&format!("{}\n", fixed::would_fix(fixed)));
    Ok(match (failures.is_empty(), plan.files.is_empty()) {
        (false, _) => Outcome::Failed,
        (true, false) => Outcome::Findings,
        (true, true) => Outcome::Clean,
    })
}

/// Writes the files of a plan, unless their text was printed, and lets the workspace hold what was written.
fn apply(workspace: &mut Workspace, plan: &Plan, is_printed: bool) -> (Fixed, Vec<WriteError>) {
    let mut fixed = Fixed::default();
    let mut unwritten = Vec::new();
    for file in &plan.files {
        let sources = workspace.sources();
        let Some(source) = sources.get(file.id.0 as usize) else { continue };
        let path = source.path.to_owned();
        let written = if is_printed {
            Ok(())
        } else {
            write_file::replace(Path::new(&path), source.text.as_bytes(), file.text.as_bytes())
        };
        match written {
            Ok(()) => {
                workspace.replace(&path, file.text.as_str());
                fixed.n_findings += file.n_fixed;
                fixed.n_files += 1;
            }
            Err(error) => unwritten.push(error),
        }
    }
    (fixed, unwritten)
}

/// The lines behind the summary: what was fixed, and what more could be.
fn afterwards(args: &CheckArgs, workspace: &Workspace, report: &CheckReport, fixed: Fixed) -> String {
    let files: Vec<(&Source, &FileFacts)> = workspace.files().collect();
    let fixable = fix::fixable(&files, report.diagnostics);
    // What a run has just left out, the next one would leave out as well.
    let (n_safe, n_unsafe) = match args.reach() {
        None => (fixable.n_safe, fixable.n_unsafe),
        Some(Reach::Safe) => (0, fixable.n_unsafe),
        Some(Reach::Unsafe) => (0, 0),
    };
    let done = (fixed.n_files > 0).then(|| fixed::fixed(fixed));
    let lines = done.into_iter().chain(fixed::fixable(n_safe, n_unsafe));
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}

fn print_cautions(workspace: &Workspace, plan: &Plan, console: &mut Console) {
    super::print_cautions(workspace, console);
    for caution in &plan.cautions {
        let text = terminal::caution(caution, console.error_look());
        console.print_error(&text);
    }
}

/// Where the report goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Output,
    /// Standard output holds the fixed text.
    Error,
}

impl Stream {
    fn print(self, text: &str, console: &mut Console) -> Result<(), CliError> {
        match self {
            Self::Output => console.print(text)?,
            Self::Error => console.print_error(text),
        }
        Ok(())
    }

    fn print_json(self, value: &impl Serialize, console: &mut Console) -> Result<(), CliError> {
        match self {
            Self::Output => console.print_json(value)?,
            Self::Error => console.print_json_error(value)?,
        }
        Ok(())
    }
}
