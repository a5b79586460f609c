use std::collections::BTreeMap;

use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::base::similar;
use crate::base::text::Span;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::sequence::Event;

declare_rule! {
    /// ## What it checks
    /// `activate` statements about a participant that the sequence diagram does not have.
    ///
    /// ## Why it matters
    /// A message and a note make a participant of a new name, an activation does not. There is no lifeline on which the bar
    /// could stand, and Mermaid does not say so when it reads the diagram.
    ///
    /// ## Example
    /// ```mermaid
    /// sequenceDiagram
    ///     Client->>Server: request
    ///     activate Sever
    ///     Server-->>Client: answer
    ///     deactivate Sever
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// sequenceDiagram
    ///     Client->>Server: request
    ///     activate Server
    ///     Server-->>Client: answer
    ///     deactivate Server
    /// ```
    pub(crate) static ACTIVATION_OF_NOBODY = {
        name: "activation-of-nobody", code: "DG029", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(diagram) = cx.sequence() else {
        return Vec::new();
    };
    let mut places: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for event in &diagram.events {
        if let Event::Activate(activation) | Event::Deactivate(activation) = event
            && activation.participant.is_none()
        {
            places.entry(&activation.id).or_default().push(activation.span);
        }
    }
    let named = diagram.participants.iter().map(|it| (it.label.as_str(), it.id.as_str()));
    let by_label: BTreeMap<&str, &str> = named.collect();
    let mut findings = Vec::new();
    for (id, places) in places {
        let [first, others @ ..] = places.as_slice() else { continue };
        let message = format!("`{id}` is activated, and there is no participant `{id}`");
        let mut finding = Diagnostic::new(&ACTIVATION_OF_NOBODY.meta, cx.place(*first), message)
            .note("an activation makes no participant, as a message would");
        for other in others {
            finding = finding.related(cx.place(*other), "named again here");
        }
        let known = diagram.participants.iter().map(|participant| participant.id.as_str());
        let meant = by_label.get(id).copied().or_else(|| similar::nearest(id, known));
        finding = match meant {
            Some(meant) => {
                let edits = places.iter().map(|place| Edit::replace(*place, meant)).collect();
                finding.help(format!("did you mean `{meant}`?")).fix(Applicability::Unsafe, edits)
            }
            None => finding.help(format!("add `participant {id}`, or name a participant of the diagram")),
        };
        findings.push(finding);
    }
    findings
}
