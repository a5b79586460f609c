use crate::base::diagnostic::{Diagnostic, Severity};
use crate::cluster::formats::shell::invocation::takes_number;
use crate::lint::rule::{ConfigCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Options of `pvecm` and `pveceph pool create` that take a number, and are given something else.
    ///
    /// ## Why it matters
    /// The program refuses the command (pvecm(1), pveceph(1)).
    ///
    /// ## Example
    /// ```bash
    /// pveceph pool create vm-disks --size three
    /// ```
    ///
    /// ## Use instead
    /// ```bash
    /// pveceph pool create vm-disks --size 3
    /// ```
    pub(crate) static OPTION_VALUE = {
        name: "option-value", code: "CF006", severity: Severity::Error,
        check: Stage::Config(check),
    }
}

fn check(cx: &ConfigCx) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for invocation in cx.invocations() {
        for option in &invocation.options {
            let name = &option.name.value;
            let Some((value, written)) =
                option.value.as_ref().and_then(|value| Some((value, value.known()?)))
            else {
                continue;
            };
            // A word in capitals stands for what a reader puts there.
            let is_placeholder = written.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
            if takes_number(&invocation.action, name) && written.parse::<u32>().is_err() && !is_placeholder {
                findings.push(
                    Diagnostic::new(
                        &OPTION_VALUE.meta,
                        cx.place(value.span()),
                        format!("`--{name}` is `{written}`, which is no number"),
                    )
                    .help(format!("write a number behind `--{name}`")),
                );
            }
        }
    }
    findings
}
