//! Mermaid's language: what an author wrote, and what Mermaid understands by it.
//!
//! [`prepare`](mod@prepare) does what Mermaid does before any grammar runs, [`detect`](mod@detect) names the kind,
//! [`syntax`] reads statements,
//! [`parse`](mod@parse) puts the three together into a tree that keeps every place, [`diagram`] resolves names once, for checking and for
//! drawing alike, [`format`](mod@format) lays out a text as it is written, [`trap`] finds what Mermaid takes in silence, and [`write`](mod@write) spells a diagram again. Nothing here fails: a statement that cannot be read is a
//! [`syntax::SyntaxError`] beside the rest.
//!
//! Not here: Markdown (a diagram arrives as an [`Excerpt`]), clusters, wording of findings, geometry.

pub mod config;
pub mod detect;
pub mod diagram;
pub mod feature;
pub mod format;
mod indent;
pub mod limit;
pub mod parse;
pub mod prepare;
pub mod profile;
pub mod syntax;
pub mod trap;
pub mod write;
pub mod yaml;

use crate::base::offset_map::Excerpt;

use config::Config;
use detect::Kind;
use diagram::Diagram;
use feature::Use;
use limit::{Limit, Limits};
use parse::{Parse, Tree};
use prepare::{Comment, Directive};
use profile::Profile;
use syntax::SyntaxError;
use trap::Trap;

/// What could be read of a diagram.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Its kind; `None` when the text names none.
    pub kind: Option<Kind>,
    /// The resolved diagram: there whenever [`Kind::is_read`], with errors too.
    pub diagram: Option<Diagram>,
    /// What Mermaid would refuse, in file order.
    pub errors: Vec<SyntaxError>,
    /// What Mermaid takes in silence although it was hardly meant.
    pub traps: Vec<Trap>,
    /// Comments, in file order.
    pub comments: Vec<Comment>,
    /// Directives, in file order.
    pub directives: Vec<Directive>,
    /// What the diagram configures.
    pub config: Config,
    /// What it uses that its readers' Mermaid lacks.
    pub newer: Vec<Use>,
    /// The limits that it exceeds; none of them is a mistake of syntax.
    pub limits: Vec<Limit>,
}

impl Reading {
    /// False when the rest of the diagram was not built, because it has too many nodes.
    pub fn is_whole(&self) -> bool {
        !self.limits.iter().any(|limit| matches!(limit, Limit::Nodes { .. }))
    }
}

/// What a diagram is read for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where it will be read.
    pub profile: Profile,
    /// How much of it is built.
    pub limits: Limits,
}

/// Reads the diagram that is the text of a block, for the newest Mermaid, and resolves its names.
pub fn read(excerpt: &Excerpt) -> Reading {
    read_for(excerpt, &Options::default())
}

/// Reads the diagram that is the text of a block, and resolves its names.
///
/// It is understood as Mermaid 12 does whatever the profile: what an older release lacks is in [`Reading::newer`].
pub fn read_for(excerpt: &Excerpt, options: &Options) -> Reading {
    let limits = options.limits;
    let parse = parse::parse_excerpt(excerpt);
    let resolved = resolve(&parse, limits);
    let newer = feature::newer(&parse, options.profile.version);
    let traps = trap::traps(&parse);
    let mut reading = Reading {
        kind: parse.kind,
        diagram: None,
        newer,
        limits: Vec::new(),
        errors: parse.errors,
        traps,
        comments: parse.comments,
        directives: parse.directives,
        config: parse.config,
    };
    if let Some((mut diagram, errors)) = resolved {
        let title = &mut diagram.titles_mut().title;
        *title = title.take().or(parse.title);
        reading.diagram = Some(diagram);
        reading.errors.extend(errors);
        reading.errors.sort_by_key(|error| error.span);
    }
    reading.limits = exceeded(excerpt, reading.diagram.as_ref(), options);
    reading
}

/// Resolves the names of a diagram that is read; `None` for other kinds.
fn resolve(parse: &Parse<'_>, limits: Limits) -> Option<(Diagram, Vec<SyntaxError>)> {
    let source = parse.source();
    match &parse.tree {
        Tree::Unread => None,
        Tree::Flowchart(tree) => {
            let (chart, errors) = diagram::flowchart::resolve(source, tree, &parse.config, limits);
            Some((Diagram::Flowchart(chart), errors))
        }
        Tree::State(statements) => {
            let (diagram, errors) = diagram::state::resolve(source, statements, limits);
            Some((Diagram::State(diagram), errors))
        }
        Tree::Sequence(statements) => {
            let (diagram, errors) = diagram::sequence::resolve(source, statements, &parse.config, limits);
            Some((Diagram::Sequence(diagram), errors))
        }
    }
}

/// The limits that a diagram exceeds.
fn exceeded(excerpt: &Excerpt, diagram: Option<&Diagram>, options: &Options) -> Vec<Limit> {
    let mut limits = Vec::new();
    let max = options.profile.max_text_units;
    // A text has at most as many units as bytes.
    if excerpt.text.len() > max {
        let n_units = excerpt.text.encode_utf16().count();
        limits.extend((n_units > max).then_some(Limit::Text { n_units, max }));
    }
    let n_nodes = match diagram {
        Some(Diagram::Flowchart(chart)) => {
            let (n_edges, n_built, max) = (chart.n_edges, chart.edges.len(), options.profile.max_edges);
            limits.extend((n_edges > max).then_some(Limit::Edges { n_edges, n_built, max }));
            chart.nodes.len()
        }
        Some(Diagram::State(diagram)) => diagram.states.len(),
        Some(Diagram::Sequence(diagram)) => diagram.participants.len(),
        None => 0,
    };
    let max = options.limits.nodes;
    limits.extend((n_nodes > max).then_some(Limit::Nodes { max }));
    limits
}

#[cfg(test)]
mod tests {
    use super::syntax::Problem;
    use super::*;

    #[test]
    fn the_innermost_block_speaks_for_all_that_are_open() {
        let table = [
            ("flowchart TD\n", "subgraph a\n", "subgraph", "end", "subgraph"),
            ("stateDiagram-v2\n", "state a {\n", "state", "}", "a"),
            ("sequenceDiagram\n", "alt a\n", "alt", "end", "alt"),
        ];
        for (header, block, keyword, closer, place) in table {
            let text = format!("{header}{}", block.repeat(50_000));
            let reading = read(&Excerpt::whole(&text, 0));
            let [error] = reading.errors.as_slice() else {
                panic!("{} findings for {block:?}", reading.errors.len());
            };
            let opened = error.cause();
            assert_eq!(opened.slice(&text), place);
            assert!(opened.start as usize > text.len() - block.len() - 1, "{block:?}");
            assert_eq!(error.problem, Problem::Unclosed { keyword, closer, opened, n_more: 49_999 });
        }
    }
}
