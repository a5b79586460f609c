//! How clusters lie in each other.

use super::{Cluster, ClusterIx, End, Graph};

/// Clusters below this depth lie beside the one at it: each level costs room in every rank that it spans.
const MAX_DEPTH: usize = 48;

/// The tree of the clusters.
#[derive(Debug)]
pub(super) struct Tree {
    /// For each cluster those around it and itself, outermost first.
    paths: Vec<Vec<usize>>,
}

impl Tree {
    pub(super) fn of(clusters: &[Cluster]) -> Self {
        let parent = |cluster: usize| {
            let parent = clusters[cluster].parent.map(|ClusterIx(parent)| parent);
            parent.filter(|parent| *parent < clusters.len() && *parent != cluster)
        };
        let paths = (0..clusters.len()).map(|cluster| {
            let mut path = vec![cluster];
            let mut at = cluster;
            while let Some(above) = parent(at).filter(|_| path.len() <= clusters.len()) {
                path.push(above);
                at = above;
            }
            path.reverse();
            if path.len() > MAX_DEPTH {
                path.truncate(MAX_DEPTH - 1);
                path.push(cluster);
            }
            path
        });
        Self { paths: paths.collect() }
    }

    /// The clusters around the inside of `cluster`, outermost first, itself last; none for the canvas.
    pub(super) fn path(&self, cluster: Option<usize>) -> &[usize] {
        cluster.map_or(&[], |cluster| self.paths[cluster].as_slice())
    }

    /// The cluster that directly holds `cluster`.
    pub(super) fn parent(&self, cluster: usize) -> Option<usize> {
        self.paths[cluster].iter().rev().nth(1).copied()
    }

    /// True when `end` lies in `cluster` and is not the cluster itself.
    pub(super) fn holds(&self, graph: &Graph, cluster: usize, end: End) -> bool {
        match end {
            End::Node(node) => self.path(cluster_of(graph, node.0)).contains(&cluster),
            End::Cluster(ClusterIx(other)) => other != cluster && self.paths[other].contains(&cluster),
        }
    }

    /// The clusters, inner ones before those around them.
    pub(super) fn inside_out(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.paths.len()).collect();
        order.sort_by_key(|cluster| std::cmp::Reverse(self.paths[*cluster].len()));
        order
    }
}

/// The cluster that directly holds the node.
pub(super) fn cluster_of(graph: &Graph, node: usize) -> Option<usize> {
    graph.nodes[node].cluster.map(|ClusterIx(cluster)| cluster)
}
