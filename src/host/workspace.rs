//! The one way to a set of files: finds, reads and judges them, and keeps them while they change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::base::text::FileId;
use crate::document::SourceKind;
use crate::pipeline::file::{self, FileFacts, Source, Standing};
use crate::pipeline::set::{self, Findings, LabFacts};
use crate::pipeline::settings::Settings;
use crate::report::source_text::SourceText;
use crate::report::{Caution, Failure};

use super::file_text;
use super::input;
use super::read_error::{ReadError, ReadProblem};
use super::settings_file::Project;
use super::walk::{self, Found, Walk};

/// A set of files with what they say.
///
/// Files are sorted by path and their ids are their indices, so that findings do not depend on the order of edits.
/// Law: after any edits the findings equal those of a fresh workspace over the same texts.
#[derive(Debug)]
pub struct Workspace {
    project: Project,
    files: Vec<File>,
    errors: Vec<ReadError>,
    cautions: Vec<Caution>,
    /// Labs of the settings, by index, whose files on the disk were not looked for: no file of theirs is in the set.
    unread_labs: Vec<usize>,
    version: u64,
}

#[derive(Debug)]
struct File {
    source: Source,
    facts: FileFacts,
}

impl Workspace {
    /// Reads every file that `paths` name, and as context the files that the settings put into one lab with them. What
    /// cannot be read is in [`Self::errors`]; the others are read all the same.
    pub fn open(project: Project, paths: &[PathBuf]) -> Self {
        let mut workspace = Self::over(project, Vec::new(), Vec::new());
        workspace.reread(paths);
        Self { version: 0, ..workspace }
    }

    /// Looks at the disk again: the workspace is then what [`Self::open`] makes of `paths` now. Files whose text is as it
    /// was are not judged anew. True when anything has changed.
    ///
    /// Looking and reading cost little beside judging, so nobody needs to be told what has changed, or can be told wrong.
    pub fn reread(&mut self, paths: &[PathBuf]) -> bool {
        let project = &self.project;
        let Walk { found, mut errors, empty } = walk::find(paths, project.out.as_deref());
        let mut unread_labs: Vec<usize> = (0..project.settings.labs.len()).collect();
        let named: Vec<(PathBuf, String)> =
            found.iter().map(|file| (file.real.clone(), project_path(project, &file.real))).collect();
        let context = rest_of_labs(project, &mut unread_labs, &named);
        errors.extend(context.errors);
        let mut sources = read_all(project, found, Standing::AskedFor, &mut errors);
        sources.extend(read_all(project, context.found, Standing::Context, &mut errors));
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        errors.sort_by(|a, b| a.path.cmp(&b.path));

        let mut cautions: Vec<Caution> = empty.iter().map(|folder| nothing_below(folder)).collect();
        // Of a part of the project nobody can say that a lab has no files.
        if cautions.is_empty() && paths.iter().any(|path| walk::real(path) == project.folder) {
            cautions.extend(labs_without_files(project, &sources));
        }
        let told = |errors: &[ReadError]| errors.iter().map(ToString::to_string).collect::<Vec<_>>();
        let is_new_trouble = told(&errors) != told(&self.errors) || cautions != self.cautions;
        let is_changed = self.exchange(sources) || is_new_trouble;
        (self.errors, self.cautions, self.unread_labs) = (errors, cautions, unread_labs);
        self.version += u64::from(is_changed);
        is_changed
    }

    /// Puts `sources`, sorted by path, in the place of all files; true when they are not what was there.
    fn exchange(&mut self, sources: Vec<Source>) -> bool {
        let mut known: BTreeMap<String, File> =
            self.files.drain(..).map(|file| (file.source.path.clone(), file)).collect();
        let numbered = sources.into_iter().enumerate();
        let wanted: Vec<(Source, Option<File>)> = numbered
            .map(|(index, source)| {
                let source = Source { id: FileId(index as u32), ..source };
                let file = known.remove(&source.path).filter(|file| file.source == source);
                (source, file)
            })
            .collect();
        let is_changed = !known.is_empty() || wanted.iter().any(|(_, file)| file.is_none());
        let settings = &self.project.settings;
        let judge = |(source, file): (Source, Option<File>)| {
            file.unwrap_or_else(|| File { facts: file::file(settings, &source), source })
        };
        self.files = wanted.into_par_iter().map(judge).collect();
        is_changed
    }

    /// A workspace over what standard input holds, and nothing beside it.
    pub fn of_standard_input(project: Project) -> Self {
        match input::read(Path::new(input::STANDARD_INPUT)) {
            Ok(source) => Self::over(project, vec![source], Vec::new()),
            Err(error) => Self::over(project, Vec::new(), vec![error]),
        }
    }

    /// A workspace over one cluster file, whatever it is called, and nothing beside it.
    ///
    /// # Errors
    /// [`ReadError`] when it cannot be read.
    pub fn of_cluster_file(path: &Path) -> Result<Self, ReadError> {
        let shown = walk::shown(path);
        let text = file_text::read(path).map_err(|problem| ReadError { path: shown.clone(), problem })?;
        let source = Source {
            id: FileId(0),
            project_path: shown.clone(),
            path: shown,
            kind: SourceKind::Config { language: "toml" },
            standing: Standing::AskedFor,
            text,
        };
        let project =
            Project { settings: Settings::default(), folder: walk::real(Path::new(".")), out: None };
        Ok(Self::over(project, vec![source], Vec::new()))
    }

    /// A workspace over texts that are nowhere on a disk: path from the project's folder, and text.
    ///
    /// A path whose name does not say what it is becomes an error.
    pub fn of_texts<'a>(project: Project, texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut workspace = Self::over(project, Vec::new(), Vec::new());
        for (path, text) in texts {
            workspace.put(path, text.to_owned());
        }
        workspace.renumber(0);
        workspace
    }

    fn over(project: Project, sources: Vec<Source>, errors: Vec<ReadError>) -> Self {
        let numbered = sources.into_par_iter().enumerate();
        let files = numbered
            .map(|(index, source)| {
                let source = Source { id: FileId(index as u32), ..source };
                File { facts: file::file(&project.settings, &source), source }
            })
            .collect();
        Self { project, files, errors, cautions: Vec::new(), unread_labs: Vec::new(), version: 0 }
    }

    /// Gives the file at `path` (as printed) a new text; a path that is not in the set joins it, with the rest of its lab
    /// as context if the set was read from the disk.
    pub fn replace(&mut self, path: &str, text: impl Into<String>) {
        self.version += 1;
        let n_files = self.files.len();
        let index = self.put(path, text.into());
        if self.files.len() > n_files {
            let first = self.read_labs().map_or(index, |context| context.min(index));
            self.renumber(first);
        } else if let Some(file) = self.files.get_mut(index) {
            file.facts = file::file(&self.project.settings, &file.source);
        }
    }

    /// Reads the context that the set needs since it has grown, and says where the first file of it was put.
    fn read_labs(&mut self) -> Option<usize> {
        let named: Vec<(PathBuf, String)> = self
            .files
            .iter()
            .map(|file| {
                (self.project.folder.join(&file.source.project_path), file.source.project_path.clone())
            })
            .collect();
        let context = rest_of_labs(&self.project, &mut self.unread_labs, &named);
        self.errors.extend(context.errors);
        let sources = read_all(&self.project, context.found, Standing::Context, &mut self.errors);
        self.errors.sort_by(|a, b| a.path.cmp(&b.path));
        let mut first = None;
        for source in sources {
            if let Err(index) = self.index_of(&source.path) {
                let facts = file::file(&self.project.settings, &source);
                self.files.insert(index, File { source, facts });
                first = Some(first.map_or(index, |first: usize| first.min(index)));
            }
        }
        first
    }

    /// Takes the file at `path` out of the set, if it is there.
    pub fn remove(&mut self, path: &str) {
        self.version += 1;
        self.errors.retain(|error| error.path != path);
        if let Ok(index) = self.index_of(path) {
            self.files.remove(index);
            self.renumber(index);
        }
    }

    /// Puts a text at its place in the order and says which; the facts of the file are left behind.
    fn put(&mut self, path: &str, text: String) -> usize {
        self.errors.retain(|error| error.path != path);
        match self.index_of(path) {
            Ok(index) => {
                self.files[index].source.text = text;
                index
            }
            Err(index) => {
                let Some(kind) = SourceKind::of(path) else {
                    self.errors.push(ReadError { path: path.to_owned(), problem: ReadProblem::UnknownKind });
                    self.errors.sort_by(|a, b| a.path.cmp(&b.path));
                    return self.files.len();
                };
                let found = Found {
                    path: PathBuf::from(path),
                    shown: path.to_owned(),
                    real: self.project.folder.join(path),
                    kind,
                };
                let source = source(&self.project, found, Standing::AskedFor, text);
                let facts = file::file(&self.project.settings, &source);
                self.files.insert(index, File { source, facts });
                index
            }
        }
    }

    fn index_of(&self, path: &str) -> Result<usize, usize> {
        self.files.binary_search_by(|file| file.source.path.as_str().cmp(path))
    }

    /// Gives the files from `first` on the ids of their indices, and judges them anew.
    fn renumber(&mut self, first: usize) {
        let settings = &self.project.settings;
        self.files[first..].par_iter_mut().enumerate().for_each(|(index, file)| {
            file.source.id = FileId((first + index) as u32);
            file.facts = file::file(settings, &file.source);
        });
    }

    /// What is wrong with the set.
    pub fn findings(&self) -> Findings {
        set::set(&self.project.settings, &self.pairs())
    }

    /// What each lab of the set says.
    pub fn labs(&self) -> Vec<LabFacts<'_>> {
        set::labs(&self.project.settings, &self.pairs()).collect()
    }

    fn pairs(&self) -> Vec<(&Source, &FileFacts)> {
        self.files.iter().map(|file| (&file.source, &file.facts)).collect()
    }

    /// The files with what they say, by id.
    pub fn files(&self) -> impl Iterator<Item = (&Source, &FileFacts)> {
        self.files.iter().map(|file| (&file.source, &file.facts))
    }

    /// The project whose settings hold.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The text of the files, by id.
    pub fn sources(&self) -> Vec<SourceText<'_>> {
        self.files
            .iter()
            .map(|file| SourceText { path: &file.source.path, text: &file.source.text })
            .collect()
    }

    /// What could not be read, sorted by path.
    pub fn errors(&self) -> &[ReadError] {
        &self.errors
    }

    /// What could not be read, as reports tell it.
    pub fn failures(&self) -> Vec<Failure> {
        self.errors.iter().map(Failure::from).collect()
    }

    /// What was asked for and is not there to be checked, though nothing failed.
    pub fn cautions(&self) -> &[Caution] {
        &self.cautions
    }

    /// How often the set has been changed.
    pub fn version(&self) -> u64 {
        self.version
    }
}

/// The files of those labs that have a file among `named` (real path, path in the project), without `named` themselves;
/// takes the labs off the list of unread ones.
fn rest_of_labs(project: &Project, unread_labs: &mut Vec<usize>, named: &[(PathBuf, String)]) -> Walk {
    let labs = &project.settings.labs;
    let (wanted, unread): (Vec<usize>, Vec<usize>) = unread_labs
        .iter()
        .partition(|lab| named.iter().any(|(_, path)| labs[**lab].files.is_match(path.as_str())));
    *unread_labs = unread;
    if wanted.is_empty() {
        return Walk::default();
    }
    let is_wanted = |path: &str| wanted.iter().any(|lab| labs[*lab].files.is_match(path));
    let mut walk = walk::find_below(&project.folder, project.out.as_deref(), is_wanted);
    let known: BTreeSet<&Path> = named.iter().map(|(real, _)| real.as_path()).collect();
    walk.found.retain(|file| !known.contains(file.real.as_path()));
    walk
}

/// The sources of the files that can be read; the problems of the others join `errors`.
fn read_all(
    project: &Project,
    found: Vec<Found>,
    standing: Standing,
    errors: &mut Vec<ReadError>,
) -> Vec<Source> {
    let read = |file: Found| match file_text::read(&file.path) {
        Ok(text) => Ok(source(project, file, standing, text)),
        Err(problem) => Err(ReadError { path: file.shown, problem }),
    };
    let read: Vec<Result<Source, ReadError>> = found.into_par_iter().map(read).collect();
    read.into_iter().filter_map(|source| source.map_err(|error| errors.push(error)).ok()).collect()
}

/// The source of a file; its id is given when the set is known.
fn source(project: &Project, file: Found, standing: Standing, text: String) -> Source {
    let project_path = project_path(project, &file.real);
    Source { id: FileId(0), path: file.shown, project_path, kind: file.kind, standing, text }
}

fn project_path(project: &Project, real: &Path) -> String {
    real.strip_prefix(&project.folder).map_or_else(|_| walk::shown(real), walk::shown)
}

fn nothing_below(folder: &str) -> Caution {
    Caution {
        message: format!("nothing to check below {folder}"),
        help: format!("Merrow reads {}; what is hidden or ignored by git must be named", SourceKind::KNOWN),
    }
}

/// The labs of the settings that none of the files belongs to.
fn labs_without_files(project: &Project, sources: &[Source]) -> Vec<Caution> {
    let labs = project.settings.labs.iter();
    labs.filter(|lab| !sources.iter().any(|source| lab.files.is_match(&source.project_path)))
        .map(|lab| Caution {
            message: format!("the lab `{}` has no files: its patterns match none", lab.name),
            help: "patterns start from the folder of merrow.toml, and `*` does not cross a `/`".to_owned(),
        })
        .collect()
}
