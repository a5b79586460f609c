//! Votes: each voter's, the total, what quorum needs, and scenarios.

use std::ops::Range;

use crate::claims::claim::{EntityKind, Fact, Subject};
use crate::claims::vocabulary::Role;
use crate::claims::words::Words;
use crate::cluster::model::vote::Votes;

use super::chart::Chart;
use super::scenario;
use super::speaker::Speaker;

pub(super) fn read(chart: &Chart, speaker: &mut Speaker) {
    if !chart.speaks_of(&["vote", "quorum"]) {
        return;
    }
    let cluster = Subject::the(EntityKind::Cluster);
    for element in chart.elements.iter().filter(|element| !element.is_decision) {
        let words = element.label.words();
        if element.label.visible().contains("two_node") {
            speaker.say(&cluster, Fact::TwoNode(true), element.label.full_span());
        }
        if let Some(scenario) = &element.scenario {
            let text = element.label.one_line();
            let span = element.label.full_span();
            speaker.say(&Subject::new(EntityKind::Scenario, text), Fact::Scenario(scenario.clone()), span);
        } else if scenario::tells_a_state(words) {
            // A case that could not be read; its numbers are nobody's own.
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

/// The number right before the word "votes", and its range.
fn number_before_votes(words: &Words) -> Counted {
    let (votes, at) = scenario::votes_present(words)?;
    Some((votes, words.range(at.start)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_votes_are_read_as_authors_put_them() {
        let number = |found: Counted| found.map(|(votes, _)| votes.0);
        assert_eq!(number(total_votes(&Words::of("Total Votes: 4"))), Some(4));
        assert_eq!(number(total_votes(&Words::of("5 votes in total"))), Some(5));
        assert_eq!(number(required_votes(&Words::of("Required: 3"))), Some(3));
        assert_eq!(number(own_votes(&Words::of("Node 1 Vote: 1"))), Some(1));
        assert_eq!(number(own_votes(&Words::of("pve1, 2 votes"))), Some(2));
    }
}
