//! A resolved state diagram.

#[cfg(test)]
mod laws;
mod resolve;

use crate::base::text::Span;

pub(crate) use resolve::resolve;

use super::text::Text;
use super::{ClassDef, Direction, Titles};

/// Index of a state in [`StateDiagram::states`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateIx(pub usize);

/// A state diagram with its names resolved.
#[derive(Debug, Clone, Default)]
pub struct StateDiagram {
    /// Title and descriptions.
    pub titles: Titles,
    /// Last `direction` at top level.
    pub direction: Direction,
    /// In Mermaid's order: depth first, a composite before its members, the first mention decides.
    pub states: Vec<State>,
    /// In statement order.
    pub transitions: Vec<Transition>,
    /// In order of appearance.
    pub notes: Vec<Note>,
    /// In order of first definition.
    pub class_defs: Vec<ClassDef>,
    /// `click` statements.
    pub links: Vec<Link>,
}

impl StateDiagram {
    /// The state at `ix`.
    pub fn state(&self, ix: StateIx) -> &State {
        &self.states[ix.0]
    }
}

/// What a state is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateKind {
    /// A plain state, with one description or none.
    Simple,
    /// A state with two or more descriptions.
    Described,
    /// `[*]` as a source.
    Start,
    /// `[*]` as a target.
    End,
    /// `<<fork>>`
    Fork,
    /// `<<join>>`
    Join,
    /// `<<choice>>`
    Choice,
    /// A composite.
    Composite,
    /// A concurrent region of a composite.
    Region,
}

/// A state.
#[derive(Debug, Clone)]
pub struct State {
    /// Id as written; `[*]` is `<parent>_start` or `<parent>_end`, a region `<parent>/region<k>`.
    pub id: String,
    /// The id at its first mention.
    pub span: Span,
    /// What it is drawn as; `None` when a note mentioned it first.
    pub kind: Option<StateKind>,
    /// First description, or the id.
    pub label: Text,
    /// The label is a description.
    pub is_described: bool,
    /// Further descriptions.
    pub descriptions: Vec<Text>,
    /// The composite or region that holds it. Mermaid lets a composite hold itself, so following parents may not end.
    pub parent: Option<StateIx>,
    /// Direction inside a composite or region; `None` for states that hold none, and for a region that nothing follows.
    pub direction: Option<Direction>,
    /// The author's classes.
    pub classes: Vec<String>,
    /// Declarations of `style` statements.
    pub styles: Vec<String>,
}

/// A transition.
#[derive(Debug, Clone)]
pub struct Transition {
    /// Source.
    pub from: StateIx,
    /// Target.
    pub to: StateIx,
    /// Label, if any.
    pub label: Option<Text>,
    /// The statement.
    pub span: Span,
}

/// A note beside a state.
#[derive(Debug, Clone)]
pub struct Note {
    /// The state.
    pub state: StateIx,
    /// `left of` or `right of`, in the case it was typed.
    pub position: String,
    /// Its text.
    pub text: Text,
}

/// A `click` statement.
#[derive(Debug, Clone)]
pub struct Link {
    /// Id as written.
    pub id: String,
    /// The state with that id; `None` when only `click` names it, which Mermaid bears.
    pub state: Option<StateIx>,
    /// URL with its quotes.
    pub url: String,
    /// Tooltip with its quotes.
    pub tooltip: Option<String>,
}
