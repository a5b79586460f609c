use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::trap::Trap;

declare_rule! {
    /// ## What it checks
    /// Arrows at the end of a line that take their target from a line that says something complete itself.
    ///
    /// An arrow whose target stands on a line that is indented deeper, or that is all of the next line, is taken for a
    /// statement on two lines and is no finding.
    ///
    /// ## Why it matters
    /// A newline does not end a statement of a flowchart behind an arrow. Mermaid draws an arrow to the first node of the next
    /// line, and readers see a connection that nobody meant.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Firewall -->
    ///     Switch --> Node1
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Firewall --> Switch
    ///     Switch --> Node1
    /// ```
    pub(crate) static BORROWED_TARGET = {
        name: "borrowed-target", code: "DG021", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let arrows = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::BorrowedTarget(arrow) => Some(arrow),
        _ => None,
    });
    arrows
        .map(|found| {
            let (source, target) = (cx.text_at(found.source), cx.text_at(found.target));
            let message = format!("this arrow takes `{target}` of the next line as its target");
            Diagnostic::new(&BORROWED_TARGET.meta, cx.place(found.arrow), message)
                .label("nothing stands behind it on its line")
                .related(cx.place(found.target), format!("so Mermaid draws an arrow from `{source}` to `{target}`"))
                .help(format!(
                    "name the target behind the arrow; if it is `{target}`, write it there, or indent the next line deeper"
                ))
        })
        .collect()
}
