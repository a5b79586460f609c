//! The command line: one file per command. A command asks the rooms below and prints what a report makes of it.

mod build;
mod check;
mod error;
mod explain;
mod fmt;
mod generate;
mod gist;
mod model;
mod render;
mod schema;
#[cfg(feature = "net")]
mod serve;
mod sim;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::base::diagnostic::Severity;
use crate::host::console::Console;
use crate::host::input;
use crate::host::settings_file::{self, ConfigError};
use crate::host::workspace::Workspace;
use crate::report::{Failure, terminal};

pub use error::{CliError, CliErrorKind};

/// How a run ended: the exit code of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// 0: nothing reaches the level that fails a run.
    Clean,
    /// 1: a finding reaches it.
    Findings,
    /// 2: something could not be done.
    Failed,
}

impl Outcome {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failed => 2,
        }
    }
}

/// Keeps the diagrams in technical writing true.
#[derive(Debug, Parser)]
#[command(name = "merrow", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check posts, their diagrams and their configuration against each other
    Check(check::CheckArgs),
    /// Write diagrams in one canonical form, in posts and in .mmd files
    Fmt(fmt::FmtArgs),
    /// Write posts with drawings and links in place, everything they need, and a page to look at
    Build(build::BuildArgs),
    /// Show what was understood: claims, who is who, the cluster, disputes
    Model(model::ModelArgs),
    /// Draw the diagrams of one file as SVG
    Render(render::RenderArgs),
    /// Move oversized blocks out of posts: show what would leave, or do it
    Gist(gist::GistArgs),
    /// Show posts, drawings and findings in a browser, and follow every edit
    #[cfg(feature = "net")]
    Serve(serve::ServeArgs),
    /// Ask the simulated cluster
    Sim(sim::SimArgs),
    /// Draw a diagram of a cluster that a file or a post states
    Generate(generate::GenerateArgs),
    /// Tell what a rule checks, why it matters and what to write instead
    Explain(explain::ExplainArgs),
    /// Print the JSON Schema of merrow.toml
    Schema,
}

/// Which files a command looks at, and with which settings.
#[derive(Debug, Args)]
struct Inputs {
    /// Files and folders: Markdown, .mmd, configuration files and scripts; for check, fmt and model also - for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Settings to use instead of the nearest merrow.toml above the paths
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Inputs {
    /// True when standard input is to be read.
    ///
    /// # Errors
    /// [`CliError`] when it is named beside files: findings about both would be of different sets.
    fn are_standard_input(&self) -> Result<bool, CliError> {
        let is_named = self.paths.iter().any(|path| path.as_os_str() == input::STANDARD_INPUT);
        if is_named && self.paths.len() > 1 {
            let told = CliError::user("standard input is read alone");
            return Err(told.hint("name either - or files; a file of that name is ./-"));
        }
        Ok(is_named)
    }

    /// As [`Self::open`]; `-` is standard input, for which the settings of the current folder hold.
    fn open_or_take(&self) -> Result<Workspace, ConfigError> {
        if self.paths.iter().all(|path| path.as_os_str() != input::STANDARD_INPUT) {
            return self.open();
        }
        let project = settings_file::load(self.config.as_deref(), &[PathBuf::from(".")])?;
        Ok(Workspace::of_standard_input(project))
    }

    fn open(&self) -> Result<Workspace, ConfigError> {
        let project = settings_file::load(self.config.as_deref(), &self.paths)?;
        Ok(Workspace::open(project, &self.paths))
    }
}

/// The lowest severity that makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Warning,
    Error,
}

impl FailOn {
    const fn severity(self) -> Severity {
        match self {
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}

/// Prints what could not be read to standard error.
fn print_failures(failures: &[Failure], console: &mut Console) {
    for failure in failures {
        let text = terminal::failure(failure, console.error_look());
        console.print_error(&text);
    }
}

/// Tells on standard error what is odd about the inputs.
fn print_cautions(workspace: &Workspace, console: &mut Console) {
    for caution in workspace.cautions() {
        let text = terminal::caution(caution, console.error_look());
        console.print_error(&text);
    }
}

/// Runs the command that `arguments` name, the name of the program first, and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console) -> Outcome {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let is_mistake = error.use_stderr();
            // Help and version go to standard output. Neither can be told when writing fails.
            let _ = error.print();
            return if is_mistake { Outcome::Failed } else { Outcome::Clean };
        }
    };
    let result = match &cli.command {
        Command::Check(args) => check::run(args, console),
        Command::Fmt(args) => fmt::run(args, console),
        Command::Build(args) => build::run(args, console),
        Command::Model(args) => model::run(args, console),
        Command::Render(args) => render::run(args, console),
        Command::Gist(args) => gist::run(args, console),
        #[cfg(feature = "net")]
        Command::Serve(args) => serve::run(args, console),
        Command::Sim(args) => sim::run(args, console),
        Command::Generate(args) => generate::run(args, console),
        Command::Explain(args) => explain::run(args, console),
        Command::Schema => schema::run(console),
    };
    result.unwrap_or_else(|error| {
        console.print_error(&error.to_string());
        Outcome::Failed
    })
}
