//! `model`: what was understood, as a tree for people and as JSON for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::base::text::{FileId, LineIndex, Place};
use crate::claims::assemble::Intended;

use super::outline::{self, FactLine, Group, Thing};
use super::source_text::SourceText;

/// What the files of one lab say together.
#[derive(Debug, Clone, Copy)]
pub struct LabModel<'a> {
    /// Name of the lab, where settings give one.
    pub name: Option<&'a str>,
    /// Its files.
    pub files: &'a [FileId],
    /// What they say.
    pub intended: &'a Intended,
}

/// The lines of the files, for places.
struct Lines<'a> {
    sources: &'a [SourceText<'a>],
    lines: BTreeMap<FileId, LineIndex>,
}

impl<'a> Lines<'a> {
    fn of(sources: &'a [SourceText<'a>], files: &[FileId]) -> Self {
        let index = |file: &FileId| Some((*file, LineIndex::new(sources.get(file.0 as usize)?.text)));
        Self { sources, lines: files.iter().filter_map(index).collect() }
    }

    /// Path, line and column of a place.
    fn position(&self, place: Place) -> Position<'a> {
        let source = self.sources.get(place.file.0 as usize);
        let at = source
            .zip(self.lines.get(&place.file))
            .map(|(source, lines)| lines.line_column(source.text, place.span.start));
        Position {
            path: source.map_or("", |source| source.path),
            line: at.map_or(0, |at| at.line),
            column: at.map_or(0, |at| at.column),
        }
    }
}

#[derive(Serialize)]
struct Position<'a> {
    path: &'a str,
    line: u32,
    column: u32,
}

/// The tree of what each lab says, with line and column of each fact; labs that say nothing are left out.
pub fn tree(labs: &[LabModel], sources: &[SourceText]) -> String {
    let mut out = String::new();
    for lab in labs {
        let groups = outline::of(lab.intended);
        if groups.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let lines = Lines::of(sources, lab.files);
        let paths: Vec<&str> =
            lab.files.iter().filter_map(|file| Some(sources.get(file.0 as usize)?.path)).collect();
        let heading =
            lab.name.map_or_else(|| paths.join(", "), |name| format!("lab {name}: {}", paths.join(", ")));
        let _ = writeln!(out, "{heading}");
        let writer = TreeWriter { lines: &lines, with_paths: paths.len() > 1 };
        for group in &groups {
            writer.write_group(group, &mut out);
        }
    }
    if out.is_empty() {
        out.push_str("nothing about a Proxmox, corosync or Ceph cluster was found\n");
    }
    out
}

/// Width in characters up to which values form a column before their places.
const LONGEST_IN_COLUMN: usize = 40;

struct TreeWriter<'a> {
    lines: &'a Lines<'a>,
    with_paths: bool,
}

impl TreeWriter<'_> {
    fn write_group(&self, group: &Group, out: &mut String) {
        let _ = writeln!(out, "\n  {}", group.title);
        let width = group.things.iter().map(|thing| thing.name.chars().count()).max().unwrap_or(0).min(40);
        for thing in &group.things {
            self.write_thing(thing, width, out);
        }
    }

    /// One line for the thing with its mentions, and one for each value of its facts.
    fn write_thing(&self, thing: &Thing, width: usize, out: &mut String) {
        let mentions = self.places(&thing.mentions);
        let _ = writeln!(out, "{}", format!("    {:<width$}  {mentions}", thing.name).trim_end());
        let names = thing.facts.iter().map(|fact| fact.name.chars().count()).max().unwrap_or(0);
        for fact in &thing.facts {
            self.write_fact(fact, names, out);
        }
    }

    fn write_fact(&self, fact: &FactLine, names: usize, out: &mut String) {
        let mut merged: Vec<(&str, Vec<Place>)> = Vec::new();
        for (value, place) in &fact.values {
            match merged.iter_mut().find(|(known, _)| known == value) {
                Some((_, places)) => places.push(*place),
                None => merged.push((value, vec![*place])),
            }
        }
        let longest = merged.iter().map(|(value, _)| value.chars().count()).max().unwrap_or(0);
        for (nth, (value, places)) in merged.iter().enumerate() {
            let name = if nth == 0 { fact.name } else { "" };
            let places = self.places(places);
            let disputed = if fact.is_disputed { "  DISPUTED" } else { "" };
            // Whole sentences stand behind their places, which then form the column.
            let _ = if longest > LONGEST_IN_COLUMN {
                writeln!(out, "      {name:<names$}  {places:<8}  {value}{disputed}")
            } else {
                writeln!(out, "      {name:<names$}  {value:<longest$}  {places}{disputed}")
            };
        }
    }

    /// Lines and columns, with the path where the lab has several files; long lists are cut.
    fn places(&self, places: &[Place]) -> String {
        const MOST: usize = 4;
        let mut texts: Vec<String> = places.iter().take(MOST).map(|place| self.place(*place)).collect();
        texts.dedup();
        let more = places.len().saturating_sub(MOST);
        if more > 0 {
            texts.push(format!("{more} more"));
        }
        texts.join(", ")
    }

    fn place(&self, place: Place) -> String {
        let Position { path, line, column } = self.lines.position(place);
        if self.with_paths { format!("{path}:{line}:{column}") } else { format!("{line}:{column}") }
    }
}

/// What the labs say as JSON: one object for one lab, else an array of them.
///
/// Lines and columns count from 1, columns in Unicode scalar values.
pub fn json(labs: &[LabModel], sources: &[SourceText]) -> Value {
    let mut objects: Vec<Value> = labs.iter().map(|lab| lab_object(lab, sources)).collect();
    if objects.len() == 1 { objects.remove(0) } else { Value::Array(objects) }
}

fn lab_object(lab: &LabModel, sources: &[SourceText]) -> Value {
    let lines = Lines::of(sources, lab.files);
    let intended = lab.intended;
    let at = |place: Place, fields: Value| {
        let mut object = fields;
        if let (Some(object), Ok(Value::Object(position))) =
            (object.as_object_mut(), serde_json::to_value(lines.position(place)))
        {
            object.extend(position);
        }
        object
    };
    let claims: Vec<Value> = intended
        .claims
        .iter()
        .map(|claim| {
            let fields = json!({
                "subject": claim.subject.to_string(),
                "kind": claim.fact.kind(),
                "value": claim.fact.to_string(),
                "source": claim.source.name(),
            });
            at(claim.place, fields)
        })
        .collect();
    let aliases: Vec<Value> = intended
        .aliases
        .links()
        .iter()
        .filter(|alias| !alias.name.is_empty())
        .map(|alias| {
            let fields = json!({
                "name": alias.name,
                "kind": alias.entity.kind.noun(),
                "entity": alias.entity_name,
                "reason": alias.reason.words(),
                "guess": alias.reason.is_guess(),
            });
            at(alias.place, fields)
        })
        .collect();
    let disputes: Vec<Value> = intended
        .cluster
        .disputes()
        .iter()
        .map(|dispute| {
            let values: Vec<Value> =
                dispute.values.iter().map(|(value, place)| at(*place, json!({ "value": value }))).collect();
            json!({ "subject": dispute.subject, "fact": dispute.fact, "values": values })
        })
        .collect();
    let files: Vec<&str> =
        lab.files.iter().filter_map(|file| Some(sources.get(file.0 as usize)?.path)).collect();
    json!({
        "lab": lab.name,
        "files": files,
        "claims": claims,
        "aliases": aliases,
        "cluster": cluster_object(&outline::of(intended), &at),
        "disputes": disputes,
    })
}

/// `{"nodes": [{"name": .., "mentions": [..], "facts": {"address": [{"value": .., "path": .., ..}]}}]}`
fn cluster_object(groups: &[Group], at: &impl Fn(Place, Value) -> Value) -> Value {
    let thing = |thing: &Thing| {
        let facts: Map<String, Value> = thing
            .facts
            .iter()
            .map(|fact| {
                let values = fact.values.iter().map(|(value, place)| at(*place, json!({ "value": value })));
                (fact.name.to_owned(), values.collect())
            })
            .collect();
        let mentions: Vec<Value> = thing.mentions.iter().map(|place| at(*place, json!({}))).collect();
        json!({ "name": thing.name, "mentions": mentions, "facts": facts })
    };
    groups
        .iter()
        .map(|group| (group.title.to_owned(), group.things.iter().map(thing).collect()))
        .collect::<Map<_, _>>()
        .into()
}
