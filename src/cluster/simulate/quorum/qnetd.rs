//! The QDevice's server: which nodes it gives the device's votes to (corosync-qdevice(8)).
//!
//! The votes go to nodes, not to partitions: a node has them when its own `corosync-qdevice` is told so.

use std::collections::BTreeSet;

use super::section::{NodeId, Seat, TieBreaker};
use crate::cluster::model::quorum::Algorithm;

/// A partition that the server knows of through at least one client.
struct Side<'a> {
    members: &'a BTreeSet<NodeId>,
    clients: BTreeSet<NodeId>,
}

/// The nodes that hold the device's votes, out of `n_configured` configured nodes that are now in `partitions`.
///
/// `clients` are the nodes whose `corosync-qdevice` runs and reaches the server.
pub(super) fn holders(
    seat: &Seat,
    n_configured: usize,
    partitions: &[BTreeSet<NodeId>],
    clients: &BTreeSet<NodeId>,
) -> BTreeSet<NodeId> {
    if !seat.runs {
        return BTreeSet::new();
    }
    let sides: Vec<Side> = partitions
        .iter()
        .map(|members| Side { members, clients: members.intersection(clients).copied().collect() })
        .filter(|side| !side.clients.is_empty())
        .collect();
    let winner = match seat.algorithm {
        Algorithm::Ffsplit => {
            let large_enough = sides.into_iter().filter(|side| side.members.len() * 2 >= n_configured);
            best(large_enough, &seat.tie_breaker, |side| (side.members.len(), side.clients.len()))
        }
        // "the largest partition that can see the server": only its clients count.
        Algorithm::Lms => best(sides.into_iter(), &seat.tie_breaker, |side| (side.clients.len(), 0)),
    };
    winner.map(|side| side.clients).unwrap_or_default()
}

/// The side of the greatest size; among equal ones the one that the tie breaker names.
fn best<'a>(
    sides: impl Iterator<Item = Side<'a>>,
    tie_breaker: &TieBreaker,
    size: impl Fn(&Side) -> (usize, usize),
) -> Option<Side<'a>> {
    sides.max_by_key(|side| {
        let (lowest, highest) = (side.members.first().copied(), side.members.last().copied());
        let preference = match tie_breaker {
            TieBreaker::Lowest => (false, None),
            TieBreaker::Highest => (false, highest),
            TieBreaker::Listed(nodes) => (nodes.iter().any(|node| side.members.contains(node)), None),
        };
        (size(side), preference, std::cmp::Reverse(lowest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::model::vote::Votes;

    fn set(nodes: &[u32]) -> BTreeSet<NodeId> {
        nodes.iter().copied().map(NodeId).collect()
    }

    fn check(
        algorithm: Algorithm,
        tie_breaker: TieBreaker,
        partitions: &[&[u32]],
        clients: &[u32],
        expected: &[u32],
    ) {
        let seat = Seat { algorithm, tie_breaker, votes: Votes::ONE, runs: true };
        let partitions: Vec<_> = partitions.iter().map(|nodes| set(nodes)).collect();
        assert_eq!(
            holders(&seat, 4, &partitions, &set(clients)),
            set(expected),
            "{partitions:?} {clients:?}"
        );
    }

    #[test]
    fn the_vote_goes_to_the_side_that_the_algorithm_prefers() {
        use Algorithm::{Ffsplit, Lms};
        let lowest = || TieBreaker::Lowest;
        check(Ffsplit, lowest(), &[&[1, 2], &[3, 4]], &[1, 2, 3, 4], &[1, 2]);
        check(Ffsplit, TieBreaker::Highest, &[&[1, 2], &[3, 4]], &[1, 2, 3, 4], &[3, 4]);
        check(Ffsplit, TieBreaker::Listed(vec![NodeId(4)]), &[&[1, 2], &[3, 4]], &[1, 2, 3, 4], &[3, 4]);
        check(Ffsplit, lowest(), &[&[1, 2], &[3, 4]], &[2, 3, 4], &[3, 4]);
        check(Ffsplit, lowest(), &[&[1, 2, 3], &[4]], &[4], &[]);
        check(Ffsplit, lowest(), &[&[1, 2, 3]], &[2], &[2]);
        check(Lms, lowest(), &[&[1, 2], &[3]], &[3], &[3]);
        check(Lms, lowest(), &[&[1, 2], &[3, 4]], &[4], &[4]);
        check(Lms, lowest(), &[&[3], &[2], &[1]], &[1, 2, 3], &[1]);
        check(Lms, lowest(), &[&[1], &[2, 3]], &[1, 2, 3], &[2, 3]);
        check(Lms, lowest(), &[&[1, 2]], &[], &[]);
    }
}
