//! A diagram in the canonical form that Mermaid's structures were recorded in.

mod flowchart;
mod sequence;
mod state;

use merrow::mermaid::diagram::text::{Text, TextKind};
use merrow::mermaid::diagram::{ClassDef, Diagram, Titles};
use serde_json::{Map, Value, json};

/// The canonical form of `diagram`.
pub(crate) fn of(diagram: &Diagram) -> Value {
    match diagram {
        Diagram::Flowchart(chart) => flowchart::of(chart),
        Diagram::State(chart) => state::of(chart),
        Diagram::Sequence(chart) => sequence::of(chart),
    }
}

/// The first difference between two structures, where absent, null, false and empty values of an object are one.
pub(crate) fn difference(recorded: &Value, ours: &Value) -> Option<String> {
    first_difference(&pruned(recorded), &pruned(ours), "")
}

fn pruned(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let kept = entries
                .iter()
                .map(|(key, value)| (key.clone(), pruned(value)))
                .filter(|(_, value)| !is_nothing(value));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(pruned).collect()),
        other => other.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

fn first_difference(recorded: &Value, ours: &Value, path: &str) -> Option<String> {
    match (recorded, ours) {
        (Value::Object(a), Value::Object(b)) => {
            let missing = a.iter().find_map(|(key, value)| {
                let path = format!("{path}.{key}");
                match b.get(key) {
                    Some(other) => first_difference(value, other, &path),
                    None => Some(format!("{path}: {value}, ours absent")),
                }
            });
            missing.or_else(|| {
                let extra = b.iter().find(|(key, _)| !a.contains_key(*key));
                extra.map(|(key, value)| format!("{path}.{key}: absent, ours {value}"))
            })
        }
        (Value::Array(a), Value::Array(b)) => {
            let each = a.iter().zip(b).enumerate();
            let inner =
                each.map(|(at, (x, y))| first_difference(x, y, &format!("{path}[{at}]"))).find_map(|x| x);
            inner.or_else(|| {
                (a.len() != b.len()).then(|| format!("{path}.length: {}, ours {}", a.len(), b.len()))
            })
        }
        _ if recorded == ours => None,
        _ => Some(format!("{path}: {recorded}, ours {ours}")),
    }
}

fn titled(mut structure: Value, titles: &Titles) -> Value {
    structure["title"] = json!(titles.title);
    structure["accTitle"] = json!(titles.acc_title);
    structure["accDescr"] = json!(titles.acc_descr);
    structure
}

fn class_defs(defs: &[ClassDef]) -> Value {
    defs.iter().map(|def| json!({"name": def.name, "styles": def.styles})).collect()
}

fn label_type(text: &Text) -> &'static str {
    match text.kind {
        TextKind::Plain => "text",
        TextKind::Quoted => "string",
        TextKind::Markdown => "markdown",
    }
}

/// The structure as a reader of the drawing sees its texts: however they were quoted, with their line breaks alike and
/// their characters for the entities that Merrow writes.
pub(crate) fn as_read(diagram: &Diagram) -> Value {
    let mut structure = of(diagram);
    let mut open = vec![&mut structure];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    match (key.as_str(), &*value) {
                        (
                            "label" | "title" | "text" | "tooltip" | "link" | "accTitle" | "accDescr",
                            Value::String(text),
                        ) => {
                            *value = json!(seen(text));
                        }
                        ("labelType", Value::String(kind)) if kind == "string" => *value = json!("text"),
                        _ => open.push(value),
                    }
                }
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    structure
}

/// The lines of a text, trimmed, with the characters that numbers and `&quot;` stand for.
fn seen(text: &str) -> String {
    let mut lines = String::new();
    for line in text.replace("<br/>", "\n").split('\n').map(str::trim) {
        lines.push_str(line);
        lines.push('\n');
    }
    let mut seen = String::new();
    let mut rest = lines.trim();
    while let Some(at) = rest.find('&') {
        seen.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').map_or(1, |end| end + 1);
        let number = rest[..end].strip_prefix("&#").and_then(|digits| digits.strip_suffix(';'));
        let character = match &rest[..end] {
            "&quot;" => Some('"'),
            _ => number.and_then(|digits| digits.parse().ok()).and_then(char::from_u32),
        };
        if let Some(character) = character {
            seen.push(character);
            rest = &rest[end..];
        } else {
            seen.push('&');
            rest = &rest[1..];
        }
    }
    seen + rest
}
