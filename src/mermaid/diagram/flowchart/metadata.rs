//! `@{ key: value, ... }`: what it says about a node, an edge or a subgraph.

use serde_json::{Map, Value};

use crate::base::offset_map::{Excerpt, OffsetMapBuilder};
use crate::mermaid::diagram::text::{Text, TextKind};
use crate::mermaid::syntax::source::{Source, Word};
use crate::mermaid::syntax::{Problem, SyntaxError};
use crate::mermaid::yaml;

use super::{Edge, Node, Shape, shape};

/// The keys and values of a block.
pub(super) struct Block<'a> {
    source: Source<'a>,
    word: Word,
    keys: Map<String, Value>,
}

impl<'a> Block<'a> {
    /// Reads the text between `@{` and `}`: on one line it is a YAML flow mapping, on several a block mapping.
    pub(super) fn read(source: Source<'a>, word: Word) -> Result<Self, SyntaxError> {
        let yaml = if source.slice(word).contains('\n') {
            format!("{}\n", unbroken_quotes(source.slice(word)))
        } else {
            format!("{{\n{}\n}}", source.slice(word))
        };
        match yaml::read(&yaml) {
            Ok(Value::Object(keys)) => Ok(Self { source, word, keys }),
            Ok(_) => Ok(Self { source, word, keys: Map::new() }),
            Err(error) => Err(SyntaxError::new(source.span(word), Problem::Metadata(error.reason))),
        }
    }

    /// The value of `key` as JavaScript spells it; `None` when it is absent or counts as false there.
    fn text(&self, key: &str) -> Option<String> {
        let value = self.keys.get(key)?;
        is_truthy(value).then(|| spelled(value))
    }

    /// Tells the node what the block says.
    pub(super) fn apply_to_node(&self, node: &mut Node) -> Result<(), SyntaxError> {
        let refuse = |problem| Err(SyntaxError::new(self.source.span(self.word), problem));
        match self.keys.get("shape") {
            Some(Value::String(name)) if !name.is_empty() => {
                if !shape::is_known(name) {
                    return refuse(Problem::UnknownShape {
                        name: name.clone(),
                        nearest: shape::nearest(name),
                    });
                }
                node.shape = Some(Shape::Named(name.clone()));
            }
            Some(value) if is_truthy(value) => {
                return refuse(Problem::BadMetadata { key: "shape".to_owned(), value: spelled(value) });
            }
            _ => {}
        }
        if let Some(label) = self.text("label") {
            let kind = match self.keys.get("labelType").and_then(Value::as_str) {
                Some("text") => TextKind::Plain,
                Some("string") => TextKind::Quoted,
                _ => TextKind::Markdown,
            };
            node.label = Text { excerpt: self.excerpt(label), kind };
        }
        let shows_only_picture = self.text("label").is_none_or(|label| label.trim().is_empty());
        for key in ["icon", "img"] {
            if self.text(key).is_some() && shows_only_picture && node.label.as_str() == node.id {
                node.label = Text::default();
            }
        }
        let metadata = &mut node.metadata;
        let number = |key| self.keys.get(key).filter(|value| is_truthy(value)).map(as_number);
        for (slot, value) in [
            (&mut metadata.icon, self.text("icon")),
            (&mut metadata.form, self.text("form")),
            (&mut metadata.pos, self.text("pos")),
            (&mut metadata.img, self.text("img")),
            (&mut metadata.constraint, self.text("constraint")),
            (&mut metadata.w, number("w")),
            (&mut metadata.h, number("h")),
        ] {
            if value.is_some() {
                *slot = value;
            }
        }
        Ok(())
    }

    /// Tells the edge what the block says.
    pub(super) fn apply_to_edge(&self, edge: &mut Edge) {
        let given = |key: &str| self.keys.get(key).filter(|value| !value.is_null()).map(spelled);
        if let Some(animate) = given("animate") {
            edge.animate = Some(animate);
        }
        if let Some(animation) = given("animation") {
            edge.animation = Some(animation);
        }
        if let Some(curve) = given("curve") {
            edge.curve = Some(curve);
        }
        // Mermaid ignores what is no positive whole number.
        let step = self.keys.get("step").and_then(Value::as_u64).and_then(|step| u32::try_from(step).ok());
        if let Some(step) = step.filter(|step| *step > 0) {
            edge.step = Some(step);
        }
    }

    /// Keys and values as texts, in the order of the keys.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        self.keys.iter().map(|(key, value)| (key.clone(), spelled(value))).collect()
    }

    /// A value with the place it was copied from, or the whole block's place when it was not copied.
    fn excerpt(&self, value: String) -> Excerpt {
        let key = self.source.slice(self.word).find("label").unwrap_or(0);
        if let Some(found) = self.source.slice(self.word)[key..].find(&value).filter(|_| !value.is_empty()) {
            let start = self.word.start() + key + found;
            let range = start..start + value.len();
            return Excerpt { text: value, map: self.source.map.slice(range) };
        }
        let mut map = OffsetMapBuilder::new();
        map.replace(value.len() as u32, self.source.span(self.word));
        Excerpt { text: value, map: map.finish() }
    }
}

/// A newline inside double quotes, with the white space behind it, is a `<br/>`.
fn unbroken_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            out.push('"');
        }
        if index % 2 == 0 {
            out.push_str(part);
            continue;
        }
        for (line, text) in part.split('\n').enumerate() {
            out.push_str(if line > 0 { "<br/>" } else { "" });
            out.push_str(if line > 0 { text.trim_start() } else { text });
        }
    }
    out
}

fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

fn spelled(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string())
        }
        other => other.to_string(),
    }
}

/// The value as a JavaScript number, spelled.
fn as_number(value: &Value) -> String {
    spelled(value).trim().parse::<f64>().map_or_else(|_| "NaN".to_owned(), |number| number.to_string())
}
