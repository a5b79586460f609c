use crate::base::diagnostic::{Diagnostic, Severity};
use crate::claims::trial::number_of_nodes;
use crate::cluster::model::quorum::Algorithm;
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
    let Some(n_nodes) = number_of_nodes(cluster).filter(|n| *n >= 3 && n % 2 == 1) else {
        return Vec::new();
    };
    let Some(place) = qdevice.votes.place().or(qdevice.mentions.first().copied()) else {
        return Vec::new();
    };
    let device_votes = Device::with_usual_votes(Algorithm::Lms).votes_among(n_nodes as usize);
    let total = Votes(n_nodes) + device_votes;
    let message =
        format!("a QDevice on {n_nodes} nodes, an odd number, for which Proxmox advises against one");
    let mut finding = Diagnostic::new(&QDEVICE_ODD_NODES.meta, place, message);
    if let Some(stated) = qdevice.votes.agreed() {
        finding = finding.label(format!("{stated} {} stated, it would get {device_votes}", stated.noun()));
    }
    for (stated, place) in
        cluster.quorum.total_votes.values().into_iter().filter(|(stated, _)| **stated != total)
    {
        finding = finding.related(place, format!("{stated} in all are stated, there would be {total}"));
    }
    vec![
        finding
            .note(format!(
                "`pvecm qdevice setup` refuses {n_nodes} nodes; with `--force` the QDevice gets {device_votes} votes (lms): \
                 {total} in all, {} needed",
                total.quorum()
            ))
            .note("one node can then carry the cluster alone, but without the QDevice's server no node may fail (pvecm.adoc, \"Supported Setups\")")
            .help(format!("leave the QDevice out: {n_nodes} nodes keep quorum with {} up", Votes(n_nodes).quorum())),
    ]
}
