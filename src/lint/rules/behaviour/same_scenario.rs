use crate::base::diagnostic::{Diagnostic, Severity};
use crate::claims::trial::Trial;
use crate::lint::rule::{BehaviourCx, Stage, declare_rule};
use crate::lint::wording::count;

declare_rule! {
    /// ## What it checks
    /// Two quorum scenarios of one diagram that describe the same state of the cluster in other words.
    ///
    /// ## Why it matters
    /// A reader looks for the difference and finds none. Usually the second was meant to show another case, such as the
    /// QDevice's own failure.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>1 vote] --> T[Total votes: 3]
    ///     B[pve2<br/>1 vote] --> T
    ///     C[pve3<br/>1 vote] --> T
    ///     T --> S1[1 node down: 2 votes ✓]
    ///     T --> S2[2 nodes up: 2 votes ✓]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     A[pve1<br/>1 vote] --> T[Total votes: 3]
    ///     B[pve2<br/>1 vote] --> T
    ///     C[pve3<br/>1 vote] --> T
    ///     T --> S1[1 node down: 2 votes ✓]
    ///     T --> S2[1 node up: 1 vote ✗]
    /// ```
    pub(crate) static SAME_SCENARIO = {
        name: "same-scenario", code: "BE002", severity: Severity::Warning,
        check: Stage::Behaviour(check),
    }
}

fn check(cx: &BehaviourCx) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (nth, later) in cx.trials.iter().enumerate() {
        let earlier = cx.trials[..nth]
            .iter()
            .find(|earlier| is_same_diagram(earlier, later) && earlier.is_same_state(later));
        if let Some(earlier) = earlier {
            findings.push(word(earlier, later));
        }
    }
    findings
}

fn is_same_diagram(one: &Trial, other: &Trial) -> bool {
    one.stated.place.file == other.stated.place.file && one.stated.block == other.stated.block
}

fn word(earlier: &Trial, later: &Trial) -> Diagnostic {
    let device =
        match (later.runs.iter().any(|run| run.device.is_some()), later.stated.scenario.condition.qdevice_up)
        {
            (false, _) => "",
            (true, true) => " and the QDevice",
            (true, false) => " without the QDevice",
        };
    let state = format!("{} of {} up{device}", count(later.n_up as usize, "node"), later.n_nodes);
    let message = format!("\"{}\" is the same case as \"{}\"", later.stated.text, earlier.stated.text);
    Diagnostic::new(&SAME_SCENARIO.meta, later.stated.place, message)
        .label(state.clone())
        .related(earlier.stated.place, state)
        .help("remove one, or say what is different in it, for example that the QDevice's server is down")
}
