//! Ceph: monitors, OSDs, pools and how many copies they keep.

use crate::base::text::Span;
use crate::claims::claim::{EntityKind, Fact, Subject};
use crate::claims::vocabulary::Role;
use crate::claims::words::Words;

use super::chart::{Chart, Element};
use super::speaker::Speaker;

pub(super) fn read(chart: &Chart, speaker: &mut Speaker) {
    for element in &chart.elements {
        match element.role() {
            Some(Role::Monitor) => {
                speaker.say(&daemon(EntityKind::Monitor, element), Fact::Exists, element.span());
            }
            Some(Role::Osd) => speaker.say(&daemon(EntityKind::Osd, element), Fact::Exists, element.span()),
            Some(Role::Pool) => read_pool(element, speaker),
            _ => {}
        }
    }
    for (from, to, span) in chart.joined() {
        read_host(from, to, span, speaker);
        read_host(to, from, span, speaker);
    }
}

fn daemon(kind: EntityKind, element: &Element) -> Subject {
    Subject::new(kind, element.name())
}

/// An edge between a node and a daemon says that the node runs it.
fn read_host(node: &Element, daemon_element: &Element, span: Span, speaker: &mut Speaker) {
    let kind = match daemon_element.role() {
        Some(Role::Monitor) => EntityKind::Monitor,
        Some(Role::Osd) => EntityKind::Osd,
        _ => return,
    };
    if node.role() == Some(Role::Node) {
        speaker.say(&daemon(kind, daemon_element), Fact::RunsOn(node.name()), span);
    }
}

fn read_pool(element: &Element, speaker: &mut Speaker) {
    let subject = Subject::new(EntityKind::Pool, element.name());
    let words = element.label.words();
    speaker.say(&subject, Fact::Exists, element.span());
    let (size, min_size) = sizes(words);
    if let Some((at, size)) = size {
        speaker.say(&subject, Fact::PoolSize(size), element.label.line_span(words.range(at).start));
    }
    if let Some((at, size)) = min_size {
        speaker.say(&subject, Fact::PoolMinSize(size), element.label.line_span(words.range(at).start));
    }
}

/// A number and the index of its word.
type Counted = Option<(usize, u32)>;

/// `size` and `min_size` of "Replication: 3", "size 3/2", "size: 3, `min_size`: 2", "3 replicas", "3x replicated".
fn sizes(words: &Words) -> (Counted, Counted) {
    let number = |at: usize| Some((at, words.number(at)?));
    let min = words.find("min size").and_then(|at| number(at + 2));
    let size = (0..words.len()).find(|&at| {
        matches!(words.get(at), "size" | "replication" | "replica" | "replicas")
            && (at == 0 || words.get(at - 1) != "min")
    });
    let Some(at) = size else {
        return (words.find("# x").and_then(number), min);
    };
    if let Some(found) = number(at + 1) {
        // "size 3/2" gives both.
        let slash = at + 2 < words.len() && words.range(at + 2).start == words.range(at + 1).end + 1;
        return (Some(found), min.or_else(|| if slash { number(at + 2) } else { None }));
    }
    (at.checked_sub(1).and_then(number), min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pool_sizes_are_read_as_authors_put_them() {
        let cases = [
            ("Ceph Pool Replication: 3", (Some(3), None)),
            ("rbd pool size 3/2", (Some(3), Some(2))),
            ("pool size: 3, min_size: 2", (Some(3), Some(2))),
            ("pool, 2 replicas", (Some(2), None)),
            ("Ceph pool 3x", (Some(3), None)),
            ("OSD Pool", (None, None)),
        ];
        for (text, expected) in cases {
            let (size, min_size) = sizes(&Words::of(text));
            assert_eq!((size.map(|found| found.1), min_size.map(|found| found.1)), expected, "{text}");
        }
    }
}
