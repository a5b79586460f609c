//! Where a file that left a post is found.

use thiserror::Error;

/// The address of any file that leaves: a URL with `{post}` and `{file}` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPattern(String);

/// Why a text is no pattern for links.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LinkPatternError {
    /// It does not start with `https://` or `http://`.
    #[error("it does not start with `https://`")]
    NoUrl,
    /// A character that no URL holds.
    #[error("no URL holds {0:?}")]
    Character(char),
    /// Nothing in it tells one file from another.
    #[error("it names the same address for every file")]
    NoFile,
}

impl LinkPattern {
    /// The pattern that `text` is.
    ///
    /// # Errors
    /// [`LinkPatternError`] when it could not stand in a comment or a link, or leads to one place only.
    pub fn new(text: &str) -> Result<Self, LinkPatternError> {
        if !text.starts_with("https://") && !text.starts_with("http://") {
            return Err(LinkPatternError::NoUrl);
        }
        if let Some(c) = text.chars().find(|c| !may_stand_in_a_link(*c) && !matches!(c, '{' | '}')) {
            return Err(LinkPatternError::Character(c));
        }
        if !text.contains("{file}") {
            return Err(LinkPatternError::NoFile);
        }
        Ok(Self(text.to_owned()))
    }

    /// The address of `file` of the folder `post`, both names as [`super::plan`] makes them: a URL holds them as they are.
    pub fn address(&self, post: &str, file: &str) -> String {
        self.0.replace("{post}", post).replace("{file}", file)
    }
}

fn may_stand_in_a_link(c: char) -> bool {
    let ends_a_link = matches!(
        c,
        '<' | '>' | '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '{' | '}' | '\\' | '|' | '^' | '*'
    );
    !(c.is_whitespace() || c.is_control() || ends_a_link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_an_address_for_each_file() {
        let pattern = LinkPattern::new("https://example.net/{post}/{file}?raw").unwrap();
        assert_eq!(pattern.address("attic", "a.conf"), "https://example.net/attic/a.conf?raw");
        let table = [
            ("gists/{file}", LinkPatternError::NoUrl),
            ("https://example.net/{file} ", LinkPatternError::Character(' ')),
            ("https://example.net/{file}-->", LinkPatternError::Character('>')),
            ("https://example.net/x", LinkPatternError::NoFile),
        ];
        for (text, expected) in table {
            assert_eq!(LinkPattern::new(text), Err(expected), "{text}");
        }
    }
}
