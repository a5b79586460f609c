//! Views: diagrams drawn from a cluster instead of by hand.
//!
//! A view holds what the cluster states and all sources agree on, in the words by which `claims` recognises things, so
//! that the diagram is checked like any other. What the sources dispute is left out and told ([`View::left_out`]). Votes
//! and quorum are never computed here: `cluster::simulate` is asked.
//!
//! Not here: Mermaid's text (`mermaid::write`), and where the cluster comes from.

pub mod architecture;
mod names;
pub mod quorum;
mod sketch;
mod view;

pub use view::{LeftOut, NothingToDraw, View};
