use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Place;
use crate::lint::rule::{Stage, SuppressionCx, declare_rule};
use crate::lint::suppression::Outcome;

declare_rule! {
    /// ## What it checks
    /// Comments that allow a finding which is not there.
    ///
    /// ## Why it matters
    /// The next mistake of that kind would be allowed unseen.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     %% merrow: allow isolated-node
    ///     Web --> App
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Web --> App
    /// ```
    pub(crate) static UNUSED_SUPPRESSION = {
        name: "unused-suppression", code: "DO005", severity: Severity::Note,
        check: Stage::Suppression(check),
    }
}

fn check(cx: &SuppressionCx) -> Vec<Diagnostic> {
    let names = cx.suppression.allowed.iter().zip(cx.outcomes);
    names
        .filter(|(_, outcome)| **outcome == Outcome::Unused)
        .map(|(allowed, _)| {
            let place = Place::new(cx.suppression.place.file, allowed.span);
            let message = format!("there is no finding of `{}` here to allow", allowed.name);
            Diagnostic::new(&UNUSED_SUPPRESSION.meta, place, message).help("remove the name")
        })
        .collect()
}
