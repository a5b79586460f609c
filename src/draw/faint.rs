//! Texts whose author chose a colour that is hard to read on the fill that he chose, or on that of the theme.

use std::collections::BTreeSet;

use crate::base::text::Span;
use crate::mermaid::config::Config;
use crate::mermaid::diagram::{ClassDef, Diagram};

use super::paint::{Classes, Wishes};
use super::palette::Shade;
use super::readable::TEXT_CONTRAST;
use super::scene::{Colour, Ink, SceneKind, Slot};
use super::theme::ThemeChoice;

/// A text that is hard to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Faint {
    /// Who chose its colour.
    pub by: Chooser,
    /// Where that stands: the definition of the class, or the first mention of the node.
    pub span: Span,
    /// The text's colour.
    pub color: Colour,
    /// What it stands on.
    pub ground: Colour,
    /// The contrast of the two, 1 to 4.5.
    pub contrast: f64,
}

/// Who chooses a colour.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chooser {
    /// The class of this name.
    Class(String),
    /// A `style` statement about the node or state of this id.
    Style(String),
}

/// What may be coloured: its id, its first mention, its classes, its declarations.
type Coloured<'a> = (&'a str, Span, &'a [String], &'a [String]);

/// The texts of nodes and states that are hard to read on a light page, in the order of the diagram; each class once for each
/// ground.
pub fn faint(diagram: &Diagram, config: &Config) -> Vec<Faint> {
    let (defs, things, kind): (&[ClassDef], Vec<Coloured<'_>>, SceneKind) = match diagram {
        Diagram::Flowchart(chart) => {
            // A subgraph's own colours are those of its title; they are told of like any other.
            let nodes = chart.nodes.iter();
            let things = nodes.map(|node| (node.id.as_str(), node.span, &*node.classes, &*node.styles));
            (&chart.class_defs, things.collect(), SceneKind::Flowchart)
        }
        Diagram::State(diagram) => {
            let states = diagram.states.iter();
            let things = states.map(|state| (state.id.as_str(), state.span, &*state.classes, &*state.styles));
            (&diagram.class_defs, things.collect(), SceneKind::State)
        }
        Diagram::Sequence(_) => return Vec::new(),
    };
    let palette = ThemeChoice::default().palette(config, kind);
    let usual = palette.colour(Slot::NodeFill, Shade::Light);
    let classes = Classes::of(defs);
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (id, mention, names, declarations) in things {
        let (Some(color), fill) = classes.wishes(names, declarations).lettering() else {
            continue;
        };
        let ground = match fill {
            Some(Ink::Fixed(fill)) => fill.over(palette.colour(Slot::Canvas, Shade::Light)),
            Some(_) => palette.colour(Slot::Canvas, Shade::Light),
            None => usual,
        };
        let color = color.over(ground);
        let contrast = color.contrast(ground);
        if contrast >= TEXT_CONTRAST {
            continue;
        }
        let (by, span) = if Wishes::of(declarations).lettering().0.is_some() {
            (Chooser::Style(id.to_owned()), mention)
        } else {
            let own = |name: &&str| classes.own_wishes(&[(*name).to_owned()], &[]).lettering().0.is_some();
            let named = names.iter().rev().map(String::as_str).chain(["default"]);
            let Some(name) = named.into_iter().find(own) else { continue };
            let def = defs.iter().rev().find(|def| def.name.split(',').any(|part| part.trim() == name));
            (Chooser::Class(name.to_owned()), def.map_or(mention, |def| def.span))
        };
        if told.insert((by.clone(), ground)) {
            found.push(Faint { by, span, color, ground, contrast });
        }
    }
    found
}
