//! State diagrams: `stateDiagram`, `stateDiagram-v2`.

mod parse;
mod pattern;
mod print;
mod token;
pub mod tree;

pub(crate) use parse::parse;
pub(crate) use print::{nesting, print};
