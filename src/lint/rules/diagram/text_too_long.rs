use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::limit::Limit;

declare_rule! {
    /// ## What it checks
    /// Diagrams whose text is longer than what Mermaid draws.
    ///
    /// ## Why it matters
    /// Above 50 000 characters Mermaid shows "Maximum text size in diagram exceeded" instead of the diagram, unless whoever
    /// publishes the page has raised `maxTextSize`; a diagram cannot raise it itself. Characters are counted as JavaScript
    /// does: most emoji are two, comments and indentation count. `[limits] text` in merrow.toml says what your site allows.
    /// Merrow draws the diagram all the same.
    ///
    /// ## Example
    /// ````markdown
    /// <!-- merrow.toml: limits.text = 60 -->
    /// ```mermaid
    /// flowchart LR
    ///     A[First] --> B[Second]
    ///     B --> C[Third]
    ///     C --> D[Fourth]
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````markdown
    /// <!-- merrow.toml: limits.text = 60 -->
    /// ```mermaid
    /// flowchart LR
    ///     A[First] --> B[Second]
    /// ```
    /// ````
    pub(crate) static TEXT_TOO_LONG = {
        name: "text-too-long", code: "DG016", severity: Severity::Error,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let limits = cx.reading.limits.iter();
    limits
        .filter_map(|limit| {
            let Limit::Text { n_units, max } = limit else { return None };
            let message =
                format!("the text of this diagram has {n_units} characters; Mermaid draws up to {max}");
            let finding = Diagnostic::new(&TEXT_TOO_LONG.meta, cx.place(cx.block.opening), message);
            Some(
                finding.help(
                    "draw several diagrams, or take out what readers do not need, such as long comments",
                ),
            )
        })
        .collect()
}
