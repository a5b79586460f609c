//! How a cluster behaves, without a cluster: time and events come in, states come out, nothing is read or written.

pub mod quorum;
pub mod what_if;
