//! What `corosync -t`, and the daemon at its start, said to a `corosync.conf`.

use std::path::Path;

use merrow::base::offset_map::Excerpt;
use merrow::cluster::formats::corosync::{self, CorosyncConf};
use merrow::cluster::simulate::quorum::{QuorumSection, Votequorum};
use serde_json::Value;

use crate::suite::{Suite, json_lines};

/// The address of the host that the cases were recorded on: corosync wants to find itself in the list of nodes.
const LOCAL_ADDRESS: &str = "10.99.0.1";

pub(crate) fn suite(root: &Path) -> Suite {
    let mut suite = Suite::new("corosync-conf");
    for row in json_lines(&root.join("corosync/conf.jsonl")) {
        let text = row["conf"].as_str().unwrap_or_default();
        let conf = corosync::read(&Excerpt::whole(text, 0));
        let against = objections(&conf, row["authkey"] == true);
        let verdict = if against.is_empty() { "accept" } else { "reject" };
        let mut outcome = Ok(());
        if row["verdict"] != verdict {
            outcome = Err(format!("{verdict}, not {}: {} {against:?}", row["verdict"], row["case"]));
        } else if row["start"].is_object() {
            let start = start(&conf);
            if row["start"]["verdict"] != start {
                outcome = Err(format!("{start}, not {}: {}", row["start"]["verdict"], row["case"]));
            }
        }
        suite.count(&id(&row), outcome);
    }
    suite
}

fn id(row: &Value) -> String {
    row["id"].to_string()
}

/// Everything against the file on a host without a resolver.
fn objections(conf: &CorosyncConf, has_authkey: bool) -> Vec<String> {
    let mut all: Vec<String> = conf
        .errors
        .iter()
        .cloned()
        .chain(conf.refusals())
        .map(|error| format!("{:?}", error.problem))
        .collect();
    if conf.needs_authkey() && !has_authkey {
        all.push("no key file".to_owned());
    }
    let addresses = || conf.nodes.iter().flat_map(|node| node.addresses.values());
    if addresses().next().is_some() && !addresses().any(|address| address.value == LOCAL_ADDRESS) {
        all.push("the local host is no node".to_owned());
    }
    all.extend(
        addresses()
            .filter(|address| address.value.parse::<std::net::IpAddr>().is_err())
            .map(|address| format!("{} cannot be resolved", address.value)),
    );
    all
}

/// What the daemon does with a file that `corosync -t` takes.
fn start(conf: &CorosyncConf) -> &'static str {
    match conf.quorum.provider.as_ref().map(|provider| provider.value.as_str()) {
        None => "runs-no-quorum-service",
        Some("corosync_votequorum") if Votequorum::new(&QuorumSection::from(conf)).is_ok() => "runs",
        Some(_) => "exits",
    }
}
