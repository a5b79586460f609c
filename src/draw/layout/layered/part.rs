//! Graphs made of a part of the whole, with where each of their things comes from.

use super::{Cluster, ClusterIx, Edge, End, Graph, Node, NodeIx};

/// What a node of a part stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    /// A node of the whole.
    Node(usize),
    /// A cluster that is laid out by itself or is empty.
    Box(usize),
}

/// What an edge of a part stands for: an edge of the whole, or the stretch of one that lies in the part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// The edge of the whole.
    pub(super) edge: usize,
    /// Its place among the stretches of the edge, from start to end; 0 for that between the outermost boxes.
    pub(super) place: i64,
    /// In the part it leads the other way.
    pub(super) is_reversed: bool,
}

/// A graph made of a part of the whole.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) graph: Graph,
    pub(super) nodes: Vec<Origin>,
    pub(super) clusters: Vec<usize>,
    pub(super) edges: Vec<Stretch>,
}

/// The part as smaller ones, by the number that each node has.
pub(super) fn split(part: &Part, numbers: &[usize], n_parts: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..n_parts).map(|_| Part::default()).collect();
    let mut local_node = Vec::with_capacity(numbers.len());
    let mut number_of_cluster: Vec<Option<usize>> = vec![None; part.graph.clusters.len()];
    for (node, number) in numbers.iter().enumerate() {
        let mut at = part.graph.nodes[node].cluster;
        let mut n_left = part.graph.clusters.len();
        while let Some(ClusterIx(cluster)) = at.filter(|_| n_left > 0) {
            if number_of_cluster[cluster].replace(*number).is_some() {
                break;
            }
            at = part.graph.clusters[cluster].parent;
            n_left -= 1;
        }
        local_node.push(NodeIx(parts[*number].nodes.len()));
        parts[*number].nodes.push(part.nodes[node]);
    }
    // Outer clusters come first, so that the parent of each is known.
    let mut local_cluster: Vec<Option<ClusterIx>> = Vec::with_capacity(number_of_cluster.len());
    for (cluster, shape) in part.graph.clusters.iter().enumerate() {
        let Some(number) = number_of_cluster[cluster] else {
            local_cluster.push(None);
            continue;
        };
        let parent = shape.parent.and_then(|ClusterIx(parent)| local_cluster.get(parent).copied().flatten());
        local_cluster.push(Some(ClusterIx(parts[number].clusters.len())));
        parts[number].clusters.push(part.clusters[cluster]);
        parts[number].graph.clusters.push(Cluster { parent, ..shape.clone() });
    }
    for (node, number) in numbers.iter().enumerate() {
        let shape = &part.graph.nodes[node];
        let cluster = shape.cluster.and_then(|ClusterIx(cluster)| local_cluster[cluster]);
        parts[*number].graph.nodes.push(Node { cluster, ..shape.clone() });
    }
    for (index, edge) in part.graph.edges.iter().enumerate() {
        let local = |end: End| match end {
            End::Node(NodeIx(node)) => Some((numbers[node], End::Node(local_node[node]))),
            End::Cluster(ClusterIx(cluster)) => {
                Some((number_of_cluster[cluster]?, End::Cluster(local_cluster[cluster]?)))
            }
        };
        if let (Some((number, from)), Some((_, to))) = (local(edge.from), local(edge.to)) {
            parts[number].edges.push(part.edges[index]);
            parts[number].graph.edges.push(Edge { from, to, ..edge.clone() });
        }
    }
    parts
}
