use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Span;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::sequence::Event;

declare_rule! {
    /// ## What it checks
    /// Activations of a sequence diagram that start (`activate`, `->>+`) and never end.
    ///
    /// ## Why it matters
    /// The bar on a lifeline says from when until when somebody is busy. Without its end the diagram does not say what
    /// the author began to say.
    ///
    /// ## Example
    /// ```mermaid
    /// sequenceDiagram
    ///     Client->>+Server: request
    ///     Server-->>Client: answer
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// sequenceDiagram
    ///     Client->>+Server: request
    ///     Server-->>-Client: answer
    /// ```
    pub(crate) static ACTIVATION_NEVER_ENDS = {
        name: "activation-never-ends", code: "DG010", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(diagram) = cx.sequence() else {
        return Vec::new();
    };
    let mut open: Vec<Vec<Span>> = vec![Vec::new(); diagram.participants.len()];
    for event in &diagram.events {
        match event {
            Event::Activate(participant, span) => open[participant.0].push(*span),
            Event::Deactivate(participant, _) => {
                open[participant.0].pop();
            }
            _ => {}
        }
    }
    let mut findings = Vec::new();
    for (participant, starts) in diagram.participants.iter().zip(open) {
        let id = &participant.id;
        for span in starts {
            findings.push(
                Diagnostic::new(
                    &ACTIVATION_NEVER_ENDS.meta,
                    cx.place(span),
                    format!("the activation of `{id}` starts here and never ends"),
                )
                .help(format!("write `deactivate {id}` where it ends, or `-` behind the arrow of the message it ends with")),
            );
        }
    }
    findings
}
