use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::base::text::Place;
use crate::lint::rule::{Stage, SuppressionCx, declare_rule};
use crate::lint::suppression::Outcome;

declare_rule! {
    /// ## What it checks
    /// Comments that allow a rule which does not exist, or none.
    ///
    /// ## Why it matters
    /// Such a comment looks like a decision and does nothing.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Web --> App
    ///     %% merrow: allow isolated-nodes: the legend
    ///     Legend[Servers are blue]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Web --> App
    ///     %% merrow: allow isolated-node: the legend
    ///     Legend[Servers are blue]
    /// ```
    pub(crate) static UNKNOWN_SUPPRESSION = {
        name: "unknown-suppression", code: "DO004", severity: Severity::Warning,
        check: Stage::Suppression(check),
    }
}

fn check(cx: &SuppressionCx) -> Vec<Diagnostic> {
    let suppression = cx.suppression;
    if suppression.allowed.is_empty() {
        let finding =
            Diagnostic::new(&UNKNOWN_SUPPRESSION.meta, suppression.place, "this comment allows no rule");
        return vec![finding.help("name the rule, as in `merrow: allow isolated-node: the legend`")];
    }
    let mut findings = Vec::new();
    let mut is_reason_likely = false;
    for (allowed, outcome) in suppression.allowed.iter().zip(cx.outcomes) {
        let Outcome::Unknown(similar) = outcome else {
            is_reason_likely = true;
            continue;
        };
        let place = Place::new(suppression.place.file, allowed.span);
        let finding = Diagnostic::new(
            &UNKNOWN_SUPPRESSION.meta,
            place,
            format!("no rule is called `{}`", allowed.name),
        );
        findings.push(match similar {
            Some(meant) => finding
                .help(format!("write `{meant}` if that is meant"))
                .fix(Applicability::Unsafe, vec![Edit::replace(allowed.span, *meant)]),
            // One finding is enough for a sentence that stands where names should.
            None if is_reason_likely => {
                findings.push(finding.help(
                    "put a colon in front of a reason, as in `merrow: allow isolated-node: the legend`",
                ));
                break;
            }
            None => finding.help("the name of a rule stands in brackets at each finding"),
        });
    }
    findings
}
