//! Why a command could not be done.

use std::fmt;
use std::io;

use crate::host::output_folder::OutputFolderError;
use crate::host::read_error::ReadError;
use crate::host::settings_file::ConfigError;
use crate::host::write_file::WriteError;
use crate::pipeline::publish::Collision;

/// Whose turn it is to put it right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CliErrorKind {
    /// Arguments or input.
    User,
    /// `merrow.toml`.
    Config,
    /// The machine that Merrow runs on.
    System,
}

/// Why a command could not be done; its text ends with a newline.
#[derive(Debug)]
pub struct CliError {
    /// Whose turn it is to put it right.
    pub kind: CliErrorKind,
    /// What could not be done.
    pub message: String,
    /// Places and details, a line each.
    pub details: Vec<String>,
    /// What to do, a line each.
    pub hints: Vec<String>,
}

impl CliError {
    /// A mistake in the arguments.
    pub(super) fn user(message: impl Into<String>) -> Self {
        Self { kind: CliErrorKind::User, message: message.into(), details: Vec::new(), hints: Vec::new() }
    }

    /// Says what to do.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        for detail in &self.details {
            writeln!(f, "  {detail}")?;
        }
        for hint in &self.hints {
            writeln!(f, "  help: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for CliError {}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        let mut details = Vec::new();
        let mut hints = Vec::new();
        let message = match &error {
            ConfigError::Read { path, problem } => {
                details.push(problem.to_string());
                hints.extend(problem.help());
                format!("cannot read {path}")
            }
            ConfigError::Mistakes { path, mistakes } => {
                for (at, mistake) in mistakes {
                    details.push(format!("{path}:{}:{}: {}", at.line, at.column, mistake.problem));
                    if let Some(help) = mistake.problem.help() {
                        details.push(format!("  help: {help}"));
                    }
                }
                format!("cannot use {path}")
            }
            ConfigError::TwoProjects { .. } => {
                hints.push(ConfigError::ONE_BY_ONE.to_owned());
                error.to_string()
            }
        };
        Self { kind: CliErrorKind::Config, message, details, hints }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self {
            kind: CliErrorKind::System,
            message: "cannot write to standard output".to_owned(),
            details: vec![error.to_string()],
            hints: Vec::new(),
        }
    }
}

impl From<Collision> for CliError {
    fn from(collision: Collision) -> Self {
        Self::user(collision.to_string()).hint("give one of them another name; nothing was written")
    }
}

impl From<OutputFolderError> for CliError {
    fn from(error: OutputFolderError) -> Self {
        match error {
            OutputFolderError::Write(error) => error.into(),
            OutputFolderError::Foreign { .. } => Self::user(error.to_string())
                .hint("name a new or empty folder with --out, so that nothing is lost"),
            OutputFolderError::HoldsInput { .. } => {
                Self::user(error.to_string()).hint("name a folder of its own with --out, such as --out built")
            }
        }
    }
}

impl From<ReadError> for CliError {
    fn from(error: ReadError) -> Self {
        let told = Self::user(format!("cannot read {}", error.path));
        let hints = error.problem.help().into_iter().collect();
        Self { details: vec![error.problem.to_string()], hints, ..told }
    }
}

impl From<WriteError> for CliError {
    fn from(error: WriteError) -> Self {
        Self {
            kind: CliErrorKind::System,
            message: format!("cannot write {}", error.path),
            details: vec![error.problem.to_string()],
            hints: error.problem.help().map(str::to_owned).into_iter().collect(),
        }
    }
}
