use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::cluster::formats::shell::Action;
use crate::cluster::formats::shell::request::{REQUESTABLE_STATES, StateRequest, state_request};
use crate::lint::rule::{ConfigCx, Stage, declare_rule};
use crate::lint::wording::{code, or};

declare_rule! {
    /// ## What it checks
    /// States that `ha-manager add` and `ha-manager set` are asked for, and that cannot be asked for.
    ///
    /// ## Why it matters
    /// A service can be requested to be `started`, `stopped`, `disabled` or `ignored`; `enabled` is an alias of `started`
    /// (ha-manager(1)). The other states are entered by the HA manager itself. `ha-manager` refuses the command.
    ///
    /// ## Example
    /// ```bash
    /// ha-manager add vm:100 --state running
    /// ```
    ///
    /// ## Use instead
    /// ```bash
    /// ha-manager add vm:100 --state started
    /// ```
    pub(crate) static HA_STATE_REQUEST = {
        name: "ha-state-request", code: "CF003", severity: Severity::Error,
        check: Stage::Config(check),
    }
}

fn check(cx: &ConfigCx) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for invocation in cx.invocations() {
        if !matches!(invocation.action, Action::AddService { .. } | Action::SetService { .. }) {
            continue;
        }
        let Some(word) = invocation.option("state").and_then(|option| option.value.as_ref()) else {
            continue;
        };
        let Some(state) = word.known() else { continue };
        let say = |message: String| Diagnostic::new(&HA_STATE_REQUEST.meta, cx.place(word.span()), message);
        let can_be = format!("request {}", or(&code(&REQUESTABLE_STATES)));
        findings.push(match state_request(state) {
            StateRequest::Possible => continue,
            StateRequest::OnlyEntered(entered) => say(format!(
                "nobody can request `{state}`: the HA manager enters `{}` by itself",
                entered.name()
            ))
            .help(can_be),
            StateRequest::MeantFor(meant) => {
                let finding = say(format!("`{state}` is no state that a service can be requested to have"))
                    .help(format!("write `{meant}`"));
                // Between quotes, the option's name may belong to the word, too.
                if cx.text_at(word.span()) == state {
                    finding.fix(Applicability::Unsafe, vec![Edit::replace(word.span(), meant)])
                } else {
                    finding
                }
            }
            StateRequest::Unknown => {
                say(format!("`{state}` is no state that a service can be requested to have")).help(can_be)
            }
        });
    }
    findings
}
