use crate::base::diagnostic::{Diagnostic, Severity};
use crate::claims::behaviour::{DrawnState, StateMachine};
use crate::cluster::model::ha::StateName;
use crate::lint::rule::{BehaviourCx, Stage, declare_rule};
use crate::lint::wording::and;

declare_rule! {
    /// ## What it checks
    /// States in a diagram of the HA state machine that Proxmox does not have.
    ///
    /// ## Why it matters
    /// A reader who looks for such a state in `ha-manager status` does not find it. The manager knows `stopped`, `request_stop`,
    /// `request_start`, `request_start_balance`, `started`, `fence`, `recovery`, `migrate`, `relocate`, `freeze` and `error`;
    /// `starting`, `stopping`, `queued`, `disabled`, `ignored` and `deleting` are only shown. (ha-manager.adoc, "Service States")
    ///
    /// ## Example
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> Stopped
    ///     Stopped --> Running: HA manager starts VM
    ///     Running --> Fence: node fails
    ///     Fence --> Recovery: fenced
    ///     Recovery --> Running
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> Stopped
    ///     Stopped --> Started: HA manager starts VM
    ///     Started --> Fence: node fails
    ///     Fence --> Recovery: fenced
    ///     Recovery --> Started
    /// ```
    pub(crate) static UNKNOWN_HA_STATE = {
        name: "unknown-ha-state", code: "BE004", severity: Severity::Warning,
        check: Stage::Behaviour(check),
    }
}

fn check(cx: &BehaviourCx) -> Vec<Diagnostic> {
    cx.intended.machines.iter().filter_map(|machine| word(machine)).collect()
}

fn word(machine: &StateMachine) -> Option<Diagnostic> {
    let is_unknown =
        |state: &&DrawnState| matches!(state.meaning, StateName::MeantFor(_) | StateName::Unknown);
    let unknown: Vec<&DrawnState> = machine.states.iter().filter(is_unknown).collect();
    let (first, others) = unknown.split_first()?;
    let names: Vec<String> = unknown.iter().map(|state| format!("`{}`", state.name)).collect();
    let noun = if others.is_empty() { "state" } else { "states" };
    let message = format!("Proxmox has no HA {noun} {}", and(&names));
    let finding = Diagnostic::new(&UNKNOWN_HA_STATE.meta, first.place, message).label(meaning(first));
    Some(
        others
            .iter()
            .fold(finding, |finding, state| finding.related(state.place, meaning(state)))
            .note("states of the manager: stopped, request_stop, request_start, started, fence, recovery, migrate, relocate, freeze, error (ha-manager.adoc, \"Service States\")")
            .help("use Proxmox's names, or say in the title that the diagram simplifies"),
    )
}

fn meaning(state: &DrawnState) -> String {
    match state.meaning {
        StateName::MeantFor(meant) => format!("Proxmox calls it `{}`", meant.name()),
        _ => "no state of Proxmox".to_owned(),
    }
}
