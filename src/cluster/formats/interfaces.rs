//! `/etc/network/interfaces` as ifupdown2 and Proxmox VE read it (interfaces(5), ifupdown-addons-interfaces(5)).
//!
//! Stanzas of one interface are one [`Interface`]. Option names are taken with `-` or `_` alike. Not here: `mapping`
//! scripts and the files that `source` names.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;
use nom::bytes::complete::tag;
use nom::character::complete::{digit1, u16 as decimal};
use nom::combinator::all_consuming;
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::source::{Source, Spanned};
use super::{FormatError, Problem, address};
use crate::base::offset_map::Excerpt;

/// The network configuration of a node.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interfaces {
    /// In order of their first `iface` stanza.
    pub interfaces: Vec<Interface>,
    /// What could not be read, in order.
    pub errors: Vec<FormatError>,
}

impl Interfaces {
    /// The interface of that name.
    pub fn get(&self, name: &str) -> Option<&Interface> {
        self.interfaces.iter().find(|interface| interface.name.value == name)
    }
}

/// An interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// Its name, at its first stanza.
    pub name: Spanned<String>,
    /// Brought up at boot: named by `auto` or an `allow-` line.
    pub auto: bool,
    /// `static`, `manual`, `dhcp`, ..., one a stanza that gives one.
    pub methods: Vec<Spanned<String>>,
    /// What it is, by its options and its name.
    pub kind: Kind,
    /// With their prefix length: /32 and /128 when the file gives none.
    pub addresses: Vec<Spanned<IpNet>>,
    /// Default gateways.
    pub gateways: Vec<Spanned<IpAddr>>,
    /// Every option as written, in order.
    pub options: Vec<Setting>,
    /// Comment lines inside its stanzas, without `#`: what Proxmox VE shows as the comment.
    pub comments: Vec<Spanned<String>>,
}

impl Interface {
    /// The last option of that name; `-` and `_` are the same.
    pub fn option(&self, key: &str) -> Option<&Spanned<String>> {
        let last = self.options.iter().rev().find(|setting| same_key(&setting.key.value, key));
        last.map(|setting| &setting.value)
    }
}

/// An option of an interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its key as written.
    pub key: Spanned<String>,
    /// The rest of the line.
    pub value: Spanned<String>,
}

/// What an interface is. Decided in this order, as Proxmox VE does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `lo`, or method `loopback`.
    Loopback,
    /// It has `bridge-ports`.
    Bridge {
        /// Its ports; empty for `none`.
        ports: Vec<Spanned<String>>,
        /// `bridge-vlan-aware`
        vlan_aware: bool,
    },
    /// It has `bond-slaves`, or is called `bondN`.
    Bond {
        /// Its members.
        slaves: Vec<Spanned<String>>,
        /// `bond-mode`, by name; a number is translated.
        mode: Option<Spanned<String>>,
        /// `bond-primary`
        primary: Option<Spanned<String>>,
    },
    /// `RAW.ID`, or with `vlan-raw-device`.
    Vlan {
        /// The interface that it tags.
        raw: String,
        /// The VLAN.
        id: u16,
    },
    /// `NAME:N`: more addresses for another interface.
    Alias {
        /// The other interface.
        of: String,
    },
    /// A network card, by the names that Linux gives.
    Physical,
    /// Anything else.
    Unknown,
}

/// Names of the bond modes by their numbers (the kernel's bonding documentation).
const BOND_MODES: [&str; 7] =
    ["balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"];

/// Reads `excerpt` as an `interfaces` file.
pub fn read(excerpt: &Excerpt) -> Interfaces {
    let source = Source::new(excerpt);
    let mut reader = Reader {
        source,
        drafts: Vec::new(),
        by_name: BTreeMap::new(),
        autos: BTreeSet::new(),
        stanza: Stanza::None,
        errors: Vec::new(),
    };
    for line in source.lines() {
        reader.line(line.trim());
    }
    reader.finish()
}

/// What the lines being read belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stanza {
    None,
    /// An index into the drafts.
    Interface(usize),
    /// `mapping` and the like, whose options mean nothing here.
    Other,
}

/// An interface in slices of the text.
#[derive(Default)]
struct Draft<'a> {
    name: &'a str,
    methods: Vec<&'a str>,
    settings: Vec<(&'a str, &'a str)>,
    comments: Vec<&'a str>,
}

impl<'a> Draft<'a> {
    fn option(&self, key: &str) -> Option<&'a str> {
        self.settings.iter().rev().find(|(written, _)| same_key(written, key)).map(|(_, value)| *value)
    }
}

struct Reader<'a> {
    source: Source<'a>,
    drafts: Vec<Draft<'a>>,
    by_name: BTreeMap<&'a str, usize>,
    autos: BTreeSet<&'a str>,
    stanza: Stanza,
    errors: Vec<FormatError>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str) {
        if let Some(comment) = line.strip_prefix('#') {
            if let Stanza::Interface(index) = self.stanza {
                self.drafts[index].comments.push(comment.trim());
            }
            return;
        }
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else { return };
        match first {
            "iface" => self.iface(first, words),
            "auto" | "allow-auto" | "allow-hotplug" | "allow-ovs" => {
                self.autos.extend(words);
                self.stanza = Stanza::None;
            }
            "source" | "source-directory" => self.stanza = Stanza::None,
            "mapping" | "template" => self.stanza = Stanza::Other,
            _ if first.starts_with("allow-") => self.stanza = Stanza::None,
            _ => match self.stanza {
                Stanza::Interface(index) => {
                    let value = line.get(first.len()..).unwrap_or_default().trim();
                    self.drafts[index].settings.push((first, value));
                }
                Stanza::Other => {}
                Stanza::None => self.error(first, Problem::OutsideStanza { option: first.to_owned() }),
            },
        }
    }

    fn iface(&mut self, keyword: &'a str, mut words: impl Iterator<Item = &'a str>) {
        let Some(name) = words.next() else {
            self.error(keyword, Problem::Missing { what: "the name of the interface" });
            self.stanza = Stanza::Other;
            return;
        };
        let index = *self.by_name.entry(name).or_insert(self.drafts.len());
        if index == self.drafts.len() {
            self.drafts.push(Draft { name, ..Draft::default() });
        }
        // ifupdown2 lets the family be left out, and with it the method.
        self.drafts[index].methods.extend(words.find(|word| !matches!(*word, "inet" | "inet6")));
        self.stanza = Stanza::Interface(index);
    }

    fn error(&mut self, part: &str, problem: Problem) {
        self.errors.push(FormatError { span: self.source.span(part), problem });
    }

    fn finish(mut self) -> Interfaces {
        let source = self.source;
        let drafts = std::mem::take(&mut self.drafts);
        let interfaces = drafts.iter().map(|draft| {
            let (addresses, gateways) = self.addresses(draft);
            let setting =
                |(key, value): &(&str, &str)| Setting { key: source.own(key), value: source.own(value) };
            Interface {
                name: source.own(draft.name),
                auto: self.autos.contains(draft.name),
                methods: draft.methods.iter().map(|method| source.own(method)).collect(),
                kind: kind(draft, source),
                addresses,
                gateways,
                options: draft.settings.iter().map(setting).collect(),
                comments: draft.comments.iter().map(|comment| source.own(comment)).collect(),
            }
        });
        let interfaces = interfaces.collect();
        self.errors.sort_by_key(|error| error.span);
        Interfaces { interfaces, errors: self.errors }
    }

    fn addresses(&mut self, draft: &Draft) -> (Vec<Spanned<IpNet>>, Vec<Spanned<IpAddr>>) {
        let (mut addresses, mut gateways) = (Vec::new(), Vec::new());
        let mut settings = draft.settings.iter().peekable();
        while let Some((key, value)) = settings.next() {
            let understood = match *key {
                "address" => {
                    // `netmask` belongs to the `address` before it.
                    let netmask =
                        settings.peek().filter(|(next, _)| *next == "netmask").map(|(_, mask)| *mask);
                    let network = network(value, netmask);
                    addresses.extend(network.map(|network| Spanned::new(network, self.source.span(value))));
                    network.is_some()
                }
                "gateway" => {
                    let gateway = address(value);
                    gateways.extend(gateway.map(|gateway| Spanned::new(gateway, self.source.span(value))));
                    gateway.is_some()
                }
                _ => true,
            };
            if !understood {
                let place = if value.is_empty() { key } else { value };
                self.error(place, Problem::NotAnAddress { value: (*value).to_owned() });
            }
        }
        (addresses, gateways)
    }
}

/// `A/len`, or `A` with a netmask in dots or bits.
fn network(text: &str, netmask: Option<&str>) -> Option<IpNet> {
    if text.contains('/') {
        return text.parse().ok();
    }
    let host = address(text)?;
    match netmask {
        None => Some(IpNet::from(host)),
        Some(mask) => match mask.parse::<u8>() {
            Ok(bits) => IpNet::new(host, bits).ok(),
            Err(_) => IpNet::with_netmask(host, address(mask)?).ok(),
        },
    }
}

fn kind(draft: &Draft, source: Source) -> Kind {
    let name = draft.name;
    let words = |value: &str| -> Vec<Spanned<String>> {
        value.split_whitespace().filter(|word| *word != "none").map(|word| source.own(word)).collect()
    };
    if name == "lo" || draft.methods.contains(&"loopback") {
        return Kind::Loopback;
    }
    if let Some(ports) = draft.option("bridge-ports") {
        return Kind::Bridge { ports: words(ports), vlan_aware: draft.option("bridge-vlan-aware").is_some() };
    }
    let slaves = draft.option("bond-slaves").or_else(|| draft.option("slaves"));
    if slaves.is_some() || numbered("bond", name).is_some() {
        let mode = |mode: &str| source.own(mode).map(|mode| bond_mode(&mode));
        return Kind::Bond {
            slaves: slaves.map(words).unwrap_or_default(),
            mode: draft.option("bond-mode").map(mode),
            primary: draft.option("bond-primary").map(|primary| source.own(primary)),
        };
    }
    if let Some((of, number)) = name.rsplit_once(':')
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Kind::Alias { of: of.to_owned() };
    }
    if let Some((raw, id)) = name.rsplit_once('.')
        && let Ok(id) = id.parse()
    {
        return Kind::Vlan { raw: raw.to_owned(), id };
    }
    if let Some(raw) = draft.option("vlan-raw-device") {
        let stated = draft.option("vlan-id").and_then(|id| id.parse().ok());
        if let Some(id) = numbered("vlan", name).or(stated) {
            return Kind::Vlan { raw: raw.to_owned(), id };
        }
    }
    let is_card = ["eth", "nic", "if"].iter().any(|prefix| numbered(prefix, name).is_some())
        || ["en", "ib"].iter().any(|prefix| name.starts_with(prefix));
    if is_card { Kind::Physical } else { Kind::Unknown }
}

/// The number behind `prefix` in `name`.
fn numbered(prefix: &str, name: &str) -> Option<u16> {
    let parsed: IResult<&str, u16> = all_consuming(preceded(tag(prefix), decimal)).parse(name);
    parsed.ok().map(|(_, number)| number)
}

fn bond_mode(text: &str) -> String {
    let digits: IResult<&str, &str> = all_consuming(digit1).parse(text);
    let number: Option<usize> = digits.ok().and_then(|(_, digits)| digits.parse().ok());
    let name = number.and_then(|number| BOND_MODES.get(number).copied());
    name.unwrap_or(text).to_owned()
}

fn same_key(written: &str, key: &str) -> bool {
    written.len() == key.len()
        && written.bytes().zip(key.bytes()).all(|(a, b)| a == b || (a == b'_' && b == b'-'))
}

/// True when `line` opens a stanza that only such a file has.
pub(super) fn opens_stanza(line: &str) -> bool {
    let mut words = line.split_whitespace();
    match (words.next(), words.next(), words.next(), words.next()) {
        (Some("iface"), Some(_), None | Some("inet" | "inet6"), _) => true,
        // `auto` is a word of English, too: only one or two names without punctuation.
        (Some("auto" | "allow-hotplug"), Some(name), _, None) => {
            name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:_-".contains(&byte))
                && !name.ends_with(['.', ':'])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: u32 = 500;

    const NODE: &str = "\
auto lo
iface lo inet loopback

auto bond0
iface bond0 inet manual
    bond-slaves eno1 eno2
    bond_mode 4

auto vmbr0
iface vmbr0 inet static
    address 192.0.2.11/24
    gateway 192.0.2.1
    bridge-ports bond0
    bridge-vlan-aware yes
    # guests
iface vmbr0 inet6 static
    address fd00::b
    netmask 64

iface vmbr1 inet static
    address 198.51.100.1
    netmask 255.255.255.0
    bridge_ports none

iface bond0.20
    vlan-raw-device bond0
iface eno1 inet manual
iface vlan30
    vlan-raw-device eno1
";

    fn file(text: &str) -> Interfaces {
        read(&Excerpt::whole(text, START))
    }

    fn place(text: &str, part: &str) -> u32 {
        START + text.find(part).unwrap() as u32
    }

    #[test]
    fn interfaces_are_what_their_options_and_names_say() {
        let file = file(NODE);
        assert_eq!(file.errors, []);
        let kinds: Vec<(&str, &Kind)> = file
            .interfaces
            .iter()
            .map(|interface| (interface.name.value.as_str(), &interface.kind))
            .collect();
        assert_eq!(kinds[0], ("lo", &Kind::Loopback));
        assert!(matches!(kinds[1], ("bond0", Kind::Bond { slaves, mode: Some(mode), .. })
            if slaves.len() == 2 && mode.value == "802.3ad"));
        assert!(matches!(kinds[2], ("vmbr0", Kind::Bridge { ports, vlan_aware: true }) if ports.len() == 1));
        assert!(matches!(kinds[3], ("vmbr1", Kind::Bridge { ports, vlan_aware: false }) if ports.is_empty()));
        assert_eq!(kinds[4], ("bond0.20", &Kind::Vlan { raw: "bond0".into(), id: 20 }));
        assert_eq!(kinds[5], ("eno1", &Kind::Physical));
        assert_eq!(kinds[6], ("vlan30", &Kind::Vlan { raw: "eno1".into(), id: 30 }));
    }

    #[test]
    fn values_know_their_place() {
        let file = file(NODE);
        let bridge = file.get("vmbr0").unwrap();
        assert!(bridge.auto);
        assert_eq!(bridge.addresses[0].value, "192.0.2.11/24".parse::<IpNet>().unwrap());
        assert_eq!(bridge.addresses[0].span.start, place(NODE, "192.0.2.11"));
        assert_eq!(bridge.addresses[1].value, "fd00::b/64".parse::<IpNet>().unwrap());
        assert_eq!(bridge.gateways[0].value, "192.0.2.1".parse::<IpAddr>().unwrap());
        assert_eq!(bridge.comments[0].value, "guests");
        let Kind::Bond { slaves, .. } = &file.get("bond0").unwrap().kind else { panic!() };
        assert_eq!((slaves[1].value.as_str(), slaves[1].span.start), ("eno2", place(NODE, "eno2")));
        let Kind::Bridge { ports, .. } = &bridge.kind else { panic!() };
        assert_eq!(ports[0].span.start, place(NODE, "bond0\n    bridge-vlan"));
        assert_eq!(
            file.get("vmbr1").unwrap().addresses[0].value,
            "198.51.100.1/24".parse::<IpNet>().unwrap()
        );
    }

    #[test]
    fn what_is_told() {
        let text =
            "address 192.0.2.1\niface\niface eth0 inet static\n address 192.0.2.300/24\n gateway here\n";
        let told: Vec<_> =
            file(text).errors.into_iter().map(|error| (error.span.start, error.problem)).collect();
        assert_eq!(
            told,
            [
                (place(text, "address"), Problem::OutsideStanza { option: "address".into() }),
                (place(text, "iface\n"), Problem::Missing { what: "the name of the interface" }),
                (place(text, "192.0.2.300"), Problem::NotAnAddress { value: "192.0.2.300/24".into() }),
                (place(text, "here"), Problem::NotAnAddress { value: "here".into() }),
            ]
        );
    }
}
