//! Where everything of a diagram goes.

mod chart;
pub mod flowchart;
pub mod layered;
pub mod sequence;
pub mod state;
