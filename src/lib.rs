//! Merrow keeps the diagrams in technical writing true.
//!
//! Data flows one way: file text to [`document`] blocks, to [`mermaid`] diagrams and [`cluster`] configuration, to
//! [`claims`], to findings of [`lint`], to a [`report`]. The rooms stand on floors; imports point only downwards
//! (`docs/architecture.md` holds the table, `tests/merrow/architecture.rs` keeps it).

pub mod base;
pub mod claims;
pub mod cli;
pub mod cluster;
pub mod document;
pub mod draw;
pub mod generate;
pub mod gist;
pub mod host;
pub mod lint;
pub mod mermaid;
pub mod pipeline;
pub mod report;
