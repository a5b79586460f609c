//! Rules about the cluster that the documents describe.

pub(crate) mod address_outside_networks;
pub(crate) mod bond_on_two_bridges;
pub(crate) mod disputed_fact;
pub(crate) mod duplicate_address;
pub(crate) mod even_monitors;
pub(crate) mod node_count;
pub(crate) mod overlapping_subnets;
pub(crate) mod qdevice_odd_nodes;
pub(crate) mod quorum_threshold;
pub(crate) mod too_few_osds;
pub(crate) mod vote_total;
