//! Corosync's votes beyond the nodes' own.

use serde::{Deserialize, Serialize};

use super::stated::Stated;
use super::vote::Votes;
use crate::base::text::Place;

/// How a QDevice's server decides who gets its votes (corosync-qdevice(8), `quorum.device.net.algorithm`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// Fifty-fifty split: one vote, for one partition that is at least half of the cluster. What `pvecm qdevice setup`
    /// writes for an even number of nodes.
    Ffsplit,
    /// Last man standing: as many votes as there are nodes less one, so that one node can carry the cluster. What
    /// `pvecm qdevice setup --force` writes for an odd number of nodes.
    Lms,
}

impl Algorithm {
    /// The word of `corosync.conf`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ffsplit => "ffsplit",
            Self::Lms => "lms",
        }
    }
}

/// A QDevice.
#[derive(Debug, Clone, Default)]
pub struct QDevice {
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
    /// Its votes.
    pub votes: Stated<Votes>,
    /// Its votes as configuration gives them; a diagram may only repeat what its author believes.
    pub configured_votes: Option<Votes>,
    /// Its algorithm.
    pub algorithm: Stated<Algorithm>,
}

/// What is said about votes and quorum.
#[derive(Debug, Clone, Default)]
pub struct Quorum {
    /// Where corosync itself is mentioned.
    pub corosync: Vec<Place>,
    /// The QDevice, if the cluster has one.
    pub qdevice: Option<QDevice>,
    /// "Total votes".
    pub total_votes: Stated<Votes>,
    /// "Required votes".
    pub required_votes: Stated<Votes>,
    /// `two_node` of `corosync.conf`.
    pub two_node: Stated<bool>,
    /// Other options of the `quorum` section that change who has quorum, with the place of each.
    pub options: Vec<(String, Place)>,
}

impl std::fmt::Display for Algorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
