//! Limits: Mermaid's, which belong to a version of it, and Merrow's own, which keep any input cheap.

/// Edges that Mermaid draws in a flowchart before it refuses the diagram (mermaid 12, `maxEdges`).
pub const MAX_EDGES: usize = 500;

/// Subgraphs inside subgraphs that Merrow follows.
pub const MAX_NESTING: usize = 128;

/// Collections inside collections that Merrow follows in a diagram's YAML.
pub const MAX_YAML_DEPTH: usize = 64;
