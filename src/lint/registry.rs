//! The list of all rules.

use crate::base::similar;

use super::rule::Rule;
use super::rules::{behaviour, cluster, config, diagram, document, gist};

/// All rules, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &document::unclosed_fence::UNCLOSED_FENCE,
    &document::front_matter::FRONT_MATTER,
    &document::gist_link_placeholder::GIST_LINK_PLACEHOLDER,
    &document::unknown_suppression::UNKNOWN_SUPPRESSION,
    &document::unused_suppression::UNUSED_SUPPRESSION,
    &document::unknown_remark::UNKNOWN_REMARK,
    &diagram::syntax::SYNTAX,
    &diagram::unknown_diagram::UNKNOWN_DIAGRAM,
    &diagram::isolated_node::ISOLATED_NODE,
    &diagram::undeclared_participant::UNDECLARED_PARTICIPANT,
    &diagram::style_of_unknown_node::STYLE_OF_UNKNOWN_NODE,
    &diagram::undefined_class::UNDEFINED_CLASS,
    &diagram::unlabelled_branch::UNLABELLED_BRANCH,
    &diagram::no_initial_state::NO_INITIAL_STATE,
    &diagram::unreachable_state::UNREACHABLE_STATE,
    &diagram::activation_never_ends::ACTIVATION_NEVER_ENDS,
    &diagram::duplicate_edge::DUPLICATE_EDGE,
    &diagram::unused_class_def::UNUSED_CLASS_DEF,
    &diagram::empty_diagram::EMPTY_DIAGRAM,
    &diagram::too_many_edges::TOO_MANY_EDGES,
    &diagram::swallowed_line::SWALLOWED_LINE,
    &diagram::text_too_long::TEXT_TOO_LONG,
    &diagram::too_many_nodes::TOO_MANY_NODES,
    &diagram::newer_syntax::NEWER_SYNTAX,
    &diagram::newer_meaning::NEWER_MEANING,
    &diagram::taken_for_c4::TAKEN_FOR_C4,
    &diagram::borrowed_target::BORROWED_TARGET,
    &diagram::bare_comment::BARE_COMMENT,
    &diagram::shown_comment::SHOWN_COMMENT,
    &diagram::style_semicolon::STYLE_SEMICOLON,
    &diagram::state_semicolon::STATE_SEMICOLON,
    &diagram::ignored_in_composite::IGNORED_IN_COMPOSITE,
    &diagram::redefinition::REDEFINITION,
    &diagram::cut_text::CUT_TEXT,
    &diagram::activation_of_nobody::ACTIVATION_OF_NOBODY,
    &diagram::unformatted::UNFORMATTED,
    &diagram::low_contrast::LOW_CONTRAST,
    &diagram::unknown_icon::UNKNOWN_ICON,
    &config::config_syntax::CONFIG_SYNTAX,
    &config::pvecm_options::PVECM_OPTIONS,
    &config::ha_state_request::HA_STATE_REQUEST,
    &config::service_id::SERVICE_ID,
    &config::maxfiles::MAXFILES,
    &config::option_value::OPTION_VALUE,
    &config::corosync_refusal::COROSYNC_REFUSAL,
    &gist::secret_in_gist::SECRET_IN_GIST,
    &cluster::address_outside_networks::ADDRESS_OUTSIDE_NETWORKS,
    &cluster::disputed_fact::DISPUTED_FACT,
    &cluster::duplicate_address::DUPLICATE_ADDRESS,
    &cluster::bond_on_two_bridges::BOND_ON_TWO_BRIDGES,
    &cluster::overlapping_subnets::OVERLAPPING_SUBNETS,
    &cluster::qdevice_odd_nodes::QDEVICE_ODD_NODES,
    &cluster::vote_total::VOTE_TOTAL,
    &cluster::quorum_threshold::QUORUM_THRESHOLD,
    &cluster::even_monitors::EVEN_MONITORS,
    &cluster::too_few_osds::TOO_FEW_OSDS,
    &cluster::node_count::NODE_COUNT,
    &behaviour::quorum_scenario::QUORUM_SCENARIO,
    &behaviour::same_scenario::SAME_SCENARIO,
    &behaviour::memory_copied_after_failure::MEMORY_COPIED_AFTER_FAILURE,
    &behaviour::unknown_ha_state::UNKNOWN_HA_STATE,
    &behaviour::freeze_on_failure::FREEZE_ON_FAILURE,
    &behaviour::error_left_by_itself::ERROR_LEFT_BY_ITSELF,
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
