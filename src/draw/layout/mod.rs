//! Where everything of a diagram goes.

pub mod layered;
