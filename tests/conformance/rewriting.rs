//! Laws: what is written of a diagram is read as the same diagram; what is formatted means what it meant, and is
//! formatted.

use merrow::base::offset_map::Excerpt;
use merrow::mermaid::diagram::Diagram;
use merrow::mermaid::format::{Unformatted, format};
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

/// Checks the law of formatting for a text; `None` for one that Mermaid refuses, or whose kind is not formatted.
pub(crate) fn check_format(text: &str) -> Option<Result<(), String>> {
    let reading = read(text);
    let diagram = reading.diagram.as_ref().filter(|_| reading.errors.is_empty())?;
    let formatted = match format(text) {
        Ok(formatted) => formatted,
        Err(reason @ Unformatted::Unsure) => return Some(Err(format!("{reason:?}\n--- source\n{text}"))),
        Err(reason) => return Some(Err(format!("left for {reason:?}, but it can be read"))),
    };
    let told =
        |problem: String| Some(Err(format!("{problem}\n--- source\n{text}\n--- formatted\n{formatted}")));
    let again = read(&formatted);
    if let Some(error) = again.errors.first() {
        return told(format!("{error:?}"));
    }
    let Some(second) = &again.diagram else { return told("no diagram".to_owned()) };
    if let Some(difference) = structure::difference(&structure::of(diagram), &structure::of(second)) {
        return told(difference);
    }
    if format(&formatted).as_deref() != Ok(formatted.as_str()) {
        return told("formatted differently the second time".to_owned());
    }
    Some(Ok(()))
}
