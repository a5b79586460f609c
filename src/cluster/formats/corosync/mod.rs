//! `corosync.conf`, read as leniently as `corosync -t` reads it (corosync.conf(5), seen with corosync 3.1.7).
//!
//! Unknown sections and keys pass, a key that is given twice counts as given last. What cannot be read is a
//! [`FormatError`]; what reads well but keeps corosync from starting is told by [`CorosyncConf::refusals`], so that a
//! page may show a part of the file.

mod refusal;
mod syntax;

use std::collections::BTreeMap;

use super::source::{Source, Spanned};
use super::{FormatError, Problem};
use crate::base::offset_map::Excerpt;
use crate::base::text::Span;
use crate::cluster::model::vote::Votes;
use syntax::Entry;

pub(super) use syntax::{begins, sections_end};

/// A `corosync.conf`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CorosyncConf {
    /// `totem`
    pub totem: Totem,
    /// The `node` sections of `nodelist`, in order.
    pub nodes: Vec<Node>,
    /// `quorum`
    pub quorum: Quorum,
    /// The whole text.
    pub span: Span,
    /// What could not be read, in order.
    pub errors: Vec<FormatError>,
}

/// The `totem` section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totem {
    /// `version`; only 2 exists.
    pub version: Option<Spanned<u32>>,
    /// `cluster_name`
    pub cluster_name: Option<Spanned<String>>,
    /// `config_version`
    pub config_version: Option<Spanned<u64>>,
    /// `transport`
    pub transport: Option<Spanned<String>>,
    /// `ip_version`
    pub ip_version: Option<Spanned<String>>,
    /// `link_mode`
    pub link_mode: Option<Spanned<String>>,
    /// `secauth`
    pub secauth: Option<Spanned<String>>,
    /// `crypto_cipher`
    pub crypto_cipher: Option<Spanned<String>>,
    /// `crypto_hash`
    pub crypto_hash: Option<Spanned<String>>,
    /// `token`, in milliseconds.
    pub token: Option<Spanned<u32>>,
    /// The `interface` sections, in order.
    pub interfaces: Vec<Interface>,
    /// The section's head; `None` without one.
    pub span: Option<Span>,
}

/// An `interface` section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interface {
    /// `linknumber`, or the older `ringnumber`.
    pub link: Option<Spanned<u8>>,
    /// `bindnetaddr`
    pub bind_network: Option<Spanned<String>>,
    /// `knet_link_priority`: the higher one is used first.
    pub priority: Option<Spanned<u8>>,
}

/// A `node` section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Node {
    /// `name`
    pub name: Option<Spanned<String>>,
    /// `nodeid`
    pub id: Option<Spanned<u32>>,
    /// `quorum_votes`; one when omitted.
    pub votes: Option<Spanned<Votes>>,
    /// `ringN_addr` by N: addresses or host names.
    pub addresses: BTreeMap<u32, Spanned<String>>,
    /// The section's head.
    pub span: Span,
}

/// The `quorum` section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quorum {
    /// `provider`
    pub provider: Option<Spanned<String>>,
    /// `expected_votes`
    pub expected_votes: Option<Spanned<Votes>>,
    /// `two_node`; any number but 0 is on.
    pub two_node: Option<Spanned<bool>>,
    /// `wait_for_all`
    pub wait_for_all: Option<Spanned<bool>>,
    /// `last_man_standing`
    pub last_man_standing: Option<Spanned<bool>>,
    /// `auto_tie_breaker`
    pub auto_tie_breaker: Option<Spanned<bool>>,
    /// `auto_tie_breaker_node`
    pub auto_tie_breaker_node: Option<Spanned<String>>,
    /// `allow_downscale`
    pub allow_downscale: Option<Spanned<bool>>,
    /// `device`
    pub device: Option<Device>,
    /// The section's head; `None` without one.
    pub span: Option<Span>,
}

/// The `device` section: a QDevice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    /// `model`
    pub model: Option<Spanned<String>>,
    /// `votes`
    pub votes: Option<Spanned<Votes>>,
    /// `net.host`
    pub host: Option<Spanned<String>>,
    /// `net.algorithm`
    pub algorithm: Option<Spanned<String>>,
    /// `net.tie_breaker`
    pub tie_breaker: Option<Spanned<String>>,
    /// The section's head.
    pub span: Span,
}

/// Reads `excerpt` as a `corosync.conf`.
pub fn read(excerpt: &Excerpt) -> CorosyncConf {
    let source = Source::new(excerpt);
    let mut reader = Reader {
        conf: CorosyncConf { span: excerpt.full_span(), ..CorosyncConf::default() },
        source,
        path: Vec::new(),
    };
    for line in source.lines() {
        reader.line(line);
    }
    if let Some(open) = reader.path.pop() {
        let problem = Problem::UnclosedSection { name: open.to_owned() };
        reader.conf.errors.push(FormatError { span: source.span(open), problem });
    }
    reader.conf
}

struct Reader<'a> {
    conf: CorosyncConf,
    source: Source<'a>,
    /// Names of the open sections, outermost first.
    path: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str) {
        match syntax::entry(line) {
            Ok(None) => {}
            Ok(Some(Entry::Open(name))) => {
                self.path.push(name);
                self.open(name);
            }
            Ok(Some(Entry::Close(brace))) => {
                if self.path.pop().is_none() {
                    self.error(brace, Problem::UnexpectedBrace);
                }
            }
            Ok(Some(Entry::Value { key, value })) => self.value(key, value),
            Err((part, problem)) => self.error(part, problem),
        }
    }

    fn error(&mut self, part: &str, problem: Problem) {
        self.conf.errors.push(FormatError { span: self.source.span(part), problem });
    }

    fn open(&mut self, name: &str) {
        let span = self.source.span(name);
        match self.path[..] {
            ["nodelist", "node"] => self.conf.nodes.push(Node { span, ..Node::default() }),
            ["totem", "interface"] => self.conf.totem.interfaces.push(Interface::default()),
            ["totem"] => self.conf.totem.span = Some(span),
            ["quorum"] => self.conf.quorum.span = Some(span),
            ["quorum", "device"] => {
                // A second section adds to the first.
                self.conf.quorum.device.get_or_insert_with(Device::default).span = span;
            }
            _ => {}
        }
    }

    fn value(&mut self, key: &'a str, value: &'a str) {
        let path = self.path.as_slice();
        if let Some(max) = syntax::number_limit(path, key)
            && syntax::number(value).is_none_or(|number| number > max)
        {
            let problem = Problem::NotANumber { key: key.to_owned(), value: value.to_owned(), max };
            return self.error(if value.is_empty() { key } else { value }, problem);
        }
        if let Some(allowed) = syntax::words(path, key)
            && !allowed.contains(&value)
        {
            let problem = Problem::UnknownWord { key: key.to_owned(), value: value.to_owned(), allowed };
            return self.error(if value.is_empty() { key } else { value }, problem);
        }
        self.store(key, value);
    }

    /// Keeps a value that was found to be of its kind.
    fn store(&mut self, key: &str, value: &str) {
        let text = || Some(self.source.own(value));
        let number = syntax::number(value).unwrap_or_default();
        let span = self.source.span(value);
        let votes = || Some(Spanned::new(Votes(u32::try_from(number).unwrap_or(u32::MAX)), span));
        let small = || Some(Spanned::new(u8::try_from(number).unwrap_or(u8::MAX), span));
        let medium = || Some(Spanned::new(u32::try_from(number).unwrap_or(u32::MAX), span));
        let flag = || Some(Spanned::new(number != 0, span));
        let conf = &mut self.conf;
        match (self.path.as_slice(), key) {
            (["totem"], "version") => conf.totem.version = medium(),
            (["totem"], "cluster_name") => conf.totem.cluster_name = text(),
            (["totem"], "config_version") => conf.totem.config_version = Some(Spanned::new(number, span)),
            (["totem"], "transport") => conf.totem.transport = text(),
            (["totem"], "ip_version") => conf.totem.ip_version = text(),
            (["totem"], "link_mode") => conf.totem.link_mode = text(),
            (["totem"], "secauth") => conf.totem.secauth = text(),
            (["totem"], "crypto_cipher") => conf.totem.crypto_cipher = text(),
            (["totem"], "crypto_hash") => conf.totem.crypto_hash = text(),
            (["totem"], "token") => conf.totem.token = medium(),
            (["totem", "interface"], key) => {
                let Some(interface) = conf.totem.interfaces.last_mut() else {
                    return;
                };
                match key {
                    "linknumber" | "ringnumber" => interface.link = small(),
                    "bindnetaddr" => interface.bind_network = text(),
                    "knet_link_priority" => interface.priority = small(),
                    _ => {}
                }
            }
            (["nodelist", "node"], key) => {
                let Some(node) = conf.nodes.last_mut() else { return };
                match key {
                    "name" => node.name = text(),
                    "nodeid" => node.id = medium(),
                    "quorum_votes" => node.votes = votes(),
                    _ => {
                        if let (Some(link), Some(address)) = (syntax::link_of_address(key), text()) {
                            node.addresses.insert(link, address);
                        }
                    }
                }
            }
            (["quorum"], "provider") => conf.quorum.provider = text(),
            (["quorum"], "expected_votes") => conf.quorum.expected_votes = votes(),
            (["quorum"], "two_node") => conf.quorum.two_node = flag(),
            (["quorum"], "wait_for_all") => conf.quorum.wait_for_all = flag(),
            (["quorum"], "last_man_standing") => conf.quorum.last_man_standing = flag(),
            (["quorum"], "auto_tie_breaker") => conf.quorum.auto_tie_breaker = flag(),
            (["quorum"], "auto_tie_breaker_node") => conf.quorum.auto_tie_breaker_node = text(),
            (["quorum"], "allow_downscale") => conf.quorum.allow_downscale = flag(),
            (["quorum", "device", rest @ ..], key) => {
                let Some(device) = &mut conf.quorum.device else {
                    return;
                };
                match (rest, key) {
                    ([], "model") => device.model = text(),
                    ([], "votes") => device.votes = votes(),
                    (["net"], "host") => device.host = text(),
                    (["net"], "algorithm") => device.algorithm = text(),
                    (["net"], "tie_breaker") => device.tie_breaker = text(),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
