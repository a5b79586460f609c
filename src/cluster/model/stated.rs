//! A fact and who states it.

use std::collections::BTreeSet;
use std::fmt::Display;

use crate::base::text::Place;

/// A fact as documents state it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Stated<T> {
    /// Nobody says.
    #[default]
    Unstated,
    /// All sources say the same; at least one source.
    Agreed(T, Vec<Place>),
    /// Sources differ: each value with its place, in order of statement, at least two values.
    Disputed(Vec<(T, Place)>),
}

impl<T: PartialEq + Clone> Stated<T> {
    /// Adds what one more place says.
    pub fn state(&mut self, value: T, place: Place) {
        match self {
            Self::Unstated => *self = Self::Agreed(value, vec![place]),
            Self::Agreed(agreed, places) if *agreed == value => places.push(place),
            Self::Agreed(agreed, places) => {
                let mut values: Vec<(T, Place)> =
                    places.iter().map(|place| (agreed.clone(), *place)).collect();
                values.push((value, place));
                *self = Self::Disputed(values);
            }
            Self::Disputed(values) => values.push((value, place)),
        }
    }

    /// The value that all sources agree on.
    pub fn agreed(&self) -> Option<&T> {
        match self {
            Self::Agreed(value, _) => Some(value),
            Self::Unstated | Self::Disputed(_) => None,
        }
    }

    /// Every stated value with its place, in order of statement.
    pub fn values(&self) -> Vec<(&T, Place)> {
        match self {
            Self::Unstated => Vec::new(),
            Self::Agreed(value, places) => places.iter().map(|place| (value, *place)).collect(),
            Self::Disputed(values) => values.iter().map(|(value, place)| (value, *place)).collect(),
        }
    }

    /// The first place that states the fact.
    pub fn place(&self) -> Option<Place> {
        self.values().first().map(|(_, place)| *place)
    }

    /// The dispute about this fact, if there is one: `fact` of `subject`.
    pub fn dispute(&self, subject: &str, fact: &'static str) -> Option<Dispute>
    where
        T: Display,
    {
        let Self::Disputed(values) = self else { return None };
        let values = values.iter().map(|(value, place)| (value.to_string(), *place)).collect();
        Some(Dispute { subject: subject.to_owned(), fact, values })
    }
}

/// Two or more places that state one fact differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Whose fact it is, such as `Node 1`.
    pub subject: String,
    /// What fact, as a noun, such as `address`.
    pub fact: &'static str,
    /// Each value with its place, in order of statement.
    pub values: Vec<(String, Place)>,
}

impl Dispute {
    /// The different values, each with the first place that states it, in order of statement.
    pub fn distinct(&self) -> Vec<&(String, Place)> {
        let mut seen = BTreeSet::new();
        self.values.iter().filter(|(value, _)| seen.insert(value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::{FileId, Span};

    fn at(offset: u32) -> Place {
        Place::new(FileId(0), Span::at(offset))
    }

    #[test]
    fn sources_agree_until_one_differs() {
        let mut votes = Stated::default();
        votes.state(1, at(0));
        votes.state(1, at(5));
        assert_eq!(votes.agreed(), Some(&1));
        votes.state(2, at(9));
        assert_eq!(votes.agreed(), None);
        let dispute = votes.dispute("Node 1", "number of votes").expect("two values");
        assert_eq!(dispute.values.len(), 3);
        assert_eq!(
            dispute.distinct().iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>(),
            ["1", "2"]
        );
    }
}
