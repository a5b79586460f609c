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
    overlapping(subnets)
        .into_iter()
        .filter_map(|(earlier, later)| word(&subnets[earlier], &subnets[later]))
        .collect()
}

/// The pairs of networks that overlap, as indices, in order of the later one.
///
/// Of two networks that overlap one holds the other, so that in the order of addresses those that hold a network stand
/// right before it.
fn overlapping(subnets: &[Subnet]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..subnets.len()).collect();
    order.sort_by_key(|&subnet| (subnets[subnet].network.network(), subnets[subnet].network.prefix_len()));
    let mut pairs = Vec::new();
    let mut around: Vec<usize> = Vec::new();
    for inner in order {
        while around.pop_if(|outer| !subnets[*outer].network.contains(&subnets[inner].network)).is_some() {}
        pairs.extend(around.iter().map(|&outer| (outer.min(inner), outer.max(inner))));
        around.push(inner);
    }
    pairs.sort_unstable_by_key(|(earlier, later)| (*later, *earlier));
    pairs
}

/// The finding, unless both are on one VLAN or nobody says where.
fn word(earlier: &Subnet, later: &Subnet) -> Option<Diagnostic> {
    let (first, second) = (earlier.vlan.agreed()?, later.vlan.agreed()?);
    if first == second {
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
