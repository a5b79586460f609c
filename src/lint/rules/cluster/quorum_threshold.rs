use crate::base::diagnostic::{Diagnostic, Severity};
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
    let (Some(required), Some(place)) = (quorum.required_votes.agreed(), quorum.required_votes.place())
    else {
        return Vec::new();
    };
    let voters = || {
        cx.intended.cluster.voters().map(|voters| voters.iter().map(|(_, votes, _)| *votes).sum::<Votes>())
    };
    let Some(total) = quorum.total_votes.agreed().copied().or_else(voters) else {
        return Vec::new();
    };
    let needed = total.quorum();
    if *required == needed {
        return Vec::new();
    }
    let message =
        format!("{required} {} are said to be required, quorum of {total} is {needed}", required.noun());
    let mut finding = Diagnostic::new(&QUORUM_THRESHOLD.meta, place, message);
    if let Some(place) = quorum.total_votes.place() {
        finding = finding.related(place, format!("{total} in all"));
    }
    vec![
        finding
            .note("quorum is half of the expected votes, rounded down, plus one (votequorum(5))")
            .help(format!("write {needed}")),
    ]
}
