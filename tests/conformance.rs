//! Agreement with the real thing.
