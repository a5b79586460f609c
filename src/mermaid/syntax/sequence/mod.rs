//! Sequence diagrams as written.

pub(crate) mod arrow;
pub(crate) mod parse;
pub(crate) mod token;
pub(crate) mod tree;
