//! What the cluster is made of: nodes and their addresses, corosync, Ceph, HA services, networks, backups.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::cluster::model::Cluster;
use crate::cluster::model::ceph::{Ceph, Daemon};
use crate::cluster::model::guest::GuestKind;
use crate::cluster::model::node::{AddressRole, Node};
use crate::mermaid::diagram::flowchart::{NodeIx, Shape};

use super::names;
use super::sketch::{Key, Sketch};
use super::view::{Agreement, NothingToDraw, View};

/// Returns the parts that the cluster states, each topic in a group of its own, and what runs or lies on what.
///
/// Guests are shown when HA manages them or backups take them.
///
/// # Errors
/// [`NothingToDraw::NoCluster`] when nothing is stated that the view shows.
pub fn architecture(cluster: &Cluster) -> Result<View, NothingToDraw> {
    let mut drawing = Drawing { cluster, agreement: Agreement::default(), sketch: Sketch::default() };
    let name = drawing.agreement.on(&cluster.name, "the cluster", "name").map_or("", String::as_str);
    let nodes: Vec<&Node> = cluster.nodes.iter().filter(|node| node.is_shown).collect();
    let n_nodes = drawing.agreement.on(&cluster.n_nodes, "the cluster", "number of nodes");
    let title = names::cluster_title(name, n_nodes.copied());
    drawing.sketch = Sketch::titled(format!("Architecture of the {title}"), sentence(cluster, nodes.len()));
    drawing.nodes(&nodes, &title);
    drawing.corosync(&nodes);
    drawing.ceph(&cluster.ceph);
    drawing.services();
    drawing.network(&nodes);
    drawing.backup();
    if drawing.sketch.is_empty() {
        return Err(NothingToDraw::NoCluster);
    }
    Ok(View { chart: drawing.sketch.finish(), left_out: drawing.agreement.left_out })
}

struct Drawing<'a> {
    cluster: &'a Cluster,
    agreement: Agreement,
    sketch: Sketch,
}

impl Drawing<'_> {
    fn nodes(&mut self, nodes: &[&Node], title: &str) {
        self.sketch.group("nodes", title);
        for node in nodes {
            let mut lines = vec![names::of_node(&node.name)];
            for (role, stated) in &node.addresses {
                if let Some(address) = self.agreement.on(stated, &node.name, role.noun()) {
                    lines.extend(address_line(*role, *address, lines.len() == 1));
                }
            }
            self.sketch.node(Key::of("node", &node.name), &node.name, Shape::Square, &lines);
        }
        self.sketch.end_group();
    }

    /// Corosync with its links, and the QDevice.
    fn corosync(&mut self, nodes: &[&Node]) {
        let quorum = &self.cluster.quorum;
        let numbers = links(nodes);
        if quorum.corosync.is_empty() && quorum.qdevice.is_none() && numbers.is_empty() {
            return;
        }
        // A frame around Corosync alone would say nothing.
        if quorum.qdevice.is_some() {
            self.sketch.group("membership", "Membership");
        }
        let mut lines = vec!["Corosync".to_owned()];
        lines.extend((numbers.len() > 1).then(|| format!("{} links", numbers.len())));
        let membership = self.sketch.node(Key::The("corosync"), "corosync", Shape::Stadium, &lines);
        for node in nodes {
            if let Some(node) = self.sketch.find(&Key::of("node", &node.name)) {
                self.sketch.join(node, membership, None);
            }
        }
        if let Some(qdevice) = &quorum.qdevice {
            let algorithm = self.agreement.on(&qdevice.algorithm, "the QDevice", "algorithm");
            let algorithm = algorithm.map(|algorithm| format!(" ({algorithm})")).unwrap_or_default();
            let qdevice = self.sketch.node(
                Key::The("qdevice"),
                "qdevice",
                Shape::Stadium,
                &[format!("QDevice{algorithm}")],
            );
            self.sketch.join(membership, qdevice, None);
        }
        self.sketch.end_group();
    }

    /// Daemons beside the nodes that run them, and the pools.
    fn ceph(&mut self, ceph: &Ceph) {
        let n_parts = ceph.monitors.len() + ceph.osds.len() + ceph.pools.len();
        if n_parts == 0 && ceph.mentions.is_empty() {
            return;
        }
        self.sketch.group("storage", "Storage");
        let monitors: Vec<NodeIx> =
            ceph.monitors.iter().map(|monitor| self.daemon(monitor, "Ceph monitor", Shape::Square)).collect();
        let osds: Vec<NodeIx> =
            ceph.osds.iter().map(|osd| self.daemon(osd, "OSD", Shape::Cylinder)).collect();
        let cluster = self.sketch.node(Key::The("ceph"), "ceph", Shape::Stadium, &["Ceph".to_owned()]);
        for daemon in monitors.into_iter().chain(osds) {
            self.sketch.join(daemon, cluster, None);
        }
        for pool in &ceph.pools {
            let size = self.agreement.on(&pool.size, &pool.name, "replication size");
            let min_size = self.agreement.on(&pool.min_size, &pool.name, "`min_size`");
            let mut lines = vec![names::of_pool(&pool.name)];
            lines.extend(match (size, min_size) {
                (Some(size), Some(min_size)) => Some(format!("size {size}/{min_size}")),
                (Some(size), None) => Some(format!("size {size}")),
                (None, Some(min_size)) => Some(format!("min_size {min_size}")),
                (None, None) => None,
            });
            let pool = self.sketch.node(Key::of("pool", &pool.name), &pool.name, Shape::Cylinder, &lines);
            self.sketch.join(cluster, pool, None);
        }
        self.sketch.end_group();
    }

    fn daemon(&mut self, daemon: &Daemon, kind: &'static str, shape: Shape) -> NodeIx {
        let lines = [names::of_daemon(kind, &daemon.name)];
        let drawn = self.sketch.node(Key::of(kind, &daemon.name), &daemon.name, shape, &lines);
        let host = self.agreement.on(&daemon.node, &daemon.name, "node");
        if let Some(host) = host.and_then(|host| self.sketch.find(&Key::of("node", host))) {
            self.sketch.join(host, drawn, None);
        }
        drawn
    }

    /// The guests that HA manages.
    fn services(&mut self) {
        let services: Vec<_> =
            self.cluster.guests.iter().filter(|guest| !guest.ha_managed.is_empty()).collect();
        if services.is_empty() {
            return;
        }
        self.sketch.group("services", "HA services");
        let manager =
            self.sketch.node(Key::The("ha_manager"), "ha_manager", Shape::Square, &["HA manager".to_owned()]);
        for guest in services {
            let drawn = self.guest(&guest.name);
            self.sketch.join(manager, drawn, None);
        }
        self.sketch.end_group();
    }

    fn guest(&mut self, name: &str) -> NodeIx {
        let known = self.cluster.guests.iter().find(|guest| guest.name == name);
        let shape = match known.map(|guest| guest.kind) {
            Some(GuestKind::Container) => Shape::Subroutine,
            _ => Shape::Round,
        };
        self.sketch.node(Key::of("guest", name), name, shape, &[name.to_owned()])
    }

    /// Bonds, bridges, VLANs and subnets from the cable upwards. What nothing is joined to stands apart.
    fn network(&mut self, nodes: &[&Node]) {
        let plan = self.plan(nodes);
        let joined: BTreeSet<&Key> = plan.joints.iter().flat_map(|(from, to, _)| [from, to]).collect();
        for (group, title, is_joined) in
            [("network", "Network", true), ("networks", "Further networks", false)]
        {
            self.sketch.group(group, title);
            for part in plan.parts.iter().filter(|part| joined.contains(&part.key) == is_joined) {
                self.sketch.node(part.key.clone(), &part.id, part.shape.clone(), &part.lines);
            }
        }
        self.sketch.end_group();
        for (from, to, label) in &plan.joints {
            if let (Some(from), Some(to)) = (self.sketch.find(from), self.sketch.find(to)) {
                self.sketch.join(from, to, label.as_deref());
            }
        }
    }

    fn plan(&mut self, nodes: &[&Node]) -> Plan {
        let network = &self.cluster.network;
        let mut plan = Plan::default();
        for bond in &network.bonds {
            let mut lines = vec![bond.name.clone()];
            let mode = self.agreement.on(&bond.mode, &bond.name, "bond mode");
            lines.extend(mode.map(|mode| mode.name().to_owned()));
            let ports: Vec<&str> = bond.ports.iter().map(|(port, _)| port.as_str()).collect();
            lines.extend((!ports.is_empty()).then(|| distinct(ports).join(" + ")));
            plan.add(Key::of("bond", &bond.name), bond.name.clone(), Shape::Square, lines);
            for (bridge, _) in &bond.bridges {
                plan.join(Key::of("bond", &bond.name), Key::of("bridge", bridge));
            }
        }
        let mut vlans: Vec<u16> = Vec::new();
        for bridge in &network.bridges {
            let mut lines = vec![bridge.name.clone()];
            lines.extend(self.agreement.on(&bridge.purpose, &bridge.name, "purpose").cloned());
            plan.add(Key::of("bridge", &bridge.name), bridge.name.clone(), Shape::Square, lines);
            for (vlan, _) in &bridge.vlans {
                vlans.push(*vlan);
                plan.join(Key::of("bridge", &bridge.name), Key::of("vlan", vlan.to_string()));
            }
        }
        let subnets: Vec<(String, Option<u16>, Option<String>)> = network
            .subnets
            .iter()
            .map(|subnet| {
                let name = subnet.network.to_string();
                let vlan = self.agreement.on(&subnet.vlan, &name, "VLAN").copied();
                let purpose = self.agreement.on(&subnet.purpose, &name, "purpose").cloned();
                (name, vlan, purpose)
            })
            .collect();
        vlans.extend(network.vlans.iter().map(|vlan| vlan.id));
        vlans.extend(subnets.iter().filter_map(|(_, vlan, _)| *vlan));
        for id in distinct(vlans) {
            let mut lines = vec![format!("VLAN {id}")];
            let stated = network.vlans.iter().find(|vlan| vlan.id == id);
            let purpose = stated.and_then(|vlan| self.agreement.on(&vlan.purpose, &lines[0], "purpose"));
            lines.extend(purpose.cloned());
            plan.add(Key::of("vlan", id.to_string()), format!("vlan_{id}"), Shape::Square, lines);
        }
        for (name, vlan, purpose) in subnets {
            if let Some(vlan) = vlan {
                plan.join(Key::of("vlan", vlan.to_string()), Key::of("subnet", &name));
            }
            let lines: Vec<String> = [Some(name.clone()), purpose].into_iter().flatten().collect();
            plan.add(Key::of("subnet", &name), format!("net_{name}"), Shape::Hexagon, lines);
        }
        self.join_links(nodes, &mut plan);
        plan
    }

    /// Corosync's links to the subnets that hold the addresses of all nodes on them.
    fn join_links(&self, nodes: &[&Node], plan: &mut Plan) {
        for link in links(nodes) {
            let addresses: Vec<IpAddr> = nodes
                .iter()
                .filter_map(|node| node.addresses.get(&AddressRole::Link(link))?.agreed().copied())
                .collect();
            let holds = |subnet: &&crate::cluster::model::network::Subnet| {
                !addresses.is_empty() && addresses.iter().all(|address| subnet.network.contains(address))
            };
            if let Some(subnet) = self.cluster.network.subnets.iter().find(holds) {
                let subnet = Key::of("subnet", subnet.network.to_string());
                plan.joints.push((Key::The("corosync"), subnet, Some(format!("link {link}"))));
            }
        }
    }

    /// Guests to modes, modes to targets, targets to what they keep.
    fn backup(&mut self) {
        let backup = &self.cluster.backup;
        if backup.flows.is_empty() && backup.targets.is_empty() {
            return;
        }
        self.sketch.group("backups", "Backups");
        for flow in &backup.flows {
            let guest = self.guest(&flow.guest);
            let mode = self.mode(flow.mode.name());
            self.sketch.join(guest, mode, None);
        }
        for target in &backup.targets {
            let drawn = self.sketch.node(
                Key::of("backup", &target.name),
                &target.name,
                Shape::Cylinder,
                std::slice::from_ref(&target.name),
            );
            for (mode, _) in &target.modes {
                let mode = self.mode(mode.name());
                self.sketch.join(mode, drawn, None);
            }
            for (period, count) in &target.retention {
                if let Some(count) = self.agreement.on(count, &target.name, "retention") {
                    let line = format!("{}: {count}", capitalised(period.name()));
                    let kept = self.sketch.node(
                        Key::of(period.name(), &target.name),
                        period.name(),
                        Shape::Square,
                        &[line],
                    );
                    self.sketch.join(drawn, kept, None);
                }
            }
        }
        self.sketch.end_group();
    }

    fn mode(&mut self, name: &str) -> NodeIx {
        let line = format!("{} mode", capitalised(name));
        self.sketch.node(Key::of("mode", name), &format!("{name}_mode"), Shape::Square, &[line])
    }
}

/// The parts of the network and what joins them.
#[derive(Debug, Default)]
struct Plan {
    parts: Vec<Part>,
    /// From, to, and what stands at the edge.
    joints: Vec<(Key, Key, Option<String>)>,
}

#[derive(Debug)]
struct Part {
    key: Key,
    /// What its id is like.
    id: String,
    shape: Shape,
    lines: Vec<String>,
}

impl Plan {
    fn add(&mut self, key: Key, id: String, shape: Shape, lines: Vec<String>) {
        self.parts.push(Part { key, id, shape, lines });
    }

    fn join(&mut self, from: Key, to: Key) {
        self.joints.push((from, to, None));
    }
}

/// The line that gives an address with its use; only the address that is the node's own stands without a word.
///
/// A further link is told where link 0 is: an address with its number alone would be taken for that of link 0.
fn address_line(role: AddressRole, address: IpAddr, is_first: bool) -> Option<String> {
    Some(match role {
        AddressRole::Link(0) => address.to_string(),
        AddressRole::Link(link) if link > 1 && is_first => return None,
        AddressRole::Link(link) => format!("link {link}: {address}"),
        AddressRole::Storage => format!("storage: {address}"),
        AddressRole::Management => format!("management: {address}"),
    })
}

/// The links on which nodes have addresses.
fn links(nodes: &[&Node]) -> BTreeSet<u8> {
    let roles = nodes.iter().flat_map(|node| node.addresses.keys());
    roles
        .filter_map(|role| match role {
            AddressRole::Link(link) => Some(*link),
            _ => None,
        })
        .collect()
}

/// The items in order, each once.
fn distinct<T: Ord + Clone>(items: Vec<T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    items.into_iter().filter(|item| seen.insert(item.clone())).collect()
}

/// What a reader who does not see the drawing is told: how many there are of each kind.
fn sentence(cluster: &Cluster, n_nodes: usize) -> String {
    let services = cluster.guests.iter().filter(|guest| !guest.ha_managed.is_empty()).count();
    let (ceph, network) = (&cluster.ceph, &cluster.network);
    let counts = [
        (n_nodes, "node"),
        (ceph.monitors.len(), "Ceph monitor"),
        (ceph.osds.len(), "OSD"),
        (ceph.pools.len(), "Ceph pool"),
        (services, "HA service"),
        (network.bridges.len(), "bridge"),
        (network.subnets.len(), "subnet"),
        (cluster.backup.targets.len(), "backup target"),
    ];
    let counts = counts.into_iter().filter(|(n, _)| *n > 0);
    let counts: Vec<String> =
        counts.map(|(n, noun)| format!("{n} {noun}{}", if n == 1 { "" } else { "s" })).collect();
    counts.join(", ")
}

fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
