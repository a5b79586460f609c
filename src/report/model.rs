//! `model`: what was understood, as a tree for people and as JSON for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use crate::base::text::{FileId, LineIndex, Place};
use crate::claims::aliases::{Alias, Aliases};
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
    pub intended: &'a Intended<'a>,
    /// Their diagrams of kinds that Merrow does not understand, each with Mermaid's name of its kind.
    pub not_understood: &'a [(Place, &'static str)],
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
        writer.write_aliases(&lab.intended.aliases, &mut out);
        writer.write_not_understood(lab.not_understood, &mut out);
    }
    if out.is_empty() {
        out.push_str("nothing about a Proxmox, corosync or Ceph cluster was found\n");
    }
    out
}

/// Which of value and place stands first in the lines of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    ValueFirst,
    PlaceFirst,
}

impl Order {
    /// Words stand in front of their places, which the eye then finds; where a group has whole sentences, its places form
    /// the column.
    fn of(group: &Group) -> Self {
        const LONGEST_IN_COLUMN: usize = 40;
        let mut values = group.things.iter().flat_map(|thing| &thing.facts).flat_map(|fact| &fact.values);
        let has_sentence = values.any(|(value, _)| value.chars().count() > LONGEST_IN_COLUMN);
        if has_sentence { Self::PlaceFirst } else { Self::ValueFirst }
    }
}

struct TreeWriter<'a> {
    lines: &'a Lines<'a>,
    with_paths: bool,
}

impl TreeWriter<'_> {
    fn write_group(&self, group: &Group, out: &mut String) {
        let _ = writeln!(out, "\n  {}", group.title);
        let width = group.things.iter().map(|thing| thing.name.chars().count()).max().unwrap_or(0).min(40);
        let order = Order::of(group);
        for thing in &group.things {
            self.write_thing(thing, width, order, out);
        }
    }

    /// Which names stand for a thing that is called otherwise above, and why.
    fn write_aliases(&self, aliases: &Aliases, out: &mut String) {
        let others: Vec<&Alias> =
            aliases.links().iter().filter(|alias| alias.name != alias.entity_name).collect();
        if others.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n  who is who");
        let width = others.iter().map(|alias| alias.name.chars().count()).max().unwrap_or(0).min(40);
        for alias in others {
            let guess = if alias.reason.is_guess() { ", a guess" } else { "" };
            let place = self.place(alias.place);
            let Alias { name, entity_name, reason, .. } = alias;
            let _ =
                writeln!(out, "    {name:<width$}  is {entity_name} ({}{guess})  {place}", reason.words());
        }
    }

    /// One line for the thing with its mentions, and one for each value of its facts.
    fn write_thing(&self, thing: &Thing, width: usize, order: Order, out: &mut String) {
        let mentions = self.places(&thing.mentions);
        let _ = writeln!(out, "{}", format!("    {:<width$}  {mentions}", thing.name).trim_end());
        let names = thing.facts.iter().map(|fact| fact.name.chars().count()).max().unwrap_or(0);
        for fact in &thing.facts {
            self.write_fact(fact, names, order, out);
        }
    }

    fn write_fact(&self, fact: &FactLine, names: usize, order: Order, out: &mut String) {
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
            let _ = match order {
                Order::PlaceFirst => writeln!(out, "      {name:<names$}  {places:<8}  {value}{disputed}"),
                Order::ValueFirst => {
                    writeln!(out, "      {name:<names$}  {value:<longest$}  {places}{disputed}")
                }
            };
        }
    }

    fn write_not_understood(&self, diagrams: &[(Place, &'static str)], out: &mut String) {
        if diagrams.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n  diagrams of kinds that are not understood");
        let width = diagrams.iter().map(|(_, kind)| kind.len()).max().unwrap_or(0);
        for (place, kind) in diagrams {
            let _ = writeln!(out, "    {kind:width$}  {}", self.place(*place));
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

/// What the labs say, for JSON: one object for one lab, else an array of them.
///
/// Lines and columns count from 1, columns in Unicode scalar values.
pub fn json<'a>(labs: &'a [LabModel<'a>], sources: &'a [SourceText<'a>]) -> impl Serialize + use<'a> {
    let mut objects: Vec<LabObject> = labs.iter().map(|lab| LabObject::of(lab, sources)).collect();
    if objects.len() == 1 { Labs::One(Box::new(objects.remove(0))) } else { Labs::Many(objects) }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Labs<'a> {
    One(Box<LabObject<'a>>),
    Many(Vec<LabObject<'a>>),
}

#[derive(Serialize)]
struct LabObject<'a> {
    lab: Option<&'a str>,
    files: Vec<&'a str>,
    claims: Vec<ClaimObject<'a>>,
    aliases: Vec<AliasObject<'a>>,
    #[serde(serialize_with = "in_order")]
    cluster: Vec<(&'static str, Vec<ThingObject<'a>>)>,
    disputes: Vec<DisputeObject<'a>>,
    not_understood: Vec<DiagramObject<'a>>,
}

/// A diagram of a kind that Merrow does not understand.
#[derive(Serialize)]
struct DiagramObject<'a> {
    kind: &'static str,
    #[serde(flatten)]
    position: Position<'a>,
}

#[derive(Serialize)]
struct ClaimObject<'a> {
    subject: String,
    kind: &'static str,
    value: String,
    #[serde(flatten)]
    position: Position<'a>,
    source: &'static str,
}

#[derive(Serialize)]
struct AliasObject<'a> {
    name: &'a str,
    kind: &'static str,
    entity: &'a str,
    reason: &'static str,
    guess: bool,
    #[serde(flatten)]
    position: Position<'a>,
}

#[derive(Serialize)]
struct ThingObject<'a> {
    name: String,
    mentions: Vec<Position<'a>>,
    #[serde(serialize_with = "in_order")]
    facts: Vec<(&'static str, Vec<ValueObject<'a>>)>,
}

#[derive(Serialize)]
struct ValueObject<'a> {
    value: String,
    #[serde(flatten)]
    position: Position<'a>,
}

#[derive(Serialize)]
struct DisputeObject<'a> {
    subject: String,
    fact: &'static str,
    values: Vec<ValueObject<'a>>,
}

/// Writes pairs as an object whose keys keep their order.
fn in_order<S: Serializer, T: Serialize>(
    pairs: &[(&'static str, T)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

impl<'a> LabObject<'a> {
    fn of(lab: &LabModel<'a>, sources: &'a [SourceText<'a>]) -> Self {
        let lines = Lines::of(sources, lab.files);
        let values = |values: &[(String, Place)]| {
            let value = |(value, place): &(String, Place)| ValueObject {
                value: value.clone(),
                position: lines.position(*place),
            };
            values.iter().map(value).collect::<Vec<_>>()
        };
        let thing = |thing: &Thing| ThingObject {
            name: thing.name.clone(),
            mentions: thing.mentions.iter().map(|place| lines.position(*place)).collect(),
            facts: thing.facts.iter().map(|fact| (fact.name, values(&fact.values))).collect(),
        };
        let intended = lab.intended;
        let claims = intended.claims.iter().map(|claim| ClaimObject {
            subject: claim.subject.to_string(),
            kind: claim.fact.kind(),
            value: claim.fact.to_string(),
            position: lines.position(claim.place),
            source: claim.source.name(),
        });
        let aliases = intended.aliases.links().iter().filter(|alias| !alias.name.is_empty());
        let aliases = aliases.map(|alias| AliasObject {
            name: alias.name,
            kind: alias.entity.kind.noun(),
            entity: alias.entity_name,
            reason: alias.reason.words(),
            guess: alias.reason.is_guess(),
            position: lines.position(alias.place),
        });
        let not_understood = lab
            .not_understood
            .iter()
            .map(|(place, kind)| DiagramObject { kind, position: lines.position(*place) });
        let disputes = intended.cluster.disputes().into_iter().map(|dispute| DisputeObject {
            fact: dispute.fact,
            values: values(&dispute.values),
            subject: dispute.subject,
        });
        let groups = outline::of(intended);
        Self {
            lab: lab.name,
            files: lab.files.iter().filter_map(|file| Some(sources.get(file.0 as usize)?.path)).collect(),
            claims: claims.collect(),
            aliases: aliases.collect(),
            cluster: groups
                .iter()
                .map(|group| (group.title, group.things.iter().map(thing).collect()))
                .collect(),
            disputes: disputes.collect(),
            not_understood: not_understood.collect(),
        }
    }
}
