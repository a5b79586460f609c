//! Claims about behaviour, run on the cluster that the claims about structure describe.

use std::collections::BTreeSet;

use crate::cluster::model::Cluster;
use crate::cluster::model::quorum::Algorithm;
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

/// Runs every quorum scenario that the documents tell, in their order; none when they do not say how many nodes there
/// are, or when nodes differ in votes, so that it matters which one is down.
pub fn run(intended: &Intended) -> Vec<Trial> {
    let Some(n_nodes) = number_of_nodes(&intended.cluster) else {
        return Vec::new();
    };
    let Some(votes) = votes_of_each(&intended.cluster) else {
        return Vec::new();
    };
    let scenarios = intended.scenarios.iter();
    scenarios.filter_map(|stated| run_scenario(stated, &intended.cluster, n_nodes, votes)).collect()
}

/// The number that the documents state, or else of the nodes with stated votes, or else of all nodes.
pub fn number_of_nodes(cluster: &Cluster) -> Option<u32> {
    if let Some(stated) = cluster.n_nodes.agreed() {
        return Some(*stated);
    }
    let voters = cluster.nodes.iter().filter(|node| node.votes.place().is_some()).count();
    let n_nodes = if voters > 0 { voters } else { cluster.nodes.len() };
    (n_nodes > 0).then_some(n_nodes as u32)
}

/// The votes that every node has: one unless stated (`votequorum(5)`, `quorum_votes`).
fn votes_of_each(cluster: &Cluster) -> Option<Votes> {
    let mut stated = cluster.nodes.iter().flat_map(|node| node.votes.values()).map(|(votes, _)| *votes);
    let first = stated.next().unwrap_or(Votes::ONE);
    stated.all(|votes| votes == first).then_some(first)
}

fn run_scenario(stated: &StatedScenario, cluster: &Cluster, n_nodes: u32, votes: Votes) -> Option<Trial> {
    // Above this a claim is no scenario of a cluster (corosync knows 32 nodes in practice) and a run no small matter.
    const MOST_NODES: u32 = 128;
    let condition = stated.scenario.condition;
    let n_up = condition.nodes.count(n_nodes).filter(|_| n_nodes <= MOST_NODES)?;
    if cluster.quorum.qdevice.is_none() && !condition.qdevice_up {
        return None;
    }
    let qnetd = if condition.qdevice_up { Qnetd::Reachable } else { Qnetd::Unreachable };
    let down: BTreeSet<NodeId> = (n_up + 1..=n_nodes).map(NodeId).collect();
    let runs = devices(cluster).into_iter().filter_map(|device| {
        let described =
            device.as_ref().map(|device| (device.algorithm, device.votes_among(n_nodes as usize)));
        let section = QuorumSection {
            nodes: (1..=n_nodes).map(|id| (NodeId(id), votes)).collect(),
            device,
            ..QuorumSection::default()
        };
        let views = settled(&section, &down, qnetd).ok()?;
        Some(Run { device: described, view: views.into_values().next() })
    });
    Some(Trial { stated: stated.clone(), n_up, n_nodes, runs: runs.collect() })
}

/// The ways in which the cluster's QDevice may be set up.
fn devices(cluster: &Cluster) -> Vec<Option<Device>> {
    let Some(qdevice) = &cluster.quorum.qdevice else {
        return vec![None];
    };
    match qdevice.algorithm.agreed() {
        Some(algorithm) => vec![Some(Device::with_usual_votes(*algorithm))],
        None => [Algorithm::Ffsplit, Algorithm::Lms]
            .map(|algorithm| Some(Device::with_usual_votes(algorithm)))
            .to_vec(),
    }
}
