//! Sequence diagrams: `sequenceDiagram`.

pub(crate) mod arrow;
mod parse;
mod token;
pub(crate) mod tree;

pub(crate) use parse::parse;
