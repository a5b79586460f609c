//! Mermaid's language: what an author wrote, and what Mermaid understands by it.
//!
//! [`prepare`](mod@prepare) does what Mermaid does before any grammar runs, [`detect`](mod@detect) names the kind,
//! [`syntax`] reads statements into a tree that keeps every span, [`diagram`] resolves names once, for checking and for
//! drawing alike, and [`write`](mod@write) spells a diagram again. Nothing here fails: a statement that cannot be read is a
//! [`syntax::SyntaxError`] beside the rest.
//!
//! Not here: Markdown (a diagram arrives as an [`Excerpt`]), clusters, wording of findings, geometry.

pub mod config;
pub mod detect;
pub mod diagram;
pub mod prepare;
pub mod profile;
pub mod syntax;
pub mod write;
pub mod yaml;

use crate::base::offset_map::Excerpt;

use config::Config;
use detect::{Detected, Kind};
use diagram::Diagram;
use prepare::{Comment, Directive};
use profile::Limit;
use syntax::cursor::{Cursor, Source, Word};
use syntax::{Problem, SyntaxError};

/// What could be read of a diagram.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Its kind; `None` when the text names none.
    pub kind: Option<Kind>,
    /// The resolved diagram: there whenever [`Kind::is_read`], with errors too.
    pub diagram: Option<Diagram>,
    /// What Mermaid would refuse, in file order.
    pub errors: Vec<SyntaxError>,
    /// Comments, in file order.
    pub comments: Vec<Comment>,
    /// Directives, in file order.
    pub directives: Vec<Directive>,
    /// What the diagram configures.
    pub config: Config,
}

impl Reading {
    /// The limits of Mermaid that the diagram exceeds.
    pub fn limits(&self) -> Vec<Limit> {
        match &self.diagram {
            Some(Diagram::Flowchart(chart)) if chart.n_edges > profile::MAX_EDGES => {
                vec![Limit::Edges { n_edges: chart.n_edges, n_built: chart.edges.len() }]
            }
            _ => Vec::new(),
        }
    }

    /// Adds comments that only a grammar sees: those behind a statement.
    fn remarks(&mut self, remarks: &[Word<'_>]) {
        for remark in remarks {
            // In front of `%%` a sequence diagram's comment may have any one character.
            let text = remark.text.find(['#', '%']).map_or(remark.text, |at| &remark.text[at..]);
            let text = text.trim_start_matches(['#', '%']).trim().to_owned();
            self.comments.push(Comment { text, span: remark.span });
        }
        self.comments.sort_by_key(|comment| comment.span);
    }

    /// Where the statements behind the header at byte `at` begin: behind its line when the kind has no such header.
    fn header(&mut self, source: Source<'_>, kind: Kind, at: usize) -> usize {
        if let Some(len) = kind.header_width(&source.text[at..]) {
            return at + len;
        }
        let line = Cursor::new(source, at).take_while(|c| c != '\n');
        let problem = Problem::Header { found: line.text.to_owned(), expected: kind.headers() };
        self.errors.push(SyntaxError::new(line.span, problem));
        line.range().end
    }
}

/// Reads the diagram that is the text of a block.
pub fn read(excerpt: &Excerpt) -> Reading {
    let mut prepared = prepare::prepare(excerpt);
    let mut reading = Reading {
        comments: std::mem::take(&mut prepared.comments),
        directives: std::mem::take(&mut prepared.directives),
        errors: std::mem::take(&mut prepared.errors),
        config: std::mem::take(&mut prepared.config),
        ..Reading::default()
    };
    let front_title = prepared.title.take();
    let source = prepared.source();
    let Some(Detected { kind, at }) = detect::detect(source.text, prepared.start) else {
        let (_, span) = source.found(prepared.start);
        reading.errors.push(SyntaxError::new(span, Problem::NoDiagram));
        return reading;
    };
    reading.kind = Some(kind);
    reading.config.scope(kind.config_section());
    if (at > prepared.start && !kind.hides_front_matter()) || kind == Kind::Dashes {
        let problem = if source.text[prepared.start..].starts_with("---") {
            Problem::UnreadFrontMatter
        } else {
            Problem::BareComment
        };
        let line = Cursor::new(source, prepared.start).take_while(|c| c != '\n');
        reading.errors.push(SyntaxError::new(line.span, problem));
    }
    match kind {
        Kind::Flowchart | Kind::FlowchartElk => {
            let (tree, errors) = syntax::flowchart::parse(source, at);
            reading.errors.extend(errors);
            let (chart, errors) = diagram::flowchart::resolve(source, &tree, &reading.config);
            reading.errors.extend(errors);
            reading.diagram = Some(Diagram::Flowchart(chart));
        }
        Kind::State => {
            let parse = syntax::state::parse(source, reading.header(source, kind, at));
            let (diagram, errors) = diagram::state::resolve(source, &parse.statements);
            reading.diagram = Some(Diagram::State(diagram));
            reading.errors.extend(parse.errors.into_iter().chain(errors));
            reading.remarks(&parse.comments);
        }
        Kind::Sequence => {
            let parse = syntax::sequence::parse(source, reading.header(source, kind, at));
            let (diagram, errors) = diagram::sequence::resolve(source, &parse.statements, &reading.config);
            reading.diagram = Some(Diagram::Sequence(diagram));
            reading.errors.extend(parse.errors.into_iter().chain(errors));
            reading.remarks(&parse.comments);
        }
        Kind::Dashes | Kind::Error => {}
        _ => {
            reading.header(source, kind, at);
        }
    }
    if let Some(diagram) = &mut reading.diagram {
        let title = &mut diagram.titles_mut().title;
        *title = title.take().or(front_title);
    }
    reading.errors.sort_by_key(|error| error.span);
    reading
}

#[cfg(test)]
mod tests {
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
