use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Place;
use crate::lint::rule::{ClusterCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// One address that two nodes are said to have.
    ///
    /// ## Why it matters
    /// Two machines with one address answer in turns: corosync sees nodes come and go, and the cluster does not form.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>10.0.0.1] --> C[Corosync]
    ///     B[pve2<br/>10.0.0.1] --> C
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>10.0.0.1] --> C[Corosync]
    ///     B[pve2<br/>10.0.0.2] --> C
    /// ```
    pub(crate) static DUPLICATE_ADDRESS = {
        name: "duplicate-address", code: "CL003", severity: Severity::Error,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let mut owners: BTreeMap<IpAddr, Vec<(&str, Place)>> = BTreeMap::new();
    for node in &cx.intended.cluster.nodes {
        for (_, address, place) in node.stated_addresses() {
            let owners = owners.entry(address).or_default();
            // A node comes with all of its addresses at once.
            if owners.last().is_none_or(|(name, _)| *name != node.name) {
                owners.push((&node.name, place));
            }
        }
    }
    let shared = owners.into_iter().filter(|(_, owners)| owners.len() > 1);
    let findings = shared.map(|(address, owners)| {
        let (first, _) = owners[0];
        let (second, place) = owners[1];
        let message = format!("{second} has the address of {first}: {address}");
        let finding = Diagnostic::new(&DUPLICATE_ADDRESS.meta, place, message).label(second.to_owned());
        let others = owners.iter().enumerate().filter(|(nth, _)| *nth != 1);
        others
            .fold(finding, |finding, (_, (name, place))| finding.related(*place, (*name).to_owned()))
            .help("give each node an address of its own")
    });
    findings.collect()
}
