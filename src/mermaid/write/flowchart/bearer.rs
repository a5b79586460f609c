//! What has classes.

use std::collections::BTreeMap;

use crate::mermaid::diagram::flowchart::{Flowchart, Node};

/// Something that has classes.
pub(super) struct Bearer<'a> {
    pub(super) id: &'a str,
    /// In order.
    pub(super) classes: &'a [String],
    /// The node of that id.
    pub(super) node: Option<&'a Node>,
}

/// Everything that has classes, by the order in which ids are first borne. One id may be a node's, a subgraph's and
/// an edge's: a class is given to all of them at once.
pub(super) fn bearers(chart: &Flowchart) -> Vec<Bearer<'_>> {
    let nodes = chart.nodes.iter().map(|node| (node.id.as_str(), node.classes.as_slice(), Some(node)));
    let edges = chart.edges.iter().map(|edge| (edge.id.as_str(), edge.classes.as_slice(), None));
    let subgraphs =
        chart.subgraphs.iter().map(|subgraph| (subgraph.id.as_str(), subgraph.classes.as_slice(), None));
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut bearers: Vec<Bearer<'_>> = Vec::new();
    for (id, classes, node) in nodes.chain(edges).chain(subgraphs) {
        let place = *places.entry(id).or_insert(bearers.len());
        match bearers.get_mut(place) {
            Some(bearer) if classes.len() > bearer.classes.len() => bearer.classes = classes,
            Some(_) => {}
            None => bearers.push(Bearer { id, classes, node }),
        }
    }
    bearers.retain(|bearer| !bearer.classes.is_empty());
    bearers
}
