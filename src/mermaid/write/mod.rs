//! From a diagram to Mermaid's text: one canonical spelling of what a diagram means.
//!
//! Law: reading what [`write()`] makes of a diagram gives the diagram again, apart from its places. Of texts it keeps what
//! a reader sees: a line break is written `<br/>`, and a text is quoted however it was written before. What Mermaid
//! itself forgets while it reads (the name of a function that a `click` calls, the edges above
//! [`Limits::edges`](crate::mermaid::limit::Limits::edges)) cannot be written. Configuration and comments are no
//! part of a diagram.
//!
//! Not here: the author's own layout of a text; an edit of a post replaces what changes and nothing else.

mod flowchart;
mod lines;
mod text;

use super::diagram::flowchart::Flowchart;

/// Returns the canonical Mermaid text of a flowchart; it ends with a newline.
///
/// Ids must be ids of Mermaid, as those of every diagram that was read are: nothing can be written instead of another id.
pub fn flowchart(chart: &Flowchart) -> String {
    flowchart::write(chart)
}
