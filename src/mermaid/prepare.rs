//! What Mermaid does to a text before any grammar sees it (mermaid 12, `preprocess`).
//!
//! Line ends, quotes inside HTML tags, front matter, directives, comments, and one oddity of style lines. Each step is a
//! list of cuts; a text that needs none is borrowed as it is, and the map to the file follows every cut.
//!
//! Not here: entities, which the lexers leave alone (`syntax::character::entity_width`) instead of rewriting them.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use crate::base::offset_map::{OffsetMap, OffsetMapBuilder};
use crate::base::text::Span;

use super::config::Config;
use super::syntax::character::{is_space, is_word};
use super::syntax::source::Source;
use super::syntax::{Problem, SyntaxError};
use super::yaml;

/// A `%% ...` comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What stands behind `%%`, trimmed.
    pub text: String,
    /// From `%%` to the end of the line.
    pub span: Span,
}

/// A `%%{ name: value }%%` directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Its name, such as `init` or `wrap`.
    pub name: String,
    /// From `%%{` to `}%%`.
    pub span: Span,
}

/// A diagram text ready for its grammar.
#[derive(Debug)]
pub(crate) struct Prepared<'a> {
    text: Cow<'a, str>,
    map: Cow<'a, OffsetMap>,
    /// Where the diagram starts: behind front matter and white space.
    pub(crate) start: usize,
    /// `title` of the front matter.
    pub(crate) title: Option<String>,
    /// Front matter `config` with the directives over it.
    pub(crate) config: Config,
    /// In file order.
    pub(crate) comments: Vec<Comment>,
    /// In file order.
    pub(crate) directives: Vec<Directive>,
    /// The front matter with its two fences, the newline behind it included.
    pub(crate) front_matter: Option<Span>,
    /// Mistakes in the front matter.
    pub(crate) errors: Vec<SyntaxError>,
}

impl Prepared<'_> {
    /// The text and its places.
    pub(crate) fn source(&self) -> Source<'_> {
        Source { text: &self.text, map: &self.map }
    }
}

/// A range of the text and what stands there afterwards.
type Cut = (Range<usize>, &'static str);

/// Prepares the text of a block.
pub(crate) fn prepare<'a>(text: Cow<'a, str>, map: Cow<'a, OffsetMap>) -> Prepared<'a> {
    let mut prepared = Prepared {
        text,
        map,
        start: 0,
        title: None,
        config: Config::default(),
        comments: Vec::new(),
        directives: Vec::new(),
        front_matter: None,
        errors: Vec::new(),
    };
    prepared.cut(&line_ends(&prepared.text));
    prepared.cut(&tag_quotes(&prepared.text));
    prepared.read_front_matter();
    if prepared.text.contains('%') {
        prepared.read_directives();
        prepared.read_comments();
    }
    prepared.cut(&style_semicolons(&prepared.text, prepared.start));
    prepared.skip_space();
    prepared
}

impl Prepared<'_> {
    /// Applies `cuts`, which are in text order and do not overlap.
    fn cut(&mut self, cuts: &[Cut]) {
        if cuts.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut inner = OffsetMapBuilder::new();
        let mut done = 0;
        for (range, with) in cuts {
            text.push_str(&self.text[done..range.start]);
            inner.copy(Span::new(done as u32, range.start as u32));
            text.push_str(with);
            inner.replace(with.len() as u32, Span::new(range.start as u32, range.end as u32));
            done = range.end;
        }
        text.push_str(&self.text[done..]);
        inner.copy(Span::new(done as u32, self.text.len() as u32));
        self.map = Cow::Owned(inner.finish().over(&self.map));
        self.text = Cow::Owned(text);
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.start..];
        self.start = self.text.len() - rest.trim_start_matches(is_space).len();
    }

    /// Front matter stands at the very start, and its two fences have the same indentation.
    fn read_front_matter(&mut self) {
        let Some(front) = front_matter(&self.text) else {
            return;
        };
        self.front_matter = Some(self.map.span(0..front.end));
        let body = &self.text[front.body.clone()];
        // An indented front matter is read without its indentation, which YAML bears anyway: all lines share it.
        match yaml::read(body) {
            Ok(Value::Object(mut keys)) => {
                self.title = match keys.remove("title") {
                    None | Some(Value::Null) => None,
                    Some(Value::String(title)) => Some(title),
                    Some(other) => Some(other.to_string()),
                };
                if let Some(Value::Object(config)) = keys.remove("config") {
                    self.config.merge(config);
                }
            }
            Ok(_) => {}
            Err(error) => {
                let at = front.body.start + error.at;
                let line_end = self.text[at..].find('\n').map_or(self.text.len(), |len| at + len);
                let span = self.map.span(at..line_end.min(front.body.end));
                self.errors.push(SyntaxError::new(span, Problem::FrontMatter(error.reason)));
            }
        }
        self.start = front.end;
    }

    fn read_directives(&mut self) {
        let mut cuts = Vec::new();
        let mut at = self.start;
        while let Some(found) = self.text[at..].find("%%{") {
            let start = at + found;
            let Some(directive) = directive(&self.text[start..]) else {
                at = start + 1;
                continue;
            };
            let end = start + directive.len;
            match directive.name {
                "wrap" => self.config.merge([("wrap".to_owned(), Value::Bool(true))].into_iter().collect()),
                "init" | "initialize" => {
                    // Mermaid reads JSON with any quotes, and ignores what is none.
                    let json = directive.value.replace('\'', "\"");
                    if let Ok(Value::Object(keys)) = serde_json::from_str(&json) {
                        self.config.merge(keys);
                    }
                }
                _ => {}
            }
            let name = directive.name.to_owned();
            self.directives.push(Directive { name, span: self.map.span(start..end) });
            cuts.push((start..end, ""));
            at = end;
        }
        self.cut(&cuts);
    }

    /// A comment takes its line and the blank lines before it with it; a bare `%%` is none.
    fn read_comments(&mut self) {
        let mut cuts: Vec<Cut> = Vec::new();
        let mut at = self.start;
        let mut floor = self.start;
        while let Some(found) = self.text[at..].find("%%") {
            let start = at + found;
            let line_start = self.text[floor..start].rfind('\n').map_or(floor, |newline| floor + newline + 1);
            let line_end = self.text[start..].find('\n').map_or(self.text.len(), |len| start + len);
            at = (line_end + 1).min(self.text.len());
            let leads = self.text[line_start..start].chars().all(is_space);
            if !leads || start + 2 == line_end || self.text[start + 2..].starts_with('{') {
                continue;
            }
            let before = self.text[floor..line_start].trim_end_matches(is_space).len() + floor;
            let from = match self.text[before..line_start].find('\n') {
                Some(newline) if before > floor => before + newline + 1,
                _ => before,
            };
            let text = self.text[start + 2..line_end].trim().to_owned();
            self.comments.push(Comment { text, span: self.map.span(start..line_end) });
            cuts.push((from..at, ""));
            floor = at;
        }
        self.cut(&cuts);
    }
}

/// `\r\n` and `\r` become `\n`.
fn line_ends(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (at, _) in text.match_indices('\r') {
        let with = if text[at + 1..].starts_with('\n') { "" } else { "\n" };
        cuts.push((at..at + 1, with));
    }
    cuts
}

/// `="x"` inside anything that looks like an HTML tag becomes `='x'`, so that the quotes end no string.
fn tag_quotes(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    if !text.contains('<') || !text.contains("=\"") {
        return cuts;
    }
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        at += found + 1;
        if !text[at..].starts_with(is_word) {
            continue;
        }
        let Some(len) = text[at..].find('>') else { break };
        let end = at + len;
        while let Some(found) = text[at..end].find("=\"") {
            let open = at + found + 1;
            let Some(len) = text[open + 1..end].find('"') else {
                break;
            };
            let close = open + 1 + len;
            cuts.push((open..open + 1, "'"));
            cuts.push((close..close + 1, "'"));
            at = close + 1;
        }
        at = end + 1;
    }
    cuts
}

/// True for a line whose last `;` Mermaid removes; see [`style_semicolons`].
pub(crate) fn loses_semicolon(line: &str) -> bool {
    !style_semicolons(line, 0).is_empty()
}

/// On a line like `style A fill:#f00;stroke:#000;` the last `;` goes, so that the entity `#000;` is none
/// (mermaid 12, `encodeEntities`).
fn style_semicolons(text: &str, start: usize) -> Vec<Cut> {
    let mut cuts = Vec::new();
    if !text[start..].contains('#') || !text[start..].contains(';') {
        return cuts;
    }
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        for keyword in ["style", "classDef"] {
            if let Some(found) = line.find(keyword)
                && let Some(last) = line.rfind(';').filter(|last| found + keyword.len() <= *last)
                && has_hash_behind_colon(&line[found + keyword.len()..last])
            {
                cuts.push((at + last..at + last + 1, ""));
                break;
            }
        }
        at += line.len();
    }
    cuts
}

/// True for a `:`, then characters other than white space, then a `#`.
fn has_hash_behind_colon(text: &str) -> bool {
    text.split(is_space).any(|run| run.find(':').is_some_and(|colon| run[colon..].contains('#')))
}

struct FrontMatter {
    body: Range<usize>,
    end: usize,
}

/// The front matter that `text` starts with.
fn front_matter(text: &str) -> Option<FrontMatter> {
    let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
    let fence = |line: &str| {
        let line = line.strip_suffix('\n')?;
        let line =
            line.get(..indent).filter(|lead| *lead == &text[..indent]).and_then(|_| line.get(indent..))?;
        line.strip_prefix("---")?.chars().all(is_space).then_some(())
    };
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    fence(first)?;
    let mut at = first.len();
    for line in lines {
        // A fence directly behind the first closes nothing.
        if at > first.len() && fence(line).is_some() {
            return Some(FrontMatter { body: first.len()..at, end: at + line.len() });
        }
        at += line.len();
    }
    None
}

/// A front matter that Mermaid would not read, because something stands before it: where it ends.
///
/// Mermaid's detection steps over it, its grammars do not.
pub(crate) fn unread_front_matter(text: &str) -> Option<usize> {
    front_matter(text).map(|front| front.end)
}

struct DirectiveText<'a> {
    name: &'a str,
    value: &'a str,
    len: usize,
}

/// The directive that `text` starts with; one without `}%%` takes the rest of the text.
fn directive(text: &str) -> Option<DirectiveText<'_>> {
    let body = text.strip_prefix("%%{")?.trim_start_matches(is_space);
    let name_len = body.find(|c| !is_word(c)).unwrap_or(body.len());
    let (name, rest) = body.split_at(name_len);
    if name.is_empty() {
        return None;
    }
    let rest = rest.trim_start_matches(is_space);
    let rest = rest.strip_prefix(':').unwrap_or(rest).trim_start_matches(is_space);
    // A value that starts with a word ends with it.
    let value_len = if rest.starts_with(is_word) {
        rest.find(|c| !is_word(c)).unwrap_or(rest.len())
    } else {
        rest.find("}%%").unwrap_or(rest.len())
    };
    let (value, rest) = rest.split_at(value_len);
    let rest = rest.trim_start_matches(is_space);
    let rest = rest.strip_prefix("}%%").unwrap_or(rest);
    Some(DirectiveText { name, value: value.trim_matches(is_space), len: text.len() - rest.len() })
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::Excerpt;

    use super::*;

    fn prepared_of(excerpt: &Excerpt) -> Prepared<'_> {
        prepare(Cow::Borrowed(&excerpt.text), Cow::Borrowed(&excerpt.map))
    }

    fn prepared(text: &str) -> (String, Vec<String>) {
        let excerpt = Excerpt::whole(text, 0);
        let prepared = prepared_of(&excerpt);
        let comments = prepared.comments.iter().map(|comment| comment.span.slice(text).to_owned()).collect();
        (prepared.source().text[prepared.start..].to_owned(), comments)
    }

    #[test]
    fn a_plain_text_is_borrowed() {
        let excerpt = Excerpt::whole("\n  graph TD\n A --> B\n", 0);
        let prepared = prepared_of(&excerpt);
        assert!(matches!(prepared.text, Cow::Borrowed(_)));
        assert_eq!(prepared.start, 3);
    }

    #[test]
    fn comments_go_with_their_line_and_the_blank_lines_before() {
        let table = [
            ("graph TD\n%% a\nA", "graph TD\nA", vec!["%% a"]),
            ("graph TD\n\n  %%a\n\n %% b\nA", "graph TD\nA", vec!["%%a", "%% b"]),
            ("graph TD\n%%\nA", "graph TD\n%%\nA", vec![]),
            ("graph TD\nA %% b\nB", "graph TD\nA %% b\nB", vec![]),
            ("%% first\ngraph TD", "graph TD", vec!["%% first"]),
            ("graph TD\n%% last", "graph TD\n", vec!["%% last"]),
        ];
        for (text, expected, comments) in table {
            let (found, found_comments) = prepared(text);
            assert_eq!(found, expected, "{text:?}");
            assert_eq!(found_comments, comments, "{text:?}");
        }
    }

    #[test]
    fn directives_go_wherever_they_stand() {
        let table = [
            ("%%{init: {'theme':'dark'}}%%\ngraph TD", "graph TD"),
            ("graph %%{wrap}%%TD", "graph TD"),
            ("graph TD\n%%{init: {\n}}%%A", "graph TD\nA"),
            ("graph TD\n%%{ open", ""),
            ("graph TD\n%%{}%%", "graph TD\n%%{}%%"),
        ];
        for (text, expected) in table {
            let expected = if expected.is_empty() { "graph TD\n" } else { expected };
            assert_eq!(prepared(text).0, expected, "{text:?}");
        }
        let excerpt = Excerpt::whole("%%{init: {'flowchart': {'curve': 'step'}}}%%", 0);
        assert_eq!(prepared_of(&excerpt).config.get(&["flowchart", "curve"]), Some(&Value::from("step")));
    }

    #[test]
    fn front_matter_stands_first_and_is_fenced_alike() {
        let text = "---\ntitle: T\nconfig:\n  wrap: true\n---\ngraph TD";
        let excerpt = Excerpt::whole(text, 0);
        let front = prepared_of(&excerpt);
        assert_eq!(front.title.as_deref(), Some("T"));
        assert!(front.config.flag(&["wrap"]));
        assert_eq!(prepared(text).0, "graph TD");
        assert_eq!(prepared("  ---\n  title: T\n  ---\n  graph TD").0, "graph TD");
        for unread in
            ["\n---\ntitle: T\n---\ngraph TD", "---\n---\ngraph TD", "---\ntitle: T\n  ---\ngraph TD"]
        {
            assert!(prepared(unread).0.starts_with("---"), "{unread:?}");
        }
        let broken = Excerpt::whole("---\nok: 1\ntitle: a: b\n---\ngraph TD", 0);
        let errors = prepared_of(&broken).errors;
        assert_eq!(errors.len(), 1);
        assert!(errors[0].span.start >= 10, "{errors:?}");
    }

    #[test]
    fn quotes_inside_tags_become_single() {
        assert_eq!(prepared("A[<b id=\"x\">y</b> = \"]").0, "A[<b id='x'>y</b> = \"]");
        assert_eq!(prepared("A < B =\"x\"").0, "A < B =\"x\"");
    }

    #[test]
    fn the_last_semicolon_of_a_style_line_goes() {
        let table = [
            ("style A fill:#f00;stroke:#000;", "style A fill:#f00;stroke:#000"),
            ("classDef a fill:#f00;", "classDef a fill:#f00"),
            ("classDef a fill:red;", "classDef a fill:red;"),
            ("style A fill: #f00;", "style A fill: #f00;"),
        ];
        for (text, expected) in table {
            assert_eq!(prepared(text).0, expected);
        }
    }

    #[test]
    fn places_survive_every_step() {
        let text = "---\r\ntitle: T\r\n---\r\ngraph TD\r\n%% c\r\nA[<b id=\"x\">]\r\nB%%{wrap}%%B";
        let excerpt = Excerpt::whole(text, 7);
        let prepared = prepared_of(&excerpt);
        let source = prepared.source();
        let at = source.text.find("BB").unwrap();
        let place = text.find("B%%").unwrap() as u32 + 7;
        assert_eq!(source.span(at..at + 1), Span::new(place, place + 1));
        assert_eq!(source.span(at + 1..at + 2).end as usize, text.len() + 7);
    }
}
