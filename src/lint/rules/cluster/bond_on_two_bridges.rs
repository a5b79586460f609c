use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Place;
use crate::lint::rule::{ClusterCx, Stage, declare_rule};
use crate::lint::wording::and;

declare_rule! {
    /// ## What it checks
    /// A bond that is drawn or configured as a port of two bridges.
    ///
    /// ## Why it matters
    /// A Linux interface is a port of one bridge at most; Proxmox refuses to write such a configuration ("port is already
    /// used on interface"). To carry several networks over one bond, give each bridge a VLAN interface of the bond
    /// (`bond1.20`), or use one VLAN-aware bridge.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart TB
    ///     Bond0[bond0] --> A[vmbr0]
    ///     Bond0 --> B[vmbr1]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart TB
    ///     Bond0[bond0] --> V10[bond0.10] --> A[vmbr0]
    ///     Bond0 --> V20[bond0.20] --> B[vmbr1]
    /// ```
    pub(crate) static BOND_ON_TWO_BRIDGES = {
        name: "bond-on-two-bridges", code: "CL004", severity: Severity::Error,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let findings = cx.intended.cluster.network.bonds.iter().filter_map(|bond| {
        let mut bridges: Vec<&(String, Place)> = Vec::new();
        for bridge in &bond.bridges {
            if bridges.iter().all(|(name, _)| *name != bridge.0) {
                bridges.push(bridge);
            }
        }
        let (_, second) = bridges.get(1)?;
        let names: Vec<String> = bridges.iter().map(|(name, _)| format!("`{name}`")).collect();
        let message = format!("`{}` is a port of {} bridges: {}", bond.name, bridges.len(), and(&names));
        let mut finding =
            Diagnostic::new(&BOND_ON_TWO_BRIDGES.meta, *second, message).label(format!("port of `{}`", bridges[1].0));
        for (nth, (name, place)) in bridges.iter().enumerate() {
            if nth != 1 {
                finding = finding.related(*place, format!("port of `{name}`"));
            }
        }
        let vlans: Vec<String> = bridges.iter().map(|(bridge, _)| format!("`{}.VLAN` for `{bridge}`", bond.name)).collect();
        Some(
            finding
                .note("a Linux interface is a port of one bridge at most, and Proxmox refuses to write it otherwise")
                .help(format!("draw a VLAN interface of the bond for each bridge ({}), or one VLAN-aware bridge", vlans.join(", "))),
        )
    });
    findings.collect()
}
