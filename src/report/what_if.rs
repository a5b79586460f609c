//! The answer to `sim what-if`, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use crate::cluster::model::vote::Votes;
use crate::cluster::simulate::quorum::{Qnetd, View};
use crate::cluster::simulate::what_if::Answer;

/// The answer as people read it, ending with a newline.
pub fn text(answer: &Answer) -> String {
    let mut out = heading(answer);
    out.push_str("\n\n");
    let rows: Vec<(&str, String, &str)> = answer
        .nodes
        .iter()
        .map(|node| match node.view {
            Some(view) => (node.name.as_str(), sum(view), verdict(view)),
            None => (node.name.as_str(), "down".to_owned(), ""),
        })
        .collect();
    let width = |column: fn(&(&str, String, &str)) -> usize| rows.iter().map(column).max().unwrap_or(0);
    let (name_width, sum_width) = (width(|row| row.0.len()), width(|row| row.1.len()));
    for (name, sum, verdict) in &rows {
        let row = format!("  {name:name_width$}   {sum:sum_width$}   {verdict}");
        out.push_str(row.trim_end());
        out.push('\n');
    }
    if let Some(otherwise) = otherwise(answer) {
        out.push('\n');
        out.push_str(&otherwise);
        out.push('\n');
    }
    out
}

fn heading(answer: &Answer) -> String {
    let n_nodes = answer.nodes.len();
    let each = answer.nodes.first().map(|node| node.votes).unwrap_or_default();
    let mut out = if n_nodes == 1 {
        format!("1 node with {each} {}", each.noun())
    } else {
        format!("{n_nodes} nodes with {each} {} each", each.noun())
    };
    if let Some(device) = &answer.device {
        let (algorithm, votes) = (device.algorithm.name(), device.votes);
        // Writing to a string cannot fail.
        let _ = write!(out, ", QDevice ({algorithm}) with {votes} {}", votes.noun());
        if device.server == Qnetd::Unreachable {
            out.push_str(" and its server down");
        }
    }
    let _ = write!(out, ": {} expected, {} needed", answer.expected, answer.needed);
    out
}

/// `1 + 2 (QDevice) = 3 votes`
fn sum(view: View) -> String {
    let total = view.total();
    if view.device_votes == Votes(0) {
        return format!("{total} {}", total.noun());
    }
    format!("{} + {} (QDevice) = {total} {}", view.node_votes, view.device_votes, total.noun())
}

fn verdict(view: View) -> &'static str {
    if view.quorate { "quorate" } else { "not quorate" }
}

/// What the other state of the QDevice's server would change.
fn otherwise(answer: &Answer) -> Option<String> {
    let device = answer.device.as_ref()?;
    let other = device.otherwise?;
    let (names, views): (Vec<&str>, Vec<View>) =
        answer.survivors().map(|(node, view)| (node.name.as_str(), view)).unzip();
    let now = views.first()?;
    let alone = names.len() == 1;
    let has = match (device.server, alone) {
        (Qnetd::Unreachable, _) => "would have",
        (Qnetd::Reachable, true) => "has",
        (Qnetd::Reachable, false) => "have",
    };
    let with = if device.server == Qnetd::Reachable { "Without" } else { "With" };
    let (total, expected) = (other.total(), other.expected);
    let mut out = format!(
        "{with} the QDevice's server: {} {has} {total} of {expected} votes, {}.",
        listed(&names),
        verdict(other)
    );
    out.push_str(match (now.quorate, other.quorate, alone) {
        (true, false, true) => " With it, it carries the cluster alone.",
        (true, false, false) => " With it, they carry the cluster.",
        _ => "",
    });
    Some(out)
}

/// `node1, node2 and node3`, shortened to what can be read.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 4;
    match names {
        [] => String::new(),
        [name] => (*name).to_owned(),
        [first, .., last] if names.len() > SHOWN => {
            format!("the {} nodes from {first} to {last} that are left", names.len())
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The answer as programs read it.
#[derive(Debug, Serialize)]
pub struct WhatIf<'a> {
    expected: Votes,
    needed: Votes,
    qdevice: Option<Qdevice>,
    nodes: Vec<Node<'a>>,
}

#[derive(Debug, Serialize)]
struct Qdevice {
    algorithm: &'static str,
    votes: Votes,
    server: &'static str,
    /// What each surviving node would think if the server were in the other state.
    otherwise: Option<Counted>,
}

#[derive(Debug, Serialize)]
struct Node<'a> {
    name: &'a str,
    votes: Votes,
    /// `null` for a node that is down.
    view: Option<Counted>,
}

#[derive(Debug, Serialize)]
struct Counted {
    node_votes: Votes,
    qdevice_votes: Votes,
    total_votes: Votes,
    expected_votes: Votes,
    quorum: Votes,
    quorate: bool,
}

impl From<View> for Counted {
    fn from(view: View) -> Self {
        Self {
            node_votes: view.node_votes,
            qdevice_votes: view.device_votes,
            total_votes: view.total(),
            expected_votes: view.expected,
            quorum: view.needed,
            quorate: view.quorate,
        }
    }
}

/// The answer as programs read it.
pub fn json(answer: &Answer) -> WhatIf<'_> {
    let nodes = answer.nodes.iter().map(|node| Node {
        name: &node.name,
        votes: node.votes,
        view: node.view.map(Counted::from),
    });
    let qdevice = answer.device.as_ref().map(|device| Qdevice {
        algorithm: device.algorithm.name(),
        votes: device.votes,
        server: if device.server == Qnetd::Reachable { "up" } else { "down" },
        otherwise: device.otherwise.map(Counted::from),
    });
    WhatIf { expected: answer.expected, needed: answer.needed, qdevice, nodes: nodes.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::simulate::quorum::Algorithm;
    use crate::cluster::simulate::what_if::Question;

    fn ask(n_nodes: u32, device: Option<Algorithm>, down: &[&str]) -> Answer {
        Question::about_equal_nodes(n_nodes, device, down.iter().copied()).unwrap().answer().unwrap()
    }

    #[test]
    fn the_last_node_with_lms() {
        let expected = "\
3 nodes with 1 vote each, QDevice (lms) with 2 votes: 5 expected, 3 needed

  node1   down
  node2   down
  node3   1 + 2 (QDevice) = 3 votes   quorate

Without the QDevice's server: node3 has 1 of 5 votes, not quorate. With it, it carries the cluster alone.
";
        assert_eq!(text(&ask(3, Some(Algorithm::Lms), &["node1", "node2"])), expected);
    }

    #[test]
    fn the_server_down() {
        let expected = "\
3 nodes with 1 vote each, QDevice (lms) with 2 votes and its server down: 5 expected, 3 needed

  node1   2 votes   not quorate
  node2   down
  node3   2 votes   not quorate

With the QDevice's server: node1 and node3 would have 4 of 5 votes, quorate.
";
        assert_eq!(text(&ask(3, Some(Algorithm::Lms), &["qnetd", "node2"])), expected);
    }

    #[test]
    fn no_device_and_nobody_left() {
        let plain = "3 nodes with 1 vote each: 3 expected, 2 needed\n\n  node1   2 votes   quorate\n  node2   2 votes   quorate\n  node3   down\n";
        assert_eq!(text(&ask(3, None, &["node3"])), plain);
        let nobody = "1 node with 1 vote: 1 expected, 1 needed\n\n  node1   down\n";
        assert_eq!(text(&ask(1, None, &["node1"])), nobody);
    }

    #[test]
    fn programs_read_the_same_numbers() {
        let answer = ask(2, Some(Algorithm::Ffsplit), &["node2"]);
        let value = serde_json::to_value(json(&answer)).unwrap();
        assert_eq!(value["nodes"][0]["view"]["total_votes"], 2);
        assert_eq!(value["nodes"][0]["view"]["quorate"], true);
        assert!(value["nodes"][1]["view"].is_null());
        assert_eq!(value["qdevice"]["otherwise"]["quorate"], false);
        assert_eq!(value["expected"], 3);
    }
}
