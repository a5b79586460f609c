//! Mermaid's language: what an author wrote, and what Mermaid understands by it.
//!
//! [`prepare`](mod@prepare) does what Mermaid does before any grammar runs, [`detect`](mod@detect) names the kind,
//! [`syntax`] reads statements into a tree that keeps every span, [`diagram`] resolves names once, for checking and for
//! drawing alike. Nothing here fails: a statement that cannot be read is a [`syntax::SyntaxError`] beside the rest.
//!
//! Not here: Markdown (a diagram arrives as an [`Excerpt`](crate::base::offset_map::Excerpt)), clusters, wording of findings, geometry.

pub mod diagram;
