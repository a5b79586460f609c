use crate::base::diagnostic::{Diagnostic, Severity};
use crate::claims::behaviour::{Action, DrawnTransition, StateMachine};
use crate::cluster::model::ha::{ServiceState, StateName};
use crate::lint::rule::{BehaviourCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// A service that is drawn to go to `freeze` because its node failed.
    ///
    /// ## Why it matters
    /// `freeze` means hands off: a service is frozen while its node reboots in order or its LRM restarts, and stays where it is.
    /// When a node fails, its services go to `fence`, and once the node is fenced to `recovery`, where a new node is
    /// looked for. (ha-manager.adoc, "Service States", "Package Updates")
    ///
    /// ## Example
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> Started
    ///     Started --> Freeze: node failure
    ///     Freeze --> Recovery: HA manager fenced the node
    ///     Recovery --> Started
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> Started
    ///     Started --> Fence: node failure
    ///     Fence --> Recovery: HA manager fenced the node
    ///     Recovery --> Started
    /// ```
    pub(crate) static FREEZE_ON_FAILURE = {
        name: "freeze-on-failure", code: "BE005", severity: Severity::Error,
        check: Stage::Behaviour(check),
    }
}

fn check(cx: &BehaviourCx) -> Vec<Diagnostic> {
    cx.intended.transitions().filter_map(|(machine, transition)| word(machine, transition)).collect()
}

fn word(machine: &StateMachine, transition: &DrawnTransition) -> Option<Diagnostic> {
    let target = &machine.states[transition.to];
    let freezes = matches!(
        target.meaning,
        StateName::Stored(ServiceState::Freeze) | StateName::MeantFor(ServiceState::Freeze)
    );
    if !freezes || transition.action != Action::NodeFails {
        return None;
    }
    let message =
        format!("\"{}\" does not lead to `{}`: Proxmox fences and recovers", transition.trigger, target.name);
    Some(
        Diagnostic::new(&FREEZE_ON_FAILURE.meta, transition.place, message)
            .label("Proxmox goes to `fence` here")
            .note("`freeze` is for an orderly reboot of the node or a restart of its LRM: the service is left as it is (ha-manager.adoc, \"Service States\")")
            .help("draw `fence` (the node is fenced), then `recovery` (a new node is looked for), then `started`"),
    )
}
