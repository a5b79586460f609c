use std::collections::BTreeSet;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::Span;
use crate::draw::icon::Icon;
use crate::draw::label;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Pictures that a flowchart names, as `fa:fa-server` in a label or as `icon` of a node, whose name means nothing to Merrow.
    ///
    /// ## Why it matters
    /// Merrow's drawings stand alone: they load nothing, and have a small set of neutral pictures. Names of other sets mean
    /// one of those where that says the same: `logos:postgresql` is a database. For another name there is a box with a dot.
    /// In Mermaid too a picture is there only where the page has loaded its set.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     A[fa:fa-srever Web server]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     A[fa:fa-server Web server]
    /// ```
    pub(crate) static UNKNOWN_ICON = {
        name: "unknown-icon", code: "DG032", severity: Severity::Note,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let Some(flowchart) = cx.flowchart() else {
        return Vec::new();
    };
    let mut names: Vec<(&str, Span)> = Vec::new();
    for node in &flowchart.nodes {
        names.extend(node.metadata.icon.as_deref().map(|name| (name, node.span)));
        let text = node.label.as_str();
        let icons = label::icons(text).into_iter();
        names.extend(icons.filter_map(|range| {
            let name = text.get(range.clone())?;
            Some((name, node.label.excerpt.span(range)))
        }));
    }
    let mut told = BTreeSet::new();
    names.retain(|(name, _)| Icon::named(name).is_none() && told.insert(*name));
    let finding = |(name, span): (&str, Span)| {
        let message = format!("Merrow has no picture for `{name}`");
        Diagnostic::new(&UNKNOWN_ICON.meta, cx.place(span), message).label("drawn as a box with a dot").help(
            "name what is shown, such as `server`, `database`, `user`, `cloud`, or leave the picture out",
        )
    };
    names.into_iter().map(finding).collect()
}
