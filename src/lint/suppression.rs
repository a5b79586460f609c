//! A comment that allows findings, and what became of it.
//!
//! Not here: how such a comment is found and applied (`suppress`).

use crate::base::text::{Place, Span};

/// A comment that allows findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The comment.
    pub place: Place,
    /// The rules it names, as written.
    pub allowed: Vec<Allowed>,
    /// The bytes of the file for which it speaks.
    pub scope: Span,
}

/// A name in such a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// As written.
    pub name: String,
    /// Where.
    pub span: Span,
}

/// What became of an allowed name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A finding was left out for its sake.
    Used,
    /// There was nothing to leave out.
    Unused,
    /// The rule is switched off, so nobody knows.
    Off,
    /// No rule has the name; the nearest one that a rule has.
    Unknown(Option<&'static str>),
}
