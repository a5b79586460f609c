//! The network: bonds with mode and ports, bridges, VLANs, subnets, and what sits on what.

use std::borrow::Cow;
use std::ops::Range;

use crate::base::text::Span;
use crate::claims::claim::{EntityKind, Fact, Subject};
use crate::claims::vocabulary::Role;
use crate::claims::words;
use crate::cluster::model::network::BondMode;

use super::chart::{Chart, Element};
use super::speaker::Speaker;

pub(super) fn read(chart: &Chart, speaker: &mut Speaker) {
    let parts: Vec<Part> = chart.elements.iter().map(Part::read).collect();
    for (element, part) in chart.elements.iter().zip(&parts) {
        say_part(element, part, speaker);
    }
    for edge in &chart.flowchart.edges {
        let (from, to) = (&parts[edge.from.0], &parts[edge.to.0]);
        say_joint(from, to, edge.span, speaker);
        say_joint(to, from, edge.span, speaker);
    }
}

/// What a label names of the network.
#[derive(Debug, Default)]
struct Part {
    bond: Option<String>,
    bridge: Option<String>,
    vlan: Option<(u16, Range<usize>)>,
    subnet: Option<(ipnet::IpNet, Range<usize>)>,
}

impl Part {
    fn read(element: &Element) -> Self {
        let visible = element.label.visible();
        if element.is_decision || element.role() == Some(Role::Node) {
            return Self::default();
        }
        let words = element.label.words();
        let vlan = words.find("vlan #").and_then(|at| {
            let id = words.number(at + 1).and_then(|id| u16::try_from(id).ok())?;
            // 0 and 4095 are reserved (IEEE 802.1Q).
            (1..=4094).contains(&id).then(|| (id, words.range(at).start..words.range(at + 1).end))
        });
        Self {
            bond: interface(visible, "bond"),
            bridge: interface(visible, "vmbr"),
            vlan,
            subnet: words::networks(visible).into_iter().next(),
        }
    }
}

/// The interface of this kind that the text names first, in lower case: `bond0`. A VLAN on it (`bond0.20`) is another
/// interface and not meant.
fn interface(text: &str, kind: &str) -> Option<String> {
    let found = interfaces(text).find(|name| {
        name.strip_prefix(kind)
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty())
    });
    found.map(Cow::into_owned)
}

/// The words of a text as interface names, in lower case; a blank or hyphen before the number is no part of it.
fn interfaces(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut pieces = text
        .split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .peekable();
    std::iter::from_fn(move || {
        let word = pieces.next()?;
        let number = pieces.peek().filter(|next| next.bytes().all(|b| b.is_ascii_digit()));
        Some(match number {
            Some(number) if word.eq_ignore_ascii_case("bond") => Cow::Owned(format!("bond{number}")),
            _ if word.bytes().any(|b| b.is_ascii_uppercase()) => Cow::Owned(word.to_ascii_lowercase()),
            _ => Cow::Borrowed(word),
        })
    })
}

/// A physical interface: a kernel name of Linux (`systemd.net-naming-scheme(7)`, and the older `ethN`).
fn is_physical(name: &str) -> bool {
    let prefixes = ["eth", "eno", "enp", "ens", "enx", "nic"];
    prefixes.iter().any(|prefix| {
        name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_hexdigit()))
    })
}

fn say_part(element: &Element, part: &Part, speaker: &mut Speaker) {
    let label = &element.label;
    let first_line = label.lines().next().map_or_else(|| label.full_span(), |(_, range)| label.span(range));
    if let Some(name) = &part.bond {
        let subject = Subject::new(EntityKind::Bond, name);
        speaker.say(&subject, Fact::Exists, first_line);
        for (line, range) in label.lines() {
            if let Some(mode) = BondMode::read(line) {
                speaker.say(&subject, Fact::BondMode(mode), label.span(range.clone()));
            }
            for port in interfaces(line).filter(|name| is_physical(name)) {
                speaker.say(&subject, Fact::BondPort(port.into_owned()), label.span(range.clone()));
            }
        }
    } else if let Some(name) = &part.bridge {
        let subject = Subject::new(EntityKind::Bridge, name);
        speaker.say(&subject, Fact::Exists, first_line);
        say_purpose(element, &subject, speaker);
    } else if let Some((id, _)) = &part.vlan {
        let subject = Subject::new(EntityKind::Vlan, id.to_string());
        speaker.say(&subject, Fact::Exists, first_line);
        if part.subnet.is_none() {
            say_purpose(element, &subject, speaker);
        }
    }
    if let Some((network, at)) = &part.subnet {
        let subject = Subject::new(EntityKind::Subnet, network.to_string());
        let span = label.span(at.clone());
        speaker.say(&subject, Fact::Exists, span);
        match &part.vlan {
            Some((id, at)) => speaker.say(&subject, Fact::OnVlan(*id), label.span(at.clone())),
            None => say_subnet_purpose(element, &subject, at, speaker),
        }
    }
}

/// The lines behind the name say what the thing is for.
fn say_purpose(element: &Element, subject: &Subject, speaker: &mut Speaker) {
    if let Some((remark, span)) = element.remark() {
        speaker.say(subject, Fact::Purpose(remark), span);
    }
}

/// What stands beside or below a subnet's range says what it is for.
fn say_subnet_purpose(element: &Element, subject: &Subject, network: &Range<usize>, speaker: &mut Speaker) {
    for (line, range) in element.label.lines() {
        let is_beside = range.contains(&network.start);
        let words = if is_beside {
            format!("{} {}", &line[..network.start - range.start], &line[network.end - range.start..])
        } else {
            line.to_owned()
        };
        let purpose = words.trim_matches(|c: char| !c.is_alphanumeric()).trim();
        if !purpose.is_empty() {
            speaker.say(subject, Fact::Purpose(purpose.to_owned()), element.label.span(range));
            return;
        }
    }
}

/// What an edge between two parts of the network says, seen from `lower`.
fn say_joint(lower: &Part, upper: &Part, span: Span, speaker: &mut Speaker) {
    match (lower, upper) {
        (Part { bond: Some(bond), .. }, Part { bridge: Some(bridge), .. }) => {
            speaker.say(&Subject::new(EntityKind::Bond, bond), Fact::PortOf(bridge.clone()), span);
        }
        (Part { bridge: Some(bridge), .. }, Part { vlan: Some((id, _)), .. }) => {
            speaker.say(&Subject::new(EntityKind::Bridge, bridge), Fact::CarriesVlan(*id), span);
        }
        (
            Part { vlan: Some((id, _)), bridge: None, subnet: None, .. },
            Part { subnet: Some((network, _)), vlan: None, .. },
        ) => {
            speaker.say(&Subject::new(EntityKind::Subnet, network.to_string()), Fact::OnVlan(*id), span);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interface_names_are_read_as_authors_put_them() {
        assert_eq!(interface("Bond0: LACP", "bond"), Some("bond0".to_owned()));
        assert_eq!(interface("Bond 1 active-backup", "bond"), Some("bond1".to_owned()));
        assert_eq!(interface("bond1.20 storage", "bond"), None);
        assert_eq!(interface("vmbr0 Cluster", "vmbr"), Some("vmbr0".to_owned()));
        assert_eq!(interface("bonding", "bond"), None);
        let ports: Vec<_> = interfaces("eth0 + enp3s0f1, blah").filter(|name| is_physical(name)).collect();
        assert_eq!(ports, ["eth0", "enp3s0f1"]);
    }
}
