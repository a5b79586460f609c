//! One cluster out of many claims.

use std::collections::BTreeMap;

use ipnet::IpNet;

use crate::base::text::{FileId, Place};
use crate::cluster::model::Cluster;
use crate::cluster::model::backup::{BackupFlow, BackupTarget};
use crate::cluster::model::ceph::{Daemon, Pool};
use crate::cluster::model::guest::{Guest, GuestKind};
use crate::cluster::model::network::{Bond, Bridge, Subnet, Vlan};
use crate::cluster::model::node::Node;
use crate::cluster::model::quorum::QDevice;
use crate::cluster::model::stated::Stated;

use super::aliases::{Alias, Aliases};
use super::ballot::{self, Ballot};
use super::behaviour::{DrawnTransition, Exchange, StateMachine, Workflow};
use super::claim::{Claim, EntityKind, Fact, Scenario, Source};
use super::read::{NameStatement, Statements};

/// What a set of documents says, put together.
///
/// It borrows from the statements of the files.
#[derive(Debug, Clone, Default)]
pub struct Intended<'a> {
    /// Every claim, in the order of places.
    pub claims: Vec<&'a Claim>,
    /// Who is who.
    pub aliases: Aliases<'a>,
    /// The cluster that the claims describe.
    pub cluster: Cluster,
    /// What each block says about votes, in the order of files and blocks.
    pub ballots: Vec<Ballot>,
    /// Quorum scenarios with the label that tells them, in order.
    pub scenarios: Vec<StatedScenario>,
    /// Workflows, in order.
    pub workflows: Vec<&'a Workflow>,
    /// Sequences, in order.
    pub exchanges: Vec<&'a Exchange>,
    /// State machines, in order.
    pub machines: Vec<&'a StateMachine>,
}

impl<'a> Intended<'a> {
    /// What the block says about votes, if it says anything.
    pub fn ballot(&self, file: FileId, block: usize) -> Option<&Ballot> {
        let at = self.ballots.binary_search_by_key(&(file, block), |ballot| (ballot.file, ballot.block));
        at.ok().map(|at| &self.ballots[at])
    }

    /// Every transition of every state machine, with its machine, in order.
    pub fn transitions(&self) -> impl Iterator<Item = (&'a StateMachine, &'a DrawnTransition)> {
        let machines = self.machines.iter().copied();
        machines.flat_map(|machine| machine.transitions.iter().map(move |transition| (machine, transition)))
    }

    /// The alias by which the claim at `place` was attributed.
    pub fn alias_at(&self, place: Place) -> Option<&Alias<'a>> {
        let first = self.claims.partition_point(|claim| claim.place < place);
        let claim = self.claims.get(first).filter(|claim| claim.place == place)?;
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

/// Puts together what the files of one set say.
pub fn assemble<'a>(files: impl IntoIterator<Item = &'a Statements>) -> Intended<'a> {
    let mut intended = Intended::default();
    let mut names: Vec<&NameStatement> = Vec::new();
    for file in files {
        intended.claims.extend(&file.claims);
        intended.workflows.extend(&file.workflows);
        intended.exchanges.extend(&file.exchanges);
        intended.machines.extend(&file.machines);
        names.extend(&file.names);
    }
    intended.claims.sort_by_key(|claim| claim.place);
    intended.aliases = Aliases::of(&intended.claims, &names);
    intended.ballots = ballot::read(&intended.claims, &intended.aliases);
    let compares = ballot::speak_of_several(&intended.ballots);
    let mut known = Known::default();
    for claim in &intended.claims {
        match &claim.fact {
            // Where clusters are compared, each number is that of its own diagram.
            Fact::NodeCount(_) | Fact::TotalVotes(_) | Fact::RequiredVotes(_) if compares => {}
            Fact::Scenario(scenario) => intended.scenarios.push(StatedScenario {
                text: claim.subject.name.clone(),
                scenario: scenario.clone(),
                place: claim.place,
                block: claim.block,
            }),
            _ => add(&mut intended.cluster, claim, &intended.aliases, &mut known),
        }
    }
    intended
}

/// Adds one claim to the cluster.
fn add<'a>(cluster: &mut Cluster, claim: &'a Claim, aliases: &Aliases<'a>, known: &mut Known<'a>) {
    match claim.subject.kind {
        EntityKind::Cluster => add_to_cluster(cluster, claim),
        EntityKind::Node | EntityKind::LocalNode | EntityKind::FoundingNode => {
            if let Some(link) = aliases.link_of(&claim.subject).filter(|link| !link.entity.key.is_empty()) {
                add_to_node(&mut cluster.nodes, claim, link, known);
            }
        }
        EntityKind::Corosync => cluster.quorum.corosync.push(claim.place),
        EntityKind::QDevice => add_to_qdevice(cluster.quorum.qdevice.get_or_insert_default(), claim),
        EntityKind::Ceph => cluster.ceph.mentions.push(claim.place),
        EntityKind::Monitor => add_to_daemon(&mut cluster.ceph.monitors, claim, aliases, known),
        EntityKind::Osd => add_to_daemon(&mut cluster.ceph.osds, claim, aliases, known),
        EntityKind::Pool => add_to_pool(&mut cluster.ceph.pools, claim, aliases, known),
        EntityKind::Ha => {
            if let Fact::Part(part) = claim.fact {
                let parts = &mut cluster.ha.parts;
                match parts.iter_mut().find(|(known, _)| *known == part) {
                    Some((_, places)) => places.push(claim.place),
                    None => parts.push((part, vec![claim.place])),
                }
            }
        }
        EntityKind::Guest => add_to_guest(cluster, claim, aliases, known),
        EntityKind::Bond => add_to_bond(&mut cluster.network.bonds, claim, known),
        EntityKind::Bridge => add_to_bridge(&mut cluster.network.bridges, claim, known),
        EntityKind::Vlan => add_to_vlan(&mut cluster.network.vlans, claim, known),
        EntityKind::Subnet => add_to_subnet(&mut cluster.network.subnets, claim, known),
        EntityKind::BackupTarget => add_to_target(&mut cluster.backup.targets, claim, known),
        EntityKind::BackupMode
        | EntityKind::Scenario
        | EntityKind::Workflow
        | EntityKind::Exchange
        | EntityKind::StateMachine => {}
    }
}

/// What tells a thing of the cluster from others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Named(EntityKind, &'a str),
    Vlan(u16),
    Subnet(IpNet),
    /// By name in lower case.
    Target(String),
}

/// Where in its list each thing of the cluster stands.
#[derive(Debug, Default)]
struct Known<'a>(BTreeMap<Key<'a>, usize>);

impl<'a> Known<'a> {
    /// The thing of `things` that `key` tells from others, made by `make` when there is none yet.
    fn find_or_add<'t, T>(
        &mut self,
        things: &'t mut Vec<T>,
        key: Key<'a>,
        make: impl FnOnce() -> T,
    ) -> &'t mut T {
        let at = *self.0.entry(key).or_insert(things.len());
        if at == things.len() {
            things.push(make());
        }
        &mut things[at]
    }
}

fn add_to_cluster(cluster: &mut Cluster, claim: &Claim) {
    match &claim.fact {
        Fact::Name(name) => cluster.name.state(name.clone(), claim.place),
        Fact::TwoNode(is_on) => cluster.quorum.two_node.state(*is_on, claim.place),
        Fact::QuorumOption(name) => cluster.quorum.options.push((name.clone(), claim.place)),
        Fact::NodeCount(count) => cluster.n_nodes.state(*count, claim.place),
        Fact::TotalVotes(votes) => cluster.quorum.total_votes.state(*votes, claim.place),
        Fact::RequiredVotes(votes) => cluster.quorum.required_votes.state(*votes, claim.place),
        _ => {}
    }
}

fn add_to_node<'a>(nodes: &mut Vec<Node>, claim: &Claim, link: &Alias<'a>, known: &mut Known<'a>) {
    let key = Key::Named(EntityKind::Node, link.entity_name);
    let node = known.find_or_add(nodes, key, || Node::named(link.entity_name));
    node.is_shown |= claim.source != Source::Sequence;
    match &claim.fact {
        Fact::Address(role, address) => node.addresses.entry(*role).or_default().state(*address, claim.place),
        Fact::Votes(votes) => node.votes.state(*votes, claim.place),
        Fact::NodeId(id) => node.node_id.state(*id, claim.place),
        _ => node.mentions.push(claim.place),
    }
}

fn add_to_qdevice(qdevice: &mut QDevice, claim: &Claim) {
    match claim.fact {
        Fact::Votes(votes) => {
            qdevice.votes.state(votes, claim.place);
            if claim.source == Source::Configuration {
                qdevice.configured_votes = Some(votes);
            }
        }
        Fact::Algorithm(algorithm) => qdevice.algorithm.state(algorithm, claim.place),
        _ => qdevice.mentions.push(claim.place),
    }
}

fn add_to_daemon<'a>(daemons: &mut Vec<Daemon>, claim: &Claim, aliases: &Aliases<'a>, known: &mut Known<'a>) {
    let Some(link) = aliases.link_of(&claim.subject).filter(|link| !link.entity.key.is_empty()) else {
        return;
    };
    let key = Key::Named(claim.subject.kind, link.entity_name);
    let daemon = known.find_or_add(daemons, key, || Daemon {
        name: link.entity_name.to_owned(),
        node: Stated::default(),
        mentions: Vec::new(),
    });
    match &claim.fact {
        Fact::RunsOn(node) => daemon.node.state(node.clone(), claim.place),
        _ => daemon.mentions.push(claim.place),
    }
}

fn add_to_pool<'a>(pools: &mut Vec<Pool>, claim: &Claim, aliases: &Aliases<'a>, known: &mut Known<'a>) {
    let Some(link) = aliases.link_of(&claim.subject) else {
        return;
    };
    let pool = known.find_or_add(pools, Key::Named(EntityKind::Pool, link.entity_name), || Pool {
        name: link.entity_name.to_owned(),
        size: Stated::default(),
        min_size: Stated::default(),
        mentions: Vec::new(),
    });
    match claim.fact {
        Fact::PoolSize(size) => pool.size.state(size, claim.place),
        Fact::PoolMinSize(size) => pool.min_size.state(size, claim.place),
        _ => pool.mentions.push(claim.place),
    }
}

fn add_to_guest<'a>(cluster: &mut Cluster, claim: &Claim, aliases: &Aliases<'a>, known: &mut Known<'a>) {
    let Some(link) = aliases.link_of(&claim.subject).filter(|link| !link.entity.key.is_empty()) else {
        return;
    };
    let name = link.entity_name;
    if let Fact::BackedUpBy(mode) = claim.fact {
        cluster.backup.flows.push(BackupFlow { guest: name.to_owned(), mode, place: claim.place });
        return;
    }
    let guest = known.find_or_add(&mut cluster.guests, Key::Named(EntityKind::Guest, name), || Guest {
        name: name.to_owned(),
        kind: GuestKind::VirtualMachine,
        ha_managed: Vec::new(),
        mentions: Vec::new(),
    });
    match claim.fact {
        Fact::GuestKind(kind) => {
            guest.kind = kind;
            guest.mentions.push(claim.place);
        }
        Fact::HaManaged => guest.ha_managed.push(claim.place),
        _ => guest.mentions.push(claim.place),
    }
}

fn add_to_bond<'a>(bonds: &mut Vec<Bond>, claim: &'a Claim, known: &mut Known<'a>) {
    let name = &claim.subject.name;
    let bond = known.find_or_add(bonds, Key::Named(EntityKind::Bond, name), || Bond {
        name: name.clone(),
        mode: Stated::default(),
        ports: Vec::new(),
        bridges: Vec::new(),
        mentions: Vec::new(),
    });
    match &claim.fact {
        Fact::BondMode(mode) => bond.mode.state(*mode, claim.place),
        Fact::BondPort(port) => bond.ports.push((port.clone(), claim.place)),
        Fact::PortOf(bridge) => bond.bridges.push((bridge.clone(), claim.place)),
        _ => bond.mentions.push(claim.place),
    }
}

fn add_to_bridge<'a>(bridges: &mut Vec<Bridge>, claim: &'a Claim, known: &mut Known<'a>) {
    let name = &claim.subject.name;
    let bridge = known.find_or_add(bridges, Key::Named(EntityKind::Bridge, name), || Bridge {
        name: name.clone(),
        purpose: Stated::default(),
        vlans: Vec::new(),
        mentions: Vec::new(),
    });
    match &claim.fact {
        Fact::Purpose(purpose) => bridge.purpose.state(purpose.clone(), claim.place),
        Fact::CarriesVlan(id) => bridge.vlans.push((*id, claim.place)),
        _ => bridge.mentions.push(claim.place),
    }
}

fn add_to_vlan(vlans: &mut Vec<Vlan>, claim: &Claim, known: &mut Known) {
    let Ok(id) = claim.subject.name.parse() else {
        return;
    };
    let vlan = known.find_or_add(vlans, Key::Vlan(id), || Vlan {
        id,
        purpose: Stated::default(),
        mentions: Vec::new(),
    });
    match &claim.fact {
        Fact::Purpose(purpose) => vlan.purpose.state(purpose.clone(), claim.place),
        _ => vlan.mentions.push(claim.place),
    }
}

fn add_to_subnet(subnets: &mut Vec<Subnet>, claim: &Claim, known: &mut Known) {
    let Ok(network) = claim.subject.name.parse() else {
        return;
    };
    let subnet = known.find_or_add(subnets, Key::Subnet(network), || Subnet {
        network,
        purpose: Stated::default(),
        vlan: Stated::default(),
        mentions: Vec::new(),
    });
    match &claim.fact {
        Fact::Purpose(purpose) => subnet.purpose.state(purpose.clone(), claim.place),
        Fact::OnVlan(id) => subnet.vlan.state(*id, claim.place),
        _ => subnet.mentions.push(claim.place),
    }
}

fn add_to_target(targets: &mut Vec<BackupTarget>, claim: &Claim, known: &mut Known) {
    let name = &claim.subject.name;
    let target = known.find_or_add(targets, Key::Target(name.to_ascii_lowercase()), || BackupTarget {
        name: name.clone(),
        modes: Vec::new(),
        retention: Vec::new(),
        mentions: Vec::new(),
    });
    match claim.fact {
        Fact::StoredOn(mode) => target.modes.push((mode, claim.place)),
        Fact::Keeps(period, count) => {
            // There are few periods.
            let kept = target.retention.iter().position(|(known, _)| *known == period);
            let kept = kept.unwrap_or_else(|| {
                target.retention.push((period, Stated::default()));
                target.retention.len() - 1
            });
            target.retention[kept].1.state(count, claim.place);
        }
        _ => target.mentions.push(claim.place),
    }
}
