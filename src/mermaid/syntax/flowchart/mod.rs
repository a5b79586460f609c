//! Flowcharts: `flowchart`, `graph`, `flowchart-elk`.

mod arrow;
mod chain;
mod click;
mod label;
mod parse;
mod style;
mod token;
pub mod tree;

pub(crate) use parse::parse;
