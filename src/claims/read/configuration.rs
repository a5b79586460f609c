//! What configuration files and commands say.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::base::text::Span;
use crate::claims::claim::{EntityKind, Fact, Source, Subject};
use crate::cluster::formats::Configuration;
use crate::cluster::formats::corosync::CorosyncConf;
use crate::cluster::formats::interfaces::{Interfaces, Kind};
use crate::cluster::formats::shell::{Action, GivenOption, Invocation, Word};
use crate::cluster::model::network::BondMode;
use crate::cluster::model::node::AddressRole;
use crate::cluster::model::quorum::Algorithm;

use super::cluster_file;
use super::speaker::Speaker;

pub(super) fn read(configuration: &Configuration, speaker: &mut Speaker) {
    match configuration {
        Configuration::Corosync(conf) => read_corosync(conf, speaker),
        Configuration::Interfaces(interfaces) => read_interfaces(interfaces, speaker),
        Configuration::Shell(script) => {
            speaker.source = Source::Command;
            // What runs under a condition or in a loop may never run, or with other words.
            for invocation in script.invocations.iter().filter(|invocation| !invocation.conditional) {
                read_invocation(invocation, speaker);
            }
        }
        Configuration::Cluster(file) => cluster_file::read(file, speaker),
        Configuration::Sections(_) => {}
    }
}

fn read_corosync(conf: &CorosyncConf, speaker: &mut Speaker) {
    let cluster = Subject::the(EntityKind::Cluster);
    if let Some(name) = &conf.totem.cluster_name {
        speaker.say(&cluster, Fact::Name(name.value.clone()), name.span);
    }
    for node in &conf.nodes {
        // Corosync takes the host's own name when none is given (corosync.conf(5)); then nobody here knows it.
        let Some(name) = &node.name else { continue };
        let subject = Subject::new(EntityKind::Node, &name.value);
        speaker.say(&subject, Fact::Exists, name.span);
        if let Some(id) = &node.id {
            speaker.say(&subject, Fact::NodeId(id.value), id.span);
        }
        if let Some(votes) = &node.votes {
            speaker.say(&subject, Fact::Votes(votes.value), votes.span);
        }
        for (link, text) in &node.addresses {
            if let (Ok(link), Ok(address)) = (u8::try_from(*link), text.value.parse()) {
                speaker.say(&subject, Fact::Address(AddressRole::Link(link), address), text.span);
            }
        }
    }
    if let Some(votes) = &conf.quorum.expected_votes {
        speaker.say(&cluster, Fact::TotalVotes(votes.value), votes.span);
    }
    if let Some(two_node) = &conf.quorum.two_node {
        speaker.say(&cluster, Fact::TwoNode(two_node.value), two_node.span);
    }
    let options = [
        ("wait_for_all", &conf.quorum.wait_for_all),
        ("last_man_standing", &conf.quorum.last_man_standing),
        ("auto_tie_breaker", &conf.quorum.auto_tie_breaker),
        ("allow_downscale", &conf.quorum.allow_downscale),
    ];
    for (name, option) in options {
        if let Some(option) = option.as_ref().filter(|option| option.value) {
            speaker.say(&cluster, Fact::QuorumOption(name.to_owned()), option.span);
        }
    }
    if let Some(device) = &conf.quorum.device {
        let qdevice = Subject::the(EntityKind::QDevice);
        speaker.say(&qdevice, Fact::Exists, device.span);
        if let Some(votes) = &device.votes {
            speaker.say(&qdevice, Fact::Votes(votes.value), votes.span);
        }
        let algorithms = [Algorithm::Ffsplit, Algorithm::Lms];
        if let Some(stated) = &device.algorithm
            && let Some(algorithm) = algorithms.into_iter().find(|algorithm| algorithm.name() == stated.value)
        {
            speaker.say(&qdevice, Fact::Algorithm(algorithm), stated.span);
        }
    }
}

fn read_interfaces(interfaces: &Interfaces, speaker: &mut Speaker) {
    let is_bond =
        |name: &str| interfaces.get(name).is_some_and(|port| matches!(port.kind, Kind::Bond { .. }));
    for interface in &interfaces.interfaces {
        let name = &interface.name;
        match &interface.kind {
            Kind::Bond { slaves, mode, .. } => {
                let subject = Subject::new(EntityKind::Bond, &name.value);
                speaker.say(&subject, Fact::Exists, name.span);
                if let Some(stated) = mode
                    && let Some(mode) = BondMode::read(&stated.value)
                {
                    speaker.say(&subject, Fact::BondMode(mode), stated.span);
                }
                for port in slaves {
                    speaker.say(&subject, Fact::BondPort(port.value.clone()), port.span);
                }
            }
            Kind::Bridge { ports, .. } => {
                speaker.say(&Subject::new(EntityKind::Bridge, &name.value), Fact::Exists, name.span);
                for port in ports.iter().filter(|port| is_bond(&port.value)) {
                    let subject = Subject::new(EntityKind::Bond, &port.value);
                    speaker.say(&subject, Fact::PortOf(name.value.clone()), port.span);
                }
            }
            _ => {}
        }
        for address in &interface.addresses {
            speaker.say_subnet(address.value.trunc(), address.span);
        }
    }
}

fn read_invocation(invocation: &Invocation, speaker: &mut Speaker) {
    match &invocation.action {
        Action::CreateCluster { name } => {
            if let Some(Word::Known(name)) = name {
                speaker.say(&Subject::the(EntityKind::Cluster), Fact::Name(name.value.clone()), name.span);
            }
            read_links(EntityKind::FoundingNode, invocation, speaker);
            for option in invocation.options.iter().filter(|option| option.name.value.starts_with("bindnet"))
            {
                read_network(option, speaker);
            }
        }
        Action::JoinCluster { .. } => read_links(EntityKind::LocalNode, invocation, speaker),
        Action::SetUpQdevice { .. } => {
            speaker.say(&Subject::the(EntityKind::QDevice), Fact::Exists, invocation.span);
        }
        Action::InitCeph => {
            let network = ["network", "cluster-network"].iter().filter_map(|name| invocation.option(name));
            network.for_each(|option| read_network(option, speaker));
        }
        Action::CreatePool { name: Some(Word::Known(name)) } => {
            let subject = Subject::new(EntityKind::Pool, &name.value);
            speaker.say(&subject, Fact::Exists, name.span);
            if let Some((size, span)) = number(invocation, "size") {
                speaker.say(&subject, Fact::PoolSize(size), span);
            }
            if let Some((size, span)) = number(invocation, "min_size") {
                speaker.say(&subject, Fact::PoolMinSize(size), span);
            }
        }
        Action::CreatePoolWithCeph { name: Some(Word::Known(name)), .. } => {
            speaker.say(&Subject::new(EntityKind::Pool, &name.value), Fact::Exists, name.span);
        }
        Action::SetPool {
            pool: Some(Word::Known(pool)),
            key: Some(key),
            value: Some(Word::Known(value)),
        } => {
            let subject = Subject::new(EntityKind::Pool, &pool.value);
            let Ok(size) = value.value.parse() else { return };
            match key.known() {
                Some("size") => speaker.say(&subject, Fact::PoolSize(size), value.span),
                Some("min_size") => speaker.say(&subject, Fact::PoolMinSize(size), value.span),
                _ => {}
            }
        }
        Action::AddService { service: Some(Word::Known(service)) } => {
            if let Some(guest) = speaker.say_guest(&service.value, service.span) {
                speaker.say(&guest, Fact::HaManaged, service.span);
            }
        }
        _ => {}
    }
}

/// The addresses of the node that `pvecm create` or `pvecm add` runs on, which is known by the first of them.
///
/// `--ringN_addr` is what `--linkN` was called up to Proxmox VE 5.
fn read_links(kind: EntityKind, invocation: &Invocation, speaker: &mut Speaker) {
    let mut links: Vec<(u8, IpAddr, &str, Span)> = Vec::with_capacity(invocation.options.len());
    for option in &invocation.options {
        let name = option.name.value.as_str();
        let number = name.strip_prefix("link").or_else(|| name.strip_prefix("ring")?.strip_suffix("_addr"));
        let link = number.and_then(|number| number.parse().ok()).filter(|link| *link <= 7);
        // `--link0 10.0.0.1,priority=20`
        let value =
            option.value.as_ref().and_then(|value| Some((value.known()?.split(',').next()?, value.span())));
        if let (Some(link), Some((text, span))) = (link, value)
            && let Ok(address) = text.parse()
        {
            links.push((link, address, text, span));
        }
    }
    links.sort_by_key(|(link, ..)| *link);
    // An IPv4 address has one spelling only.
    let subject = match links.first() {
        Some((_, IpAddr::V4(_), text, _)) => Subject::new(kind, *text),
        Some((_, address, ..)) => Subject::new(kind, address.to_string()),
        None => return,
    };
    for (link, address, _, span) in links {
        speaker.say(&subject, Fact::Address(AddressRole::Link(link), address), span);
    }
}

fn read_network(option: &GivenOption, speaker: &mut Speaker) {
    if let Some(Word::Known(value)) = &option.value
        && let Ok(network) = value.value.parse::<IpNet>()
    {
        speaker.say_subnet(network.trunc(), value.span);
    }
}

fn number(invocation: &Invocation, name: &str) -> Option<(u32, Span)> {
    let value = invocation.option(name)?.value.as_ref()?;
    Some((value.known()?.parse().ok()?, value.span()))
}
