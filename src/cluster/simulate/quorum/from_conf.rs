//! The quorum section that a `corosync.conf` states.

use std::collections::BTreeSet;

use super::section::{Device, NodeId, QuorumSection, TieBreaker};
use crate::cluster::formats::Spanned;
use crate::cluster::formats::corosync::{self, CorosyncConf};
use crate::cluster::model::quorum::Algorithm;
use crate::cluster::model::vote::Votes;

impl From<&CorosyncConf> for QuorumSection {
    /// Nodes without an id of their own get the lowest free ones, in order.
    ///
    /// A device of another model than `net`, or of another algorithm than `ffsplit` and `lms`, is left out: it is not
    /// simulated.
    fn from(conf: &CorosyncConf) -> Self {
        let on = |flag: &Option<Spanned<bool>>| flag.as_ref().is_some_and(|flag| flag.value);
        let taken: BTreeSet<u32> =
            conf.nodes.iter().filter_map(|node| node.id.as_ref()).map(|id| id.value).collect();
        let mut free = (1..).filter(|id| !taken.contains(id));
        let nodes = conf.nodes.iter().filter_map(|node| {
            let id = node.id.as_ref().map(|id| id.value).or_else(|| free.next())?;
            Some((NodeId(id), node.votes.as_ref().map_or(Votes::ONE, |votes| votes.value)))
        });
        let quorum = &conf.quorum;
        Self {
            nodes: nodes.collect(),
            expected_votes: quorum.expected_votes.as_ref().map(|votes| votes.value),
            two_node: on(&quorum.two_node),
            wait_for_all: quorum.wait_for_all.as_ref().map(|flag| flag.value),
            last_man_standing: on(&quorum.last_man_standing),
            auto_tie_breaker: on(&quorum.auto_tie_breaker)
                .then(|| tie_breaker(quorum.auto_tie_breaker_node.as_ref())),
            allow_downscale: on(&quorum.allow_downscale),
            device: quorum.device.as_ref().and_then(device),
        }
    }
}

fn device(device: &corosync::Device) -> Option<Device> {
    let is =
        |value: &Option<Spanned<String>>, word: &str| value.as_ref().is_some_and(|value| value.value == word);
    if !is(&device.model, "net") {
        return None;
    }
    let algorithms = [Algorithm::Ffsplit, Algorithm::Lms];
    Some(Device {
        algorithm: algorithms.into_iter().find(|algorithm| is(&device.algorithm, algorithm.name()))?,
        votes: device.votes.as_ref().map(|votes| votes.value),
        tie_breaker: tie_breaker(device.tie_breaker.as_ref()),
    })
}

fn tie_breaker(value: Option<&Spanned<String>>) -> TieBreaker {
    match value.map(|value| value.value.as_str()) {
        None | Some("lowest") => TieBreaker::Lowest,
        Some("highest") => TieBreaker::Highest,
        Some(list) => {
            TieBreaker::Listed(list.split_whitespace().filter_map(|id| id.parse().ok().map(NodeId)).collect())
        }
    }
}
