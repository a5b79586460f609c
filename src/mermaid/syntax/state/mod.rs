//! State diagrams as written.

pub(crate) mod parse;
mod pattern;
pub(crate) mod token;
pub(crate) mod tree;
