//! HTML inside Markdown: comments, and `<pre class="mermaid">`.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::base::offset_map::{Excerpt, OffsetMap};
use crate::base::text::Span;

use super::attributes::{self, Attribute};
use super::block::{Block, BlockKind, Form};
use super::collector::{self, Collector};

/// An HTML comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What stands between the delimiters.
    pub excerpt: Excerpt,
    /// With the delimiters.
    pub span: Span,
}

/// What a stretch of HTML holds, in file order.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) comments: Vec<Comment>,
    pub(super) blocks: Vec<Block>,
}

/// Reads a stretch of HTML, prefixes removed.
pub(super) fn read(fragment: &Excerpt) -> Found {
    let text = fragment.text.as_str();
    let mut found = Found::default();
    let mut at = 0;
    while let Some(next) = text[at..].find('<') {
        let start = at + next;
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            let inner = start + "<!--".len();
            let close = text[inner..].find("-->");
            let inner_end = close.map_or(text.len(), |close| inner + close);
            at = close.map_or(text.len(), |close| inner + close + "-->".len());
            found.comments.push(Comment {
                excerpt: collector::part_of(fragment, inner..inner_end),
                span: fragment.span(start..at),
            });
        } else if let Some(tag) = mermaid_pre(rest) {
            let inner = start + tag.len();
            let close = find_ignoring_case(&text[inner..], "</pre");
            let inner_end = close.map_or(text.len(), |close| inner + close);
            at = close.map_or(text.len(), |_| {
                text[inner_end..].find('>').map_or(text.len(), |end| inner_end + end + ">".len())
            });
            found.blocks.push(Block {
                kind: BlockKind::Mermaid,
                form: Form::Pre,
                language: "mermaid".to_owned(),
                attributes: tag_attributes(fragment, start..inner),
                excerpt: decoded(fragment, inner..inner_end),
                span: fragment.span(start..at),
                opening: fragment.span(start..inner),
                section: None,
                is_closed: close.is_some(),
            });
        } else {
            at = start + '<'.len_utf8();
        }
    }
    found
}

/// The opening tag that `text` starts with, when it is a `pre` with the class `mermaid`.
fn mermaid_pre(text: &str) -> Option<&str> {
    let name = text.get(1..4)?;
    if !name.eq_ignore_ascii_case("pre") || !text[4..].starts_with(|c: char| c.is_ascii_whitespace()) {
        return None;
    }
    // A tag that another one interrupts is none, which also keeps the search short.
    let end = text.match_indices(['<', '>']).nth(1).filter(|(_, bracket)| *bracket == ">")?.0;
    let tag = &text[..=end];
    let at = find_ignoring_case(tag, "class")?;
    let value = tag[at + "class".len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(|c: char| c.is_ascii_whitespace() || c == '>').next()?,
    };
    value.split_ascii_whitespace().any(|class| class == "mermaid").then_some(tag)
}

/// The attributes of a tag, without its name and its class.
fn tag_attributes(fragment: &Excerpt, tag: Range<usize>) -> Vec<Attribute> {
    let inner = tag.start + "<pre".len()..tag.end - ">".len();
    let mut list = attributes::list(&fragment.text, inner, &fragment.map);
    list.retain(|attribute| {
        !matches!(&attribute.kind, attributes::AttributeKind::Value { key, .. } if key.eq_ignore_ascii_case("class"))
    });
    list
}

/// The text that a browser hands to Mermaid: trimmed, with entities decoded; each keeps its place.
fn decoded(fragment: &Excerpt, range: Range<usize>) -> Excerpt {
    let raw = &fragment.text[range.clone()];
    let start = range.start + (raw.len() - raw.trim_start().len());
    let end = (start + raw.trim().len()).min(range.end);
    let text = &fragment.text[start..end];
    if !text.contains('&') {
        return collector::part_of(fragment, start..end);
    }
    // Places in the fragment first; `over` turns them into places in the file.
    let places = OffsetMap::copy_of(Span::from(start..end));
    let mut out = Collector::default();
    let mut done = 0;
    while let Some(found) = text[done..].find('&') {
        let amp = done + found;
        out.copy(&fragment.text, places.span(done..amp));
        done = if let Some((width, character)) = entity(&text[amp..]) {
            out.replace(&character, places.span(amp..amp + width));
            amp + width
        } else {
            let next = amp + '&'.len_utf8();
            out.copy(&fragment.text, places.span(amp..next));
            next
        };
    }
    out.copy(&fragment.text, places.span(done..text.len()));
    let inner = out.finish();
    Excerpt { map: inner.map.over(&fragment.map), text: inner.text }
}

/// The entity that `text` starts with: its bytes and what it stands for.
fn entity(text: &str) -> Option<(usize, Cow<'static, str>)> {
    // No HTML entity is longer ("&CounterClockwiseContourIntegral;").
    const LONGEST: usize = 33;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let entity = text.get(..=end)?;
    let character = match entity {
        "&lt;" => Cow::Borrowed("<"),
        "&gt;" => Cow::Borrowed(">"),
        "&amp;" => Cow::Borrowed("&"),
        "&quot;" => Cow::Borrowed("\""),
        _ => {
            let name = &entity[1..end];
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
                return None;
            }
            // CommonMark knows every entity of HTML5, and decodes exactly those.
            let decoded = Parser::new(entity).find_map(|event| match event {
                Event::Text(text) => Some(text.into_string()),
                _ => None,
            })?;
            if decoded.starts_with('&') {
                return None;
            }
            Cow::Owned(decoded)
        }
    };
    Some((entity.len(), character))
}

/// Where the ASCII `needle` first stands in `text`, in any case.
fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_decode_and_keep_their_place() {
        let text =
            "<pre class='x mermaid' id=\"d\">\n  A[&quot;&#x2713; &rarr;&unknown; &\"] --&gt; B\n</pre>";
        let found = read(&Excerpt::whole(text, 0));
        let block = &found.blocks[0];
        assert_eq!(block.excerpt.text, "A[\"✓ →&unknown; &\"] --> B");
        assert!(block.is_closed);
        assert_eq!(block.span.slice(text), text);
        assert_eq!(block.attributes.len(), 1);
        for (part, written) in [("✓", "&#x2713;"), ("→", "&rarr;"), ("-->", "--&gt;"), ("B", "B")] {
            let at = block.excerpt.text.find(part).unwrap();
            assert_eq!(block.excerpt.span(at..at + part.len()).slice(text), written);
        }
    }

    #[test]
    fn a_comment_hides_what_stands_in_it() {
        let text = "<!-- a <pre class=\"mermaid\">x</pre> --><PRE CLASS=mermaid>y</PRE><!-- open";
        let found = read(&Excerpt::whole(text, 0));
        let comments: Vec<&str> =
            found.comments.iter().map(|comment| comment.excerpt.text.as_str()).collect();
        assert_eq!(comments, [" a <pre class=\"mermaid\">x</pre> ", " open"]);
        let blocks: Vec<&str> = found.blocks.iter().map(|block| block.excerpt.text.as_str()).collect();
        assert_eq!(blocks, ["y"]);
    }

    #[test]
    fn other_tags_are_no_diagrams() {
        for text in [
            "<pre>x</pre>",
            "<pre class=\"mermaids\">x</pre>",
            "<presto class=\"mermaid\">",
            "<pre class",
            "<",
        ] {
            assert!(read(&Excerpt::whole(text, 0)).blocks.is_empty(), "{text}");
        }
    }
}
