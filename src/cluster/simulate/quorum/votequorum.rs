//! Corosync's vote counting over time: what was seen before decides what is expected now.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::Serialize;
use thiserror::Error;

use super::qnetd;
use super::section::{Checked, Extra, NodeId, QuorumSection, Refusal, TieBreaker};
use crate::cluster::model::vote::Votes;

/// How nodes that stop running went away. It matters to `allow_downscale` alone: seen otherwise, a clean leave counts
/// like a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Departure {
    /// Power loss, a kill, a cut cable.
    #[default]
    Crash,
    /// An orderly stop of corosync.
    Leave,
}

/// Who runs and who sees whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Situation {
    /// Running nodes that see each other. A node in no partition is down; one in two counts for the first.
    pub partitions: Vec<BTreeSet<NodeId>>,
    /// Nodes whose `corosync-qdevice` runs and reaches the QDevice's server; empty when the server is down.
    pub qnetd_clients: BTreeSet<NodeId>,
    /// How the nodes that ran before and do not run now went away.
    pub departure: Departure,
}

/// What one running node thinks of its votes. Nodes of one partition may disagree: the QDevice's votes count only
/// where the node's own `corosync-qdevice` holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct View {
    /// Votes of the nodes that it sees, its own with them.
    pub node_votes: Votes,
    /// Votes of the QDevice that it holds.
    pub device_votes: Votes,
    /// Expected votes.
    pub expected: Votes,
    /// Votes needed to be quorate.
    pub needed: Votes,
    /// Whether it has quorum. A tie breaker grants it below `needed`, `wait_for_all` withholds it above.
    pub quorate: bool,
}

impl View {
    /// The votes it counts.
    pub fn total(&self) -> Votes {
        self.node_votes + self.device_votes
    }
}

/// Why `corosync-quorumtool -e` was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ExpectedError {
    /// The node is down.
    #[error("node {0} does not run")]
    NotRunning(NodeId),
    /// The quorum for so many votes would be no majority of the votes present, or could not be reached.
    #[error("{expected} expected votes need {needed}, while {total} are present")]
    OutOfRange {
        /// What was asked for.
        expected: Votes,
        /// Its quorum.
        needed: Votes,
        /// The votes present.
        total: Votes,
    },
}

/// What a running corosync remembers.
#[derive(Debug, Clone)]
struct Daemon {
    members: Rc<BTreeSet<NodeId>>,
    last_quorate_members: Option<Rc<BTreeSet<NodeId>>>,
    expected: Votes,
    /// `needed` does not fall below this: after a clean leave `allow_downscale` lowers what is expected, not what is
    /// needed (seen: "expected 2, quorum 3").
    needed_floor: Votes,
    /// Still waits for every node to show up once.
    waiting: bool,
    view: View,
}

/// A cluster's vote counting, advanced from one settled [`Situation`] to the next. It reads no clock: a situation lasts
/// until every timer, such as `last_man_standing_window`, has run out.
#[derive(Debug, Clone)]
pub struct Votequorum {
    section: Checked,
    daemons: BTreeMap<NodeId, Daemon>,
}

impl Votequorum {
    /// A cluster of which no node runs yet.
    ///
    /// # Errors
    /// [`Refusal`] when corosync would exit at start.
    pub fn new(section: &QuorumSection) -> Result<Self, Refusal> {
        Ok(Self { section: section.checked()?, daemons: BTreeMap::new() })
    }

    /// What each running node thinks once `situation` has lasted, in order of node ids.
    pub fn settle(&mut self, situation: &Situation) -> BTreeMap<NodeId, View> {
        let partitions = self.disjoint(&situation.partitions);
        let holders = self.section.seat().map_or_else(BTreeSet::new, |seat| {
            qnetd::holders(seat, self.section.nodes.len(), &partitions, &situation.qnetd_clients)
        });
        let before = std::mem::take(&mut self.daemons);
        for members in partitions {
            self.settle_partition(members, &before, &holders, situation.departure);
        }
        self.daemons.iter().map(|(node, daemon)| (*node, daemon.view)).collect()
    }

    /// Restarts corosync on `nodes`: they forget what they have seen.
    pub fn restart(&mut self, nodes: &BTreeSet<NodeId>) {
        self.daemons.retain(|node, _| !nodes.contains(node));
    }

    /// Sets the votes of `node`, as `corosync-quorumtool -v` does; counted from the next [`Self::settle`] on.
    pub fn set_votes(&mut self, node: NodeId, votes: Votes) {
        if let Some(own) = self.section.nodes.get_mut(&node) {
            *own = votes;
        }
    }

    /// Sets the expected votes in the partition of `node`, as `corosync-quorumtool -e` and `pvecm expected` do; counted
    /// from the next [`Self::settle`] on.
    ///
    /// # Errors
    /// [`ExpectedError`] when the node is down, or when the value would leave the partition with a quorum that is no
    /// majority of its votes or that it cannot reach (seen: `CS_ERR_INVALID_PARAM`).
    pub fn set_expected(&mut self, node: NodeId, expected: Votes) -> Result<(), ExpectedError> {
        let daemon = self.daemons.get(&node).ok_or(ExpectedError::NotRunning(node))?;
        let (total, needed) = (daemon.view.total(), expected.quorum());
        if !needed.is_majority_of(total) || needed > total {
            return Err(ExpectedError::OutOfRange { expected, needed, total });
        }
        let members = Rc::clone(&daemon.members);
        for (_, daemon) in self.daemons.iter_mut().filter(|(node, _)| members.contains(node)) {
            daemon.expected = expected;
            daemon.needed_floor = Votes(0);
        }
        Ok(())
    }

    /// The partitions without unknown nodes and repetitions.
    fn disjoint(&self, partitions: &[BTreeSet<NodeId>]) -> Vec<BTreeSet<NodeId>> {
        let mut placed = BTreeSet::new();
        partitions
            .iter()
            .map(|nodes| {
                let known = nodes.iter().filter(|node| self.section.nodes.contains_key(node));
                known.copied().filter(|node| placed.insert(*node)).collect()
            })
            .collect()
    }

    fn settle_partition(
        &mut self,
        members: BTreeSet<NodeId>,
        before: &BTreeMap<NodeId, Daemon>,
        holders: &BTreeSet<NodeId>,
        departure: Departure,
    ) {
        let members = Rc::new(members);
        let veterans: Vec<&Daemon> = members.iter().filter_map(|node| before.get(node)).collect();
        let node_votes: Votes = members.iter().filter_map(|node| self.section.nodes.get(node)).copied().sum();
        let device_votes = self.section.device_votes();

        // A newcomer takes over what the nodes that it meets expect (seen: after `-e 1`, a node that joins makes it 2,
        // not 3). A device counts where it is configured, even when nobody holds its votes.
        let remembered = veterans.iter().map(|daemon| daemon.expected).max();
        let mut expected =
            remembered.unwrap_or(self.section.expected_at_start).max(node_votes + device_votes);
        let mut needed_floor = veterans.iter().map(|daemon| daemon.needed_floor).max().unwrap_or_default();
        let someone_left = || veterans.iter().any(|daemon| !daemon.members.is_subset(&members));
        if self.section.allow_downscale && departure == Departure::Leave && someone_left() {
            needed_floor = veterans.iter().map(|daemon| daemon.view.needed).max().unwrap_or_default();
            expected = node_votes;
        }

        let last_quorate_members = veterans.iter().find_map(|daemon| daemon.last_quorate_members.clone());
        let anyone_holds = members.iter().any(|node| holders.contains(node));
        let most_votes = if anyone_holds { node_votes + device_votes } else { node_votes };
        // Seen: the device's votes count towards "all", so 2 of 3 nodes and a device pass for a complete cluster.
        let waiting = self.section.wait_for_all
            && veterans.iter().all(|daemon| daemon.waiting)
            && most_votes < expected;

        let needed = self.needed(members.len(), expected, needed_floor);
        let wins_tie = node_votes.is_half_of(expected)
            && last_quorate_members.as_deref().is_some_and(|last| self.wins_tie(last, &members));
        let quorate = |total: Votes| !waiting && (total >= needed || wins_tie);

        // Nodes that remain quorate shrink what they expect to what is left (votequorum(5), "last_man_standing").
        let (expected_after, needed_after) = match self.section.extra {
            Extra::Features { last_man_standing: true, .. } if quorate(node_votes) => {
                (node_votes, self.needed(members.len(), node_votes, needed_floor))
            }
            _ => (expected, needed),
        };

        for node in members.iter() {
            let device_votes = if holders.contains(node) { device_votes } else { Votes(0) };
            let quorate = quorate(node_votes + device_votes);
            let view =
                View { node_votes, device_votes, expected: expected_after, needed: needed_after, quorate };
            let daemon = Daemon {
                members: Rc::clone(&members),
                last_quorate_members: if quorate {
                    Some(Rc::clone(&members))
                } else {
                    last_quorate_members.clone()
                },
                expected: expected_after,
                needed_floor,
                // Seen: `wait_for_all` starts anew on every loss of quorum.
                waiting: self.section.wait_for_all && !quorate,
                view,
            };
            self.daemons.insert(*node, daemon);
        }
    }

    /// The votes that `n_members` nodes need when `expected` are expected.
    ///
    /// With `two_node` two nodes or one need a single vote, also in a cluster of three (seen; votequorum(5) says that
    /// the option is then disabled).
    fn needed(&self, n_members: usize, expected: Votes, floor: Votes) -> Votes {
        match self.section.extra {
            Extra::Features { two_node: true, .. } if n_members <= 2 => Votes::ONE,
            _ => expected.quorum().max(floor),
        }
    }

    /// True when the tie breaker among the nodes that were last quorate together is one of `members`.
    fn wins_tie(&self, last: &BTreeSet<NodeId>, members: &BTreeSet<NodeId>) -> bool {
        let Extra::Features { tie_breaker: Some(tie_breaker), .. } = &self.section.extra else {
            return false;
        };
        let chosen = match tie_breaker {
            TieBreaker::Lowest => last.first(),
            TieBreaker::Highest => last.last(),
            TieBreaker::Listed(nodes) => nodes.iter().find(|node| last.contains(node)),
        };
        chosen.is_some_and(|node| members.contains(node))
    }
}
