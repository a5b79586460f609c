//! `merrow gist`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use crate::base::edit;
use crate::document::{self, SourceKind};
use crate::gist::ledger::Entry;
use crate::host::console::Console;
use crate::host::gist_folder::{GistFolder, GistFolderError, StoreError};
use crate::host::workspace::Workspace;
use crate::host::write_file;
use crate::pipeline::file::{FileFacts, Source, Standing};
use crate::pipeline::set::Findings;
use crate::pipeline::{gist_plan, publish};
use crate::report::gist::{self, GistReport, PostPlan};
use crate::report::source_text::SourceText;
use crate::report::{CheckReport, terminal};

use super::{CliError, CliErrorKind, Inputs, Outcome};

#[derive(Debug, Args)]
pub(super) struct GistArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show which blocks are too large for their posts: what would stay, what would leave, as a patch
    Plan(PlanArgs),
    /// Move such blocks to files and leave their essential lines and a link in the posts
    Apply(ApplyArgs),
}

#[derive(Debug, Args)]
struct PlanArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// The folder that the files would go to
    #[arg(long, value_name = "DIR", default_value = "gists")]
    to: PathBuf,
    /// Who reads the plan
    #[arg(long, value_name = "FORMAT", default_value = "patch")]
    output_format: OutputFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// People, `patch` and `git apply`
    Patch,
    /// Programs
    Json,
}

#[derive(Debug, Args)]
struct ApplyArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// The folder that the files go to, with a list of them in merrow-gists.json
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

pub(super) fn run(args: &GistArgs, console: &mut Console) -> Result<Outcome, CliError> {
    match &args.action {
        Action::Plan(args) => plan(args, console),
        Action::Apply(args) => apply(args, console),
    }
}

fn plan(args: &PlanArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let workspace = args.inputs.open()?;
    let folder = GistFolder::read(&args.to)?;
    let posts = plans(&workspace, &folder, &posts(&workspace, &folder));
    let to = folder.shown();
    let report =
        GistReport { to: &to, n_lines: workspace.project().settings.thresholds.lines, posts: &posts };
    let findings = refusals(&workspace);
    let (sources, failures) = (workspace.sources(), workspace.failures());
    let refused = CheckReport {
        sources: &sources,
        diagnostics: &findings.diagnostics,
        failures: &failures,
        scope: findings.scope,
    };
    match args.output_format {
        OutputFormat::Json => console.print_json(&gist::object(&report, &refused))?,
        OutputFormat::Patch => {
            console.print(&gist::text(&report, console.look()))?;
            console.print(&terminal::findings(&refused, console.look()))?;
            super::print_failures(&failures, console);
            console.print(&gist::summary(&report))?;
        }
    }
    super::print_cautions(&workspace, console);
    Ok(outcome(&report, !failures.is_empty()))
}

fn apply(args: &ApplyArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let workspace = args.inputs.open()?;
    let mut folder = GistFolder::read(&args.to)?;
    let project = workspace.project();
    if folder.path_below(project).is_none() && project.settings.thresholds.url.is_none() {
        let told =
            CliError::user(format!("no post can link to {}: it lies outside of the project", folder.shown()));
        return Err(told.hint(format!("name a folder below {} with --to", project.folder.display())).hint(
            "or say in merrow.toml how links look: [gist] url = \"https://example.org/{post}/{file}\"",
        ));
    }
    let sources = posts(&workspace, &folder);
    let mut posts = plans(&workspace, &folder, &sources);
    let mut errors: Vec<CliError> = Vec::new();

    // Whoever stops here finds files that nothing links to, and the next run finds them in their places: files first, then
    // the list of them, posts last.
    let mut entries = Vec::new();
    for (planned, (source, _)) in posts.iter_mut().zip(&sources) {
        let stored: Result<(), StoreError> =
            planned.plan.splits.iter().try_for_each(|split| folder.store(split));
        match stored {
            Ok(()) => {
                let splits = planned.plan.splits.iter();
                entries.extend(splits.map(|split| Entry::of(split, &source.project_path)));
            }
            Err(error) => {
                errors.push(error.into());
                planned.plan.splits.clear();
            }
        }
    }
    folder.remember(entries)?;
    for planned in &mut posts {
        let PostPlan { post, plan } = planned;
        let after = edit::apply(post.text, &plan.edits());
        if let Err(error) = write_file::replace(Path::new(post.path), post.text.as_bytes(), after.as_bytes())
        {
            errors.push(error.into());
            plan.splits.clear();
        }
    }

    let to = folder.shown();
    let report =
        GistReport { to: &to, n_lines: workspace.project().settings.thresholds.lines, posts: &posts };
    let findings = refusals(&workspace);
    let (texts, failures) = (workspace.sources(), workspace.failures());
    let refused = CheckReport {
        sources: &texts,
        diagnostics: &findings.diagnostics,
        failures: &failures,
        scope: findings.scope,
    };
    console.print(&terminal::findings(&refused, console.look()))?;
    super::print_failures(&failures, console);
    for error in &errors {
        console.print_error(&error.to_string());
    }
    // Of a run that failed as a whole nothing good is to be said.
    if errors.is_empty() || report.splits().next().is_some() {
        console.print(&gist::done(&report))?;
    }
    super::print_cautions(&workspace, console);
    Ok(outcome(&report, !(failures.is_empty() && errors.is_empty())))
}

fn outcome(report: &GistReport, has_failed: bool) -> Outcome {
    if has_failed {
        Outcome::Failed
    } else if report.posts.iter().any(|planned| !planned.plan.refused.is_empty()) {
        Outcome::Findings
    } else {
        Outcome::Clean
    }
}

/// The posts that were asked for, in the order of paths; a file that left one is none.
fn posts<'a>(workspace: &'a Workspace, folder: &GistFolder) -> Vec<(&'a Source, &'a FileFacts)> {
    let moved = folder.files_below(workspace.project());
    let is_post = |source: &Source| {
        source.kind == SourceKind::Markdown
            && source.standing == Standing::AskedFor
            && !moved.contains(&source.project_path)
    };
    workspace.files().filter(|(source, _)| is_post(source)).collect()
}

/// The plan of each of the posts.
fn plans<'a>(
    workspace: &Workspace,
    folder: &GistFolder,
    posts: &[(&'a Source, &FileFacts)],
) -> Vec<PostPlan<'a>> {
    let project = workspace.project();
    let below = folder.path_below(project);
    let mut shelf = folder.shelf().clone();
    let mut plans = Vec::with_capacity(posts.len());
    for (source, facts) in posts {
        let document = document::read(&source.text, source.kind);
        // A path that leads out of the project says nothing to readers.
        let base =
            below.as_ref().map_or_else(String::new, |to| publish::relative_url(&source.project_path, to));
        let plan = gist_plan::plan(&project.settings, source, &document, facts, &base, &mut shelf);
        plans.push(PostPlan { post: SourceText { path: &source.path, text: &source.text }, plan });
    }
    plans
}

/// The findings that keep blocks in their posts.
fn refusals(workspace: &Workspace) -> Findings {
    let mut findings = workspace.findings();
    findings.diagnostics.retain(|finding| finding.conceals);
    findings
}

impl From<GistFolderError> for CliError {
    fn from(error: GistFolderError) -> Self {
        let (path, problem, help) = match error {
            GistFolderError::Read(error) => (error.path, error.problem.to_string(), error.problem.help()),
            GistFolderError::Ledger { path, problem } => {
                let help = "move it away, or choose another folder: without it names are given anew";
                (path, problem.to_string(), Some(help.to_owned()))
            }
        };
        Self {
            kind: CliErrorKind::User,
            message: format!("cannot read {path}"),
            details: vec![problem],
            hints: help.into_iter().collect(),
        }
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Write(error) => error.into(),
            StoreError::Taken { path } => Self {
                kind: CliErrorKind::User,
                message: format!("cannot write {path}"),
                details: vec!["another file stands there, and nothing is overwritten".to_owned()],
                hints: vec![
                    "move it away, choose another folder, or name the block's own file: title=\"NAME\""
                        .to_owned(),
                ],
            },
        }
    }
}
