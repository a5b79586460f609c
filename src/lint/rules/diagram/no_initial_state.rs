use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::diagram::state::StateKind;

declare_rule! {
    /// ## What it checks
    /// State diagrams that do not say in which state they begin.
    ///
    /// It is no finding when the picture says it: exactly one state has a way out and none in.
    ///
    /// ## Why it matters
    /// Without `[*] --> State` a reader has to guess where to start reading, and nothing can be said about which states
    /// can be reached.
    ///
    /// ## Example
    /// ```mermaid
    /// stateDiagram-v2
    ///     Stopped --> Started: start
    ///     Started --> Stopped: stop
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> Stopped
    ///     Stopped --> Started: start
    ///     Started --> Stopped: stop
    /// ```
    pub(crate) static NO_INITIAL_STATE = {
        name: "no-initial-state", code: "DG008", severity: Severity::Note,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(diagram) = cx.state() else {
        return Vec::new();
    };
    let Some(first) = diagram.transitions.first() else {
        return Vec::new();
    };
    let has_start =
        diagram.states.iter().any(|state| state.parent.is_none() && state.kind == Some(StateKind::Start));
    let (mut is_left, mut is_entered) =
        (vec![false; diagram.states.len()], vec![false; diagram.states.len()]);
    for transition in diagram.transitions.iter().filter(|transition| transition.from != transition.to) {
        is_left[transition.from.0] = true;
        is_entered[transition.to.0] = true;
    }
    let n_sources = is_left.iter().zip(&is_entered).filter(|(left, entered)| **left && !**entered).count();
    if has_start || n_sources == 1 {
        return Vec::new();
    }
    let state = diagram.state(first.from);
    let message = match n_sources {
        0 => "nothing says in which state this diagram begins".to_owned(),
        n => format!("nothing says in which of {n} states without an entry this diagram begins"),
    };
    vec![
        Diagnostic::new(&NO_INITIAL_STATE.meta, cx.place(first.span), message)
            .help(format!("if it begins here, write `[*] --> {}` above", state.id)),
    ]
}
