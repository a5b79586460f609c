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

/// The statement about a thing with this id and label, if the author makes one.
pub(super) fn find<'a>(statements: &'a [NameStatement], id: &str, label: &str) -> Option<&'a NameStatement> {
    statements.iter().find(|statement| {
        statement.name.eq_ignore_ascii_case(id) || statement.name.eq_ignore_ascii_case(label)
    })
}

/// The statement that a comment makes, if it makes one.
pub(super) fn read(comment: &str, place: Place) -> Option<NameStatement> {
    let (name, meaning) = comment.trim().strip_prefix("merrow:")?.split_once('=')?;
    let (kind, target) = meaning.trim().split_once(char::is_whitespace)?;
    let (_, kind, role) = KINDS.iter().find(|(word, ..)| word.eq_ignore_ascii_case(kind))?;
    Some(NameStatement {
        name: name.trim().to_owned(),
        kind: *kind,
        role: *role,
        target: target.trim().to_owned(),
        place,
    })
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
}
