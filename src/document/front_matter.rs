//! The metadata that publishing tools read at the top of a post.

use saphyr_parser::{Event, Parser};
use toml::de::DeTable;

use crate::base::offset_map::{Excerpt, OffsetMap};
use crate::base::text::Span;

use super::collector;

/// The language of a front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrontMatterFormat {
    /// Between lines of `---`, or `---` and `...`.
    Yaml,
    /// Between lines of `+++`.
    Toml,
}

/// Why a front matter cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatterProblem {
    /// Where reading stopped.
    pub span: Span,
    /// What the YAML or TOML reader says, in its own words.
    pub reason: String,
}

/// The front matter of a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// Its language.
    pub format: FrontMatterFormat,
    /// From the opening to the closing line, both included.
    pub span: Span,
    /// What stands between them.
    pub excerpt: Excerpt,
    /// The value of `title` at top level.
    pub title: Option<String>,
    /// Why it cannot be read.
    pub problem: Option<FrontMatterProblem>,
}

/// The front matter at the start of `content`, and where the Markdown behind it starts.
///
/// An opening line that no line closes is a thematic break, as in every tool that knows front matter.
pub(super) fn split(text: &str, content: Span) -> (Option<FrontMatter>, Span) {
    let body = content.slice(text);
    let map = OffsetMap::copy_of(content);
    let mut lines = body.split_inclusive('\n');
    let opening = lines.next().unwrap_or_default();
    let (format, closings): (_, &[&str]) = match opening.trim_end() {
        "---" => (FrontMatterFormat::Yaml, &["---", "..."]),
        "+++" => (FrontMatterFormat::Toml, &["+++"]),
        _ => return (None, content),
    };
    let start = opening.len();
    let mut at = start;
    for line in lines {
        let closing = line.trim_end();
        if closings.contains(&closing) {
            let excerpt = collector::lines_of(text, map.span(start..at));
            let (title, problem) = match format {
                FrontMatterFormat::Yaml => read_yaml(&excerpt),
                FrontMatterFormat::Toml => read_toml(&excerpt),
            };
            let span = map.span(0..at + closing.len());
            let rest = Span::new(map.span(at + line.len()..body.len()).start, content.end);
            return (Some(FrontMatter { format, span, excerpt, title, problem }), rest);
        }
        at += line.len();
    }
    (None, content)
}

type Reading = (Option<String>, Option<FrontMatterProblem>);

/// Reads the events one by one, because a tree of values would recurse as deep as the author nests.
fn read_yaml(excerpt: &Excerpt) -> Reading {
    let mut title = None;
    let mut keys: Vec<String> = Vec::new();
    let mut depth = 0;
    let mut key: Option<String> = None;
    for event in Parser::new_from_str(&excerpt.text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = byte_of(&excerpt.text, error.marker().index());
                return (
                    title,
                    Some(FrontMatterProblem { span: here(excerpt, at), reason: error.info().to_owned() }),
                );
            }
        };
        let is_value_of_top = depth == 1 && key.is_some();
        match event {
            Event::Scalar(value, ..) if depth == 1 => match key.take() {
                Some(name) if name == "title" => title = Some(value.into_owned()),
                Some(_) => {}
                None => {
                    let at = byte_of(&excerpt.text, span.start.index());
                    if keys.iter().any(|known| *known == value) {
                        let reason = format!("the key `{value}` stands here a second time");
                        let span = excerpt.span(at..at + value.len());
                        return (title, Some(FrontMatterProblem { span, reason }));
                    }
                    keys.push(value.to_string());
                    key = Some(value.into_owned());
                }
            },
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if is_value_of_top {
                    key = None;
                }
                depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => depth -= 1,
            Event::Alias(_) if is_value_of_top => key = None,
            _ => {}
        }
    }
    (title, None)
}

fn read_toml(excerpt: &Excerpt) -> Reading {
    match DeTable::parse(&excerpt.text) {
        Ok(table) => {
            let title =
                table.get_ref().get("title").and_then(|title| title.get_ref().as_str().map(str::to_owned));
            (title, None)
        }
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            (None, Some(FrontMatterProblem { span: here(excerpt, at), reason: error.message().to_owned() }))
        }
    }
}

/// The byte of the `n`th character.
fn byte_of(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
}

/// The character at byte `at`, or the end.
fn here(excerpt: &Excerpt, at: usize) -> Span {
    let rest = excerpt.text.get(at..).unwrap_or_default();
    let width = rest.chars().next().map_or(0, char::len_utf8);
    excerpt.span(at..at + width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front_matter(text: &str) -> (Option<FrontMatter>, &str) {
        let (front_matter, rest) = split(text, Span::from(0..text.len()));
        (front_matter, rest.slice(text))
    }

    #[test]
    fn a_title_is_read_and_the_rest_is_markdown() {
        let table = [
            ("---\ntitle: \"A: b\"\ntags: [x, title]\n---\ntext", "A: b", "text"),
            ("---\r\ntags:\r\n  title: no\r\ntitle: A\r\n...\r\ntext", "A", "text"),
            ("--- \na: {b: c}\ntitle: A\n---", "A", ""),
            ("+++\ntitle = 'A'\n+++\ntext", "A", "text"),
        ];
        for (text, title, rest) in table {
            let (found, after) = front_matter(text);
            let found = found.unwrap();
            assert_eq!((found.title.as_deref(), found.problem), (Some(title), None), "{text}");
            assert_eq!(after, rest, "{text}");
        }
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in
            ["---\n", "---\nno end", "----\na: b\n----\n", "\n---\na: b\n---\n", " ---\na: b\n---\n", ""]
        {
            assert_eq!(front_matter(text).0, None, "{text}");
        }
    }

    #[test]
    fn a_problem_has_a_place() {
        let table = [
            ("---\nok: 1\ntitle: a: b\n---\n", "title: a".len() + "---\nok: 1\n".len()),
            ("---\na: 1\nb: 2\na: 3\n---\n", "---\na: 1\nb: 2\n".len()),
            ("+++\na = 1\nb = \n+++\n", "+++\na = 1\nb = ".len()),
        ];
        for (text, at) in table {
            let problem = front_matter(text).0.unwrap().problem.unwrap();
            assert_eq!(problem.span.start as usize, at, "{text}: {}", problem.reason);
        }
    }

    #[test]
    fn deep_nesting_ends() {
        for text in ["- ".repeat(50_000), "[".repeat(50_000), "{a: ".repeat(50_000)] {
            front_matter(&format!("---\n{text}\n---\n"));
        }
    }
}
