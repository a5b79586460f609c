//! What an author says outright about names: `merrow: Node1 = node pve1`.

use crate::base::text::Place;
use crate::claims::claim::EntityKind;
use crate::claims::vocabulary::Role;
use crate::cluster::model::guest::GuestKind;

/// "`name` means the `kind` that is called `target`".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameStatement {
    /// The name as it stands in a diagram or configuration.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// What a label of that name names.
    pub role: Role,
    /// What it is called.
    pub target: String,
    /// The comment.
    pub place: Place,
}

/// Why a remark that should say something about a name does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misnaming<'a> {
    /// There is no `=` in it.
    NoStatement,
    /// The word behind the `=` is none of [`NameStatement::kinds`].
    UnknownKind(&'a str),
    /// Nothing stands in front of the `=`, or nothing behind the kind.
    NoName,
}

/// Words for kinds in such statements, and what a label then names.
const KINDS: [(&str, EntityKind, Role); 7] = [
    ("node", EntityKind::Node, Role::Node),
    ("monitor", EntityKind::Monitor, Role::Monitor),
    ("osd", EntityKind::Osd, Role::Osd),
    ("pool", EntityKind::Pool, Role::Pool),
    ("vm", EntityKind::Guest, Role::Guest(GuestKind::VirtualMachine)),
    ("container", EntityKind::Guest, Role::Guest(GuestKind::Container)),
    ("backup-target", EntityKind::BackupTarget, Role::BackupTarget),
];

impl NameStatement {
    /// The words for kinds that such a statement may use.
    pub fn kinds() -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|(word, ..)| *word)
    }

    /// Reads what stands behind `merrow:` in a comment at `place`.
    ///
    /// # Errors
    /// [`Misnaming`] when it says nothing about a name.
    pub fn read(remark: &str, place: Place) -> Result<Self, Misnaming<'_>> {
        let (name, meaning) = remark.split_once('=').ok_or(Misnaming::NoStatement)?;
        let (name, meaning) = (name.trim(), meaning.trim());
        let (word, target) = meaning.split_once(char::is_whitespace).unwrap_or((meaning, ""));
        let known = KINDS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(word));
        let (_, kind, role) = known.ok_or(Misnaming::UnknownKind(word))?;
        if name.is_empty() || target.is_empty() {
            return Err(Misnaming::NoName);
        }
        Ok(Self { name: name.to_owned(), kind: *kind, role: *role, target: target.trim().to_owned(), place })
    }
}

/// The statement about a thing with this id and label, if the author makes one.
pub(super) fn find<'a>(statements: &'a [NameStatement], id: &str, label: &str) -> Option<&'a NameStatement> {
    statements.iter().find(|statement| {
        statement.name.eq_ignore_ascii_case(id) || statement.name.eq_ignore_ascii_case(label)
    })
}

/// The statement that a comment makes, if it makes one.
pub(super) fn read(comment: &str, place: Place) -> Option<NameStatement> {
    NameStatement::read(comment.trim().strip_prefix("merrow:")?, place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::{FileId, Span};

    #[test]
    fn statements_name_kind_and_target() {
        let place = Place::new(FileId(0), Span::at(0));
        let statement = read(" merrow: Node1 = node pve1", place).expect("a statement");
        assert_eq!(
            (statement.name.as_str(), statement.kind, statement.target.as_str()),
            ("Node1", EntityKind::Node, "pve1")
        );
        assert_eq!(read("merrow: allow isolated-node", place), None);
        assert_eq!(read("Node1 = node pve1", place), None);
    }

    #[test]
    fn what_is_no_statement_says_why() {
        let place = Place::new(FileId(0), Span::at(0));
        let table = [
            ("alow x", Misnaming::NoStatement),
            ("A = nodes x", Misnaming::UnknownKind("nodes")),
            ("A =", Misnaming::UnknownKind("")),
            ("A = node", Misnaming::NoName),
            ("= node x", Misnaming::NoName),
        ];
        for (remark, expected) in table {
            assert_eq!(NameStatement::read(remark, place), Err(expected), "{remark}");
        }
    }
}
