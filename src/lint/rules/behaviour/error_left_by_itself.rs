use crate::base::diagnostic::{Diagnostic, Severity};
use crate::claims::behaviour::{DrawnTransition, StateMachine};
use crate::claims::words::Words;
use crate::cluster::model::ha::{ServiceState, StateName};
use crate::lint::rule::{BehaviourCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// A transition that leads from `error` to a state that the service can only reach after somebody has repaired it.
    ///
    /// ## Why it matters
    /// HA does not touch a service in `error`. It stays there until `disabled` is requested by hand; only then can it be started
    /// again. A reader who relies on a retry waits forever. (ha-manager.adoc, "Error Recovery")
    ///
    /// ## Example
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> Started
    ///     Started --> Error: start failed on every node
    ///     Error --> Recovery: HA manager tries again
    ///     Recovery --> Started
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> Started
    ///     Started --> Recovery: node fenced
    ///     Started --> Error: start failed on every node
    ///     Error --> Stopped: disabled by hand
    ///     Recovery --> Started
    /// ```
    pub(crate) static ERROR_LEFT_BY_ITSELF = {
        name: "error-left-by-itself", code: "BE006", severity: Severity::Error,
        check: Stage::Behaviour(check),
    }
}

/// Words of a trigger that say that somebody does it.
const BY_HAND: &[&str] = &["disable", "disabled", "admin", "manual", "manually", "by hand", "operator"];

fn check(cx: &BehaviourCx) -> Vec<Diagnostic> {
    cx.intended.transitions().filter_map(|(machine, transition)| word(machine, transition)).collect()
}

fn word(machine: &StateMachine, transition: &DrawnTransition) -> Option<Diagnostic> {
    let (source, target) = (&machine.states[transition.from], &machine.states[transition.to]);
    let by_itself = match target.meaning {
        StateName::Stored(state) | StateName::MeantFor(state) => {
            !matches!(state, ServiceState::Stopped | ServiceState::RequestStop | ServiceState::Error)
        }
        StateName::Shown | StateName::Unknown => false,
    };
    let by_hand = Words::of(&transition.trigger).has_any(BY_HAND);
    if source.meaning != StateName::Stored(ServiceState::Error) || !by_itself || by_hand {
        return None;
    }
    let message = format!("a service does not go from `{}` to `{}` by itself", source.name, target.name);
    let finding = Diagnostic::new(&ERROR_LEFT_BY_ITSELF.meta, transition.place, message);
    let finding = if transition.trigger.is_empty() {
        finding
    } else {
        finding.label(format!("\"{}\"", transition.trigger))
    };
    Some(
        finding
            .note("HA leaves a service in `error` alone until `disabled` is requested (ha-manager.adoc, \"Error Recovery\")")
            .help("lead from `error` to `stopped`, triggered by `ha-manager set SID --state disabled`"),
    )
}
