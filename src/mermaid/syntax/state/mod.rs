//! State diagrams: `stateDiagram`, `stateDiagram-v2`.

mod parse;
mod pattern;
mod token;
pub mod tree;

pub(crate) use parse::parse;
