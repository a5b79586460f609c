//! Rules: what is judged about a document, its diagrams and its configuration, and how a finding is worded.
//!
//! A rule is a file below `rules/`: its documentation, its code and severity, the stage at which it looks, and a `check`
//! that decides and words. [`registry`] lists them, [`selection`] says which run and how severe they are, [`suppress`]
//! reads the author's exceptions. This file runs the rules of a stage; [`settle`] is the one place where findings are
//! suppressed and sorted.
//!
//! Not here: reading and resolving (the rooms below return typed problems, which rules word), and output.

pub mod reference;
pub mod registry;
pub mod rule;
mod rules;
pub mod selection;
pub mod suppress;
pub mod suppression;
mod wording;

use crate::base::diagnostic::Diagnostic;
use crate::base::text::Place;
use registry::RULES;
use rule::{BehaviourCx, ClusterCx, ConfigCx, DiagramCx, DocumentCx, GistCx, RemarkCx, Stage, SuppressionCx};
use selection::Selection;
use suppression::Suppression;

/// The findings of the document rules, in the order of the rules.
pub fn check_document(selection: &Selection, cx: &DocumentCx) -> Vec<Diagnostic> {
    run(selection, |stage| match stage {
        Stage::Document(check) => check(cx),
        _ => Vec::new(),
    })
}

/// The findings of the diagram rules, in the order of the rules.
pub fn check_diagram(selection: &Selection, cx: &DiagramCx) -> Vec<Diagnostic> {
    run(selection, |stage| match stage {
        Stage::Diagram(check) => check(cx),
        _ => Vec::new(),
    })
}

/// The findings of the configuration rules, in the order of the rules.
pub fn check_config(selection: &Selection, cx: &ConfigCx) -> Vec<Diagnostic> {
    run(selection, |stage| match stage {
        Stage::Config(check) => check(cx),
        _ => Vec::new(),
    })
}

/// The findings of the rules about blocks that leave their posts, in the order of the rules.
pub fn check_gist(selection: &Selection, cx: &GistCx) -> Vec<Diagnostic> {
    run(selection, |stage| match stage {
        Stage::Gist(check) => check(cx),
        _ => Vec::new(),
    })
}

/// The findings of the cluster rules, in the order of the rules.
pub fn check_cluster(selection: &Selection, cx: &ClusterCx) -> Vec<Diagnostic> {
    run(selection, |stage| match stage {
        Stage::Cluster(check) => check(cx),
        _ => Vec::new(),
    })
}

/// The findings of the behaviour rules, in the order of the rules.
pub fn check_behaviour(selection: &Selection, cx: &BehaviourCx) -> Vec<Diagnostic> {
    run(selection, |stage| match stage {
        Stage::Behaviour(check) => check(cx),
        _ => Vec::new(),
    })
}

/// The findings of the rules about comments, in the order of the rules; none when the comment does not speak to Merrow.
///
/// `comment` is the text behind the mark of the language.
pub fn check_remark(selection: &Selection, place: Place, comment: &str) -> Vec<Diagnostic> {
    let Some(text) = comment.trim().strip_prefix(suppress::MARK) else {
        return Vec::new();
    };
    let cx = RemarkCx { place, text: text.trim() };
    run(selection, |stage| match stage {
        Stage::Remark(check) => check(&cx),
        _ => Vec::new(),
    })
}

/// What users see of all `findings` of a set of files: those that no comment allows, and what is wrong with the comments.
///
/// In the order of file, place, code and message.
pub fn settle(
    selection: &Selection,
    findings: Vec<Diagnostic>,
    suppressions: &[Suppression],
) -> Vec<Diagnostic> {
    let (mut left, outcomes) = suppress::apply(selection, findings, suppressions);
    for (suppression, outcomes) in suppressions.iter().zip(&outcomes) {
        let cx = SuppressionCx { suppression, outcomes };
        left.extend(run(selection, |stage| match stage {
            Stage::Suppression(check) => check(&cx),
            _ => Vec::new(),
        }));
    }
    left.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    left
}

/// Runs each rule that `selection` leaves on through `check`, which answers nothing for rules of another stage.
fn run(selection: &Selection, check: impl Fn(Stage) -> Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for rule in RULES {
        if selection.is_on(&rule.meta) {
            findings.extend(check(rule.check).into_iter().map(|finding| selection.weigh(finding)));
        }
    }
    findings
}
