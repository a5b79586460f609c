//! Clusters: what they are made of ([`model`]), the files and commands that describe them ([`formats`]), and how they
//! behave ([`simulate`]).
//!
//! Not here: Mermaid, Markdown, and the question who said what.

pub mod formats;
pub mod model;
pub mod simulate;
