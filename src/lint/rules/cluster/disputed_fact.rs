use crate::base::diagnostic::{Diagnostic, Severity};
use crate::claims::aliases::Reason;
use crate::cluster::model::stated::Dispute;
use crate::lint::rule::{ClusterCx, Stage, declare_rule};
use crate::lint::wording::{and, count};

declare_rule! {
    /// ## What it checks
    /// Facts that two places state differently: a node's address, votes or node id, the cluster's name, the total of votes, a
    /// pool's `size`, a bond's mode.
    ///
    /// Names that stand for one thing (`Node1`, `N1`, `pve1`) are recognised; `merrow model` shows who is taken for whom and why.
    ///
    /// ## Why it matters
    /// At most one of the two is true, and a reader cannot tell which.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>10.0.0.1] --> B[Corosync]
    ///     C[Proxmox Node 1<br/>10.0.0.7] --> B
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>10.0.0.1] --> B[Corosync]
    ///     C[Proxmox Node 1<br/>10.0.0.1] --> B
    /// ```
    pub(crate) static DISPUTED_FACT = {
        name: "disputed-fact", code: "CL002", severity: Severity::Error,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let disputes = cx.intended.cluster.disputes();
    let findings = disputes.iter().map(|dispute| {
        let distinct = dispute.distinct();
        let values: Vec<String> = distinct.iter().map(|(value, _)| value.clone()).collect();
        let message = if distinct.len() == 2 {
            format!("{} has two values for its {}: {}", dispute.subject, dispute.fact, and(&values))
        } else {
            format!(
                "{} has {} for its {}: {}",
                dispute.subject,
                count(distinct.len(), "value"),
                dispute.fact,
                and(&values)
            )
        };
        let mut places = dispute.values.iter();
        let (first, place) = places.next().expect("a dispute has at least two values");
        let mut finding = Diagnostic::new(&DISPUTED_FACT.meta, *place, message).label(first.clone());
        for (value, place) in places.filter(|(value, _)| value != first) {
            finding = finding.related(*place, value.clone());
        }
        for note in names_taken_for_one(cx, dispute) {
            finding = finding.note(note);
        }
        finding.help(format!("find out which is true and write the same {} in all places", dispute.fact))
    });
    findings.collect()
}

/// Which names were taken for one thing to find the dispute, and how to say otherwise.
fn names_taken_for_one(cx: &ClusterCx, dispute: &Dispute) -> Vec<String> {
    let mut told: Vec<&str> = Vec::new();
    let mut notes = Vec::new();
    for (_, place) in &dispute.values {
        let Some(alias) = cx.intended.alias_at(*place) else { continue };
        let is_plain = matches!(alias.reason, Reason::FullestName | Reason::Stated);
        if is_plain || told.contains(&alias.name) {
            continue;
        }
        told.push(alias.name);
        notes.push(format!(
            "`{name}` is taken for {}: {}; if it is another {kind}, say so: `merrow: {name} = {kind} NAME` in a comment",
            alias.entity_name,
            alias.reason.words(),
            name = alias.name,
            kind = alias.entity.kind.noun(),
        ));
    }
    notes
}
