//! "What if these fail?", asked of a cluster of equal nodes.

use std::collections::BTreeSet;

use thiserror::Error;

use super::quorum::{Algorithm, Device, NodeId, Qnetd, QuorumSection, Refusal, View, settled};
use crate::base::similar;
use crate::cluster::model::vote::Votes;

/// Most nodes that a question may be about: with knet a `nodeid` is below 65536 (seen with corosync 3.1.7).
pub const MAX_NODES: u32 = 65_535;

/// The name by which a question speaks of the QDevice's server.
pub const QNETD: &str = "qnetd";

/// A cluster that was complete, and what fails in it at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    section: QuorumSection,
    down: BTreeSet<NodeId>,
    qnetd: Qnetd,
}

/// Why a question makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QuestionError {
    /// No node, or more than [`MAX_NODES`].
    #[error("a cluster has 1 to {MAX_NODES} nodes, not {0}")]
    NodeCount(u32),
    /// Something is said to be down that the cluster does not have.
    #[error("there is no `{name}` in a cluster of {}", n_nodes_named(*n_nodes))]
    UnknownName {
        /// As given.
        name: String,
        /// Nodes of the cluster.
        n_nodes: u32,
        /// What was probably meant.
        similar: Option<String>,
    },
    /// A QDevice with `lms` beside one node has no votes to give.
    #[error("a QDevice with lms has a vote less than there are nodes: none beside a single node")]
    DeviceWithoutVotes,
    /// The QDevice's server is said to be down in a cluster without a QDevice.
    #[error("`{QNETD}` cannot be down in a cluster without a QDevice")]
    NoDevice,
}

fn n_nodes_named(n_nodes: u32) -> String {
    if n_nodes == 1 { "node1 alone".to_owned() } else { format!("node1 to node{n_nodes}") }
}

/// The name that was probably meant: the node with the number in `name`, or the QDevice's server.
fn similar_name(name: &str, n_nodes: u32) -> Option<String> {
    let number: String = name.chars().skip_while(|c| !c.is_ascii_digit()).collect();
    if number.is_empty() {
        // Those who think of the QDevice mean its server: the daemon beside a node is not what fails for all.
        let is_device = similar::nearest(name, [QNETD, "qdevice"]).is_some();
        return is_device.then(|| QNETD.to_owned());
    }
    let id: u32 = number.parse().ok()?;
    (1..=n_nodes).contains(&id).then(|| node_name(NodeId(id)))
}

impl Question {
    /// The question about `n_nodes` nodes of one vote each, called `node1`, `node2` and so on, with a QDevice of the
    /// votes that are usual for its algorithm, when all that `down` names fails: nodes, or [`QNETD`].
    ///
    /// # Errors
    /// [`QuestionError`] by the first thing that does not fit.
    pub fn about_equal_nodes<'a>(
        n_nodes: u32,
        device: Option<Algorithm>,
        down: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, QuestionError> {
        if !(1..=MAX_NODES).contains(&n_nodes) {
            return Err(QuestionError::NodeCount(n_nodes));
        }
        let device = device.map(Device::with_usual_votes);
        if device.as_ref().is_some_and(|device| device.votes_among(n_nodes as usize) == Votes(0)) {
            return Err(QuestionError::DeviceWithoutVotes);
        }
        let mut qnetd = Qnetd::Reachable;
        let mut down_nodes = BTreeSet::new();
        for name in down.into_iter().map(str::trim) {
            if name == QNETD {
                if device.is_none() {
                    return Err(QuestionError::NoDevice);
                }
                qnetd = Qnetd::Unreachable;
                continue;
            }
            let id = name.strip_prefix("node").and_then(|digits| digits.parse().ok());
            let known = id.filter(|id| (1..=n_nodes).contains(id) && node_name(NodeId(*id)) == name);
            let Some(id) = known else {
                let similar = similar_name(name, n_nodes);
                return Err(QuestionError::UnknownName { name: name.to_owned(), n_nodes, similar });
            };
            down_nodes.insert(NodeId(id));
        }
        let section = QuorumSection {
            nodes: (1..=n_nodes).map(|id| (NodeId(id), Votes::ONE)).collect(),
            device,
            ..QuorumSection::default()
        };
        Ok(Self { section, down: down_nodes, qnetd })
    }

    /// What each node then thinks, and what it would think if the QDevice's server were in its other state.
    ///
    /// # Errors
    /// [`Refusal`] when corosync would not start with such a cluster.
    pub fn answer(&self) -> Result<Answer, Refusal> {
        let views = settled(&self.section, &self.down, self.qnetd)?;
        let complete = settled(&self.section, &BTreeSet::new(), Qnetd::Reachable)?;
        let whole = complete.values().next();
        let nodes = self.section.nodes.iter().map(|(id, votes)| NodeAnswer {
            name: node_name(*id),
            votes: *votes,
            view: views.get(id).copied(),
        });
        let device = match &self.section.device {
            Some(device) => Some(DeviceAnswer {
                algorithm: device.algorithm,
                votes: device.votes_among(self.section.nodes.len()),
                server: self.qnetd,
                otherwise: {
                    let other = match self.qnetd {
                        Qnetd::Reachable => Qnetd::Unreachable,
                        Qnetd::Unreachable => Qnetd::Reachable,
                    };
                    settled(&self.section, &self.down, other)?.values().next().copied()
                },
            }),
            None => None,
        };
        Ok(Answer {
            nodes: nodes.collect(),
            device,
            expected: whole.map(|view| view.expected).unwrap_or_default(),
            needed: whole.map(|view| view.needed).unwrap_or_default(),
        })
    }
}

fn node_name(id: NodeId) -> String {
    format!("node{id}")
}

/// What happens to a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In order of node ids.
    pub nodes: Vec<NodeAnswer>,
    /// The QDevice, if any.
    pub device: Option<DeviceAnswer>,
    /// Expected votes of the complete cluster.
    pub expected: Votes,
    /// Votes that the complete cluster needs.
    pub needed: Votes,
}

impl Answer {
    /// The nodes that run, which all see each other, in order.
    pub fn survivors(&self) -> impl Iterator<Item = (&NodeAnswer, View)> {
        self.nodes.iter().filter_map(|node| node.view.map(|view| (node, view)))
    }
}

/// What happens to a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeAnswer {
    /// Its name.
    pub name: String,
    /// Its own votes.
    pub votes: Votes,
    /// What it thinks; `None` when it is down.
    pub view: Option<View>,
}

/// The part of the QDevice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceAnswer {
    /// How its server decides.
    pub algorithm: Algorithm,
    /// The votes it has to give.
    pub votes: Votes,
    /// Whether its server is there.
    pub server: Qnetd,
    /// What each surviving node would think if the server were in the other state; `None` without survivors.
    pub otherwise: Option<View>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_cluster_has_can_be_down() {
        let ask =
            |n, device, down: &[&str]| Question::about_equal_nodes(n, device, down.iter().copied()).err();
        assert_eq!(ask(3, Some(Algorithm::Lms), &["node1", "qnetd"]), None);
        assert_eq!(ask(0, None, &[]), Some(QuestionError::NodeCount(0)));
        assert_eq!(ask(3, None, &["qnetd"]), Some(QuestionError::NoDevice));
        assert_eq!(ask(3, None, &["node1", " node2 "]), None);
        assert_eq!(ask(1, Some(Algorithm::Lms), &[]), Some(QuestionError::DeviceWithoutVotes));
        assert_eq!(ask(1, Some(Algorithm::Ffsplit), &[]), None);
        for name in ["node4", "node0", "node01", "node+1", "pve1", ""] {
            let error = ask(3, None, &[name]).map(|error| error.to_string());
            assert_eq!(error, Some(format!("there is no `{name}` in a cluster of node1 to node3")));
        }
    }

    #[test]
    fn a_slip_has_a_name_that_was_meant() {
        let table = [
            ("1", Some("node1")),
            ("Node1", Some("node1")),
            ("pve3", Some("node3")),
            ("node4", None),
            ("node0", None),
            ("qnted", Some("qnetd")),
            ("QDevice", Some("qnetd")),
            ("switch", None),
        ];
        for (name, expected) in table {
            assert_eq!(similar_name(name, 3).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn an_answer_holds_both_states_of_the_server() {
        let question = Question::about_equal_nodes(3, Some(Algorithm::Lms), ["node1", "node2"]).unwrap();
        let answer = question.answer().unwrap();
        assert_eq!((answer.expected, answer.needed), (Votes(5), Votes(3)));
        let survivors: Vec<_> =
            answer.survivors().map(|(node, view)| (node.name.as_str(), view.quorate)).collect();
        assert_eq!(survivors, [("node3", true)]);
        let otherwise = answer.device.and_then(|device| device.otherwise).unwrap();
        assert_eq!((otherwise.total(), otherwise.quorate), (Votes(1), false));
    }
}
