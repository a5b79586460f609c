use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::document;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::format::format;

declare_rule! {
    /// ## What it checks
    /// Diagrams that are not in the form that `merrow fmt` gives them.
    ///
    /// It looks only when it is asked for: `unformatted = "warning"` below `[rules]` in `merrow.toml`.
    ///
    /// ## Why it matters
    /// One form for all diagrams makes a change of a diagram the only thing that a review shows.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- merrow.toml: rules.unformatted = "warning" -->
    ///
    /// ~~~mermaid
    /// flowchart TD
    ///   A-->B;  B-->C
    /// ~~~
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// <!-- merrow.toml: rules.unformatted = "warning" -->
    ///
    /// ~~~mermaid
    /// flowchart TD
    ///     A --> B
    ///     B --> C
    /// ~~~
    /// ```
    pub(crate) static UNFORMATTED = {
        name: "unformatted", code: "DG030", severity: Severity::Note,
        check: Stage::Diagram(check), is_off: true,
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let text = &cx.block.excerpt.text;
    let Some(formatted) = format(text).ok().filter(|formatted| formatted != text && cx.block.is_closed)
    else {
        return Vec::new();
    };
    let Some(edits) = document::rewrite(cx.text, cx.block, &formatted) else {
        return Vec::new();
    };
    let differs = text.lines().zip(formatted.lines()).position(|(before, after)| before != after);
    let first = differs.unwrap_or_else(|| formatted.lines().count()).min(text.lines().count());
    let start = text.split_inclusive('\n').take(first).map(str::len).sum();
    let len = text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
    let place = cx.place(cx.block.excerpt.span(start..start + len));
    vec![
        Diagnostic::new(&UNFORMATTED.meta, place, "this diagram is not written as `merrow fmt` writes it")
            .label("from this line on")
            .help("run `merrow fmt`")
            .fix(Applicability::Safe, edits),
    ]
}
