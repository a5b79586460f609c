//! The order in which a graph is read from top to bottom when everything stands in one column.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::draw::layout::layered::{ClusterIx, End, Graph, NodeIx};

/// A step of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A cluster begins.
    Open(usize),
    /// A node.
    Node(usize),
    /// A cluster ends.
    Close(usize),
}

/// How clusters lie in each other; scope 0 is the canvas, scope `n + 1` the inside of cluster `n`.
#[derive(Debug)]
pub(super) struct Scopes {
    /// The scope around each cluster's box.
    parents: Vec<usize>,
    /// Clusters around each scope, itself counted.
    depths: Vec<usize>,
    /// The scope of each node.
    of_nodes: Vec<usize>,
}

impl Scopes {
    pub(super) fn of(graph: &Graph) -> Self {
        let scope = |cluster: Option<ClusterIx>| cluster.map_or(0, |ClusterIx(cluster)| cluster + 1);
        let parents: Vec<usize> = graph.clusters.iter().map(|cluster| scope(cluster.parent)).collect();
        let mut depths = vec![0; graph.clusters.len() + 1];
        for cluster in 0..graph.clusters.len() {
            let mut way = Vec::new();
            let mut at = cluster + 1;
            while at > 0 && depths[at] == 0 && way.len() <= graph.clusters.len() {
                way.push(at);
                at = parents[at - 1];
            }
            let mut depth = depths[at];
            for scope in way.into_iter().rev() {
                depth += 1;
                depths[scope] = depth;
            }
        }
        Self { parents, depths, of_nodes: graph.nodes.iter().map(|node| scope(node.cluster)).collect() }
    }

    /// The scope that `end` stands in; a cluster stands in what is around it.
    pub(super) fn around(&self, end: End) -> usize {
        match end {
            End::Node(NodeIx(node)) => self.of_nodes[node],
            End::Cluster(ClusterIx(cluster)) => self.parents[cluster],
        }
    }

    /// How many clusters are around what stands in `scope`.
    pub(super) fn depth(&self, scope: usize) -> usize {
        self.depths[scope]
    }

    /// The clusters, inner ones before those around them.
    pub(super) fn inside_out(&self) -> Vec<usize> {
        let mut clusters: Vec<usize> = (0..self.parents.len()).collect();
        clusters.sort_by_key(|cluster| Reverse(self.depths[cluster + 1]));
        clusters
    }

    /// The innermost scope in which both ends stand, directly or in clusters, and those two things in it; `None` where
    /// one end is a cluster that holds the other.
    pub(super) fn meet(&self, one: End, other: End) -> Option<(usize, End, End)> {
        let (mut a, mut b) = (one, other);
        let (mut scope_a, mut scope_b) = (self.around(a), self.around(b));
        while scope_a != scope_b {
            let (end, scope) = if self.depths[scope_a] >= self.depths[scope_b] {
                (&mut a, &mut scope_a)
            } else {
                (&mut b, &mut scope_b)
            };
            let cluster = scope.checked_sub(1)?;
            *end = End::Cluster(ClusterIx(cluster));
            *scope = self.parents[cluster];
        }
        let is_same = a == b && one != other;
        (!is_same).then_some((scope_a, a, b))
    }
}

/// Everything in reading order: what leads stands above what it leads to, chains stay together, what a cluster holds
/// stands together; what is left open is in the order of the graph.
pub(super) fn reading(graph: &Graph, scopes: &Scopes) -> Vec<Step> {
    let n_nodes = graph.nodes.len();
    let n_things = n_nodes + graph.clusters.len();
    let index = |end: End| match end {
        End::Node(NodeIx(node)) => node,
        End::Cluster(ClusterIx(cluster)) => n_nodes + cluster,
    };
    // A cluster stands where its first node stands.
    let mut first: Vec<usize> = (0..n_nodes).chain((0..graph.clusters.len()).map(|_| n_nodes)).collect();
    for node in (0..n_nodes).rev() {
        let mut scope = scopes.of_nodes[node];
        while scope > 0 {
            first[n_nodes + scope - 1] = node;
            scope = scopes.parents[scope - 1];
        }
    }
    let mut inside: Vec<Vec<usize>> = vec![Vec::new(); graph.clusters.len() + 1];
    for thing in 0..n_things {
        let scope = if thing < n_nodes { scopes.of_nodes[thing] } else { scopes.parents[thing - n_nodes] };
        inside[scope].push(thing);
    }
    let mut leads_to: Vec<Vec<usize>> = vec![Vec::new(); n_things];
    for edge in &graph.edges {
        if let Some((_, from, to)) = scopes.meet(edge.from, edge.to)
            && from != to
        {
            leads_to[index(from)].push(index(to));
        }
    }
    let ordered: Vec<Vec<usize>> = inside
        .iter_mut()
        .map(|things| {
            things.sort_by_key(|thing| (first[*thing], *thing));
            chains(things, &mut leads_to)
        })
        .collect();
    let mut steps = Vec::with_capacity(n_nodes + 2 * graph.clusters.len());
    let mut open: Vec<(usize, usize)> = vec![(0, 0)];
    while let Some((scope, at)) = open.pop() {
        let Some(thing) = ordered[scope].get(at) else {
            if scope > 0 {
                steps.push(Step::Close(scope - 1));
            }
            continue;
        };
        open.push((scope, at + 1));
        if *thing < n_nodes {
            steps.push(Step::Node(*thing));
        } else {
            steps.push(Step::Open(thing - n_nodes));
            open.push((thing - n_nodes + 1, 0));
        }
    }
    steps
}

/// The things of one scope: each behind all that lead to it, and as near to the last of them as can be. Edges that close
/// a cycle do not count; they are taken out of `leads_to`.
fn chains(things: &[usize], leads_to: &mut [Vec<usize>]) -> Vec<usize> {
    turn_cycles(things, leads_to);
    let mut n_before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut place = BTreeMap::new();
    for (at, thing) in things.iter().enumerate() {
        place.insert(*thing, at);
        for next in &leads_to[*thing] {
            *n_before.entry(*next).or_default() += 1;
        }
    }
    // What is ready: first what follows the latest, then the order of the graph.
    let mut ready: BTreeSet<(Reverse<usize>, usize, usize)> = BTreeSet::new();
    for (at, thing) in things.iter().enumerate() {
        if !n_before.contains_key(thing) {
            ready.insert((Reverse(0), at, *thing));
        }
    }
    let mut ordered = Vec::with_capacity(things.len());
    while let Some((_, _, thing)) = ready.pop_first() {
        ordered.push(thing);
        for next in &leads_to[thing] {
            if let Some(n) = n_before.get_mut(next) {
                *n -= 1;
                if *n == 0 {
                    let at = place.get(next).copied().unwrap_or_default();
                    ready.insert((Reverse(ordered.len()), at, *next));
                }
            }
        }
    }
    ordered
}

/// Takes out what closes a cycle on the way from the first thing on.
fn turn_cycles(things: &[usize], leads_to: &mut [Vec<usize>]) {
    // 0: not seen, 1: on the way, 2: done.
    let mut marks: BTreeMap<usize, u8> = BTreeMap::new();
    for start in things {
        if marks.contains_key(start) {
            continue;
        }
        let mut way = vec![(*start, 0)];
        marks.insert(*start, 1);
        while let Some((thing, at)) = way.pop() {
            let Some(next) = leads_to[thing].get(at).copied() else {
                marks.insert(thing, 2);
                continue;
            };
            match marks.get(&next) {
                Some(1) => {
                    leads_to[thing].remove(at);
                    way.push((thing, at));
                }
                Some(_) => way.push((thing, at + 1)),
                None => {
                    way.push((thing, at + 1));
                    marks.insert(next, 1);
                    way.push((next, 0));
                }
            }
        }
    }
}
