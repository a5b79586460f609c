use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::lint::wording::short;
use crate::mermaid::trap::Trap;
use crate::mermaid::trap::redefinition::{Difference, Redefinition};

declare_rule! {
    /// ## What it checks
    /// Names that a diagram defines twice and differently: a node with two labels or two shapes, a participant with two labels or
    /// two types.
    ///
    /// ## Why it matters
    /// One name is one thing. Mermaid draws it once, with the last label and shape and the first type, and readers never see the
    /// other. Mostly two things were meant, and one of them needs another name.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     S1[Switch] --> N1[Node 1]
    ///     N1 --> S1[Storage]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     S1[Switch] --> N1[Node 1]
    ///     N1 --> S2[Storage]
    /// ```
    pub(crate) static REDEFINITION = {
        name: "redefinition", code: "DG027", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let definitions = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::Redefinition(redefinition) => Some(redefinition),
        _ => None,
    });
    definitions.map(|redefinition| word(cx, redefinition)).collect()
}

fn word(cx: &DiagramCx, found: &Redefinition) -> Diagnostic {
    let id = &found.id;
    let say = |message: String| Diagnostic::new(&REDEFINITION.meta, cx.place(found.lost), message);
    let kept = cx.place(found.kept);
    match &found.difference {
        Difference::Label(unseen, seen) => {
            let [unseen, seen] = [unseen, seen].map(|label| short(cx.text_at(*label)));
            say(format!("`{id}` is \"{unseen}\" here and \"{seen}\" elsewhere"))
                .label("readers never see this label")
                .related(kept, "the last label wins")
                .help(format!("give one of the two another name, or write the label of `{id}` once"))
        }
        Difference::Shape => say(format!("`{id}` has another shape here than elsewhere"))
            .label("this shape is never drawn")
            .related(kept, "the last shape wins")
            .help(format!("write `{id}` without brackets where it is mentioned again")),
        Difference::Role { ignored, was_used } => {
            let why = if *was_used {
                "used here before it is declared, and so drawn as a `participant`"
            } else {
                "declared here"
            };
            let help = if *was_used { "declare it before its first use" } else { "declare it once" };
            say(format!("Mermaid ignores that `{id}` is to be drawn as `{ignored}`"))
                .related(kept, why)
                .help(help)
        }
    }
}
