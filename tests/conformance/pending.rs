//! Suites that nothing in Merrow answers yet, with the number of their cases.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::suite::{Suite, json_lines};

pub(crate) fn suites(root: &Path) -> Vec<Suite> {
    let ceph = json_lines(&root.join("ceph/io.jsonl"));
    vec![
        Suite::pending("pve-ha", entries(&root.join("pve-ha/cases"), "")),
        Suite::pending("pve-ha-rules", entries(&root.join("pve-ha/rules_cfgs"), ".expect")),
        Suite::pending("pve-ha-fence", entries(&root.join("pve-ha/fence_cfgs"), ".expect")),
        Suite::pending("pve-ha-unit", unit_steps(&root.join("pve-ha/unit"))),
        Suite::pending("ceph-io", ceph.iter().map(outcomes).sum()),
        Suite::pending("ceph-state", ceph.len() * CEPH_STATE_FIELDS),
    ]
}

/// `osds_up_in_map`, `mon_reachable`, `new_client_ok`, `health_clean`, and undersized, degraded, peered, down.
const CEPH_STATE_FIELDS: usize = 8;

fn len(value: &Value) -> usize {
    value.as_object().map(serde_json::Map::len).or_else(|| value.as_array().map(Vec::len)).unwrap_or(0)
}

fn outcomes(row: &Value) -> usize {
    let objects = row["objects"].as_array().map(Vec::as_slice).unwrap_or_default();
    objects
        .iter()
        .map(|object| ["write_rc", "read_rc"].iter().filter(|key| object[**key].is_i64()).count())
        .sum()
}

fn entries(folder: &Path, ending: &str) -> usize {
    let listing = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    listing
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().ends_with(ending))
        .count()
}

fn unit_steps(folder: &Path) -> usize {
    let listing = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let steps = |path: &Path| {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let table: Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let asked = table["steps"]
            .as_array()
            .map_or(0, |steps| steps.iter().filter(|step| !step["expect"].is_null()).count());
        asked + len(&table["cases"])
    };
    listing.filter_map(Result::ok).map(|entry| steps(&entry.path())).sum()
}
