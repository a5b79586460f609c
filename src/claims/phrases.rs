//! Phrases that are looked for together.

use super::words::{Words, initial_of};

/// Phrases, each with what it stands for, by their first letters: a text is compared with the few that may begin at a
/// word of it, however many there are.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    by_initial: Vec<Vec<Phrase<T>>>,
}

/// A phrase of a table.
#[derive(Debug, Clone)]
pub struct Phrase<T> {
    /// Its words in lower case, at least one; `#` stands for a number.
    pub words: Box<[Box<str>]>,
    /// What it stands for.
    pub meaning: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_initial: Vec::new() }
    }
}

impl<T> Phrases<T> {
    /// The table of `phrases`: words in lower case, separated by blanks.
    pub fn of<'a>(phrases: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut by_initial: Vec<Vec<Phrase<T>>> = Vec::new();
        for (text, meaning) in phrases {
            let initial = initial_of(text);
            if by_initial.len() <= initial {
                by_initial.resize_with(initial + 1, Vec::new);
            }
            let words = text.split(' ').map(Into::into).collect();
            by_initial[initial].push(Phrase { words, meaning });
        }
        Self { by_initial }
    }

    /// The phrases whose words stand at `start`, in the order of the table but those that start with `#` last.
    pub fn at<'a>(&'a self, words: &'a Words, start: usize) -> impl Iterator<Item = &'a Phrase<T>> {
        let word = words.get(start);
        let starting = |initial: usize| self.by_initial.get(initial).map(Vec::as_slice).unwrap_or_default();
        let numbers = if word.starts_with(|c: char| c.is_ascii_digit()) {
            starting(initial_of("#"))
        } else {
            Default::default()
        };
        starting(initial_of(word))
            .iter()
            .chain(numbers)
            .filter(move |phrase| words.stand_at(start, phrase.words.iter().map(|word| &**word)))
    }

    /// True when one of the phrases occurs in the text.
    pub fn occur_in(&self, words: &Words) -> bool {
        (0..words.len()).any(|start| self.at(words, start).next().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phrase_is_found_where_it_stands() {
        let table = Phrases::of([("vm", 1), ("vm disk", 2), ("# node", 3), ("3 node", 4), ("\u{e4}st", 5)]);
        let cases: [(&str, &[i32]); 5] = [
            ("The VM disks", &[1, 2]),
            ("3 nodes", &[4, 3]),
            ("two nodes", &[]),
            ("vmware", &[]),
            ("\u{e4}st 4 node", &[5, 3]),
        ];
        for (text, expected) in cases {
            let words = Words::of(text);
            let found: Vec<i32> =
                (0..words.len()).flat_map(|at| table.at(&words, at)).map(|phrase| phrase.meaning).collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(table.occur_in(&words), !expected.is_empty(), "{text}");
        }
    }
}
