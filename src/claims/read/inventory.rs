//! What there is: nodes with their addresses, corosync, QDevice, the HA stack, guests.

use crate::claims::claim::{EntityKind, Fact, Subject};
use crate::claims::vocabulary::Role;
use crate::claims::words::{self, Words};
use crate::cluster::model::ha::HaPart;
use crate::cluster::model::node::AddressRole;

use super::chart::{Chart, Element};
use super::speaker::Speaker;

pub(super) fn read(chart: &Chart, speaker: &mut Speaker) {
    read_node_counts(chart, speaker);
    for element in &chart.elements {
        let span = element.span();
        match element.role() {
            Some(Role::Node) => read_node(element, speaker),
            Some(Role::Corosync) => speaker.say(&Subject::the(EntityKind::Corosync), Fact::Exists, span),
            Some(Role::QDevice) => speaker.say(&Subject::the(EntityKind::QDevice), Fact::Exists, span),
            Some(Role::Ceph) => speaker.say(&Subject::the(EntityKind::Ceph), Fact::Exists, span),
            Some(Role::Ha(part)) => {
                speaker.say(&Subject::new(EntityKind::Ha, element.name()), Fact::Part(part), span);
            }
            Some(Role::Guest(kind)) => {
                speaker.say(
                    &Subject::new(EntityKind::Guest, element.label.one_line()),
                    Fact::GuestKind(kind),
                    span,
                );
            }
            _ => {}
        }
    }
    for (from, to, span) in chart.joined() {
        if let (Some(Role::Ha(HaPart::Manager | HaPart::Crm | HaPart::Lrm)), Some(Role::Guest(_))) =
            (from.role(), to.role())
        {
            speaker.say(&Subject::new(EntityKind::Guest, to.label.one_line()), Fact::HaManaged, span);
        }
    }
}

/// "3-Node Cluster", "Proxmox cluster (3 nodes)" in a title.
fn read_node_counts(chart: &Chart, speaker: &mut Speaker) {
    for title in &chart.titles {
        let words = title.words();
        let Some(at) = words.find("# node") else { continue };
        if words.has_any(&["cluster"])
            && let Some(count) = words.number(at)
        {
            speaker.say(&Subject::the(EntityKind::Cluster), Fact::NodeCount(count), title.full_span());
        }
    }
}

fn read_node(element: &Element, speaker: &mut Speaker) {
    let subject = Subject::new(EntityKind::Node, element.name());
    speaker.say(&subject, Fact::Exists, element.span());
    let mut has_main_address = false;
    for (line, range) in element.label.lines() {
        let words = Words::of(line);
        let role = address_role(&words);
        let is_remark = element.label.span(range.clone()) != element.span();
        // "Tailscale 100.64.0.11" is an address of the node on a network of its own.
        if role == AddressRole::Link(0) && is_remark && words.iter().any(|word| !is_plain(word)) {
            continue;
        }
        for (address, within) in words::addresses(line) {
            // A second address without a word about its use could be anything.
            if role == AddressRole::Link(0) && std::mem::replace(&mut has_main_address, true) {
                continue;
            }
            let span = element.label.span(range.start + within.start..range.start + within.end);
            speaker.say(&subject, Fact::Address(role, address), span);
        }
    }
}

/// A word beside an address that says nothing about its use, or that it is the cluster's.
fn is_plain(word: &str) -> bool {
    const PLAIN: [&str; 14] = [
        "ip", "address", "addr", "ipv", "v", "cluster", "corosync", "lan", "link", "ring", "node", "host",
        "static", "f",
    ];
    word.starts_with(|c: char| c.is_ascii_digit()) || word.len() <= 2 || PLAIN.contains(&word)
}

/// What the words beside an address say about its use.
fn address_role(words: &Words) -> AddressRole {
    if words.has_any(&["ring 1", "link 1"]) {
        AddressRole::Link(1)
    } else if words.has_any(&["storage", "ceph"]) {
        AddressRole::Storage
    } else if words.has_any(&["mgmt", "management"]) {
        AddressRole::Management
    } else {
        AddressRole::Link(0)
    }
}
