//! Proxmox VE's section files: `storage.cfg`, `jobs.cfg`, `ha/resources.cfg`.
//!
//! A head `TYPE: ID` at the start of a line, then indented `key value` lines up to an empty line (pve-storage(5), the
//! chapters on `/etc/pve/storage.cfg` and `/etc/pve/ha/resources.cfg` of the administration guide). A second section of
//! the same id, a second line of the same key and a type that the file does not have are told; the rest is kept as
//! written, so that a new option is no error.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use nom::bytes::complete::{take_till1, take_while1};
use nom::character::complete::{char, space0, space1};
use nom::combinator::{all_consuming, opt, rest};
use nom::sequence::{preceded, separated_pair, terminated};
use nom::{IResult, Parser};

use super::source::{Source, Spanned};
use super::{FormatError, Problem};
use crate::base::offset_map::Excerpt;
use crate::base::text::Span;

/// Which section file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `/etc/pve/storage.cfg`
    Storage,
    /// `/etc/pve/jobs.cfg`
    Jobs,
    /// `/etc/pve/ha/resources.cfg`
    HaResources,
}

impl FileKind {
    /// The types of its sections.
    pub const fn section_types(self) -> &'static [&'static str] {
        match self {
            // `glusterfs` ended with Proxmox VE 9.
            Self::Storage => &[
                "btrfs",
                "cephfs",
                "cifs",
                "dir",
                "esxi",
                "glusterfs",
                "iscsi",
                "iscsidirect",
                "lvm",
                "lvmthin",
                "nfs",
                "pbs",
                "rbd",
                "zfs",
                "zfspool",
            ],
            Self::Jobs => &["vzdump", "realm-sync"],
            Self::HaResources => &["vm", "ct"],
        }
    }

    /// The file's name.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Storage => "storage.cfg",
            Self::Jobs => "jobs.cfg",
            Self::HaResources => "ha/resources.cfg",
        }
    }
}

/// A section file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionFile {
    /// Which one.
    pub kind: FileKind,
    /// In file order; without the sections of unknown types, which Proxmox VE skips.
    pub sections: Vec<Section>,
    /// What could not be read, in order.
    pub errors: Vec<FormatError>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// `zfspool`, `vzdump`, `vm`
    pub kind: Spanned<String>,
    /// The id; a number for `vm` and `ct`.
    pub id: Spanned<String>,
    /// In file order.
    pub properties: Vec<Property>,
}

impl Section {
    /// The property of that key; an empty text for a key without a value.
    pub fn get(&self, key: &str) -> Option<&Spanned<String>> {
        self.properties.iter().find(|property| property.key.value == key).map(|property| &property.value)
    }

    /// The items of a list property, each with its place, such as those of `content images,rootdir`.
    pub fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let text = self.get(key).map(|value| value.value.as_str()).unwrap_or_default();
        text.split([',', ';', ' ']).map(str::trim).filter(|item| !item.is_empty())
    }

    /// The service id of an HA resource: `vm:100`.
    pub fn service_id(&self) -> String {
        format!("{}:{}", self.kind.value, self.id.value)
    }
}

/// A line of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its key.
    pub key: Spanned<String>,
    /// Its value; empty when the key stands alone.
    pub value: Spanned<String>,
}

impl Property {
    /// Key and value.
    pub fn span(&self) -> Span {
        self.key.span.join(self.value.span)
    }
}

/// Reads `excerpt` as a section file.
pub fn read(kind: FileKind, excerpt: &Excerpt) -> SectionFile {
    let source = Source::new(excerpt);
    let mut file = SectionFile { kind, sections: Vec::new(), errors: Vec::new() };
    let mut state = State::Between;
    let mut heads = BTreeMap::new();
    let mut keys = BTreeMap::new();
    for line in source.lines() {
        let text = line.trim();
        if text.starts_with('#') {
            continue;
        }
        if line.is_empty() {
            state = State::Between;
            continue;
        }
        let mut error = |part: &str, problem: Problem| {
            file.errors.push(FormatError { span: source.span(part), problem });
        };
        match (head(line), property(line)) {
            (Some((type_name, id)), _) if kind.section_types().contains(&type_name) => {
                match heads.entry((type_name, id)) {
                    Entry::Occupied(first) => {
                        error(
                            id,
                            Problem::Duplicate { what: format!("{type_name}: {id}"), first: *first.get() },
                        );
                    }
                    Entry::Vacant(free) => {
                        free.insert(source.span(id));
                    }
                }
                keys.clear();
                file.sections.push(Section {
                    kind: source.own(type_name),
                    id: source.own(id),
                    properties: Vec::new(),
                });
                state = State::Inside;
            }
            (Some((type_name, _)), _) => {
                let allowed = kind.section_types();
                error(type_name, Problem::UnknownSectionType { kind: type_name.to_owned(), allowed });
                state = State::Skipping;
            }
            (None, _) if matches!(state, State::Skipping) => {}
            (None, Some((key, value))) if matches!(state, State::Inside) => {
                let Some(section) = file.sections.last_mut() else {
                    continue;
                };
                match keys.entry(key) {
                    Entry::Occupied(first) => {
                        error(key, Problem::Duplicate { what: format!("`{key}`"), first: *first.get() });
                    }
                    Entry::Vacant(free) => {
                        free.insert(source.span(key));
                        section.properties.push(Property { key: source.own(key), value: source.own(value) });
                    }
                }
            }
            _ if text.is_empty() => {}
            _ => error(text, Problem::IgnoredLine),
        }
    }
    file
}

/// Where a line falls.
enum State {
    Between,
    Inside,
    Skipping,
}

/// `TYPE: ID`
fn head(line: &str) -> Option<(&str, &str)> {
    fn parse(line: &str) -> IResult<&str, (&str, &str)> {
        let kind = take_while1(|c: char| !c.is_whitespace() && c != ':');
        let id = take_till1(char::is_whitespace);
        all_consuming(terminated(separated_pair(kind, (char(':'), space0), id), space0)).parse(line)
    }
    parse(line.trim_end()).ok().map(|(_, parts)| parts)
}

/// An indented `key` or `key value`.
fn property(line: &str) -> Option<(&str, &str)> {
    fn parse(line: &str) -> IResult<&str, (&str, Option<&str>)> {
        let key = preceded(space1, take_till1(char::is_whitespace));
        all_consuming((key, opt(preceded(space1, rest)))).parse(line)
    }
    let line = line.trim_end();
    let (_, (key, value)) = parse(line).ok()?;
    // A key that stands alone has its empty value behind it.
    Some((key, value.or_else(|| line.get(line.len()..)).unwrap_or_default()))
}

/// The file that a section with this head belongs to.
pub(super) fn kind_of_head(line: &str) -> Option<FileKind> {
    let (type_name, id) = head(line)?;
    let kind = [FileKind::Storage, FileKind::Jobs, FileKind::HaResources]
        .into_iter()
        .find(|kind| kind.section_types().contains(&type_name))?;
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    (kind != FileKind::HaResources || is_number).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: u32 = 7;

    const STORAGE: &str = "\
# where things are
dir: local
\tpath /var/lib/vz
\tcontent iso,vztmpl backup

pbs: vault
  server 192.0.2.5
  datastore  deep store
  shared

warp: drive
  speed 9
";

    fn storage(text: &str) -> SectionFile {
        read(FileKind::Storage, &Excerpt::whole(text, START))
    }

    #[test]
    fn sections_hold_properties_in_order() {
        let file = storage(STORAGE);
        let heads: Vec<_> = file
            .sections
            .iter()
            .map(|section| (section.kind.value.as_str(), section.id.value.as_str()))
            .collect();
        assert_eq!(heads, [("dir", "local"), ("pbs", "vault")]);
        let content: Vec<_> = file.sections[0].list("content").collect();
        assert_eq!(content, ["iso", "vztmpl", "backup"]);
        let vault = &file.sections[1];
        let datastore = vault.get("datastore").unwrap();
        assert_eq!(datastore.value, "deep store");
        assert_eq!(datastore.span.start, STORAGE.find("deep").unwrap() as u32 + START);
        assert_eq!(vault.get("shared").map(|value| value.value.as_str()), Some(""));
        assert!(
            matches!(&file.errors[..], [FormatError { problem: Problem::UnknownSectionType { kind, .. }, .. }] if kind == "warp")
        );
    }

    #[test]
    fn what_is_told() {
        let twice = storage("dir: a\n path /x\n path /y\n\n stray 1\nnoise\ndir: a\n");
        let told: Vec<_> =
            twice.errors.iter().map(|error| (error.span.start - START, &error.problem)).collect();
        assert!(
            matches!(
                told[..],
                [
                    (17, Problem::Duplicate { .. }),
                    (27, Problem::IgnoredLine),
                    (35, Problem::IgnoredLine),
                    (46, Problem::Duplicate { .. })
                ]
            ),
            "{told:?}"
        );
        assert_eq!(twice.sections[0].get("path").unwrap().value, "/x");
    }

    #[test]
    fn ha_resources_have_service_ids() {
        let file =
            read(FileKind::HaResources, &Excerpt::whole("vm: 100\n\tstate started\n\tmax_restart 2\n", 0));
        assert_eq!(file.sections[0].service_id(), "vm:100");
        assert_eq!(file.sections[0].get("max_restart").unwrap().value, "2");
    }
}
