//! Moves oversized blocks of code and configuration out of posts: what leaves, what stays, and under which name.
//!
//! Everything here plans, as values: [`plan`] says which bytes leave a post and which edit of the post that makes,
//! [`ledger`] what was moved before. *Nothing is retyped*: what leaves is what stands in the block, and what stays are whole
//! units of it.
//!
//! Not here: writing files (`host`), and what a line of configuration means (`claims`): which lines matter is given.

mod excerpt;
mod file_name;
mod language;
pub mod ledger;
pub mod link;
pub mod plan;
mod scanner;
pub mod secrets;
pub mod shelf;
pub mod thresholds;
mod unit;
