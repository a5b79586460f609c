use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::base::text::Span;
use crate::cluster::formats::shell::Word;
use crate::cluster::formats::shell::invocation::{
    Action, GivenOption, Invocation, PvecmOption, pvecm_option,
};
use crate::lint::rule::{ConfigCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Options of `pvecm create` and `pvecm add` that today's `pvecm` does not have.
    ///
    /// ## Why it matters
    /// Up to Proxmox VE 5 a ring was given as `--ring0_addr`, with its network as `--bindnet0_addr`. Since version 6, which
    /// came with corosync 3, each link is `--link0` to `--link7` with the node's own address, and the network follows
    /// from it (pvecm(1); pvecm.adoc, "Separate On Cluster Creation"). `pvecm` refuses an option that it does not know.
    /// An option that is not known here is a finding only when it is a slip away from one that is.
    ///
    /// ## Example
    /// ```bash
    /// pvecm create lab --bindnet0_addr 192.0.2.0 --ring0_addr 192.0.2.11
    /// ```
    ///
    /// ## Use instead
    /// ```bash
    /// pvecm create lab --link0 192.0.2.11
    /// ```
    pub(crate) static PVECM_OPTIONS = {
        name: "pvecm-options", code: "CF002", severity: Severity::Error,
        check: Stage::Config(check),
    }
}

fn check(cx: &ConfigCx) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for invocation in cx.invocations() {
        let command = match invocation.action {
            Action::CreateCluster { .. } => "pvecm create",
            Action::JoinCluster { .. } => "pvecm add",
            _ => continue,
        };
        for (index, option) in invocation.options.iter().enumerate() {
            let known = pvecm_option(&option.name.value);
            if matches!(known, PvecmOption::Current | PvecmOption::Unknown) {
                continue;
            }
            let message = format!("`{command}` has no option `--{}`", option.name.value);
            let finding = Diagnostic::new(&PVECM_OPTIONS.meta, cx.place(option.name.span), message);
            let (history, instead) = match known {
                PvecmOption::Current | PvecmOption::Unknown => continue,
                PvecmOption::Misspelt { nearest } => {
                    findings.push(rename(cx, option, nearest, Applicability::Unsafe, finding));
                    continue;
                }
                PvecmOption::BeforeLinks { instead } => ("Proxmox VE 5 was the last to have it", instead),
                PvecmOption::NeverExisted { instead } => ("no version of Proxmox VE had it", instead),
            };
            let finding = finding.label(history);
            findings.push(match instead {
                Some(instead) => advise_to_rename(cx, option, instead, finding),
                None => advise_to_remove(cx, invocation, index, finding),
            });
        }
    }
    findings
}

fn advise_to_rename(cx: &ConfigCx, option: &GivenOption, instead: &str, finding: Diagnostic) -> Diagnostic {
    let finding = finding
        .note(format!("since Proxmox VE 6 a link is `--{instead}` with the address of this node (pvecm(1))"));
    rename(cx, option, instead, Applicability::Safe, finding)
}

fn rename(
    cx: &ConfigCx,
    option: &GivenOption,
    instead: &str,
    applicability: Applicability,
    finding: Diagnostic,
) -> Diagnostic {
    let value = option.value.as_ref().map(Word::as_written).unwrap_or_default();
    let finding = finding.help(format!("write `{}`", format!("--{instead} {value}").trim_end()));
    // Where the value was given with `=`, the span holds it too.
    let written = cx.text_at(option.name.span);
    match written.split_once(option.name.value.as_str()) {
        Some((dashes, rest)) if !written.contains('\n') => {
            let edit = Edit::replace(option.name.span, format!("{dashes}{instead}{rest}"));
            finding.fix(applicability, vec![edit])
        }
        _ => finding,
    }
}

fn advise_to_remove(cx: &ConfigCx, invocation: &Invocation, index: usize, finding: Diagnostic) -> Diagnostic {
    let finding = finding
        .note("the network follows from the address of the link (pvecm(1))")
        .help("remove it; `--link0` with the address of this node says the same");
    let option = invocation.options[index].span();
    let is_gap = |span: Span| cx.text_at(span).chars().all(|c| c.is_whitespace() || c == '\\');
    let next = invocation.options.get(index + 1).map(|next| next.span().start);
    let previous = index.checked_sub(1).and_then(|at| invocation.options.get(at)).map(|it| it.span().end);
    let removed = match (next, previous) {
        (Some(next), _) if is_gap(Span::new(option.end, next)) => Span::new(option.start, next),
        (None, Some(previous)) if is_gap(Span::new(previous, option.start)) => {
            Span::new(previous, option.end)
        }
        _ => return finding,
    };
    finding.fix(Applicability::Unsafe, vec![Edit::replace(removed, "")])
}
