use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::lint::wording::count;
use crate::mermaid::diagram::connection::Connections;
use crate::mermaid::diagram::flowchart::{Node, NodeIx, Origin, Shape, SubgraphIx};

declare_rule! {
    /// ## What it checks
    /// Nodes of a flowchart that no edge touches, while the nodes beside them are connected.
    ///
    /// A node is not alone when an edge reaches the subgraph it stands in. A subgraph of which half or more have no edge is
    /// taken for a list or a legend. Comment shapes (`brace`, `text`, `note`) stand alone by nature.
    ///
    /// ## Why it matters
    /// A box beside the flow says nothing about what it does. Either an edge was forgotten, or the box repeats
    /// the title of its group.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     subgraph Storage
    ///         Ceph[Ceph cluster]
    ///         Mon[Monitor] --> Osd[OSD]
    ///     end
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     subgraph Storage [Ceph cluster]
    ///         Mon[Monitor] --> Osd[OSD]
    ///     end
    /// ```
    pub(crate) static ISOLATED_NODE = {
        name: "isolated-node", code: "DG003", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(flowchart) = cx.flowchart() else {
        return Vec::new();
    };
    let connections = Connections::of(flowchart);
    let nodes = flowchart.nodes.iter().enumerate().map(|(index, node)| (NodeIx(index), node));
    nodes
        .filter(|(ix, node)| {
            let beside = connections.group_of(*ix);
            connections.n_edges(*ix) == 0
                && beside.n_connected > beside.n_isolated
                && !connections.holder(*ix).is_some_and(|subgraph| connections.is_reached(subgraph))
                && may_stand_in_the_flow(node)
        })
        .map(|(ix, node)| {
            let others = count(connections.group_of(ix).n_connected as usize, "other node");
            let title = connections.holder(ix).map(|SubgraphIx(at)| flowchart.subgraphs[at].title.one_line());
            let (company, remedy) = match title.filter(|title| !title.is_empty()) {
                Some(title) => (
                    format!("no edge touches it; {others} of \"{title}\" are connected"),
                    format!("draw its edge; if it stands for all of \"{title}\", the title of the subgraph can say so"),
                ),
                None => (
                    format!("no edge touches it; {others} beside it are connected"),
                    "draw its edge, or remove it".to_owned(),
                ),
            };
            let message = format!("node `{}` is connected to nothing", node.id);
            Diagnostic::new(&ISOLATED_NODE.meta, cx.place(node.span), message).label(company).help(remedy)
        })
        .collect()
}

/// False for what is no step of the flow: a subgraph's own id, a comment, a spacer, an accident of `style`.
fn may_stand_in_the_flow(node: &Node) -> bool {
    const COMMENTS: [&str; 7] = ["text", "note", "brace", "brace-l", "brace-r", "braces", "comment"];
    let is_comment = matches!(&node.shape, Some(Shape::Named(name)) if COMMENTS.contains(&name.as_str()));
    node.subgraph.is_none()
        && node.origin == Origin::Vertex
        && !is_comment
        && !node.label.as_str().trim().is_empty()
}
