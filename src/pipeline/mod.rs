//! Composes the rooms below: a file to what it says, a set of files to findings.
//!
//! Everything here is a pure function of its arguments. Not here: reading of files (`host`), and anything that one of
//! the rooms could do alone.

pub mod drawing;
pub mod embed;
pub mod file;
pub mod fix;
pub mod format;
pub mod gist;
pub mod gist_plan;
pub mod lab;
pub mod preview;
pub mod publish;
pub mod set;
pub mod settings;
