use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Span;
use crate::document::{Block, Form};
use crate::lint::rule::{DocumentCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Blocks of code or diagrams that begin and never end.
    ///
    /// ## Why it matters
    /// A fence ends at a line with at least as many of the same character and nothing else (CommonMark, "Fenced code
    /// blocks"). Without one, all text below is shown as code; the closing tag of a shortcode is missed in the same way.
    ///
    /// ## Example
    /// `````markdown
    /// ````bash
    /// pvecm status
    /// ```
    ///
    /// Then look at the votes.
    /// `````
    ///
    /// ## Use instead
    /// `````markdown
    /// ```bash
    /// pvecm status
    /// ```
    ///
    /// Then look at the votes.
    /// `````
    pub(crate) static UNCLOSED_FENCE = {
        name: "unclosed-fence", code: "DO001", severity: Severity::Warning,
        check: Stage::Document(check),
    }
}

fn check(cx: &DocumentCx) -> Vec<Diagnostic> {
    let file_end = cx.text.len() as u32;
    // A fence in a quote or a list ends with it; only one that reaches the end of the file takes other text with it.
    let unclosed = cx.document.blocks.iter().filter(|block| {
        !block.is_closed && cx.text_at(Span::new(block.span.end, file_end)).trim().is_empty()
    });
    unclosed
        .map(|block| {
            let finding = Diagnostic::new(
                &UNCLOSED_FENCE.meta,
                cx.place(block.opening),
                "this block is never closed: all text below belongs to it",
            );
            match block.form {
                Form::Fence { character, length } => word_fence(cx, block, character, length, finding),
                Form::HugoShortcode => finding.help("end it with `{{< /mermaid >}}`"),
                Form::LiquidTag => finding.help("end it with `{% endmermaid %}`"),
                Form::Pre => finding.help("end it with `</pre>`"),
                _ => finding.help("end it with a line of `:::`"),
            }
        })
        .collect()
}

/// Names the line that was probably meant to close the fence and does not.
fn word_fence(
    cx: &DocumentCx,
    block: &Block,
    character: char,
    length: usize,
    finding: Diagnostic,
) -> Diagnostic {
    let fence: String = std::iter::repeat_n(character, length).collect();
    let finding = finding
        .label(format!("{length} of `{character}` open it"))
        .help(format!("end it with a line of {fence}"));
    let mut start = 0;
    let lines = block.excerpt.text.split_inclusive('\n').map(|line| {
        let range = start..start + line.trim_end().len();
        start += line.len();
        (line.trim(), range)
    });
    let is_fence = |line: &str| line.starts_with("```") || line.starts_with("~~~");
    let attempt =
        lines.into_iter().find(|(line, _)| is_fence(line) && line.chars().all(|c| line.starts_with(c)));
    match attempt {
        Some((line, range)) => {
            let n = line.chars().count();
            let mark = line.chars().next().unwrap_or(character);
            finding.related(cx.place(block.excerpt.span(range)), format!("{n} of `{mark}` do not close it"))
        }
        None => finding,
    }
}
