//! Names that are defined twice.

use crate::base::text::Span;

/// A name that two places define differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redefinition {
    /// The name.
    pub id: String,
    /// What about it differs.
    pub difference: Difference,
    /// The definition that readers do not see.
    pub lost: Span,
    /// The one that they do.
    pub kept: Span,
}

/// What two definitions of a name disagree about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The label: the one that is lost, and the one that is kept. The last one wins.
    Label(Span, Span),
    /// The shape of a node, and nothing else. The last one wins.
    Shape,
    /// Whether a participant is drawn as a box or as a person. The first one wins.
    Role {
        /// The word that is ignored, `actor` or `participant`.
        ignored: &'static str,
        /// The participant was only used before, and not declared.
        was_used: bool,
    },
}
