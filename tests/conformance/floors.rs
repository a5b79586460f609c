//! The share of each suite that must pass; in percent, because other directories hold other numbers of cases.

use std::collections::BTreeMap;

use crate::suite::Suite;

const FLOORS: &str = include_str!("floors.toml");

/// A line for each suite that is below its floor, or has none.
pub(crate) fn below(suites: &[Suite]) -> Vec<String> {
    let floors: BTreeMap<String, f64> =
        toml::from_str(FLOORS).expect("floors.toml maps suites to percentages");
    let judge = |suite: &Suite| match floors.get(suite.name) {
        None => Some(format!("{} has no floor in tests/conformance/floors.toml", suite.name)),
        Some(floor) => {
            let reached = 100.0 * number(suite.n_passed) / number(suite.total().max(1));
            (reached < *floor).then(|| format!("{} reached {reached:.2} %, floor {floor} %", suite.line()))
        }
    };
    suites.iter().filter_map(judge).collect()
}

/// Numbers of cases are small enough to be exact.
fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::INFINITY, f64::from)
}
