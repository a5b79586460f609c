//! Quorum scenarios: "with so much down there are so many votes, and quorum or not".

use std::ops::Range;

use crate::claims::claim::{Condition, NodesUp, Scenario};
use crate::claims::words::Words;
use crate::cluster::model::vote::Votes;

/// The scenario that a label tells: what is down or up, and how many votes or whether quorum follows.
///
/// `None` also when a part of what is down or up cannot be read: half a condition is another one.
pub(super) fn read(visible: &str, words: &Words) -> Option<Scenario> {
    let votes = votes_present(words);
    let condition =
        Reader { words, votes: votes.clone().map(|(_, at)| at).unwrap_or_default() }.condition(visible)?;
    let quorate = verdict(visible, words);
    let votes = votes.map(|(votes, _)| votes);
    (votes.is_some() || quorate.is_some()).then_some(Scenario { condition, votes, quorate })
}

/// The label speaks of what is up or down, whether or not it could be read as a scenario.
pub(super) fn tells_a_state(words: &Words) -> bool {
    words.iter().any(|word| UP.contains(&word) || DOWN.contains(&word))
}

/// The number right before the word "votes", and the indices of its words; of "3 of 4 votes" and "3/4 votes" the first.
pub(super) fn votes_present(words: &Words) -> Option<(Votes, Range<usize>)> {
    let votes = words.find("vote")?;
    let last = votes.checked_sub(1)?;
    words.number(last)?;
    let mut first = last;
    if last >= 2 && words.get(last - 1) == "of" && words.number(last - 2).is_some() {
        first = last - 2;
    } else if last >= 1
        && words.number(last - 1).is_some()
        && words.range(last).start == words.range(last - 1).end + 1
    {
        first = last - 1;
    }
    Some((Votes(words.number(first)?), first..last + 1))
}

const UP: &[&str] = &[
    "up",
    "online",
    "running",
    "left",
    "remain",
    "remaining",
    "remains",
    "alive",
    "available",
    "present",
    "survive",
    "survives",
    "surviving",
];
const DOWN: &[&str] = &[
    "down",
    "offline",
    "lost",
    "fail",
    "fails",
    "failed",
    "failing",
    "dead",
    "off",
    "unreachable",
    "missing",
    "out",
    "gone",
    "dies",
    "crashes",
    "crashed",
];
const MACHINES: &[&str] = &[
    "node",
    "nodes",
    "host",
    "hosts",
    "server",
    "servers",
    "hypervisor",
    "hypervisors",
    "machine",
    "machines",
    "pve",
    "member",
    "members",
];
const QDEVICES: &[&str] = &["qdevice", "q device", "quorum device", "qnetd", "qnet daemon", "qnet server"];

/// Who a state is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Nodes(u32),
    AllNodes,
    QDevice,
}

/// What is told, as far as it was read.
#[derive(Debug, Default)]
struct Told {
    down: u32,
    up: Option<u32>,
    all_up: bool,
    qdevice_up: Option<bool>,
}

impl Told {
    fn tell(&mut self, who: Who, is_up: bool) -> Option<()> {
        match (who, is_up) {
            (Who::QDevice, is_up) => self.qdevice_up = Some(is_up),
            (Who::AllNodes, true) => self.all_up = true,
            // Nobody is left to count votes.
            (Who::AllNodes, false) => return None,
            (Who::Nodes(count), true) => self.up = Some(self.up.unwrap_or(0) + count),
            (Who::Nodes(count), false) => self.down += count,
        }
        Some(())
    }
}

struct Reader<'a> {
    words: &'a Words,
    /// Indices of the words that count votes.
    votes: Range<usize>,
}

impl Reader<'_> {
    fn condition(&self, visible: &str) -> Option<Condition> {
        let words = self.words;
        let mut told = Told::default();
        let mut waiting: Vec<Who> = Vec::new();
        let mut is_list = false;
        let mut negated = false;
        let mut at = self.behind_name(visible);
        while at < words.len() {
            if self.votes.contains(&at) {
                at = self.votes.end + 1;
                continue;
            }
            let word = words.get(at);
            if let Some((who, len)) = self.who(at) {
                if negated {
                    told.tell(who, false)?;
                } else {
                    waiting.push(who);
                }
                negated = false;
                at += len;
                continue;
            }
            match word {
                "only" | "just" => is_list = true,
                "no" | "without" => negated = true,
                // "One node fails, the other keeps quorum": what follows says what comes of it.
                "other" | "others" | "rest" => break,
                _ if DOWN.contains(&word) || UP.contains(&word) => {
                    let is_up = UP.contains(&word);
                    for who in waiting.drain(..) {
                        told.tell(who, is_up)?;
                    }
                }
                // A number or a machine that could not be read.
                _ if words.number(at).is_some() || MACHINES.contains(&word) => return None,
                _ => {}
            }
            at += 1;
        }
        let told_something = told.down > 0 || told.up.is_some() || told.all_up || told.qdevice_up.is_some();
        if !waiting.is_empty() {
            // "QDevice + 2 nodes" and "only pve1 and the QDevice" list who is there.
            if told_something || !(is_list || waiting.len() > 1) || !waiting.contains(&Who::QDevice) {
                return None;
            }
            for who in waiting {
                told.tell(who, true)?;
            }
        }
        let nodes = match told {
            Told { down, .. } if down > 0 => NodesUp::AllBut(down),
            Told { all_up: true, .. } => NodesUp::AllBut(0),
            Told { up: Some(up), .. } => NodesUp::Exactly(up),
            Told { qdevice_up: Some(false), .. } => NodesUp::AllBut(0),
            _ => return None,
        };
        Some(Condition {
            nodes,
            qdevice_up: told.qdevice_up.unwrap_or(true),
            names_qdevice: told.qdevice_up.is_some(),
        })
    }

    /// Index of the first word behind a name such as "S3:" or "Case 2:".
    fn behind_name(&self, visible: &str) -> usize {
        let Some(colon) = visible.find(':') else { return 0 };
        let behind = (0..self.words.len()).find(|&at| self.words.range(at).start > colon).unwrap_or(0);
        let tells = (0..behind).any(|at| {
            let word = self.words.get(at);
            self.who(at).is_some() || MACHINES.contains(&word) || DOWN.contains(&word) || UP.contains(&word)
        });
        if tells { 0 } else { behind }
    }

    /// Who is named at `at`, and by how many words.
    fn who(&self, at: usize) -> Option<(Who, usize)> {
        let words = self.words;
        let is_machine = |at: usize| MACHINES.contains(&words.get(at));
        for phrase in QDEVICES {
            let len = phrase.split(' ').count();
            let stands = phrase.split(' ').enumerate().all(|(nth, word)| words.get(at + nth) == word);
            if stands {
                // "QDevice server", "qnetd host" are the same thing.
                let server = usize::from(matches!(words.get(at + len), "server" | "host"));
                return Some((Who::QDevice, len + server));
            }
        }
        match words.get(at) {
            "all" | "every" | "both" | "full" => {
                let len = if words.get(at + 1) == "cluster" || is_machine(at + 1) { 2 } else { 1 };
                // "all 3 nodes"
                let len = if words.number(at + 1).is_some() && is_machine(at + 2) { 3 } else { len };
                return Some((Who::AllNodes, len));
            }
            "a" | "any" | "single" if is_machine(at + 1) => return Some((Who::Nodes(1), 2)),
            _ => {}
        }
        if let Some(count) = words.number(at) {
            if words.get(at + 1) == "of" && words.number(at + 2).is_some() && is_machine(at + 3) {
                return Some((Who::Nodes(count), 4));
            }
            return is_machine(at + 1).then_some((Who::Nodes(count), 2));
        }
        // "pve2", "node 1", "proxmox node 3"
        let is_numbered =
            |at: usize| is_machine(at) && words.get(at + 1).starts_with(|c: char| c.is_ascii_digit());
        if words.get(at) == "proxmox" && is_numbered(at + 1) {
            return Some((Who::Nodes(1), 3));
        }
        is_numbered(at).then_some((Who::Nodes(1), 2))
    }
}

fn verdict(visible: &str, words: &Words) -> Option<bool> {
    const YES_MARKS: [char; 4] = ['✓', '✔', '✅', '☑'];
    const NO_MARKS: [char; 5] = ['✗', '✘', '❌', '✕', '✖'];
    const NO: &[&str] = &[
        "no quorum",
        "not quorate",
        "inquorate",
        "lose quorum",
        "loses quorum",
        "quorum lost",
        "without quorum",
        "blocked",
    ];
    const YES: &[&str] =
        &["quorate", "quorum ok", "has quorum", "keeps quorum", "quorum kept", "quorum held", "ok"];
    if visible.contains(NO_MARKS) || words.has_any(NO) {
        Some(false)
    } else if visible.contains(YES_MARKS) || words.has_any(YES) {
        Some(true)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(text: &str) -> Option<(NodesUp, bool)> {
        let words = Words::of(text);
        let votes = votes_present(&words).map(|(_, at)| at).unwrap_or_default();
        let condition = Reader { words: &words, votes }.condition(text)?;
        Some((condition.nodes, condition.qdevice_up))
    }

    #[test]
    fn conditions_are_read_as_authors_put_them() {
        use NodesUp::{AllBut, Exactly};
        let cases = [
            ("All nodes up: 4 votes", Some((AllBut(0), true))),
            ("all 3 nodes online", Some((AllBut(0), true))),
            ("One node fails: 3 votes", Some((AllBut(1), true))),
            ("One node fails, the other keeps quorum", Some((AllBut(1), true))),
            ("2 nodes down:", Some((AllBut(2), true))),
            ("S3: 2 nodes down: 2 votes", Some((AllBut(2), true))),
            ("one of two nodes down", Some((AllBut(1), true))),
            ("pve2 down: 2 votes", Some((AllBut(1), true))),
            ("pve1 and pve2 down: 1 vote", Some((AllBut(2), true))),
            ("pve1 and QDevice down: 1 vote", Some((AllBut(1), false))),
            ("1 host + QDevice down", Some((AllBut(1), false))),
            ("QDevice down, 2 of 3 nodes up", Some((Exactly(2), false))),
            ("QDevice + 2 nodes: 3 votes", Some((Exactly(2), true))),
            ("Two hosts + QDevice online: 3 votes", Some((Exactly(2), true))),
            ("Only QDevice and pve1: 1 vote", Some((Exactly(1), true))),
            ("2 nodes left, QDevice down", Some((Exactly(2), false))),
            ("2 nodes up without QDevice", Some((Exactly(2), false))),
            ("QNetd offline", Some((AllBut(0), false))),
            // What is not wholly understood is not read.
            ("rack 2 down, 3 nodes up", None),
            ("nodes of rack B down", None),
            ("Total votes: 4", None),
            ("3 nodes", None),
            ("pve1: 1 vote", None),
            ("all nodes down: 0 votes", None),
        ];
        for (text, expected) in cases {
            assert_eq!(condition(text), expected, "{text}");
        }
    }

    #[test]
    fn counts_of_votes_are_read_as_authors_put_them() {
        let number = |text: &str| votes_present(&Words::of(text)).map(|(votes, _)| votes.0);
        assert_eq!(number("3/4 votes"), Some(3));
        assert_eq!(number("3 of 4 votes"), Some(3));
        assert_eq!(number("vote 1"), None);
    }

    #[test]
    fn verdicts_are_marks_or_words() {
        let verdict = |text: &str| verdict(text, &Words::of(text));
        assert_eq!(verdict("3 votes ✓"), Some(true));
        assert_eq!(verdict("2 votes ✗"), Some(false));
        assert_eq!(verdict("1 vote, no quorum"), Some(false));
        assert_eq!(verdict("4 votes"), None);
    }
}
