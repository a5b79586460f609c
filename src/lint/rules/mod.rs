//! One file a rule, in folders by what they look at.

pub(crate) mod behaviour;
pub(crate) mod cluster;
pub(crate) mod config;
pub(crate) mod diagram;
pub(crate) mod document;
pub(crate) mod gist;
