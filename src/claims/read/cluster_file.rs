//! What a `cluster.toml` says.

use crate::claims::claim::{EntityKind, Fact, Subject};
use crate::cluster::formats::cluster_file::{Ceph, ClusterFile};
use crate::cluster::model::network::BondMode;
use crate::cluster::model::node::AddressRole;
use crate::cluster::model::vote::Votes;

use super::speaker::Speaker;

pub(super) fn read(file: &ClusterFile, speaker: &mut Speaker) {
    let tables = &file.tables;
    if let Some(name) = &tables.name {
        speaker.say(&Subject::the(EntityKind::Cluster), Fact::Name(name.get_ref().clone()), file.span(name));
    }
    for node in &tables.nodes {
        let subject = Subject::new(EntityKind::Node, node.name.get_ref());
        speaker.say(&subject, Fact::Exists, file.span(&node.name));
        if let Some(id) = &node.id {
            speaker.say(&subject, Fact::NodeId(*id.get_ref()), file.span(id));
        }
        if let Some(votes) = &node.votes {
            speaker.say(&subject, Fact::Votes(Votes(*votes.get_ref())), file.span(votes));
        }
        for (link, address) in (0..).zip(&node.links) {
            let fact = Fact::Address(AddressRole::Link(link), *address.get_ref());
            speaker.say(&subject, fact, file.span(address));
        }
    }
    if let Some(stated) = &tables.qdevice {
        let (qdevice, subject) = (stated.get_ref(), Subject::the(EntityKind::QDevice));
        speaker.say(&subject, Fact::Exists, file.span(stated));
        if let Some(algorithm) = &qdevice.algorithm {
            speaker.say(&subject, Fact::Algorithm(*algorithm.get_ref()), file.span(algorithm));
        }
        if let Some(votes) = &qdevice.votes {
            speaker.say(&subject, Fact::Votes(Votes(*votes.get_ref())), file.span(votes));
        }
    }
    read_ceph(&tables.ceph, file, speaker);
    read_network(file, speaker);
    for guest in &tables.guests {
        let span = file.span(&guest.id);
        let subject = speaker.say_guest(guest.id.get_ref(), span);
        if let Some(subject) = subject.filter(|_| guest.ha) {
            speaker.say(&subject, Fact::HaManaged, span);
        }
    }
}

fn read_ceph(ceph: &Ceph, file: &ClusterFile, speaker: &mut Speaker) {
    for node in &ceph.monitors {
        let subject = Subject::new(EntityKind::Monitor, format!("mon.{}", node.get_ref()));
        speaker.say(&subject, Fact::Exists, file.span(node));
        speaker.say(&subject, Fact::RunsOn(node.get_ref().clone()), file.span(node));
    }
    for osd in &ceph.osds {
        let subject = Subject::new(EntityKind::Osd, format!("osd.{}", osd.id.get_ref()));
        speaker.say(&subject, Fact::Exists, file.span(&osd.id));
        if let Some(node) = &osd.node {
            speaker.say(&subject, Fact::RunsOn(node.get_ref().clone()), file.span(node));
        }
    }
    for pool in &ceph.pools {
        let subject = Subject::new(EntityKind::Pool, pool.name.get_ref());
        speaker.say(&subject, Fact::Exists, file.span(&pool.name));
        if let Some(size) = &pool.size {
            speaker.say(&subject, Fact::PoolSize(*size.get_ref()), file.span(size));
        }
        if let Some(size) = &pool.min_size {
            speaker.say(&subject, Fact::PoolMinSize(*size.get_ref()), file.span(size));
        }
    }
}

fn read_network(file: &ClusterFile, speaker: &mut Speaker) {
    for bond in &file.tables.bonds {
        let subject = Subject::new(EntityKind::Bond, bond.name.get_ref());
        speaker.say(&subject, Fact::Exists, file.span(&bond.name));
        if let Some(stated) = &bond.mode
            && let Some(mode) = BondMode::read(stated.get_ref())
        {
            speaker.say(&subject, Fact::BondMode(mode), file.span(stated));
        }
        for port in &bond.ports {
            speaker.say(&subject, Fact::BondPort(port.get_ref().clone()), file.span(port));
        }
        if let Some(bridge) = &bond.bridge {
            speaker.say(&subject, Fact::PortOf(bridge.get_ref().clone()), file.span(bridge));
        }
    }
    for bridge in &file.tables.bridges {
        let subject = Subject::new(EntityKind::Bridge, bridge.name.get_ref());
        speaker.say(&subject, Fact::Exists, file.span(&bridge.name));
        if let Some(purpose) = &bridge.purpose {
            speaker.say(&subject, Fact::Purpose(purpose.get_ref().clone()), file.span(purpose));
        }
        for vlan in &bridge.vlans {
            speaker.say(&subject, Fact::CarriesVlan(*vlan.get_ref()), file.span(vlan));
        }
    }
    for subnet in &file.tables.subnets {
        let network = subnet.network.get_ref().trunc();
        speaker.say_subnet(network, file.span(&subnet.network));
        let subject = Subject::new(EntityKind::Subnet, network.to_string());
        if let Some(purpose) = &subnet.purpose {
            speaker.say(&subject, Fact::Purpose(purpose.get_ref().clone()), file.span(purpose));
        }
        if let Some(vlan) = &subnet.vlan {
            speaker.say(&subject, Fact::OnVlan(*vlan.get_ref()), file.span(vlan));
        }
    }
}
