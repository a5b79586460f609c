//! What documents say that a cluster does: workflows, sequences of messages, state machines.

use crate::base::text::Place;
use crate::cluster::model::ha::StateName;

use super::words::Words;

/// A flowchart that tells what happens, step by step, after a node failed.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// The heading above it, or its first step.
    pub name: String,
    /// In the order a reader meets them: each after those that lead to it, as far as loops allow.
    pub steps: Vec<Step>,
}

/// A step of a workflow.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its label in one line.
    pub text: String,
    /// The label.
    pub place: Place,
    /// What it does.
    pub action: Action,
    /// Indices of the steps it leads to.
    pub next: Vec<usize>,
}

impl Workflow {
    /// The steps that lie behind a node's failure and not behind its return, in order.
    pub fn after_failure(&self) -> Vec<&Step> {
        let mut reached = vec![false; self.steps.len()];
        let mut waiting: Vec<usize> =
            (0..self.steps.len()).filter(|&step| self.steps[step].action == Action::NodeFails).collect();
        while let Some(step) = waiting.pop() {
            for &next in &self.steps[step].next {
                if self.steps[next].action != Action::NodeReturns
                    && !std::mem::replace(&mut reached[next], true)
                {
                    waiting.push(next);
                }
            }
        }
        self.steps.iter().zip(reached).filter_map(|(step, reached)| reached.then_some(step)).collect()
    }
}

/// A sequence of messages between parts of a cluster.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The heading above it, or its first message.
    pub name: String,
    /// In order.
    pub messages: Vec<ExchangeMessage>,
    /// Where a message or a note first tells of a node's failure, and the number of messages up to there.
    pub failure: Option<(Place, usize)>,
}

/// A message of an exchange.
#[derive(Debug, Clone)]
pub struct ExchangeMessage {
    /// Sender's label.
    pub from: String,
    /// Receiver's label.
    pub to: String,
    /// Its text in one line.
    pub text: String,
    /// The text, or the message when it has none.
    pub place: Place,
    /// What it asks for.
    pub action: Action,
    /// The conditions it stands under, outermost first.
    pub conditions: Vec<String>,
}

impl Exchange {
    /// The messages behind the first word of a node's failure, up to the node's return, in order.
    pub fn after_failure(&self) -> &[ExchangeMessage] {
        let Some((_, start)) = self.failure else { return &[] };
        let after = &self.messages[start..];
        let end =
            after.iter().position(|message| message.action == Action::NodeReturns).unwrap_or(after.len());
        &after[..end]
    }
}

/// A state diagram of an HA service.
#[derive(Debug, Clone)]
pub struct StateMachine {
    /// The heading above it, or its first state.
    pub name: String,
    /// Its states without start and end, in order.
    pub states: Vec<DrawnState>,
    /// Its transitions between those, in order.
    pub transitions: Vec<DrawnTransition>,
}

/// A state of a drawn state machine.
#[derive(Debug, Clone)]
pub struct DrawnState {
    /// Its label.
    pub name: String,
    /// Its first mention.
    pub place: Place,
    /// What Proxmox makes of the name.
    pub meaning: StateName,
}

/// A transition of a drawn state machine.
#[derive(Debug, Clone)]
pub struct DrawnTransition {
    /// Index of the source in [`StateMachine::states`].
    pub from: usize,
    /// Index of the target.
    pub to: usize,
    /// Its label in one line; may be empty.
    pub trigger: String,
    /// What the label tells of.
    pub action: Action,
    /// The statement.
    pub place: Place,
}

/// What a step, a message or a trigger is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A node is found to have failed.
    NodeFails,
    /// A failed node is back.
    NodeReturns,
    /// Quorum is asked for.
    CheckQuorum,
    /// The failed node is made sure to be off.
    Fence,
    /// Memory of a guest is copied or restored.
    CopyMemory,
    /// A guest is started.
    StartGuest,
    /// A guest is moved.
    MigrateGuest,
    /// Something else.
    Other,
}

/// Words for a machine.
const MACHINE: &[&str] = &["node", "host", "server", "hypervisor", "pve #"];
/// Words for its failure.
const FAILURE: &[&str] = &[
    "failure",
    "fails",
    "failed",
    "failing",
    "crash",
    "crashes",
    "crashed",
    "down",
    "lost",
    "dies",
    "died",
    "dead",
    "unresponsive",
    "unreachable",
    "offline",
    "outage",
];
/// Words for an end that was asked for.
const ORDERLY: &[&str] = &["shutdown", "reboot", "restart", "maintenance", "planned", "orderly", "graceful"];
/// Words for its return.
const RETURN: &[&str] = &[
    "back",
    "returns",
    "returned",
    "rejoins",
    "rejoin",
    "joins again",
    "joins",
    "repaired",
    "repair",
    "replaced",
    "recovered",
    "online again",
];
/// Words for a guest.
const GUEST: &[&str] = &["vm", "virtual machine", "container", "ct", "lxc", "guest", "service"];
/// Words for a guest's memory.
const MEMORY: &[&str] = &["memory", "ram"];
/// Beginnings of the words for carrying memory over.
const CARRYING: &[&str] =
    &["cop", "transfer", "restor", "migrat", "mov", "sync", "resum", "preserv", "stream", "replicat", "pull"];
/// Words that deny what stands beside them.
const DENIAL: &[&str] = &[
    "live",
    "no",
    "not",
    "never",
    "without",
    "lost",
    "cannot",
    "check",
    "enough",
    "free",
    "available",
    "sufficient",
];

impl Action {
    /// What the words are about.
    pub fn read(words: &Words) -> Self {
        let carries =
            || words.iter().any(|word| CARRYING.iter().any(|beginning| word.starts_with(beginning)));
        if words.has_any(MEMORY) && carries() && !words.has_any(DENIAL) {
            Self::CopyMemory
        } else if words.has_any(MACHINE) && words.has_any(RETURN) {
            Self::NodeReturns
        } else if words.has_any(&["fence", "fencing", "fenced", "stonith", "power off"]) {
            Self::Fence
        } else if words.has_any(&["start", "restart", "boot", "launch"]) && words.has_any(GUEST) {
            Self::StartGuest
        } else if words.has_any(&["migrate", "relocate", "move"]) && words.has_any(GUEST) {
            Self::MigrateGuest
        } else if words.has_any(&["quorum", "quorate"]) {
            Self::CheckQuorum
        } else if words.has_any(MACHINE) && words.has_any(FAILURE) && !words.has_any(ORDERLY) {
            Self::NodeFails
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_read_from_what_is_said() {
        let cases = [
            ("Node Failure Detected", Action::NodeFails),
            ("pve2 goes down", Action::NodeFails),
            ("node shutdown after a power failure", Action::Other),
            ("Has Quorum?", Action::CheckQuorum),
            ("Copy Memory State from Shared Storage", Action::CopyMemory),
            ("RAM is transferred to the new node", Action::CopyMemory),
            ("Enough memory on the target?", Action::Other),
            ("Memory is lost", Action::Other),
            ("Fence Old Node", Action::Fence),
            ("Issue hard fence (power off)", Action::Fence),
            ("Start VM on Target Node", Action::StartGuest),
            ("Identify VMs to migrate", Action::MigrateGuest),
            ("pve2 is repaired and joins again", Action::NodeReturns),
            ("Send Failure Alert", Action::Other),
        ];
        for (text, action) in cases {
            assert_eq!(Action::read(&Words::of(text)), action, "{text}");
        }
    }

    #[test]
    fn a_workflow_knows_what_lies_behind_the_failure() {
        let step = |action, next: &[usize]| Step {
            text: String::new(),
            place: Place::new(crate::base::text::FileId(0), crate::base::text::Span::at(0)),
            action,
            next: next.to_vec(),
        };
        let workflow = Workflow {
            name: String::new(),
            steps: vec![
                step(Action::CopyMemory, &[1]),
                step(Action::NodeFails, &[2]),
                step(Action::Fence, &[3, 2]),
                step(Action::StartGuest, &[]),
            ],
        };
        let actions: Vec<Action> = workflow.after_failure().iter().map(|step| step.action).collect();
        assert_eq!(
            actions,
            [Action::Fence, Action::StartGuest],
            "copying before the failure is a live migration"
        );
    }
}
