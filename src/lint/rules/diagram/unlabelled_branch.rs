use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::flowchart::{Edge, Shape};

declare_rule! {
    /// ## What it checks
    /// Decisions of a flowchart (`{ }`) with two or more ways out of which some say no condition.
    ///
    /// ## Why it matters
    /// A reader who arrives at the question cannot tell which way is taken when.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart TD
    ///     Ask{Quorate?} --> Start[Start the guest]
    ///     Ask --> Wait[Wait]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart TD
    ///     Ask{Quorate?} -->|yes| Start[Start the guest]
    ///     Ask -->|no| Wait[Wait]
    /// ```
    pub(crate) static UNLABELLED_BRANCH = {
        name: "unlabelled-branch", code: "DG007", severity: Severity::Note,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(flowchart) = cx.flowchart() else {
        return Vec::new();
    };
    let mut exits: Vec<Vec<&Edge>> = vec![Vec::new(); flowchart.nodes.len()];
    for edge in &flowchart.edges {
        exits[edge.from.0].push(edge);
    }
    let mut findings = Vec::new();
    for (index, node) in flowchart.nodes.iter().enumerate() {
        let exits = &exits[index];
        if exits.len() < 2 || !node.shape.as_ref().is_some_and(Shape::is_decision) {
            continue;
        }
        let silent: Vec<&&Edge> = exits
            .iter()
            .filter(|edge| edge.label.as_ref().is_none_or(|label| label.one_line().is_empty()))
            .collect();
        let question = node.label.one_line();
        // A diamond that asks nothing and labels nothing is a picture of a router or a gateway, not a decision.
        if silent.is_empty() || (silent.len() == exits.len() && !question.ends_with('?')) {
            continue;
        }
        let targets = silent
            .iter()
            .map(|edge| format!("`{}`", flowchart.node(edge.to).id))
            .collect::<Vec<_>>()
            .join(", ");
        let message = if silent.len() == exits.len() {
            format!("none of the {} ways out of \"{question}\" says when it is taken", exits.len())
        } else {
            format!(
                "{} of the {} ways out of \"{question}\" do not say when they are taken",
                silent.len(),
                exits.len()
            )
        };
        let mut finding = Diagnostic::new(&UNLABELLED_BRANCH.meta, cx.place(node.label.span()), message)
            .help(format!(
                "label the edges to {targets}, as in `{} -->|yes| {}`",
                node.id,
                flowchart.node(silent[0].to).id
            ));
        for edge in silent {
            finding = finding.related(cx.place(edge.arrow_span), "no label");
        }
        findings.push(finding);
    }
    findings
}
