//! What corosync's nodes, and its own simulator `vqsim`, were seen to think of their votes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use merrow::cluster::model::quorum::Algorithm;
use merrow::cluster::model::vote::Votes;
use merrow::cluster::simulate::quorum::{
    Departure, Device, NodeId, QuorumSection, Situation, TieBreaker, View, Votequorum,
};
use serde_json::Value;

use crate::suite::{Suite, json_lines};

pub(crate) fn suites(root: &Path) -> Vec<Suite> {
    vec![
        observed(&json_lines(&root.join("corosync/quorum.jsonl"))),
        vqsim(&json_lines(&root.join("corosync/vqsim.jsonl"))),
    ]
}

/// Real daemons: each running node's four numbers, and starts that fail.
fn observed(rows: &[Value]) -> Suite {
    let mut suite = Suite::new("quorum");
    for row in rows {
        let aborted = row["corosync_aborts"].as_array().is_some_and(|aborts| !aborts.is_empty());
        if row["settled"] != true || aborted {
            continue;
        }
        let id = row["id"].as_str().unwrap_or_default();
        let section = section(row);
        let mut cluster = match (Votequorum::new(&section), row["start_failed"] == true) {
            (Err(_), true) => {
                suite.count(id, Ok(()));
                continue;
            }
            (Ok(_), true) => {
                suite.count(id, Err("started, but corosync refuses".to_owned()));
                continue;
            }
            (Err(refusal), false) => {
                for (node, _) in entries(&row["observed"]) {
                    suite.count(&format!("{id} node {node}"), Err(refusal.to_string()));
                }
                continue;
            }
            (Ok(cluster), false) => cluster,
        };
        let not_running = nodes(&row["qdevice"]["not_running_on"]);
        for step in row["history"].as_array().into_iter().flatten() {
            replay(&mut cluster, &section, &not_running, step);
        }
        let last = last_situation(row, &not_running);
        let mut views = cluster.settle(&last);
        if row["command"].is_object() && run(&mut cluster, &row["command"]["node"], &row["command"]["argv"]) {
            views = cluster.settle(&last);
        }
        for (node, observation) in entries(&row["observed"]) {
            suite.count(&format!("{id} node {node}"), compare(views.get(&node), observation));
        }
    }
    suite
}

/// One earlier step: who was down, apart, cut off from the server, or told something.
fn replay(cluster: &mut Votequorum, section: &QuorumSection, not_running: &BTreeSet<NodeId>, step: &Value) {
    if step["corosync_aborted_and_restarted"].is_array() {
        cluster.restart(&nodes(&step["corosync_aborted_and_restarted"]));
        return;
    }
    let down = nodes(&step["down"]);
    let up: BTreeSet<NodeId> = section.nodes.keys().copied().filter(|node| !down.contains(node)).collect();
    let partitions = match step["parts"].as_array() {
        Some(parts) => parts.iter().map(nodes).collect(),
        None => vec![up.clone()],
    };
    let reaching = if step["qreach"].is_array() { nodes(&step["qreach"]) } else { up };
    let situation = Situation {
        partitions,
        qnetd_clients: clients(step["qnetd"] != false, &reaching, not_running),
        departure: departure(&step["mode"]),
    };
    cluster.settle(&situation);
    if let Some([node, argv]) = step["cmd"].as_array().map(Vec::as_slice) {
        run(cluster, node, argv);
        cluster.settle(&situation);
    }
}

fn last_situation(row: &Value, not_running: &BTreeSet<NodeId>) -> Situation {
    let layout = &row["layout"];
    let device = &row["qdevice"];
    Situation {
        partitions: layout["partitions"].as_array().into_iter().flatten().map(nodes).collect(),
        qnetd_clients: clients(device["qnetd_up"] == true, &nodes(&device["reachable_from"]), not_running),
        departure: departure(&layout["down_mode"]),
    }
}

fn clients(qnetd_up: bool, reaching: &BTreeSet<NodeId>, not_running: &BTreeSet<NodeId>) -> BTreeSet<NodeId> {
    if qnetd_up { reaching.difference(not_running).copied().collect() } else { BTreeSet::new() }
}

fn departure(mode: &Value) -> Departure {
    if mode == "leave" { Departure::Leave } else { Departure::Crash }
}

/// Runs a `corosync-quorumtool` command; false when it is refused or unknown.
fn run(cluster: &mut Votequorum, node: &Value, argv: &Value) -> bool {
    let words: Vec<&str> = argv.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let number = |text: &str| text.parse().unwrap_or_default();
    match words[..] {
        ["corosync-quorumtool", "-e", expected] => {
            cluster.set_expected(id(node), Votes(number(expected))).is_ok()
        }
        ["corosync-quorumtool", "-v", votes, "-n", node] => {
            cluster.set_votes(NodeId(number(node)), Votes(number(votes)));
            true
        }
        _ => false,
    }
}

fn compare(view: Option<&View>, observation: &Value) -> Result<(), String> {
    let seen = ["total_votes", "expected_votes", "quorum", "quorate"].map(|field| observation[field].clone());
    let told = view.map(|view| {
        [
            Value::from(view.total().0),
            Value::from(view.expected.0),
            Value::from(view.needed.0),
            Value::from(view.quorate),
        ]
    });
    if told.as_ref() == Some(&seen) { Ok(()) } else { Err(format!("told {told:?}, seen {seen:?}")) }
}

/// `vqsim`: from the complete cluster, nodes are taken away one by one, then the rest is split.
fn vqsim(rows: &[Value]) -> Suite {
    let mut suite = Suite::new("quorum-vqsim");
    for (number, row) in rows.iter().enumerate() {
        let section = section(row);
        let mut up: BTreeSet<NodeId> = section.nodes.keys().copied().collect();
        let together =
            |up: &BTreeSet<NodeId>| Situation { partitions: vec![up.clone()], ..Situation::default() };
        let mut views = BTreeMap::new();
        if let Ok(mut cluster) = Votequorum::new(&section) {
            cluster.settle(&together(&up));
            for node in nodes(&row["down"]) {
                up.remove(&node);
                cluster.settle(&together(&up));
            }
            let partitions = row["partitions"].as_array().into_iter().flatten().map(nodes).collect();
            views = cluster.settle(&Situation { partitions, ..Situation::default() });
        }
        for (node, quorate) in entries(&row["quorate"]) {
            let told = views.get(&node).map(|view| view.quorate);
            let outcome = if told == quorate.as_bool() {
                Ok(())
            } else {
                Err(format!("told {told:?}, seen {quorate}"))
            };
            suite.count(&format!("row {number} node {node}"), outcome);
        }
    }
    suite
}

fn section(row: &Value) -> QuorumSection {
    let options = &row["options"];
    let flag = |name: &str| options[name].as_u64().is_some_and(|value| value != 0);
    let device = &row["qdevice"];
    QuorumSection {
        nodes: entries(&row["votes"]).map(|(node, count)| (node, votes(count).unwrap_or_default())).collect(),
        expected_votes: votes(&options["expected_votes"]),
        two_node: flag("two_node"),
        wait_for_all: options["wait_for_all"].as_u64().map(|value| value != 0),
        last_man_standing: flag("last_man_standing"),
        auto_tie_breaker: flag("auto_tie_breaker").then(|| tie_breaker(&options["auto_tie_breaker_node"])),
        allow_downscale: flag("allow_downscale"),
        device: device.is_object().then(|| Device {
            algorithm: if device["algorithm"] == "lms" { Algorithm::Lms } else { Algorithm::Ffsplit },
            votes: votes(&device["votes"]),
            tie_breaker: tie_breaker(&device["net"]["tie_breaker"]),
        }),
    }
}

fn votes(value: &Value) -> Option<Votes> {
    value.as_u64().and_then(|count| u32::try_from(count).ok()).map(Votes)
}

fn tie_breaker(value: &Value) -> TieBreaker {
    let word = value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|id| id.to_string()));
    match word.as_deref() {
        None | Some("lowest") => TieBreaker::Lowest,
        Some("highest") => TieBreaker::Highest,
        Some(list) => {
            TieBreaker::Listed(list.split_whitespace().filter_map(|id| id.parse().ok().map(NodeId)).collect())
        }
    }
}

fn id(value: &Value) -> NodeId {
    NodeId(value.as_u64().and_then(|id| u32::try_from(id).ok()).unwrap_or_default())
}

fn nodes(list: &Value) -> BTreeSet<NodeId> {
    list.as_array().into_iter().flatten().map(id).collect()
}

/// The entries of an object whose keys are node ids.
fn entries(object: &Value) -> impl Iterator<Item = (NodeId, &Value)> {
    let entries = object.as_object().into_iter().flatten();
    entries.filter_map(|(key, value)| key.parse().ok().map(|id| (NodeId(id), value)))
}
