//! Rules about the file around its diagrams and configuration.

pub(crate) mod front_matter;
pub(crate) mod gist_link_placeholder;
pub(crate) mod unclosed_fence;
pub(crate) mod unknown_remark;
pub(crate) mod unknown_suppression;
pub(crate) mod unused_suppression;
