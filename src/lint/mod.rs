//! Rules: what is judged about a document, its diagrams and its configuration, and how a finding is worded.
//!
//! A rule is a file below `rules/`: its documentation, its code and severity, the stage at which it looks, and a `check`
//! that decides and words. [`registry`] lists them, [`selection`] says which run and how severe they are, `suppress`
//! reads the author's exceptions. This file runs the rules of a stage; `settle` is the one place where findings are
//! suppressed and sorted.
//!
//! Not here: reading and resolving (the rooms below return typed problems, which rules word), and output.

pub mod reference;
pub mod registry;
pub mod rule;
mod rules;
pub mod selection;

use crate::base::diagnostic::Diagnostic;
use registry::RULES;
use rule::{DiagramCx, Stage};
use selection::Selection;

/// The findings of the diagram rules, in the order of the rules.
pub fn check_diagram(selection: &Selection, cx: &DiagramCx) -> Vec<Diagnostic> {
    run(selection, |stage| match stage {
        Stage::Diagram(check) => check(cx),
    })
}

/// Runs each rule that `selection` leaves on through `check`, which answers nothing for rules of another stage.
fn run(selection: &Selection, check: impl Fn(&Stage) -> Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for rule in RULES {
        if selection.is_on(&rule.meta) {
            findings.extend(
                check(&rule.check)
                    .into_iter()
                    .map(|finding| selection.weigh(finding)),
            );
        }
    }
    findings
}
