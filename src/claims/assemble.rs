//! One cluster out of many claims.

use crate::base::text::Place;
use crate::cluster::model::Cluster;
use crate::cluster::model::backup::{BackupFlow, BackupTarget};
use crate::cluster::model::ceph::{Daemon, Pool};
use crate::cluster::model::guest::{Guest, GuestKind};
use crate::cluster::model::network::{Bond, Bridge, Subnet, Vlan};
use crate::cluster::model::node::Node;
use crate::cluster::model::quorum::QDevice;
use crate::cluster::model::stated::Stated;

use super::aliases::{Alias, Aliases};
use super::behaviour::{Exchange, StateMachine, Workflow};
use super::claim::{Claim, EntityKind, Fact, Scenario};
use super::read::{NameStatement, Statements};

/// What a set of documents says, put together.
#[derive(Debug, Clone, Default)]
pub struct Intended {
    /// Every claim, in the order of files and blocks.
    pub claims: Vec<Claim>,
    /// Who is who.
    pub aliases: Aliases,
    /// The cluster that the claims describe.
    pub cluster: Cluster,
    /// Quorum scenarios with the label that tells them, in order.
    pub scenarios: Vec<StatedScenario>,
    /// Workflows, in order.
    pub workflows: Vec<Workflow>,
    /// Sequences, in order.
    pub exchanges: Vec<Exchange>,
    /// State machines, in order.
    pub machines: Vec<StateMachine>,
}

impl Intended {
    /// The alias by which the claim at `place` was attributed.
    pub fn alias_at(&self, place: Place) -> Option<&Alias> {
        let claim = self.claims.iter().find(|claim| claim.place == place)?;
        self.aliases.link_of(&claim.subject)
    }
}

/// A scenario that a document tells.
#[derive(Debug, Clone)]
pub struct StatedScenario {
    /// Its label in one line.
    pub text: String,
    /// What it says.
    pub scenario: Scenario,
    /// The label.
    pub place: Place,
    /// The block of the file that holds it, counted from 0.
    pub block: usize,
}

/// Puts together what the files of one set say, in the order given.
pub fn assemble<'a>(files: impl IntoIterator<Item = &'a Statements>) -> Intended {
    let mut intended = Intended::default();
    let mut names: Vec<&NameStatement> = Vec::new();
    for file in files {
        intended.claims.extend(file.claims.iter().cloned());
        intended.workflows.extend(file.workflows.iter().cloned());
        intended.exchanges.extend(file.exchanges.iter().cloned());
        intended.machines.extend(file.machines.iter().cloned());
        names.extend(&file.names);
    }
    let claims: Vec<&Claim> = intended.claims.iter().collect();
    intended.aliases = Aliases::of(&claims, &names);
    for claim in claims {
        match &claim.fact {
            Fact::Scenario(scenario) => intended.scenarios.push(StatedScenario {
                text: claim.subject.name.clone(),
                scenario: scenario.clone(),
                place: claim.place,
                block: claim.block,
            }),
            _ => add(&mut intended.cluster, claim, &intended.aliases),
        }
    }
    intended
}

/// Adds one claim to the cluster.
fn add(cluster: &mut Cluster, claim: &Claim, aliases: &Aliases) {
    match claim.subject.kind {
        EntityKind::Cluster => add_to_cluster(cluster, claim),
        EntityKind::Node | EntityKind::LocalNode | EntityKind::FoundingNode => {
            if let Some(link) = aliases.link_of(&claim.subject).filter(|link| !link.entity.key.is_empty()) {
                add_to_node(&mut cluster.nodes, claim, link);
            }
        }
        EntityKind::Corosync => cluster.quorum.corosync.push(claim.place),
        EntityKind::QDevice => add_to_qdevice(cluster.quorum.qdevice.get_or_insert_default(), claim),
        EntityKind::Ceph => cluster.ceph.mentions.push(claim.place),
        EntityKind::Monitor => add_to_daemon(&mut cluster.ceph.monitors, claim, aliases),
        EntityKind::Osd => add_to_daemon(&mut cluster.ceph.osds, claim, aliases),
        EntityKind::Pool => add_to_pool(&mut cluster.ceph.pools, claim, aliases),
        EntityKind::Ha => {
            if let Fact::Part(part) = claim.fact {
                let parts = &mut cluster.ha.parts;
                match parts.iter_mut().find(|(known, _)| *known == part) {
                    Some((_, places)) => places.push(claim.place),
                    None => parts.push((part, vec![claim.place])),
                }
            }
        }
        EntityKind::Guest => add_to_guest(cluster, claim, aliases),
        EntityKind::Bond => add_to_bond(&mut cluster.network.bonds, claim),
        EntityKind::Bridge => add_to_bridge(&mut cluster.network.bridges, claim),
        EntityKind::Vlan => add_to_vlan(&mut cluster.network.vlans, claim),
        EntityKind::Subnet => add_to_subnet(&mut cluster.network.subnets, claim),
        EntityKind::BackupTarget => add_to_target(&mut cluster.backup.targets, claim),
        EntityKind::BackupMode
        | EntityKind::Scenario
        | EntityKind::Workflow
        | EntityKind::Exchange
        | EntityKind::StateMachine => {}
    }
}

/// The thing that `is_it` finds, made by `make` when there is none yet.
fn find_or_add<T>(things: &mut Vec<T>, is_it: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> &mut T {
    let at = things.iter().position(is_it).unwrap_or_else(|| {
        things.push(make());
        things.len() - 1
    });
    &mut things[at]
}

fn add_to_cluster(cluster: &mut Cluster, claim: &Claim) {
    match &claim.fact {
        Fact::Name(name) => cluster.name.state(name.clone(), claim.place),
        Fact::NodeCount(count) => cluster.n_nodes.state(*count, claim.place),
        Fact::TotalVotes(votes) => cluster.quorum.total_votes.state(*votes, claim.place),
        Fact::RequiredVotes(votes) => cluster.quorum.required_votes.state(*votes, claim.place),
        _ => {}
    }
}

fn add_to_node(nodes: &mut Vec<Node>, claim: &Claim, link: &Alias) {
    let node = find_or_add(nodes, |node| node.name == link.entity_name, || Node::named(&link.entity_name));
    match &claim.fact {
        Fact::Address(role, address) => node.addresses.entry(*role).or_default().state(*address, claim.place),
        Fact::Votes(votes) => node.votes.state(*votes, claim.place),
        Fact::NodeId(id) => node.node_id.state(*id, claim.place),
        _ => node.mentions.push(claim.place),
    }
}

fn add_to_qdevice(qdevice: &mut QDevice, claim: &Claim) {
    match claim.fact {
        Fact::Votes(votes) => qdevice.votes.state(votes, claim.place),
        Fact::Algorithm(algorithm) => qdevice.algorithm.state(algorithm, claim.place),
        _ => qdevice.mentions.push(claim.place),
    }
}

fn add_to_daemon(daemons: &mut Vec<Daemon>, claim: &Claim, aliases: &Aliases) {
    let Some(link) = aliases.link_of(&claim.subject).filter(|link| !link.entity.key.is_empty()) else {
        return;
    };
    let daemon = find_or_add(
        daemons,
        |daemon| daemon.name == link.entity_name,
        || Daemon { name: link.entity_name.clone(), node: Stated::default(), mentions: Vec::new() },
    );
    match &claim.fact {
        Fact::RunsOn(node) => daemon.node.state(node.clone(), claim.place),
        _ => daemon.mentions.push(claim.place),
    }
}

fn add_to_pool(pools: &mut Vec<Pool>, claim: &Claim, aliases: &Aliases) {
    let Some(link) = aliases.link_of(&claim.subject) else {
        return;
    };
    let pool = find_or_add(
        pools,
        |pool| pool.name == link.entity_name,
        || Pool {
            name: link.entity_name.clone(),
            size: Stated::default(),
            min_size: Stated::default(),
            mentions: Vec::new(),
        },
    );
    match claim.fact {
        Fact::PoolSize(size) => pool.size.state(size, claim.place),
        Fact::PoolMinSize(size) => pool.min_size.state(size, claim.place),
        _ => pool.mentions.push(claim.place),
    }
}

fn add_to_guest(cluster: &mut Cluster, claim: &Claim, aliases: &Aliases) {
    let Some(link) = aliases.link_of(&claim.subject).filter(|link| !link.entity.key.is_empty()) else {
        return;
    };
    let name = &link.entity_name;
    if let Fact::BackedUpBy(mode) = claim.fact {
        cluster.backup.flows.push(BackupFlow { guest: name.clone(), mode, place: claim.place });
        return;
    }
    let guest = find_or_add(
        &mut cluster.guests,
        |guest| guest.name == *name,
        || Guest {
            name: name.clone(),
            kind: GuestKind::VirtualMachine,
            ha_managed: Vec::new(),
            mentions: Vec::new(),
        },
    );
    match claim.fact {
        Fact::GuestKind(kind) => {
            guest.kind = kind;
            guest.mentions.push(claim.place);
        }
        Fact::HaManaged => guest.ha_managed.push(claim.place),
        _ => guest.mentions.push(claim.place),
    }
}

fn add_to_bond(bonds: &mut Vec<Bond>, claim: &Claim) {
    let name = &claim.subject.name;
    let bond = find_or_add(
        bonds,
        |bond| bond.name == *name,
        || Bond {
            name: name.clone(),
            mode: Stated::default(),
            ports: Vec::new(),
            bridges: Vec::new(),
            mentions: Vec::new(),
        },
    );
    match &claim.fact {
        Fact::BondMode(mode) => bond.mode.state(*mode, claim.place),
        Fact::BondPort(port) => bond.ports.push((port.clone(), claim.place)),
        Fact::PortOf(bridge) => bond.bridges.push((bridge.clone(), claim.place)),
        _ => bond.mentions.push(claim.place),
    }
}

fn add_to_bridge(bridges: &mut Vec<Bridge>, claim: &Claim) {
    let name = &claim.subject.name;
    let bridge = find_or_add(
        bridges,
        |bridge| bridge.name == *name,
        || Bridge { name: name.clone(), purpose: Stated::default(), vlans: Vec::new(), mentions: Vec::new() },
    );
    match &claim.fact {
        Fact::Purpose(purpose) => bridge.purpose.state(purpose.clone(), claim.place),
        Fact::CarriesVlan(id) => bridge.vlans.push((*id, claim.place)),
        _ => bridge.mentions.push(claim.place),
    }
}

fn add_to_vlan(vlans: &mut Vec<Vlan>, claim: &Claim) {
    let Ok(id) = claim.subject.name.parse() else {
        return;
    };
    let vlan = find_or_add(
        vlans,
        |vlan| vlan.id == id,
        || Vlan { id, purpose: Stated::default(), mentions: Vec::new() },
    );
    match &claim.fact {
        Fact::Purpose(purpose) => vlan.purpose.state(purpose.clone(), claim.place),
        _ => vlan.mentions.push(claim.place),
    }
}

fn add_to_subnet(subnets: &mut Vec<Subnet>, claim: &Claim) {
    let Ok(network) = claim.subject.name.parse() else {
        return;
    };
    let subnet = find_or_add(
        subnets,
        |subnet| subnet.network == network,
        || Subnet { network, purpose: Stated::default(), vlan: Stated::default(), mentions: Vec::new() },
    );
    match &claim.fact {
        Fact::Purpose(purpose) => subnet.purpose.state(purpose.clone(), claim.place),
        Fact::OnVlan(id) => subnet.vlan.state(*id, claim.place),
        _ => subnet.mentions.push(claim.place),
    }
}

fn add_to_target(targets: &mut Vec<BackupTarget>, claim: &Claim) {
    let name = &claim.subject.name;
    let target = find_or_add(
        targets,
        |target| target.name.eq_ignore_ascii_case(name),
        || BackupTarget {
            name: name.clone(),
            modes: Vec::new(),
            retention: Vec::new(),
            mentions: Vec::new(),
        },
    );
    match claim.fact {
        Fact::StoredOn(mode) => target.modes.push((mode, claim.place)),
        Fact::Keeps(period, count) => {
            let kept = find_or_add(
                &mut target.retention,
                |(known, _)| *known == period,
                || (period, Stated::default()),
            );
            kept.1.state(count, claim.place);
        }
        _ => target.mentions.push(claim.place),
    }
}
