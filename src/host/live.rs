//! A set of files that is shown while it changes: what `serve` serves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::base::text::FileId;
use crate::document;
use crate::draw::measure::FontMetrics;
use crate::gist::shelf::Shelf;
use crate::pipeline::file::{FileFacts, Source};
use crate::pipeline::preview::{Finished, Preview};
use crate::pipeline::set::Findings;
use crate::pipeline::settings::FILE_NAME;
use crate::pipeline::{drawing, gist_plan};
use crate::report::model::LabModel;
use crate::report::page::{self, Page, Post};
use crate::report::{CheckReport, Failure};

use super::settings_file::{self, ConfigError};
use super::walk;
use super::workspace::Workspace;

/// A workspace and what is shown of it.
#[derive(Debug)]
pub struct Live {
    config: Option<PathBuf>,
    paths: Vec<PathBuf>,
    workspace: Workspace,
    /// What is wrong with the settings, while those before them hold.
    settings_failures: Vec<Failure>,
    preview: Preview,
    metrics: FontMetrics,
    version: u64,
}

/// What a browser can ask for.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// Counts up with every change.
    pub version: u64,
    /// The page.
    pub page: String,
    /// The part of the page that changes.
    pub content: String,
    /// The drawings, by file name.
    pub drawings: BTreeMap<String, String>,
}

impl Live {
    /// Reads the files at `paths`, with the settings in `config` or else those above them.
    ///
    /// # Errors
    /// [`ConfigError`] for settings that cannot be used; a file that cannot be read is told on the page.
    pub fn open(config: Option<PathBuf>, paths: Vec<PathBuf>) -> Result<Self, ConfigError> {
        let project = settings_file::load(config.as_deref(), &paths)?;
        let workspace = Workspace::open(project, &paths);
        let mut live = Self {
            config,
            paths,
            workspace,
            settings_failures: Vec::new(),
            preview: Preview::default(),
            metrics: FontMetrics::new(),
            version: 1,
        };
        live.update_preview();
        Ok(live)
    }

    /// Looks at the files again, and at the settings if one of the `changed` paths names them; true when the page shows
    /// something else now.
    pub fn refresh(&mut self, changed: &BTreeSet<PathBuf>) -> bool {
        let mut is_changed = false;
        if changed.iter().any(|path| self.is_settings(path)) {
            is_changed = true;
            match settings_file::load(self.config.as_deref(), &self.paths) {
                Ok(project) => {
                    self.workspace = Workspace::open(project, &self.paths);
                    self.settings_failures.clear();
                    // What is drawn can depend on settings, so everything is drawn anew.
                    self.preview.forget();
                }
                Err(error) => self.settings_failures = error.failures(),
            }
        }
        is_changed |= self.workspace.reread(&self.paths);
        if is_changed {
            self.version += 1;
            self.update_preview();
        }
        is_changed
    }

    fn is_settings(&self, path: &Path) -> bool {
        match &self.config {
            Some(config) => path.file_name() == config.file_name(),
            None => path.file_name().is_some_and(|name| name == FILE_NAME),
        }
    }

    fn update_preview(&mut self) {
        let files: Vec<(&Source, &FileFacts)> = self.workspace.files().collect();
        let sources: Vec<&Source> = files.iter().map(|(source, _)| *source).collect();
        let settings = &self.workspace.project().settings;
        self.preview.update(&sources, self.version, |source| {
            let document = document::read(&source.text, source.kind);
            let facts = files.get(source.id.0 as usize).map(|(_, facts)| *facts);
            // Nothing is written, so every plan may use every name.
            let plan = facts.map(|facts| {
                gist_plan::plan(settings, source, &document, facts, "gists/", &mut Shelf::default())
            });
            Finished {
                drawings: drawing::drawings(
                    &source.project_path,
                    &document,
                    &settings.diagrams,
                    &settings.style,
                    // The preview's page follows what the system asks for.
                    None,
                    &self.metrics,
                ),
                departures: plan.iter().flat_map(page::departures).collect(),
            }
        });
    }

    /// The folders whose changes can change what is shown.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let project = self.workspace.project();
        let mut folders = walk::folders(&self.paths, project.out.as_deref());
        let config =
            self.config.as_deref().map(walk::real).and_then(|file| file.parent().map(Path::to_owned));
        folders.insert(config.unwrap_or_else(|| project.folder.clone()));
        // Files beside the paths that the settings put into one lab with them.
        let context = self.workspace.files().map(|(source, _)| project.folder.join(&source.project_path));
        folders.extend(context.filter_map(|file| file.parent().map(Path::to_owned)));
        folders
    }

    /// Number of files that are shown.
    pub fn n_files(&self) -> usize {
        self.workspace.files().count()
    }

    /// What cannot be read.
    pub fn failures(&self) -> Vec<Failure> {
        self.workspace.failures()
    }

    /// The page as it is now.
    pub fn render(&self) -> Rendered {
        let sources: Vec<&Source> = self.workspace.files().map(|(source, _)| source).collect();
        let posts = self.preview.posts(&sources);
        let findings = self.workspace.findings();
        show(&self.workspace, &self.title(), (&posts, &findings), &self.settings_failures, |page| Rendered {
            version: self.version,
            page: page::served(page, self.version),
            content: page::content(page, self.version),
            drawings: self.preview.drawings().map(|(name, svg)| (name, svg.to_owned())).collect(),
        })
    }

    /// What the page is called: after the folder or file that was named.
    fn title(&self) -> String {
        let name = |path: &PathBuf| {
            walk::real(path)
                .file_name()
                .map_or_else(|| walk::shown(path), |name| name.to_string_lossy().into_owned())
        };
        self.paths.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

/// Makes a page of a workspace and hands it to `write`: its `findings`, what its labs say, and `posts`, which are the files
/// as they are shown, in the order of their ids; `failures` are told beside those of the workspace.
pub fn show<R>(
    workspace: &Workspace,
    title: &str,
    (posts, findings): (&[Post], &Findings),
    failures: &[Failure],
    write: impl FnOnce(&Page) -> R,
) -> R {
    let facts = workspace.labs();
    let files: Vec<Vec<FileId>> = facts
        .iter()
        .map(|facts| facts.lab.files.iter().map(|index| FileId(*index as u32)).collect())
        .collect();
    let labs = facts.iter().zip(&files).map(|(facts, files)| LabModel {
        name: facts.lab.name.as_deref(),
        files,
        intended: &facts.intended,
        not_understood: &facts.not_understood,
    });
    let labs: Vec<LabModel> = labs.filter(page::says_something).collect();
    let mut all_failures = failures.to_vec();
    all_failures.extend(workspace.failures());
    let report = CheckReport {
        sources: &workspace.sources(),
        diagnostics: &findings.diagnostics,
        failures: &all_failures,
        scope: findings.scope,
    };
    write(&Page { title, report, posts, labs: &labs })
}
