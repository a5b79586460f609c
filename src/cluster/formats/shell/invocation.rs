//! Commands that say something about a cluster, with every option that was given.
//!
//! Options are kept as written, also those that the program does not have: rules judge them against [`pvecm_option`].

use super::{Command, Word};
use crate::base::text::Span;
use crate::cluster::formats::Spanned;

/// A command of Proxmox VE or Ceph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// What it does, with its arguments.
    pub action: Action,
    /// Its options, in text order, repeated ones too.
    pub options: Vec<GivenOption>,
    /// True where it may run never or often.
    pub conditional: bool,
    /// From the program to the last word.
    pub span: Span,
}

impl Invocation {
    /// The last option of that name, which is the one that counts.
    pub fn option(&self, name: &str) -> Option<&GivenOption> {
        self.options.iter().rev().find(|option| option.name.value == name)
    }
}

/// An option as given: `--name value`, `--name=value`, `-name value` or `--name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenOption {
    /// Its name without dashes.
    pub name: Spanned<String>,
    /// Its value, if any.
    pub value: Option<Word>,
}

impl GivenOption {
    /// Name and value.
    pub fn span(&self) -> Span {
        self.value
            .as_ref()
            .map_or(self.name.span, |value| self.name.span.join(value.span()))
    }
}

/// What a command does, with its arguments; `None` where one is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `pvecm create NAME`
    CreateCluster {
        /// Name of the cluster.
        name: Option<Word>,
    },
    /// `pvecm add HOST`
    JoinCluster {
        /// A node of the cluster.
        member: Option<Word>,
    },
    /// `pvecm qdevice setup ADDRESS`
    SetUpQdevice {
        /// The host of corosync-qnetd.
        server: Option<Word>,
    },
    /// `pveceph init`
    InitCeph,
    /// `pveceph mon create`, or the older `createmon`
    CreateMonitor,
    /// `pveceph osd create DEVICE`, or the older `createosd`
    CreateOsd {
        /// The disk.
        device: Option<Word>,
    },
    /// `pveceph pool create NAME`, or the older `createpool`
    CreatePool {
        /// Name of the pool.
        name: Option<Word>,
    },
    /// `ceph osd pool create NAME [PG_NUM]`
    CreatePoolWithCeph {
        /// Name of the pool.
        name: Option<Word>,
        /// Number of placement groups.
        pg_num: Option<Word>,
    },
    /// `ceph osd pool set POOL KEY VALUE`
    SetPool {
        /// Name of the pool.
        pool: Option<Word>,
        /// What is set.
        key: Option<Word>,
        /// To what.
        value: Option<Word>,
    },
    /// `ha-manager add SID`
    AddService {
        /// `vm:100`; a bare number is accepted too.
        service: Option<Word>,
    },
    /// `ha-manager set SID`
    SetService {
        /// `vm:100`
        service: Option<Word>,
    },
    /// `vzdump [VMID ...]`
    Backup {
        /// Ids of guests.
        guests: Vec<Word>,
    },
    /// `pvesm add TYPE ID`
    AddStorage {
        /// Type of the storage.
        kind: Option<Word>,
        /// Its id.
        id: Option<Word>,
    },
    /// `pvesh create /cluster/backup`
    CreateBackupJob,
}

/// Options of these programs that stand without a value, or with 0 or 1 (their manuals' synopses; `<boolean>`).
const FLAGS: [&str; 12] = [
    "force",
    "use_ssh",
    "all",
    "enabled",
    "add_storages",
    "lanplus",
    "nofailback",
    "remove",
    "protected",
    "quiet",
    "yes-i-really-mean-it",
    "disable-cephx",
];

/// The invocation that `command` is, if it is one.
pub(super) fn recognize(command: &Command) -> Option<Invocation> {
    let words: Vec<Option<&str>> = command.words.iter().map(Word::known).take(4).collect();
    let program = (*words.first()?)?;
    let program = program.rsplit('/').next().unwrap_or(program);
    let known: Vec<&str> = words.get(1..)?.iter().map_while(|word| *word).collect();
    let (n_named, build): (usize, fn(&mut dyn FnMut() -> Option<Word>) -> Action) =
        match (program, &known[..]) {
            ("pvecm", ["create", ..]) => (2, |next| Action::CreateCluster { name: next() }),
            ("pvecm", ["add", ..]) => (2, |next| Action::JoinCluster { member: next() }),
            ("pvecm", ["qdevice", "setup", ..]) => (3, |next| Action::SetUpQdevice { server: next() }),
            ("pveceph", ["init", ..]) => (2, |_| Action::InitCeph),
            ("pveceph", ["mon", "create", ..]) => (3, |_| Action::CreateMonitor),
            ("pveceph", ["createmon", ..]) => (2, |_| Action::CreateMonitor),
            ("pveceph", ["osd", "create", ..]) => (3, |next| Action::CreateOsd { device: next() }),
            ("pveceph", ["createosd", ..]) => (2, |next| Action::CreateOsd { device: next() }),
            ("pveceph", ["pool", "create", ..]) => (3, |next| Action::CreatePool { name: next() }),
            ("pveceph", ["createpool", ..]) => (2, |next| Action::CreatePool { name: next() }),
            ("ceph", ["osd", "pool", "create"]) => (4, |next| Action::CreatePoolWithCeph {
                name: next(),
                pg_num: next(),
            }),
            ("ceph", ["osd", "pool", "set"]) => (4, |next| Action::SetPool {
                pool: next(),
                key: next(),
                value: next(),
            }),
            ("ha-manager", ["add", ..]) => (2, |next| Action::AddService { service: next() }),
            ("ha-manager", ["set", ..]) => (2, |next| Action::SetService { service: next() }),
            ("vzdump", _) => (1, |next| Action::Backup {
                guests: std::iter::from_fn(next).collect(),
            }),
            ("pvesm", ["add", ..]) => (2, |next| Action::AddStorage {
                kind: next(),
                id: next(),
            }),
            ("pvesh", ["create", "/cluster/backup", ..]) => (3, |_| Action::CreateBackupJob),
            _ => return None,
        };
    let (arguments, options) = split(command.words.get(n_named..)?);
    let mut arguments = arguments.into_iter();
    let action = build(&mut || arguments.next());
    Some(Invocation {
        action,
        options,
        conditional: command.conditional,
        span: command.span,
    })
}

/// Arguments and options of `words`.
fn split(words: &[Word]) -> (Vec<Word>, Vec<GivenOption>) {
    let mut arguments = Vec::new();
    let mut options = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let written = word.as_written();
        let bare = written.trim_start_matches('-');
        let is_option = written.starts_with('-') && bare.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_option {
            arguments.push(word.clone());
            continue;
        }
        if let Some((name, value)) = bare.split_once('=') {
            let value = Spanned::new(value.to_owned(), word.span());
            let value = if word.known().is_some() {
                Word::Known(value)
            } else {
                Word::Unknown(value)
            };
            options.push(GivenOption {
                name: Spanned::new(name.to_owned(), word.span()),
                value: Some(value),
            });
            continue;
        }
        let takes_next = |next: &Word| {
            let text = next.as_written();
            let is_switch = matches!(text, "0" | "1" | "yes" | "no" | "true" | "false" | "on" | "off");
            !text.starts_with('-') && (!FLAGS.contains(&bare) || is_switch)
        };
        let value = words.next_if(|next| takes_next(next)).cloned();
        options.push(GivenOption {
            name: Spanned::new(bare.to_owned(), word.span()),
            value,
        });
    }
    (arguments, options)
}

/// What is known about an option of `pvecm create` and `pvecm add`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PvecmOption {
    /// Today's synopsis has it (pvecm(1)).
    Current,
    /// Only Proxmox VE 5 and older had it: corosync 3 names links by number.
    BeforeLinks {
        /// The option that does its work today; `None` where nothing has to be said any more.
        instead: Option<&'static str>,
    },
    /// No version had it.
    NeverExisted {
        /// The option that was probably meant.
        instead: Option<&'static str>,
    },
    /// Not known here.
    Unknown,
}

/// What is known about the option `name` (without dashes) of `pvecm create` and `pvecm add`.
pub fn pvecm_option(name: &str) -> PvecmOption {
    match name {
        "link0" | "link1" | "link2" | "link3" | "link4" | "link5" | "link6" | "link7" | "nodeid"
        | "votes" | "fingerprint" | "force" | "use_ssh" => PvecmOption::Current,
        "ring0_addr" => PvecmOption::BeforeLinks {
            instead: Some("link0"),
        },
        "ring1_addr" => PvecmOption::BeforeLinks {
            instead: Some("link1"),
        },
        // The network follows from the link's address (corosync.conf(5), `bindnetaddr`: ignored with a nodelist).
        "bindnet0_addr" | "bindnet1_addr" | "rrp_mode" => PvecmOption::BeforeLinks { instead: None },
        "bindnet0" | "bindnet1" => PvecmOption::NeverExisted { instead: None },
        "ring0" | "ring0-addr" => PvecmOption::NeverExisted {
            instead: Some("link0"),
        },
        "ring1" | "ring1-addr" => PvecmOption::NeverExisted {
            instead: Some("link1"),
        },
        _ => PvecmOption::Unknown,
    }
}
