//! `cluster.toml`: a cluster written down by hand, in Merrow's own format (`docs/cluster-file.md`).

mod table;

use std::net::IpAddr;

use ipnet::IpNet;
use toml::Spanned;

use super::FormatError;
use crate::base::offset_map::{Excerpt, OffsetMap};
use crate::base::text::Span;
use crate::cluster::model::quorum::Algorithm;

/// A cluster file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterFile {
    /// What it states; empty when there are errors, so that half a cluster is never judged.
    pub tables: Tables,
    /// What could not be read, in order; one error when the text is no TOML.
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tables {
    /// Name of the cluster.
    pub name: Option<Spanned<String>>,
    /// `[[node]]`
    pub nodes: Vec<Node>,
    /// `[qdevice]`
    pub qdevice: Option<Spanned<QDevice>>,
    /// `[ceph]`
    pub ceph: Ceph,
    /// `[[bond]]`
    pub bonds: Vec<Bond>,
    /// `[[bridge]]`
    pub bridges: Vec<Bridge>,
    /// `[[subnet]]`
    pub subnets: Vec<Subnet>,
    /// `[[guest]]`
    pub guests: Vec<Guest>,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub name: Spanned<String>,
    /// Corosync's node id.
    pub id: Option<Spanned<u32>>,
    /// Its votes.
    pub votes: Option<Spanned<u32>>,
    /// Its addresses on corosync's links, link 0 first.
    pub links: Vec<Spanned<IpAddr>>,
}

/// A QDevice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QDevice {
    /// Its algorithm.
    pub algorithm: Option<Spanned<Algorithm>>,
    /// Its votes.
    pub votes: Option<Spanned<u32>>,
}

/// Ceph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ceph {
    /// Nodes that run a monitor.
    pub monitors: Vec<Spanned<String>>,
    /// `[[ceph.osd]]`
    pub osds: Vec<Osd>,
    /// `[[ceph.pool]]`
    pub pools: Vec<Pool>,
}

/// An OSD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Osd {
    /// Its number.
    pub id: Spanned<u32>,
    /// The node that runs it.
    pub node: Option<Spanned<String>>,
}

/// A pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// Its name.
    pub name: Spanned<String>,
    /// Copies of each object.
    pub size: Option<Spanned<u32>>,
    /// Copies below which I/O stops.
    pub min_size: Option<Spanned<u32>>,
}

/// A bond.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bond {
    /// Its interface name.
    pub name: Spanned<String>,
    /// Its mode, as in `/etc/network/interfaces`.
    pub mode: Option<Spanned<String>>,
    /// Its ports.
    pub ports: Vec<Spanned<String>>,
    /// The bridge it is a port of.
    pub bridge: Option<Spanned<String>>,
}

/// A bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge {
    /// Its interface name.
    pub name: Spanned<String>,
    /// What it is for.
    pub purpose: Option<Spanned<String>>,
    /// VLANs it carries.
    pub vlans: Vec<Spanned<u16>>,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subnet {
    /// Its addresses.
    pub network: Spanned<IpNet>,
    /// What it is for.
    pub purpose: Option<Spanned<String>>,
    /// The VLAN it is on.
    pub vlan: Option<Spanned<u16>>,
}

/// A guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// `vm:100` or `ct:100`.
    pub id: Spanned<String>,
    /// HA manages it.
    pub ha: bool,
}

/// Reads a cluster file.
pub fn read(excerpt: &Excerpt) -> ClusterFile {
    let (tables, errors) = table::read(excerpt);
    let tables = if errors.is_empty() { tables } else { Tables::default() };
    ClusterFile { tables, errors, map: excerpt.map.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::formats::Problem;

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
    fn every_mistake_is_told_at_its_place() {
        let table: [(&str, &[&str]); 13] = [
            ("[[node]]\nname = \"pve1\"\nvotez = 1\nlinks = [\"10.0.0.300\"]", &["votez", "\"10.0.0.300\""]),
            ("[[node]]\nid = 0", &["[[node]]", "0"]),
            ("[[node]]\nname = 3\nvotes = -1", &["3", "-1"]),
            ("[node]\nname = \"pve1\"", &["[node]"]),
            ("[[ceph.pool]]\nname = \"p\"\nsize = 0\nmin_size = \"two\"", &["0", "\"two\""]),
            ("[[bridge]]\nname = \"b\"\nvlans = [1, 4094, 4095, 0]", &["4095", "0"]),
            ("[[bridge]]\nname = \"b\"\nvlans = 4", &["4"]),
            ("[[subnet]]\nnetwork = \"10.0.0.0\"", &["\"10.0.0.0\""]),
            ("[[guest]]\nid = \"qemu:1\"\n[[guest]]\nid = \"vm:\"", &["\"qemu:1\"", "\"vm:\""]),
            ("[qdevice]\nalgorithm = \"LMS\"", &["\"LMS\""]),
            ("[[bond]]\nname = \"b\"\nmode = \"fast\"", &["\"fast\""]),
            ("nodes = 3", &["nodes"]),
            ("[[node]]\nname = \"a\"\nid = 0x10\n[[guest]]\nid = \"ct:1\"\nha = true", &[]),
        ];
        for (text, expected) in table {
            let file = read(&Excerpt::whole(text, 0));
            let found: Vec<&str> = file.errors.iter().map(|error| error.span.slice(text)).collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(file.tables == Tables::default(), !expected.is_empty(), "{text}");
        }
    }

    #[test]
    fn what_is_no_toml_is_one_error() {
        let file = read(&Excerpt::whole("name = \"attic\"\n[[node]\n", 0));
        assert!(
            matches!(&file.errors[..], [FormatError { problem: Problem::NotToml { .. }, .. }]),
            "{file:?}"
        );
    }

    #[test]
    fn an_unknown_key_is_told_with_the_nearest() {
        let file = read(&Excerpt::whole("[[ceph.pool]]\nname = \"p\"\nmin-size = 2\n", 0));
        let Problem::UnknownKey { key, nearest, .. } = &file.errors[0].problem else {
            panic!("{file:?}");
        };
        assert_eq!((key.as_str(), *nearest), ("min-size", Some("min_size")));
    }
}
