use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Place;
use crate::claims::ballot::Ballot;
use crate::cluster::model::vote::Votes;
use crate::lint::rule::{ClusterCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// A number of required votes that is not more than half of all votes, or more than needed.
    ///
    /// ## Why it matters
    /// Quorum is half of the expected votes, rounded down, plus one. Half is not enough: two halves of a split cluster would
    /// both go on. (votequorum(5))
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     C[Corosync] --> T[Total votes: 4]
    ///     T --> R[Required: 2]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     C[Corosync] --> T[Total votes: 4]
    ///     T --> R[Required: 3]
    /// ```
    pub(crate) static QUORUM_THRESHOLD = {
        name: "quorum-threshold", code: "CL008", severity: Severity::Error,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let quorum = &cx.intended.cluster.quorum;
    // With `two_node` one of two votes is enough.
    if quorum.two_node.values().iter().any(|(is_on, _)| **is_on) {
        return Vec::new();
    }
    let of_all = quorum.total_votes.agreed().copied().zip(quorum.total_votes.place());
    cx.intended.ballots.iter().filter_map(|ballot| word(ballot, of_all)).collect()
}

/// `of_all` is the total that the other documents agree on.
fn word(ballot: &Ballot, of_all: Option<(Votes, Place)>) -> Option<Diagnostic> {
    let (required, place) = ballot.required?;
    let stated = ballot.total.or(of_all);
    let total = stated.map(|(total, _)| total).or(ballot.sum())?;
    let needed = total.quorum();
    if required == needed {
        return None;
    }
    let verb = if required == Votes::ONE { "is" } else { "are" };
    let message =
        format!("{required} {} {verb} said to be required, quorum of {total} is {needed}", required.noun());
    let mut finding = Diagnostic::new(&QUORUM_THRESHOLD.meta, place, message);
    if let Some((total, place)) = stated {
        finding = finding.related(place, format!("{total} in all"));
    }
    Some(
        finding
            .note("quorum is half of the expected votes, rounded down, plus one (votequorum(5))")
            .help(format!("write {needed}")),
    )
}
