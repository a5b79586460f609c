//! A machine of the cluster.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::stated::Stated;
use super::vote::Votes;
use crate::base::text::Place;

/// Which of a node's addresses is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddressRole {
    /// The address on corosync's link (`ring0_addr`, `--link0`); an address given without a word about its use counts
    /// as link 0, because that is the one a cluster is joined by.
    Link(u8),
    /// On the network for Ceph or other storage.
    Storage,
    /// On the management network, where the text tells it apart from the cluster's.
    Management,
}

impl AddressRole {
    /// The noun that a finding uses.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Link(0) => "address",
            Self::Link(1) => "address on link 1",
            Self::Link(_) => "address on a further link",
            Self::Storage => "storage address",
            Self::Management => "management address",
        }
    }
}

/// A node.
#[derive(Debug, Clone)]
pub struct Node {
    /// The fullest name that a text gives it.
    pub name: String,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
    /// A diagram of the cluster or its configuration shows it; others only speak of it.
    pub is_shown: bool,
    /// Its addresses by use.
    pub addresses: BTreeMap<AddressRole, Stated<IpAddr>>,
    /// Its votes.
    pub votes: Stated<Votes>,
    /// Corosync's node id.
    pub node_id: Stated<u32>,
}

impl Node {
    /// A node that is only known by name.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            mentions: Vec::new(),
            is_shown: false,
            addresses: BTreeMap::new(),
            votes: Stated::default(),
            node_id: Stated::default(),
        }
    }

    /// Every stated address with its use and place.
    pub fn stated_addresses(&self) -> impl Iterator<Item = (AddressRole, IpAddr, Place)> {
        self.addresses.iter().flat_map(|(role, stated)| {
            stated.values().into_iter().map(|(address, place)| (*role, *address, place))
        })
    }
}
