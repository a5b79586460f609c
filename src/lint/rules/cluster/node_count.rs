use std::collections::BTreeSet;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::claims::claim::{EntityKind, Fact};
use crate::lint::rule::{ClusterCx, Stage, declare_rule};
use crate::lint::wording::{and, count};

declare_rule! {
    /// ## What it checks
    /// A title that counts the nodes of a cluster, in a diagram that shows another number of them.
    ///
    /// ## Why it matters
    /// Votes and quorum follow from the number of nodes, so one of the two makes the rest of the page wrong.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     subgraph C [Proxmox cluster, 3 nodes]
    ///         A[pve1] --> B[pve2]
    ///     end
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     subgraph C [Proxmox cluster, 2 nodes]
    ///         A[pve1] --> B[pve2]
    ///     end
    /// ```
    pub(crate) static NODE_COUNT = {
        name: "node-count", code: "CL011", severity: Severity::Warning,
        check: Stage::Cluster(check),
    }
}

fn check(cx: &ClusterCx) -> Vec<Diagnostic> {
    // In the order of places the claims of a block stand together.
    let blocks = cx.intended.claims.chunk_by(|a, b| a.block == b.block && a.place.file == b.place.file);
    let titles = blocks.flat_map(|block| block.iter().map(move |claim| (*claim, block)));
    let findings = titles.filter_map(|(title, block)| {
        let Fact::NodeCount(stated) = title.fact else {
            return None;
        };
        let drawn: BTreeSet<&str> = block
            .iter()
            .filter(|claim| claim.subject.kind == EntityKind::Node)
            .filter_map(|claim| Some(cx.intended.aliases.link_of(&claim.subject)?.entity_name))
            .collect();
        if drawn.is_empty() || drawn.len() as u32 == stated {
            return None;
        }
        let names: Vec<String> = drawn.iter().map(|name| (*name).to_owned()).collect();
        let message =
            format!("the title counts {}, the diagram shows {}", count(stated as usize, "node"), names.len());
        Some(
            Diagnostic::new(&NODE_COUNT.meta, title.place, message)
                .note(format!("shown: {}", and(&names)))
                .help("draw the missing nodes or correct the title"),
        )
    });
    findings.collect()
}
