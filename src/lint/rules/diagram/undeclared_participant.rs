use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::{self, Edit};
use crate::base::similar;
use crate::base::text::Span;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::sequence::{Event, Participant, SequenceDiagram};

declare_rule! {
    /// ## What it checks
    /// Participants that a sequence diagram uses without declaring them, while it declares others.
    ///
    /// ## Why it matters
    /// Mermaid makes a participant of every new name: a misspelt one becomes a lifeline of its own, and a forgotten one
    /// stands behind those that were declared rather than where it belongs. A diagram that declares nobody
    /// leaves the order to Mermaid on purpose and is no finding.
    ///
    /// ## Example
    /// ```mermaid
    /// sequenceDiagram
    ///     participant Client
    ///     participant Server
    ///     Client->>Server: login
    ///     Server->>Database: look up the user
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// sequenceDiagram
    ///     participant Client
    ///     participant Server
    ///     participant Database
    ///     Client->>Server: login
    ///     Server->>Database: look up the user
    /// ```
    pub(crate) static UNDECLARED_PARTICIPANT = {
        name: "undeclared-participant", code: "DG004", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(diagram) = cx.sequence() else {
        return Vec::new();
    };
    let declared: Vec<&Participant> =
        diagram.participants.iter().filter(|participant| participant.declared).collect();
    if declared.is_empty() {
        return Vec::new();
    }
    let insertion = place_to_declare(diagram);
    let n_all = diagram.participants.len();
    let mut findings = Vec::new();
    for (index, participant) in diagram.participants.iter().enumerate() {
        if participant.declared {
            continue;
        }
        let id = &participant.id;
        let names = declared.iter().map(|other| other.id.as_str());
        let mut finding = Diagnostic::new(
            &UNDECLARED_PARTICIPANT.meta,
            cx.place(participant.span),
            format!("nobody declared the participant `{id}`"),
        )
        .label(format!("first used here, so drawn as number {} of {n_all}", index + 1));
        finding = match similar::nearest(id, names) {
            Some(meant) => {
                finding.help(format!("write `{meant}` if that is meant, else add `participant {id}`"))
            }
            None => finding.help(format!("add `participant {id}` where it should stand")),
        };
        if let Some(at) = insertion
            && let Some(line_break) = edit::line_break(cx.text, at)
            && can_be_declared_plainly(id)
        {
            let line = Edit::replace(Span::at(at), format!("participant {id}{line_break}"));
            finding = finding.fix(Applicability::Safe, vec![line]);
        }
        findings.push(finding);
    }
    findings
}

/// Where a further declaration changes nothing in the drawing: before everything that happens and behind all
/// declarations; `None` when declarations and messages are mixed.
fn place_to_declare(diagram: &SequenceDiagram) -> Option<u32> {
    let at = diagram.events.iter().find_map(|event| match event {
        Event::Message(message) => Some(message.span.start),
        Event::Note(note) => Some(note.span.start),
        Event::Open(fragment) => diagram.fragments.get(fragment.0).map(|fragment| fragment.span.start),
        _ => None,
    })?;
    let mut declared = diagram.participants.iter().filter(|participant| participant.declared);
    declared.all(|participant| participant.span.start < at).then_some(at)
}

/// True for a name that means the same behind `participant` as it does in a message.
fn can_be_declared_plainly(id: &str) -> bool {
    id.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.')) && !id.contains(" as ")
}
