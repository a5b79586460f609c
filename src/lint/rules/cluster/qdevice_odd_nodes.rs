use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Place;
use crate::claims::trial::number_of_nodes;
use crate::cluster::model::vote::Votes;
use crate::cluster::simulate::quorum::Device;
use crate::lint::rule::{ClusterCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// A QDevice in a cluster with an odd number of nodes.
    ///
    /// ## Why it matters
    /// A QDevice is meant for an even number of nodes, where its one vote breaks a tie. For an odd number
    /// `pvecm qdevice setup` refuses without `--force`, and then gives the QDevice as many votes as there are nodes less one
    /// (algorithm `lms`). All nodes but one may then fail, but while the QDevice's server is away no node may:
    /// it becomes nearly a single point of failure. (pvecm.adoc, "Supported Setups")
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     subgraph Cluster [3-node cluster]
    ///         A[pve1] --- Q[QDevice]
    ///         B[pve2] --- Q
    ///         C[pve3] --- Q
    ///     end
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     subgraph Cluster [2-node cluster]
    ///         A[pve1] --- Q[QDevice]
    ///         B[pve2] --- Q
    ///     end
    /// ```
    pub(crate) static QDEVICE_ODD_NODES = {
        name: "qdevice-odd-nodes", code: "CL006", severity: Severity::Warning,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let cluster = &cx.intended.cluster;
    let Some(qdevice) = &cluster.quorum.qdevice else {
        return Vec::new();
    };
    let is_odd = |n_nodes: u32| n_nodes >= 3 && n_nodes % 2 == 1;
    // The diagram that shows the QDevice knows best how many nodes it is for.
    let mut is_shown = false;
    for ballot in &cx.intended.ballots {
        let (Some((stated, place)), Some(n_nodes)) = (ballot.qdevice, ballot.size()) else { continue };
        is_shown = true;
        if is_odd(n_nodes) {
            let counted_at = ballot.n_nodes.map(|(_, place)| place);
            return vec![word((n_nodes, counted_at), stated, place, ballot.total)];
        }
    }
    let Some(size) = number_of_nodes(cluster).filter(|(n, _)| !is_shown && is_odd(*n)) else {
        return Vec::new();
    };
    let Some(place) = qdevice.votes.place().or(qdevice.mentions.first().copied()) else {
        return Vec::new();
    };
    let total = cluster.quorum.total_votes.agreed().copied().zip(cluster.quorum.total_votes.place());
    vec![word(size, qdevice.votes.agreed().copied(), place, total)]
}

/// The finding for a cluster of this size (with the place that counts it), a QDevice with these votes stated at `place`, and
/// this total.
fn word(
    (n_nodes, counted_at): (u32, Option<Place>),
    stated: Option<Votes>,
    place: Place,
    total: Option<(Votes, Place)>,
) -> Diagnostic {
    let device_votes = Device::as_pvecm_writes_it(n_nodes as usize).votes_among(n_nodes as usize);
    let real_total = Votes(n_nodes) + device_votes;
    let message =
        format!("a QDevice on {n_nodes} nodes, an odd number, for which Proxmox advises against one");
    let mut finding = Diagnostic::new(&QDEVICE_ODD_NODES.meta, place, message);
    if let Some(stated) = stated.filter(|stated| *stated != device_votes) {
        finding = finding.label(format!("{stated} {} stated, it would get {device_votes}", stated.noun()));
    }
    if let Some(counted_at) = counted_at {
        finding = finding.related(counted_at, format!("{n_nodes} nodes are counted here"));
    }
    if let Some((stated, place)) = total.filter(|(stated, _)| *stated != real_total) {
        finding = finding.related(place, format!("{stated} in all are stated, there would be {real_total}"));
    }
    finding
        .note(format!(
            "`pvecm qdevice setup` refuses {n_nodes} nodes; with `--force` the QDevice gets {device_votes} votes (lms): \
             {real_total} in all, {} needed",
            real_total.quorum()
        ))
        .note("one node can then carry the cluster alone, but without the QDevice's server no node may fail (pvecm.adoc, \"Supported Setups\")")
        .help(format!("leave the QDevice out: {n_nodes} nodes keep quorum with {} up", Votes(n_nodes).quorum()))
}
