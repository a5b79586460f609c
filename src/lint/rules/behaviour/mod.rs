//! Rules about what documents say that a cluster does.

pub(crate) mod error_left_by_itself;
pub(crate) mod freeze_on_failure;
pub(crate) mod memory_copied_after_failure;
pub(crate) mod quorum_scenario;
pub(crate) mod same_scenario;
pub(crate) mod unknown_ha_state;
