//! Sequence diagrams: `sequenceDiagram`.

pub mod arrow;
mod parse;
mod print;
mod token;
pub mod tree;

pub(crate) use parse::parse;
pub(crate) use print::{nesting, print};
