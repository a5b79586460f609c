use proptest::prelude::*;

use super::*;
use crate::cluster::model::vote::Votes;

fn set(nodes: &[u32]) -> BTreeSet<NodeId> {
    nodes.iter().copied().map(NodeId).collect()
}

fn equal_nodes(n: u32) -> QuorumSection {
    QuorumSection { nodes: (1..=n).map(|id| (NodeId(id), Votes::ONE)).collect(), ..QuorumSection::default() }
}

fn with_device(n: u32, algorithm: Algorithm, votes: Option<u32>) -> QuorumSection {
    let device = Device { algorithm, votes: votes.map(Votes), tie_breaker: TieBreaker::Lowest };
    QuorumSection { device: Some(device), ..equal_nodes(n) }
}

/// Partitions with every node as a client of the QDevice's server.
fn split(partitions: &[&[u32]]) -> Situation {
    let partitions: Vec<BTreeSet<NodeId>> = partitions.iter().map(|nodes| set(nodes)).collect();
    let qnetd_clients = partitions.iter().flatten().copied().collect();
    Situation { partitions, qnetd_clients, departure: Departure::Crash }
}

/// "total/expected needed yes|no" of each running node.
fn told(views: &BTreeMap<NodeId, View>) -> String {
    let words = views.iter().map(|(node, view)| {
        let quorate = if view.quorate { "yes" } else { "no" };
        format!("{node}: {}/{} {} {quorate}", view.total(), view.expected, view.needed)
    });
    words.collect::<Vec<_>>().join(", ")
}

#[test]
fn what_is_left_of_a_complete_cluster() {
    use Algorithm::{Ffsplit, Lms};
    use Qnetd::{Reachable, Unreachable};
    let table = [
        (equal_nodes(3), &[3][..], Reachable, "1: 2/3 2 yes, 2: 2/3 2 yes"),
        (equal_nodes(3), &[2, 3], Reachable, "1: 1/3 2 no"),
        (equal_nodes(4), &[3, 4], Reachable, "1: 2/4 3 no, 2: 2/4 3 no"),
        (with_device(3, Ffsplit, Some(1)), &[3], Reachable, "1: 3/4 3 yes, 2: 3/4 3 yes"),
        (with_device(3, Ffsplit, Some(1)), &[1, 2], Reachable, "3: 1/4 3 no"),
        (with_device(3, Lms, None), &[1, 2], Reachable, "3: 3/5 3 yes"),
        (with_device(3, Lms, None), &[3], Unreachable, "1: 2/5 3 no, 2: 2/5 3 no"),
        (with_device(3, Lms, Some(1)), &[1, 2], Reachable, "3: 2/4 3 no"),
        (with_device(2, Ffsplit, Some(1)), &[1], Reachable, "2: 2/3 2 yes"),
        (with_device(2, Ffsplit, Some(1)), &[], Unreachable, "1: 2/3 2 yes, 2: 2/3 2 yes"),
        (with_device(3, Ffsplit, Some(2)), &[3], Reachable, "1: 2/5 3 no, 2: 2/5 3 no"),
        (with_device(3, Ffsplit, Some(0)), &[3], Reachable, "1: 2/3 2 yes, 2: 2/3 2 yes"),
        (QuorumSection { two_node: true, ..equal_nodes(2) }, &[2], Reachable, "1: 1/2 1 yes"),
        (QuorumSection { expected_votes: Some(Votes(5)), ..equal_nodes(3) }, &[], Reachable, {
            "1: 3/5 3 yes, 2: 3/5 3 yes, 3: 3/5 3 yes"
        }),
    ];
    for (section, down, qnetd, expected) in table {
        let views = settled(&section, &set(down), qnetd).unwrap();
        assert_eq!(told(&views), expected, "{section:?} without {down:?}");
    }
}

#[test]
fn a_device_excludes_the_features_that_break_ties() {
    let device = with_device(4, Algorithm::Ffsplit, Some(1));
    let odd = with_device(3, Algorithm::Ffsplit, Some(1));
    let tie_breaker = Some(TieBreaker::Lowest);
    let refusal = |section: QuorumSection| Votequorum::new(&section).err();
    assert_eq!(refusal(QuorumSection { two_node: true, ..device.clone() }), Some(Refusal::DeviceWithTwoNode));
    assert_eq!(
        refusal(QuorumSection { last_man_standing: true, ..device.clone() }),
        Some(Refusal::DeviceWithLastManStanding)
    );
    assert_eq!(
        refusal(QuorumSection { auto_tie_breaker: tie_breaker.clone(), ..device }),
        Some(Refusal::DeviceWithTieBreaker)
    );
    assert_eq!(refusal(QuorumSection { auto_tie_breaker: tie_breaker, ..odd }), None, "not in force");
}

#[test]
fn quorum_is_a_matter_of_each_node() {
    let mut cluster = Votequorum::new(&with_device(3, Algorithm::Ffsplit, Some(1))).unwrap();
    cluster.settle(&split(&[&[1, 2, 3]]));
    let one_sees_the_server = Situation { qnetd_clients: set(&[1]), ..split(&[&[1, 2]]) };
    assert_eq!(told(&cluster.settle(&one_sees_the_server)), "1: 3/4 3 yes, 2: 2/4 3 no");
}

#[test]
fn expected_votes_remember() {
    let mut cluster = Votequorum::new(&with_device(3, Algorithm::Ffsplit, Some(1))).unwrap();
    assert_eq!(told(&cluster.settle(&split(&[&[1, 2]]))), "1: 3/3 2 yes, 2: 3/3 2 yes", "cold start of two");
    cluster.settle(&split(&[&[1, 2, 3]]));
    assert_eq!(
        told(&cluster.settle(&split(&[&[1, 2]]))),
        "1: 3/4 3 yes, 2: 3/4 3 yes",
        "after all were there"
    );
    cluster.restart(&set(&[1, 2]));
    assert_eq!(told(&cluster.settle(&split(&[&[1, 2]]))), "1: 3/3 2 yes, 2: 3/3 2 yes", "forgotten");
}

#[test]
fn wait_for_all_starts_anew_on_every_loss() {
    let section = QuorumSection { wait_for_all: Some(true), ..equal_nodes(3) };
    let mut cluster = Votequorum::new(&section).unwrap();
    let two = "1: 2/3 2 no, 2: 2/3 2 no";
    assert_eq!(told(&cluster.settle(&split(&[&[1, 2]]))), two);
    cluster.settle(&split(&[&[1, 2, 3]]));
    assert_eq!(told(&cluster.settle(&split(&[&[1, 2]]))), "1: 2/3 2 yes, 2: 2/3 2 yes");
    cluster.settle(&split(&[&[1]]));
    assert_eq!(told(&cluster.settle(&split(&[&[1, 2]]))), two);
}

#[test]
fn last_man_standing_needs_a_tie_breaker_for_the_last_step() {
    let lms = QuorumSection { last_man_standing: true, ..equal_nodes(4) };
    let both =
        QuorumSection { wait_for_all: Some(true), auto_tie_breaker: Some(TieBreaker::Lowest), ..lms.clone() };
    for (section, last) in [(lms, "1: 1/2 2 no"), (both, "1: 1/1 1 yes")] {
        let mut cluster = Votequorum::new(&section).unwrap();
        cluster.settle(&split(&[&[1, 2, 3, 4]]));
        assert_eq!(told(&cluster.settle(&split(&[&[1, 2, 3]]))), "1: 3/3 2 yes, 2: 3/3 2 yes, 3: 3/3 2 yes");
        assert_eq!(told(&cluster.settle(&split(&[&[1, 2]]))), "1: 2/2 2 yes, 2: 2/2 2 yes");
        assert_eq!(told(&cluster.settle(&split(&[&[1]]))), last);
    }
}

#[test]
fn a_tie_goes_to_the_breaker_that_took_part() {
    let listed = Some(TieBreaker::Listed(vec![NodeId(3), NodeId(2)]));
    let mut cluster = Votequorum::new(&QuorumSection { auto_tie_breaker: listed, ..equal_nodes(4) }).unwrap();
    assert_eq!(told(&cluster.settle(&split(&[&[3, 4]]))), "3: 2/4 3 no, 4: 2/4 3 no", "never quorate before");
    cluster.settle(&split(&[&[1, 2, 3, 4]]));
    let halves = "1: 2/4 3 no, 2: 2/4 3 no, 3: 2/4 3 yes, 4: 2/4 3 yes";
    assert_eq!(told(&cluster.settle(&split(&[&[1, 2], &[3, 4]]))), halves);
    cluster.settle(&split(&[&[1, 2, 3, 4]]));
    cluster.settle(&split(&[&[1, 2, 4]]));
    assert_eq!(told(&cluster.settle(&split(&[&[2, 4]]))), "2: 2/4 3 yes, 4: 2/4 3 yes", "3 was gone already");
}

#[test]
fn a_clean_leave_lowers_what_is_expected_but_not_what_is_needed() {
    let section = QuorumSection { allow_downscale: true, expected_votes: Some(Votes(2)), ..equal_nodes(4) };
    let mut cluster = Votequorum::new(&section).unwrap();
    cluster.settle(&split(&[&[1, 2, 3, 4]]));
    let leave = |nodes: &[u32]| Situation { departure: Departure::Leave, ..split(&[nodes]) };
    cluster.settle(&leave(&[1, 2, 3]));
    assert_eq!(told(&cluster.settle(&leave(&[1, 2]))), "1: 2/2 3 no, 2: 2/2 3 no");
}

#[test]
fn expected_votes_can_be_set_within_reason() {
    let mut cluster = Votequorum::new(&equal_nodes(4)).unwrap();
    cluster.settle(&split(&[&[1, 2, 3, 4]]));
    for value in [2, 9] {
        assert!(matches!(
            cluster.set_expected(NodeId(1), Votes(value)),
            Err(ExpectedError::OutOfRange { .. })
        ));
    }
    cluster.settle(&split(&[&[1]]));
    assert_eq!(cluster.set_expected(NodeId(2), Votes(1)), Err(ExpectedError::NotRunning(NodeId(2))));
    cluster.set_expected(NodeId(1), Votes(1)).unwrap();
    assert_eq!(told(&cluster.settle(&split(&[&[1]]))), "1: 1/1 1 yes");
    assert_eq!(told(&cluster.settle(&split(&[&[1, 2]]))), "1: 2/2 2 yes, 2: 2/2 2 yes");
}

#[test]
fn two_node_is_a_split_brain_by_design() {
    let section = QuorumSection { two_node: true, ..equal_nodes(2) };
    let mut cluster = Votequorum::new(&section).unwrap();
    assert_eq!(told(&cluster.settle(&split(&[&[1]]))), "1: 1/2 1 no", "waits for all");
    cluster.settle(&split(&[&[1, 2]]));
    assert_eq!(told(&cluster.settle(&split(&[&[1], &[2]]))), "1: 1/2 1 yes, 2: 1/2 1 yes");
}

prop_compose! {
    /// A section without `two_node`, whose purpose is to let both halves go on, and without `last_man_standing`.
    fn sections()(
        votes in prop::collection::vec(0..4u32, 1..7),
        device in prop::option::of((any::<bool>(), prop::option::of(0..4u32))),
        wait_for_all in prop::option::of(any::<bool>()),
        tie_breaker in prop::option::of(any::<bool>()),
    ) -> QuorumSection {
        let lowest = |lowest| if lowest { TieBreaker::Lowest } else { TieBreaker::Highest };
        QuorumSection {
            nodes: (1..).map(NodeId).zip(votes.into_iter().map(Votes)).collect(),
            device: device.map(|(ffsplit, votes)| Device {
                algorithm: if ffsplit { Algorithm::Ffsplit } else { Algorithm::Lms },
                votes: votes.map(Votes),
                tie_breaker: TieBreaker::Lowest,
            }),
            wait_for_all,
            auto_tie_breaker: tie_breaker.map(lowest),
            ..QuorumSection::default()
        }
    }
}

/// Where each node is: its partition, or down.
fn layouts() -> impl Strategy<Value = Vec<Vec<Option<usize>>>> {
    prop::collection::vec(prop::collection::vec(prop::option::of(0..3usize), 7), 0..5)
}

proptest! {
    #[test]
    fn no_two_partitions_of_a_once_complete_cluster_are_quorate(section in sections(), history in layouts()) {
        prop_assume!(Votequorum::new(&section).is_ok());
        let mut cluster = Votequorum::new(&section).unwrap();
        let all: Vec<u32> = section.nodes.keys().map(|node| node.0).collect();
        cluster.settle(&split(&[&all]));
        for layout in history {
            let mut partitions = vec![Vec::new(); 3];
            for (node, place) in section.nodes.keys().zip(&layout) {
                if let Some(place) = place {
                    partitions[*place].push(node.0);
                }
            }
            let partitions: Vec<&[u32]> = partitions.iter().map(Vec::as_slice).collect();
            let views = cluster.settle(&split(&partitions));
            let quorate = partitions.iter().filter(|nodes| nodes.iter().any(|node| views[&NodeId(*node)].quorate));
            prop_assert!(quorate.count() <= 1, "{}", told(&views));
            // Nodes that forget would start a second cluster, as real ones do; here all meet again first.
            cluster.settle(&split(&[&all]));
        }
    }

    #[test]
    fn a_quorate_node_has_a_majority_unless_a_tie_was_broken(section in sections(), down in prop::collection::btree_set(1..7u32, 0..7)) {
        let down: BTreeSet<NodeId> = down.into_iter().map(NodeId).collect();
        if let Ok(views) = settled(&section, &down, Qnetd::Reachable) {
            for view in views.values().filter(|view| view.quorate) {
                prop_assert!(view.total().is_majority_of(view.expected) || view.total().is_half_of(view.expected));
            }
        }
    }
}
