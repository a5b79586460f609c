//! How a page says that it is dark.

use std::fmt;

/// The longest list of selectors, bytes.
const MAX_LEN: usize = 200;

/// A list of CSS selectors that match an element around a drawing, such as `[data-theme=dark], .dark`; it may be empty.
///
/// It holds what selectors by name, id, class, attribute and position need and nothing that could end a rule or a style
/// element.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selectors(String);

impl Selectors {
    /// Reads a list of selectors.
    ///
    /// # Errors
    /// Why it cannot stand in a drawing.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let text = text.trim();
        if text.len() > MAX_LEN {
            return Err(SelectorError::Long);
        }
        // What is open: a quote, a bracket.
        let mut open: Vec<char> = Vec::new();
        let mut is_empty = true;
        for c in text.chars() {
            if !(c.is_ascii_alphanumeric() || " -_.#:*,+~=^$|\"'()[]".contains(c)) {
                return Err(SelectorError::Character(c));
            }
            if let Some(quote @ ('"' | '\'')) = open.last().copied() {
                if c == quote {
                    open.pop();
                }
                continue;
            }
            match c {
                '"' | '\'' | '(' | '[' => open.push(c),
                ')' | ']' => {
                    let opener = if c == ')' { '(' } else { '[' };
                    if open.pop() != Some(opener) {
                        return Err(SelectorError::Unbalanced);
                    }
                }
                ',' if is_empty => return Err(SelectorError::Empty),
                ',' if open.is_empty() => {
                    is_empty = true;
                    continue;
                }
                _ => {}
            }
            is_empty = is_empty && c == ' ';
        }
        if !open.is_empty() {
            Err(SelectorError::Unbalanced)
        } else if is_empty {
            Err(SelectorError::Empty)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// True when there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Selectors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no list of selectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SelectorError {
    /// One of them is empty.
    #[error("a selector is empty")]
    Empty,
    /// A bracket or a quote has no partner.
    #[error("a bracket or a quote is not closed")]
    Unbalanced,
    /// A character that has no place there.
    #[error("`{0}` has no place in it")]
    Character(char),
    /// It is too long.
    #[error("it is longer than {MAX_LEN} characters")]
    Long,
}

/// The switch of a site between light and dark, for drawings that stand in its pages.
///
/// Without selectors a drawing follows what a reader's system asks for. With one for the dark only, it is dark where that
/// matches and light elsewhere. With both it follows the system where neither matches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Switch {
    /// Where the page is dark.
    pub dark: Selectors,
    /// Where the page is light.
    pub light: Selectors,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_cannot_leave_their_rule() {
        let table = [
            ("[data-theme=dark]", Ok(())),
            (" html.dark, :root[data-mode=\"dark\"] ", Ok(())),
            ("body:not(.light)", Ok(())),
            ("", Err(SelectorError::Empty)),
            (".a,,.b", Err(SelectorError::Empty)),
            (".a,", Err(SelectorError::Empty)),
            (".a{}", Err(SelectorError::Character('{'))),
            ("</style>", Err(SelectorError::Character('<'))),
            (".a;", Err(SelectorError::Character(';'))),
            ("a\\62", Err(SelectorError::Character('\\'))),
            (".a/*", Err(SelectorError::Character('/'))),
            ("@media", Err(SelectorError::Character('@'))),
            ("[a=\"b]", Err(SelectorError::Unbalanced)),
            (".a)", Err(SelectorError::Unbalanced)),
            (":is(.a", Err(SelectorError::Unbalanced)),
            ("a\n\nb", Err(SelectorError::Character('\n'))),
        ];
        for (text, expected) in table {
            assert_eq!(Selectors::parse(text).map(|_| ()), expected, "{text:?}");
        }
        assert_eq!(Selectors::parse(&"a".repeat(201)), Err(SelectorError::Long));
    }
}
