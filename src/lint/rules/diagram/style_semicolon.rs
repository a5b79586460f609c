use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::trap::Trap;
use crate::mermaid::trap::style_semicolon::{Effect, StyleSemicolons};

declare_rule! {
    /// ## What it checks
    /// `;` between the declarations of `style`, `classDef` and `linkStyle`.
    ///
    /// ## Why it matters
    /// CSS parts declarations with `;`, Mermaid with `,`. Behind a colour like `#f00` a `;` makes a character of the two, elsewhere it is
    /// dropped or ends the statement, and what follows is drawn as a node. The styles are lost, and nothing says so.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Ok --> Failed
    ///     classDef bad fill:#fee;stroke:#c00
    ///     class Failed bad
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Ok --> Failed
    ///     classDef bad fill:#fee,stroke:#c00
    ///     class Failed bad
    /// ```
    pub(crate) static STYLE_SEMICOLON = {
        name: "style-semicolon", code: "DG024", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let statements = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::StyleSemicolons(semicolons) => Some(semicolons),
        _ => None,
    });
    statements.filter_map(|found| word(cx, found)).collect()
}

fn word(cx: &DiagramCx, found: &StyleSemicolons) -> Option<Diagnostic> {
    let [first, others @ ..] = found.semicolons.as_slice() else {
        return None;
    };
    let message = match &found.effect {
        Effect::Entity(entity) => format!("Mermaid reads `{entity}` as one character, and not as a colour"),
        Effect::Dropped => "Mermaid drops this `;`, and the styles beside it become one".to_owned(),
        Effect::Node(name) => format!("Mermaid ends the styles at this `;`, and draws a node `{name}`"),
    };
    let mut finding = Diagnostic::new(&STYLE_SEMICOLON.meta, cx.place(*first), message)
        .note("styles are parted by commas")
        .help("write `,` instead of `;`");
    for other in others {
        finding = finding.related(cx.place(*other), "and here");
    }
    if !found.is_editable {
        return Some(finding);
    }
    let edits = found.semicolons.iter().map(|semicolon| Edit::replace(*semicolon, ",")).collect();
    Some(finding.fix(Applicability::Safe, edits))
}
