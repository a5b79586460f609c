//! Limits: Mermaid's, which belong to a version of it, and Merrow's own, which keep any input cheap.

/// Edges that Mermaid draws in a flowchart before it refuses the diagram (mermaid 12, `maxEdges`).
pub const MAX_EDGES: usize = 500;

/// Edges that Merrow builds of one flowchart, in statement order; the others are only counted.
///
/// Groups joined by `&` multiply: a line of 100 KB can ask for 100 million edges.
pub const MAX_EDGES_BUILT: usize = 20_000;

/// Bytes that the statements of one diagram may copy to the many things that they speak of, such as a class name to each
/// id of `class a,b,c name`. What would be copied above it is left out.
///
/// Far above what any drawing can show, and low enough for any machine.
pub const MAX_COPIED_BYTES: usize = 32 << 20;

/// Collections inside collections that Merrow follows in a diagram's YAML.
pub const MAX_YAML_DEPTH: usize = 64;

/// A limit of Mermaid's that a diagram exceeds. It is no mistake of syntax: the diagram is read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A flowchart with more edges than [`MAX_EDGES`].
    Edges {
        /// The edges that its text asks for; the highest number when they are still more.
        n_edges: usize,
        /// How many of them were built, the first ones: at most [`MAX_EDGES_BUILT`].
        n_built: usize,
    },
}
