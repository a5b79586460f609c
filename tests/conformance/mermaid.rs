//! Mermaid 12's verdicts, structures and error lines.

use std::collections::BTreeMap;
use std::path::Path;

use merrow::base::offset_map::Excerpt;
use merrow::base::text::LineIndex;
use merrow::mermaid::detect::Kind;
use merrow::mermaid::limit::Limit;
use merrow::mermaid::syntax::Problem;
use merrow::mermaid::{self, Reading};
use serde_json::Value;

use crate::rewriting;
use crate::structure;
use crate::suite::{Suite, json_lines};

/// Verdicts, structures, and the suites they feed.
const SETS: [(&str, &[&str], &str, &str); 3] = [
    ("oracle.jsonl", &["structure.jsonl", "seed.jsonl"], "mermaid-accept", "mermaid-structure"),
    (
        "oracle-mutations.jsonl",
        &["structure-mutations.jsonl"],
        "mermaid-accept-mutations",
        "mermaid-structure-mutations",
    ),
    ("oracle-probes.jsonl", &["structure-probes.jsonl"], "mermaid-accept-probes", "mermaid-structure-probes"),
];

pub(crate) fn suites(root: &Path) -> Vec<Suite> {
    let root = root.join("mermaid");
    let mut suites = Vec::new();
    let mut other = Suite::new("mermaid-accept-other");
    let mut line = Suite::new("mermaid-line");
    let mut write = Suite::new("mermaid-write");
    let mut fmt = Suite::new("mermaid-fmt");
    for (verdicts, structures, accept_name, structure_name) in SETS {
        let mut accept = Suite::new(accept_name);
        let mut structure = Suite::new(structure_name);
        let mut texts = BTreeMap::new();
        for verdict in json_lines(&root.join(verdicts)) {
            let reading = read(&verdict);
            let is_read = ["flowchart-v2", "flowchart-elk", "stateDiagram", "sequence"]
                .contains(&verdict["kind"].as_str().unwrap_or_default());
            let suite = if is_read { &mut accept } else { &mut other };
            suite.count(id(&verdict), same_verdict(&verdict, &reading));
            if let Some(recorded) = verdict["error_line_source"].as_u64() {
                line.count(id(&verdict), same_line(recorded, text(&verdict), &reading));
            }
            if let Some(outcome) = rewriting::check(text(&verdict)) {
                write.count(id(&verdict), outcome);
            }
            if let Some(outcome) = rewriting::check_format(text(&verdict)) {
                fmt.count(id(&verdict), outcome);
            }
            texts.insert(id(&verdict).to_owned(), reading);
        }
        for file in structures {
            for case in json_lines(&root.join(file)) {
                // The seed's file carries its texts; the others refer to their verdict's.
                let own = case["text"].is_string().then(|| read(&case));
                let Some(reading) = own.as_ref().or_else(|| texts.get(id(&case))) else {
                    structure.count(id(&case), Err("no text with this id".to_owned()));
                    continue;
                };
                structure.count(id(&case), same_structure(&case["structure"], reading));
            }
        }
        suites.push(accept);
        suites.push(structure);
    }
    let mut blog = Suite::new("mermaid-accept-blog");
    for verdict in json_lines(&root.join("oracle-blog.jsonl")) {
        if let Some(outcome) = rewriting::check(text(&verdict)) {
            write.count(id(&verdict), outcome);
        }
        if let Some(outcome) = rewriting::check_format(text(&verdict)) {
            fmt.count(id(&verdict), outcome);
        }
        let accepts = accepts(&read(&verdict));
        let outcome = if accepts.is_ok() == (verdict["accepts"] == true) {
            Ok(())
        } else {
            Err(format!("{accepts:?}"))
        };
        blog.count(id(&verdict), outcome);
    }
    suites.extend([blog, other, line, write, fmt]);
    suites
}

fn id(case: &Value) -> &str {
    case["id"].as_str().unwrap_or_default()
}

fn text(case: &Value) -> &str {
    case["text"].as_str().unwrap_or_default()
}

fn read(case: &Value) -> Reading {
    mermaid::read(&Excerpt::whole(text(case), 0))
}

/// Ok when Mermaid would take the text; otherwise what speaks against it.
fn accepts(reading: &Reading) -> Result<(), String> {
    // Mermaid's parser has no limit for the length of a text; its renderer has.
    let limit = reading.limits.iter().find(|limit| matches!(limit, Limit::Edges { .. }));
    match (reading.errors.first(), limit) {
        (Some(error), _) => Err(format!("{error:?}")),
        (None, Some(limit)) => Err(format!("{limit:?}")),
        (None, None) => Ok(()),
    }
}

/// Mermaid names no kind for a text whose front matter it cannot read.
fn kind(reading: &Reading) -> Option<Kind> {
    let unread = reading.errors.iter().any(|error| matches!(error.problem, Problem::FrontMatter(_)));
    reading.kind.filter(|_| !unread)
}

fn same_verdict(verdict: &Value, reading: &Reading) -> Result<(), String> {
    let ours = accepts(reading);
    if ours.is_ok() != (verdict["accepts"] == true) {
        return Err(match ours {
            Ok(()) => format!("accepted; Mermaid: {}", verdict["error_message"]),
            Err(problem) => format!("refused: {problem}"),
        });
    }
    let kind = kind(reading).map(Kind::name);
    if kind != verdict["kind"].as_str() {
        return Err(format!("kind {kind:?}; Mermaid: {}", verdict["kind"]));
    }
    Ok(())
}

fn same_line(recorded: u64, text: &str, reading: &Reading) -> Result<(), String> {
    let Some(error) = reading.errors.first() else {
        return Err("accepted".to_owned());
    };
    let line = u64::from(LineIndex::new(text).line(error.span.start));
    if line.abs_diff(recorded) <= 1 {
        Ok(())
    } else {
        Err(format!("line {line}; Mermaid: {recorded}: {error:?}"))
    }
}

fn same_structure(recorded: &Value, reading: &Reading) -> Result<(), String> {
    let Some(diagram) = &reading.diagram else {
        return Err("no diagram".to_owned());
    };
    if let Some(error) = reading.errors.first() {
        return Err(format!("refused: {error:?}"));
    }
    structure::difference(recorded, &structure::of(diagram)).map_or(Ok(()), Err)
}
