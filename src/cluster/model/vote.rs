//! Votes, and how many of them are a majority.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use serde::Serialize;

/// A number of votes. Sums saturate: a configuration may state more votes than fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Votes(pub u32);

impl Votes {
    /// One vote, what a node has unless configured otherwise (`quorum_votes`, corosync.conf(5)).
    pub const ONE: Self = Self(1);

    /// The votes needed when `self` votes are expected: more than half of them, also of none (votequorum(5)).
    pub const fn quorum(self) -> Self {
        Self(self.0 / 2 + 1)
    }

    /// True when twice `self` is exactly `whole`: the tie that a tie breaker decides.
    pub fn is_half_of(self, whole: Self) -> bool {
        u64::from(self.0) * 2 == u64::from(whole.0)
    }

    /// True when `self` is more than half of `whole`.
    pub fn is_majority_of(self, whole: Self) -> bool {
        u64::from(self.0) * 2 > u64::from(whole.0)
    }

    /// The noun that goes with the number: `vote` or `votes`.
    pub const fn noun(self) -> &'static str {
        if self.0 == 1 { "vote" } else { "votes" }
    }
}

impl fmt::Display for Votes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Add for Votes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Votes {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Votes {
    fn sum<I: Iterator<Item = Self>>(votes: I) -> Self {
        votes.fold(Self(0), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quorum_is_more_than_half() {
        let table = [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4), (u32::MAX, 1 << 31)];
        for (expected, quorum) in table {
            assert_eq!(Votes(expected).quorum(), Votes(quorum), "{expected} expected");
        }
    }

    #[test]
    fn sums_do_not_overflow() {
        assert_eq!([Votes(u32::MAX), Votes(1)].into_iter().sum::<Votes>(), Votes(u32::MAX));
        assert!(Votes(u32::MAX).is_majority_of(Votes(u32::MAX)));
        assert!(Votes(2).is_half_of(Votes(4)) && !Votes(2).is_half_of(Votes(5)));
    }
}
