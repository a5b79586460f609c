use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::feature::Before;

declare_rule! {
    /// ## What it checks
    /// Diagrams that use what the Mermaid of their readers does not have yet, but takes for something else.
    ///
    /// ## Why it matters
    /// It draws another picture than the one that was meant, and nothing says so. `mermaid` in merrow.toml says where a post
    /// will be read; what each release brought is in docs/mermaid.md.
    ///
    /// ## Example
    /// ````markdown
    /// <!-- merrow.toml: mermaid = "10" -->
    /// ```mermaid
    /// sequenceDiagram
    ///     Left<<->>Right: exchange
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````markdown
    /// <!-- merrow.toml: mermaid = "10" -->
    /// ```mermaid
    /// sequenceDiagram
    ///     participant Left
    ///     participant Right
    ///     Left->>Right: exchange
    ///     Right->>Left: exchange
    /// ```
    /// ````
    pub(crate) static NEWER_MEANING = {
        name: "newer-meaning", code: "DG019", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let uses = cx.reading.newer.iter();
    uses.filter_map(|used| {
        let Before::Misread(what) = used.feature.before else { return None };
        let (name, since) = (used.feature.name, used.feature.since);
        let message = format!("{} does not have {name}: {what}", cx.profile.reader());
        let finding = Diagnostic::new(&NEWER_MEANING.meta, cx.place(used.first), message)
            .label(format!("Mermaid {since} brought this"))
            .help("write it without, or say in merrow.toml that the post is read by a newer Mermaid");
        Some(match used.n_more {
            0 => finding,
            n => finding.note(format!("there are {n} more in this diagram")),
        })
    })
    .collect()
}
