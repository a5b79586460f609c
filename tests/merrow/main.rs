//! Merrow's own tests: stories of the command line, laws over the fixtures, and the order of the house.

mod docs;
mod homelab;
mod judge;
mod registry;
mod rules;
