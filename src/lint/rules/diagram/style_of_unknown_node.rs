use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::similar;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::flowchart::Origin;

declare_rule! {
    /// ## What it checks
    /// `style` statements of a flowchart about an id that no other statement mentions.
    ///
    /// ## Why it matters
    /// Mermaid does not complain: it draws one more box, with that id as its label and those colours, and the node that
    /// was meant keeps its looks. `style A,B` is one id too, and makes a box called `A,B`.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Gateway --> Server
    ///     style Gatway fill:#f96
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Gateway --> Server
    ///     style Gateway fill:#f96
    /// ```
    pub(crate) static STYLE_OF_UNKNOWN_NODE = {
        name: "style-of-unknown-node", code: "DG005", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(flowchart) = cx.flowchart() else {
        return Vec::new();
    };
    let known =
        || flowchart.nodes.iter().filter(|node| node.origin != Origin::Style).map(|node| node.id.as_str());
    let unknown =
        flowchart.nodes.iter().filter(|node| node.origin == Origin::Style && node.subgraph.is_none());
    unknown
        .map(|node| {
            let id = &node.id;
            let finding = Diagnostic::new(
                &STYLE_OF_UNKNOWN_NODE.meta,
                cx.place(node.span),
                format!("`style` names `{id}`, which is no node of this diagram"),
            )
            .label(format!("Mermaid draws one more box, labelled \"{id}\""));
            if id.contains(',') {
                return finding.help(format!(
                    "`style` takes one id: write one statement for each of `{id}`, or use `class {id} NAME`"
                ));
            }
            match similar::nearest(id, known()) {
                Some(meant) => finding.help(format!("`{meant}` is a node; write that if it is meant")),
                None => finding.help("remove the statement, or name a node"),
            }
        })
        .collect()
}
