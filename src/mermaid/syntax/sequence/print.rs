//! Statements of a sequence diagram in the canonical form: `A->>B: text`, as Mermaid's documentation writes them.
//!
//! Law: what is printed is read as the same statement.

use crate::mermaid::syntax::Statement;
use crate::mermaid::syntax::source::Word;
use crate::mermaid::syntax::written::{Nesting, Printed, Written, metadata, spaced, trimmed};

use super::tree::{Declaration, Message, Note, StatementKind};

/// How the statement changes the level of those behind it.
pub(crate) fn nesting(kind: &StatementKind) -> Nesting {
    match kind {
        StatementKind::Box(_) | StatementKind::Fragment(..) => Nesting::Opens,
        StatementKind::EndBox | StatementKind::EndFragment => Nesting::Closes,
        StatementKind::Operand(_) => Nesting::Divides,
        _ => Nesting::Plain,
    }
}

/// The statement in the canonical form.
pub(crate) fn print(written: Written<'_>, statement: &Statement<StatementKind>) -> Printed {
    let as_written = written.word(statement.word);
    if as_written.contains('\n') {
        return Printed::new(as_written);
    }
    let start = statement.word.start();
    // What stands before a part of the statement: its keywords.
    let before = |part: Word| spaced(written.between(start, part.start()));
    let text = match &statement.kind {
        StatementKind::Declaration(declaration) => {
            self::declaration(written, &before(declaration.id), declaration)
        }
        StatementKind::Destroy(id) | StatementKind::Activate(id) | StatementKind::Deactivate(id) => {
            format!("{} {}", before(*id), written.word(*id))
        }
        StatementKind::Message(message) => self::message(written, message),
        StatementKind::Note(note) => self::note(written, &before(note.first), note),
        StatementKind::Autonumber(_) => spaced(as_written),
        StatementKind::Box(text) | StatementKind::Fragment(_, text) | StatementKind::Operand(text) => {
            format!("{} {}", before(*text), trimmed(written.word(*text))).trim_end_matches(' ').to_owned()
        }
        StatementKind::Attachment(_, participant, text) => {
            let participant_text = written.word(*participant);
            format!("{} {participant_text}{}", before(*participant), behind_colon(written, *text))
        }
        StatementKind::EndBox
        | StatementKind::EndFragment
        | StatementKind::Title(_)
        | StatementKind::AccTitle(_)
        | StatementKind::AccDescr(_) => as_written.to_owned(),
    };
    Printed::new(&text)
}

fn declaration(written: Written<'_>, keywords: &str, declaration: &Declaration) -> String {
    let mut out = format!("{keywords} {}", written.word(declaration.id));
    if let Some(inside) = declaration.metadata {
        out.push_str("@{");
        out.push_str(&metadata(written.word(inside)));
        out.push('}');
    }
    if let Some(label) = declaration.label {
        out.push_str(" as ");
        out.push_str(trimmed(written.word(label)));
    }
    out.trim_end_matches(' ').to_owned()
}

fn message(written: Written<'_>, message: &Message) -> String {
    let (from, to) = (written.word(message.from), written.word(message.to));
    let between = written.between(message.from.end(), message.to.start());
    let text = behind_colon(written, message.text);
    let is_apart = from.ends_with(is_plain) && to.starts_with(is_plain);
    // Beside anything but letters and digits a blank may tell an arrow from a name.
    let arrow = if is_apart { between.replace([' ', '\t'], "") } else { between.to_owned() };
    format!("{from}{arrow}{to}{text}")
}

/// A character that belongs to no arrow, and that no grammar rule asks for.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn note(written: Written<'_>, keywords: &str, note: &Note) -> String {
    let second = note.second.map_or(String::new(), |second| format!(", {}", written.word(second)));
    format!("{keywords} {}{second}{}", written.word(note.first), behind_colon(written, note.text))
}

/// `: text`; `:wrap:` and `:nowrap:` mean something else behind a blank.
fn behind_colon(written: Written<'_>, text: Word) -> String {
    let written = written.word(text);
    let behind = written.strip_prefix(':').unwrap_or(written);
    let text = trimmed(behind);
    if text.is_empty() {
        ":".to_owned()
    } else if text.starts_with("wrap:") || text.starts_with("nowrap:") {
        format!(":{}", behind.trim_end_matches([' ', '\t']))
    } else {
        format!(": {text}")
    }
}
