//! `merrow check`

use clap::{Args, ValueEnum};

use crate::host::clock::Stopwatch;
use crate::host::console::Console;
use crate::report::{CheckReport, Scope, json, terminal};

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// People
    Terminal,
    /// Programs: one object with stable names
    Json,
}

pub(super) fn run(args: &CheckArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let stopwatch = Stopwatch::start();
    let workspace = match args.inputs.open() {
        Ok(workspace) => workspace,
        // A program reads an object even when there is nothing to put into it.
        Err(error) if args.output_format == OutputFormat::Json => {
            let report = CheckReport {
                sources: &[],
                diagnostics: &[],
                failures: &error.failures(),
                scope: Scope::default(),
            };
            console.print_json(&json::check(&report))?;
            return Ok(Outcome::Failed);
        }
        Err(error) => return Err(error.into()),
    };
    let findings = workspace.findings();
    let (sources, failures) = (workspace.sources(), workspace.failures());
    let report = CheckReport {
        sources: &sources,
        diagnostics: &findings.diagnostics,
        failures: &failures,
        scope: findings.scope,
    };
    match args.output_format {
        OutputFormat::Json => console.print_json(&json::check(&report))?,
        OutputFormat::Terminal => print(&report, &stopwatch, console)?,
    }
    super::print_cautions(&workspace, console);
    Ok(if !failures.is_empty() {
        Outcome::Failed
    } else if findings.diagnostics.iter().any(|finding| finding.severity >= args.fail_on.severity()) {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// Findings to standard output, failures to standard error; the summary goes where it is seen, with the time only to a
/// terminal.
fn print(report: &CheckReport, stopwatch: &Stopwatch, console: &mut Console) -> Result<(), CliError> {
    console.print(&terminal::findings(report, console.look()))?;
    super::print_failures(report.failures, console);
    let summary = terminal::summary(report);
    if console.is_watched() {
        console.print_error(&format!("{summary} in {}\n", terminal::duration(stopwatch.seconds())));
    } else {
        console.print(&format!("{summary}\n"))?;
    }
    Ok(())
}
