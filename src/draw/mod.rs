//! Drawings of diagrams, without a browser.

pub mod geometry;
pub mod layout;
pub mod measure;
pub mod outline;
pub mod scene;
