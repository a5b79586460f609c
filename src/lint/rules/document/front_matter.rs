use crate::base::diagnostic::{Diagnostic, Severity};
use crate::document::FrontMatterFormat;
use crate::lint::rule::{DocumentCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Front matter that is no YAML (between lines of `---`) or no TOML (between lines of `+++`).
    ///
    /// ## Why it matters
    /// Publishing tools stop at it, or publish the post without title, date and tags.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// title: High availability: the long way
    /// ---
    ///
    /// Text.
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// title: "High availability: the long way"
    /// ---
    ///
    /// Text.
    /// ```
    pub(crate) static FRONT_MATTER = {
        name: "front-matter", code: "DO002", severity: Severity::Error,
        check: Stage::Document(check),
    }
}

fn check(cx: &DocumentCx) -> Vec<Diagnostic> {
    let Some(front_matter) = &cx.document.front_matter else {
        return Vec::new();
    };
    let Some(problem) = &front_matter.problem else {
        return Vec::new();
    };
    let language = match front_matter.format {
        FrontMatterFormat::Yaml => "YAML",
        FrontMatterFormat::Toml => "TOML",
    };
    let message = format!("this front matter cannot be read as {language}");
    let finding =
        Diagnostic::new(&FRONT_MATTER.meta, cx.place(problem.span), message).label(problem.reason.clone());
    let is_yaml = front_matter.format == FrontMatterFormat::Yaml;
    vec![if is_yaml {
        finding.help("put a value that holds `: ` or `#` between double quotes")
    } else {
        finding
    }]
}
