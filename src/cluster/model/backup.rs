//! Backups: which guests, in which mode, to which storage, kept how long.

use std::fmt;

use super::stated::Stated;
use crate::base::text::Place;

/// What is said about backups.
#[derive(Debug, Clone, Default)]
pub struct Backup {
    /// Each guest's mode, in order of statement.
    pub flows: Vec<BackupFlow>,
    /// Storages that backups go to, in order of first mention.
    pub targets: Vec<BackupTarget>,
}

/// One guest and the mode it is backed up in.
#[derive(Debug, Clone)]
pub struct BackupFlow {
    /// Name of the guest.
    pub guest: String,
    /// Mode.
    pub mode: BackupMode,
    /// Where the two are joined.
    pub place: Place,
}

/// How `vzdump` treats the guest (vzdump.adoc, "Backup Modes").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BackupMode {
    /// Without downtime.
    Snapshot,
    /// Suspended for a while; kept for compatibility.
    Suspend,
    /// Orderly shutdown first.
    Stop,
}

impl BackupMode {
    /// Name of the `--mode` value.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Snapshot => "snapshot",
            Self::Suspend => "suspend",
            Self::Stop => "stop",
        }
    }
}

impl fmt::Display for BackupMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A storage that backups go to.
#[derive(Debug, Clone)]
pub struct BackupTarget {
    /// Name.
    pub name: String,
    /// Modes whose backups go there, each with the place that states it.
    pub modes: Vec<(BackupMode, Place)>,
    /// How long backups are kept there, by period.
    pub retention: Vec<(Period, Stated<u32>)>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
}

/// The period that a retention counts (vzdump.adoc, "Backup Retention": `keep-hourly` to `keep-yearly`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `keep-last`
    Last,
    /// `keep-hourly`
    Hourly,
    /// `keep-daily`
    Daily,
    /// `keep-weekly`
    Weekly,
    /// `keep-monthly`
    Monthly,
    /// `keep-yearly`
    Yearly,
}

impl Period {
    /// The period that a word names.
    pub fn read(word: &str) -> Option<Self> {
        Some(match word {
            "last" => Self::Last,
            "hourly" => Self::Hourly,
            "daily" => Self::Daily,
            "weekly" => Self::Weekly,
            "monthly" => Self::Monthly,
            "yearly" => Self::Yearly,
            _ => return None,
        })
    }

    /// Its word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Yearly => "yearly",
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
