use crate::base::diagnostic::{Diagnostic, Severity};
use crate::cluster::model::vote::Votes;
use crate::lint::rule::{ClusterCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// A total of votes that is not the sum of the votes stated for the nodes and the QDevice.
    ///
    /// ## Why it matters
    /// Corosync expects the sum of all votes, and quorum is more than half of it. A wrong total makes every number derived
    /// from it wrong. (votequorum(5))
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>1 vote] --> T[Total votes: 3]
    ///     B[pve2<br/>1 vote] --> T
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>1 vote] --> T[Total votes: 2]
    ///     B[pve2<br/>1 vote] --> T
    /// ```
    pub(crate) static VOTE_TOTAL = {
        name: "vote-total", code: "CL007", severity: Severity::Error,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let cluster = &cx.intended.cluster;
    let (Some(stated), Some(place)) =
        (cluster.quorum.total_votes.agreed(), cluster.quorum.total_votes.place())
    else {
        return Vec::new();
    };
    let Some(voters) = cluster.voters() else {
        return Vec::new();
    };
    let sum: Votes = voters.iter().map(|(_, votes, _)| *votes).sum();
    if sum == *stated {
        return Vec::new();
    }
    let message = format!("the total is given as {stated} {}, the voters have {sum}", stated.noun());
    let finding = Diagnostic::new(&VOTE_TOTAL.meta, place, message);
    let parts: Vec<String> = voters.iter().map(|(_, votes, _)| votes.to_string()).collect();
    vec![
        voters
            .iter()
            .fold(finding, |finding, (name, votes, place)| {
                finding.related(*place, format!("{name}: {votes}"))
            })
            .help(format!("{} = {sum}; quorum is then {}", parts.join(" + "), sum.quorum())),
    ]
}
