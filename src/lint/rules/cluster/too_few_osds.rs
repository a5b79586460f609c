use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{ClusterCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// A Ceph pool that is to keep more copies than there are OSDs to put them on.
    ///
    /// ## Why it matters
    /// Ceph puts each copy on another OSD, by default of another host. Without one for every copy the pool's placement groups
    /// stay undersized and the cluster never becomes healthy. (Ceph documentation, "Placement Groups", "CRUSH Maps")
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     P[Ceph Pool<br/>size: 3] --> O1[OSD 1]
    ///     P --> O2[OSD 2]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     P[Ceph Pool<br/>size: 3] --> O1[OSD 1]
    ///     P --> O2[OSD 2]
    ///     P --> O3[OSD 3]
    /// ```
    pub(crate) static TOO_FEW_OSDS = {
        name: "too-few-osds", code: "CL010", severity: Severity::Error,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let ceph = &cx.intended.cluster.ceph;
    // One OSD drawn for all is a picture of Ceph, not a count.
    if ceph.osds.len() < 2 {
        return Vec::new();
    }
    let findings = ceph.pools.iter().filter_map(|pool| {
        let size = *pool.size.agreed()?;
        let n_osds = ceph.osds.len() as u32;
        if size <= n_osds {
            return None;
        }
        let message = format!("{} keeps {size} copies on {n_osds} OSDs", pool.name);
        let finding = Diagnostic::new(&TOO_FEW_OSDS.meta, pool.size.place()?, message);
        let osds = ceph.osds.iter().filter_map(|osd| Some((osd, osd.mentions.first()?)));
        Some(
            osds.fold(finding, |finding, (osd, place)| finding.related(*place, osd.name.clone()))
                .note("each copy is put on another OSD, by default of another host")
                .help(if n_osds >= 3 {
                    format!("add OSDs until there are {size}, or set `size` to {n_osds}")
                } else {
                    format!("add OSDs until there are {size}")
                }),
        )
    });
    findings.collect()
}
