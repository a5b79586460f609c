use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::connection;
use crate::mermaid::diagram::state::StateKind;

declare_rule! {
    /// ## What it checks
    /// States that no sequence of transitions enters, in a diagram that says where it begins.
    ///
    /// A composite that is entered begins at its `[*]`, or, without one, in any of its members.
    ///
    /// ## Why it matters
    /// A state nobody can enter is either missing a transition or does not exist; a transition drawn the wrong way round
    /// shows here first.
    ///
    /// ## Example
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> Stopped
    ///     Stopped --> Started: start
    ///     Started --> Stopped: stop
    ///     Failed --> Stopped: reset
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> Stopped
    ///     Stopped --> Started: start
    ///     Started --> Stopped: stop
    ///     Started --> Failed: crash
    ///     Failed --> Stopped: reset
    /// ```
    pub(crate) static UNREACHABLE_STATE = {
        name: "unreachable-state", code: "DG009", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(diagram) = cx.state() else {
        return Vec::new();
    };
    let Some(reached) = connection::reachable(diagram) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (state, reached) in diagram.states.iter().zip(reached) {
        // A state inside one that nobody enters follows from it; regions and `[*]` are no states of the author's.
        let follows = state.parent.is_some_and(|parent| !is_authored(diagram.state(parent).kind));
        if reached || follows || !is_authored(state.kind) {
            continue;
        }
        findings.push(
            Diagnostic::new(
                &UNREACHABLE_STATE.meta,
                cx.place(state.span),
                format!("no way leads from `[*]` to state `{}`", state.id),
            )
            .help(format!("draw the transition that enters `{}`, or remove the state", state.id)),
        );
    }
    findings
}

fn is_authored(kind: Option<StateKind>) -> bool {
    !matches!(kind, None | Some(StateKind::Start | StateKind::End | StateKind::Region))
}
