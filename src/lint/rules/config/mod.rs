//! Rules about configuration and commands, without asking which cluster they are about.

pub(crate) mod config_syntax;
pub(crate) mod pvecm_options;
