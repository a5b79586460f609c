//! The share of each suite that must pass; in percent, because other directories hold other numbers of cases.

use std::collections::BTreeMap;

use crate::suite::Suite;

const FLOORS: &str = include_str!("floors.toml");

/// A line for each suite that is below its floor, or has none.
pub(crate) fn below(suites: &[Suite]) -> Vec<String> {
    let floors: BTreeMap<String, f64> =
        toml::from_str(FLOORS).expect("floors.toml maps suites to percentages");
    let judge = |suite: &Suite| match floors.get(suite.name) {
        None => Some(format!(
            "{} has no floor in tests/conformance/floors.toml",
            suite.name
        )),
        Some(floor) => {
            let reached = 100.0 * suite.n_passed as f64 / suite.total().max(1) as f64;
            (reached < *floor).then(|| format!("{} reached {reached:.2} %, floor {floor} %", suite.line()))
        }
    };
    suites.iter().filter_map(judge).collect()
}
