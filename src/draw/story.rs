//! Who leads to whom in a flowchart or a state diagram, in reading order: what descriptions and prose are told from.
//!
//! Not here: sentences.

use crate::mermaid::diagram::flowchart::{Flowchart, Head, Heads, Member, Stroke, SubgraphIx};
use crate::mermaid::diagram::state::{StateDiagram, StateIx, StateKind};
use crate::mermaid::diagram::text::Text;

use super::label::plain;
use super::wording::name;

/// A chart as a reader goes through it.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// Nodes and groups.
    pub(super) parts: Vec<Part>,
    /// For each part its place in reading order.
    pub(super) places: Vec<usize>,
    /// Indices of parts in reading order; a group stands before what it holds.
    pub(super) order: Vec<usize>,
}

/// A node, a state, or a group of them.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// What it is called.
    pub(super) name: String,
    /// The group that directly holds it.
    pub(super) holder: Option<usize>,
    /// It may hold others.
    pub(super) is_group: bool,
    /// What it holds directly, as declared.
    pub(super) members: Vec<usize>,
    /// Where it leads, as declared.
    pub(super) leads: Vec<Lead>,
    /// Something leads to it.
    pub(super) is_led_to: bool,
    /// What notes say about it.
    pub(super) notes: Vec<String>,
}

/// That a part leads to another.
#[derive(Debug, Clone)]
pub(super) struct Lead {
    /// The index of the other part.
    pub(super) to: usize,
    /// What it says; empty when it says nothing.
    pub(super) label: String,
    /// In what way.
    pub(super) manner: Manner,
}

/// In what way a part leads to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// To it.
    To,
    /// To it and back.
    Both,
    /// Neither way.
    Tie,
}

impl Story {
    /// The story of a flowchart.
    pub(super) fn of_flowchart(chart: &Flowchart) -> Self {
        // Nodes first, then subgraphs; a node that names a subgraph is that.
        let mut parts: Vec<Part> = Vec::new();
        let mut index_of = vec![0; chart.nodes.len()];
        for (at, node) in chart.nodes.iter().enumerate().filter(|(_, node)| node.subgraph.is_none()) {
            index_of[at] = parts.len();
            parts.push(Part { name: name(&node.label, &node.id), ..Part::default() });
        }
        let n_nodes = parts.len();
        for (at, node) in chart.nodes.iter().enumerate() {
            if let Some(SubgraphIx(subgraph)) = node.subgraph {
                index_of[at] = n_nodes + subgraph;
            }
        }
        for subgraph in &chart.subgraphs {
            let name = name(&subgraph.title, &subgraph.id);
            parts.push(Part { name, is_group: true, ..Part::default() });
        }
        for (at, subgraph) in chart.subgraphs.iter().enumerate() {
            for member in &subgraph.members {
                match *member {
                    Member::Node(node) if chart.node(node).subgraph.is_none() => {
                        parts[index_of[node.0]].holder = Some(n_nodes + at);
                    }
                    // Inner subgraphs are listed before outer ones, so that following holders ends.
                    Member::Subgraph(SubgraphIx(inner)) if inner < at => {
                        parts[n_nodes + inner].holder = Some(n_nodes + at);
                    }
                    _ => {}
                }
            }
        }
        for edge in chart.edges.iter().filter(|edge| edge.stroke != Some(Stroke::Invisible)) {
            let manner = match edge.heads {
                Some(Heads { end: Head::Open, .. }) => Manner::Tie,
                Some(Heads { double: true, .. }) => Manner::Both,
                _ => Manner::To,
            };
            let lead = Lead { to: index_of[edge.to.0], label: said(edge.label.as_ref()), manner };
            add_lead(&mut parts, index_of[edge.from.0], lead);
        }
        Self::of_parts(parts)
    }

    /// The story of a state diagram.
    pub(super) fn of_states(diagram: &StateDiagram) -> Self {
        let mut parts: Vec<Part> = Vec::with_capacity(diagram.states.len());
        for (at, state) in diagram.states.iter().enumerate() {
            // A state may hold itself, over others or not; only what was declared before can hold.
            let holder = state.parent.map(|StateIx(holder)| holder).filter(|holder| *holder < at);
            let is_group = matches!(state.kind, Some(StateKind::Composite | StateKind::Region));
            parts.push(Part { name: state_name(diagram, StateIx(at)), holder, is_group, ..Part::default() });
        }
        let holders: Vec<usize> = parts.iter().filter_map(|part| part.holder).collect();
        for holder in holders {
            parts[holder].is_group = true;
        }
        for transition in &diagram.transitions {
            let label = said(transition.label.as_ref());
            add_lead(&mut parts, transition.from.0, Lead { to: transition.to.0, label, manner: Manner::To });
        }
        for note in &diagram.notes {
            parts[note.state.0].notes.push(plain(&note.text));
        }
        Self::of_parts(parts)
    }

    fn of_parts(mut parts: Vec<Part>) -> Self {
        for at in 0..parts.len() {
            if let Some(holder) = parts[at].holder {
                parts[holder].members.push(at);
            }
        }
        let order = order(&parts);
        let mut places = vec![0; parts.len()];
        for (place, part) in order.iter().enumerate() {
            places[*part] = place;
        }
        Self { parts, places, order }
    }

    /// True when a part leads to what was read before it, or to itself.
    pub(super) fn is_back(&self, from: usize, lead: &Lead) -> bool {
        self.places[lead.to] <= self.places[from] && lead.manner == Manner::To
    }
}

fn said(label: Option<&Text>) -> String {
    label.map(plain).unwrap_or_default()
}

fn add_lead(parts: &mut [Part], from: usize, lead: Lead) {
    if from != lead.to {
        parts[lead.to].is_led_to = true;
    }
    parts[from].leads.push(lead);
}

/// What a state is called in a sentence.
pub(super) fn state_name(diagram: &StateDiagram, ix: StateIx) -> String {
    let state = diagram.state(ix);
    let within = || match state.parent.filter(|parent| *parent != ix).map(|parent| diagram.state(parent)) {
        Some(parent) if parent.kind != Some(StateKind::Region) => {
            format!(" of {}", name(&parent.label, &parent.id))
        }
        _ => String::new(),
    };
    match state.kind {
        Some(StateKind::Start) => format!("the start{}", within()),
        Some(StateKind::End) => format!("the end{}", within()),
        Some(StateKind::Fork) => format!("the fork {}", state.id),
        Some(StateKind::Join) => format!("the join {}", state.id),
        Some(StateKind::Choice) => format!("the choice {}", state.id),
        Some(StateKind::Region) => format!("a part{} that runs beside others", within()),
        _ => name(&state.label, &state.id),
    }
}

/// The parts in the order in which they are read: each behind what leads to it, loops left aside, and otherwise as
/// declared. Reverse postorder of a walk in depth that goes through groups as if they led to what they hold.
fn order(parts: &[Part]) -> Vec<usize> {
    // A group is declared where the first of its nodes is.
    let mut declared: Vec<usize> = (0..parts.len()).collect();
    for at in 0..parts.len() {
        if parts[at].is_group && !parts[at].members.is_empty() {
            continue;
        }
        let (mut holder, mut n_left) = (parts[at].holder, parts.len());
        while let Some(group) = holder.filter(|group| n_left > 0 && declared[*group] > at) {
            declared[group] = at;
            (holder, n_left) = (parts[group].holder, n_left - 1);
        }
    }
    let mut by_declaration: Vec<usize> = (0..parts.len()).collect();
    by_declaration.sort_by_key(|at| (declared[*at], !parts[*at].is_group, usize::MAX - at));
    let is_outer = |at: &usize| parts[*at].holder.is_none();
    let is_entered = entered_groups(parts);
    let mut roots: Vec<usize> = by_declaration
        .iter()
        .copied()
        .filter(|at| is_outer(at) && !parts[*at].is_led_to && !is_entered[*at])
        .collect();
    // Circles that nothing leads into are entered where they were declared first.
    let mut seen = vec![false; parts.len()];
    walk(parts, &roots, &mut seen, &mut Vec::new());
    for at in by_declaration.iter().copied().filter(is_outer).chain(by_declaration.iter().copied()) {
        if !seen[at] {
            roots.push(at);
            walk(parts, &[at], &mut seen, &mut Vec::new());
        }
    }
    let mut order = Vec::with_capacity(parts.len());
    roots.reverse();
    walk(parts, &roots, &mut vec![false; parts.len()], &mut order);
    order.reverse();
    order
}

/// For each part whether something outside leads to what it holds.
fn entered_groups(parts: &[Part]) -> Vec<bool> {
    /// Groups that are looked at around an end; no reader follows deeper ones.
    const MAX_DEPTH: usize = 64;
    let around = |at: usize| {
        std::iter::successors(parts[at].holder, |group| parts[*group].holder)
            .take(MAX_DEPTH)
            .collect::<Vec<_>>()
    };
    let mut is_entered = vec![false; parts.len()];
    for (from, part) in parts.iter().enumerate() {
        let outside = around(from);
        for lead in &part.leads {
            for group in around(lead.to) {
                is_entered[group] |= group != from && !outside.contains(&group);
            }
        }
    }
    is_entered
}

/// Where a walk comes to first that goes to a part: the outermost group around it that is not seen yet, or the part.
fn entered(parts: &[Part], seen: &[bool], at: usize) -> usize {
    // Groups are seen before those in them.
    let mut first = at;
    while let Some(holder) = parts[first].holder.filter(|holder| !seen[*holder]) {
        first = holder;
    }
    first
}

/// Walks from each root to all that is not seen yet, and lists what it leaves for good.
fn walk(parts: &[Part], roots: &[usize], seen: &mut [bool], left: &mut Vec<usize>) {
    for root in roots {
        if std::mem::replace(&mut seen[*root], true) {
            continue;
        }
        // The way to where the walk is, each part with how many of its neighbours are still to be tried.
        let n_neighbours = |at: usize| parts[at].members.len() + parts[at].leads.len();
        let mut way = vec![(*root, n_neighbours(*root))];
        while let Some((at, n_left)) = way.last_mut() {
            let at = *at;
            let Some(next) = n_left.checked_sub(1) else {
                left.push(at);
                way.pop();
                continue;
            };
            *n_left = next;
            // From last to first, so that in the end the first stands first.
            let members = &parts[at].members;
            let neighbour =
                members.get(next).copied().unwrap_or_else(|| parts[at].leads[next - members.len()].to);
            if seen[neighbour] {
                continue;
            }
            let neighbour = entered(parts, seen, neighbour);
            if !std::mem::replace(&mut seen[neighbour], true) {
                way.push((neighbour, n_neighbours(neighbour)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(n: usize, leads: &[(usize, usize)], holders: &[(usize, usize)]) -> Story {
        let mut parts: Vec<Part> = (0..n).map(|_| Part::default()).collect();
        for (member, group) in holders {
            parts[*member].holder = Some(*group);
            parts[*group].is_group = true;
        }
        for (from, to) in leads {
            add_lead(&mut parts, *from, Lead { to: *to, label: String::new(), manner: Manner::To });
        }
        Story::of_parts(parts)
    }

    #[test]
    fn each_part_is_read_behind_what_leads_to_it() {
        type Pairs = &'static [(usize, usize)];
        let table: [(usize, Pairs, Pairs, &[usize]); 7] = [
            (3, &[(0, 1), (1, 2)], &[], &[0, 1, 2]),
            (3, &[(2, 1), (1, 0)], &[], &[2, 1, 0]),
            (4, &[(0, 1), (0, 2), (1, 3), (2, 3)], &[], &[0, 1, 2, 3]),
            (3, &[(0, 1), (1, 0), (1, 2)], &[], &[0, 1, 2]),
            (4, &[(0, 1)], &[(1, 2), (3, 2)], &[0, 2, 1, 3]),
            (2, &[(0, 0)], &[], &[0, 1]),
            // A circle through a group: 0, 1, the group 4 with 2 and 3, back to 1.
            (5, &[(0, 1), (1, 2), (2, 3), (3, 1)], &[(2, 4), (3, 4)], &[0, 1, 4, 2, 3]),
        ];
        for (n, leads, holders, expected) in table {
            assert_eq!(story(n, leads, holders).order, expected, "{leads:?} {holders:?}");
        }
    }
}
