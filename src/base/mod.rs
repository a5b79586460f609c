//! What every room stands on: positions in files, text that remembers where it came from, and findings.
//!
//! Not here: anything that knows Markdown, Mermaid or clusters; any I/O.

pub mod diagnostic;
pub mod edit;
pub mod margin;
pub mod markup;
pub mod offset_map;
pub mod similar;
pub mod slug;
pub mod text;
