//! Flowcharts: `flowchart`, `graph`, `flowchart-elk`.

mod arrow;
mod chain;
mod click;
mod label;
mod parse;
mod style;
mod token;
pub(crate) mod tree;

pub(crate) use parse::parse;
