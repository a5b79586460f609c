//! A Proxmox cluster as documents state it: every fact with the places that state it.

pub mod backup;
pub mod ceph;
pub mod guest;
pub mod ha;
pub mod network;
pub mod node;
pub mod quorum;
pub mod stated;
pub mod vote;

use backup::Backup;
use ceph::Ceph;
use guest::Guest;
use ha::HighAvailability;
use network::Network;
use node::Node;
use quorum::Quorum;
use stated::{Dispute, Stated};
use vote::Votes;

use crate::base::text::Place;

/// A cluster.
#[derive(Debug, Clone, Default)]
pub struct Cluster {
    /// Name given to `pvecm create` or in `corosync.conf`.
    pub name: Stated<String>,
    /// Number of nodes, where a text states the number itself.
    pub n_nodes: Stated<u32>,
    /// In order of first mention.
    pub nodes: Vec<Node>,
    /// Votes beyond the nodes' own.
    pub quorum: Quorum,
    /// Ceph.
    pub ceph: Ceph,
    /// The HA stack.
    pub ha: HighAvailability,
    /// In order of first mention.
    pub guests: Vec<Guest>,
    /// Bonds, bridges, VLANs, subnets.
    pub network: Network,
    /// What is backed up, how, where to and how long.
    pub backup: Backup,
}

impl Cluster {
    /// Every voter with its votes and the place that states them: the nodes, then the QDevice. `None` unless there is a
    /// node and the votes of all voters are agreed.
    pub fn voters(&self) -> Option<Vec<(&str, Votes, Place)>> {
        let mut voters = Vec::with_capacity(self.nodes.len() + 1);
        for node in &self.nodes {
            voters.push((node.name.as_str(), *node.votes.agreed()?, node.votes.place()?));
        }
        if let Some(qdevice) = &self.quorum.qdevice {
            voters.push(("QDevice", *qdevice.votes.agreed()?, qdevice.votes.place()?));
        }
        (!self.nodes.is_empty()).then_some(voters)
    }

    /// Everything that two places state differently, in order of the first place.
    pub fn disputes(&self) -> Vec<Dispute> {
        let mut found = Vec::new();
        found.extend(self.name.dispute("the cluster", "name"));
        found.extend(self.n_nodes.dispute("the cluster", "number of nodes"));
        for node in &self.nodes {
            for (link, address) in &node.addresses {
                found.extend(address.dispute(&node.name, link.noun()));
            }
            found.extend(node.votes.dispute(&node.name, "number of votes"));
            found.extend(node.node_id.dispute(&node.name, "node id"));
        }
        found.extend(self.quorum.total_votes.dispute("the cluster", "total of votes"));
        found.extend(self.quorum.required_votes.dispute("the cluster", "number of required votes"));
        if let Some(qdevice) = &self.quorum.qdevice {
            found.extend(qdevice.votes.dispute("the QDevice", "number of votes"));
        }
        for pool in &self.ceph.pools {
            found.extend(pool.size.dispute(&pool.name, "replication size"));
            found.extend(pool.min_size.dispute(&pool.name, "`min_size`"));
        }
        for bond in &self.network.bonds {
            found.extend(bond.mode.dispute(&bond.name, "bond mode"));
        }
        found.sort_by_key(|dispute| dispute.values.first().map(|(_, place)| *place));
        found
    }
}
