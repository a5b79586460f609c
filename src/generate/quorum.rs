//! Who votes, how many votes there are and are needed, and what becomes of quorum when nodes fail.

use std::collections::BTreeSet;

use crate::cluster::model::Cluster;
use crate::cluster::model::node::Node;
use crate::cluster::model::quorum::{Algorithm, QDevice};
use crate::cluster::model::vote::Votes;
use crate::cluster::simulate::quorum::{
    Device, NodeId, Qnetd, QuorumSection, Refusal, View as NodeView, settled,
};
use crate::mermaid::diagram::flowchart::{NodeIx, Shape};

use super::names;
use super::sketch::{Key, Sketch};
use super::view::{Agreement, NothingToDraw, View};

/// Nodes of a cluster whose failures are still drawn; corosync knows 32 in practice.
const MOST_NODES: usize = 128;
/// Nodes of a cluster of which every number of failures is drawn; of a larger one those up to the first that loses quorum.
const FEW_NODES: usize = 8;

/// What the counted votes, the needed ones and the outcomes are called in [`super::LeftOut::Unknown`].
const COUNTS: &str = "the total of votes, the required votes and what happens when nodes fail";
const OUTCOMES: &str = "what happens when nodes fail";

/// Returns the voters of the cluster with their votes, the total and the required votes, and for each number of failed
/// nodes the votes that are left and whether they are a quorum, as `cluster::simulate` finds them.
///
/// A node whose votes nobody states has one (corosync.conf(5), `quorum_votes`). With nodes of equal votes any of them
/// may be the one that fails; with unequal votes the failure of each single node is shown.
///
/// # Errors
/// [`NothingToDraw`] when no node is named, or fewer than the cluster is said to have.
pub fn quorum(cluster: &Cluster) -> Result<View, NothingToDraw> {
    let mut agreement = Agreement::default();
    let voters = voters(cluster);
    if voters.is_empty() {
        return Err(if cluster.is_empty() { NothingToDraw::NoCluster } else { NothingToDraw::NoNodes });
    }
    if let Some(stated) = agreement.on(&cluster.n_nodes, "the cluster", "number of nodes")
        && *stated as usize != voters.len()
    {
        return Err(NothingToDraw::NodesUnnamed { stated: *stated, named: voters.len() });
    }
    let name = agreement.on(&cluster.name, "the cluster", "name").map_or("", String::as_str);
    let shares: Vec<Option<Votes>> = voters.iter().map(|voter| votes_of(voter, &mut agreement)).collect();
    let device = cluster.quorum.qdevice.as_ref().map(|qdevice| device(qdevice, voters.len(), &mut agreement));
    let electorate = electorate(cluster, &shares, device.as_ref(), &mut agreement);

    let title = names::cluster_title(name, Some(voters.len() as u32));
    let mut sketch = Sketch::titled(format!("Quorum of the {title}"), sentence(electorate.as_ref()));
    sketch.group("voters", &title);
    let mut voter_nodes: Vec<NodeIx> = Vec::new();
    for (node, share) in voters.iter().zip(&shares) {
        let mut lines = vec![names::of_node(&node.name)];
        lines.extend(share.map(counted));
        voter_nodes.push(sketch.node(Key::of("node", &node.name), &node.name, Shape::Square, &lines));
    }
    if let Some(device) = &device {
        let stated = cluster.quorum.qdevice.as_ref().and_then(|qdevice| qdevice.algorithm.agreed());
        let algorithm = stated.map(|algorithm| format!(" ({algorithm})")).unwrap_or_default();
        let mut lines = vec![format!("QDevice{algorithm}")];
        lines.extend(device.as_ref().map(|device| counted(device.votes_among(voters.len()))));
        voter_nodes.push(sketch.node(Key::The("qdevice"), "qdevice", Shape::Stadium, &lines));
    }
    sketch.end_group();
    if let Some(electorate) = &electorate {
        draw_counts(&mut sketch, electorate, &voter_nodes, &voters);
    }
    Ok(View { chart: sketch.finish(), left_out: agreement.left_out })
}

/// The nodes that the sources show; all that they name when they show none.
fn voters(cluster: &Cluster) -> Vec<&Node> {
    let shown: Vec<&Node> = cluster.nodes.iter().filter(|node| node.is_shown).collect();
    if shown.is_empty() { cluster.nodes.iter().collect() } else { shown }
}

/// The votes of a node; `None` when the sources differ.
fn votes_of(node: &Node, agreement: &mut Agreement) -> Option<Votes> {
    let agreed = agreement.on(&node.votes, &node.name, "number of votes").copied();
    agreed.or_else(|| node.votes.place().is_none().then_some(Votes::ONE))
}

/// The QDevice as it is set up: by its algorithm, by its votes, or as `pvecm qdevice setup` does it where that is no
/// question. `None` when it is one.
fn device(qdevice: &QDevice, n_nodes: usize, agreement: &mut Agreement) -> Option<Device> {
    let algorithm = agreement.on(&qdevice.algorithm, "the QDevice", "algorithm").copied();
    let stated = agreement.on(&qdevice.votes, "the QDevice", "number of votes").copied();
    if qdevice.algorithm.place().is_some() && algorithm.is_none() {
        return None;
    }
    if let Some(algorithm) = algorithm {
        let usual = Device::with_usual_votes(algorithm);
        return Some(Device { votes: qdevice.configured_votes.or(usual.votes), ..usual });
    }
    let usual = Device::as_pvecm_writes_it(n_nodes);
    let single = Device::with_usual_votes(Algorithm::Ffsplit);
    let fits = |device: &Device| stated.is_none_or(|votes| votes == device.votes_among(n_nodes));
    let mut fitting = [single, usual].into_iter().filter(fits);
    let first = fitting.next()?;
    fitting.all(|other| other == first).then_some(first)
}

/// A cluster whose votes can be counted, and what it counts when it is complete.
struct Electorate {
    section: QuorumSection,
    complete: NodeView,
    /// Failures that depend on nothing but the number of nodes can be run.
    has_outcomes: bool,
    two_node: bool,
}

impl Electorate {
    /// What the nodes that are left think when these fail.
    fn after(&self, down: &BTreeSet<NodeId>, qnetd: Qnetd) -> Option<NodeView> {
        settled(&self.section, down, qnetd).ok()?.into_values().next()
    }
}

/// The cluster as the simulation takes it; `None`, with the reason told, when it cannot be known.
fn electorate(
    cluster: &Cluster,
    votes: &[Option<Votes>],
    device: Option<&Option<Device>>,
    agreement: &mut Agreement,
) -> Option<Electorate> {
    let Some(votes) = votes.iter().copied().collect::<Option<Vec<Votes>>>() else {
        agreement.lacks(COUNTS, "they need the votes of every node");
        return None;
    };
    let device = match device {
        Some(None) => {
            agreement.lacks(
                COUNTS,
                "they depend on the algorithm of the QDevice, `ffsplit` or `lms`, which is not known",
            );
            return None;
        }
        Some(Some(device)) => Some(device.clone()),
        None => None,
    };
    let two_node = agreement.on(&cluster.quorum.two_node, "the cluster", "`two_node`").copied();
    if two_node.is_none() && cluster.quorum.two_node.place().is_some() {
        agreement.lacks(COUNTS, "they depend on `two_node`");
        return None;
    }
    let section = QuorumSection {
        nodes: (1..).map(NodeId).zip(votes).collect(),
        two_node: two_node == Some(true),
        device,
        ..QuorumSection::default()
    };
    let complete = match settled(&section, &BTreeSet::new(), Qnetd::Reachable) {
        Ok(views) => views.into_values().next()?,
        Err(refusal) => {
            let refusal: Refusal = refusal;
            agreement.lacks(COUNTS, refusal.to_string());
            return None;
        }
    };
    let option = cluster.quorum.options.first();
    if let Some((option, _)) = option {
        agreement.lacks(OUTCOMES, format!("with `{option}` they depend on what happened before"));
    } else if section.nodes.len() > MOST_NODES {
        agreement.lacks(OUTCOMES, format!("they are drawn for up to {MOST_NODES} nodes"));
    }
    let has_outcomes = option.is_none() && section.nodes.len() <= MOST_NODES;
    Some(Electorate { two_node: section.two_node, section, complete, has_outcomes })
}

fn draw_counts(sketch: &mut Sketch, electorate: &Electorate, voter_nodes: &[NodeIx], voters: &[&Node]) {
    let complete = electorate.complete;
    let total = sketch.node(
        Key::The("total"),
        "total",
        Shape::Square,
        &[format!("Total votes: {}", complete.expected)],
    );
    let mut lines = vec![format!("Required votes: {}", complete.needed)];
    if electorate.two_node {
        lines.push("two_node: 1".to_owned());
    }
    let required = sketch.node(Key::The("required"), "required", Shape::Square, &lines);
    for voter in voter_nodes {
        sketch.join(*voter, total, None);
    }
    sketch.join(total, required, None);
    if !electorate.has_outcomes {
        return;
    }
    sketch.group("failures", "When nodes fail");
    for Outcome { id, what, view } in outcomes(electorate, voters) {
        let mark = if view.quorate { '✓' } else { '✗' };
        let lines = [what, format!("{} {mark}", counted(view.total()))];
        let outcome = sketch.node(Key::of("outcome", &id), &id, Shape::Round, &lines);
        sketch.join(required, outcome, None);
        if view.quorate {
            sketch.classify(outcome, "quorate", &["fill:#d8f0dc", "stroke:#2e7d32", "color:#14361b"]);
        } else {
            sketch.classify(outcome, "blocked", &["fill:#f9dcdc", "stroke:#c62828", "color:#4a1010"]);
        }
    }
}

/// What comes of a failure.
struct Outcome {
    /// A name for it.
    id: String,
    /// What fails, in words.
    what: String,
    /// What the nodes that are left think.
    view: NodeView,
}

/// The failures that are drawn, the smallest first.
fn outcomes(electorate: &Electorate, voters: &[&Node]) -> Vec<Outcome> {
    let section = &electorate.section;
    let n_nodes = section.nodes.len();
    let mut outcomes =
        vec![Outcome { id: "all_up".to_owned(), what: "All nodes up".to_owned(), view: electorate.complete }];
    let mut run = |id: String, what: String, down: BTreeSet<NodeId>, qnetd| {
        let view = electorate.after(&down, qnetd);
        outcomes.extend(view.map(|view| Outcome { id, what, view }));
        view.is_some_and(|view| view.quorate)
    };
    let first = section.nodes.values().next();
    if section.nodes.values().any(|votes| Some(votes) != first) {
        for (id, node) in section.nodes.keys().zip(voters) {
            let what = format!("{} down", names::of_node(&node.name));
            run(format!("{}_down", node.name), what, BTreeSet::from([*id]), Qnetd::Reachable);
        }
        return outcomes;
    }
    for n_down in 1..n_nodes {
        let down = section.nodes.keys().rev().take(n_down).copied().collect();
        let nodes = if n_down == 1 { "node" } else { "nodes" };
        let is_quorate =
            run(format!("down_{n_down}"), format!("{n_down} {nodes} down"), down, Qnetd::Reachable);
        if !is_quorate && n_nodes > FEW_NODES {
            break;
        }
    }
    if section.device.is_some() {
        run("qdevice_down".to_owned(), "QDevice down".to_owned(), BTreeSet::new(), Qnetd::Unreachable);
        if n_nodes > 1 {
            let down = section.nodes.keys().next_back().copied().into_iter().collect();
            let what = "1 node and QDevice down".to_owned();
            run("down_1_qdevice".to_owned(), what, down, Qnetd::Unreachable);
        }
    }
    outcomes
}

/// "2 votes"
fn counted(votes: Votes) -> String {
    format!("{votes} {}", votes.noun())
}

/// What a reader who does not see the drawing is told.
fn sentence(electorate: Option<&Electorate>) -> String {
    match electorate {
        Some(Electorate { complete, .. }) => {
            format!("{} in total, {} needed for quorum", counted(complete.expected), complete.needed)
        }
        None => "The nodes that vote".to_owned(),
    }
}
