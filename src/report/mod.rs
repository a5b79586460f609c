//! What people and programs read: one renderer per output.

pub mod what_if;
