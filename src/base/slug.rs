//! Names for files, out of names for people.

/// The words of `text` in lower case with hyphens between them: letters and digits of ASCII only, so that the result is a
/// file name everywhere and a part of a URL as it is. Empty when `text` has none.
///
/// At most 60 characters, cut between words where that is possible.
pub fn slug(text: &str) -> String {
    const MAX: usize = 60;
    let mut slug = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !slug.is_empty() {
            if slug.len() + 1 + word.len() > MAX {
                break;
            }
            slug.push('-');
        }
        slug.extend(word.chars().take(MAX).map(|c| c.to_ascii_lowercase()));
    }
    slug
}

/// `name`, or `name-2`, `name-3` and so on: the first that `is_taken` does not know.
pub fn unique(name: &str, mut is_taken: impl FnMut(&str) -> bool) -> String {
    if !is_taken(name) {
        return name.to_owned();
    }
    let mut number = 2_u32;
    loop {
        let candidate = format!("{name}-{number}");
        if !is_taken(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_a_file_name() {
        let table = [
            ("Quorum and Voting", "quorum-and-voting"),
            ("  `vmbr0` -- 10.0.0.0/24! ", "vmbr0-10-0-0-0-24"),
            ("Über 9", "ber-9"),
            ("../../etc", "etc"),
            ("日本", ""),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(slug(text), expected, "{text}");
        }
        assert_eq!(slug(&"word ".repeat(40)).len(), 59);
        assert_eq!(slug(&"x".repeat(99)).len(), 60);
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let taken = ["a", "a-2"];
        assert_eq!(unique("a", |name| taken.contains(&name)), "a-3");
        assert_eq!(unique("b", |name| taken.contains(&name)), "b");
    }
}
