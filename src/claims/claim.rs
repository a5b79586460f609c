//! One thing that a document says.

use std::fmt;
use std::net::IpAddr;

use crate::base::text::Place;
use crate::cluster::model::backup::{BackupMode, Period};
use crate::cluster::model::guest::GuestKind;
use crate::cluster::model::ha::HaPart;
use crate::cluster::model::network::BondMode;
use crate::cluster::model::node::AddressRole;
use crate::cluster::model::quorum::Algorithm;
use crate::cluster::model::vote::Votes;

/// A statement about the cluster, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Whom it is about, in the author's words.
    pub subject: Subject,
    /// What it says.
    pub fact: Fact,
    /// The words that say it.
    pub place: Place,
    /// What kind of text says it.
    pub source: Source,
    /// The block of the file that holds it, counted from 0.
    pub block: usize,
}

/// Whom a claim is about: a kind of thing, and the name it has at that place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// Kind of thing.
    pub kind: EntityKind,
    /// Name as written; empty for the one thing of its kind.
    pub name: String,
}

impl Subject {
    /// The thing of `kind` that is called `name`.
    pub fn new(kind: EntityKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into() }
    }

    /// The one thing of `kind`.
    pub fn the(kind: EntityKind) -> Self {
        Self::new(kind, "")
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() {
            f.write_str(self.kind.noun())
        } else {
            write!(f, "{} \"{}\"", self.kind.noun(), self.name)
        }
    }
}

/// Kind of thing that a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// The cluster as a whole.
    Cluster,
    /// A Proxmox node.
    Node,
    /// The node that a command is run on, known by that command only.
    LocalNode,
    /// The node that `pvecm create` is run on, known by that command only.
    FoundingNode,
    /// Corosync.
    Corosync,
    /// The QDevice.
    QDevice,
    /// Ceph as a whole.
    Ceph,
    /// A Ceph monitor.
    Monitor,
    /// A Ceph OSD.
    Osd,
    /// A Ceph pool.
    Pool,
    /// A part of the HA stack.
    Ha,
    /// A virtual machine or container.
    Guest,
    /// A bond.
    Bond,
    /// A bridge.
    Bridge,
    /// A VLAN.
    Vlan,
    /// A subnet.
    Subnet,
    /// A way to back up.
    BackupMode,
    /// A storage that backups go to.
    BackupTarget,
    /// A quorum scenario.
    Scenario,
    /// A workflow.
    Workflow,
    /// A sequence of messages.
    Exchange,
    /// A state machine of an HA service.
    StateMachine,
}

impl EntityKind {
    /// The noun that readers see.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Cluster => "cluster",
            Self::Node => "node",
            Self::LocalNode => "node the command runs on",
            Self::FoundingNode => "node that creates the cluster",
            Self::Corosync => "corosync",
            Self::QDevice => "QDevice",
            Self::Ceph => "Ceph",
            Self::Monitor => "Ceph monitor",
            Self::Osd => "OSD",
            Self::Pool => "pool",
            Self::Ha => "HA",
            Self::Guest => "guest",
            Self::Bond => "bond",
            Self::Bridge => "bridge",
            Self::Vlan => "VLAN",
            Self::Subnet => "subnet",
            Self::BackupMode => "backup mode",
            Self::BackupTarget => "backup target",
            Self::Scenario => "quorum scenario",
            Self::Workflow => "workflow",
            Self::Exchange => "sequence",
            Self::StateMachine => "HA state machine",
        }
    }
}

/// What kind of text states a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A flowchart.
    Flowchart,
    /// A sequence diagram.
    Sequence,
    /// A state diagram.
    State,
    /// A configuration file.
    Configuration,
    /// A command.
    Command,
}

impl Source {
    /// The word that `model` shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flowchart => "flowchart",
            Self::Sequence => "sequence",
            Self::State => "state",
            Self::Configuration => "configuration",
            Self::Command => "command",
        }
    }
}

/// What a claim says.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// It is there.
    Exists,
    /// A cluster has this name.
    Name(String),
    /// A cluster has this many nodes.
    NodeCount(u32),
    /// A node has this address.
    Address(AddressRole, IpAddr),
    /// A node has this corosync node id.
    NodeId(u32),
    /// A node or QDevice has this many votes.
    Votes(Votes),
    /// A QDevice decides by this algorithm.
    Algorithm(Algorithm),
    /// All votes together.
    TotalVotes(Votes),
    /// Votes needed for quorum.
    RequiredVotes(Votes),
    /// `two_node` is on or off.
    TwoNode(bool),
    /// Another option that changes who has quorum is set.
    QuorumOption(String),
    /// A scenario and what is said to come of it.
    Scenario(Scenario),
    /// A monitor or OSD runs on the node of this name.
    RunsOn(String),
    /// A pool keeps this many copies.
    PoolSize(u32),
    /// A pool stops I/O below this many copies.
    PoolMinSize(u32),
    /// It is this part of the HA stack.
    Part(HaPart),
    /// It is this kind of guest.
    GuestKind(GuestKind),
    /// HA manages the guest.
    HaManaged,
    /// A bond works in this mode.
    BondMode(BondMode),
    /// A bond has this interface as a port.
    BondPort(String),
    /// A bond is a port of the bridge of this name.
    PortOf(String),
    /// A bridge, VLAN or subnet is meant for this.
    Purpose(String),
    /// A bridge carries this VLAN.
    CarriesVlan(u16),
    /// A subnet is on this VLAN.
    OnVlan(u16),
    /// A guest is backed up in this mode.
    BackedUpBy(BackupMode),
    /// Backups of this mode go to the target of this name.
    StoredOn(BackupMode),
    /// A target keeps this many of a period's backups.
    Keeps(Period, u32),
    /// A workflow does this as its n-th step, from 1.
    Step(usize, String),
    /// A sequence sends this as its n-th message, from 1: sender, receiver, text.
    Message(usize, String, String, String),
    /// A state machine has this state.
    State(String),
    /// A state machine has this transition: from, to, trigger.
    Transition(String, String, String),
}

impl Fact {
    /// The kebab-case word for what is said, stable for programs.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::Name(_) => "name",
            Self::NodeCount(_) => "node-count",
            Self::Address(..) => "address",
            Self::NodeId(_) => "node-id",
            Self::Votes(_) => "votes",
            Self::Algorithm(_) => "algorithm",
            Self::TotalVotes(_) => "total-votes",
            Self::RequiredVotes(_) => "required-votes",
            Self::TwoNode(_) => "two-node",
            Self::QuorumOption(_) => "quorum-option",
            Self::Scenario(_) => "scenario",
            Self::RunsOn(_) => "runs-on",
            Self::PoolSize(_) => "size",
            Self::PoolMinSize(_) => "min-size",
            Self::Part(_) => "part",
            Self::GuestKind(_) => "guest-kind",
            Self::HaManaged => "ha-managed",
            Self::BondMode(_) => "bond-mode",
            Self::BondPort(_) => "bond-port",
            Self::PortOf(_) => "port-of",
            Self::Purpose(_) => "purpose",
            Self::CarriesVlan(_) => "carries-vlan",
            Self::OnVlan(_) => "on-vlan",
            Self::BackedUpBy(_) => "backed-up-by",
            Self::StoredOn(_) => "stores",
            Self::Keeps(..) => "keeps",
            Self::Step(..) => "step",
            Self::Message(..) => "message",
            Self::State(_) => "state",
            Self::Transition(..) => "transition",
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists | Self::HaManaged => f.write_str("yes"),
            Self::Name(text)
            | Self::RunsOn(text)
            | Self::BondPort(text)
            | Self::PortOf(text)
            | Self::Purpose(text)
            | Self::QuorumOption(text)
            | Self::State(text) => f.write_str(text),
            Self::TwoNode(is_on) => is_on.fmt(f),
            Self::NodeCount(n) | Self::NodeId(n) | Self::PoolSize(n) | Self::PoolMinSize(n) => n.fmt(f),
            Self::Address(AddressRole::Link(0), address) => address.fmt(f),
            Self::Address(role, address) => write!(f, "{address} ({})", role.noun()),
            Self::Votes(votes) | Self::TotalVotes(votes) | Self::RequiredVotes(votes) => votes.fmt(f),
            Self::Algorithm(algorithm) => algorithm.fmt(f),
            Self::Scenario(scenario) => scenario.fmt(f),
            Self::Part(part) => f.write_str(part.name()),
            Self::GuestKind(kind) => f.write_str(kind.name()),
            Self::BondMode(mode) => mode.fmt(f),
            Self::CarriesVlan(id) | Self::OnVlan(id) => id.fmt(f),
            Self::BackedUpBy(mode) | Self::StoredOn(mode) => mode.fmt(f),
            Self::Keeps(period, count) => write!(f, "{count} {period}"),
            Self::Step(nth, action) => write!(f, "{nth}. {action}"),
            Self::Message(nth, from, to, text) => write!(f, "{nth}. {from} to {to}: {text}"),
            Self::Transition(from, to, trigger) if trigger.is_empty() => write!(f, "{from} to {to}"),
            Self::Transition(from, to, trigger) => write!(f, "{from} to {to}: {trigger}"),
        }
    }
}

/// "With so much down, there are so many votes, and quorum or not."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// What is up and down in it.
    pub condition: Condition,
    /// Votes said to be present.
    pub votes: Option<Votes>,
    /// Quorum said to be there.
    pub quorate: Option<bool>,
}

/// What is up and down in a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// Nodes.
    pub nodes: NodesUp,
    /// The QDevice's server can be reached.
    pub qdevice_up: bool,
    /// The QDevice is named, so that the cluster must have one.
    pub names_qdevice: bool,
}

/// How many nodes are up in a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodesUp {
    /// All but this many.
    AllBut(u32),
    /// This many.
    Exactly(u32),
}

impl NodesUp {
    /// Number of nodes that are up among `n_nodes`; `None` when the scenario needs more than there are.
    pub fn count(self, n_nodes: u32) -> Option<u32> {
        match self {
            Self::AllBut(down) => n_nodes.checked_sub(down),
            Self::Exactly(up) => (up <= n_nodes).then_some(up),
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.condition.nodes {
            NodesUp::AllBut(0) => f.write_str("all nodes up")?,
            NodesUp::AllBut(1) => f.write_str("1 node down")?,
            NodesUp::AllBut(down) => write!(f, "{down} nodes down")?,
            NodesUp::Exactly(1) => f.write_str("1 node up")?,
            NodesUp::Exactly(up) => write!(f, "{up} nodes up")?,
        }
        if !self.condition.qdevice_up {
            f.write_str(", QDevice down")?;
        }
        if let Some(votes) = self.votes {
            write!(f, ": {votes} {}", votes.noun())?;
        }
        match self.quorate {
            Some(true) => f.write_str(", quorate"),
            Some(false) => f.write_str(", not quorate"),
            None => Ok(()),
        }
    }
}
