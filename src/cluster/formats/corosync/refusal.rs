//! What reads well but keeps corosync from starting (`corosync -t`, seen with corosync 3.1.7).

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{CorosyncConf, Node};
use crate::base::text::Span;
use crate::cluster::formats::source::Spanned;
use crate::cluster::formats::{FormatError, Problem};

/// Highest link number of knet (corosync.conf(5), `linknumber`).
const MAX_LINK: u32 = 7;
/// Node ids of knet are 1 to this.
const MAX_KNET_NODE_ID: u32 = 65_535;

impl CorosyncConf {
    /// Why corosync would not start with this as its whole file, on a host that has what it asks for (the key file, the
    /// addresses). Empty when nothing is known against it; `errors` are reasons of their own.
    pub fn refusals(&self) -> Vec<FormatError> {
        let mut found = Vec::new();
        let mut refuse = |span: Span, problem: Problem| found.push(FormatError { span, problem });
        let knet = self.is_knet();

        match &self.totem.version {
            Some(version) if version.value == 2 => {}
            Some(version) => refuse(version.span, Problem::WrongVersion { version: version.value }),
            None => refuse(self.span, Problem::Missing { what: "totem.version" }),
        }
        let linked: Vec<&Node> = self.nodes.iter().filter(|node| !node.addresses.is_empty()).collect();
        let binds = self.totem.interfaces.iter().any(|interface| interface.bind_network.is_some());
        if linked.is_empty() && (knet || !binds) {
            refuse(self.span, Problem::Missing { what: "nodelist" });
        }
        if let Some(first) = linked.first() {
            for node in &linked {
                if node.addresses.len() != first.addresses.len() {
                    let problem =
                        Problem::UnequalLinks { n: node.addresses.len(), others: first.addresses.len() };
                    refuse(node.span, problem);
                }
            }
        }
        let mut families: BTreeMap<u32, &Spanned<String>> = BTreeMap::new();
        for (link, address) in linked.iter().flat_map(|node| &node.addresses) {
            if *link > MAX_LINK || (!knet && *link > 0) {
                let max = if knet { MAX_LINK } else { 0 };
                refuse(address.span, Problem::LinkOutOfRange { link: *link, max });
            }
            let first = families.entry(*link).or_insert(address);
            if let (Some(one), Some(other)) = (is_ipv6(&first.value), is_ipv6(&address.value))
                && one != other
            {
                refuse(address.span, Problem::MixedFamilies { link: *link, first: first.span });
            }
        }
        let mut ids: BTreeMap<u32, Span> = BTreeMap::new();
        for node in &linked {
            match &node.id {
                Some(id) => {
                    if knet && !(1..=MAX_KNET_NODE_ID).contains(&id.value) {
                        refuse(id.span, Problem::NodeIdOutOfRange { id: id.value, max: MAX_KNET_NODE_ID });
                    }
                    if let Some(first) = ids.insert(id.value, id.span) {
                        refuse(id.span, Problem::Duplicate { what: format!("nodeid {}", id.value), first });
                    }
                }
                None if knet => refuse(node.span, Problem::Missing { what: "nodeid" }),
                None => {}
            }
        }
        let (cipher, hash) = self.crypto();
        let crypto = [&self.totem.crypto_cipher, &self.totem.crypto_hash, &self.totem.secauth];
        let crypto_span = crypto.into_iter().flatten().next().map_or(self.span, |value| value.span);
        if cipher != "none" && hash == "none" {
            refuse(crypto_span, Problem::CipherWithoutHash { cipher: cipher.to_owned() });
        }
        if !knet && self.needs_authkey() {
            refuse(crypto_span, Problem::CryptoNeedsKnet);
        }
        found
    }

    /// True when corosync would ask for `/etc/corosync/authkey`.
    pub fn needs_authkey(&self) -> bool {
        let (cipher, hash) = self.crypto();
        cipher != "none" || hash != "none"
    }

    fn is_knet(&self) -> bool {
        self.totem.transport.as_ref().is_none_or(|transport| transport.value == "knet")
    }

    /// Cipher and hash in force: `secauth: on` stands for aes256 and sha256 (corosync.conf(5)).
    fn crypto(&self) -> (&str, &str) {
        let secured = self.totem.secauth.as_ref().is_some_and(|secauth| secauth.value == "on");
        let default = |cipher| if secured { cipher } else { "none" };
        let cipher = self.totem.crypto_cipher.as_ref().map_or(default("aes256"), |value| &value.value);
        let hash = self.totem.crypto_hash.as_ref().map_or(default("sha256"), |value| &value.value);
        (cipher, hash)
    }
}

/// `None` for a host name.
fn is_ipv6(address: &str) -> Option<bool> {
    address.parse::<IpAddr>().ok().map(|address| address.is_ipv6())
}
