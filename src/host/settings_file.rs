//! Finds and reads `merrow.toml`.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::base::text::{LineColumn, LineIndex};
use crate::pipeline::settings::{self, FILE_NAME, Settings, SettingsError};
use crate::report::Failure;

use super::file_text;
use super::read_error::ReadProblem;
use super::walk::{real, shown};

/// Settings, and the folder that their paths start from.
#[derive(Debug, Clone)]
pub struct Project {
    /// What is set.
    pub settings: Settings,
    /// The folder of the settings file, or the current folder without one.
    pub folder: PathBuf,
    /// The folder that is written to, as a real path: what stands in it is never read.
    pub out: Option<PathBuf>,
}

/// Why settings cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {problem}")]
    Read {
        /// As given or found.
        path: String,
        /// Why.
        #[source]
        problem: ReadProblem,
    },
    /// The file holds mistakes.
    #[error("{} in {path}", if mistakes.len() == 1 { "a mistake" } else { "mistakes" })]
    Mistakes {
        /// As given or found.
        path: String,
        /// Each with its place, in file order.
        mistakes: Vec<(LineColumn, SettingsError)>,
    },
    /// The paths belong to different projects.
    #[error("{} and {} belong to different settings: {first} and {second}", paths[0], paths[1])]
    TwoProjects {
        /// Two of the paths.
        paths: [String; 2],
        /// The settings file above the first.
        first: String,
        /// The settings file above the second.
        second: String,
    },
}

impl ConfigError {
    /// The error as reports tell it: one failure for each mistake.
    pub fn failures(&self) -> Vec<Failure> {
        match self {
            Self::Read { path, problem } => {
                vec![Failure { path: path.clone(), message: problem.to_string(), help: problem.help() }]
            }
            Self::Mistakes { path, mistakes } => mistakes
                .iter()
                .map(|(at, mistake)| Failure {
                    path: path.clone(),
                    message: format!("line {}, column {}: {}", at.line, at.column, mistake.problem),
                    help: mistake.problem.help(),
                })
                .collect(),
            Self::TwoProjects { paths: [_, path], .. } => {
                vec![Failure {
                    path: path.clone(),
                    message: self.to_string(),
                    help: Some(Self::ONE_BY_ONE.to_owned()),
                }]
            }
        }
    }

    /// What to do about [`Self::TwoProjects`].
    pub const ONE_BY_ONE: &str = "check them one after the other, or name one file with --config";
}

/// The settings in the file `config`, or else in the nearest `merrow.toml` above `paths`, or else the defaults.
///
/// # Errors
/// [`ConfigError`] for a file that cannot be read or holds mistakes, and for paths that lie below different files.
pub fn load(config: Option<&Path>, paths: &[PathBuf]) -> Result<Project, ConfigError> {
    if let Some(config) = config {
        return read(config);
    }
    let mut nearest: Option<(&PathBuf, Option<PathBuf>)> = None;
    for path in paths {
        let file = above(path);
        match &nearest {
            None => nearest = Some((path, file)),
            Some((first, known)) if *known != file => {
                let name = |file: &Option<PathBuf>| file.as_deref().map_or_else(|| "none".to_owned(), shown);
                return Err(ConfigError::TwoProjects {
                    paths: [shown(first), shown(path)],
                    first: name(known),
                    second: name(&file),
                });
            }
            Some(_) => {}
        }
    }
    match nearest.and_then(|(_, file)| file) {
        Some(file) => read(&file),
        None => Ok(Project { settings: Settings::default(), folder: real(Path::new(".")), out: None }),
    }
}

/// The nearest settings file in the folder of `path` and the folders above, as the user would write it.
fn above(path: &Path) -> Option<PathBuf> {
    let start = real(path);
    let file = start.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())?;
    let here = real(Path::new("."));
    Some(file.strip_prefix(here).map(Path::to_owned).unwrap_or(file))
}

fn read(file: &Path) -> Result<Project, ConfigError> {
    let path = shown(file);
    let text = match file_text::read(file) {
        Ok(text) => text,
        Err(problem) => return Err(ConfigError::Read { path, problem }),
    };
    let settings = settings::read(&text).map_err(|mistakes| {
        let lines = LineIndex::new(&text);
        let place = |mistake: &SettingsError| lines.line_column(&text, mistake.span.start);
        ConfigError::Mistakes {
            path,
            mistakes: mistakes.into_iter().map(|mistake| (place(&mistake), mistake)).collect(),
        }
    })?;
    let folder = real(file).parent().map(Path::to_owned).unwrap_or_default();
    Ok(Project { settings, folder, out: None })
}
