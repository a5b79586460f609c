//! Limits: Mermaid's, which belong to a version of it, and Merrow's own, which keep any input cheap.

/// Edges that Mermaid draws in a flowchart before it refuses the diagram (mermaid 12, `maxEdges`).
pub const MAX_EDGES: usize = 500;

/// Collections inside collections that Merrow follows in a diagram's YAML.
pub const MAX_YAML_DEPTH: usize = 64;

/// A limit of Mermaid's that a diagram exceeds. It is no mistake of syntax: the diagram is read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A flowchart with more edges than [`MAX_EDGES`].
    Edges {
        /// Its edges.
        n_edges: usize,
    },
}
