use std::fmt::Write as _;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::claims::trial::{Run, Trial};
use crate::cluster::model::quorum::Algorithm;
use crate::cluster::model::vote::Votes;
use crate::lint::rule::{BehaviourCx, Stage, declare_rule};
use crate::lint::wording::count;

declare_rule! {
    /// ## What it checks
    /// "With so much down there are so many votes, and quorum or not": each such scenario is run on the cluster that the
    /// documents describe, with each algorithm that its QDevice could have.
    ///
    /// ## Why it matters
    /// A QDevice does not simply add its votes. With `ffsplit` its server gives the vote to no partition below half of the
    /// nodes; with `lms` one node may keep the quorum of the whole cluster. Who plans a failover by the wrong number finds
    /// out on the day it is needed. (corosync-qdevice(8), "Algorithms"; checked against corosync 3.1.7)
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>1 vote] --> T[Total votes: 3]
    ///     B[pve2<br/>1 vote] --> T
    ///     C[pve3<br/>1 vote] --> T
    ///     T --> S[2 nodes down: 1 vote ✓]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>1 vote] --> T[Total votes: 3]
    ///     B[pve2<br/>1 vote] --> T
    ///     C[pve3<br/>1 vote] --> T
    ///     T --> S[2 nodes down: 1 vote ✗]
    /// ```
    pub(crate) static QUORUM_SCENARIO = {
        name: "quorum-scenario", code: "BE001", severity: Severity::Error,
        check: Stage::Behaviour(check),
    }
}

fn check(cx: &BehaviourCx) -> Vec<Diagnostic> {
    cx.trials.iter().filter(|trial| trial.is_refuted()).map(word).collect()
}

fn word(trial: &Trial) -> Diagnostic {
    let nodes = count(trial.n_nodes as usize, "node");
    let has_device = trial.runs.iter().any(|run| run.device.is_some());
    let cluster = if has_device { format!("{nodes} and a QDevice") } else { nodes.clone() };
    let mut finding = Diagnostic::new(&QUORUM_SCENARIO.meta, trial.stated.place, message(trial))
        .label(format!("{cluster}, {} up", trial.n_up))
        .note(table(trial));
    if let Some(place) = trial.counted_at {
        finding = finding.related(place, format!("{nodes} are counted here"));
    }
    finding.help(match &trial.runs[..] {
        [run] => format!("write \"{} {}, {}\"", run.votes(), run.votes().noun(), verdict(run)),
        _ => "say which algorithm is meant, and write what it does".to_owned(),
    })
}

/// What of the scenario is wrong in every run.
fn message(trial: &Trial) -> String {
    let (text, scenario) = (&trial.stated.text, &trial.stated.scenario);
    let votes_differ = scenario.votes.filter(|votes| trial.runs.iter().all(|run| run.votes() != *votes));
    let verdict_holds =
        scenario.quorate.is_none_or(|stated| trial.runs.iter().all(|run| run.is_quorate() == stated));
    let verdict_fails =
        scenario.quorate.filter(|stated| trial.runs.iter().all(|run| run.is_quorate() != *stated));
    match (votes_differ, verdict_fails) {
        (Some(votes), None) if verdict_holds => {
            format!("\"{text}\": corosync does not count {votes} {} there", votes.noun())
        }
        (None, Some(true)) => format!("\"{text}\": corosync has no quorum there"),
        (None, Some(false)) => format!("\"{text}\": corosync has quorum there"),
        _ => format!("\"{text}\" is not what corosync does"),
    }
}

/// What each run came to, as a table.
fn table(trial: &Trial) -> String {
    let mut table = format!("simulated, {} of {} up:", count(trial.n_up as usize, "node"), trial.n_nodes);
    if trial.runs.iter().all(|run| run.device.is_none()) {
        for run in &trial.runs {
            let _ = write!(table, " {} of {} needed votes, {}", run.votes(), needed(run), verdict(run));
        }
        return table;
    }
    let _ = write!(table, "\n{:<16} {:>13} {:>7}  {:<8}", "QDevice", "votes present", "needed", "quorate");
    for run in &trial.runs {
        let Some((algorithm, votes)) = run.device else {
            continue;
        };
        let device = format!("{} ({votes} {})", algorithm.name(), votes.noun());
        let quorate = if run.is_quorate() { "YES" } else { "no" };
        let row = format!(
            "{device:<16} {:>13} {:>7}  {quorate:<8} {}",
            run.votes().to_string(),
            needed(run),
            because(trial, run, algorithm)
        );
        let _ = write!(table, "\n{}", row.trim_end());
    }
    table
}

fn needed(run: &Run) -> String {
    run.view.map_or_else(|| "-".to_owned(), |view| view.needed.to_string())
}

fn verdict(run: &Run) -> &'static str {
    if run.is_quorate() { "quorate" } else { "not quorate" }
}

/// Why the QDevice's votes are there or not.
fn because(trial: &Trial, run: &Run, algorithm: Algorithm) -> &'static str {
    let Some(view) = run.view else {
        return "";
    };
    match algorithm {
        _ if !trial.stated.scenario.condition.qdevice_up => "its server is away, and its votes with it",
        Algorithm::Ffsplit if view.device_votes == Votes(0) => {
            "its server gives the vote to no partition below half of the nodes"
        }
        Algorithm::Lms if trial.n_nodes % 2 == 1 => {
            "what `pvecm qdevice setup --force` writes for an odd number of nodes"
        }
        Algorithm::Ffsplit | Algorithm::Lms => "",
    }
}
