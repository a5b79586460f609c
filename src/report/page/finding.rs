//! Findings: as cards where they stand in a post, and as a list above it.

use crate::base::diagnostic::{Diagnostic, Label, Severity};
use crate::base::markup::Markup;
use crate::base::text::FileId;

use super::excerpt;
use super::phrase::phrase;
use super::view::View;

/// Writes findings one below the other, each a card that opens.
///
/// The name of a finding stands inside its card, so that a link to it opens the card.
pub(super) fn cards(view: &View, findings: &[usize], out: &mut Markup) {
    write_cards(view, findings, None, out);
}

/// Writes findings as [`cards`] does, the errors among them open: those that keep a diagram from being drawn.
pub(super) fn cards_with_open_errors(view: &View, findings: &[usize], out: &mut Markup) {
    write_cards(view, findings, Some(Severity::Error), out);
}

fn write_cards(view: &View, findings: &[usize], opened: Option<Severity>, out: &mut Markup) {
    let all = view.page.report.diagnostics;
    out.open("div").set("class", "findings");
    for (index, finding) in findings.iter().filter_map(|index| Some((*index, all.get(*index)?))) {
        let open = (Some(finding.severity) == opened).then_some("open");
        card(view, index, finding, open, out);
    }
    out.close();
}

fn card(view: &View, index: usize, finding: &Diagnostic, open: Option<&str>, out: &mut Markup) {
    let name = view.finding_name(index);
    let Diagnostic { rule, severity, message, place, label, related, notes, help, .. } = finding;
    let severity = severity.name();
    out.open("details")
        .set("class", format!("finding {severity}"))
        .set("data-key", name)
        .set_if("open", open);
    out.open("summary");
    out.open("span").set("class", "severity");
    out.text(severity);
    out.close();
    out.open("span").set("class", "message");
    phrase(message, out);
    out.close();
    out.close();
    out.open("div").set("class", "body").set("id", name).set("tabindex", "-1");
    excerpt::lines(view, *place, label.as_deref(), out);
    for Label { place, message } in related {
        out.open("p").set("class", "related");
        view.place_link(*place, Some(finding.place.file), out);
        out.text(" ");
        phrase(message, out);
        out.close();
        excerpt::lines(view, *place, None, out);
    }
    for note in notes {
        if note.lines().any(|line| line.trim_start().contains("  ")) {
            // Columns of its own.
            out.open("pre").set("class", "columns").set("tabindex", "0");
            out.text(note);
            out.close();
        } else {
            out.open("p");
            phrase(note, out);
            out.close();
        }
    }
    if let Some(help) = help {
        out.open("p").set("class", "help");
        out.element("strong", "What to do: ");
        phrase(help, out);
        out.close();
    }
    out.open("p").set("class", "rule");
    out.element("code", rule.name);
    out.text(&format!(" {}: ", rule.code));
    phrase(&rule.summary().replace('\n', " "), out);
    if view.post_name(place.file).is_some() {
        out.text(" ");
        let list = view.name_in(place.file, "findings");
        out.open("a").set("href", format!("#{list}"));
        out.text("Back to the list");
        out.close();
    }
    out.close();
    out.close();
    out.close();
}

/// Writes the findings of a file as a list of links to their cards.
pub(super) fn list(view: &View, file: FileId, out: &mut Markup) {
    // A list that fills the screen hides the post.
    const OPEN_AT_MOST: usize = 12;
    let n_findings = view.findings_of(file).count();
    if n_findings == 0 {
        return;
    }
    let name = view.name_in(file, "findings");
    let open = (n_findings <= OPEN_AT_MOST).then_some("open");
    out.open("details").set("class", "index").set("data-key", &name).set_if("open", open);
    out.open("summary").set("id", &name);
    out.text(&crate::report::counted(n_findings, "finding", "findings"));
    out.close();
    out.open("ol");
    for (index, finding) in view.findings_of(file) {
        out.open("li");
        out.open("a").set("href", format!("#{}", view.finding_name(index)));
        out.open("span").set("class", format!("severity {}", finding.severity.name()));
        out.text(finding.severity.name());
        out.close();
        out.text(" ");
        out.open("span").set("class", "message");
        phrase(&finding.message, out);
        out.close();
        out.text(" ");
        out.open("span").set("class", "line-number");
        out.text(&format!("line {}", view.line(finding.place)));
        out.close();
        out.close();
        out.close();
    }
    out.close();
    out.close();
}
