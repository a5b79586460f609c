//! YAML as Mermaid reads it in front matter and in `@{ }`: version 1.2, JSON schema, one document, no duplicate keys.
//!
//! The events come from `saphyr-parser`; the tree is built here, without recursion and with a depth limit, because its
//! author is whoever wrote the post.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

use super::limit;

/// Why a text is no YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YamlError {
    /// Byte in the text where reading stopped.
    pub(crate) at: usize,
    /// What stopped it.
    pub(crate) reason: YamlProblem,
}

/// What is wrong with a YAML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YamlProblem {
    /// Nested deeper than [`limit::MAX_YAML_DEPTH`].
    TooDeep,
    /// A mapping has the key twice.
    DuplicateKey(String),
    /// The text refers to an anchor, or names a type, which Merrow does not follow.
    Unsupported,
    /// Not YAML, in the words of the YAML reader.
    Malformed(String),
}

/// A collection that is still open, and the key that waits for its value.
enum Open {
    Sequence(Vec<Value>),
    Mapping(Map<String, Value>, Option<String>),
}

/// Reads `text`; an empty one is `null`.
pub(crate) fn read(text: &str) -> Result<Value, YamlError> {
    let mut parser = Parser::new_from_str(text);
    let mut open: Vec<Open> = Vec::new();
    let mut root: Option<Value> = None;
    loop {
        let (event, mark) = match parser.next_event() {
            None => break,
            Some(Ok((event, span))) => (event, span.start.index()),
            Some(Err(error)) => {
                let at = byte_of_char(text, error.marker().index());
                return Err(YamlError { at, reason: YamlProblem::Malformed(error.info().to_owned()) });
            }
        };
        let error = |reason| Err(YamlError { at: byte_of_char(text, mark), reason });
        let finished = match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= limit::MAX_YAML_DEPTH => {
                return error(YamlProblem::TooDeep);
            }
            Event::SequenceStart(..) => {
                open.push(Open::Sequence(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Mapping(Map::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::Sequence(items)) => Value::Array(items),
                Some(Open::Mapping(entries, _)) => Value::Object(entries),
                None => continue,
            },
            Event::Scalar(text, style, ..) => scalar(&text, style),
            Event::Alias(_) => return error(YamlProblem::Unsupported),
            Event::DocumentStart(_) if root.is_some() => {
                return error(YamlProblem::Malformed("a second document".to_owned()));
            }
            _ => continue,
        };
        match open.last_mut() {
            None => root = Some(finished),
            Some(Open::Sequence(items)) => items.push(finished),
            Some(Open::Mapping(entries, key)) => match key.take() {
                None => *key = Some(key_text(&finished)),
                Some(name) if entries.contains_key(&name) => return error(YamlProblem::DuplicateKey(name)),
                Some(name) => {
                    entries.insert(name, finished);
                }
            },
        }
    }
    Ok(root.unwrap_or(Value::Null))
}

/// A mapping key as JavaScript spells it.
fn key_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A scalar by the JSON schema of YAML 1.2 (chapter 10.2) as js-yaml reads it: quoted ones are texts, dates too.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let first = text.trim_start_matches(['+', '-']).bytes().next()?;
    if !first.is_ascii_digit() && first != b'.' {
        return None;
    }
    let radix = |prefix: &str, radix| {
        text.strip_prefix(prefix).and_then(|digits| i64::from_str_radix(digits, radix).ok()).map(Number::from)
    };
    radix("0x", 16)
        .or_else(|| radix("0o", 8))
        .or_else(|| radix("0b", 2))
        .or_else(|| text.parse::<i64>().ok().map(Number::from))
        .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
}

/// The byte where the character number `n` of `text` starts; the YAML reader counts characters.
fn byte_of_char(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn scalars_follow_the_json_schema() {
        let value = read("a: 1\nb: 1.5\nc: 2020-01-01\nd: 'x'\ne:\nf: yes\ng: true\nh: [1, ü]\n").unwrap();
        let expected = json!({
            "a": 1, "b": 1.5, "c": "2020-01-01", "d": "x", "e": null, "f": "yes", "g": true, "h": [1, "ü"]
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn mistakes_have_a_place() {
        assert_eq!(read("ä: 1\nä: 2\n").unwrap_err().reason, YamlProblem::DuplicateKey("ä".to_owned()));
        assert_eq!(read("title: a: b").unwrap_err().at, 8);
        let deep = "- ".repeat(100_000);
        assert_eq!(read(&deep).unwrap_err().reason, YamlProblem::TooDeep);
        assert!(read(&"[".repeat(1000)).is_err());
    }
}
