//! A set of files: what its labs say together, and every finding in one order.

use crate::base::diagnostic::{Applicability, Diagnostic};
use crate::base::edit::{self, Edit};
use crate::base::text::{FileId, Place};
use crate::claims::assemble::{self, Intended};
use crate::claims::trial;
use crate::document::SourceKind;
use crate::lint;
use crate::lint::rule::{BehaviourCx, ClusterCx};
use crate::lint::suppression::Suppression;
use crate::report::Scope;

use super::file::{FileFacts, Source, Standing};
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
    /// Their diagrams of kinds that Merrow does not understand, each with Mermaid's name of its kind.
    pub not_understood: Vec<(Place, &'static str)>,
}

/// What each lab of a set of files says, in the order of the labs; labs of which nothing was asked for are left out.
///
/// Each is put together when it is asked for, so that only one need be held at a time.
pub fn labs<'a>(
    settings: &Settings,
    files: &[(&Source, &'a FileFacts)],
) -> impl Iterator<Item = LabFacts<'a>> + use<'a> {
    let facts: Vec<&FileFacts> = files.iter().map(|(_, facts)| *facts).collect();
    let is_asked_for =
        |lab: &Lab| lab.files.iter().any(|index| files[*index].0.standing == Standing::AskedFor);
    let labs: Vec<Lab> = lab::labs(settings, files).into_iter().filter(is_asked_for).collect();
    labs.into_iter().map(move |lab| {
        let facts = lab.files.iter().map(|index| facts[*index]);
        let diagrams = facts.clone().flat_map(|facts| &facts.not_understood);
        LabFacts {
            not_understood: diagrams.map(|(place, kind)| (*place, kind.name())).collect(),
            intended: assemble::assemble(facts.map(|facts| &facts.statements)),
            lab,
        }
    })
}

/// Judges a set of files, whose ids are their indices.
///
/// A finding is told when one of its places is in a file that was asked for; the scope counts only such files.
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
    for finding in &mut diagnostics {
        withhold(files, finding);
    }
    // A file can be in several labs, which then find the same.
    diagnostics.dedup();
    let is_asked_for = |place: Place| {
        files.get(place.file.0 as usize).is_some_and(|(source, _)| source.standing == Standing::AskedFor)
    };
    diagnostics.retain(|finding| places(finding).any(is_asked_for));
    let mut found_in: Vec<FileId> = diagnostics
        .iter()
        .filter_map(|finding| places(finding).find(|place| is_asked_for(*place)))
        .map(|place| place.file)
        .collect();
    found_in.sort_unstable();
    found_in.dedup();
    let scope = Scope { n_files_with_findings: found_in.len(), ..scope(files) };
    Findings { diagnostics, scope }
}

/// Leaves a fix to people that cannot be applied as it stands: an edit of it would take a line out of its quote or list, or
/// its edits overlap.
///
/// Every fix passes here, whichever rule offers it.
fn withhold(files: &[(&Source, &FileFacts)], finding: &mut Diagnostic) {
    let (Some(fix), Some((source, facts))) = (&mut finding.fix, files.get(finding.place.file.0 as usize))
    else {
        return;
    };
    let is_kept = |edit: &Edit| facts.margins.are_kept(&source.text, edit);
    if !(edit::are_apart(&source.text, &fix.edits) && fix.edits.iter().all(is_kept)) {
        fix.applicability = Applicability::DisplayOnly;
    }
}

/// The place of a finding, then those that belong to it.
fn places(finding: &Diagnostic) -> impl Iterator<Item = Place> {
    std::iter::once(finding.place).chain(finding.related.iter().map(|label| label.place))
}

fn scope(files: &[(&Source, &FileFacts)]) -> Scope {
    let mut scope = Scope::default();
    for (source, facts) in files.iter().filter(|(source, _)| source.standing == Standing::AskedFor) {
        scope.n_files += 1;
        scope.n_posts += usize::from(source.kind == SourceKind::Markdown);
        scope.n_diagrams += facts.n_diagrams;
        let kinds = facts.not_understood.iter().map(|(_, kind)| kind);
        scope.n_unchecked_diagrams += kinds.filter(|kind| kind.is_known_by_header()).count();
        scope.n_configs += facts.n_configs;
    }
    scope
}
