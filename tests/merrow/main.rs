//! Merrow's own tests: stories of the command line, laws over the fixtures, and the order of the house.

mod architecture;
mod cli;
mod corpus;
mod docs;
mod document;
mod fixtures;
mod folder;
mod gist;
mod homelab;
mod judge;
mod licences;
mod page;
mod registry;
mod rules;
#[cfg(feature = "net")]
mod serve;
mod workspace;
