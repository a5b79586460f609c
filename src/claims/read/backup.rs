//! Backups: which guest in which mode, to which storage, kept how long.

use std::ops::Range;

use crate::claims::claim::{EntityKind, Fact, Subject};
use crate::claims::vocabulary::Role;
use crate::claims::words::Words;
use crate::cluster::model::backup::Period;

use super::chart::{Chart, Element};
use super::speaker::Speaker;

pub(super) fn read(chart: &Chart, speaker: &mut Speaker) {
    if !chart.speaks_of(&["backup", "retention", "pbs", "vzdump"]) {
        return;
    }
    for element in &chart.elements {
        match element.role() {
            Some(Role::BackupTarget) => speaker.say(&target(element), Fact::Exists, element.span()),
            Some(Role::BackupMode(_)) => {
                speaker.say(
                    &Subject::new(EntityKind::BackupMode, element.name()),
                    Fact::Exists,
                    element.span(),
                );
            }
            _ => {}
        }
    }
    for (from, to, span) in chart.joined() {
        match (from.role(), to.role()) {
            (Some(Role::Guest(_)), Some(Role::BackupMode(mode))) => {
                speaker.say(
                    &Subject::new(EntityKind::Guest, from.label.one_line()),
                    Fact::BackedUpBy(mode),
                    span,
                );
            }
            (Some(Role::BackupMode(mode)), Some(Role::BackupTarget)) => {
                speaker.say(&target(to), Fact::StoredOn(mode), span);
            }
            (Some(Role::BackupTarget), _) => {
                if let Some((period, count, at)) = retention(to.label.words()) {
                    speaker.say(&target(from), Fact::Keeps(period, count), to.label.line_span(at.start));
                }
            }
            _ => {}
        }
    }
}

fn target(element: &Element) -> Subject {
    Subject::new(EntityKind::BackupTarget, element.label.one_line())
}

/// "Daily: 7 days", "keep-weekly 4", "7 daily".
fn retention(words: &Words) -> Option<(Period, u32, Range<usize>)> {
    (0..words.len()).find_map(|at| {
        let period = Period::read(words.get(at))?;
        let behind = words.number(at + 1).map(|count| (count, at + 1));
        let (count, number) = behind.or_else(|| Some((words.number(at.checked_sub(1)?)?, at - 1)))?;
        Some((period, count, words.range(number)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retention_is_read_as_authors_put_it() {
        let read = |text: &str| retention(&Words::of(text)).map(|(period, count, _)| (period, count));
        assert_eq!(read("Daily: 7 days"), Some((Period::Daily, 7)));
        assert_eq!(read("keep-weekly 4"), Some((Period::Weekly, 4)));
        assert_eq!(read("6 monthly"), Some((Period::Monthly, 6)));
        assert_eq!(read("Daily report"), None);
    }
}
