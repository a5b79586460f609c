//! What was understood, as an outline of things with their facts: the one shape that every output of `model` prints.

use crate::base::text::Place;
use crate::claims::assemble::Intended;
use crate::cluster::model::Cluster;
use crate::cluster::model::ceph::{Ceph, Daemon};
use crate::cluster::model::network::Network;
use crate::cluster::model::quorum::Quorum;
use crate::cluster::model::stated::Stated;

/// Things of one kind.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) title: &'static str,
    pub(crate) things: Vec<Thing>,
}

/// A thing, where it is mentioned, and what is said about it.
#[derive(Debug)]
pub(crate) struct Thing {
    pub(crate) name: String,
    pub(crate) mentions: Vec<Place>,
    pub(crate) facts: Vec<FactLine>,
}

/// A fact: its name, and each value with the place that states it.
#[derive(Debug)]
pub(crate) struct FactLine {
    pub(crate) name: &'static str,
    pub(crate) values: Vec<(String, Place)>,
    /// Only one of the values can be true.
    pub(crate) is_disputed: bool,
}

impl Thing {
    fn new(name: impl Into<String>, mentions: &[Place]) -> Self {
        Self { name: name.into(), mentions: mentions.to_vec(), facts: Vec::new() }
    }

    /// Adds a fact that has one value; nothing when nobody states it.
    fn stated<T: ToString + PartialEq + Clone>(mut self, name: &'static str, stated: &Stated<T>) -> Self {
        let values: Vec<(String, Place)> =
            stated.values().into_iter().map(|(value, place)| (value.to_string(), place)).collect();
        if !values.is_empty() {
            self.facts.push(FactLine { name, values, is_disputed: matches!(stated, Stated::Disputed(_)) });
        }
        self
    }

    /// Adds a fact that may have several values; nothing when there is none.
    fn listed(mut self, name: &'static str, values: impl IntoIterator<Item = (String, Place)>) -> Self {
        let values: Vec<(String, Place)> = values.into_iter().collect();
        if !values.is_empty() {
            self.facts.push(FactLine { name, values, is_disputed: false });
        }
        self
    }
}

/// The outline of what a set of documents says; groups without a thing are left out.
pub(crate) fn of(intended: &Intended) -> Vec<Group> {
    let Cluster { name, n_nodes, nodes, quorum, ceph, ha, guests, network, backup } = &intended.cluster;
    let cluster = Thing::new("the cluster", &[]).stated("name", name).stated("nodes", n_nodes);
    let cluster =
        cluster.stated("total votes", &quorum.total_votes).stated("required votes", &quorum.required_votes);
    let mut groups = vec![
        Group { title: "cluster", things: if cluster.facts.is_empty() { Vec::new() } else { vec![cluster] } },
        Group {
            title: "nodes",
            things: nodes
                .iter()
                .map(|node| {
                    let thing = Thing::new(&node.name, &node.mentions);
                    let thing = node
                        .addresses
                        .iter()
                        .fold(thing, |thing, (role, address)| thing.stated(role.noun(), address));
                    thing.stated("votes", &node.votes).stated("node id", &node.node_id)
                })
                .collect(),
        },
    ];
    groups.extend(quorum_groups(quorum));
    groups.push(Group {
        title: "quorum scenarios",
        things: intended
            .scenarios
            .iter()
            .map(|stated| {
                Thing::new(&stated.text, &[]).listed("says", [(stated.scenario.to_string(), stated.place)])
            })
            .collect(),
    });
    groups.extend(ceph_groups(ceph));
    groups.push(Group {
        title: "high availability",
        things: ha.parts.iter().map(|(part, places)| Thing::new(part.name(), places)).collect(),
    });
    groups.push(Group {
        title: "guests",
        things: guests
            .iter()
            .map(|guest| {
                let modes = backup.flows.iter().filter(|flow| flow.guest == guest.name);
                Thing::new(format!("{} ({})", guest.name, guest.kind.name()), &guest.mentions)
                    .listed("managed by HA", guest.ha_managed.iter().map(|place| ("yes".to_owned(), *place)))
                    .listed("backup mode", modes.map(|flow| (flow.mode.to_string(), flow.place)))
            })
            .collect(),
    });
    groups.extend(network_groups(network));
    groups.push(Group {
        title: "backup targets",
        things: backup
            .targets
            .iter()
            .map(|target| {
                let modes = target.modes.iter().map(|(mode, place)| (mode.to_string(), *place));
                let thing = Thing::new(&target.name, &target.mentions).listed("holds", modes);
                target
                    .retention
                    .iter()
                    .fold(thing, |thing, (period, count)| thing.stated(period.name(), count))
            })
            .collect(),
    });
    groups.extend(behaviour_groups(intended));
    groups.retain(|group| !group.things.is_empty());
    groups
}

fn quorum_groups(quorum: &Quorum) -> [Group; 2] {
    let corosync =
        if quorum.corosync.is_empty() { Vec::new() } else { vec![Thing::new("corosync", &quorum.corosync)] };
    let qdevice = quorum.qdevice.iter().map(|qdevice| {
        Thing::new("QDevice", &qdevice.mentions)
            .stated("votes", &qdevice.votes)
            .stated("algorithm", &qdevice.algorithm)
    });
    [Group { title: "corosync", things: corosync }, Group { title: "qdevice", things: qdevice.collect() }]
}

fn ceph_groups(ceph: &Ceph) -> [Group; 4] {
    let daemons = |daemons: &[Daemon]| {
        daemons
            .iter()
            .map(|daemon| Thing::new(&daemon.name, &daemon.mentions).stated("runs on", &daemon.node))
            .collect()
    };
    let pools = ceph.pools.iter().map(|pool| {
        Thing::new(&pool.name, &pool.mentions).stated("size", &pool.size).stated("min_size", &pool.min_size)
    });
    let whole = if ceph.mentions.is_empty() { Vec::new() } else { vec![Thing::new("Ceph", &ceph.mentions)] };
    [
        Group { title: "ceph", things: whole },
        Group { title: "ceph monitors", things: daemons(&ceph.monitors) },
        Group { title: "osds", things: daemons(&ceph.osds) },
        Group { title: "pools", things: pools.collect() },
    ]
}

fn network_groups(network: &Network) -> [Group; 4] {
    let bonds = network.bonds.iter().map(|bond| {
        Thing::new(&bond.name, &bond.mentions)
            .stated("mode", &bond.mode)
            .listed("ports", bond.ports.clone())
            .listed("port of", bond.bridges.clone())
    });
    let bridges = network.bridges.iter().map(|bridge| {
        Thing::new(&bridge.name, &bridge.mentions)
            .stated("for", &bridge.purpose)
            .listed("carries VLAN", bridge.vlans.iter().map(|(id, place)| (id.to_string(), *place)))
    });
    let vlans = network
        .vlans
        .iter()
        .map(|vlan| Thing::new(format!("VLAN {}", vlan.id), &vlan.mentions).stated("for", &vlan.purpose));
    let subnets = network.subnets.iter().map(|subnet| {
        Thing::new(subnet.network.to_string(), &subnet.mentions)
            .stated("for", &subnet.purpose)
            .stated("on VLAN", &subnet.vlan)
    });
    [
        Group { title: "bonds", things: bonds.collect() },
        Group { title: "bridges", things: bridges.collect() },
        Group { title: "vlans", things: vlans.collect() },
        Group { title: "subnets", things: subnets.collect() },
    ]
}

fn behaviour_groups(intended: &Intended) -> [Group; 3] {
    let workflows = intended.workflows.iter().map(|workflow| {
        let steps = workflow.steps.iter().map(|step| (step.text.clone(), step.place));
        Thing::new(&workflow.name, &[]).listed("steps", steps)
    });
    let exchanges = intended.exchanges.iter().map(|exchange| {
        let messages = exchange.messages.iter().map(|message| {
            let conditions = if message.conditions.is_empty() {
                String::new()
            } else {
                format!(" (if {})", message.conditions.join(", "))
            };
            (format!("{} to {}: {}{conditions}", message.from, message.to, message.text), message.place)
        });
        Thing::new(&exchange.name, &[]).listed("messages", messages)
    });
    let machines = intended.machines.iter().map(|machine| {
        let states = machine.states.iter().map(|state| (state.name.clone(), state.place));
        let transitions = machine.transitions.iter().map(|transition| {
            let (from, to) = (&machine.states[transition.from].name, &machine.states[transition.to].name);
            let trigger = if transition.trigger.is_empty() {
                String::new()
            } else {
                format!(": {}", transition.trigger)
            };
            (format!("{from} to {to}{trigger}"), transition.place)
        });
        Thing::new(&machine.name, &[]).listed("states", states).listed("transitions", transitions)
    });
    [
        Group { title: "workflows", things: workflows.collect() },
        Group { title: "sequences", things: exchanges.collect() },
        Group { title: "state machines", things: machines.collect() },
    ]
}
