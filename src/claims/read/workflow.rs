//! Workflows: flowcharts that tell what happens after a node failed.

use crate::claims::behaviour::{Action, Step, Workflow};
use crate::claims::claim::{EntityKind, Fact, Subject};
use crate::mermaid::diagram::flowchart::{Flowchart, NodeIx};

use super::chart::Chart;
use super::speaker::Speaker;

/// The workflow that the chart tells; `None` when it shows what there is rather than what happens.
///
/// A workflow starts from a node's failure and does something about its guests.
pub(super) fn read(chart: &Chart, speaker: &mut Speaker) -> Option<Workflow> {
    let actions: Vec<Action> =
        chart.elements.iter().map(|element| Action::read(element.label.words())).collect();
    let fails = chart
        .elements
        .iter()
        .zip(&actions)
        .any(|(element, action)| *action == Action::NodeFails && !element.is_decision);
    let acts = actions.iter().any(|action| {
        matches!(action, Action::Fence | Action::CopyMemory | Action::StartGuest | Action::MigrateGuest)
    });
    if !(fails && acts) {
        return None;
    }
    let next = targets(chart.flowchart);
    let order = reading_order(&next);
    let mut position = vec![0; order.len()];
    for (at, node) in order.iter().enumerate() {
        position[node.0] = at;
    }
    let steps: Vec<Step> = order
        .iter()
        .map(|&node| {
            let element = chart.element(node);
            Step {
                text: element.label.one_line(),
                place: speaker.place(element.label.full_span()),
                action: if element.is_decision && actions[node.0] != Action::CheckQuorum {
                    Action::Other
                } else {
                    actions[node.0]
                },
                next: next[node.0].iter().map(|target| position[*target]).collect(),
            }
        })
        .collect();
    let name = chart
        .section
        .map_or_else(|| steps.first().map(|step| step.text.clone()).unwrap_or_default(), str::to_owned);
    let subject = Subject::new(EntityKind::Workflow, &name);
    for (at, step) in steps.iter().enumerate() {
        speaker.say(&subject, Fact::Step(at + 1, step.text.clone()), step.place.span);
    }
    Some(Workflow { name, steps })
}

/// For each node where its edges lead, in statement order.
fn targets(chart: &Flowchart) -> Vec<Vec<usize>> {
    let mut targets: Vec<Vec<usize>> = vec![Vec::new(); chart.nodes.len()];
    for edge in &chart.edges {
        targets[edge.from.0].push(edge.to.0);
    }
    targets
}

/// Nodes in topological order with the edges that close loops left out; ties and loops go by first mention.
fn reading_order(next: &[Vec<usize>]) -> Vec<NodeIx> {
    let n_nodes = next.len();
    let mut seen = vec![false; n_nodes];
    let mut finished = Vec::with_capacity(n_nodes);
    // Depth first with a stack of (node, next edge to follow); reversed finishing order is topological. Later edges are
    // followed first so that the order of the result goes by first mention.
    for root in (0..n_nodes).rev() {
        let mut stack = vec![(root, 0)];
        if std::mem::replace(&mut seen[root], true) {
            continue;
        }
        while let Some((node, followed)) = stack.pop() {
            let targets = &next[node];
            match targets.len().checked_sub(followed + 1) {
                Some(at) => {
                    stack.push((node, followed + 1));
                    let target = targets[at];
                    if !std::mem::replace(&mut seen[target], true) {
                        stack.push((target, 0));
                    }
                }
                None => finished.push(NodeIx(node)),
            }
        }
    }
    finished.reverse();
    finished
}
