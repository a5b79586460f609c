//! What a cluster says about its votes, and what corosync makes of it when it starts.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use thiserror::Error;

use crate::cluster::model::quorum::Algorithm;
use crate::cluster::model::vote::Votes;

/// The `nodeid` of a node (corosync.conf(5)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct NodeId(pub u32);

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The nodes and the `quorum` section of a `corosync.conf`, as written. Not every combination starts: see
/// [`QuorumSection::checked`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuorumSection {
    /// Each node's `quorum_votes`.
    pub nodes: BTreeMap<NodeId, Votes>,
    /// `expected_votes`; `None` counts the nodes' votes.
    pub expected_votes: Option<Votes>,
    /// `two_node`
    pub two_node: bool,
    /// `wait_for_all`; `None` follows `two_node`.
    pub wait_for_all: Option<bool>,
    /// `last_man_standing`
    pub last_man_standing: bool,
    /// `auto_tie_breaker` and its `auto_tie_breaker_node`.
    pub auto_tie_breaker: Option<TieBreaker>,
    /// `allow_downscale`
    pub allow_downscale: bool,
    /// The `device` section.
    pub device: Option<Device>,
}

/// Whose side wins when a cluster falls into two equal halves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TieBreaker {
    /// The half with the lowest node id.
    #[default]
    Lowest,
    /// The half with the highest node id.
    Highest,
    /// The half with the first of these nodes that took part before the split. A QDevice takes one node.
    Listed(Vec<NodeId>),
}

/// The `device` section of a `quorum` section: a QDevice of model `net`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// `net.algorithm`
    pub algorithm: Algorithm,
    /// `votes`; `None` when omitted, which stands for the number of nodes less one (corosync-qdevice(8)).
    pub votes: Option<Votes>,
    /// `net.tie_breaker`
    pub tie_breaker: TieBreaker,
}

impl Device {
    /// The device that `pvecm qdevice setup` writes for `n_nodes` nodes: one vote with `ffsplit` for an even number,
    /// `lms` without stated votes for an odd one (pvecm(1), "QDevice-Net Setup").
    pub fn as_pvecm_writes_it(n_nodes: usize) -> Self {
        Self::with_usual_votes(if n_nodes.is_multiple_of(2) { Algorithm::Ffsplit } else { Algorithm::Lms })
    }

    /// The device with the votes that its algorithm is meant for: one with `ffsplit`, omitted with `lms`.
    pub fn with_usual_votes(algorithm: Algorithm) -> Self {
        let votes = match algorithm {
            Algorithm::Ffsplit => Some(Votes::ONE),
            Algorithm::Lms => None,
        };
        Self { algorithm, votes, tie_breaker: TieBreaker::Lowest }
    }

    /// The votes it adds to a cluster of `n_nodes` nodes.
    pub fn votes_among(&self, n_nodes: usize) -> Votes {
        self.votes.unwrap_or(Votes((n_nodes as u32).saturating_sub(1)))
    }
}

/// Why corosync exits at start. Its manual says that the device is disabled instead; corosync 3.1.7 was seen to exit
/// with status 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// `two_node` and a device.
    #[error("corosync does not start with `two_node` and a QDevice")]
    DeviceWithTwoNode,
    /// `auto_tie_breaker` (in force) and a device.
    #[error("corosync does not start with `auto_tie_breaker` and a QDevice")]
    DeviceWithTieBreaker,
    /// `last_man_standing` and a device.
    #[error("corosync does not start with `last_man_standing` and a QDevice")]
    DeviceWithLastManStanding,
}

/// What breaks ties or stretches quorum beside the plain majority: a device or corosync's own features, never both.
#[derive(Debug, Clone)]
pub(super) enum Extra {
    Device(Seat),
    Features { two_node: bool, last_man_standing: bool, tie_breaker: Option<TieBreaker> },
}

/// A device and what it may do.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) algorithm: Algorithm,
    pub(super) tie_breaker: TieBreaker,
    /// Counted as expected whether or not they are ever cast.
    pub(super) votes: Votes,
    /// False when `corosync-qdevice` exits at once, so that nobody ever gets the votes.
    pub(super) runs: bool,
}

/// A quorum section that corosync starts with.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub(super) nodes: BTreeMap<NodeId, Votes>,
    /// What a node expects when it starts.
    pub(super) expected_at_start: Votes,
    pub(super) wait_for_all: bool,
    pub(super) allow_downscale: bool,
    pub(super) extra: Extra,
}

impl Checked {
    pub(super) fn seat(&self) -> Option<&Seat> {
        match &self.extra {
            Extra::Device(seat) => Some(seat),
            Extra::Features { .. } => None,
        }
    }

    /// The votes of the device, whether or not anybody holds them.
    pub(super) fn device_votes(&self) -> Votes {
        self.seat().map_or(Votes(0), |seat| seat.votes)
    }
}

impl QuorumSection {
    /// The section in force.
    ///
    /// # Errors
    /// [`Refusal`] when corosync would exit instead of starting.
    pub(super) fn checked(&self) -> Result<Checked, Refusal> {
        let node_votes: Votes = self.nodes.values().copied().sum();
        let wait_for_all = self.wait_for_all.unwrap_or(self.two_node);
        // An odd number of votes has no tie; without `wait_for_all` the feature is then off (seen: no
        // AutoTieBreaker flag with 3 nodes).
        let tie_breaker =
            self.auto_tie_breaker.clone().filter(|_| node_votes.0.is_multiple_of(2) || wait_for_all);
        let stated = self.expected_votes.unwrap_or(node_votes);
        let (extra, expected_at_start) = match &self.device {
            Some(_) if self.two_node => return Err(Refusal::DeviceWithTwoNode),
            Some(_) if tie_breaker.is_some() => return Err(Refusal::DeviceWithTieBreaker),
            Some(_) if self.last_man_standing => return Err(Refusal::DeviceWithLastManStanding),
            Some(device) => {
                let votes = device.votes_among(self.nodes.len());
                let seat = Seat {
                    algorithm: device.algorithm,
                    tie_breaker: device.tie_breaker.clone(),
                    votes,
                    runs: self.algorithm_starts(device),
                };
                // Stated device votes count only once they are seen; omitted ones are part of the calculation
                // (seen: 3 nodes expect 3 with `votes: 1`, 5 without).
                let expected = if device.votes.is_some() { stated } else { stated + votes };
                (Extra::Device(seat), expected)
            }
            None => {
                // "an error message will be issued and two_node will be disabled" (votequorum(5)).
                let two_node = self.two_node && tie_breaker.is_none();
                let last_man_standing = self.last_man_standing;
                (Extra::Features { two_node, last_man_standing, tie_breaker }, stated)
            }
        };
        let nodes = self.nodes.clone();
        Ok(Checked { nodes, expected_at_start, wait_for_all, allow_downscale: self.allow_downscale, extra })
    }

    /// `corosync-qdevice` exits with "Algorithm init failed" for `ffsplit` unless every node and the device have
    /// exactly one vote, stated (seen with corosync-qdevice 3.0.3).
    fn algorithm_starts(&self, device: &Device) -> bool {
        match device.algorithm {
            Algorithm::Ffsplit => {
                device.votes == Some(Votes::ONE) && self.nodes.values().all(|votes| *votes == Votes::ONE)
            }
            Algorithm::Lms => true,
        }
    }
}
