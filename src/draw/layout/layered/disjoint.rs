//! Sets that are joined and never taken apart (union-find, with paths halved).

/// Sets of the numbers below a limit; at first each is alone.
#[derive(Debug)]
pub(super) struct Sets {
    leader: Vec<usize>,
}

impl Sets {
    pub(super) fn new(n: usize) -> Self {
        Self { leader: (0..n).collect() }
    }

    /// The number that stands for the set of `at`.
    pub(super) fn find(&mut self, mut at: usize) -> usize {
        while self.leader[at] != at {
            self.leader[at] = self.leader[self.leader[at]];
            at = self.leader[at];
        }
        at
    }

    /// Makes one set of the sets of both numbers; true when they were two.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        self.leader[b] = a;
        a != b
    }
}
