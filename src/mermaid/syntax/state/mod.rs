//! State diagrams as written.
