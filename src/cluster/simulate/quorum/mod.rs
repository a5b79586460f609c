//! Who has quorum: corosync's votequorum and the QDevice's server as pure functions.
//!
//! Follows votequorum(5) and corosync-qdevice(8). Where the daemons were seen to do something else (corosync 3.1.7,
//! corosync-qdevice 3.0.3) it does what they do, and the comment says "seen". Not here: timing, membership changes while
//! they happen, heuristics of a QDevice.

mod from_conf;
mod qnetd;
mod section;
mod votequorum;

use std::collections::{BTreeMap, BTreeSet};

pub use crate::cluster::model::quorum::Algorithm;
pub use section::{Device, NodeId, QuorumSection, Refusal, TieBreaker};
pub use votequorum::{Departure, ExpectedError, Situation, View, Votequorum};

/// Whether the QDevice's server is there to give its votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qnetd {
    /// Every running node reaches it.
    Reachable,
    /// No node reaches it.
    Unreachable,
}

/// What each running node thinks after all of `down` failed at once in a cluster that had been complete.
///
/// In order of node ids; a node that is down has no view.
///
/// # Errors
/// [`Refusal`] when corosync would not have started.
pub fn settled(
    section: &QuorumSection,
    down: &BTreeSet<NodeId>,
    qnetd: Qnetd,
) -> Result<BTreeMap<NodeId, View>, Refusal> {
    let mut votequorum = Votequorum::new(section)?;
    let together = |nodes: BTreeSet<NodeId>, qnetd: Qnetd| Situation {
        qnetd_clients: if qnetd == Qnetd::Reachable { nodes.clone() } else { BTreeSet::new() },
        partitions: vec![nodes],
        departure: Departure::Crash,
    };
    let all: BTreeSet<NodeId> = section.nodes.keys().copied().collect();
    let left = all.difference(down).copied().collect();
    votequorum.settle(&together(all, Qnetd::Reachable));
    Ok(votequorum.settle(&together(left, qnetd)))
}

#[cfg(test)]
mod tests;
