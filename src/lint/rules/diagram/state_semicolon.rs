use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::{self, Edit};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::lint::wording::short;
use crate::mermaid::trap::Trap;
use crate::mermaid::trap::state_semicolon::{Role, StateSemicolon};

declare_rule! {
    /// ## What it checks
    /// `;` in a state diagram, where it is part of a state's name or a state of its own.
    ///
    /// ## Why it matters
    /// Flowcharts and sequence diagrams end a statement with `;`, state diagrams only with the line. `A --> B;` leads to a state
    /// called `B;`, which is another than `B`, and `A : text;` draws a state called `;` beside `A`.
    ///
    /// ## Example
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> started
    ///     started --> fence;
    ///     fence --> stopped
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// stateDiagram-v2
    ///     [*] --> started
    ///     started --> fence
    ///     fence --> stopped
    /// ```
    pub(crate) static STATE_SEMICOLON = {
        name: "state-semicolon", code: "DG025", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let semicolons = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::StateSemicolon(semicolon) => Some(semicolon),
        _ => None,
    });
    semicolons.map(|semicolon| word(cx, semicolon)).collect()
}

fn word(cx: &DiagramCx, found: &StateSemicolon) -> Diagnostic {
    let state = short(&found.state);
    let (message, help, with) = match found.role {
        Role::EndsName => {
            let name = state.trim_end_matches(';');
            let message = format!("Mermaid draws a state called `{state}`, which is not `{name}`");
            (message, "leave the `;` out: the line ends the statement", Some(String::new()))
        }
        Role::IsState => {
            let message = format!("Mermaid draws a state called `{state}`");
            (message, "leave the `;` out: the line ends the statement", Some(String::new()))
        }
        Role::Separates => {
            let line_break = found.behind.and_then(|before| edit::line_break(cx.text, before.start));
            let message = format!("Mermaid draws a state called `{state}`");
            (message, "give each statement a line of its own", line_break)
        }
        Role::CutsText => {
            let message = "this `;` ends the text, and Mermaid draws what follows as states".to_owned();
            (message, "write `#59;`, which readers see as `;`", Some("#59;".to_owned()))
        }
    };
    let finding = Diagnostic::new(&STATE_SEMICOLON.meta, cx.place(found.semicolon), message).help(help);
    match with.filter(|_| found.is_editable) {
        Some(with) => finding.fix(Applicability::Safe, vec![Edit::replace(found.semicolon, with)]),
        None => finding,
    }
}
