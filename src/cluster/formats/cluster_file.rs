//! `cluster.toml`: a cluster written down by hand, in Merrow's own format (`docs/cluster-file.md`).

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Deserialize;
use toml::Spanned;

use super::{FormatError, Problem};
use crate::base::offset_map::{Excerpt, OffsetMap};
use crate::base::text::Span;
use crate::cluster::model::quorum::Algorithm;

/// A cluster file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterFile {
    /// What it states; empty when it is no TOML or holds an unknown key.
    pub tables: Tables,
    /// What could not be read: at most one error, because a TOML reader stops at the first.
    pub errors: Vec<FormatError>,
    map: OffsetMap,
}

impl ClusterFile {
    /// The place of a value, in file bytes.
    pub fn span<T>(&self, value: &Spanned<T>) -> Span {
        self.map.span(value.span())
    }
}

/// The tables of a cluster file. All are optional; spans are bytes of the block.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tables {
    /// Name of the cluster.
    pub name: Option<Spanned<String>>,
    /// `[[node]]`
    #[serde(default, rename = "node")]
    pub nodes: Vec<Node>,
    /// `[qdevice]`
    pub qdevice: Option<Spanned<QDevice>>,
    /// `[ceph]`
    #[serde(default)]
    pub ceph: Ceph,
    /// `[[bond]]`
    #[serde(default, rename = "bond")]
    pub bonds: Vec<Bond>,
    /// `[[bridge]]`
    #[serde(default, rename = "bridge")]
    pub bridges: Vec<Bridge>,
    /// `[[subnet]]`
    #[serde(default, rename = "subnet")]
    pub subnets: Vec<Subnet>,
    /// `[[guest]]`
    #[serde(default, rename = "guest")]
    pub guests: Vec<Guest>,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Its name.
    pub name: Spanned<String>,
    /// Corosync's node id.
    pub id: Option<Spanned<u32>>,
    /// Its votes.
    pub votes: Option<Spanned<u32>>,
    /// Its addresses on corosync's links, link 0 first.
    #[serde(default)]
    pub links: Vec<Spanned<IpAddr>>,
}

/// A QDevice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QDevice {
    /// Its algorithm.
    pub algorithm: Option<Spanned<Algorithm>>,
    /// Its votes.
    pub votes: Option<Spanned<u32>>,
}

/// Ceph.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceph {
    /// Nodes that run a monitor.
    #[serde(default)]
    pub monitors: Vec<Spanned<String>>,
    /// `[[ceph.osd]]`
    #[serde(default, rename = "osd")]
    pub osds: Vec<Osd>,
    /// `[[ceph.pool]]`
    #[serde(default, rename = "pool")]
    pub pools: Vec<Pool>,
}

/// An OSD.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Osd {
    /// Its number.
    pub id: Spanned<u32>,
    /// The node that runs it.
    pub node: Option<Spanned<String>>,
}

/// A pool.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub struct Pool {
    /// Its name.
    pub name: Spanned<String>,
    /// Copies of each object.
    pub size: Option<Spanned<u32>>,
    /// Copies below which I/O stops.
    pub min_size: Option<Spanned<u32>>,
}

/// A bond.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bond {
    /// Its interface name.
    pub name: Spanned<String>,
    /// Its mode, as in `/etc/network/interfaces`.
    pub mode: Option<Spanned<String>>,
    /// Its ports.
    #[serde(default)]
    pub ports: Vec<Spanned<String>>,
    /// The bridge it is a port of.
    pub bridge: Option<Spanned<String>>,
}

/// A bridge.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bridge {
    /// Its interface name.
    pub name: Spanned<String>,
    /// What it is for.
    pub purpose: Option<Spanned<String>>,
    /// VLANs it carries.
    #[serde(default)]
    pub vlans: Vec<Spanned<u16>>,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subnet {
    /// Its addresses.
    pub network: Spanned<IpNet>,
    /// What it is for.
    pub purpose: Option<Spanned<String>>,
    /// The VLAN it is on.
    pub vlan: Option<Spanned<u16>>,
}

/// A guest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guest {
    /// `vm:100` or `ct:100`.
    pub id: Spanned<String>,
    /// HA manages it.
    #[serde(default)]
    pub ha: bool,
}

/// Reads a cluster file.
pub fn read(excerpt: &Excerpt) -> ClusterFile {
    let map = excerpt.map.clone();
    match toml::from_str(&excerpt.text) {
        Ok(tables) => ClusterFile { tables, errors: Vec::new(), map },
        Err(error) => {
            let span = excerpt.span(error.span().unwrap_or(0..0));
            let problem = Problem::NotAClusterFile { reason: error.message().to_owned() };
            ClusterFile { tables: Tables::default(), errors: vec![FormatError { span, problem }], map }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_place() {
        let text = "name = \"attic\"\n\n[[node]]\nname = \"pve1\"\nlinks = [\"10.0.0.1\"]\n";
        let file = read(&Excerpt::whole(text, 100));
        assert_eq!(file.errors, []);
        let link = &file.tables.nodes[0].links[0];
        assert_eq!(link.get_ref().to_string(), "10.0.0.1");
        let at = 100 + text.find("\"10.0.0.1\"").unwrap() as u32;
        assert_eq!(file.span(link), Span::new(at, at + 10));
    }

    #[test]
    fn an_unknown_key_is_an_error_at_its_place() {
        let text = "[[node]]\nname = \"pve1\"\nadress = \"10.0.0.1\"\n";
        let file = read(&Excerpt::whole(text, 0));
        let error = &file.errors[0];
        assert_eq!(error.span.slice(text), "adress");
        assert!(matches!(&error.problem, Problem::NotAClusterFile { reason } if reason.contains("adress")));
        assert_eq!(file.tables, Tables::default());
    }
}
