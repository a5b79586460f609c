//! Votes: each voter's, the total, what quorum needs, and scenarios.

use std::ops::Range;

use crate::claims::claim::{Condition, EntityKind, Fact, NodesUp, Scenario, Subject};
use crate::claims::vocabulary::Role;
use crate::claims::words::Words;
use crate::cluster::model::vote::Votes;

use super::chart::{Chart, Element};
use super::speaker::Speaker;

pub(super) fn read(chart: &Chart, speaker: &mut Speaker) {
    if !chart.speaks_of(&["vote", "quorum"]) {
        return;
    }
    let cluster = Subject::the(EntityKind::Cluster);
    for element in chart.elements.iter().filter(|element| !element.is_decision) {
        let words = element.label.words();
        if let Some(scenario) = read_scenario(element) {
            let text = element.label.one_line();
            let span = element.label.full_span();
            speaker.say(&Subject::new(EntityKind::Scenario, text), Fact::Scenario(scenario), span);
        } else if let Some((votes, at)) = total_votes(words) {
            speaker.say(&cluster, Fact::TotalVotes(votes), element.label.line_span(at.start));
        } else if let Some((votes, at)) = required_votes(words) {
            speaker.say(&cluster, Fact::RequiredVotes(votes), element.label.line_span(at.start));
        } else if let Some((votes, at)) = own_votes(words) {
            let subject = match element.role() {
                Some(Role::Node) => Subject::new(EntityKind::Node, element.name()),
                Some(Role::QDevice) => Subject::the(EntityKind::QDevice),
                _ => continue,
            };
            speaker.say(&subject, Fact::Votes(votes), element.label.line_span(at.start));
        }
    }
}

/// Votes, and the range of the number.
type Counted = Option<(Votes, Range<usize>)>;

/// The number right behind the phrase.
fn number_behind(words: &Words, phrase: &str) -> Counted {
    let at = words.find(phrase)? + phrase.split(' ').count();
    Some((Votes(words.number(at)?), words.range(at)))
}

/// The number right before the word "votes"; of "3 of 4 votes" and "3/4 votes" the first.
fn number_before_votes(words: &Words) -> Counted {
    let votes = words.find("vote")?;
    let mut at = votes.checked_sub(1)?;
    words.number(at)?;
    if at >= 2 && words.get(at - 1) == "of" && words.number(at - 2).is_some() {
        at -= 2;
    } else if at >= 1
        && words.number(at - 1).is_some()
        && words.range(at).start == words.range(at - 1).end + 1
    {
        at -= 1;
    }
    Some((Votes(words.number(at)?), words.range(at)))
}

/// "Total Votes: 4", "Total: 4 votes", "Expected votes: 4".
fn total_votes(words: &Words) -> Counted {
    if let Some(found) = number_behind(words, "total vote").or_else(|| number_behind(words, "expected vote"))
    {
        return Some(found);
    }
    words.find("total")?;
    number_before_votes(words)
}

/// "Required: 3", "Votes needed: 3", "Quorum: 3 votes", "Majority: 3".
fn required_votes(words: &Words) -> Counted {
    ["required vote", "vote required", "required", "vote needed", "needed", "quorum", "majority"]
        .iter()
        .find_map(|phrase| number_behind(words, phrase))
}

/// "Vote: 1", "1 vote".
fn own_votes(words: &Words) -> Counted {
    number_behind(words, "vote").or_else(|| number_before_votes(words))
}

/// A label that tells what is down or up, and how many votes or whether quorum follows.
fn read_scenario(element: &Element) -> Option<Scenario> {
    let words = element.label.words();
    let condition = read_condition(words)?;
    let votes = number_before_votes(words).map(|(votes, _)| votes);
    let quorate = read_verdict(element.label.visible(), words);
    (votes.is_some() || quorate.is_some()).then_some(Scenario { condition, votes, quorate })
}

const UP: &[&str] = &[
    "up",
    "online",
    "running",
    "left",
    "remain",
    "remaining",
    "alive",
    "available",
    "present",
    "survive",
    "surviving",
];
const DOWN: &[&str] =
    &["down", "offline", "lost", "fail", "fails", "failed", "dead", "off", "unreachable", "missing", "out"];

fn read_condition(words: &Words) -> Option<Condition> {
    let qdevice =
        ["qdevice", "q device", "qnetd", "quorum device"].iter().find_map(|phrase| words.find(phrase));
    let n_nodes = (0..words.len())
        .find(|&at| words.number(at).is_some() && matches!(words.get(at + 1), "node" | "nodes"));
    let qdevice_down = qdevice.is_some_and(|at| {
        DOWN.contains(&words.get(at + 1)) || (at >= 1 && matches!(words.get(at - 1), "no" | "without"))
    });
    let nodes = if words.has_any(&["all node", "all up", "every node", "full cluster", "no node down"]) {
        NodesUp::AllBut(0)
    } else if let Some(at) = n_nodes {
        let count = words.number(at)?;
        let state = words.get(at + 2);
        if DOWN.contains(&state) {
            NodesUp::AllBut(count)
        } else if UP.contains(&state) || (qdevice.is_some() && !qdevice_down) {
            // "QDevice + 2 nodes" lists who is there.
            NodesUp::Exactly(count)
        } else {
            return None;
        }
    } else if qdevice_down {
        NodesUp::AllBut(0)
    } else {
        return None;
    };
    Some(Condition { nodes, qdevice_up: !qdevice_down })
}

fn read_verdict(visible: &str, words: &Words) -> Option<bool> {
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
        read_condition(&Words::of(text)).map(|condition| (condition.nodes, condition.qdevice_up))
    }

    #[test]
    fn conditions_are_read_as_authors_put_them() {
        let cases = [
            ("All nodes up: 4 votes", Some((NodesUp::AllBut(0), true))),
            ("One node fails: 3 votes", Some((NodesUp::AllBut(1), true))),
            ("2 nodes down:", Some((NodesUp::AllBut(2), true))),
            ("QDevice + 2 nodes: 3 votes", Some((NodesUp::Exactly(2), true))),
            ("2 nodes left, QDevice down", Some((NodesUp::Exactly(2), false))),
            ("QNetd offline", Some((NodesUp::AllBut(0), false))),
            ("Total votes: 4", None),
            ("3 nodes", None),
        ];
        for (text, expected) in cases {
            assert_eq!(condition(text), expected, "{text}");
        }
    }

    #[test]
    fn counts_of_votes_are_read_as_authors_put_them() {
        let number = |found: Counted| found.map(|(votes, _)| votes.0);
        assert_eq!(number(total_votes(&Words::of("Total Votes: 4"))), Some(4));
        assert_eq!(number(total_votes(&Words::of("5 votes in total"))), Some(5));
        assert_eq!(number(required_votes(&Words::of("Required: 3"))), Some(3));
        assert_eq!(number(own_votes(&Words::of("Node 1 Vote: 1"))), Some(1));
        assert_eq!(number(own_votes(&Words::of("pve1, 2 votes"))), Some(2));
        assert_eq!(number(number_before_votes(&Words::of("3/4 votes"))), Some(3));
        assert_eq!(number(number_before_votes(&Words::of("3 of 4 votes"))), Some(3));
    }

    #[test]
    fn verdicts_are_marks_or_words() {
        let verdict = |text: &str| read_verdict(text, &Words::of(text));
        assert_eq!(verdict("3 votes ✓"), Some(true));
        assert_eq!(verdict("2 votes ✗"), Some(false));
        assert_eq!(verdict("1 vote, no quorum"), Some(false));
        assert_eq!(verdict("4 votes"), None);
    }
}
