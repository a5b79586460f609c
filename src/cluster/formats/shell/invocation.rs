//! Commands that say something about a cluster, with every option that was given.
//!
//! Options are kept as written, also those that the program does not have: rules judge them against [`pvecm_option`].

use std::ops::Range;

use super::Word;
use super::command::Command;
use super::lexer::RawWord;
use crate::base::offset_map::Excerpt;
use crate::base::similar;
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
        self.value.as_ref().map_or(self.name.span, |value| self.name.span.join(value.span()))
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

/// The programs that are known here.
const PROGRAMS: [&str; 7] = ["pvecm", "pveceph", "ceph", "ha-manager", "vzdump", "pvesm", "pvesh"];

/// The words behind the command's name that are no options.
type Arguments = std::vec::IntoIter<Word>;

/// The invocation that `command` is, if it is one.
pub(super) fn recognize(command: &Command, excerpt: &Excerpt) -> Option<Invocation> {
    let (program, behind) = command.words.split_first()?;
    let program = program.known()?.rsplit('/').next()?;
    if !PROGRAMS.contains(&program) {
        return None;
    }
    let known: [Option<&str>; 3] = std::array::from_fn(|nth| behind.get(nth).and_then(RawWord::known));
    let (n_named, build): (usize, fn(&mut Arguments) -> Action) = match (program, known) {
        ("pvecm", [Some("create"), ..]) => (2, |rest| Action::CreateCluster { name: rest.next() }),
        ("pvecm", [Some("add"), ..]) => (2, |rest| Action::JoinCluster { member: rest.next() }),
        ("pvecm", [Some("qdevice"), Some("setup"), ..]) => {
            (3, |rest| Action::SetUpQdevice { server: rest.next() })
        }
        ("pveceph", [Some("init"), ..]) => (2, |_| Action::InitCeph),
        ("pveceph", [Some("mon"), Some("create"), ..]) => (3, |_| Action::CreateMonitor),
        ("pveceph", [Some("createmon"), ..]) => (2, |_| Action::CreateMonitor),
        ("pveceph", [Some("osd"), Some("create"), ..]) => {
            (3, |rest| Action::CreateOsd { device: rest.next() })
        }
        ("pveceph", [Some("createosd"), ..]) => (2, |rest| Action::CreateOsd { device: rest.next() }),
        ("pveceph", [Some("pool"), Some("create"), ..]) => {
            (3, |rest| Action::CreatePool { name: rest.next() })
        }
        ("pveceph", [Some("createpool"), ..]) => (2, |rest| Action::CreatePool { name: rest.next() }),
        ("ceph", [Some("osd"), Some("pool"), Some("create")]) => {
            (4, |rest| Action::CreatePoolWithCeph { name: rest.next(), pg_num: rest.next() })
        }
        ("ceph", [Some("osd"), Some("pool"), Some("set")]) => {
            (4, |rest| Action::SetPool { pool: rest.next(), key: rest.next(), value: rest.next() })
        }
        ("ha-manager", [Some("add"), ..]) => (2, |rest| Action::AddService { service: rest.next() }),
        ("ha-manager", [Some("set"), ..]) => (2, |rest| Action::SetService { service: rest.next() }),
        ("vzdump", _) => (1, |rest| Action::Backup { guests: rest.collect() }),
        ("pvesm", [Some("add"), ..]) => (2, |rest| Action::AddStorage { kind: rest.next(), id: rest.next() }),
        ("pvesh", [Some("create"), Some("/cluster/backup"), ..]) => (3, |_| Action::CreateBackupJob),
        _ => return None,
    };
    let (arguments, options) = split(command.words.get(n_named..)?, excerpt);
    let action = build(&mut arguments.into_iter());
    let (first, last) = (command.words.first()?, command.words.last()?);
    let span = excerpt.span(first.range.start..last.range.end);
    Some(Invocation { action, options, conditional: command.conditional, span })
}

/// Arguments and options of `words`.
fn split(words: &[RawWord], excerpt: &Excerpt) -> (Vec<Word>, Vec<GivenOption>) {
    let n_options = words.iter().filter(|word| word.text.starts_with('-')).count();
    let mut arguments = Vec::with_capacity(words.len() - n_options);
    let mut options = Vec::with_capacity(n_options);
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let bare = word.text.trim_start_matches('-');
        let is_option = word.text.starts_with('-') && bare.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_option {
            arguments.push(Word::new(word, excerpt));
            continue;
        }
        if let Some((name, value)) = bare.split_once('=') {
            let (name_range, value_range) = halves(word, value);
            let value = RawWord { text: value.into(), range: value_range, ..word.clone() };
            options.push(GivenOption {
                name: Spanned::new(name.to_owned(), excerpt.span(name_range)),
                value: Some(Word::new(&value, excerpt)),
            });
            continue;
        }
        let takes_next = |next: &RawWord| {
            let is_switch = matches!(&*next.text, "0" | "1" | "yes" | "no" | "true" | "false" | "on" | "off");
            !next.text.starts_with('-') && (!FLAGS.contains(&bare) || is_switch)
        };
        let value = words.next_if(|next| takes_next(next)).map(|value| Word::new(value, excerpt));
        let name = Spanned::new(bare.to_owned(), excerpt.span(word.range.clone()));
        options.push(GivenOption { name, value });
    }
    (arguments, options)
}

/// Where the two sides of `--name=value` stand. A word with quotes is one piece: nobody knows where its `=` is.
fn halves(word: &RawWord, value: &str) -> (Range<usize>, Range<usize>) {
    if !word.bare {
        return (word.range.clone(), word.range.clone());
    }
    let name_end = word.range.end - value.len() - "=".len();
    (word.range.start..name_end, word.range.end - value.len()..word.range.end)
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
    /// Not known, and only a slip away from one that is.
    Misspelt {
        /// The option that was probably meant.
        nearest: &'static str,
    },
    /// Not known here.
    Unknown,
}

/// Options of today's `pvecm create` and `pvecm add` (pvecm(1)).
const CURRENT_OPTIONS: [&str; 13] = [
    "link0",
    "link1",
    "link2",
    "link3",
    "link4",
    "link5",
    "link6",
    "link7",
    "nodeid",
    "votes",
    "fingerprint",
    "force",
    "use_ssh",
];

/// What is known about the option `name` (without dashes) of `pvecm create` and `pvecm add`.
pub fn pvecm_option(name: &str) -> PvecmOption {
    match name {
        name if CURRENT_OPTIONS.contains(&name) => PvecmOption::Current,
        "ring0_addr" => PvecmOption::BeforeLinks { instead: Some("link0") },
        "ring1_addr" => PvecmOption::BeforeLinks { instead: Some("link1") },
        // The network follows from the link's address (corosync.conf(5), `bindnetaddr`: ignored with a nodelist).
        "bindnet0_addr" | "bindnet1_addr" | "rrp_mode" => PvecmOption::BeforeLinks { instead: None },
        "bindnet0" | "bindnet1" => PvecmOption::NeverExisted { instead: None },
        "ring0" | "ring0-addr" => PvecmOption::NeverExisted { instead: Some("link0") },
        "ring1" | "ring1-addr" => PvecmOption::NeverExisted { instead: Some("link1") },
        // A beginning of a name may be meant as its abbreviation.
        _ => match similar::nearest(name, CURRENT_OPTIONS) {
            Some(nearest) if !nearest.starts_with(name) => PvecmOption::Misspelt { nearest },
            _ => PvecmOption::Unknown,
        },
    }
}

/// True when that option of that command takes a number and nothing else (pvecm(1), pveceph(1)).
pub fn takes_number(action: &Action, option: &str) -> bool {
    match action {
        Action::CreateCluster { .. } | Action::JoinCluster { .. } => matches!(option, "votes" | "nodeid"),
        Action::CreatePool { .. } => matches!(option, "size" | "min_size" | "pg_num" | "pg_num_min"),
        _ => false,
    }
}
