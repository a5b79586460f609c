//! From diagrams and configuration to claims: one reader per topic.
//!
//! A reader takes what it can read for certain and leaves the rest.

mod backup;
mod ceph;
pub(super) mod chart;

mod cluster_file;
mod configuration;
mod exchange;
mod inventory;
mod machine;
mod naming;
mod network;
mod scenario;
mod speaker;
mod votes;
mod workflow;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::base::text::{FileId, Place, Span};

use crate::cluster::formats::Configuration;
use crate::mermaid::diagram::Diagram;

use super::behaviour::{Exchange, StateMachine, Workflow};
use super::claim::{Claim, EntityKind, Fact, Source};
use super::vocabulary::Vocabulary;
use super::words::Words;

use speaker::Speaker;

pub use naming::{Misnaming, NameStatement};

/// What one file offers to be read.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: &'a str,
    /// Its diagrams, in file order.
    pub diagrams: &'a [DiagramMaterial<'a>],
    /// Its configuration, in file order.
    pub configurations: &'a [ConfigurationMaterial<'a>],
    /// The comments of its Markdown, diagrams and code: text behind the marker, and place.
    pub comments: &'a [(&'a str, Span)],
}

/// Configuration to be read.
#[derive(Debug, Clone, Copy)]
pub struct ConfigurationMaterial<'a> {
    /// The block of the file that holds it, counted from 0.
    pub block: usize,
    /// What was read of the block.
    pub configuration: &'a Configuration,
}

/// A diagram to be read.
#[derive(Debug, Clone, Copy)]
pub struct DiagramMaterial<'a> {
    /// The block of the file that holds it, counted from 0.
    pub block: usize,
    /// The diagram.
    pub diagram: &'a Diagram,
    /// The heading above it.
    pub section: Option<&'a str>,
}

/// What one file says.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    /// Every claim, in file order by block.
    pub claims: Vec<Claim>,
    /// Workflows that start from a node's failure.
    pub workflows: Vec<Workflow>,
    /// Sequences between parts of a cluster.
    pub exchanges: Vec<Exchange>,
    /// State machines of HA services.
    pub machines: Vec<StateMachine>,
    /// What the author says outright about names.
    pub names: Vec<NameStatement>,
}

/// Reads what one file says about a Proxmox cluster; nothing when it speaks of none.
pub fn read(material: &Material, vocabulary: &Vocabulary) -> Statements {
    let mut out = Statements::default();
    let field = Field { text: material.text, vocabulary, spoken_of: OnceCell::new() };
    let place = |span: &Span| Place::new(material.file, *span);
    out.names = material.comments.iter().filter_map(|(text, span)| naming::read(text, place(span))).collect();
    for ConfigurationMaterial { block, configuration } in material.configurations {
        let speaker = &mut Speaker::new(material.file, *block, Source::Configuration, &mut out.claims);
        configuration::read(configuration, speaker);
    }
    let nodes = known_nodes(&out.claims);
    for DiagramMaterial { block, diagram, section } in material.diagrams {
        match diagram {
            Diagram::Flowchart(flowchart) => {
                let chart = chart::Chart::read(flowchart, *section, vocabulary, &out.names, &nodes);
                if !field.is_subject(chart.heading(), &chart.words_of_all()) {
                    continue;
                }
                let mut speaker = Speaker::new(material.file, *block, Source::Flowchart, &mut out.claims);
                if let Some(workflow) = workflow::read(&chart, &mut speaker) {
                    out.workflows.push(workflow);
                    continue;
                }
                inventory::read(&chart, &mut speaker);
                votes::read(&chart, &mut speaker);
                ceph::read(&chart, &mut speaker);
                network::read(&chart, &mut speaker);
                backup::read(&chart, &mut speaker);
            }
            Diagram::Sequence(sequence) => {
                let speaker = &mut Speaker::new(material.file, *block, Source::Sequence, &mut out.claims);
                out.exchanges.extend(exchange::read(sequence, *section, &field, &out.names, speaker));
            }
            Diagram::State(state) => {
                let speaker = &mut Speaker::new(material.file, *block, Source::State, &mut out.claims);
                out.machines.extend(machine::read(state, *section, &field, speaker));
            }
        }
    }
    out.claims.sort_by_key(|claim| claim.place);
    // A set of files holds the claims of all of them.
    out.claims.shrink_to_fit();
    out
}

/// The names of the nodes that configuration states, in lower case: a label that is one of them names that node.
fn known_nodes(claims: &[Claim]) -> BTreeSet<String> {
    let nodes =
        claims.iter().filter(|claim| claim.subject.kind == EntityKind::Node && claim.fact == Fact::Exists);
    nodes.map(|claim| claim.subject.name.to_lowercase()).collect()
}

/// Whether a text is about a Proxmox cluster, and not about another system that has nodes too.
struct Field<'a> {
    text: &'a str,
    vocabulary: &'a Vocabulary,
    spoken_of: OnceCell<bool>,
}

impl Field<'_> {
    /// A diagram with these words, under this heading, is about a Proxmox cluster. Its own words decide; where they name no
    /// system the heading does, and last the file around it, unless that names another system too.
    fn is_subject(&self, heading: &Words, diagram: &[&Words]) -> bool {
        if diagram.iter().any(|words| self.vocabulary.speaks_of_field(words)) {
            return true;
        }
        let is_foreign = |words: &Words| super::vocabulary::speaks_of_other_field(words);
        if diagram.iter().any(|words| is_foreign(words)) || is_foreign(heading) {
            return false;
        }
        if self.vocabulary.speaks_of_field(heading) {
            return true;
        }
        *self.spoken_of.get_or_init(|| {
            let words = Words::of(self.text);
            self.vocabulary.speaks_of_field(&words) && !super::vocabulary::speaks_of_other_field(&words)
        })
    }
}
