//! What hangs together in a resolved diagram.
//!
//! Facts only; whether a node that nothing touches is a mistake is for a rule to judge.

use super::flowchart::{Flowchart, Member, NodeIx, Origin, SubgraphIx};
use super::state::{StateDiagram, StateIx, StateKind};

/// How the nodes and subgraphs of one flowchart are held and touched.
#[derive(Debug)]
pub struct Connections {
    n_edges: Vec<u32>,
    holders: Vec<Option<SubgraphIx>>,
    reached: Vec<bool>,
    /// How many nodes stand directly in each subgraph with and without an edge, and last those that stand in none.
    groups: Vec<Group>,
}

/// How many of the nodes that stand directly in one place have edges, subgraphs' own ids not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Group {
    /// With an edge.
    pub n_connected: u32,
    /// Without one.
    pub n_isolated: u32,
}

impl Connections {
    /// Counts once over all edges and members.
    pub fn of(flowchart: &Flowchart) -> Self {
        let mut n_edges = vec![0; flowchart.nodes.len()];
        for edge in &flowchart.edges {
            for end in [edge.from, edge.to] {
                n_edges[end.0] += 1;
            }
        }
        let mut holders = vec![None; flowchart.nodes.len()];
        let mut outer = vec![None; flowchart.subgraphs.len()];
        for (index, subgraph) in flowchart.subgraphs.iter().enumerate() {
            for member in &subgraph.members {
                match *member {
                    Member::Node(node) => holders[node.0] = Some(SubgraphIx(index)),
                    Member::Subgraph(inner) => outer[inner.0] = Some(SubgraphIx(index)),
                }
            }
        }
        let mut reached = vec![false; flowchart.subgraphs.len()];
        for (index, node) in flowchart.nodes.iter().enumerate() {
            if let Some(subgraph) = node.subgraph {
                reached[subgraph.0] |= n_edges[index] > 0;
            }
        }
        // Subgraphs are listed inner before outer, so the way back meets each outer one first.
        for index in (0..reached.len()).rev() {
            if let Some(SubgraphIx(holder)) = outer[index] {
                reached[index] |= reached[holder];
            }
        }
        let mut groups = vec![Group::default(); flowchart.subgraphs.len() + 1];
        for (index, node) in flowchart.nodes.iter().enumerate().filter(|(_, node)| node.subgraph.is_none()) {
            let group = &mut groups[holders[index].map_or(flowchart.subgraphs.len(), |SubgraphIx(at)| at)];
            if n_edges[index] > 0 {
                group.n_connected += 1;
            } else if node.origin == Origin::Vertex {
                group.n_isolated += 1;
            }
        }
        Self { n_edges, holders, reached, groups }
    }

    /// The number of edge ends at the node itself, subgraphs around it not counted.
    pub fn n_edges(&self, node: NodeIx) -> u32 {
        self.n_edges[node.0]
    }

    /// The subgraph that directly holds the node.
    pub fn holder(&self, node: NodeIx) -> Option<SubgraphIx> {
        self.holders[node.0]
    }

    /// The nodes that stand directly where the node stands; the node itself counts.
    pub fn group_of(&self, node: NodeIx) -> Group {
        let outside = self.groups.len().saturating_sub(1);
        self.groups[self.holder(node).map_or(outside, |SubgraphIx(at)| at)]
    }

    /// True when an edge names the subgraph or one that it stands in.
    pub fn is_reached(&self, subgraph: SubgraphIx) -> bool {
        self.reached[subgraph.0]
    }
}

/// For each state in order, whether a way leads to it from where the diagram starts; `None` when it has no start.
///
/// A composite that is entered starts in each of its regions at their `[*]`; one without `[*]` may start in any member.
/// Whoever reaches a member has entered what holds it.
pub fn reachable(diagram: &StateDiagram) -> Option<Vec<bool>> {
    let mut members: Vec<Vec<StateIx>> = vec![Vec::new(); diagram.states.len()];
    let mut exits: Vec<Vec<StateIx>> = vec![Vec::new(); diagram.states.len()];
    let mut open = Vec::new();
    for (index, state) in diagram.states.iter().enumerate() {
        match state.parent {
            Some(parent) => members[parent.0].push(StateIx(index)),
            None if state.kind == Some(StateKind::Start) => open.push(StateIx(index)),
            None => {}
        }
    }
    if open.is_empty() {
        return None;
    }
    for transition in &diagram.transitions {
        exits[transition.from.0].push(transition.to);
    }
    let mut reached = vec![false; diagram.states.len()];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut reached[at.0], true) {
            continue;
        }
        open.extend(&exits[at.0]);
        open.extend(diagram.state(at).parent);
        let inside = &members[at.0];
        let starts = inside.iter().filter(|member| {
            matches!(diagram.state(**member).kind, Some(StateKind::Start | StateKind::Region))
        });
        let before = open.len();
        open.extend(starts);
        if open.len() == before {
            open.extend(inside);
        }
    }
    Some(reached)
}
