//! Sequence diagrams: `sequenceDiagram`.

pub mod arrow;
mod parse;
mod token;
pub mod tree;

pub(crate) use parse::parse;
