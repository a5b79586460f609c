use crate::base::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use crate::base::edit::{self, Edit};
use crate::base::text::Span;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::lint::wording::short;
use crate::mermaid::trap::Trap;
use crate::mermaid::trap::ignored::{Fate, IgnoredStatement};

declare_rule! {
    /// ## What it checks
    /// Statements inside a composite state that Mermaid knows at top level only: `classDef`, `class`, `style`, `:::` on a transition, `click`,
    /// `hide empty description`, `scale`, `accTitle` and `accDescr`.
    ///
    /// ## Why it matters
    /// Mermaid reads the first four and does nothing with them, so that colours are missing; of the others it makes a state
    /// for each word.
    ///
    /// ## Example
    /// ```mermaid
    /// stateDiagram-v2
    ///     state Recovery {
    ///         [*] --> fence
    ///         style fence fill:#fee
    ///     }
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// stateDiagram-v2
    ///     style fence fill:#fee
    ///     state Recovery {
    ///         [*] --> fence
    ///     }
    /// ```
    pub(crate) static IGNORED_IN_COMPOSITE = {
        name: "ignored-in-composite", code: "DG026", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let statements = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::IgnoredStatement(statement) => Some(statement),
        _ => None,
    });
    statements
        .map(|found| {
            let IgnoredStatement { keyword, composite, .. } = found;
            let (composite_name, place) = (short(cx.text_at(*composite)), cx.place(found.statement));
            let message = match found.fate {
                Fate::Nothing => format!("`{keyword}` does nothing inside the composite `{composite_name}`"),
                Fate::States => {
                    format!("inside the composite `{composite_name}` Mermaid draws a state for each word of this `{keyword}`")
                }
            };
            let help = if keyword == ":::" {
                "write a `class` statement outside all composites".to_owned()
            } else {
                "put it outside all composites".to_owned()
            };
            let mut finding = Diagnostic::new(&IGNORED_IN_COMPOSITE.meta, place, message)
                .related(cx.place(*composite), "the composite")
                .help(help);
            finding.fix = found.top_level.and_then(|top| move_above(cx, found.statement, top));
            finding
        })
        .collect()
}

/// Moves a statement that has its line for itself above the one that starts at `top`.
fn move_above(cx: &DiagramCx, statement: Span, top: Span) -> Option<Fix> {
    let line_break = edit::line_break(cx.text, top.start)?;
    let margin = edit::line_break(cx.text, statement.start)?;
    let lead = margin.trim_start_matches(['\r', '\n']).len() as u32;
    let behind = cx.text.get(statement.end as usize..)?;
    let end = statement.end + behind.find('\n')? as u32 + 1;
    let moved = format!("{}{line_break}", cx.text_at(statement));
    Some(Fix {
        applicability: Applicability::Safe,
        edits: vec![
            Edit::replace(Span::at(top.start), moved),
            Edit::replace(Span::new(statement.start - lead, end), ""),
        ],
    })
}
