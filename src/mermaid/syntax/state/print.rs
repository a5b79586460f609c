//! Statements of a state diagram in the canonical form: `A --> B: text`.
//!
//! Law: what is printed is read as the same statement.

use crate::mermaid::syntax::Statement;
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::source::Word;
use crate::mermaid::syntax::written::{Line, Nesting, Printed, Written, spaced, trimmed};

use super::tree::{Described, Mention, Note, StatementKind};

/// How the statement changes the level of those behind it.
pub(crate) fn nesting(kind: &StatementKind) -> Nesting {
    match kind {
        StatementKind::Composite(_) => Nesting::Opens,
        StatementKind::EndComposite => Nesting::Closes,
        _ => Nesting::Plain,
    }
}

/// The statement in the canonical form.
pub(crate) fn print(written: Written<'_>, statement: &Statement<StatementKind>) -> Printed {
    let as_written = written.word(statement.word);
    let word = |word: &Word| written.word(*word);
    let text = match &statement.kind {
        StatementKind::State(state, text) => {
            format!("{}{}", mention(written, state), behind_colon(written, *text))
        }
        StatementKind::Transition(from, to, text) => {
            let (from, to) = (mention(written, from), mention(written, to));
            format!("{from} --> {to}{}", behind_colon(written, *text))
        }
        StatementKind::Described(head) => format!("state {}", described(written, head)),
        StatementKind::Composite(head) => format!("state {} {{", described(written, head)),
        StatementKind::Note(note) => return self::note(written, note, statement.word),
        _ if as_written.contains('\n') => as_written.to_owned(),
        StatementKind::ClassDef(words, rest)
        | StatementKind::Class(words, rest)
        | StatementKind::Style(words, rest) => {
            let keyword = trimmed(written.between(statement.word.start(), words.start()));
            format!("{keyword} {}{}", word(words), behind(word(rest)))
        }
        StatementKind::Stereotype(_, id) => {
            let marker = written.between(id.end(), statement.word.end());
            format!("state {} {}", word(id), trimmed(marker))
        }
        StatementKind::AccTitle(text) => format!("accTitle:{}", behind(word(text))),
        StatementKind::AccDescr(text) if !as_written.ends_with('}') => {
            format!("accDescr:{}", behind(word(text)))
        }
        StatementKind::Direction(_)
            if as_written.split([' ', '\t']).filter(|word| !word.is_empty()).count() == 2 =>
        {
            spaced(as_written)
        }
        StatementKind::Click(_) | StatementKind::Scale => spaced(as_written),
        StatementKind::Undeclared
        | StatementKind::EndComposite
        | StatementKind::Divider
        | StatementKind::FloatingNote
        | StatementKind::HideEmptyDescription
        | StatementKind::Direction(_)
        | StatementKind::AccDescr(_) => as_written.to_owned(),
    };
    Printed::new(&text)
}

/// The text behind a blank, or nothing.
fn behind(text: &str) -> String {
    let text = trimmed(text);
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

fn mention(written: Written<'_>, mention: &Mention) -> String {
    let id = written.word(mention.id);
    match mention.class {
        Some(class) => format!("{id}:::{}", written.word(class)),
        None => id.to_owned(),
    }
}

/// `: text`. Without the blank an empty text would be a mistake.
fn behind_colon(written: Written<'_>, text: Option<Word>) -> String {
    text.map_or(String::new(), |text| {
        let text = written.word(text);
        format!(": {}", trimmed(text.strip_prefix(':').unwrap_or(text)))
    })
}

fn described(written: Written<'_>, head: &Described) -> String {
    let id = trimmed(written.word(head.id));
    match head.description {
        Some(description) => format!("\"{}\" as {id}", written.word(description)),
        None => id.to_owned(),
    }
}

/// Mermaid drops the character behind the colon of a note, whichever it is, so only `: ` can be moved. Of a block the
/// lines are its text; one that stands alone is indented.
fn note(written: Written<'_>, note: &Note, statement: Word) -> Printed {
    let as_written = written.word(statement);
    let head = format!("note {} {}", written.word(note.position), written.word(note.state));
    let gap = written.between(note.state.end(), note.text.start());
    let text = written.word(note.text);
    let rest = written.between(note.text.end(), statement.end());
    if text.is_empty() {
        return Printed::new(as_written);
    }
    if rest.is_empty() && !text.contains('\n') && trimmed(gap) == ":" && gap.ends_with(is_space) {
        return Printed::new(&format!("{head}: {text}"));
    }
    let is_block = gap.trim_matches(is_space).is_empty() && gap.contains('\n');
    let (before_end, end) = rest.split_at(rest.len() - rest.trim_start_matches(is_space).len());
    if !is_block || !before_end.contains('\n') {
        return Printed::new(as_written);
    }
    let mut lines = vec![Line::Indented(0, head)];
    if text.contains('\n') {
        // The first line keeps its place beside the others.
        let lead = gap.rsplit('\n').next().unwrap_or_default();
        lines.extend(format!("{lead}{text}").split('\n').map(|line| Line::Continued(line.to_owned())));
    } else {
        lines.push(Line::Indented(1, text.to_owned()));
    }
    lines.push(Line::Indented(0, spaced(end)));
    Printed { lines }
}
