//! A post: what it is, what was found, and the post itself.

use crate::base::markup::Markup;

use super::view::{View, lab_name};
use super::{Post, finding, overview, prose};
use crate::report::counted;

/// Writes a post.
pub(super) fn article(view: &View, post: &Post, out: &mut Markup) {
    let Some(name) = view.post_name(post.file) else {
        return;
    };
    let heading = view.name_in(post.file, "title");
    out.open("article").set("id", name).set("class", "post").set("aria-labelledby", &heading);
    out.open("header");
    out.open("h2").set("id", &heading);
    let anchor = prose::title_anchor(view, post).map(|anchor| view.heading_name(post.file, anchor));
    out.open("span").set_if("id", anchor);
    out.text(&view.title(post.file));
    out.close();
    out.close();
    out.open("p").set("class", "facts");
    out.element("code", view.source(post.file).path);
    if !post.diagrams.is_empty() {
        out.element("span", &counted(post.diagrams.len(), "drawing", "drawings"));
    }
    overview::badges(&view.counts_of(post.file), out);
    if !post.departures.is_empty() {
        out.element("span", &counted(post.departures.len(), "block for a gist", "blocks for gists"));
    }
    for (lab, _) in view.page.labs.iter().enumerate().filter(|(_, lab)| lab.files.contains(&post.file)) {
        out.open("a").set("href", format!("#{}", lab_name(lab)));
        out.text("What it says about a cluster");
        out.close();
    }
    out.close();
    finding::list(view, post.file, out);
    out.close();
    let told = prose::told(view, post);
    if let Some(findings) = told.get(&None) {
        finding::cards(view, findings, out);
    }
    out.open("div").set("class", "prose");
    prose::prose(view, post, &told, out);
    out.close();
    out.close();
}
