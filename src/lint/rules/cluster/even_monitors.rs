use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{ClusterCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// An even number of Ceph monitors.
    ///
    /// ## Why it matters
    /// Monitors need a majority of themselves. Two of two, three of four: the even one adds a machine that can fail and
    /// no failure that is survived. (Ceph documentation, "Monitor Config Reference"; pveceph.adoc, "Ceph Monitor")
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     M1[Ceph Monitor 1] --> P[Ceph Pool]
    ///     M2[Ceph Monitor 2] --> P
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     M1[Ceph Monitor 1] --> P[Ceph Pool]
    ///     M2[Ceph Monitor 2] --> P
    ///     M3[Ceph Monitor 3] --> P
    /// ```
    pub(crate) static EVEN_MONITORS = {
        name: "even-monitors", code: "CL009", severity: Severity::Warning,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    let monitors = &cx.intended.cluster.ceph.monitors;
    let n_monitors = monitors.len();
    let Some(place) = monitors.last().and_then(|monitor| monitor.mentions.first()) else {
        return Vec::new();
    };
    if n_monitors % 2 == 1 {
        return Vec::new();
    }
    let majority = n_monitors / 2 + 1;
    let survived = n_monitors - majority;
    let message =
        format!("{n_monitors} Ceph monitors survive the loss of {survived}, as {} would", n_monitors - 1);
    let finding = Diagnostic::new(&EVEN_MONITORS.meta, *place, message);
    let others =
        monitors[..n_monitors - 1].iter().filter_map(|monitor| Some((monitor, monitor.mentions.first()?)));
    vec![
        others
            .fold(finding, |finding, (monitor, place)| finding.related(*place, monitor.name.clone()))
            .note(format!("{majority} of {n_monitors} monitors are a majority"))
            .help(format!("run {} monitors", n_monitors + 1)),
    ]
}
