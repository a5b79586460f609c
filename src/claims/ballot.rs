//! What one block says about votes: a page may compare clusters, and each diagram then speaks of its own.

use std::collections::BTreeSet;

use crate::base::text::{FileId, Place};
use crate::cluster::model::vote::Votes;

use super::aliases::Aliases;
use super::claim::{Claim, EntityKind, Fact};

/// What one block says about votes.
#[derive(Debug, Clone)]
pub struct Ballot {
    /// The file.
    pub file: FileId,
    /// The block of the file, counted from 0.
    pub block: usize,
    /// Number of nodes, where a title states it.
    pub n_nodes: Option<(u32, Place)>,
    /// Nodes whose votes are stated, in order.
    pub voters: Vec<Voter>,
    /// The QDevice: its votes where they are stated, and its place.
    pub qdevice: Option<(Option<Votes>, Place)>,
    /// "Total votes"
    pub total: Option<(Votes, Place)>,
    /// "Required votes"
    pub required: Option<(Votes, Place)>,
}

/// A node with its votes.
#[derive(Debug, Clone)]
pub struct Voter {
    /// Its name.
    pub name: String,
    /// Its votes.
    pub votes: Votes,
    /// Where they are stated.
    pub place: Place,
}

impl Ballot {
    fn new(file: FileId, block: usize) -> Self {
        Self { file, block, n_nodes: None, voters: Vec::new(), qdevice: None, total: None, required: None }
    }

    /// Number of nodes: as a title states it, or else of the nodes whose votes are stated.
    pub fn size(&self) -> Option<u32> {
        let counted = (!self.voters.is_empty()).then_some(self.voters.len() as u32);
        self.n_nodes.map(|(count, _)| count).or(counted)
    }

    /// All votes together, where those of the nodes and of the QDevice, if there is one, are stated.
    pub fn sum(&self) -> Option<Votes> {
        let nodes: Votes = self.voters.iter().map(|voter| voter.votes).sum();
        let device = match self.qdevice {
            Some((votes, _)) => votes?,
            None => Votes(0),
        };
        let is_complete = !self.voters.is_empty() && self.size() == Some(self.voters.len() as u32);
        is_complete.then_some(nodes + device)
    }

    /// The votes that every node has; `None` when they differ or nobody states any.
    pub fn votes_of_each(&self) -> Option<Votes> {
        let first = self.voters.first()?.votes;
        self.voters.iter().all(|voter| voter.votes == first).then_some(first)
    }

    /// Adds what a claim says; `counted` are the names of the voters.
    fn add<'a>(&mut self, claim: &'a Claim, aliases: &Aliases<'a>, counted: &mut BTreeSet<&'a str>) {
        match (claim.subject.kind, &claim.fact) {
            (EntityKind::Cluster, Fact::NodeCount(count)) => {
                self.n_nodes = self.n_nodes.or(Some((*count, claim.place)));
            }
            (EntityKind::Cluster, Fact::TotalVotes(votes)) => {
                self.total = self.total.or(Some((*votes, claim.place)));
            }
            (EntityKind::Cluster, Fact::RequiredVotes(votes)) => {
                self.required = self.required.or(Some((*votes, claim.place)));
            }
            (EntityKind::Node, Fact::Votes(votes)) => {
                let link = aliases.link_of(&claim.subject);
                let name = link.map_or(claim.subject.name.as_str(), |link| link.entity_name);
                if counted.insert(name) {
                    self.voters.push(Voter { name: name.to_owned(), votes: *votes, place: claim.place });
                }
            }
            (EntityKind::QDevice, Fact::Votes(votes)) => self.qdevice = Some((Some(*votes), claim.place)),
            (EntityKind::QDevice, _) => self.qdevice = self.qdevice.or(Some((None, claim.place))),
            _ => {}
        }
    }

    /// The block says something about votes.
    fn is_filled(&self) -> bool {
        self.n_nodes.is_some()
            || !self.voters.is_empty()
            || self.qdevice.is_some()
            || self.total.is_some()
            || self.required.is_some()
    }
}

/// The ballots of the blocks that say something about votes, in the order of files and blocks; `claims` are sorted by place.
pub(super) fn read<'a>(claims: &[&'a Claim], aliases: &Aliases<'a>) -> Vec<Ballot> {
    let mut ballots: Vec<Ballot> = Vec::new();
    let mut open: Option<Ballot> = None;
    let mut counted = BTreeSet::new();
    for claim in claims {
        let (file, block) = (claim.place.file, claim.block);
        if open.as_ref().is_none_or(|ballot| (ballot.file, ballot.block) != (file, block)) {
            ballots.extend(open.replace(Ballot::new(file, block)).filter(Ballot::is_filled));
            counted.clear();
        }
        if let Some(ballot) = &mut open {
            ballot.add(claim, aliases, &mut counted);
        }
    }
    ballots.extend(open.filter(Ballot::is_filled));
    // Looked up by file and block.
    ballots.sort_by_key(|ballot| (ballot.file, ballot.block));
    ballots
}

/// The ballots speak of clusters of different sizes.
pub(super) fn speak_of_several(ballots: &[Ballot]) -> bool {
    let mut sizes = ballots.iter().filter_map(Ballot::size);
    let first = sizes.next();
    sizes.any(|size| Some(size) != first)
}
