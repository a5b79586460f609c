//! The words by which things of a cluster are recognised.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::cluster::model::backup::BackupMode;
use crate::cluster::model::guest::GuestKind;
use crate::cluster::model::ha::HaPart;

use super::phrases::Phrases;
use super::words::Words;

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A Proxmox node.
    Node,
    /// Corosync.
    Corosync,
    /// A QDevice or its server.
    QDevice,
    /// Ceph as a whole.
    Ceph,
    /// A Ceph monitor.
    Monitor,
    /// A Ceph OSD.
    Osd,
    /// A Ceph pool.
    Pool,
    /// A part of the HA stack.
    Ha(HaPart),
    /// A guest.
    Guest(GuestKind),
    /// A storage that backups go to.
    BackupTarget,
    /// A way to back up.
    BackupMode(BackupMode),
    /// Something that shares words with the above and is none of them.
    Other,
}

impl Role {
    /// Something that runs on a node or hangs on it, so that its label may name the node too.
    const fn is_part_of_a_node(self) -> bool {
        matches!(self, Self::Ha(_) | Self::Monitor | Self::Osd | Self::QDevice | Self::BackupTarget)
    }
}

/// Phrases and what they name. `#` stands for a number. The longest phrase of a label decides, so a phrase with
/// [`Role::Other`] keeps a shorter one from being misread.
const ROLES: &[(&str, Role)] = &[
    ("proxmox node", Role::Node),
    ("proxmox host", Role::Node),
    ("proxmox server", Role::Node),
    ("proxmox ve node", Role::Node),
    ("proxmox #", Role::Node),
    ("pve node", Role::Node),
    ("pve host", Role::Node),
    ("pve #", Role::Node),
    ("cluster node #", Role::Node),
    ("node #", Role::Node),
    ("host #", Role::Node),
    ("hypervisor #", Role::Node),
    ("proxmox node exporter", Role::Other),
    ("node # down", Role::Other),
    ("# node", Role::Other),
    ("vlan #", Role::Other),
    ("vmbr #", Role::Other),
    ("bond #", Role::Other),
    ("corosync", Role::Corosync),
    ("qdevice", Role::QDevice),
    ("corosync qdevice", Role::QDevice),
    ("corosync qnetd", Role::QDevice),
    ("q device", Role::QDevice),
    ("quorum device", Role::QDevice),
    ("qnetd", Role::QDevice),
    ("qnet daemon", Role::QDevice),
    ("ceph", Role::Ceph),
    ("ceph cluster", Role::Ceph),
    ("ceph storage", Role::Ceph),
    ("ceph network", Role::Other),
    ("ceph public network", Role::Other),
    ("ceph manager", Role::Other),
    ("ceph monitor", Role::Monitor),
    ("ceph mon", Role::Monitor),
    ("mon #", Role::Monitor),
    ("monitor #", Role::Monitor),
    ("osd", Role::Osd),
    ("ceph osd", Role::Osd),
    ("primary osd", Role::Other),
    ("replica osd", Role::Other),
    ("secondary osd", Role::Other),
    ("osd pool", Role::Pool),
    ("ceph pool", Role::Pool),
    ("rbd pool", Role::Pool),
    ("storage pool", Role::Pool),
    ("ha manager", Role::Ha(HaPart::Manager)),
    ("crm", Role::Ha(HaPart::Crm)),
    ("ha crm", Role::Ha(HaPart::Crm)),
    ("cluster resource manager", Role::Ha(HaPart::Crm)),
    ("lrm", Role::Ha(HaPart::Lrm)),
    ("ha lrm", Role::Ha(HaPart::Lrm)),
    ("local resource manager", Role::Ha(HaPart::Lrm)),
    ("fencing agent", Role::Ha(HaPart::Fencing)),
    ("fence agent", Role::Ha(HaPart::Fencing)),
    ("fencing device", Role::Ha(HaPart::Fencing)),
    ("fence device", Role::Ha(HaPart::Fencing)),
    ("fencing", Role::Ha(HaPart::Fencing)),
    ("stonith", Role::Ha(HaPart::Fencing)),
    ("watchdog", Role::Ha(HaPart::Watchdog)),
    ("ipmi", Role::Ha(HaPart::PowerController)),
    ("idrac", Role::Ha(HaPart::PowerController)),
    ("ilo", Role::Ha(HaPart::PowerController)),
    ("vm", Role::Guest(GuestKind::VirtualMachine)),
    ("virtual machine", Role::Guest(GuestKind::VirtualMachine)),
    ("container #", Role::Guest(GuestKind::Container)),
    ("lxc", Role::Guest(GuestKind::Container)),
    ("lxc container", Role::Guest(GuestKind::Container)),
    ("ct #", Role::Guest(GuestKind::Container)),
    ("vm disk", Role::Other),
    ("vm image", Role::Other),
    ("vm network", Role::Other),
    ("vm traffic", Role::Other),
    ("vm storage", Role::Other),
    ("vm bridge", Role::Other),
    ("vm backup", Role::Other),
    ("vm migration", Role::Other),
    ("vm escape", Role::Other),
    ("vm escape attack", Role::Other),
    ("proxmox backup server", Role::BackupTarget),
    ("pbs", Role::BackupTarget),
    ("nfs share", Role::BackupTarget),
    ("nfs", Role::BackupTarget),
    ("local storage", Role::BackupTarget),
    ("offsite storage", Role::BackupTarget),
    ("s # bucket", Role::BackupTarget),
    ("snapshot mode", Role::BackupMode(BackupMode::Snapshot)),
    ("suspend mode", Role::BackupMode(BackupMode::Suspend)),
    ("stop mode", Role::BackupMode(BackupMode::Stop)),
];

/// Words of which one must occur before a text is read as being about a Proxmox cluster.
const FIELD: &[&str] = &[
    "proxmox",
    "pve",
    "pvecm",
    "corosync",
    "qdevice",
    "q device",
    "quorum device",
    "qnetd",
    "ceph",
    "pveceph",
    "vmbr",
    "ha manager",
    "vzdump",
    "pbs",
    "cluster resource manager",
    "rbd",
];

/// Words of other systems that have nodes, clusters and quorums too.
const OTHER_FIELDS: &[&str] = &[
    "kubernetes",
    "k # s",
    "kubelet",
    "talos",
    "rke",
    "microk # s",
    "postgres",
    "postgresql",
    "minio",
    "etcd",
    "kafka",
    "docker swarm",
    "nomad",
    "consul",
    "redis",
    "mongo",
    "mongodb",
    "cassandra",
    "elasticsearch",
    "opensearch",
    "zookeeper",
    "rabbitmq",
    "patroni",
    "galera",
    "raft",
    "openstack",
    "vmware",
    "vsphere",
    "pacemaker",
    "hadoop",
    "spark",
    "neural",
];

/// Words that a label starts with when it tells what is done, rather than what there is; sorted.
const VERBS: &[&str] = &[
    "add",
    "alert",
    "allow",
    "apply",
    "assign",
    "attempt",
    "backup",
    "block",
    "boot",
    "build",
    "check",
    "collect",
    "configure",
    "confirm",
    "copy",
    "create",
    "delete",
    "deploy",
    "detect",
    "disable",
    "enable",
    "enter",
    "evaluate",
    "fence",
    "find",
    "get",
    "identify",
    "install",
    "isolate",
    "issue",
    "join",
    "live",
    "load",
    "log",
    "mark",
    "migrate",
    "monitor",
    "move",
    "notify",
    "power",
    "promote",
    "pull",
    "push",
    "put",
    "queue",
    "read",
    "reboot",
    "recover",
    "relocate",
    "remove",
    "restart",
    "restore",
    "resume",
    "retry",
    "run",
    "save",
    "select",
    "send",
    "set",
    "shut",
    "shutdown",
    "skip",
    "snapshot",
    "start",
    "stop",
    "switch",
    "sync",
    "test",
    "transfer",
    "trigger",
    "try",
    "update",
    "validate",
    "verify",
    "wait",
    "write",
];

/// Words that make a label an event.
const EVENTS: &[&str] = &[
    "detected",
    "fails",
    "failed",
    "failure",
    "lost",
    "loss",
    "crash",
    "crashes",
    "dies",
    "unreachable",
    "unresponsive",
    "complete",
    "completed",
];

/// Names of the roles that `merrow.toml` may add words for.
const AUTHOR_ROLES: [(&str, Role); 9] = [
    ("node", Role::Node),
    ("corosync", Role::Corosync),
    ("qdevice", Role::QDevice),
    ("monitor", Role::Monitor),
    ("osd", Role::Osd),
    ("pool", Role::Pool),
    ("vm", Role::Guest(GuestKind::VirtualMachine)),
    ("container", Role::Guest(GuestKind::Container)),
    ("backup-target", Role::BackupTarget),
];

/// The options of this room: the words of the author beside Merrow's own.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    own: Phrases<Role>,
}

static ROLE_TABLE: LazyLock<Phrases<Role>> = LazyLock::new(|| Phrases::of(ROLES.iter().copied()));
static FIELD_TABLE: LazyLock<Phrases<()>> = LazyLock::new(|| plain(FIELD));
static OTHER_FIELDS_TABLE: LazyLock<Phrases<()>> = LazyLock::new(|| plain(OTHER_FIELDS));
static EVENT_TABLE: LazyLock<Phrases<()>> = LazyLock::new(|| plain(EVENTS));

fn plain(phrases: &[&'static str]) -> Phrases<()> {
    Phrases::of(phrases.iter().map(|phrase| (*phrase, ())))
}

/// A phrase of a label that names something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Naming {
    /// What it names.
    pub role: Role,
    /// Index of the phrase's first word.
    pub start: usize,
    /// Number of words of the phrase.
    pub len: usize,
}

impl Naming {
    /// The longer phrase names the thing, of equally long ones the first in the text.
    fn is_before(self, other: Self) -> bool {
        self.len > other.len || (self.len == other.len && self.start < other.start)
    }
}

impl Vocabulary {
    /// The names of the roles that an author may add words for.
    pub fn role_names() -> impl Iterator<Item = &'static str> {
        AUTHOR_ROLES.iter().map(|(name, _)| *name)
    }

    /// Merrow's vocabulary with the author's words, by role name; words of a role that does not exist are left out
    /// (whoever read the settings has said so).
    pub fn with_words(words: &BTreeMap<String, Vec<String>>) -> Self {
        let mut own = Vec::new();
        for (name, role) in AUTHOR_ROLES {
            for phrase in words.get(name).into_iter().flatten() {
                let phrase: Vec<String> = Words::of(phrase).iter().map(str::to_owned).collect();
                if !phrase.is_empty() {
                    own.push((phrase.join(" "), role));
                }
            }
        }
        Self { own: Phrases::of(own.iter().map(|(phrase, role)| (phrase.as_str(), *role))) }
    }

    /// What the words name: the longest phrase that starts among the first `n_first`, of several the first in the text.
    /// `None` when no phrase occurs.
    ///
    /// "LRM on pve3" names an LRM: a node beside a part is where the part is.
    pub fn naming(&self, words: &Words, n_first: usize) -> Option<Naming> {
        let (mut best, mut part): (Option<Naming>, Option<Naming>) = (None, None);
        for start in 0..words.len().min(n_first) {
            for phrase in self.own.at(words, start).chain(ROLE_TABLE.at(words, start)) {
                let naming = Naming { role: phrase.meaning, start, len: phrase.words.len() };
                if best.is_none_or(|best| naming.is_before(best)) {
                    best = Some(naming);
                }
                if naming.role.is_part_of_a_node() && part.is_none_or(|part| naming.is_before(part)) {
                    part = Some(naming);
                }
            }
        }
        if best.is_some_and(|best| best.role == Role::Node) { part.or(best) } else { best }
    }

    /// The words speak of a Proxmox cluster, corosync or Ceph.
    pub fn speaks_of_field(&self, words: &Words) -> bool {
        FIELD_TABLE.occur_in(words) || self.own.occur_in(words)
    }
}

/// The words speak of another system that has nodes and clusters.
pub fn speaks_of_other_field(words: &Words) -> bool {
    OTHER_FIELDS_TABLE.occur_in(words)
}

/// The words tell what is done or what happens, rather than what there is.
pub fn is_action_or_event(words: &Words) -> bool {
    VERBS.binary_search(&words.get(0)).is_ok() && !is_mode(words) || EVENT_TABLE.occur_in(words)
}

/// "Snapshot Mode" starts with a verb and is none.
fn is_mode(words: &Words) -> bool {
    words.get(1) == "mode"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(label: &str) -> Option<Role> {
        {
            let words = Words::of(label);
            Vocabulary::default().naming(&words, words.len())
        }
        .map(|naming| naming.role)
    }

    #[test]
    fn the_longest_phrase_names_the_thing() {
        let cases = [
            ("Proxmox Node 1", Some(Role::Node)),
            ("pve2", Some(Role::Node)),
            ("Node Failure", None),
            ("Proxmox Backup Server", Some(Role::BackupTarget)),
            ("Quorum Device QDevice", Some(Role::QDevice)),
            ("Ceph Monitor 2", Some(Role::Monitor)),
            ("Ceph Pool", Some(Role::Pool)),
            ("OSD Pool", Some(Role::Pool)),
            ("Replica OSD 1", Some(Role::Other)),
            ("Cluster Resource Manager", Some(Role::Ha(HaPart::Crm))),
            ("VM: Database", Some(Role::Guest(GuestKind::VirtualMachine))),
            ("VM Disk RBD Volume", Some(Role::Other)),
            ("VMs", Some(Role::Guest(GuestKind::VirtualMachine))),
            ("Stop Mode", Some(Role::BackupMode(BackupMode::Stop))),
            ("LRM on pve3", Some(Role::Ha(HaPart::Lrm))),
            ("pve1 IPMI", Some(Role::Ha(HaPart::PowerController))),
            ("Grafana", None),
        ];
        for (label, expected) in cases {
            assert_eq!(role(label), expected, "{label}");
        }
    }

    #[test]
    fn actions_are_no_things() {
        assert!(VERBS.is_sorted());
        for label in ["Fence Old Node", "Node Failure Detected", "Start VM on Target Node"] {
            assert!(is_action_or_event(&Words::of(label)), "{label}");
        }
        for label in ["Snapshot Mode", "Fencing Agent", "VM: Database"] {
            assert!(!is_action_or_event(&Words::of(label)), "{label}");
        }
    }

    #[test]
    fn authors_add_words() {
        let words = BTreeMap::from([("node".to_owned(), vec!["Blech".to_owned()])]);
        let vocabulary = Vocabulary::with_words(&words);
        assert_eq!(vocabulary.naming(&Words::of("Blech 3"), 2).map(|naming| naming.role), Some(Role::Node));
        assert!(vocabulary.speaks_of_field(&Words::of("das Blech")));
    }
}
