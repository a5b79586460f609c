//! Where everything of a diagram goes.

pub mod cells;
mod chart;
mod fit;
pub mod flowchart;
pub mod layered;
pub mod sequence;
pub mod state;
