use std::collections::BTreeMap;

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
    let mut open: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for event in &diagram.events {
        match event {
            // Who does not exist is a finding of its own.
            Event::Activate(activation) if activation.participant.is_none() => {}
            Event::Activate(activation) => open.entry(&activation.id).or_default().push(activation.span),
            Event::Deactivate(activation) => {
                open.entry(&activation.id).or_default().pop();
            }
            _ => {}
        }
    }
    let never_ended =
        open.into_iter().flat_map(|(id, starts)| starts.into_iter().map(move |start| (id, start)));
    never_ended
        .map(|(id, start)| {
            let message = format!("the activation of `{id}` starts here and never ends");
            Diagnostic::new(&ACTIVATION_NEVER_ENDS.meta, cx.place(start), message)
                .help(format!("write `deactivate {id}` where it ends, or `-` behind the arrow of the message that `{id}` ends with"))
        })
        .collect()
}
