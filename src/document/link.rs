//! URLs and link targets.

use memchr::memmem;

use crate::base::offset_map::OffsetMap;
use crate::base::text::Span;

/// A URL, or the relative target of a Markdown link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What is linked to; of a relative target with escapes and entities decoded.
    pub target: String,
    /// The target as written; of a reference link the reference.
    pub span: Span,
}

impl Link {
    /// True for `http:` and `https:`.
    pub fn is_url(&self) -> bool {
        self.target.starts_with("http://") || self.target.starts_with("https://")
    }
}

/// Every `http` and `https` URL of a file, wherever it stands, in order.
///
/// A URL ends before white space, quotes, angle brackets and backticks, before a closing bracket that it does not
/// open, and before punctuation that ends a sentence (as GFM's extended autolinks do); dots that stand for something
/// left out (`...`) belong to it.
pub(super) fn urls(text: &str) -> Vec<Link> {
    let map = OffsetMap::copy_of(Span::from(0..text.len()));
    let mut links: Vec<Link> = Vec::new();
    let mut done = 0;
    for at in memmem::find_iter(text.as_bytes(), "://") {
        let Some(before) = text.get(done..at) else {
            continue;
        };
        let Some(scheme) = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme)) else {
            continue;
        };
        let start = at - scheme.len();
        let end = start + width(&text[start..]);
        if end > at + "://".len() {
            links.push(Link { target: text[start..end].to_owned(), span: map.span(start..end) });
            done = end;
        }
    }
    links
}

/// Bytes of the URL that `text` starts with.
fn width(text: &str) -> usize {
    let mut open = [0_u32; 2];
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        let stop = match c {
            '<' | '>' | '"' | '\'' | '`' | '\\' | '|' | '{' | '}' | '^' => true,
            '(' | '[' => {
                open[usize::from(c == '[')] += 1;
                false
            }
            ')' | ']' => {
                let depth = &mut open[usize::from(c == ']')];
                let unopened = *depth == 0;
                *depth = depth.saturating_sub(1);
                unopened
            }
            _ => c.is_whitespace() || c.is_control(),
        };
        if stop {
            end = at;
            break;
        }
    }
    let url = &text[..end];
    let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '~']);
    if url.ends_with("...") { url.len() } else { trimmed.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_end_where_a_reader_ends_them() {
        let table: [(&str, &[&str]); 9] = [
            ("see https://a.b/c, or http://d.e.", &["https://a.b/c", "http://d.e"]),
            ("[x](https://a.b/c_(d)) (https://e.f)", &["https://a.b/c_(d)", "https://e.f"]),
            ("# https://gist.github.com/...\n", &["https://gist.github.com/..."]),
            ("<script src=\"https://a.b/c.js\"></script>", &["https://a.b/c.js"]),
            ("`https://a.b` **https://c.d**", &["https://a.b", "https://c.d"]),
            ("<!-- https://a.b?x=1&y=2 -->", &["https://a.b?x=1&y=2"]),
            ("https:// ftp://a.b x://y", &[]),
            ("https://ü.de/ä✓.", &["https://ü.de/ä✓"]),
            ("https://a.b/?u=https://c.d", &["https://a.b/?u=https://c.d"]),
        ];
        for (text, expected) in table {
            let links = urls(text);
            assert_eq!(links.iter().map(|link| link.target.as_str()).collect::<Vec<_>>(), expected, "{text}");
            for link in links {
                assert_eq!(link.span.slice(text), link.target);
            }
        }
    }
}
