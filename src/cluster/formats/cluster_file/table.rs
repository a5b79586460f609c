//! From the tables of TOML to those of a cluster file: each value on its own, so that one run tells every mistake.

use std::net::IpAddr;

use ipnet::IpNet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Bond, Bridge, Ceph, Guest, Node, Osd, Pool, QDevice, Subnet, Tables};
use crate::base::offset_map::Excerpt;
use crate::base::similar;
use crate::cluster::formats::{FormatError, Problem};
use crate::cluster::model::network::BondMode;
use crate::cluster::model::quorum::Algorithm;

/// What a key takes.
struct Kind<T> {
    /// In words, behind "write".
    expected: &'static str,
    read: fn(&DeValue) -> Option<T>,
}

const TEXT: Kind<String> = Kind {
    expected: "a text between double quotes",
    read: |value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned),
};
const FLAG: Kind<bool> = Kind { expected: "`true` or `false`", read: |value| value.as_bool() };
/// Node ids of knet (corosync 3.1.7).
const NODE_ID: Kind<u32> =
    Kind { expected: "a number from 1 to 65535", read: |value| number(value, 1, 65_535) };
/// Corosync reads votes into 32 bits.
const VOTES: Kind<u32> =
    Kind { expected: "a number of votes, from 0 to 4294967295", read: |value| number(value, 0, u32::MAX) };
const OSD_ID: Kind<u32> =
    Kind { expected: "a number from 0 to 2147483647", read: |value| number(value, 0, 0x7fff_ffff) };
const COPIES: Kind<u32> =
    Kind { expected: "a number of copies, at least 1", read: |value| number(value, 1, u32::MAX) };
/// IEEE 802.1Q keeps 0 and 4095 for itself.
const VLAN: Kind<u16> = Kind {
    expected: "a number from 1 to 4094",
    read: |value| number(value, 1, 4094).and_then(|id| u16::try_from(id).ok()),
};
const ADDRESS: Kind<IpAddr> = Kind {
    expected: "an IP address without a prefix length, such as `\"192.0.2.11\"`",
    read: |value| value.as_str()?.parse().ok(),
};
const NETWORK: Kind<IpNet> = Kind {
    expected: "a network with its prefix length, such as `\"192.0.2.0/24\"`",
    read: |value| value.as_str()?.parse().ok(),
};
const ALGORITHM: Kind<Algorithm> = Kind {
    expected: "`\"ffsplit\"` or `\"lms\"`",
    read: |value| {
        let word = value.as_str()?;
        [Algorithm::Ffsplit, Algorithm::Lms].into_iter().find(|algorithm| algorithm.name() == word)
    },
};
const BOND_MODE: Kind<String> = Kind {
    expected: "a mode of /etc/network/interfaces, such as `\"802.3ad\"` or `\"active-backup\"`",
    read: |value| value.as_str().filter(|mode| BondMode::read(mode).is_some()).map(str::to_owned),
};
/// ha-manager.adoc, "Resources".
const SERVICE_ID: Kind<String> = Kind {
    expected: "`\"vm:NUMBER\"` or `\"ct:NUMBER\"`",
    read: |value| {
        let id = value.as_str()?;
        let number = id.strip_prefix("vm:").or_else(|| id.strip_prefix("ct:"))?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| id.to_owned())
    },
};

/// The whole number that `value` is, when it lies from `min` to `max`.
fn number(value: &DeValue, min: u32, max: u32) -> Option<u32> {
    let written = value.as_integer()?;
    let number = u32::from_str_radix(written.as_str(), written.radix()).ok()?;
    (min..=max).contains(&number).then_some(number)
}

/// A table with the name that its author reads above it.
#[derive(Clone, Copy)]
struct Section<'a> {
    head: &'static str,
    table: &'a Spanned<DeValue<'a>>,
    keys: &'a DeTable<'a>,
}

/// What a cluster file states, and every mistake in it, in order.
pub(super) fn read(excerpt: &Excerpt) -> (Tables, Vec<FormatError>) {
    let mut reader = Reader { excerpt, errors: Vec::new() };
    let tables = match DeTable::parse(&excerpt.text) {
        Ok(root) => reader.tables(root.get_ref()),
        Err(error) => {
            let problem = Problem::NotToml { reason: error.message().to_owned() };
            let span = excerpt.span(error.span().unwrap_or(0..0));
            reader.errors.push(FormatError { span, problem });
            Tables::default()
        }
    };
    reader.errors.sort_by_key(|error| (error.span.start, error.span.end));
    (tables, reader.errors)
}

struct Reader<'a> {
    excerpt: &'a Excerpt,
    errors: Vec<FormatError>,
}

impl Reader<'_> {
    fn tables(&mut self, root: &DeTable) -> Tables {
        let known = &["name", "node", "qdevice", "ceph", "bond", "bridge", "subnet", "guest"];
        self.refuse_unknown("the cluster file", root, known);
        let name = self.optional(root, "name", &TEXT);
        let nodes =
            self.each(root, "node", "[[node]]", &["name", "id", "votes", "links"], |reader, section| {
                Some(Node {
                    id: reader.optional(section.keys, "id", &NODE_ID),
                    votes: reader.optional(section.keys, "votes", &VOTES),
                    links: reader.list(section.keys, "links", &ADDRESS),
                    name: reader.required(section, "name", &TEXT)?,
                })
            });
        let qdevice = self.one(root, "qdevice", "[qdevice]", &["algorithm", "votes"]).map(|section| {
            let qdevice = QDevice {
                algorithm: self.optional(section.keys, "algorithm", &ALGORITHM),
                votes: self.optional(section.keys, "votes", &VOTES),
            };
            Spanned::new(section.table.span(), qdevice)
        });
        let ceph = self.one(root, "ceph", "[ceph]", &["monitors", "osd", "pool"]);
        let ceph = ceph.map(|section| self.ceph(section.keys)).unwrap_or_default();
        let bonds =
            self.each(root, "bond", "[[bond]]", &["name", "mode", "ports", "bridge"], |reader, section| {
                Some(Bond {
                    mode: reader.optional(section.keys, "mode", &BOND_MODE),
                    ports: reader.list(section.keys, "ports", &TEXT),
                    bridge: reader.optional(section.keys, "bridge", &TEXT),
                    name: reader.required(section, "name", &TEXT)?,
                })
            });
        let bridges =
            self.each(root, "bridge", "[[bridge]]", &["name", "purpose", "vlans"], |reader, section| {
                Some(Bridge {
                    purpose: reader.optional(section.keys, "purpose", &TEXT),
                    vlans: reader.list(section.keys, "vlans", &VLAN),
                    name: reader.required(section, "name", &TEXT)?,
                })
            });
        let subnets =
            self.each(root, "subnet", "[[subnet]]", &["network", "purpose", "vlan"], |reader, section| {
                Some(Subnet {
                    purpose: reader.optional(section.keys, "purpose", &TEXT),
                    vlan: reader.optional(section.keys, "vlan", &VLAN),
                    network: reader.required(section, "network", &NETWORK)?,
                })
            });
        let guests = self.each(root, "guest", "[[guest]]", &["id", "ha"], |reader, section| {
            Some(Guest {
                ha: reader.optional(section.keys, "ha", &FLAG).is_some_and(Spanned::into_inner),
                id: reader.required(section, "id", &SERVICE_ID)?,
            })
        });
        Tables { name, nodes, qdevice, ceph, bonds, bridges, subnets, guests }
    }

    fn ceph(&mut self, keys: &DeTable) -> Ceph {
        Ceph {
            monitors: self.list(keys, "monitors", &TEXT),
            osds: self.each(keys, "osd", "[[ceph.osd]]", &["id", "node"], |reader, section| {
                Some(Osd {
                    node: reader.optional(section.keys, "node", &TEXT),
                    id: reader.required(section, "id", &OSD_ID)?,
                })
            }),
            pools: self.each(
                keys,
                "pool",
                "[[ceph.pool]]",
                &["name", "size", "min_size"],
                |reader, section| {
                    Some(Pool {
                        size: reader.optional(section.keys, "size", &COPIES),
                        min_size: reader.optional(section.keys, "min_size", &COPIES),
                        name: reader.required(section, "name", &TEXT)?,
                    })
                },
            ),
        }
    }

    /// The table at `key`, headed `[key]`.
    fn one<'t>(
        &mut self,
        keys: &'t DeTable<'t>,
        key: &str,
        head: &'static str,
        known: &'static [&'static str],
    ) -> Option<Section<'t>> {
        let table = find(keys, key)?;
        self.section(key, table, head, known)
    }

    /// The tables at `key`, headed `[[key]]`, through `read`.
    fn each<T>(
        &mut self,
        keys: &DeTable,
        key: &str,
        head: &'static str,
        known: &'static [&'static str],
        read: impl Fn(&mut Self, Section) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = find(keys, key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.refuse(key, value, head);
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in items {
            let section = self.section(key, item, head, known);
            all.extend(section.and_then(|section| read(self, section)));
        }
        all
    }

    fn section<'t>(
        &mut self,
        key: &str,
        table: &'t Spanned<DeValue<'t>>,
        head: &'static str,
        known: &'static [&'static str],
    ) -> Option<Section<'t>> {
        let Some(keys) = table.get_ref().as_table() else {
            self.refuse(key, table, head);
            return None;
        };
        self.refuse_unknown(head, keys, known);
        Some(Section { head, table, keys })
    }

    fn optional<T>(&mut self, keys: &DeTable, key: &str, kind: &Kind<T>) -> Option<Spanned<T>> {
        find(keys, key).and_then(|value| self.value(key, value, kind))
    }

    fn required<T>(&mut self, section: Section, key: &'static str, kind: &Kind<T>) -> Option<Spanned<T>> {
        if find(section.keys, key).is_none() {
            let problem = Problem::MissingKey { table: section.head, key };
            self.errors.push(FormatError { span: self.excerpt.span(section.table.span()), problem });
        }
        self.optional(section.keys, key, kind)
    }

    fn list<T>(&mut self, keys: &DeTable, key: &str, kind: &Kind<T>) -> Vec<Spanned<T>> {
        let Some(value) = find(keys, key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.refuse(key, value, "a list between `[` and `]`");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.value(key, item, kind)).collect()
    }

    fn value<T>(&mut self, key: &str, value: &Spanned<DeValue>, kind: &Kind<T>) -> Option<Spanned<T>> {
        let read = (kind.read)(value.get_ref());
        if read.is_none() {
            self.refuse(key, value, kind.expected);
        }
        Some(Spanned::new(value.span(), read?))
    }

    fn refuse(&mut self, key: &str, value: &Spanned<DeValue>, expected: &'static str) {
        let written = self.excerpt.text.get(value.span()).unwrap_or_default().to_owned();
        let problem = Problem::UnfitValue { key: key.to_owned(), value: written, expected };
        self.errors.push(FormatError { span: self.excerpt.span(value.span()), problem });
    }

    fn refuse_unknown(&mut self, table: &'static str, keys: &DeTable, known: &'static [&'static str]) {
        for key in keys.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let nearest = similar::nearest(name, known.iter().copied());
                let problem = Problem::UnknownKey { key: name.to_owned(), table, nearest, known };
                self.errors.push(FormatError { span: self.excerpt.span(key.span()), problem });
            }
        }
    }
}

fn find<'t>(keys: &'t DeTable<'t>, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
    keys.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value)
}
