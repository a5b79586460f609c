//! From which size on a block leaves its post, and how much of it stays: the options of this room.

use super::link::LinkPattern;

/// The options of this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// Blocks with as many lines or more leave; at least [`Self::LEAST_LINES`] are in force.
    pub lines: usize,
    /// At most as many lines of such a block stay, its link and the empty line above that not counted.
    pub keep: usize,
    /// The address of a file that left; without one the post names the path from its own folder.
    pub url: Option<LinkPattern>,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { lines: 56, keep: 20, url: None }
    }
}

impl Thresholds {
    /// What stays must be smaller than what leaves, or it would leave again.
    pub const LEAST_LINES: usize = 8;

    /// The lines that are added to those that stay: an empty one and the link.
    const ADDED_LINES: usize = 2;

    /// True when a block with so many lines leaves its post.
    pub fn is_oversized(&self, n_lines: usize) -> bool {
        n_lines >= self.lines.max(Self::LEAST_LINES)
    }

    /// The lines of a block that may stay: [`Self::keep`], or fewer where the block would be oversized again.
    pub fn n_kept(&self) -> usize {
        let most = self.lines.max(Self::LEAST_LINES) - Self::ADDED_LINES - 1;
        self.keep.min(most)
    }
}
