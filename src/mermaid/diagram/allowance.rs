//! What a diagram may still copy: some statements say the same of many things, and their products outgrow any memory.

use crate::mermaid::limit::MAX_COPIED_BYTES;

/// What is left of [`MAX_COPIED_BYTES`].
#[derive(Debug)]
pub(super) struct Allowance {
    n_bytes: usize,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { n_bytes: MAX_COPIED_BYTES }
    }
}

impl Allowance {
    /// Takes the bytes when so many are left.
    pub(super) fn take(&mut self, n_bytes: usize) -> bool {
        match self.n_bytes.checked_sub(n_bytes) {
            Some(left) => {
                self.n_bytes = left;
                true
            }
            None => false,
        }
    }
}
