//! What may be asked of the HA manager: states and ids of services.

use crate::base::similar;
use crate::cluster::model::ha::{ServiceState, StateName};

/// States that can be requested (ha-manager(1), `--state`); `enabled` is an alias of `started`.
pub const REQUESTABLE_STATES: [&str; 4] = ["started", "stopped", "disabled", "ignored"];

/// What the HA manager makes of a requested state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateRequest {
    /// It can be requested.
    Possible,
    /// The manager enters this state by itself; nobody can ask for it.
    OnlyEntered(ServiceState),
    /// No state, but one that can be requested is meant.
    MeantFor(&'static str),
    /// No state.
    Unknown,
}

/// What the HA manager makes of the request for `state`.
pub fn state_request(state: &str) -> StateRequest {
    if state == "enabled" || REQUESTABLE_STATES.contains(&state) {
        return StateRequest::Possible;
    }
    match ServiceState::read(state) {
        StateName::Stored(state) | StateName::MeantFor(state) => {
            let requestable = REQUESTABLE_STATES.into_iter().find(|name| *name == state.name());
            requestable.map_or(StateRequest::OnlyEntered(state), StateRequest::MeantFor)
        }
        StateName::Shown | StateName::Unknown => {
            let nearest = similar::nearest(state, REQUESTABLE_STATES);
            nearest.map_or(StateRequest::Unknown, StateRequest::MeantFor)
        }
    }
}

/// The service id that was meant by `written`, which is none: `vm:100` for `qemu:100` and `vm100` (ha-manager.adoc,
/// "Resources").
///
/// `None` for a service id, for the bare number that `ha-manager` completes, and for what may stand for either.
pub fn meant_service_id(written: &str) -> Option<String> {
    let number_at = written.find(|c: char| c.is_ascii_digit())?;
    let (kind, number) = written.split_at_checked(number_at)?;
    if kind.is_empty() || matches!(kind, "vm:" | "ct:") || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kind = match kind.trim_end_matches([':', '-', '/', '_', '.']).to_ascii_lowercase().as_str() {
        "vm" | "qemu" | "kvm" | "qm" => "vm",
        "ct" | "lxc" | "container" | "pct" => "ct",
        _ => return None,
    };
    Some(format!("{kind}:{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_states_and_an_alias_can_be_requested() {
        let table = [
            ("started", StateRequest::Possible),
            ("enabled", StateRequest::Possible),
            ("ignored", StateRequest::Possible),
            ("running", StateRequest::MeantFor("started")),
            ("Started", StateRequest::MeantFor("started")),
            ("stoped", StateRequest::MeantFor("stopped")),
            ("disable", StateRequest::MeantFor("disabled")),
            ("error", StateRequest::OnlyEntered(ServiceState::Error)),
            ("frozen", StateRequest::OnlyEntered(ServiceState::Freeze)),
            ("purple", StateRequest::Unknown),
        ];
        for (state, expected) in table {
            assert_eq!(state_request(state), expected, "{state}");
        }
    }

    #[test]
    fn a_service_id_is_vm_or_ct_and_a_number() {
        let table = [
            ("vm:100", None),
            ("100", None),
            ("ct:7", None),
            ("vm:ID", None),
            ("fa:web1", None),
            ("qemu:100", Some("vm:100")),
            ("lxc:101", Some("ct:101")),
            ("VM-100", Some("vm:100")),
            ("vm100", Some("vm:100")),
            ("", None),
        ];
        for (written, expected) in table {
            assert_eq!(meant_service_id(written).as_deref(), expected, "{written}");
        }
    }
}
