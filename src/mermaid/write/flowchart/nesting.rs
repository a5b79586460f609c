//! Which subgraphs are written inside which, and in what order their statements come.
//!
//! Mermaid lists subgraphs in the order in which they close, and a subgraph's members in the order in which they are
//! named in it. So a subgraph is written inside the one that holds it where that keeps both orders; otherwise it is
//! written before, and its holder only names it.

use std::collections::BTreeSet;

use crate::mermaid::diagram::flowchart::{Flowchart, Member, NodeIx, SubgraphIx};

/// A line of a subgraph's block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// `subgraph`
    Open(SubgraphIx),
    /// A node is named.
    Mention(NodeIx),
    /// `end`
    Close,
}

/// How the subgraphs of one flowchart are written.
#[derive(Debug)]
pub(super) struct Nesting<'a> {
    chart: &'a Flowchart,
    /// For each subgraph the ones inside it, in order of closing.
    inside: Vec<Vec<SubgraphIx>>,
    /// For each subgraph the one that it is written in.
    holders: Vec<Option<SubgraphIx>>,
    /// For each subgraph the node of the same id.
    nodes: Vec<Option<NodeIx>>,
}

impl<'a> Nesting<'a> {
    /// Looks once at every member.
    pub(super) fn of(chart: &'a Flowchart) -> Self {
        let n_subgraphs = chart.subgraphs.len();
        let mut nodes = vec![None; n_subgraphs];
        for (index, node) in chart.nodes.iter().enumerate() {
            if let Some(slot) = node.subgraph.and_then(|SubgraphIx(at)| nodes.get_mut(at)) {
                *slot = Some(NodeIx(index));
            }
        }
        let mut nesting =
            Self { chart, inside: vec![Vec::new(); n_subgraphs], holders: vec![None; n_subgraphs], nodes };
        // The first subgraph that closes inside each one, itself included.
        let mut first: Vec<usize> = (0..n_subgraphs).collect();
        for (index, subgraph) in chart.subgraphs.iter().enumerate() {
            let mut children: Vec<(usize, usize)> = subgraph
                .members
                .iter()
                .enumerate()
                .filter_map(|(position, member)| match member {
                    Member::Subgraph(SubgraphIx(child)) if *child < index => Some((*child, position)),
                    _ => None,
                })
                .collect();
            children.sort_unstable();
            let mut inside = Vec::new();
            // Positions of those that close later and cannot be named before they open.
            let mut earliest = usize::MAX;
            for (child, position) in children.into_iter().rev() {
                let closes_next = child + 1 == first[index] && nesting.holders[child].is_none();
                if !closes_next || position > earliest {
                    break;
                }
                first[index] = first[child];
                inside.push(SubgraphIx(child));
                nesting.holders[child] = Some(SubgraphIx(index));
                if nesting.nodes[child].is_none() {
                    earliest = position;
                }
            }
            inside.reverse();
            nesting.inside[index] = inside;
        }
        nesting
    }

    /// The subgraphs that stand in no other one, in order of closing.
    pub(super) fn roots(&self) -> impl Iterator<Item = SubgraphIx> {
        (0..self.holders.len()).filter(|index| self.holders[*index].is_none()).map(SubgraphIx)
    }

    /// The lines of the block of a subgraph and of those inside it.
    pub(super) fn steps(&self, root: SubgraphIx) -> Vec<Step> {
        let mut steps = vec![Step::Open(root)];
        let mut open = vec![Block::new(root)];
        while let Some(block) = open.last_mut() {
            let SubgraphIx(at) = block.subgraph;
            let next_inside = self.inside[at].get(block.n_inside).copied();
            let member = self.chart.subgraphs[at].members.get(block.n_members).copied();
            if let Some(child) = next_inside.filter(|child| block.named.contains(child) || member.is_none()) {
                block.n_inside += 1;
                steps.push(Step::Open(child));
                open.push(Block::new(child));
                continue;
            }
            let Some(member) = member else {
                steps.push(Step::Close);
                open.pop();
                continue;
            };
            block.n_members += 1;
            match member {
                Member::Node(node) => steps.push(Step::Mention(node)),
                Member::Subgraph(child) => {
                    block.named.insert(child);
                    if next_inside == Some(child) {
                        continue;
                    }
                    steps.extend(self.nodes.get(child.0).copied().flatten().map(Step::Mention));
                }
            }
        }
        steps
    }
}

/// A block that is being written.
#[derive(Debug)]
struct Block {
    subgraph: SubgraphIx,
    n_members: usize,
    n_inside: usize,
    /// Subgraphs inside it whose turn as members has come.
    named: BTreeSet<SubgraphIx>,
}

impl Block {
    fn new(subgraph: SubgraphIx) -> Self {
        Self { subgraph, n_members: 0, n_inside: 0, named: BTreeSet::new() }
    }
}
