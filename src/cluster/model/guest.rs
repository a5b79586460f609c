//! Virtual machines and containers.

use serde::Serialize;

use crate::base::text::Place;

/// Kind of guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GuestKind {
    /// QEMU.
    VirtualMachine,
    /// LXC.
    Container,
}

/// A guest.
#[derive(Debug, Clone, Serialize)]
pub struct Guest {
    /// Fullest name that a text gives it.
    pub name: String,
    /// Kind.
    pub kind: GuestKind,
    /// Where HA is said to manage it.
    pub ha_managed: Vec<Place>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
}
