//! Virtual machines and containers.

use crate::base::text::Place;

/// Kind of guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuestKind {
    /// QEMU.
    VirtualMachine,
    /// LXC.
    Container,
}

impl GuestKind {
    /// The word that readers see.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VirtualMachine => "VM",
            Self::Container => "container",
        }
    }
}

/// A guest.
#[derive(Debug, Clone)]
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
