//! What drawing a cluster gives.

use std::fmt::Display;

use thiserror::Error;

use crate::cluster::model::stated::{Dispute, Stated};
use crate::mermaid::diagram::flowchart::Flowchart;

/// A diagram of a cluster, and what of the cluster is not in it.
#[derive(Debug, Clone)]
pub struct View {
    /// The diagram; it stands in no file, so its spans are empty.
    pub chart: Flowchart,
    /// Facts that would belong in it, in the order in which they were looked for.
    pub left_out: Vec<LeftOut>,
}

/// A fact that is left out of a view, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// The sources differ.
    Disputed(Dispute),
    /// It cannot be found out.
    Unknown {
        /// The fact, as the subject of a sentence in the plural.
        what: &'static str,
        /// What it would take, or what stands against it.
        because: String,
    },
}

/// Why there is no view of a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NothingToDraw {
    /// Nothing is stated of any cluster.
    #[error("nothing is said about a Proxmox, corosync or Ceph cluster")]
    NoCluster,
    /// No node has a name.
    #[error("no node of the cluster is named")]
    NoNodes,
    /// A text states another number of nodes than there are named ones.
    #[error("the cluster is said to have {stated} nodes, and {named} of them are named")]
    NodesUnnamed {
        /// As stated.
        stated: u32,
        /// As counted.
        named: usize,
    },
}

impl NothingToDraw {
    /// What to do.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NoCluster => {
                "describe the cluster in a cluster.toml, or name its parts in a diagram; \
                 `merrow model` shows what is understood"
            }
            Self::NoNodes => "name the nodes in a diagram or a configuration block, or write a cluster.toml",
            Self::NodesUnnamed { .. } => "name every node, or correct the number",
        }
    }
}

/// Takes the facts that all sources agree on, and remembers the others.
#[derive(Debug, Default)]
pub(super) struct Agreement {
    pub(super) left_out: Vec<LeftOut>,
}

impl Agreement {
    /// The value that all sources agree on: `fact` of `subject`.
    pub(super) fn on<'a, T>(
        &mut self,
        stated: &'a Stated<T>,
        subject: &str,
        fact: &'static str,
    ) -> Option<&'a T>
    where
        T: PartialEq + Clone + Display,
    {
        self.left_out.extend(stated.dispute(subject, fact).map(LeftOut::Disputed));
        stated.agreed()
    }

    /// Remembers what cannot be found out.
    pub(super) fn lacks(&mut self, what: &'static str, because: impl Into<String>) {
        self.left_out.push(LeftOut::Unknown { what, because: because.into() });
    }
}
