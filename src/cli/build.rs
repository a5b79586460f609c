//! `merrow build`

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::base::diagnostic::Diagnostic;
use crate::document::{self, Step};
use crate::draw::measure::FontMetrics;
use crate::host::clock::Stopwatch;
use crate::host::console::Console;
use crate::host::output_folder::OutputFolder;
use crate::host::workspace::Workspace;
use crate::host::{live, settings_file};
use crate::pipeline::file::Standing;
use crate::pipeline::publish::{self, Output, Published};
use crate::pipeline::set::Findings;
use crate::report::built;
use crate::report::page::{self, Post};
use crate::report::{CheckReport, terminal};

use super::{CliError, FailOn, Inputs, Outcome};

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// The folder that everything is written to; made when it is missing
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// The lowest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
}

/// The report for programs and the page for people, below the output folder.
const REPORT: &str = "report.json";
const PAGE: &str = "index.html";

pub(super) fn run(args: &BuildArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let stopwatch = Stopwatch::start();
    let project = settings_file::load(args.inputs.config.as_deref(), &args.inputs.paths)?;
    let folder = OutputFolder::beside(&args.out, &args.inputs.paths)?;
    let workspace = Workspace::open(folder.left_out_of(project), &args.inputs.paths);
    let files = folder.places(workspace.files().filter(|(source, _)| source.standing == Standing::AskedFor));
    let published = {
        let progress = console.progress(files.len(), "drawing");
        let settings = &workspace.project().settings;
        publish::publish(settings, &files, &FontMetrics::new(), &|| progress.step())
    };
    let findings = workspace.findings();
    let (sources, failures) = (workspace.sources(), workspace.failures());
    let report = |diagnostics| CheckReport {
        sources: &sources,
        diagnostics,
        failures: &failures,
        scope: findings.scope,
    };
    let all = report(&findings.diagnostics);
    let page = page(&folder, &workspace, &published, &findings);
    let mut outputs: Vec<Output> = published.iter().flat_map(Published::outputs).collect();
    outputs.push(Output { path: PAGE.to_owned(), contents: &page, of: "the page" });
    let mut written: Vec<String> = outputs.iter().map(|output| output.path.clone()).collect();
    written.sort();
    written.dedup();
    let built_files = publish::built(&published);
    let mut json = serde_json::to_string_pretty(&built::object(&all, &built_files, &written))
        .map_err(io::Error::from)?;
    json.push('\n');
    outputs.push(Output { path: REPORT.to_owned(), contents: &json, of: "the report" });
    publish::check_places(&outputs)?;
    write(&folder, &outputs, &written, console)?;

    let fails = |finding: &&Diagnostic| finding.severity >= args.fail_on.severity();
    let failing: Vec<Diagnostic> = findings.diagnostics.iter().filter(fails).cloned().collect();
    console.print(&terminal::findings(&report(&failing), console.look()))?;
    super::print_failures(&failures, console);
    super::print_cautions(&workspace, console);
    let built = terminal::built(counts(&published), &folder.shown(PAGE));
    console.print(&format!("{}\n", terminal::summary(&all)))?;
    if console.is_watched() {
        console.print_error(&format!("{built} in {}\n", terminal::duration(stopwatch.seconds())));
    } else {
        console.print(&format!("{built}\n"))?;
    }
    Ok(if !failures.is_empty() {
        Outcome::Failed
    } else if failing.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

/// Writes everything, what is linked to before what links to it, and removes what only an earlier build has written.
fn write(
    folder: &OutputFolder,
    outputs: &[Output],
    written: &[String],
    console: &Console,
) -> Result<(), CliError> {
    let earlier = folder.read(REPORT).map(|report| built::written(&report)).unwrap_or_default();
    let progress = console.progress(outputs.len(), "writing");
    for output in outputs {
        folder.write(&output.path, output.contents.as_bytes())?;
        progress.step();
    }
    for path in earlier.iter().filter(|path| written.binary_search(path).is_err()) {
        folder.remove(path);
    }
    Ok(())
}

/// The page to look at.
fn page(
    folder: &OutputFolder,
    workspace: &Workspace,
    published: &[Published],
    findings: &Findings,
) -> String {
    let flows: Vec<Vec<Step>> = published
        .iter()
        .map(|file| document::flow(&file.source.text, file.source.kind, &file.document))
        .collect();
    let posts: Vec<Post> = published
        .iter()
        .zip(&flows)
        .map(|(file, flow)| Post {
            file: file.source.id,
            document: &file.document,
            flow,
            diagrams: publish::diagrams(file),
            departures: page::departures(&file.plan),
        })
        .collect();
    live::show(workspace, &folder.title(), (&posts, findings), &[], page::standalone)
}

/// How many posts, drawings and moved blocks there are.
fn counts(published: &[Published]) -> terminal::Built {
    terminal::Built {
        n_posts: published.iter().filter(|file| file.post.is_some()).count(),
        n_drawings: published
            .iter()
            .flat_map(|file| &file.drawings)
            .filter(|drawing| drawing.outcome.is_ok())
            .count(),
        n_undrawn: published
            .iter()
            .flat_map(|file| &file.drawings)
            .filter(|drawing| drawing.outcome.is_err())
            .count(),
        n_gists: published.iter().map(|file| file.plan.splits.len()).sum(),
    }
}
