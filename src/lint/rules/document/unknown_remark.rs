use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::similar;
use crate::claims::read::{Misnaming, NameStatement};
use crate::lint::rule::{RemarkCx, Stage, declare_rule};
use crate::lint::suppress;

declare_rule! {
    /// ## What it checks
    /// Comments that begin with `merrow:` and go on with nothing that Merrow understands.
    ///
    /// ## Why it matters
    /// Such a comment looks like a decision and does nothing. Merrow understands `allow RULE` and `allow-file RULE`, which
    /// allow a finding, and `NAME = KIND NAME`, which says what a name means.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     %% merrow: left is node pve1
    ///     left[Left machine] --> right[Right machine]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     %% merrow: left = node pve1
    ///     left[Left machine] --> right[Right machine]
    /// ```
    pub(crate) static UNKNOWN_REMARK = {
        name: "unknown-remark", code: "DO006", severity: Severity::Warning,
        check: Stage::Remark(check),
    }
}

fn check(cx: &RemarkCx) -> Vec<Diagnostic> {
    let verb = cx.text.split_whitespace().next().unwrap_or_default();
    if suppress::VERBS.contains(&verb) {
        return Vec::new();
    }
    let Err(misnaming) = NameStatement::read(cx.text, cx.place) else {
        return Vec::new();
    };
    let (message, help) = match misnaming {
        Misnaming::NoStatement => {
            let first_line = cx.text.lines().next().unwrap_or_default();
            let help = match similar::nearest(verb, suppress::VERBS) {
                Some(meant) => format!("write `{meant}` if that is meant"),
                None => {
                    "write `allow RULE`, `allow-file RULE`, or `NAME = KIND NAME` as in `left = node pve1`"
                        .to_owned()
                }
            };
            (format!("Merrow does not understand `{first_line}`"), help)
        }
        Misnaming::UnknownKind(word) => {
            let help = match similar::nearest(word, NameStatement::kinds()) {
                Some(meant) => format!("write `{meant}` if that is meant"),
                None => format!("kinds are {}", NameStatement::kinds().collect::<Vec<_>>().join(", ")),
            };
            (format!("`{word}` is no kind of thing that a name can mean"), help)
        }
        Misnaming::NoName => (
            "this comment gives no name a meaning".to_owned(),
            "write `NAME = KIND NAME`, as in `left = node pve1`".to_owned(),
        ),
    };
    vec![Diagnostic::new(&UNKNOWN_REMARK.meta, cx.place, message).help(help)]
}
