use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::{self, Edit};
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::mermaid::trap::Trap;
use crate::mermaid::trap::swallowed::{BLANK, Parting, SwallowedLine};

declare_rule! {
    /// ## What it checks
    /// Lines of a flowchart or a state diagram that Mermaid drops because `direction` and a direction stand in them.
    ///
    /// ## Why it matters
    /// Mermaid takes the word `direction` before `TB`, `BT`, `LR`, `RL` or (in a flowchart) `TD` for a statement wherever it stands, in a
    /// label too, and with it the whole line. Nodes and edges of that line are missing from the picture, and nothing says so.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart TD
    ///     Wide --> Turn[Change direction LR]
    ///     Turn --> Done
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart TD
    ///     Wide --> Turn[Change direction to LR]
    ///     Turn --> Done
    /// ```
    pub(crate) static SWALLOWED_LINE = {
        name: "swallowed-line", code: "DG015", severity: Severity::Warning,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let lines = cx.reading.traps.iter().filter_map(|trap| match trap {
        Trap::SwallowedLine(line) => Some(line),
        _ => None,
    });
    lines.map(|line| word(cx, line)).collect()
}

fn word(cx: &DiagramCx, line: &SwallowedLine) -> Diagnostic {
    let words = cx.text_at(line.words);
    let message = format!("Mermaid drops this whole line: it reads `{words}` in it as a statement");
    let finding = Diagnostic::new(&SWALLOWED_LINE.meta, cx.place(line.line), message)
        .label("nothing on it is drawn")
        .related(cx.place(line.words), "Mermaid looks for these two words before it looks for anything else");
    match &line.remedy {
        Some(Parting::Words(blanks)) => {
            let (first, second) = (words.split_whitespace().next(), words.split_whitespace().last());
            let spelled = [first.unwrap_or_default(), second.unwrap_or_default()].join(BLANK);
            finding
                .help(format!("write `{spelled}`, which readers see as \"{words}\", or part the two words, as in \"direction to LR\""))
                .fix(Applicability::Safe, vec![Edit::replace(*blanks, BLANK)])
        }
        Some(Parting::Statement(front, back)) => {
            let finding = finding.help(format!("give `{words}` a line of its own"));
            match edit::line_break(cx.text, line.line.start) {
                Some(line_break) => {
                    let gaps = [front, back].into_iter().flatten();
                    let edits = gaps.map(|gap| Edit::replace(*gap, line_break.as_str())).collect();
                    finding.fix(Applicability::Safe, edits)
                }
                None => finding,
            }
        }
        None => finding
            .help("part the two words, as in \"direction to LR\", or give the statement a line of its own"),
    }
}
