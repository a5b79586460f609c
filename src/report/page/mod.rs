//! One page that shows everything: posts with their drawings, findings in place, clusters, what would leave.
//!
//! `build` writes it as a file that stands alone, `serve` serves it and exchanges its content while the author writes. The
//! templates are functions over [`Markup`], so that every word of a post is escaped by type; nothing of a post is ever
//! live, and the file that stands alone needs no script.

mod article;
mod block;
mod cluster;
mod excerpt;
mod finding;
mod overview;
mod phrase;
mod prose;
mod view;

use crate::base::markup::Markup;
use crate::base::text::FileId;
use crate::document::{Document, Step};
use crate::gist::plan::Plan;

use super::CheckReport;
use super::model::LabModel;

use view::View;

/// The style sheet of the page.
pub const STYLE: &str = include_str!("style.css");

/// The script of the page that is served: exchanges the content when it changes.
pub const SCRIPT: &str = include_str!("script.js");

/// Everything that the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Findings, the files that they point into, and what could not be read.
    pub report: CheckReport<'a>,
    /// The files that are shown, in the order of their ids.
    pub posts: &'a [Post<'a>],
    /// What is said about clusters.
    pub labs: &'a [LabModel<'a>],
}

/// A file that is shown.
#[derive(Debug, Clone)]
pub struct Post<'a> {
    /// The file.
    pub file: FileId,
    /// What stands in it.
    pub document: &'a Document,
    /// What it says, in reading order.
    pub flow: &'a [Step],
    /// What became of its diagrams, in the order of their blocks.
    pub diagrams: Vec<Diagram>,
    /// What would leave it, in the order of the blocks.
    pub departures: Vec<Departure>,
}

/// What became of a diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagram {
    /// Its block, an index into [`Document::blocks`].
    pub block: usize,
    /// What is shown in its place.
    pub sight: Sight,
}

/// What is shown in the place of a diagram.
#[derive(Debug, Clone, PartialEq)]
pub enum Sight {
    /// Its drawing.
    Drawn(Picture),
    /// Its text, because it could not be drawn.
    Undrawn {
        /// Why, as a half sentence: "it holds a mistake".
        reason: String,
    },
    /// The drawing of an earlier version, and the text of this one, which could not be drawn.
    Outdated {
        /// Why.
        reason: String,
        /// The drawing.
        last: Picture,
    },
}

/// A drawing, by its URL.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Where it is, as seen from the page.
    pub url: String,
    /// px
    pub width: f64,
    /// px
    pub height: f64,
    /// What it is called, in a few words.
    pub title: String,
    /// What it shows, in sentences.
    pub description: String,
    /// The drawing for narrow screens, when there is one.
    pub narrow: Option<Narrow>,
}

/// A drawing for narrow screens, by its URL.
#[derive(Debug, Clone, PartialEq)]
pub struct Narrow {
    /// Where it is, as seen from the page.
    pub url: String,
    /// px
    pub width: f64,
    /// px
    pub height: f64,
}

/// A block that would leave the post for a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The block, an index into [`Document::blocks`].
    pub block: usize,
    /// The file that it would become.
    pub file: String,
    /// Number of its lines.
    pub n_lines: usize,
    /// What would stay, as it would stand in the post.
    pub stays: String,
}

/// What a plan takes out of a post, as the page shows it.
pub fn departures(plan: &Plan) -> Vec<Departure> {
    let splits = plan.splits.iter().map(|split| Departure {
        block: split.block,
        file: split.file.clone(),
        n_lines: split.n_lines,
        stays: split.edit.text.clone(),
    });
    splits.collect()
}

/// True when a page has something to show of a lab: of most posts nobody would ask what they say about a cluster.
pub fn says_something(lab: &LabModel) -> bool {
    let groups = super::outline::of(lab.intended);
    // Most posts that name a guest or a daemon in passing describe no cluster.
    !lab.intended.cluster.nodes.is_empty()
        || groups.iter().flat_map(|group| &group.things).any(|thing| !thing.facts.is_empty())
}

/// The page as a file that stands alone: its style within, no script, nothing loaded but the drawings.
pub fn standalone(page: &Page) -> String {
    // Of its own words the page is sure; the policy is for what nobody thought of.
    const POLICY: &str = "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; \
                          base-uri 'none'; form-action 'none'";
    let mut out = Markup::new();
    head(page, &mut out, |out| {
        out.leaf("meta").set("http-equiv", "Content-Security-Policy").set("content", POLICY);
        out.open("style");
        out.fixed(STYLE);
        out.close();
    });
    out.open("body");
    body(page, &mut out);
    out.finish()
}

/// The page as it is served: style and script have addresses of their own.
///
/// `version` is the version of what it shows; the script asks for what is newer.
pub fn served(page: &Page, version: u64) -> String {
    let mut out = Markup::new();
    head(page, &mut out, |out| {
        out.leaf("link").set("rel", "stylesheet").set("href", "/style.css");
        out.open("script").set("src", "/script.js").set("defer", "defer");
        out.close();
    });
    out.open("body").set("data-version", version);
    body(page, &mut out);
    out.finish()
}

/// What changes when a post changes: the content that the script puts into the page that is shown.
pub fn content(page: &Page, version: u64) -> String {
    let mut out = Markup::new();
    out.open("div").set("data-version", version);
    body(page, &mut out);
    out.finish()
}

fn head(page: &Page, out: &mut Markup, own: impl FnOnce(&mut Markup)) {
    out.fixed("<!DOCTYPE html>\n");
    out.open("html").set("lang", "en");
    out.open("head");
    out.leaf("meta").set("charset", "utf-8");
    out.leaf("meta").set("name", "viewport").set("content", "width=device-width, initial-scale=1");
    out.leaf("meta").set("name", "color-scheme").set("content", "light dark");
    out.leaf("meta").set("name", "referrer").set("content", "no-referrer");
    // Nothing, so that no browser asks for one.
    out.leaf("link").set("rel", "icon").set("href", "data:,");
    out.element("title", page.title);
    own(out);
    out.close();
}

fn body(page: &Page, out: &mut Markup) {
    let view = View::new(page);
    out.open("a").set("class", "skip").set("href", "#main");
    out.text("Skip to the content");
    out.close();
    out.open("header").set("class", "bar");
    out.open("a").set("class", "brand").set("href", "#overview");
    out.text("Merrow");
    out.close();
    out.element("span", page.title);
    out.open("p").set("id", "status").set("role", "status");
    out.close();
    out.close();
    out.open("div").set("class", "house");
    overview::navigation(&view, out);
    out.open("main")
        .set("id", "main")
        .set("tabindex", "-1")
        .set_if("class", view.only_post().map(|_| "single"));
    overview::section(&view, out);
    for lab in 0..page.labs.len() {
        cluster::article(&view, lab, out);
    }
    for post in page.posts {
        article::article(&view, post, out);
    }
    out.close();
    out.close();
}
