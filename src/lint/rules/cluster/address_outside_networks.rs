use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Place;
use crate::claims::words::Words;
use crate::cluster::model::network::Subnet;
use crate::lint::rule::{ClusterCx, Stage, declare_rule};
use crate::lint::wording::{and, count};

declare_rule! {
    /// ## What it checks
    /// Node addresses that lie in none of the networks that the same documents state.
    ///
    /// It speaks only when one of the networks could be the nodes' own: one for the cluster, corosync, management or
    /// hosts, or one whose use is not said.
    ///
    /// ## Why it matters
    /// Nodes reach each other on the cluster network. When the addresses and the networks of a page do not fit, one of the
    /// two was mistyped or is left from an older plan, and a reader who copies both gets a cluster that does not form.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart TB
    ///     N1[Proxmox Node 1<br/>192.168.40.11] --> Net[192.168.4.0/24<br/>Cluster]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart TB
    ///     N1[Proxmox Node 1<br/>192.168.4.11] --> Net[192.168.4.0/24<br/>Cluster]
    /// ```
    pub(crate) static ADDRESS_OUTSIDE_NETWORKS = {
        name: "address-outside-networks", code: "CL001", severity: Severity::Error,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let cluster = &cx.intended.cluster;
    let subnets = &cluster.network.subnets;
    let Some(home) = subnets.iter().find(|subnet| may_hold_nodes(subnet)) else {
        return Vec::new();
    };
    let is_outside = |address: std::net::IpAddr| {
        let same_family = |subnet: &Subnet| subnet.network.addr().is_ipv4() == address.is_ipv4();
        subnets.iter().any(same_family) && !subnets.iter().any(|subnet| subnet.network.contains(&address))
    };
    let states_cluster_network = subnets.iter().any(|subnet| is_for(subnet, &["cluster", "corosync"]));
    let mut outside: Vec<(&str, std::net::IpAddr, Place)> = Vec::new();
    for node in &cluster.nodes {
        for (role, address, place) in node.stated_addresses() {
            // A node comes with all of its addresses at once.
            let mut own = outside.iter().rev().take_while(|(name, ..)| *name == node.name);
            let is_told = own.any(|(_, told, _)| *told == address);
            // Without a cluster network on the page, a node whose other links are on stated networks has this one there.
            let is_at_home =
                node.stated_addresses().any(|(other, address, _)| other != role && !is_outside(address));
            if is_outside(address) && !is_told && (states_cluster_network || !is_at_home) {
                outside.push((&node.name, address, place));
            }
        }
    }
    let Some((_, address, place)) = outside.first().copied() else {
        return Vec::new();
    };
    let mut names: Vec<&str> = outside.iter().map(|(name, ..)| *name).collect();
    names.dedup();
    let message = if let [name] = names[..] {
        format!("{name} has an address that none of the stated networks contains")
    } else {
        let list: Vec<String> =
            outside.iter().map(|(name, address, _)| format!("{name} ({address})")).collect();
        format!(
            "{} have addresses that none of the stated networks contains: {}",
            count(names.len(), "node"),
            and(&list)
        )
    };
    let mut finding =
        Diagnostic::new(&ADDRESS_OUTSIDE_NETWORKS.meta, place, message).label(address.to_string());
    for (_, address, place) in &outside[1..] {
        finding = finding.related(*place, address.to_string());
    }
    if let Some(place) = home.mentions.first() {
        let purpose = home.purpose.agreed().map(|purpose| format!(" ({purpose})")).unwrap_or_default();
        let (first, last) = (home.network.network(), home.network.broadcast());
        finding = finding.related(*place, format!("{}{purpose} holds {first} to {last}", home.network));
    }
    let list: Vec<String> = subnets.iter().map(|subnet| subnet.network.to_string()).collect();
    vec![finding.note(format!("stated networks: {}", list.join(", "))).help(
        "correct the addresses or the networks, whichever is wrong, so that each node lies in one of them",
    )]
}

/// The subnet is said to be for what nodes talk on, or nothing is said about its use.
fn may_hold_nodes(subnet: &Subnet) -> bool {
    const USES: [&str; 8] = ["cluster", "corosync", "management", "mgmt", "host", "node", "proxmox", "lan"];
    subnet.purpose.place().is_none() || is_for(subnet, &USES)
}

/// One of the words is said about what the subnet is for.
fn is_for(subnet: &Subnet, uses: &[&str]) -> bool {
    subnet.purpose.values().iter().any(|(purpose, _)| Words::of(purpose).has_any(uses))
}
