//! How one node is written: brackets around its label, and what only a block of metadata can say.

use crate::mermaid::diagram::flowchart::{Node, Origin, Shape};
use crate::mermaid::diagram::text::TextKind;
use crate::mermaid::write::text::{quoted, yaml};

/// True for a node that a mention makes as it is.
pub(super) fn is_bare(node: &Node) -> bool {
    node.origin == Origin::Vertex
        && brackets(node).is_empty()
        && metadata(node).is_none()
        && node.metadata.props.is_empty()
}

/// The bracket form of the node's shape with its label; empty when there is no such shape and the label is no bracket's.
pub(super) fn brackets(node: &Node) -> String {
    let (opener, closer) = match &node.shape {
        None => return String::new(),
        // The label of a named shape is written in metadata when it is Markdown: that is what a label there is.
        Some(Shape::Named(_))
            if node.label.kind == TextKind::Markdown || shows_id(node) || shows_picture(node) =>
        {
            return String::new();
        }
        Some(Shape::Square | Shape::Named(_) | Shape::Rect) => ("[", "]"),
        Some(Shape::Round) => ("(", ")"),
        Some(Shape::Circle) => ("((", "))"),
        Some(Shape::DoubleCircle) => ("(((", ")))"),
        Some(Shape::Stadium) => ("([", "])"),
        Some(Shape::Subroutine) => ("[[", "]]"),
        Some(Shape::Cylinder) => ("[(", ")]"),
        Some(Shape::Diamond) => ("{", "}"),
        Some(Shape::Hexagon) => ("{{", "}}"),
        Some(Shape::Odd) => (">", "]"),
        Some(Shape::Trapezoid) => ("[/", "\\]"),
        Some(Shape::InvTrapezoid) => ("[\\", "/]"),
        Some(Shape::LeanRight) => ("[/", "/]"),
        Some(Shape::LeanLeft) => ("[\\", "\\]"),
        Some(Shape::Ellipse) => ("(-", "-)"),
    };
    format!("{opener}{}{closer}", quoted(&node.label))
}

/// The label is the node's id.
fn shows_id(node: &Node) -> bool {
    node.label.as_str() == node.id && node.label.kind != TextKind::Markdown
}

/// The node shows an icon or a picture.
fn shows_picture(node: &Node) -> bool {
    node.metadata.icon.is_some() || node.metadata.img.is_some()
}

/// What `@{ }` says of the node; `None` when there is nothing to say.
pub(super) fn metadata(node: &Node) -> Option<String> {
    let named = match &node.shape {
        Some(Shape::Named(name)) => Some(name),
        _ => None,
    };
    let label = node.label.as_str();
    // Without a label of its own, what shows a picture shows nothing else.
    let says_label =
        if shows_picture(node) { !label.is_empty() } else { brackets(node).is_empty() && !shows_id(node) };
    let label_type = match node.label.kind {
        _ if !says_label => None,
        TextKind::Plain => Some("text"),
        TextKind::Quoted => Some("string"),
        TextKind::Markdown => None,
    };
    let quoted = |value: &Option<String>| value.as_deref().map(yaml);
    let more = &node.metadata;
    block([
        ("shape", named.cloned()),
        ("label", says_label.then(|| yaml(if label.is_empty() { " " } else { label }))),
        ("labelType", label_type.map(str::to_owned)),
        ("icon", quoted(&more.icon)),
        ("form", quoted(&more.form)),
        ("pos", quoted(&more.pos)),
        ("img", quoted(&more.img)),
        ("constraint", quoted(&more.constraint)),
        ("w", quoted(&more.w)),
        ("h", quoted(&more.h)),
    ])
}

/// The entries of a block that are there, with commas between them; `None` when none is.
pub(super) fn block<const N: usize>(pairs: [(&str, Option<String>); N]) -> Option<String> {
    let entries: Vec<String> =
        pairs.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}", value?))).collect();
    (!entries.is_empty()).then(|| entries.join(", "))
}

/// A value of a block: bare where YAML reads it as it stands.
pub(super) fn scalar(value: &str) -> String {
    let is_word = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if is_word && !value.starts_with('-') && value != "null" { value.to_owned() } else { yaml(value) }
}
