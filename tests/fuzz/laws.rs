//! What must hold of any text. Each law panics where it does not.

use merrow::base::offset_map::Excerpt;
use merrow::base::text::{FileId, Span};
use merrow::document::SourceKind;
use merrow::mermaid;
use merrow::pipeline::file::{self, Source, Standing};
use merrow::pipeline::settings::Settings;

/// A post is read and judged, and every finding points at characters of it.
pub(crate) fn markdown(text: &str) {
    let source = Source {
        id: FileId(0),
        path: "post.md".to_owned(),
        project_path: "post.md".to_owned(),
        kind: SourceKind::Markdown,
        standing: Standing::AskedFor,
        text: text.to_owned(),
    };
    let facts = file::file(&Settings::default(), &source);
    for finding in &facts.diagnostics {
        points_at_characters(finding.place.span, text);
    }
}

/// A diagram is read, whatever it holds, and its places are places of the text.
pub(crate) fn parse(text: &str) {
    let parse = merrow::parse(text);
    for error in &parse.errors {
        points_at_characters(error.span, text);
        points_at_characters(error.cause(), text);
    }
    if let merrow::Tree::Flowchart(tree) = &parse.tree {
        for statement in &tree.statements {
            points_at_characters(parse.span(statement.word), text);
        }
    }
    let reading = mermaid::read(&Excerpt::whole(text, 0));
    assert!(reading.errors.len() >= parse.errors.len(), "resolving forgets no mistake");
}

/// A text that can be laid out is read the same afterwards, and stays as it is the second time.
pub(crate) fn format(text: &str) {
    let Ok(formatted) = mermaid::format::format(text) else {
        return;
    };
    assert_eq!(mermaid::format::format(&formatted).as_deref(), Ok(formatted.as_str()), "{text:?}");
    let (before, after) = (merrow::parse(text), merrow::parse(&formatted));
    assert_eq!((before.kind, after.errors), (after.kind, Vec::new()), "{text:?}");
}

fn points_at_characters(span: Span, text: &str) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
}
