use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::feature::Before;

declare_rule! {
    /// ## What it checks
    /// Diagrams that use what the Mermaid of their readers does not have yet, so that it refuses them.
    ///
    /// ## Why it matters
    /// Readers see an error instead of the diagram. `mermaid` in merrow.toml says where a post will be read: a release of
    /// Mermaid (`"12"`, which is the default, `"11"`, `"10"`, `"11.4"`), `"github"` or `"gitlab"`. What each of them runs, and
    /// which release brought what, is in docs/mermaid.md.
    ///
    /// ## Example
    /// ````markdown
    /// <!-- merrow.toml: mermaid = "10" -->
    /// ```mermaid
    /// flowchart LR
    ///     App --> Store@{ shape: cyl, label: "Store" }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````markdown
    /// <!-- merrow.toml: mermaid = "10" -->
    /// ```mermaid
    /// flowchart LR
    ///     App --> Store[(Store)]
    /// ```
    /// ````
    pub(crate) static NEWER_SYNTAX = {
        name: "newer-syntax", code: "DG018", severity: Severity::Error,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let uses = cx.reading.newer.iter().filter(|used| used.feature.before == Before::Refused);
    uses.map(|used| {
        let (name, since) = (used.feature.name, used.feature.since);
        let message = format!("{} does not have {name}", cx.profile.reader());
        let finding = Diagnostic::new(&NEWER_SYNTAX.meta, cx.place(used.first), message)
            .label(format!("drawn from Mermaid {since} on"))
            .help("write it without, or say in merrow.toml that the post is read by a newer Mermaid");
        match used.n_more {
            0 => finding,
            n => finding.note(format!("there are {n} more in this diagram")),
        }
    })
    .collect()
}
