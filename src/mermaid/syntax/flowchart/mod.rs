//! Flowcharts: `flowchart`, `graph`, `flowchart-elk`.

mod arrow;
mod chain;
mod label;
mod parse;
mod token;
pub(crate) mod tree;

pub(crate) use parse::parse;
