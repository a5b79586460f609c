use crate::base::diagnostic::{Diagnostic, Severity};
use crate::draw::faint::{Chooser, faint};
use crate::draw::readable::{TEXT_CONTRAST, read_best};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// The `color` that a class or a `style` statement gives to nodes or states, where it is hard to read on their fill: the
    /// contrast is below 4.5. Without a fill of the author's that of the diagram's theme counts.
    ///
    /// ## Why it matters
    /// 4.5 is what people with weak eyes need, and everybody on a bad screen (WCAG 2.2, success criterion 1.4.3). Mermaid draws
    /// what is written. Merrow's drawings take a colour that is read instead; `merrow render --keep-colors` keeps the author's.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Gateway:::edge --> Server
    ///     classDef edge fill:#4caf50,color:#fff
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Gateway:::edge --> Server
    ///     classDef edge fill:#2e7d32,color:#fff
    /// ```
    pub(crate) static LOW_CONTRAST = {
        name: "low-contrast", code: "DG031", severity: Severity::Note,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(diagram) = cx.reading.diagram.as_ref().filter(|_| cx.reading.errors.is_empty()) else {
        return Vec::new();
    };
    let texts = faint(diagram, &cx.reading.config);
    texts
        .into_iter()
        .map(|text| {
            let who = match &text.by {
                Chooser::Class(name) => format!("text of the class `{name}`"),
                Chooser::Style(id) => format!("the text of `{id}`"),
            };
            // Rounded down, so that it never seems to be enough.
            let contrast = (text.contrast * 10.0).floor() / 10.0;
            let message = format!(
                "{who} is hard to read: {} on {} has a contrast of {contrast}",
                text.color.hexadecimal(),
                text.ground.hexadecimal(),
            );
            let best = read_best(text.ground).hexadecimal();
            Diagnostic::new(&LOW_CONTRAST.meta, cx.place(text.span), message)
                .help(format!("text needs {TEXT_CONTRAST}: write `color:{best}`, or choose another fill"))
        })
        .collect()
}
