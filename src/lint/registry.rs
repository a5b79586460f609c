//! The list of all rules.

use crate::base::similar;

use super::rule::Rule;
use super::rules::{diagram, document};

/// All rules, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &document::unclosed_fence::UNCLOSED_FENCE,
    &document::front_matter::FRONT_MATTER,
    &document::gist_link_placeholder::GIST_LINK_PLACEHOLDER,
    &document::unknown_suppression::UNKNOWN_SUPPRESSION,
    &document::unused_suppression::UNUSED_SUPPRESSION,
    &diagram::syntax::SYNTAX,
    &diagram::unknown_diagram::UNKNOWN_DIAGRAM,
    &diagram::isolated_node::ISOLATED_NODE,
    &diagram::undeclared_participant::UNDECLARED_PARTICIPANT,
    &diagram::style_of_unknown_node::STYLE_OF_UNKNOWN_NODE,
    &diagram::unlabelled_branch::UNLABELLED_BRANCH,
    &diagram::no_initial_state::NO_INITIAL_STATE,
    &diagram::unreachable_state::UNREACHABLE_STATE,
    &diagram::activation_never_ends::ACTIVATION_NEVER_ENDS,
    &diagram::duplicate_edge::DUPLICATE_EDGE,
    &diagram::unused_class_def::UNUSED_CLASS_DEF,
    &diagram::empty_diagram::EMPTY_DIAGRAM,
];

/// The rule with this name or, in either case, this code.
pub fn find(name_or_code: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.meta.name == name_or_code || rule.meta.code.eq_ignore_ascii_case(name_or_code))
}

/// The name of the rule that a name unknown to [`find`] was probably meant to be.
pub fn nearest(name: &str) -> Option<&'static str> {
    similar::nearest(name, RULES.iter().map(|rule| rule.meta.name))
}
