use crate::base::diagnostic::{Diagnostic, Severity};
use crate::claims::ballot::Ballot;
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
    cx.intended.ballots.iter().filter_map(word).collect()
}

fn word(ballot: &Ballot) -> Option<Diagnostic> {
    let (stated, place) = ballot.total?;
    let sum = ballot.sum().filter(|sum| *sum != stated)?;
    let message = format!("the total is given as {stated} {}, the voters have {sum}", stated.noun());
    let mut finding = Diagnostic::new(&VOTE_TOTAL.meta, place, message);
    let mut parts: Vec<String> = ballot.voters.iter().map(|voter| voter.votes.to_string()).collect();
    for voter in &ballot.voters {
        finding = finding.related(voter.place, format!("{}: {}", voter.name, voter.votes));
    }
    if let Some((Some(votes), place)) = ballot.qdevice {
        finding = finding.related(place, format!("QDevice: {votes}"));
        parts.push(votes.to_string());
    }
    Some(finding.help(format!("{} = {sum}; quorum is then {}", parts.join(" + "), sum.quorum())))
}
