//! Rules about configuration and commands, without asking which cluster they are about.

pub(crate) mod config_syntax;
pub(crate) mod corosync_refusal;
pub(crate) mod ha_state_request;
pub(crate) mod maxfiles;
pub(crate) mod option_value;
pub(crate) mod pvecm_options;
pub(crate) mod service_id;
