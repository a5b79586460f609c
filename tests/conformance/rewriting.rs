//! Law: what is written of a diagram is read as the same diagram.

use merrow::base::offset_map::Excerpt;
use merrow::mermaid::diagram::Diagram;
use merrow::mermaid::{self, Reading, write};

use crate::structure;

fn read(text: &str) -> Reading {
    mermaid::read(&Excerpt::whole(text, 0))
}

/// Checks the law for a text; `None` for one that Mermaid refuses, or whose kind is not written.
pub(crate) fn check(text: &str) -> Option<Result<(), String>> {
    let reading = read(text);
    let Some(diagram @ Diagram::Flowchart(chart)) = &reading.diagram else { return None };
    if !reading.errors.is_empty() {
        return None;
    }
    let written = write::flowchart(chart);
    let again = read(&written);
    let told = |problem: String| Some(Err(format!("{problem}\n--- source\n{text}\n--- written\n{written}")));
    if let Some(error) = again.errors.first() {
        return told(format!("{error:?}"));
    }
    let Some(second) = &again.diagram else { return told("no diagram".to_owned()) };
    if let Some(difference) = structure::difference(&structure::as_read(diagram), &structure::as_read(second))
    {
        return told(difference);
    }
    match second {
        Diagram::Flowchart(second) if write::flowchart(second) == written => Some(Ok(())),
        _ => told("written differently the second time".to_owned()),
    }
}
