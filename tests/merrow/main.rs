//! Merrow's own tests: stories of the command line, laws over the fixtures, and the order of the house.

mod architecture;
mod build;
mod cli;
mod corpus;
mod docs;
mod document;
mod drawing;
mod fix;
mod fixtures;
mod fmt;
mod folder;
mod fuzz;
mod generate;
mod gist;
mod homelab;
mod judge;
mod licences;
mod page;
mod registry;
mod render;
#[path = "../conformance/rewriting.rs"]
mod rewriting;
mod rules;
#[cfg(feature = "net")]
mod serve;
#[path = "../conformance/structure/mod.rs"]
mod structure;
mod terminal;
mod workspace;
mod write;
