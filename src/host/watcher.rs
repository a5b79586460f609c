//! Tells when something changes in folders.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// How long nothing may happen before a change is told: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// Something that happened in a folder.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// What was written, made, renamed or removed.
    pub(super) paths: BTreeSet<PathBuf>,
    /// What may be gone, or another thing with the same name.
    pub(super) moved: BTreeSet<PathBuf>,
}

impl Change {
    /// Adds what happened afterwards.
    pub(super) fn join(&mut self, later: Self) {
        self.paths.extend(later.paths);
        self.moved.extend(later.moved);
    }
}

/// A watch on folders, each without those below it: what git ignores can be vast, and is not looked at.
#[derive(Debug)]
pub(super) struct Watcher {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    watched: BTreeSet<PathBuf>,
}

impl Watcher {
    /// A watch on nothing yet, which hands changes to `tell` on a thread of its own.
    ///
    /// # Errors
    /// What the operating system says when it cannot watch at all.
    pub(super) fn new(mut tell: impl FnMut(Change) + Send + 'static) -> Result<Self, notify::Error> {
        let on_events = move |result: DebounceEventResult| {
            let mut change = Change::default();
            match result {
                Ok(events) => {
                    // Reading is an event too, and our own reading follows every change.
                    for event in
                        events.into_iter().filter(|event| !matches!(event.kind, EventKind::Access(_)))
                    {
                        let is_move = matches!(
                            event.kind,
                            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
                        );
                        if is_move {
                            change.moved.extend(event.paths.iter().cloned());
                        }
                        change.paths.extend(event.event.paths);
                    }
                }
                // Events were lost: what has changed shows when the files are read again.
                Err(errors) => change.paths.extend(errors.into_iter().flat_map(|error| error.paths)),
            }
            if !change.paths.is_empty() {
                tell(change);
            }
        };
        Ok(Self { debouncer: new_debouncer(QUIET, None, on_events)?, watched: BTreeSet::new() })
    }

    /// Forgets the watches on what is gone; a folder of the same name is another one.
    pub(super) fn forget(&mut self, moved: &BTreeSet<PathBuf>) {
        for path in moved.intersection(&self.watched.clone()) {
            // That it cannot be taken back says that it ended by itself.
            let _ = self.debouncer.unwatch(path);
            self.watched.remove(path);
        }
    }

    /// Watches `folders` and nothing else; true when one of them was not watched before.
    ///
    /// A folder that vanished meanwhile, or that the system refuses to watch, is left out.
    pub(super) fn watch(&mut self, folders: &BTreeSet<PathBuf>) -> bool {
        let gone: Vec<PathBuf> = self.watched.difference(folders).cloned().collect();
        for folder in gone {
            let _ = self.debouncer.unwatch(&folder);
            self.watched.remove(&folder);
        }
        let fresh: Vec<PathBuf> = folders.difference(&self.watched).cloned().collect();
        let mut has_grown = false;
        for folder in fresh {
            if self.debouncer.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
                self.watched.insert(folder);
                has_grown = true;
            }
        }
        has_grown
    }

    /// True when there is a folder whose changes are seen.
    pub(super) fn is_watching(&self) -> bool {
        !self.watched.is_empty()
    }
}
