use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::cluster::formats::shell::Action;
use crate::cluster::formats::shell::request::meant_service_id;
use crate::lint::rule::{ConfigCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Ids that `ha-manager add` and `ha-manager set` are given, and that name no service.
    ///
    /// ## Why it matters
    /// The id of a service is `vm:` or `ct:` and the number of the guest (ha-manager.adoc, "Resources"). `qemu` and `lxc`
    /// are words of the API's paths; `ha-manager` refuses them.
    ///
    /// ## Example
    /// ```bash
    /// ha-manager add qemu:100 --state started
    /// ```
    ///
    /// ## Use instead
    /// ```bash
    /// ha-manager add vm:100 --state started
    /// ```
    pub(crate) static SERVICE_ID = {
        name: "service-id", code: "CF004", severity: Severity::Error,
        check: Stage::Config(check),
    }
}

fn check(cx: &ConfigCx) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for invocation in cx.invocations() {
        let (Action::AddService { service: Some(word) } | Action::SetService { service: Some(word) }) =
            &invocation.action
        else {
            continue;
        };
        let Some((written, meant)) = word.known().and_then(|id| Some((id, meant_service_id(id)?))) else {
            continue;
        };
        let message = format!("`{written}` is no id of a service");
        findings.push(
            Diagnostic::new(&SERVICE_ID.meta, cx.place(word.span()), message)
                .note("the id of a service is `vm:NUMBER` or `ct:NUMBER` (ha-manager.adoc, \"Resources\")")
                .help(format!("write `{meant}`"))
                .fix(Applicability::Safe, vec![Edit::replace(word.span(), meant)]),
        );
    }
    findings
}
