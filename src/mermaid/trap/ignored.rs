//! Statements that a composite state has no use for.

use crate::base::text::Span;

/// A statement that does inside a composite not what it does at top level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredStatement {
    /// The statement.
    pub statement: Span,
    /// The word that it begins with, as written, or `:::`.
    pub keyword: String,
    /// The composite around it, by its name.
    pub composite: Span,
    /// What becomes of it.
    pub fate: Fate,
    /// The start of the outermost composite around it, when the statement is alone on its line and would work above it.
    pub top_level: Option<Span>,
}

/// What becomes of a statement that does not do what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Nothing,
    /// Each of its words is drawn as a state.
    States,
}
