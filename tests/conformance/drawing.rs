//! Drawings as a meter measured them in a browser, against what they must reach (`drawing.toml`) and against other programs'
//! drawings of the same diagrams.
//!
//! `MERROW_METER` names the folder of the measurements; `.ci/meter` makes them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::suite::json_lines;

const FLOORS: &str = include_str!("drawing.toml");
/// So many files with the most crossings are left out of the sum: they would decide it alone.
const N_LARGEST: usize = 2;
/// Kinds of faults that stand for text which cannot be read whole.
const CUT: [&str; 4] = ["textOverflow", "clippedTexts", "foreignObjectClipped", "textTooWide"];

/// What a quantity must reach.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Bound {
    at_least: Option<f64>,
    at_most: Option<f64>,
}

/// The measurements of one drawing, by file name.
type Rows = BTreeMap<String, Value>;

/// The table of what was measured, and a line for each quantity that misses its bound.
pub(crate) fn judge(measured: &Path, cases: &Path) -> (String, Vec<String>) {
    let reference = |name: &str| rows(&cases.join("layout/reference").join(name));
    let wide = rows(&measured.join("wide.jsonl"));
    let (elk, dot) = (reference("mermaid-elk.jsonl"), reference("dot.jsonl"));
    let mut found: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    for (name, value) in of_wide(&wide, &elk, &dot) {
        found.insert(("wide", name), value);
    }
    let other = rows(&measured.join("other-font.jsonl"));
    let cut = other.values().map(|row| CUT.iter().map(|key| number(row, key)).sum::<f64>()).sum();
    found.insert(("other-font", "texts-cut"), cut);
    for (name, value) in of_narrow(measured, &wide, cases) {
        found.insert(("narrow", name), value);
    }
    compare(&found)
}

fn compare(found: &BTreeMap<(&str, &str), f64>) -> (String, Vec<String>) {
    let bounds: BTreeMap<String, BTreeMap<String, Bound>> =
        toml::from_str(FLOORS).expect("drawing.toml maps quantities to bounds");
    let mut table = String::new();
    let mut missed = Vec::new();
    for ((of, name), value) in found {
        let _ = writeln!(table, "drawing {of} {name} {}", rounded(*value));
        let Some(bound) = bounds.get(*of).and_then(|bounds| bounds.get(*name)) else {
            missed.push(format!("{of} {name} has no bound in tests/conformance/drawing.toml"));
            continue;
        };
        if bound.at_least.is_some_and(|least| *value < least)
            || bound.at_most.is_some_and(|most| *value > most)
        {
            missed.push(format!("{of} {name} is {}, and must be {bound:?}", rounded(*value)));
        }
    }
    for (of, bounds) in &bounds {
        for name in bounds.keys().filter(|name| !found.contains_key(&(of.as_str(), name.as_str()))) {
            missed.push(format!("{of} {name} is not measured"));
        }
    }
    (table, missed)
}

fn of_wide(wide: &Rows, elk: &Rows, dot: &Rows) -> Vec<(&'static str, f64)> {
    let (sequences, flows): (Vec<_>, Vec<_>) = wide.iter().partition(|(_, row)| row["kind"] == "sequence");
    let clean = |rows: &[(&String, &Value)]| count(rows, |(_, row)| number(row, "hard") == 0.0);
    // The fewest crossings that either program found.
    let best = |file: &str| {
        let others = [elk, dot].into_iter().filter_map(|rows| rows.get(file));
        others.map(|row| number(row, "crossings")).fold(f64::INFINITY, f64::min)
    };
    let not_more = count(&flows, |(file, row)| number(row, "crossings") <= best(file));
    let mut crossings: Vec<(f64, f64)> =
        flows.iter().map(|(file, row)| (best(file), number(row, "crossings"))).collect();
    crossings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let most = crossings.get(N_LARGEST..).unwrap_or_default();
    let (theirs, ours) = most.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let ratios: Vec<f64> = flows
        .iter()
        .filter_map(|(file, row)| Some(number(row, "area") / number(dot.get(*file)?, "area")))
        .collect();
    let straight: Vec<f64> = flows.iter().filter_map(|(_, row)| row["straightFrac"].as_f64()).collect();
    let all = |key: &str| wide.values().map(|row| number(row, key)).collect::<Vec<f64>>();
    vec![
        ("flows-without-hard-fault", clean(&flows)),
        ("sequences-without-hard-fault", clean(&sequences)),
        ("flows-not-crossed-more", 100.0 * not_more / float(flows.len())),
        ("crossings-ratio", ours / theirs),
        ("area-ratio", mean(&ratios.iter().map(|ratio| ratio.ln()).collect::<Vec<f64>>()).exp()),
        ("straight", 100.0 * mean(&straight)),
        ("contrast-below-aa", all("contrastBelow45").iter().sum()),
        ("bytes", mean(&all("bytes"))),
    ]
}

/// The drawings made for a narrow screen: is all of it there, and can it be read?
fn of_narrow(measured: &Path, wide: &Rows, cases: &Path) -> Vec<(&'static str, f64)> {
    let narrow = rows(&measured.join("narrow.jsonl"));
    let legible = rows(&measured.join("narrow-legible.jsonl"));
    let whole = rows(&measured.join("wide-legible.jsonl"));
    let files: Vec<&String> = wide.keys().collect();
    let share =
        |is_good: &dyn Fn(&str) -> bool| 100.0 * count(&files, |file| is_good(file)) / float(files.len());
    let of = |rows: &Rows, file: &str, key: &str| rows.get(file).map_or(f64::NAN, |row| number(row, key));
    let is_legible = |file: &str| {
        legible.get(file).is_some_and(|row| row["ok"] == true)
            && of(&legible, file, "chars") >= of(&whole, file, "chars")
    };
    let is_complete = |file: &str| {
        let row = narrow.get(file).and_then(Value::as_object);
        row.is_some_and(|row| {
            row.iter()
                .filter(|(key, _)| key.starts_with("missing"))
                .all(|(_, value)| value.as_f64() == Some(0.0))
        })
    };
    let height = |file: &str| of(&legible, file, "height") / n_parts(&cases.join("layout/truth"), file);
    vec![
        ("legible", share(&is_legible)),
        ("complete", share(&is_complete)),
        ("without-hard-fault", share(&|file| of(&narrow, file, "hard") == 0.0)),
        ("low-enough", share(&|file| height(file) <= 60.0)),
    ]
}

/// The nodes, messages and labels of a case.
fn n_parts(truth: &Path, file: &str) -> f64 {
    let path = truth.join(format!("{file}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let truth: Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let list = |key: &str| truth[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let labels =
        list("edges").iter().filter(|edge| edge["label"].as_str().is_some_and(|label| !label.is_empty()));
    float(list("nodes").len() + list("messages").len() + labels.count())
}

fn rows(path: &Path) -> Rows {
    let rows = json_lines(path).into_iter();
    rows.map(|row| (row["file"].as_str().unwrap_or_default().to_owned(), row)).collect()
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or_default()
}

fn count<T>(of: &[T], is_counted: impl Fn(&T) -> bool) -> f64 {
    float(of.iter().filter(|it| is_counted(it)).count())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / float(values.len())
}

fn float(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::INFINITY, f64::from)
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
