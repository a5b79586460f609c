//! `gantt`: settings, sections, and tasks, which have a colon.

use crate::mermaid::syntax::cursor::Cursor;
use crate::mermaid::syntax::source::Source;
use crate::mermaid::syntax::{Expected, SyntaxError};

use super::token::{is_line_end, line, skip_accessibility, skip_line, word};
use super::{Step, each, unexpected};

/// First words of statements without a colon.
const SETTINGS: [&str; 15] = [
    "title",
    "dateFormat",
    "axisFormat",
    "tickInterval",
    "todayMarker",
    "includes",
    "excludes",
    "section",
    "weekday",
    "weekend",
    "inclusiveEndDates",
    "topAxis",
    "click",
    "accDescription",
    "gantt",
];

/// Checks what stands behind `gantt`.
pub(crate) fn check(source: Source<'_>, at: usize) -> Vec<SyntaxError> {
    each(Cursor::new(source, at), statement)
}

fn statement(cursor: &mut Cursor<'_>) -> Step {
    cursor.skip_blanks();
    if cursor.eat("\n") || skip_accessibility(cursor) {
        return Ok(());
    }
    let keyword = word(cursor);
    let text = line(cursor);
    let is_setting = SETTINGS.iter().any(|known| keyword.eq_ignore_ascii_case(known));
    if keyword.eq_ignore_ascii_case("dateFormat") {
        // The format ends at `#`; what follows is read as a task.
        if let Some(behind) = text.find('#').map(|at| &text[at..])
            && !behind.contains([':', ';'])
        {
            skip_line(cursor);
            return Err(unexpected(cursor, &[Expected::Literal(":")]));
        }
    }
    skip_line(cursor);
    if keyword.eq_ignore_ascii_case("click") && has_text_behind_link(text) {
        return Err(unexpected(cursor, &[Expected::Literal(":")]));
    }
    let is_plain = text.chars().all(|c| c != ':' && c != ';' && c != '%' && c != '#');
    if !is_setting && is_plain && !text.trim().is_empty() && is_line_end(cursor) {
        return Err(unexpected(cursor, &[Expected::Literal(":")]));
    }
    Ok(())
}

/// True for `click id href "url" text`: what stands behind the link is read as a task, which has a colon.
fn has_text_behind_link(text: &str) -> bool {
    let Some((_, link)) = text.split_once("href") else {
        return false;
    };
    let mut parts = link.splitn(3, '"');
    let (Some(blank), Some(_), Some(behind)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let behind = behind.trim();
    let is_more = !behind.is_empty() && !behind.starts_with("call");
    blank.trim().is_empty() && is_more && !behind.contains([':', ';', '#', '%'])
}

#[cfg(test)]
mod tests {
    use super::super::laws::stops;

    #[test]
    fn tasks_are_read_and_mistakes_have_their_places() {
        let table: &[(&str, &[&str])] = &[
            (
                "\ntitle T: x\ndateFormat YYYY-MM-DD\nsection S\nA task : a1, 2026-01-01, 3d\nclick a1 href \"u\"\n",
                &[],
            ),
            ("\ndateFormat YYYY #x\n", &[""]),
            ("\nclick a1 href \"u\" \"v\"\n", &[""]),
            ("\nA task\n", &[""]),
        ];
        for (text, expected) in table {
            assert_eq!(stops(super::check, text), *expected, "{text:?}");
        }
    }
}
