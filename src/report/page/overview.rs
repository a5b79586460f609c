//! The way through the page: the list of posts at its side, and the page that one lands on.

use crate::base::diagnostic::Severity;
use crate::base::markup::Markup;
use crate::report::{Failure, terminal};

use super::phrase::phrase;
use super::view::{View, lab_name};
use super::{Picture, Post, Sight, finding};
use crate::report::counted;

/// Writes the list of everything that the page holds.
pub(super) fn navigation(view: &View, out: &mut Markup) {
    out.open("nav").set("aria-label", "Contents");
    out.open("a").set("class", "home").set("href", "#overview");
    out.text("Overview");
    out.close();
    if !view.page.labs.is_empty() {
        out.element("h2", "Clusters");
        out.open("ul");
        for lab in 0..view.page.labs.len() {
            out.open("li");
            out.open("a").set("href", format!("#{}", lab_name(lab)));
            out.text(&view.lab_title(lab));
            out.close();
            out.close();
        }
        out.close();
    }
    out.element("h2", "Posts");
    out.open("ul");
    for post in view.page.posts {
        let Some(name) = view.post_name(post.file) else {
            continue;
        };
        out.open("li");
        out.open("a").set("href", format!("#{name}"));
        out.element("span", &view.title(post.file));
        badges(&view.counts_of(post.file), out);
        out.close();
        out.close();
    }
    out.close();
    out.close();
}

/// Writes how many findings there are of each severity.
pub(super) fn badges(counts: &[(Severity, usize)], out: &mut Markup) {
    for (severity, n) in counts {
        let name = severity.name();
        out.text(" ");
        out.open("span").set("class", format!("badge {name}"));
        out.text(&counted(*n, name, &format!("{name}s")));
        out.close();
    }
}

/// Writes the page that one lands on.
pub(super) fn section(view: &View, out: &mut Markup) {
    let page = view.page;
    out.open("section")
        .set("id", "overview")
        .set("class", "overview")
        .set("aria-labelledby", "overview~title");
    out.open("h1").set("id", "overview~title");
    out.text(page.title);
    out.close();
    out.open("p").set("class", "summary");
    out.text(&terminal::summary(&page.report));
    out.text(".");
    out.close();
    failures(page.report.failures, out);
    elsewhere(view, out);
    if !page.labs.is_empty() {
        out.element("h2", "Clusters");
        out.open("ul").set("class", "cards");
        for lab in 0..page.labs.len() {
            super::cluster::card(view, lab, out);
        }
        out.close();
    }
    out.element("h2", "Posts");
    out.open("ul").set("class", "cards");
    for post in page.posts {
        card(view, post, out);
    }
    out.close();
    departures(view, out);
    out.close();
}

fn card(view: &View, post: &Post, out: &mut Markup) {
    let Some(name) = view.post_name(post.file) else {
        return;
    };
    out.open("li");
    out.open("a").set("class", "card").set("href", format!("#{name}"));
    let pictures = post.diagrams.iter().filter_map(|diagram| match &diagram.sight {
        Sight::Drawn(picture) | Sight::Outdated { last: picture, .. } => Some(picture),
        Sight::Undrawn { .. } => None,
    });
    if let Some(Picture { url, width, height, .. }) = pictures.clone().next() {
        out.open("span").set("class", "thumbnail");
        // The title beside it says what the card leads to.
        out.leaf("img")
            .link("src", url)
            .set("alt", "")
            .set("width", width.ceil())
            .set("height", height.ceil())
            .set("loading", "lazy");
        out.close();
    }
    out.open("span").set("class", "title");
    out.text(&view.title(post.file));
    out.close();
    out.open("span").set("class", "facts");
    let n_drawings = pictures.count();
    if n_drawings > 0 {
        out.element("span", &counted(n_drawings, "drawing", "drawings"));
    }
    badges(&view.counts_of(post.file), out);
    out.close();
    out.close();
    out.close();
}

fn failures(failures: &[Failure], out: &mut Markup) {
    if failures.is_empty() {
        return;
    }
    out.element("h2", "What could not be read");
    out.open("ul").set("class", "failures");
    for Failure { path, message, help } in failures {
        out.open("li");
        out.element("code", path);
        out.text(": ");
        phrase(message, out);
        if let Some(help) = help {
            out.text(". ");
            phrase(help, out);
        }
        out.text(".");
        out.close();
    }
    out.close();
}

/// The findings about files that the page does not show.
fn elsewhere(view: &View, out: &mut Markup) {
    let findings = view.page.report.diagnostics.iter().enumerate();
    let elsewhere: Vec<usize> = findings
        .filter(|(_, finding)| view.post_name(finding.place.file).is_none())
        .map(|(index, _)| index)
        .collect();
    if !elsewhere.is_empty() {
        out.element("h2", "Findings in other files");
        finding::cards(view, &elsewhere, out);
    }
}

/// What leaves the posts.
fn departures(view: &View, out: &mut Markup) {
    if view.page.posts.iter().all(|post| post.departures.is_empty()) {
        return;
    }
    out.element("h2", "What leaves the posts");
    out.open("ul").set("class", "departures");
    for post in view.page.posts {
        for departure in &post.departures {
            out.open("li");
            out.open("a").set("href", format!("#{}", view.block_name(post.file, departure.block)));
            out.element("code", &departure.file);
            out.close();
            out.text(&format!(
                ", {} of {}",
                counted(departure.n_lines, "line", "lines"),
                view.title(post.file)
            ));
            out.close();
        }
    }
    out.close();
}
