//! A set of files: what its labs say together, and every finding in one order.

use crate::base::diagnostic::Diagnostic;
use crate::claims::assemble::{self, Intended};
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
pub struct LabFacts {
    /// Its files.
    pub lab: Lab,
    /// The cluster that they describe.
    pub intended: Intended,
}

/// What each lab of a set of files says, in the order of the labs.
pub fn labs(settings: &Settings, files: &[(&Source, &FileFacts)]) -> Vec<LabFacts> {
    let facts = |lab: Lab| {
        let statements = lab.files.iter().map(|index| &files[*index].1.statements);
        LabFacts { intended: assemble::assemble(statements), lab }
    };
    lab::labs(settings, files).into_iter().map(facts).collect()
}

/// Judges a set of files, whose ids are their indices.
pub fn set(settings: &Settings, files: &[(&Source, &FileFacts)]) -> Findings {
    let selection = &settings.selection;
    let mut diagnostics: Vec<Diagnostic> =
        files.iter().flat_map(|(_, facts)| facts.diagnostics.iter().cloned()).collect();
    for LabFacts { intended, .. } in &labs(settings, files) {
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
        n_diagrams: files.iter().map(|(_, facts)| facts.diagrams.len()).sum(),
        n_configs: files.iter().map(|(_, facts)| n_configuration_blocks(facts)).sum(),
    }
}

/// Blocks with configuration; a script that writes further files is one.
fn n_configuration_blocks(facts: &FileFacts) -> usize {
    let mut blocks: Vec<usize> = facts.configurations.iter().map(|facts| facts.block).collect();
    blocks.dedup();
    blocks.len()
}
