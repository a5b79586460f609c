use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Place;
use crate::claims::behaviour::Action;
use crate::lint::rule::{BehaviourCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// A workflow or a sequence that copies a guest's memory after its node failed.
    ///
    /// ## Why it matters
    /// The memory of a guest is lost with its node. HA starts the guest anew from its disk on shared storage: a cold boot.
    /// Only a live migration, while both nodes run, carries memory over. (ha-manager.adoc, "Cluster Resource Manager", "Fencing")
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart TD
    ///     A[Node failure] --> Q{Quorum in the Proxmox cluster?}
    ///     Q -->|yes| F[Fence the node] --> M[Copy memory to another node] --> S[Start VM]
    ///     Q -->|no| W[Wait]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart TD
    ///     A[Node failure] --> Q{Quorum in the Proxmox cluster?}
    ///     Q -->|yes| F[Fence the node] --> S[Start VM from its disk]
    ///     Q -->|no| W[Wait]
    /// ```
    pub(crate) static MEMORY_COPIED_AFTER_FAILURE = {
        name: "memory-copied-after-failure", code: "BE003", severity: Severity::Error,
        check: Stage::Behaviour(check),
    }
}

fn check(cx: &BehaviourCx) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for workflow in &cx.intended.workflows {
        let failure =
            workflow.steps.iter().find(|step| step.action == Action::NodeFails).map(|step| step.place);
        let copies = workflow.after_failure().into_iter().filter(|step| step.action == Action::CopyMemory);
        findings.extend(copies.map(|step| word(&step.text, step.place, failure)));
    }
    for exchange in &cx.intended.exchanges {
        let failure = exchange.failure.map(|(place, _)| place);
        let copies = exchange.after_failure().iter().filter(|message| message.action == Action::CopyMemory);
        findings.extend(copies.map(|message| word(&message.text, message.place, failure)));
    }
    findings
}

fn word(text: &str, place: Place, failure: Option<Place>) -> Diagnostic {
    let message = format!("\"{text}\": after a node failed there is no memory left to copy");
    let mut finding =
        Diagnostic::new(&MEMORY_COPIED_AFTER_FAILURE.meta, place, message).label("impossible at this point");
    if let Some(failure) = failure {
        finding = finding.related(failure, "the node fails here, and its guests' memory is gone");
    }
    finding
        .note("HA starts the guest anew from its disk on shared storage; only a live migration between running nodes carries memory (ha-manager.adoc, \"Cluster Resource Manager\")")
        .help("remove the step, or show a planned live migration instead")
}
