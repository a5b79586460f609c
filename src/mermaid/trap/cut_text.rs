//! `#` inside the texts of a sequence diagram, where it starts a comment.

use crate::base::text::Span;
use crate::mermaid::syntax::character::{entity_width, is_blank, is_space};
use crate::mermaid::syntax::source::{Source, Word};

use super::comment::{Holder, remark_at};
use super::place::{editable, line_end};

/// A text that ends at a `#` although its line goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutText {
    /// What is cut.
    pub holder: Holder,
    /// From the `#` to the end of the line: what nobody sees.
    pub lost: Span,
    /// The same, spelled so that it is seen.
    pub spelled: Spelling,
    /// What is lost is one piece of the file.
    pub is_editable: bool,
}

/// How the lost part would be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelling {
    /// As a text with entities.
    Text(String),
    /// As a colour that needs no `#`.
    Colour(String),
}

/// The trap behind `text`, when a `#` that is no comment's ends it.
///
/// A `#` with neither letter nor digit beside it looks like a remark, and is left to be one.
pub(super) fn find(source: Source<'_>, text: Word, holder: Holder, may_be_colour: bool) -> Option<CutText> {
    let rest = source.text.get(text.end()..)?;
    let comment = rest.trim_start_matches(is_blank);
    if !comment.starts_with('#') {
        return None;
    }
    let at = text.end() + (rest.len() - comment.len());
    let lost = source.text.get(at..line_end(source, at))?.trim_end_matches(is_space);
    let behind = lost.strip_prefix('#')?;
    let before = source.slice(text);
    let is_glued = at == text.end() && before.ends_with(char::is_alphanumeric);
    let is_remark = !is_glued && !behind.starts_with(char::is_alphanumeric);
    if is_remark || remark_at(source, text).is_some() {
        return None;
    }
    let is_colour = may_be_colour && before.chars().all(is_space);
    let colour = if is_colour { colour(lost) } else { None };
    Some(CutText {
        holder,
        lost: source.span(at..at + lost.len()),
        spelled: colour.map_or_else(|| Spelling::Text(spell(lost)), Spelling::Colour),
        is_editable: editable(source, at..at + lost.len()).is_some(),
    })
}

/// `#f96 x` as `rgb(255, 153, 102) x`.
fn colour(lost: &str) -> Option<String> {
    let code = lost.strip_prefix('#')?;
    let width = code.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(code.len());
    let (digits, behind) = code.split_at(width);
    if !(behind.is_empty() || behind.starts_with(is_space)) {
        return None;
    }
    // One digit for a part stands for two of the same.
    let n_digits = digits.len() / 3;
    if !matches!(digits.len(), 3 | 6) {
        return None;
    }
    let part = |index: usize| {
        let part = digits.get(index * n_digits..(index + 1) * n_digits)?;
        let value = u8::from_str_radix(part, 16).ok()?;
        Some(if n_digits == 1 { value * 17 } else { value })
    };
    let (red, green, blue) = (part(0)?, part(1)?, part(2)?);
    Some(format!(
        "rgb({red}, {green}, {blue}){}",
        if behind.is_empty() { String::new() } else { spell(behind) }
    ))
}

/// `text` with each `#` and `;` as an entity, but for those of entities.
fn spell(text: &str) -> String {
    let mut spelled = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let width = if c == '#' { entity_width(&text[at..]) } else { 0 };
        match c {
            '#' if width == 0 => spelled.push_str("#35;"),
            ';' => spelled.push_str("#59;"),
            _ => spelled.push_str(&text[at..at + width.max(c.len_utf8())]),
        }
        at += width.max(c.len_utf8());
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_is_spelled_with_entities() {
        let table = [
            ("#42", "#35;42"),
            ("# and C#; next", "#35; and C#35;#59; next"),
            ("#a #quot;b#quot;", "#35;a #quot;b#quot;"),
            ("#ü", "#35;ü"),
        ];
        for (lost, expected) in table {
            assert_eq!(spell(lost), expected, "{lost}");
        }
    }

    #[test]
    fn colours_are_spelled_without_a_hash() {
        assert_eq!(colour("#f96").as_deref(), Some("rgb(255, 153, 102)"));
        assert_eq!(colour("#0a0B0c My box").as_deref(), Some("rgb(10, 11, 12) My box"));
        assert_eq!(colour("#4 tries"), None);
        assert_eq!(colour("#f96x"), None);
    }
}
