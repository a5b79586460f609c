//! What publishing tools put around Mermaid beside fences: Hugo's shortcode, Liquid's tag, `:::` containers.
//!
//! They are no Markdown: the tools replace them before, so what stands in them is not read as Markdown.

use std::ops::Range;

use memchr::memmem;

use crate::base::offset_map::{Excerpt, OffsetMap};
use crate::base::text::Span;

use super::attributes;
use super::block::{Block, BlockKind, Form};
use super::collector::Collector;

/// An opening tag that is the first thing on its line.
#[derive(Debug)]
pub(super) struct Opener {
    form: Form,
    /// From its first to its last character.
    tag: Range<usize>,
    /// What stands between the name and the end of the tag.
    arguments: Range<usize>,
    /// Colons of a `:::` line.
    n_colons: usize,
    /// Quote markers in front of it.
    n_quotes: usize,
}

/// A container with what stands in it.
#[derive(Debug)]
pub(super) struct Container {
    opener: Opener,
    /// The lines of the body without prefixes.
    body: Vec<Range<usize>>,
    end: usize,
    is_closed: bool,
}

/// Every opening tag of the Markdown `text`, in order, whether or not it stands in code.
pub(super) fn openers(text: &str) -> Vec<Opener> {
    const NAME: &str = "mermaid";
    let mut openers: Vec<Opener> = Vec::new();
    let mut line_start = 0;
    let mut seen = 0;
    let mut line_has_one = false;
    for at in memmem::find_iter(text.as_bytes(), NAME) {
        if let Some(newline) = text[seen..at].rfind('\n') {
            line_start = seen + newline + '\n'.len_utf8();
            line_has_one = false;
        }
        seen = at;
        if line_has_one {
            continue;
        }
        let before = &text[line_start..at];
        let Some((form, width)) = form_before(before) else {
            continue;
        };
        line_has_one = true;
        let prefix = &before[..before.len() - width];
        if !is_prefix(prefix) {
            continue;
        }
        let name_end = at + NAME.len();
        let rest = text[name_end..].split(['\n', '\r']).next().unwrap_or_default();
        let (closer, n_colons) = match form {
            Form::HugoShortcode if before.trim_end().ends_with('<') => (Some(">}}"), 0),
            Form::HugoShortcode => (Some("%}}"), 0),
            Form::LiquidTag => (Some("%}"), 0),
            _ => (None, before[prefix.len()..].chars().take_while(|c| *c == ':').count()),
        };
        let arguments = match closer {
            Some(closer) => rest.find(closer),
            None => Some(rest.trim_end().len()),
        };
        let Some(width) = arguments else { continue };
        let arguments = &rest[..width];
        let names_mermaid_alone =
            !arguments.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
        if !names_mermaid_alone || arguments.trim_end().ends_with('/') {
            continue;
        }
        openers.push(Opener {
            form,
            tag: line_start + prefix.len()..name_end + width + closer.map_or(0, str::len),
            arguments: name_end..name_end + width,
            n_colons,
            n_quotes: prefix.matches('>').count(),
        });
    }
    openers
}

/// The form whose opening ends `before`, the part of a line in front of the name, and the bytes of that opening.
fn form_before(before: &str) -> Option<(Form, usize)> {
    let trimmed = before.trim_end();
    for (form, opening) in [
        (Form::HugoShortcode, "{{<"),
        (Form::HugoShortcode, "{{%"),
        (Form::LiquidTag, "{%-"),
        (Form::LiquidTag, "{%"),
    ] {
        if let Some(prefix) = trimmed.strip_suffix(opening) {
            return Some((form, before.len() - prefix.len()));
        }
    }
    let colons = trimmed.trim_end_matches(['{', '.']).trim_end();
    let prefix = colons.trim_end_matches(':');
    (colons.len() - prefix.len() >= 3).then(|| (Form::Container, before.len() - prefix.len()))
}

/// True for what may stand in front of a block: blanks, quote and list markers.
fn is_prefix(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t' | '>' | '*' | '+' | '-' | '.' | ')') || c.is_ascii_digit())
}

/// The containers that `openers` open, without those that stand in one of the `covers` (code and comments, in order).
///
/// A cover that starts inside a container is no cover: there is no Markdown in a container.
pub(super) fn containers(
    text: &str,
    openers: Vec<Opener>,
    covers: &[Span],
    map: &OffsetMap,
) -> Vec<Container> {
    let mut containers: Vec<Container> = Vec::new();
    let mut covers = covers.iter().peekable();
    let mut done = Span::at(map.span(0..0).start);
    for opener in openers {
        let tag = map.span(opener.tag.clone());
        while covers.next_if(|cover| cover.end <= tag.start || cover.start < done.end).is_some() {}
        if tag.start < done.end || covers.peek().is_some_and(|cover| cover.start <= tag.start) {
            continue;
        }
        let container = container(text, opener);
        done = map.span(container.range());
        containers.push(container);
    }
    containers
}

fn container(text: &str, opener: Opener) -> Container {
    let mut body = Vec::new();
    let mut at = opener.tag.end;
    for line in text[opener.tag.end..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let is_first = start == opener.tag.end;
        let prefix = if is_first { 0 } else { quote_prefix(line, opener.n_quotes) };
        let content = start + prefix..at;
        if let Some(closer) = closer(&text[content.clone()], &opener) {
            if !text[content.start..content.start + closer.start].trim().is_empty() {
                body.push(content.start..content.start + closer.start);
            }
            return Container { opener, body, end: content.start + closer.end, is_closed: true };
        }
        if !(is_first && line.trim().is_empty()) {
            body.push(content);
        }
    }
    Container { opener, body, end: text.len(), is_closed: false }
}

/// Bytes of up to `n` quote markers that `line` starts with.
fn quote_prefix(line: &str, n: usize) -> usize {
    let mut rest = line;
    for _ in 0..n {
        let Some(after) = rest.trim_start_matches([' ', '\t']).strip_prefix('>') else {
            break;
        };
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    line.len() - rest.len()
}

/// The closing tag in a line, if there is one.
fn closer(line: &str, opener: &Opener) -> Option<Range<usize>> {
    let (open, names, close): (&[&str], &[&str], &[&str]) = match opener.form {
        Form::HugoShortcode => (&["{{<", "{{%"], &["/mermaid", "/ mermaid"], &[">}}", "%}}"]),
        Form::LiquidTag => (&["{%-", "{%"], &["endmermaid"], &["-%}", "%}"]),
        _ => {
            let trimmed = line.trim();
            let is_closer = trimmed.len() >= opener.n_colons && trimmed.bytes().all(|byte| byte == b':');
            let start = line.len() - line.trim_start().len();
            return is_closer.then(|| start..start + trimmed.len());
        }
    };
    for (start, _) in line.match_indices('{') {
        let Some(rest) = open.iter().find_map(|open| line[start..].strip_prefix(open)) else {
            continue;
        };
        let Some(rest) = names.iter().find_map(|name| rest.trim_start().strip_prefix(name)) else {
            continue;
        };
        let Some(rest) = close.iter().find_map(|close| rest.trim_start().strip_prefix(close)) else {
            continue;
        };
        return Some(start..line.len() - rest.len());
    }
    None
}

impl Container {
    /// The Markdown that it takes up.
    pub(super) fn range(&self) -> Range<usize> {
        self.opener.tag.start..self.end
    }

    /// The block that it is; `map` gives the place of the Markdown's bytes in the file `text`.
    pub(super) fn block(self, file: &str, map: &OffsetMap) -> Block {
        let opening = map.span(self.opener.tag.clone());
        let mut body = Collector::at(opening.end);
        for line in &self.body {
            body.copy_lines(file, map.span(line.clone()));
        }
        let arguments = map.span(self.opener.arguments.clone());
        let Excerpt { text, map: places } = Excerpt::whole(arguments.slice(file), arguments.start);
        Block {
            kind: BlockKind::Mermaid,
            form: self.opener.form,
            language: "mermaid".to_owned(),
            attributes: attributes::list(&text, 0..text.len(), &places),
            excerpt: body.finish(),
            span: map.span(self.range()),
            opening,
            section: None,
            is_closed: self.is_closed,
        }
    }

    /// Blanks out the body in `markdown`, a copy of the text, so that it reads as nothing.
    pub(super) fn mask(&self, markdown: &mut String) {
        for line in &self.body {
            let written = &markdown[line.clone()];
            // A letter in front of a closing tag on the same line, so that the rest does not look like indented code.
            let filler = if written.ends_with('\n') { ' ' } else { 'x' };
            let masked: String =
                written.bytes().map(|byte| if byte == b'\n' { '\n' } else { filler }).collect();
            // Of the same length, so nothing behind it moves.
            markdown.replace_range(line.clone(), &masked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(text: &str) -> Vec<(String, bool)> {
        let map = OffsetMap::copy_of(Span::from(0..text.len()));
        containers(text, openers(text), &[], &map)
            .into_iter()
            .map(|container| {
                let block = container.block(text, &map);
                (block.excerpt.text, block.is_closed)
            })
            .collect()
    }

    #[test]
    fn each_form_has_a_body() {
        let table = [
            ("{{< mermaid >}}\ngraph TD\n{{< /mermaid >}}\n", "graph TD\n"),
            ("{{<mermaid theme=\"dark\">}}\r\nA\r\n\r\nB\r\n{{</mermaid>}}", "A\n\nB\n"),
            ("{{% mermaid %}}\nA\n  {{% /mermaid %}}", "A\n"),
            ("{% mermaid %}\nA\n{% endmermaid %}", "A\n"),
            ("{%- mermaid -%}A-->B{%- endmermaid -%}", "A-->B"),
            ("::: mermaid\nA:::b\n:::\n", "A:::b\n"),
            (":::: {.mermaid}\nA\n:::\n::::", "A\n:::\n"),
            ("> - {{< mermaid >}}\n> A\n>   B > C\n> {{< /mermaid >}}", "A\n  B > C\n"),
        ];
        for (text, body) in table {
            assert_eq!(bodies(text), [(body.to_owned(), true)], "{text}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_text() {
        for text in [
            "{{</* mermaid */>}}\nA\n",
            "text {{< mermaid >}}\nA\n{{< /mermaid >}}",
            "{{< mermaid file=\"a.mmd\" />}}",
            "{{< mermaid-live >}}\nA\n{{< /mermaid-live >}}",
            "{% mermaidx %}",
            "::mermaid\n",
            "mermaid",
        ] {
            assert!(bodies(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn an_open_container_runs_to_the_end() {
        assert_eq!(bodies("{{< mermaid >}}\nA\n"), [("A\n".to_owned(), false)]);
    }
}
