//! `merrow generate`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::base::diagnostic::Diagnostic;
use crate::document::SourceKind;
use crate::generate::architecture::architecture;
use crate::generate::quorum::quorum;
use crate::generate::{NothingToDraw, View};
use crate::host::console::Console;
use crate::host::settings_file;
use crate::host::workspace::Workspace;
use crate::host::write_file;
use crate::mermaid::write;
use crate::pipeline::set::LabFacts;
use crate::report::{CheckReport, Failure, Scope, left_out, terminal};

use super::{CliError, Outcome};

#[derive(Debug, Args)]
pub(super) struct GenerateArgs {
    /// What to draw
    view: ViewName,
    /// The cluster: a cluster file (.toml), or a post (.md) with the files of its lab
    #[arg(long, value_name = "SOURCE")]
    from: String,
    /// The file to write, .mmd or .mermaid; standard output without it
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ViewName {
    /// Voters, votes, and what happens to quorum when nodes fail
    Quorum,
    /// Nodes, networks, storage, services and backups
    Architecture,
}

/// A source that Merrow reads.
#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    ClusterFile(&'a Path),
    Post(&'a Path),
}

pub(super) fn run(args: &GenerateArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let source = Source::read(&args.from)?;
    if let Some(out) = &args.out {
        check_ending(out)?;
    }
    let workspace = match source.open()? {
        Ok(workspace) => workspace,
        Err(failure) => {
            super::print_failures(&[failure], console);
            return Ok(Outcome::Failed);
        }
    };
    let failures = workspace.failures();
    if !failures.is_empty() {
        super::print_failures(&failures, console);
        return Ok(Outcome::Failed);
    }
    if let Source::ClusterFile(_) = source
        && has_mistakes(&workspace, console)
    {
        return Err(CliError::user(format!("cannot read a cluster from {}", args.from))
            .hint("docs/cluster-file.md describes the format"));
    }
    let labs = workspace.labs();
    let lab = only_lab(&labs, &workspace, &args.from)?;
    let view = args.view.draw(lab).map_err(|nothing| {
        CliError::user(format!("cannot draw the {} of {}: {nothing}", args.view.name(), args.from))
            .hint(nothing.help())
    })?;
    let text = write::flowchart(&view.chart);
    match &args.out {
        Some(out) => write_file::write(out, text.as_bytes())?,
        None => console.print(&text)?,
    }
    for caution in left_out::cautions(&view.left_out, &workspace.sources()) {
        let text = terminal::caution(&caution, console.error_look());
        console.print_error(&text);
    }
    Ok(Outcome::Clean)
}

impl ViewName {
    const fn name(self) -> &'static str {
        match self {
            Self::Quorum => "quorum",
            Self::Architecture => "architecture",
        }
    }

    fn draw(self, lab: &LabFacts) -> Result<View, NothingToDraw> {
        match self {
            Self::Quorum => quorum(&lab.intended.cluster),
            Self::Architecture => architecture(&lab.intended.cluster),
        }
    }
}

impl<'a> Source<'a> {
    /// What the user named.
    fn read(from: &'a str) -> Result<Self, CliError> {
        let path = Path::new(from);
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        if is_toml {
            return Ok(Self::ClusterFile(path));
        }
        if SourceKind::of(from) == Some(SourceKind::Markdown) {
            return Ok(Self::Post(path));
        }
        Err(CliError::user(format!("cannot take a cluster from `{from}`"))
            .hint("name a cluster file (.toml) or a post (.md)"))
    }

    /// The files that state the cluster.
    fn open(self) -> Result<Result<Workspace, Failure>, CliError> {
        match self {
            Self::ClusterFile(path) => {
                Ok(Workspace::of_cluster_file(path).map_err(|error| Failure::from(&error)))
            }
            Self::Post(path) => {
                let paths = [path.to_owned()];
                let project = settings_file::load(None, &paths)?;
                Ok(Ok(Workspace::open(project, &paths)))
            }
        }
    }
}

/// Prints the mistakes of a cluster file, if it has any: nothing of such a file is taken.
fn has_mistakes(workspace: &Workspace, console: &mut Console) -> bool {
    let findings = workspace.findings().diagnostics;
    let mistakes: Vec<Diagnostic> =
        findings.into_iter().filter(|finding| finding.rule.name == "config-syntax").collect();
    let sources = workspace.sources();
    let report =
        CheckReport { sources: &sources, diagnostics: &mistakes, failures: &[], scope: Scope::default() };
    if !mistakes.is_empty() {
        console.print_error(&terminal::findings(&report, console.error_look()));
    }
    !mistakes.is_empty()
}

/// The one lab that the named file belongs to.
fn only_lab<'l, 'a>(
    labs: &'l [LabFacts<'a>],
    workspace: &Workspace,
    from: &str,
) -> Result<&'l LabFacts<'a>, CliError> {
    match labs {
        [lab] => Ok(lab),
        [] => Err(CliError::user(format!("cannot take a cluster from {from}: it belongs to no lab"))),
        labs => {
            let sources = workspace.sources();
            let mut error =
                CliError::user(format!("{from} speaks of {} clusters: it is in several labs", labs.len()))
                    .hint("name a file that is in one of them only");
            error.details = labs
                .iter()
                .map(|facts| {
                    let files = facts.lab.files.iter().filter_map(|file| sources.get(*file));
                    let files: Vec<&str> = files.map(|source| source.path).collect();
                    format!(
                        "{}: {}",
                        facts.lab.name.as_deref().unwrap_or("a lab of its own"),
                        files.join(", ")
                    )
                })
                .collect();
            Err(error)
        }
    }
}

/// A diagram is never written over a post.
fn check_ending(out: &Path) -> Result<(), CliError> {
    let is_diagram = SourceKind::of(&out.to_string_lossy()) == Some(SourceKind::Mermaid);
    if is_diagram {
        return Ok(());
    }
    Err(CliError::user(format!(
        "cannot write a diagram to {}: its name does not say that it is one",
        out.display()
    ))
    .hint("give it the ending .mmd"))
}
