//! Info strings, `{.class key=value}` lists, and the arguments of tags.

use std::ops::Range;

use crate::base::offset_map::OffsetMap;
use crate::base::text::Span;

/// What an attribute says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeKind {
    /// `#id`
    Id(String),
    /// `.class`
    Class(String),
    /// `key=value`; quotes removed.
    Value {
        /// Left of the equals sign.
        key: String,
        /// Right of it.
        value: String,
    },
    /// A bare word.
    Flag(String),
}

/// One attribute of a block's opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// What it says.
    pub kind: AttributeKind,
    /// As written.
    pub span: Span,
}

/// A language and what follows it.
#[derive(Debug, Default)]
pub(super) struct Info {
    /// First word; empty when there is none.
    pub(super) language: String,
    /// The rest.
    pub(super) attributes: Vec<Attribute>,
}

/// Reads an info string: `mermaid`, `mermaid {theme=x}`, `{.mermaid #id}`, `{mermaid}`, `bash title="a b"`.
///
/// `text` is the string as written, `map` gives the place of its bytes. The first word or, in braces, the first class
/// or word is the language.
pub(super) fn info(text: &str, map: &OffsetMap) -> Info {
    let mut attributes = list(text, 0..text.len(), map);
    let named = attributes
        .iter()
        .position(|attribute| matches!(attribute.kind, AttributeKind::Flag(_) | AttributeKind::Class(_)))
        // `key=value` in front of every word means that there is no language.
        .filter(|index| *index == 0 || text.starts_with('{'));
    let Some(index) = named else {
        return Info { language: String::new(), attributes };
    };
    let (AttributeKind::Flag(language) | AttributeKind::Class(language)) = attributes.remove(index).kind
    else {
        return Info { language: String::new(), attributes };
    };
    Info { language, attributes }
}

/// Reads the attributes in the part `range` of `text`, separated by blanks, commas or braces.
pub(super) fn list(text: &str, range: Range<usize>, map: &OffsetMap) -> Vec<Attribute> {
    let mut attributes = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let lead = rest.len() - rest.trim_start_matches(is_separator).len();
        let start = at + lead;
        let end = start + token_width(&text[start..range.end]);
        if start < end {
            attributes.push(Attribute { kind: kind(&text[start..end]), span: map.span(start..end) });
        }
        at = end.max(start);
        if lead == 0 && start == end {
            break;
        }
    }
    attributes
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '{' | '}')
}

/// Bytes up to the next separator that stands outside quotes and square brackets.
fn token_width(text: &str) -> usize {
    let mut quote = None;
    let mut in_brackets = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => in_brackets = true,
            (None, ']') => in_brackets = false,
            (None, _) if is_separator(c) && !in_brackets => return at,
            _ => {}
        }
    }
    text.len()
}

fn kind(token: &str) -> AttributeKind {
    if let Some(id) = token.strip_prefix('#') {
        return AttributeKind::Id(id.to_owned());
    }
    if let Some(class) = token.strip_prefix('.') {
        return AttributeKind::Class(class.to_owned());
    }
    match token.split_once('=') {
        Some((key, value)) => {
            AttributeKind::Value { key: key.to_owned(), value: value.trim_matches(['"', '\'']).to_owned() }
        }
        None => AttributeKind::Flag(token.trim_matches(['"', '\'']).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<AttributeKind>) {
        let info = info(text, &OffsetMap::copy_of(Span::from(0..text.len())));
        for attribute in &info.attributes {
            assert!(!attribute.span.slice(text).is_empty(), "{text}");
        }
        (info.language, info.attributes.into_iter().map(|attribute| attribute.kind).collect())
    }

    fn value(key: &str, value: &str) -> AttributeKind {
        AttributeKind::Value { key: key.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn the_first_word_is_the_language() {
        let class = |name: &str| AttributeKind::Class(name.to_owned());
        let flag = |name: &str| AttributeKind::Flag(name.to_owned());
        let table = [
            ("", "", vec![]),
            ("mermaid", "mermaid", vec![]),
            ("mermaid {theme=x}", "mermaid", vec![value("theme", "x")]),
            ("mermaid{theme=\"a b\" .wide}", "mermaid", vec![value("theme", "a b"), class("wide")]),
            (
                "{.mermaid #big width=50%}",
                "mermaid",
                vec![AttributeKind::Id("big".into()), value("width", "50%")],
            ),
            ("{#big .mermaid}", "mermaid", vec![AttributeKind::Id("big".into())]),
            ("{mermaid}", "mermaid", vec![]),
            ("rust,ignore", "rust", vec![flag("ignore")]),
            (
                "bash {hl_lines=[1, 3]} title='x, y'",
                "bash",
                vec![value("hl_lines", "[1, 3]"), value("title", "x, y")],
            ),
            ("title=x", "", vec![value("title", "x")]),
            ("c++ \"open", "c++", vec![flag("open")]),
            ("{}", "", vec![]),
        ];
        for (text, language, attributes) in table {
            assert_eq!(read(text), (language.to_owned(), attributes), "{text}");
        }
    }
}
