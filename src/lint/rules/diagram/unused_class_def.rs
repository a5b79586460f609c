use std::collections::BTreeSet;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::ClassDef;

declare_rule! {
    /// ## What it checks
    /// `classDef` statements whose class nothing in the diagram has.
    ///
    /// ## Why it matters
    /// The colours were meant for something; either a `class` statement was forgotten or the definition is a leftover.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Gateway --> Server
    ///     classDef edge fill:#f96
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Gateway:::edge --> Server
    ///     classDef edge fill:#f96
    /// ```
    pub(crate) static UNUSED_CLASS_DEF = {
        name: "unused-class-def", code: "DG012", severity: Severity::Note,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let (class_defs, used): (&[ClassDef], BTreeSet<&str>) = if let Some(flowchart) = cx.flowchart() {
        let nodes = flowchart.nodes.iter().flat_map(|node| &node.classes);
        let edges = flowchart.edges.iter().flat_map(|edge| &edge.classes);
        let subgraphs = flowchart.subgraphs.iter().flat_map(|subgraph| &subgraph.classes);
        (&flowchart.class_defs, nodes.chain(edges).chain(subgraphs).map(String::as_str).collect())
    } else if let Some(diagram) = cx.state() {
        (
            &diagram.class_defs,
            diagram.states.iter().flat_map(|state| &state.classes).map(String::as_str).collect(),
        )
    } else {
        return Vec::new();
    };
    class_defs
        .iter()
        // Mermaid gives the class `default` to every node.
        .filter(|def| def.name != "default" && !used.contains(def.name.as_str()))
        .map(|def| {
            let message = format!("nothing has the class `{}`", def.name);
            Diagnostic::new(&UNUSED_CLASS_DEF.meta, cx.place(def.span), message)
                .help(format!("give it to a node with `:::{}`, or remove the definition", def.name))
        })
        .collect()
}
