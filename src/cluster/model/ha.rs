//! The HA stack: its daemons, and the states it knows.

use crate::base::text::Place;

/// A part of the HA stack, or a device it is said to fence with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HaPart {
    /// "HA manager" as a whole.
    Manager,
    /// Cluster resource manager, `pve-ha-crm`.
    Crm,
    /// Local resource manager, `pve-ha-lrm`.
    Lrm,
    /// "Fencing", "fence agent".
    Fencing,
    /// Watchdog.
    Watchdog,
    /// IPMI, iLO, iDRAC: a board that can power a node off.
    PowerController,
}

impl HaPart {
    /// The words that readers see.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manager => "HA manager",
            Self::Crm => "CRM",
            Self::Lrm => "LRM",
            Self::Fencing => "fencing",
            Self::Watchdog => "watchdog",
            Self::PowerController => "power controller",
        }
    }
}

/// What is said about HA.
#[derive(Debug, Clone, Default)]
pub struct HighAvailability {
    /// Each part with the places that mention it, in order of first mention.
    pub parts: Vec<(HaPart, Vec<Place>)>,
}

/// A state of an HA service.
///
/// Source: ha-manager.adoc, "Service States"; the stored ones are what the manager writes to its status file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceState {
    /// Not running, and meant not to be.
    Stopped,
    /// Stop was requested of the LRM.
    RequestStop,
    /// A start elsewhere is considered.
    RequestStart,
    /// A start elsewhere for balance.
    RequestStartBalance,
    /// Running, and restarted when it fails.
    Started,
    /// Waits for its node to be fenced.
    Fence,
    /// Its node was fenced; a new one is looked for.
    Recovery,
    /// Live migration.
    Migrate,
    /// Stop, move, start.
    Relocate,
    /// Not touched while its node reboots or its LRM restarts.
    Freeze,
    /// Failed for good; left by requesting `disabled` only.
    Error,
}

/// States that the manager stores, by name.
const STORED: [(&str, ServiceState); 11] = [
    ("stopped", ServiceState::Stopped),
    ("request_stop", ServiceState::RequestStop),
    ("request_start", ServiceState::RequestStart),
    ("request_start_balance", ServiceState::RequestStartBalance),
    ("started", ServiceState::Started),
    ("fence", ServiceState::Fence),
    ("recovery", ServiceState::Recovery),
    ("migrate", ServiceState::Migrate),
    ("relocate", ServiceState::Relocate),
    ("freeze", ServiceState::Freeze),
    ("error", ServiceState::Error),
];

/// States that are only shown (ha-manager.adoc, "Service States"), by name.
const SHOWN: [&str; 8] =
    ["starting", "stopping", "queued", "disabled", "ignored", "deleting", "not found", "clearing error flag"];

/// Words that authors use for a state that Proxmox calls otherwise. Words that mean something else there (paused, offline,
/// recovered) are left out.
const OTHER_WORDS: [(&str, ServiceState); 12] = [
    ("running", ServiceState::Started),
    ("active", ServiceState::Started),
    ("online", ServiceState::Started),
    ("migrating", ServiceState::Migrate),
    ("migration", ServiceState::Migrate),
    ("relocating", ServiceState::Relocate),
    ("relocation", ServiceState::Relocate),
    ("frozen", ServiceState::Freeze),
    ("freezing", ServiceState::Freeze),
    ("fencing", ServiceState::Fence),
    ("recovering", ServiceState::Recovery),
    ("failed", ServiceState::Error),
];

/// What Proxmox makes of a drawn state name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateName {
    /// A state that the manager stores.
    Stored(ServiceState),
    /// A state that is only shown to users.
    Shown,
    /// No state of Proxmox, but a usual word for this one.
    MeantFor(ServiceState),
    /// No state of Proxmox.
    Unknown,
}

impl ServiceState {
    /// Proxmox's name.
    pub fn name(self) -> &'static str {
        STORED.iter().find(|(_, state)| *state == self).map_or("", |(name, _)| name)
    }

    /// What Proxmox makes of `name`, in any case, with blanks or underscores.
    pub fn read(name: &str) -> StateName {
        let name = name.trim().to_ascii_lowercase();
        let underscored = name.replace([' ', '-'], "_");
        if let Some((_, state)) = STORED.iter().find(|(known, _)| *known == underscored) {
            return StateName::Stored(*state);
        }
        if SHOWN.contains(&name.as_str()) {
            return StateName::Shown;
        }
        OTHER_WORDS
            .iter()
            .find(|(word, _)| *word == name)
            .map_or(StateName::Unknown, |(_, state)| StateName::MeantFor(*state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_names_are_read_as_proxmox_spells_them() {
        let cases = [
            ("Started", StateName::Stored(ServiceState::Started)),
            ("request start", StateName::Stored(ServiceState::RequestStart)),
            ("Starting", StateName::Shown),
            ("Running", StateName::MeantFor(ServiceState::Started)),
            ("Migrating", StateName::MeantFor(ServiceState::Migrate)),
            ("Thinking", StateName::Unknown),
        ];
        for (name, meaning) in cases {
            assert_eq!(ServiceState::read(name), meaning, "{name}");
        }
    }

    #[test]
    fn every_stored_state_has_a_name() {
        for (name, state) in STORED {
            assert_eq!(state.name(), name);
        }
    }
}
