//! The words of a label, and the addresses and counts in it.

use std::net::IpAddr;
use std::ops::Range;

use ipnet::IpNet;

/// The words of a text in lower case, each with its range in the text.
///
/// A word is a run of letters or a run of digits, so that `Node1` and `Node 1` read alike.
#[derive(Debug, Clone)]
pub struct Words {
    lower: String,
    ranges: Vec<Range<usize>>,
    /// Bit `n` is set when a word begins with the character whose [`initial_of`] is `n`: most phrases that are looked
    /// for begin with none of them.
    initials: u128,
}

/// A number below 128 for what a word or phrase begins with; all that is not ASCII shares one.
pub(crate) fn initial_of(text: &str) -> usize {
    text.bytes().next().filter(u8::is_ascii).map_or(0, usize::from)
}

impl Words {
    /// The words of a label or a sentence.
    pub fn of(text: &str) -> Self {
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(text.len() / 4 + 1);
        let mut previous: Option<Class> = None;
        for (at, c) in text.char_indices() {
            let class = Class::of(c);
            let end = at + c.len_utf8();
            match (class, ranges.last_mut()) {
                (Some(_), Some(last)) if class == previous => last.end = end,
                (Some(_), _) => ranges.push(at..end),
                (None, _) => {}
            }
            previous = class;
        }
        Self::at(ranges, text.to_ascii_lowercase())
    }

    /// The words of an identifier, which is also split where its case changes: `HAManager`, `CephMon1`.
    pub fn of_identifier(id: &str) -> Self {
        let whole = Self::of(id);
        let mut ranges = Vec::with_capacity(whole.ranges.len());
        for range in &whole.ranges {
            split_at_case_changes(id, range.clone(), &mut ranges);
        }
        Self::at(ranges, whole.lower)
    }

    fn at(ranges: Vec<Range<usize>>, lower: String) -> Self {
        let initials =
            ranges.iter().fold(0, |initials, range| initials | 1 << initial_of(&lower[range.clone()]));
        Self { lower, ranges, initials }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// True without a word.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The word at `index`, empty past the end.
    pub fn get(&self, index: usize) -> &str {
        self.ranges.get(index).map_or("", |range| &self.lower[range.clone()])
    }

    /// The words in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.ranges.iter().map(|range| &self.lower[range.clone()])
    }

    /// Number of words that start before the byte `end` of the text.
    pub fn count_before(&self, end: usize) -> usize {
        self.ranges.partition_point(|range| range.start < end)
    }

    /// The range in the text of the word at `index`.
    pub fn range(&self, index: usize) -> Range<usize> {
        self.ranges[index].clone()
    }

    /// Index of the first place where the words of `phrase`, separated by blanks, stand one after the other.
    ///
    /// A word of the phrase also matches its plural; `#` matches any number.
    pub fn find(&self, phrase: &str) -> Option<usize> {
        if phrase.starts_with('#') {
            return (0..self.len()).find(|&start| self.stand_at(start, phrase.split(' ')));
        }
        let initial = initial_of(phrase);
        if self.initials & (1 << initial) == 0 {
            return None;
        }
        (0..self.len())
            .find(|&start| initial_of(self.get(start)) == initial && self.stand_at(start, phrase.split(' ')))
    }

    /// True when the words of a phrase stand at `start`.
    pub(crate) fn stand_at<'p>(&self, start: usize, phrase: impl Iterator<Item = &'p str>) -> bool {
        phrase.enumerate().all(|(nth, word)| same_word(self.get(start + nth), word))
    }

    /// True when one of the phrases occurs.
    pub fn has_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.find(phrase).is_some())
    }

    /// The number that the word at `index` is: digits, or `one` to `ten`.
    pub fn number(&self, index: usize) -> Option<u32> {
        const SPELLED: [&str; 11] =
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let word = self.get(index);
        word.parse().ok().or_else(|| SPELLED.iter().position(|spelled| *spelled == word).map(|n| n as u32))
    }
}

/// `word` is `wanted` or its plural; `#` wants a number.
fn same_word(word: &str, wanted: &str) -> bool {
    if wanted == "#" {
        return word.starts_with(|c: char| c.is_ascii_digit());
    }
    match word.strip_prefix(wanted) {
        Some(rest) => rest.is_empty() || (rest == "s" && wanted.len() > 1),
        None => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
}

impl Class {
    fn of(c: char) -> Option<Self> {
        match c {
            'a'..='z' | 'A'..='Z' => Some(Self::Letter),
            '0'..='9' => Some(Self::Digit),
            _ if !c.is_ascii() && c.is_alphabetic() => Some(Self::Letter),
            _ => None,
        }
    }
}

/// Splits `id[range]` before an upper-case letter that follows a lower-case one, and before the last upper-case letter
/// of a run that a lower-case one follows, unless that is a plural's `s` (`VMs`).
fn split_at_case_changes(id: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let chars: Vec<(usize, char)> =
        id[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)).collect();
    let mut start = range.start;
    for nth in 1..chars.len() {
        let (before, here) = (chars[nth - 1].1, chars[nth].1);
        let after = chars.get(nth + 1).map(|c| c.1);
        let plural = after == Some('s') && nth + 2 == chars.len();
        let boundary = here.is_uppercase()
            && (before.is_lowercase()
                || (before.is_uppercase() && after.is_some_and(char::is_lowercase) && !plural));
        if boundary {
            out.push(start..chars[nth].0);
            start = chars[nth].0;
        }
    }
    out.push(start..range.end);
}

/// The IP addresses of a text, each with its range; an address with a prefix length is a network and not listed.
pub fn addresses(text: &str) -> Vec<(IpAddr, Range<usize>)> {
    let parse = |range: Range<usize>| {
        let token = &text[range.clone()];
        let address = if token.contains(['.', ':']) { token.parse().ok() } else { None };
        Some((address?, range))
    };
    tokens(text).filter_map(parse).collect()
}

/// The networks of a text in CIDR form, host bits cleared, each with its range.
pub fn networks(text: &str) -> Vec<(IpNet, Range<usize>)> {
    if !text.contains('/') {
        return Vec::new();
    }
    tokens(text)
        .filter_map(|range| {
            let network: IpNet = text[range.clone()].parse().ok()?;
            Some((network.trunc(), range))
        })
        .collect()
}

/// The maximal runs of characters that addresses are made of, without punctuation at their ends.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_part = |b: &u8| b.is_ascii_hexdigit() || matches!(b, b'.' | b':' | b'/');
    let mut at = 0;
    std::iter::from_fn(move || {
        // Only ASCII is looked for, so that what is found starts and ends between characters.
        let rest = text.as_bytes().get(at..)?;
        let start = at + rest.iter().position(is_part)?;
        let len = text.as_bytes()[start..].iter().position(|b| !is_part(b)).unwrap_or(text.len() - start);
        at = start + len;
        let word = &text[start..start + len];
        let end = start + word.trim_end_matches(['.', ':', '/']).len();
        Some(start..end.max(start))
    })
    // A letter or digit right before means that the run is the tail of another word.
    .filter(move |range| !text[..range.start].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Words::of(text).iter().map(str::to_owned).collect()
    }

    fn identifier(id: &str) -> Vec<String> {
        Words::of_identifier(id).iter().map(str::to_owned).collect()
    }

    #[test]
    fn words_split_at_digits_and_punctuation() {
        assert_eq!(words("Proxmox Node1 (pve-1)"), ["proxmox", "node", "1", "pve", "1"]);
        assert_eq!(words("S2: 1 node down ✓"), ["s", "2", "1", "node", "down"]);
    }

    #[test]
    fn identifiers_split_at_case_too() {
        assert_eq!(identifier("HAManager"), ["ha", "manager"]);
        assert_eq!(identifier("CephMon1"), ["ceph", "mon", "1"]);
        assert_eq!(identifier("IPMI"), ["ipmi"]);
        assert_eq!(identifier("runningVMs"), ["running", "vms"]);
    }

    #[test]
    fn phrases_match_plurals_in_order() {
        let words = Words::of("Two Ceph Monitors");
        assert_eq!(words.find("ceph monitor"), Some(1));
        assert_eq!(words.find("monitor ceph"), None);
        assert_eq!(words.number(0), Some(2));
    }

    #[test]
    fn addresses_and_networks_are_told_apart() {
        let text = "pve1: 10.0.0.1, net 10.0.0.5/24, v6 fd00::1, version 1.2.3, mac-of-10";
        assert_eq!(
            addresses(text).iter().map(|(a, _)| a.to_string()).collect::<Vec<_>>(),
            ["10.0.0.1", "fd00::1"]
        );
        assert_eq!(networks(text)[0].0.to_string(), "10.0.0.0/24");
        assert_eq!(&text[addresses(text)[0].1.clone()], "10.0.0.1");
    }
}
