//! What Mermaid calls the parts of a drawing: class names, ids and `data-*` attributes.

use crate::draw::scene::{Form, Ink, Mark, Role, SceneKind, Slot};

/// How an element is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    /// Classes, a blank between them; may be empty.
    pub(super) classes: String,
    /// Id without that of the drawing.
    pub(super) id: Option<String>,
    /// Further attributes.
    pub(super) attributes: Vec<(&'static str, String)>,
}

impl Name {
    fn class(classes: impl Into<String>) -> Self {
        Self { classes: classes.into(), ..Self::default() }
    }

    fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Of the thing `id`, by the id of the element where that is given, else by its own.
    fn element(self, id: &str, element: Option<&String>, usual: &str) -> Self {
        match element {
            Some(element) => self.id(element),
            None => self.id(usual).with("data-id", id),
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    fn with_if(self, name: &'static str, value: Option<&String>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// The class of a drawing.
pub(super) const fn of_kind(kind: SceneKind) -> &'static str {
    match kind {
        SceneKind::Flowchart => "flowchart",
        SceneKind::State => "statediagram",
        SceneKind::Sequence => "sequence",
    }
}

/// What a reader of the screen calls a drawing.
pub(super) const fn description(kind: SceneKind) -> &'static str {
    match kind {
        SceneKind::Flowchart => "flowchart-v2",
        SceneKind::State => "stateDiagram",
        SceneKind::Sequence => "sequence",
    }
}

/// The group around an item's marks; `None` when the marks stand for themselves.
pub(super) fn group(role: &Role, kind: SceneKind) -> Option<Name> {
    Some(match role {
        Role::Cluster { id, parent, element } => {
            let classes = if kind == SceneKind::State { "cluster statediagram-cluster" } else { "cluster" };
            Name::class(classes).element(id, element.as_ref(), id).with_if("data-parent", parent.as_ref())
        }
        Role::Node { id, parent, element } => {
            let prefix = if kind == SceneKind::State { "state" } else { "flowchart" };
            let usual = format!("{prefix}-{id}-0");
            Name::class("node").element(id, element.as_ref(), &usual).with_if("data-parent", parent.as_ref())
        }
        Role::EdgeLabel { id } => Name::class("edgeLabel").with("data-id", id),
        Role::Note { of } => Name::default().with("data-et", "note").with("data-id", of),
        Role::Actor { id, .. } => Name::default().with("data-et", "participant").with("data-id", id),
        // A `rect` is a background, no frame.
        Role::Fragment { keyword } if *keyword != "rect" => {
            Name::default().with("data-et", "control-structure")
        }
        Role::Title
        | Role::Edge { .. }
        | Role::Fragment { .. }
        | Role::Lifeline { .. }
        | Role::Activation { .. }
        | Role::Message { .. }
        | Role::MessageText
        | Role::RowText
        | Role::MessageNumber
        | Role::ParticipantBox => return None,
    })
}

/// The class of the group around the texts of an item, if there is one.
pub(super) const fn text_group(role: &Role) -> Option<&'static str> {
    match role {
        Role::Node { .. } => Some("label"),
        Role::Cluster { .. } => Some("cluster-label"),
        _ => None,
    }
}

/// A mark of an item. `is_first`: no mark of its kind stands before it in the item.
pub(super) fn mark(role: &Role, kind: SceneKind, mark: &Mark, is_first: bool) -> Name {
    match (role, mark) {
        (Role::Title, Mark::Text(_)) => Name::class(match kind {
            SceneKind::Flowchart => "flowchartTitleText",
            SceneKind::State => "statediagramTitleText",
            SceneKind::Sequence => "sequenceTitleText",
        }),
        (Role::Edge { id, from, to }, Mark::Line(_)) if is_first => {
            let class = if kind == SceneKind::State { "transition" } else { "flowchart-link" };
            Name::class(class).id(id).with("data-id", id).with("data-from", from).with("data-to", to)
        }
        (Role::Message { from, to, is_dotted }, Mark::Line(_)) if is_first => {
            Name::class(if *is_dotted { "messageLine1" } else { "messageLine0" })
                .with("data-from", from)
                .with("data-to", to)
        }
        (Role::MessageText, Mark::Text(_)) => Name::class("messageText"),
        // No label of the line, which is as short as lanes are near to each other.
        (Role::RowText, Mark::Text(_)) => Name::class("rowText"),
        (Role::MessageNumber, Mark::Text(_)) => Name::class("sequenceNumber"),
        (Role::Lifeline { id }, Mark::Line(_)) if is_first => Name::class("actor-line").with("data-id", id),
        (Role::Activation { depth, .. }, Mark::Area(_)) => Name::class(format!("activation{}", depth % 3)),
        (Role::Note { .. }, Mark::Area(_)) if is_first => Name::class("note"),
        (Role::Note { .. }, Mark::Text(_)) => Name::class("noteText"),
        (Role::Actor { id, is_top }, Mark::Area(area)) if is_first => {
            let class = if *is_top { "actor actor-top" } else { "actor actor-bottom" };
            let name = Name::class(class);
            if matches!(area.form, Form::Rect { .. }) { name.with("name", id) } else { name }
        }
        (Role::Actor { .. }, Mark::Text(_)) => Name::class("actor"),
        (Role::Fragment { keyword: "rect" }, _) => Name::class("rect"),
        (Role::Fragment { .. }, Mark::Line(_)) => Name::class("loopLine"),
        (Role::Fragment { .. }, Mark::Area(area)) if area.fill == Ink::Theme(Slot::FragmentTab) => {
            Name::class("labelBox")
        }
        (Role::Fragment { .. }, Mark::Text(_)) => {
            Name::class(if is_first { "labelText" } else { "loopText" })
        }
        _ => Name::default(),
    }
}

/// The text as one word that may be an id: what is neither letter, digit, `-`, `.` nor `_` is a `_`.
pub(super) fn word(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect()
}
