//! Merrow keeps the diagrams in technical writing true.
//!
//! Data flows one way: file text to [`document`] blocks, to [`mermaid`] diagrams and [`cluster`] configuration, to
//! [`claims`], to findings of [`lint`], to a [`report`]. The rooms stand on floors; imports point only downwards
//! (`docs/architecture.md` holds the table, `tests/merrow/architecture.rs` keeps it).
//!
//! Other programs read a diagram with [`parse`]: what is written, statement by statement, each with its place, and what
//! Mermaid would refuse. What the names mean is in [`mermaid::read`].
//!
//! ```
//! use merrow::mermaid::syntax::flowchart::tree::Part;
//!
//! let parse = merrow::parse("flowchart LR\n  Client --> API[Public API]\n  API --> [9]\n");
//! let merrow::Tree::Flowchart(tree) = &parse.tree else { panic!("the header says flowchart") };
//!
//! let ids: Vec<&str> = tree
//!     .parts
//!     .iter()
//!     .filter_map(|part| match part {
//!         Part::Node(node) => Some(parse.text(node.id)),
//!         Part::Link(_) => None,
//!     })
//!     .collect();
//! assert_eq!(ids, ["Client", "API", "API"]);
//!
//! // A statement that cannot be read hides no other one, and has a place in the text.
//! assert_eq!(parse.errors.len(), 1);
//! assert_eq!(parse.errors[0].span.start, 52);
//! ```

pub mod base;
pub mod claims;
pub mod cli;
pub mod cluster;
pub mod document;
pub mod draw;
pub mod generate;
pub mod gist;
pub mod host;
pub mod lint;
pub mod mermaid;
pub mod pipeline;
pub mod report;

pub use mermaid::parse::{Parse, Tree, parse};
