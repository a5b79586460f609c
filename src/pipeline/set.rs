//! A set of files: what its labs say together, and every finding in one order.

use crate::base::diagnostic::Diagnostic;
use crate::claims::assemble::{self, Intended};
use crate::claims::read::Statements;
use crate::claims::trial;
use crate::document::SourceKind;
use crate::lint;
use crate::lint::rule::{BehaviourCx, ClusterCx};
use crate::lint::suppression::Suppression;
use crate::report::Scope;

use super::file::{FileFacts, Source};
use super::lab::{self, Lab};
use super::settings::Settings;

/// What is wrong with a set of files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// In the order of files and places; no finding twice.
    pub diagnostics: Vec<Diagnostic>,
    /// How much was looked at.
    pub scope: Scope,
}

/// What the files of one lab say together.
#[derive(Debug, Clone)]
pub struct LabFacts<'a> {
    /// Its files.
    pub lab: Lab,
    /// The cluster that they describe.
    pub intended: Intended<'a>,
}

/// What each lab of a set of files says, in the order of the labs.
///
/// Each is put together when it is asked for, so that only one need be held at a time.
pub fn labs<'a>(
    settings: &Settings,
    files: &[(&Source, &'a FileFacts)],
) -> impl Iterator<Item = LabFacts<'a>> + use<'a> {
    let statements: Vec<&Statements> = files.iter().map(|(_, facts)| &facts.statements).collect();
    lab::labs(settings, files).into_iter().map(move |lab| {
        let said = lab.files.iter().map(|index| statements[*index]);
        LabFacts { intended: assemble::assemble(said), lab }
    })
}

/// Judges a set of files, whose ids are their indices.
pub fn set(settings: &Settings, files: &[(&Source, &FileFacts)]) -> Findings {
    let selection = &settings.selection;
    let mut diagnostics: Vec<Diagnostic> =
        files.iter().flat_map(|(_, facts)| facts.diagnostics.iter().cloned()).collect();
    for LabFacts { intended, .. } in labs(settings, files) {
        let intended = &intended;
        diagnostics.extend(lint::check_cluster(selection, &ClusterCx { intended }));
        let trials = &trial::run(intended);
        diagnostics.extend(lint::check_behaviour(selection, &BehaviourCx { intended, trials }));
    }
    let suppressions: Vec<Suppression> =
        files.iter().flat_map(|(_, facts)| facts.suppressions.iter().cloned()).collect();
    let mut diagnostics = lint::settle(selection, diagnostics, &suppressions);
    // A file can be in several labs, which then find the same.
    diagnostics.dedup();
    Findings { diagnostics, scope: scope(files) }
}

fn scope(files: &[(&Source, &FileFacts)]) -> Scope {
    Scope {
        n_files: files.len(),
        n_posts: files.iter().filter(|(source, _)| source.kind == SourceKind::Markdown).count(),
        n_diagrams: files.iter().map(|(_, facts)| facts.n_diagrams).sum(),
        n_configs: files.iter().map(|(_, facts)| facts.n_configs).sum(),
    }
}
