//! Claims about behaviour, run on the cluster that the claims about structure describe.

use std::collections::BTreeSet;

use crate::base::text::Place;
use crate::cluster::model::Cluster;
use crate::cluster::model::quorum::{Algorithm, QDevice};
use crate::cluster::model::vote::Votes;
use crate::cluster::simulate::quorum::{Device, NodeId, Qnetd, QuorumSection, View, settled};

use super::assemble::{Intended, StatedScenario};

/// A quorum scenario and what corosync does in it.
#[derive(Debug, Clone)]
pub struct Trial {
    /// What was claimed.
    pub stated: StatedScenario,
    /// Nodes that are up in it.
    pub n_up: u32,
    /// Nodes of the cluster.
    pub n_nodes: u32,
    /// Where a title states that number.
    pub counted_at: Option<Place>,
    /// What came of it, once for each way the cluster may be set up: one run without a QDevice or when its algorithm is
    /// known, else one for each algorithm.
    pub runs: Vec<Run>,
}

/// One run of a scenario.
#[derive(Debug, Clone)]
pub struct Run {
    /// The QDevice's algorithm and votes; `None` without a QDevice.
    pub device: Option<(Algorithm, Votes)>,
    /// What the nodes that are up think; `None` when none is.
    pub view: Option<View>,
}

impl Run {
    /// Votes present.
    pub fn votes(&self) -> Votes {
        self.view.map_or(Votes(0), |view| view.total())
    }

    /// Quorum is there.
    pub fn is_quorate(&self) -> bool {
        self.view.is_some_and(|view| view.quorate)
    }

    /// The run shows what was claimed.
    fn shows(&self, trial: &Trial) -> bool {
        let scenario = &trial.stated.scenario;
        scenario.votes.is_none_or(|votes| votes == self.votes())
            && scenario.quorate.is_none_or(|quorate| quorate == self.is_quorate())
    }
}

impl Trial {
    /// No way to set up the cluster shows what was claimed.
    pub fn is_refuted(&self) -> bool {
        !self.runs.is_empty() && !self.runs.iter().any(|run| run.shows(self))
    }

    /// Both tell of the same state of the cluster.
    pub fn is_same_state(&self, other: &Trial) -> bool {
        let qdevice = |trial: &Trial| trial.stated.scenario.condition.qdevice_up;
        self.n_up == other.n_up && self.n_nodes == other.n_nodes && qdevice(self) == qdevice(other)
    }
}

/// Runs every quorum scenario that the documents tell, in their order.
///
/// A scenario is left out when nobody says how many nodes there are, when nodes differ in votes, so that it matters
/// which one is down, and when corosync has an option whose effect depends on what happened before.
pub fn run(intended: &Intended) -> Vec<Trial> {
    if !intended.cluster.quorum.options.is_empty() {
        return Vec::new();
    }
    intended.scenarios.iter().filter_map(|stated| run_scenario(stated, intended)).collect()
}

/// The number of nodes that the documents state, or else of those with stated votes, or else of all that are shown;
/// with the place that states it.
pub fn number_of_nodes(cluster: &Cluster) -> Option<(u32, Option<Place>)> {
    if let Some(stated) = cluster.n_nodes.agreed() {
        return Some((*stated, cluster.n_nodes.place()));
    }
    let voters = cluster.nodes.iter().filter(|node| node.votes.place().is_some()).count();
    let shown = cluster.nodes.iter().filter(|node| node.is_shown).count();
    let n_nodes = if voters > 0 { voters } else { shown };
    (n_nodes > 0).then_some((n_nodes as u32, None))
}

/// The votes that every node has: one unless stated (`votequorum(5)`, `quorum_votes`).
fn votes_of_each(cluster: &Cluster) -> Option<Votes> {
    let mut stated = cluster.nodes.iter().flat_map(|node| node.votes.values()).map(|(votes, _)| *votes);
    let first = stated.next().unwrap_or(Votes::ONE);
    stated.all(|votes| votes == first).then_some(first)
}

fn run_scenario(stated: &StatedScenario, intended: &Intended) -> Option<Trial> {
    // Above this a claim is no scenario of a cluster (corosync knows 32 nodes in practice) and a run no small matter.
    const MOST_NODES: u32 = 128;
    let cluster = &intended.cluster;
    let ballot = intended.ballot(stated.place.file, stated.block);
    let own = ballot.and_then(|ballot| Some((ballot.size()?, ballot.n_nodes.map(|(_, place)| place))));
    let (n_nodes, counted_at) = own.or_else(|| number_of_nodes(cluster))?;
    let votes = match ballot.filter(|ballot| !ballot.voters.is_empty()) {
        Some(ballot) => ballot.votes_of_each()?,
        None => votes_of_each(cluster)?,
    };
    // A diagram that shows all voters shows the QDevice too, if there is one.
    let has_device = match ballot {
        Some(ballot) if !ballot.voters.is_empty() => ballot.qdevice.is_some(),
        _ => cluster.quorum.qdevice.is_some(),
    };
    let condition = stated.scenario.condition;
    let n_up = condition.nodes.count(n_nodes).filter(|_| n_nodes <= MOST_NODES)?;
    if !has_device && condition.names_qdevice {
        return None;
    }
    let qnetd = if condition.qdevice_up { Qnetd::Reachable } else { Qnetd::Unreachable };
    let down: BTreeSet<NodeId> = (n_up + 1..=n_nodes).map(NodeId).collect();
    let devices = match &cluster.quorum.qdevice {
        Some(qdevice) if has_device => devices(qdevice, n_nodes).into_iter().map(Some).collect(),
        _ => vec![None],
    };
    let runs = devices.into_iter().filter_map(|device| {
        let described =
            device.as_ref().map(|device| (device.algorithm, device.votes_among(n_nodes as usize)));
        let section = QuorumSection {
            nodes: (1..=n_nodes).map(|id| (NodeId(id), votes)).collect(),
            two_node: cluster.quorum.two_node.agreed() == Some(&true),
            device,
            ..QuorumSection::default()
        };
        let views = settled(&section, &down, qnetd).ok()?;
        Some(Run { device: described, view: views.into_values().next() })
    });
    Some(Trial { stated: stated.clone(), n_up, n_nodes, counted_at, runs: runs.collect() })
}

/// The ways in which the QDevice may be set up: as stated, or as `pvecm qdevice setup` does it, which for an odd number of
/// nodes is `lms`, and as one with a single vote would have to be, `ffsplit`.
fn devices(qdevice: &QDevice, n_nodes: u32) -> Vec<Device> {
    if let Some(algorithm) = qdevice.algorithm.agreed() {
        let usual = Device::with_usual_votes(*algorithm);
        return vec![Device { votes: qdevice.configured_votes.or(usual.votes), ..usual }];
    }
    let usual = Device::as_pvecm_writes_it(n_nodes as usize);
    let single = Device::with_usual_votes(Algorithm::Ffsplit);
    if usual == single { vec![single] } else { vec![single, usual] }
}
