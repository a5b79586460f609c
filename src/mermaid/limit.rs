//! Limits: those of Mermaid that a diagram exceeds, and Merrow's own, which keep any input cheap.

/// How much of a diagram is built; what an author may change in `merrow.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Nodes, states or participants of one diagram. Behind the statement that exceeds it nothing is built.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nodes: 100_000 }
    }
}

impl Limits {
    /// Edges of one flowchart that are built, in statement order; the others are only counted.
    ///
    /// Four for each node: a planar drawing has fewer than three, and what authors write has less than two.
    pub const fn edges(self) -> usize {
        self.nodes.saturating_mul(4)
    }
}

/// Edges of one flowchart that Merrow builds of groups joined by `&`, beyond one for each node of the larger group.
///
/// Groups multiply: a line of 100 KB can ask for 100 million edges.
pub const MAX_MULTIPLIED_EDGES: usize = 20_000;

/// Bytes that the statements of one diagram may copy to the many things that they speak of, such as a class name to each
/// id of `class a,b,c name`. What would be copied above it is left out.
///
/// Far above what any drawing can show, and low enough for any machine.
pub const MAX_COPIED_BYTES: usize = 32 << 20;

/// Collections inside collections that Merrow follows in a diagram's YAML.
pub const MAX_YAML_DEPTH: usize = 64;

/// A limit that a diagram exceeds. It is no mistake of syntax: the diagram is read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A flowchart with more edges than Mermaid draws.
    Edges {
        /// The edges that its text asks for; the highest number when they are still more.
        n_edges: usize,
        /// How many of them were built, the first ones.
        n_built: usize,
        /// How many Mermaid draws.
        max: usize,
    },
    /// A text that is longer than what Mermaid draws.
    Text {
        /// Its length in UTF-16 units.
        n_units: usize,
        /// The length that Mermaid draws.
        max: usize,
    },
    /// More nodes, states or participants than [`Limits::nodes`]; the rest of the diagram was not built.
    Nodes {
        /// How many are built.
        max: usize,
    },
}
