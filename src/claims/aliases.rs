//! Who is who: one thing has many names in a post (`Node1`, `N1`, `Proxmox Node 1`, `pve1`).

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::base::text::Place;
use crate::cluster::model::node::AddressRole;

use super::claim::{Claim, EntityKind, Fact, Subject};
use super::read::NameStatement;
use super::words::Words;

/// One thing, by kind and the part of its names that tells it from others of its kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKey {
    /// Kind of thing.
    pub kind: EntityKind,
    /// What tells it from others, such as `1` for `Proxmox Node 1`; empty for the one of its kind.
    pub key: String,
}

/// A name and the thing it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias<'a> {
    /// The name as written.
    pub name: &'a str,
    /// The thing.
    pub entity: EntityKey,
    /// The fullest name of the thing.
    pub entity_name: &'a str,
    /// Why the name is taken to stand for it.
    pub reason: Reason,
    /// First place of the name.
    pub place: Place,
}

/// Why two names are taken for one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is the fullest name itself.
    FullestName,
    /// The names differ only in words for their kind: `Node 1`, `pve1`.
    SameNumberOrName,
    /// The author says so in a `merrow:` comment.
    Stated,
    /// Both have the same address.
    SameAddress,
    /// It creates the cluster, and its address ends like that of one node only: a guess.
    SameHostPart,
}

impl Reason {
    /// A finding that rests on this must say so.
    pub const fn is_guess(self) -> bool {
        matches!(self, Self::SameHostPart)
    }

    /// What `model` shows.
    pub const fn words(self) -> &'static str {
        match self {
            Self::FullestName => "its fullest name",
            Self::SameNumberOrName => "same number or name",
            Self::Stated => "stated in a comment",
            Self::SameAddress => "same address",
            Self::SameHostPart => "the addresses end alike",
        }
    }
}

/// The alias table of a set of documents.
#[derive(Debug, Clone, Default)]
pub struct Aliases<'a> {
    links: Vec<Alias<'a>>,
    by_subject: BTreeMap<&'a Subject, usize>,
}

impl<'a> Aliases<'a> {
    /// Finds out who is who among the subjects of `claims`.
    pub fn of(claims: &[&'a Claim], statements: &[&'a NameStatement]) -> Self {
        let statements = Statements::of(statements);
        let mut table = Self::default();
        for claim in claims.iter().filter(|claim| !is_local(claim)) {
            table.link(&claim.subject, claim.place, &statements);
        }
        table.name_entities();
        let known = KnownNodes::of(claims, &table);
        // An address that is known says more than one that ends alike, whichever link it is on.
        for reason in [Reason::Stated, Reason::SameAddress, Reason::SameHostPart] {
            for claim in claims.iter().filter(|claim| is_local(claim)) {
                table.link_local_node(claim, reason, &known, &statements);
            }
        }
        table
    }

    fn link(&mut self, subject: &'a Subject, place: Place, statements: &Statements<'a>) {
        if self.by_subject.contains_key(subject) || !has_names(subject.kind) {
            return;
        }
        let (name, reason) = match statements.target(subject.kind, &subject.name) {
            Some(target) => (target, Reason::Stated),
            None => (subject.name.as_str(), Reason::SameNumberOrName),
        };
        let entity = EntityKey { kind: subject.kind, key: distinguishing_part(subject.kind, name) };
        self.by_subject.insert(subject, self.links.len());
        self.links.push(Alias { name: &subject.name, entity, entity_name: name, reason, place });
    }

    /// Gives every link the fullest name of its thing: the longest, of several the first.
    fn name_entities(&mut self) {
        let mut fullest: BTreeMap<&EntityKey, &'a str> = BTreeMap::new();
        for link in &self.links {
            let name = fullest.entry(&link.entity).or_default();
            if link.entity_name.chars().count() > name.chars().count() {
                *name = link.entity_name;
            }
        }
        let names: Vec<&'a str> = self.links.iter().map(|link| fullest[&link.entity]).collect();
        for (link, name) in self.links.iter_mut().zip(names) {
            link.entity_name = name;
            if link.reason == Reason::SameNumberOrName && link.name == name {
                link.reason = Reason::FullestName;
            }
        }
    }

    /// Links the node that a command runs on, which is known by its addresses only, if there is this reason to.
    fn link_local_node(
        &mut self,
        claim: &'a Claim,
        reason: Reason,
        known: &KnownNodes,
        statements: &Statements,
    ) {
        let Fact::Address(_, address) = claim.fact else {
            return;
        };
        if self.by_subject.contains_key(&claim.subject) {
            return;
        }
        let link = match reason {
            Reason::Stated => statements
                .target(EntityKind::Node, &claim.subject.name)
                .and_then(|target| known.keys.get(&distinguishing_part(EntityKind::Node, target)).copied()),
            Reason::SameAddress => known.addresses.get(&address).copied(),
            Reason::SameHostPart if claim.subject.kind == EntityKind::FoundingNode => {
                known.host_parts.get(&host_part(address)).copied().flatten()
            }
            _ => None,
        };
        self.follow(claim, link, reason);
    }

    /// Links the subject of a claim to the thing that `link` stands for.
    fn follow(&mut self, claim: &'a Claim, link: Option<usize>, reason: Reason) {
        let Some(Alias { entity, entity_name, .. }) = link.map(|link| self.links[link].clone()) else {
            return;
        };
        self.by_subject.insert(&claim.subject, self.links.len());
        let name = &claim.subject.name;
        self.links.push(Alias { name, entity, entity_name, reason, place: claim.place });
    }

    /// The link of a subject; `None` when nobody knows who is meant.
    pub fn link_of(&self, subject: &Subject) -> Option<&Alias<'a>> {
        self.by_subject.get(subject).map(|at| &self.links[*at])
    }

    /// All links, in order of first mention.
    pub fn links(&self) -> &[Alias<'a>] {
        &self.links
    }
}

/// Things of this kind are called by names; the others are told, not named.
fn has_names(kind: EntityKind) -> bool {
    !matches!(
        kind,
        EntityKind::Scenario | EntityKind::Workflow | EntityKind::Exchange | EntityKind::StateMachine
    )
}

/// The claim is about a node that is known only as the one a command runs on.
fn is_local(claim: &Claim) -> bool {
    matches!(claim.subject.kind, EntityKind::LocalNode | EntityKind::FoundingNode)
}

/// What authors say outright about names, by kind and name in lower case; of several about one name the first.
#[derive(Debug)]
struct Statements<'a>(BTreeMap<(EntityKind, String), &'a str>);

impl<'a> Statements<'a> {
    fn of(statements: &[&'a NameStatement]) -> Self {
        let mut targets = BTreeMap::new();
        for statement in statements {
            let name = (statement.kind, statement.name.to_ascii_lowercase());
            targets.entry(name).or_insert(statement.target.as_str());
        }
        Self(targets)
    }

    /// What the thing of this kind and name is really called.
    fn target(&self, kind: EntityKind, name: &str) -> Option<&'a str> {
        // Few authors say anything, and every subject is asked about.
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&(kind, name.to_ascii_lowercase())).copied()
    }
}

/// The nodes, each as the index of a link to it.
#[derive(Debug, Default)]
struct KnownNodes {
    /// By what tells them apart.
    keys: BTreeMap<String, usize>,
    /// By the addresses that are stated for them.
    addresses: BTreeMap<IpAddr, usize>,
    /// The same by the last part of the address; `None` when several nodes share it.
    host_parts: BTreeMap<u16, Option<usize>>,
}

impl KnownNodes {
    fn of(claims: &[&Claim], table: &Aliases) -> Self {
        let mut known = Self::default();
        for (link, alias) in table.links.iter().enumerate() {
            if alias.entity.kind == EntityKind::Node && !known.keys.contains_key(&alias.entity.key) {
                known.keys.insert(alias.entity.key.clone(), link);
            }
        }
        for claim in claims.iter().filter(|claim| claim.subject.kind == EntityKind::Node) {
            let Fact::Address(AddressRole::Link(_), address) = claim.fact else {
                continue;
            };
            let Some(link) = table.by_subject.get(&claim.subject).copied() else {
                continue;
            };
            known.addresses.entry(address).or_insert(link);
            let shared = known.host_parts.entry(host_part(address)).or_insert(Some(link));
            if shared.is_some_and(|other| table.links[other].entity != table.links[link].entity) {
                *shared = None;
            }
        }
        known
    }
}

/// The last part of an address: what tells hosts of one network apart.
fn host_part(address: IpAddr) -> u16 {
    match address {
        IpAddr::V4(address) => u16::from(address.octets()[3]),
        IpAddr::V6(address) => address.segments()[7],
    }
}

/// The words of a name without those that any thing of its kind may carry, in lower case.
fn distinguishing_part(kind: EntityKind, name: &str) -> String {
    let common: &[&str] = match kind {
        EntityKind::Node => &["proxmox", "pve", "ve", "node", "server", "host", "hypervisor", "cluster", "n"],
        EntityKind::Monitor => &["ceph", "monitor", "mon", "pve", "node"],
        EntityKind::Osd => &["ceph", "osd"],
        EntityKind::Pool => &["ceph", "pool"],
        EntityKind::Guest => &["virtual", "machine", "vm"],
        _ => return name.trim().to_lowercase(),
    };
    let words = Words::of_identifier(name);
    let rest = words.iter().filter(|word| !common.contains(word));
    let plain = rest.map(|word| match (kind, word) {
        // VM 1 and container 1 are two guests.
        (EntityKind::Guest, "container" | "lxc") => "ct",
        // `pve-01` is node 1.
        _ if word.starts_with('0') => {
            Some(word.trim_start_matches('0')).filter(|rest| !rest.is_empty()).unwrap_or("0")
        }
        _ => word,
    });
    plain.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::{FileId, Span};
    use crate::claims::claim::Source;

    fn claim(kind: EntityKind, name: &str, fact: Fact) -> Claim {
        let place = Place::new(FileId(0), Span::at(0));
        Claim { subject: Subject::new(kind, name), fact, place, source: Source::Flowchart, block: 0 }
    }

    fn address(text: &str) -> Fact {
        Fact::Address(AddressRole::Link(0), text.parse().unwrap())
    }

    #[test]
    fn names_of_one_node_meet() {
        let claims = ["Node1", "N1", "Proxmox Node 1", "pve1", "Node 2"]
            .map(|name| claim(EntityKind::Node, name, Fact::Exists));
        let table = Aliases::of(&claims.iter().collect::<Vec<_>>(), &[]);
        let name = |nth: usize| table.link_of(&claims[nth].subject).expect("linked").entity_name;
        assert_eq!(
            [name(0), name(1), name(3), name(4)],
            ["Proxmox Node 1", "Proxmox Node 1", "Proxmox Node 1", "Node 2"]
        );
    }

    #[test]
    fn names_lose_only_what_any_thing_of_their_kind_carries() {
        let cases = [
            (EntityKind::Node, "pve-01", "1"),
            (EntityKind::Node, "Proxmox Node 10", "10"),
            (EntityKind::Node, "alpha", "alpha"),
            (EntityKind::Osd, "osd.0", "0"),
            (EntityKind::Monitor, "mon.pve2", "2"),
            (EntityKind::Guest, "VM 1", "1"),
            (EntityKind::Guest, "Container 1", "ct 1"),
            (EntityKind::Bond, "bond0", "bond0"),
        ];
        for (kind, name, part) in cases {
            assert_eq!(distinguishing_part(kind, name), part, "{name}");
        }
    }

    #[test]
    fn an_author_may_say_who_is_who() {
        let claims =
            [claim(EntityKind::Node, "left", Fact::Exists), claim(EntityKind::Node, "pve7", Fact::Exists)];
        let statement = NameStatement {
            name: "Left".to_owned(),
            kind: EntityKind::Node,
            role: crate::claims::vocabulary::Role::Node,
            target: "pve7".to_owned(),
            place: claims[0].place,
        };
        let table = Aliases::of(&claims.iter().collect::<Vec<_>>(), &[&statement]);
        let link = table.link_of(&claims[0].subject).expect("linked");
        assert_eq!((link.entity_name, link.reason), ("pve7", Reason::Stated));
    }

    #[test]
    fn the_node_of_a_command_is_found_addresses_or_by_a_host_part_of_its_own() {
        let nodes = [
            claim(EntityKind::Node, "Node 1", address("10.1.0.1")),
            claim(EntityKind::Node, "Node 2", address("10.1.0.2")),
        ];
        let reason = |text: &str| {
            let local = claim(EntityKind::FoundingNode, "pvecm create", address(text));
            let claims: Vec<&Claim> = nodes.iter().chain([&local]).collect();
            Aliases::of(&claims, &[])
                .link_of(&local.subject)
                .map(|link| (link.entity_name.to_owned(), link.reason))
        };
        assert_eq!(reason("10.1.0.2"), Some(("Node 2".to_owned(), Reason::SameAddress)));
        assert_eq!(reason("10.9.9.1"), Some(("Node 1".to_owned(), Reason::SameHostPart)));
        assert_eq!(reason("10.9.9.7"), None);
    }
}
