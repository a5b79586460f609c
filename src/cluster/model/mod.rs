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

use std::collections::BTreeSet;
use std::net::IpAddr;

use backup::Backup;
use ceph::Ceph;
use guest::Guest;
use ha::HighAvailability;
use network::Network;
use node::{AddressRole, Node};
use quorum::Quorum;
use stated::{Dispute, Stated};

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
    /// True when nothing is stated of any part.
    pub fn is_empty(&self) -> bool {
        let Self { name, n_nodes, nodes, quorum, ceph, ha, guests, network, backup } = self;
        let Quorum { corosync, qdevice, total_votes, required_votes, two_node, options } = quorum;
        let Ceph { mentions, monitors, osds, pools } = ceph;
        let Network { bonds, bridges, vlans, subnets } = network;
        let facts =
            [name.place(), n_nodes.place(), total_votes.place(), required_votes.place(), two_node.place()];
        facts.iter().all(Option::is_none)
            && nodes.is_empty()
            && (corosync.is_empty() && qdevice.is_none() && options.is_empty())
            && (mentions.is_empty() && monitors.is_empty() && osds.is_empty() && pools.is_empty())
            && (ha.parts.is_empty() && guests.is_empty())
            && (bonds.is_empty() && bridges.is_empty() && vlans.is_empty() && subnets.is_empty())
            && (backup.flows.is_empty() && backup.targets.is_empty())
    }

    /// The node may have all addresses that are stated for one use, because some of them are known to be of another use, or
    /// each lies in a stated network of its own: a machine with several networks, whose addresses are given without a word.
    fn may_all_be_true(&self, node: &Node, role: AddressRole) -> bool {
        let of_other_use = |address: &IpAddr| {
            node.stated_addresses().any(|(other, stated, _)| other != role && stated == *address)
        };
        let Some(stated) = node.addresses.get(&role) else { return true };
        let addresses: BTreeSet<IpAddr> = stated
            .values()
            .into_iter()
            .map(|(address, _)| *address)
            .filter(|address| !of_other_use(address))
            .collect();
        let network = |address: &IpAddr| {
            self.network.subnets.iter().position(|subnet| subnet.network.contains(address))
        };
        let networks: Option<BTreeSet<usize>> = addresses.iter().map(network).collect();
        addresses.len() < 2 || networks.is_some_and(|networks| networks.len() == addresses.len())
    }

    /// Everything that two places state differently, in order of the first place.
    pub fn disputes(&self) -> Vec<Dispute> {
        let mut found = Vec::new();
        found.extend(self.name.dispute("the cluster", "name"));
        found.extend(self.n_nodes.dispute("the cluster", "number of nodes"));
        for node in &self.nodes {
            for (role, address) in &node.addresses {
                if !self.may_all_be_true(node, *role) {
                    found.extend(address.dispute(&node.name, role.noun()));
                }
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
