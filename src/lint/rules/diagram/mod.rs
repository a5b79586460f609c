//! Rules about one diagram, without asking what it is about.

pub(crate) mod activation_never_ends;
pub(crate) mod duplicate_edge;
pub(crate) mod empty_diagram;
pub(crate) mod isolated_node;
pub(crate) mod newer_meaning;
pub(crate) mod newer_syntax;
pub(crate) mod no_initial_state;
pub(crate) mod style_of_unknown_node;
pub(crate) mod swallowed_line;
pub(crate) mod syntax;
pub(crate) mod text_too_long;
pub(crate) mod too_many_edges;
pub(crate) mod too_many_nodes;
pub(crate) mod undeclared_participant;
pub(crate) mod undefined_class;
pub(crate) mod unformatted;
pub(crate) mod unknown_diagram;
pub(crate) mod unlabelled_branch;
pub(crate) mod unreachable_state;
pub(crate) mod unused_class_def;
