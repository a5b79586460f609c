//! Bonds, bridges, VLANs and subnets.

use std::fmt;

use super::stated::Stated;
use crate::base::text::Place;
use ipnet::IpNet;

/// The network of a cluster, in order of first mention each.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Bonds.
    pub bonds: Vec<Bond>,
    /// Bridges.
    pub bridges: Vec<Bridge>,
    /// VLANs.
    pub vlans: Vec<Vlan>,
    /// Subnets.
    pub subnets: Vec<Subnet>,
}

/// How a bond uses its ports.
///
/// Names and numbers: Linux `bonding.rst`, "mode".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BondMode {
    /// 0
    BalanceRr,
    /// 1
    ActiveBackup,
    /// 2
    BalanceXor,
    /// 3
    Broadcast,
    /// 4, LACP
    Lacp,
    /// 5
    BalanceTlb,
    /// 6
    BalanceAlb,
}

impl BondMode {
    /// The mode that `text` names, in any case: `LACP`, `802.3ad`, `active-backup`, `Active Backup`, `mode 4`.
    pub fn read(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase().replace([' ', '_'], "-");
        let modes = [
            ("802.3ad", Self::Lacp),
            ("lacp", Self::Lacp),
            ("active-backup", Self::ActiveBackup),
            ("balance-rr", Self::BalanceRr),
            ("round-robin", Self::BalanceRr),
            ("balance-xor", Self::BalanceXor),
            ("broadcast", Self::Broadcast),
            ("balance-tlb", Self::BalanceTlb),
            ("balance-alb", Self::BalanceAlb),
        ];
        modes.iter().find(|(name, _)| lower.contains(name)).map(|(_, mode)| *mode)
    }

    /// Name in `/etc/network/interfaces`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BalanceRr => "balance-rr",
            Self::ActiveBackup => "active-backup",
            Self::BalanceXor => "balance-xor",
            Self::Broadcast => "broadcast",
            Self::Lacp => "802.3ad",
            Self::BalanceTlb => "balance-tlb",
            Self::BalanceAlb => "balance-alb",
        }
    }
}

impl fmt::Display for BondMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A bond.
#[derive(Debug, Clone)]
pub struct Bond {
    /// Interface name.
    pub name: String,
    /// Mode.
    pub mode: Stated<BondMode>,
    /// Its ports, each with the place that states it.
    pub ports: Vec<(String, Place)>,
    /// Bridges it is said to be a port of, each with the place that states it.
    pub bridges: Vec<(String, Place)>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
}

/// A bridge.
#[derive(Debug, Clone)]
pub struct Bridge {
    /// Interface name.
    pub name: String,
    /// What it is said to be for, such as `Cluster Network`.
    pub purpose: Stated<String>,
    /// VLANs it is said to carry, each with the place that states it.
    pub vlans: Vec<(u16, Place)>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
}

/// A VLAN.
#[derive(Debug, Clone)]
pub struct Vlan {
    /// VLAN id, 1 to 4094.
    pub id: u16,
    /// What it is said to be for.
    pub purpose: Stated<String>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
}

/// A subnet.
#[derive(Debug, Clone)]
pub struct Subnet {
    /// Its addresses; host bits cleared.
    pub network: IpNet,
    /// What it is said to be for.
    pub purpose: Stated<String>,
    /// The VLAN it is said to be on.
    pub vlan: Stated<u16>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bond_modes_are_read_as_authors_write_them() {
        assert_eq!(BondMode::read("Bond0: LACP"), Some(BondMode::Lacp));
        assert_eq!(BondMode::read("Active Backup"), Some(BondMode::ActiveBackup));
        assert_eq!(BondMode::read("eth0 + eth1"), None);
    }
}
