use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::similar;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Classes that a flowchart gives to its nodes and does not define, while it defines others.
    ///
    /// A diagram without any `classDef` may rely on the style sheet of its page and is no finding.
    ///
    /// ## Why it matters
    /// Mermaid does not complain; the node keeps its default looks.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Gateway:::egde --> Server
    ///     classDef edge fill:#f96
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Gateway:::edge --> Server
    ///     classDef edge fill:#f96
    /// ```
    pub(crate) static UNDEFINED_CLASS = {
        name: "undefined-class", code: "DG006", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(flowchart) = cx.flowchart() else {
        return Vec::new();
    };
    if flowchart.class_defs.is_empty() {
        return Vec::new();
    }
    let defined = || flowchart.class_defs.iter().map(|def| def.name.as_str());
    let mut findings = Vec::new();
    for (name, span) in &flowchart.class_uses {
        if defined().any(|other| other == name) {
            continue;
        }
        let message = format!("no `classDef` defines the class `{name}`");
        let finding = Diagnostic::new(&UNDEFINED_CLASS.meta, cx.place(*span), message);
        findings.push(match similar::nearest(name, defined()) {
            Some(meant) => finding.help(format!("write `{meant}` if that is meant")),
            None if name.contains(',') => {
                finding.help("a node takes one class at a time: write one `class` statement for each")
            }
            None => finding.help(format!("add `classDef {name}` with its looks, or leave the class out")),
        });
    }
    findings
}
