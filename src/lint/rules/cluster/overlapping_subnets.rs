use crate::base::diagnostic::{Diagnostic, Severity};
use crate::cluster::model::network::Subnet;
use crate::lint::rule::{ClusterCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Two subnets on different VLANs of which one contains the other.
    ///
    /// ## Why it matters
    /// A host in the overlap cannot tell on which VLAN its neighbour is, so part of the traffic goes to the wrong one.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Bridge[vmbr0] --> V1[VLAN 10] --> A[10.0.0.0/16<br/>VMs]
    ///     Bridge --> V2[VLAN 20] --> B[10.0.8.0/24<br/>Ceph]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Bridge[vmbr0] --> V1[VLAN 10] --> A[10.0.0.0/24<br/>VMs]
    ///     Bridge --> V2[VLAN 20] --> B[10.0.8.0/24<br/>Ceph]
    /// ```
    pub(crate) static OVERLAPPING_SUBNETS = {
        name: "overlapping-subnets", code: "CL005", severity: Severity::Warning,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let subnets = &cx.intended.cluster.network.subnets;
    let mut findings = Vec::new();
    for (nth, later) in subnets.iter().enumerate() {
        for earlier in &subnets[..nth] {
            findings.extend(overlap(earlier, later));
        }
    }
    findings
}

fn overlap(earlier: &Subnet, later: &Subnet) -> Option<Diagnostic> {
    let (first, second) = (earlier.vlan.agreed()?, later.vlan.agreed()?);
    let overlaps = earlier.network.contains(&later.network) || later.network.contains(&earlier.network);
    if first == second || !overlaps {
        return None;
    }
    let message = format!("{} on VLAN {second} overlaps {} on VLAN {first}", later.network, earlier.network);
    Some(
        Diagnostic::new(&OVERLAPPING_SUBNETS.meta, *later.mentions.first()?, message)
            .label(format!("VLAN {second}"))
            .related(*earlier.mentions.first()?, format!("VLAN {first}"))
            .help("give each VLAN a range of its own"),
    )
}
