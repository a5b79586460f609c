//! Flowcharts: `flowchart`, `graph`, `flowchart-elk`.

mod arrow;
mod chain;
mod click;
mod label;
mod parse;
mod print;
mod style;
mod token;
pub mod tree;

pub(crate) use parse::parse;
pub(crate) use print::{nesting, print};
