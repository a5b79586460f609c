//! Blocks of a post: diagrams as their drawings, code as code, and what would leave the post.

use crate::base::markup::Markup;
use crate::base::text::Place;
use crate::document::{Block, BlockKind};
use crate::draw::style::NARROW_PAGE;

use super::view::View;
use super::{Departure, Picture, Post, Sight, excerpt};
use crate::report::counted;

/// What is shown in the place of the block with this index, when it is a diagram.
pub(super) fn sight<'a>(post: &'a Post, index: usize) -> Option<&'a Sight> {
    let nth = post.diagrams.binary_search_by_key(&index, |diagram| diagram.block).ok()?;
    post.diagrams.get(nth).map(|diagram| &diagram.sight)
}

/// Writes the block with this index.
pub(super) fn block(view: &View, post: &Post, index: usize, out: &mut Markup) {
    let Some(block) = post.document.blocks.get(index) else {
        return;
    };
    let name = view.block_name(post.file, index);
    let sight = sight(post, index);
    let class = match sight {
        Some(Sight::Drawn(_)) => "diagram",
        Some(Sight::Undrawn { .. }) => "diagram undrawn",
        Some(Sight::Outdated { .. }) => "diagram outdated",
        None => "code",
    };
    out.open("figure").set("class", class).set("id", name);
    match sight {
        Some(sight) => drawing(view, post, block, sight, out),
        None => code(view, post, block, index, out),
    }
    out.close();
}

fn drawing(view: &View, post: &Post, block: &Block, sight: &Sight, out: &mut Markup) {
    match sight {
        Sight::Drawn(picture) => {
            frame(picture, out);
            out.open("figcaption");
            out.element("span", &picture.title);
            caption_line(view, post, block, out);
            details(view, post, block, Some(picture), out);
            out.close();
        }
        Sight::Undrawn { reason } => {
            out.open("p").set("class", "reason");
            out.element("strong", "Not drawn: ");
            super::phrase::phrase(reason, out);
            out.text(".");
            out.close();
            source(view, post, block, out);
            out.open("figcaption");
            caption_line(view, post, block, out);
            out.close();
        }
        Sight::Outdated { reason, last } => {
            out.open("p").set("class", "reason");
            out.element("strong", "The last good drawing. ");
            out.text("The text as it is now is not drawn: ");
            super::phrase::phrase(reason, out);
            out.text(".");
            out.close();
            frame(last, out);
            out.open("figcaption");
            caption_line(view, post, block, out);
            details(view, post, block, None, out);
            out.close();
        }
    }
}

/// The drawing in a frame of its own, which scrolls where the drawing would become too small to read.
fn frame(picture: &Picture, out: &mut Markup) {
    // Drawings are made for 16 px; at two thirds of that they can still be read.
    let class = match picture.width {
        width if width <= 480.0 => "small",
        width if width <= 900.0 => "middle",
        width if width <= 1500.0 => "wide",
        _ => "vast",
    };
    out.open("div").set("class", "frame");
    out.open("a").link("href", &picture.url).set("title", "Open the drawing alone");
    out.open("picture");
    if let Some(narrow) = &picture.narrow {
        out.leaf("source")
            .set("media", NARROW_PAGE)
            .link("srcset", &narrow.url)
            .set("width", narrow.width.ceil())
            .set("height", narrow.height.ceil());
    }
    out.leaf("img")
        .link("src", &picture.url)
        .set("class", format_args!("{class}{}", if picture.narrow.is_some() { " paired" } else { "" }))
        .set("alt", &picture.title)
        .set("width", picture.width.ceil())
        .set("height", picture.height.ceil())
        .set("loading", "lazy");
    out.close();
    out.close();
    out.close();
}

/// The drawing that narrow screens show, folded away.
fn narrow(picture: &Picture, out: &mut Markup) {
    let Some(narrow) = &picture.narrow else { return };
    out.open("details").set("class", "narrow");
    out.element("summary", "On a phone");
    out.open("div").set("class", "frame");
    out.open("a").link("href", &narrow.url).set("title", "Open the drawing alone");
    out.leaf("img")
        .link("src", &narrow.url)
        .set("class", "small")
        .set("alt", &picture.title)
        .set("width", narrow.width.ceil())
        .set("height", narrow.height.ceil())
        .set("loading", "lazy");
    out.close();
    out.close();
    out.close();
}

fn caption_line(view: &View, post: &Post, block: &Block, out: &mut Markup) {
    out.open("span").set("class", "line-number");
    out.text(&format!("line {}", view.line(Place::new(post.file, block.span))));
    out.close();
}

/// What a drawing says in words, and the text that it is drawn from.
fn details(view: &View, post: &Post, block: &Block, picture: Option<&Picture>, out: &mut Markup) {
    if let Some(picture) = picture {
        narrow(picture, out);
    }
    if let Some(picture) = picture.filter(|picture| !picture.description.is_empty()) {
        out.open("details");
        out.element("summary", "In words");
        out.element("p", &picture.description);
        out.close();
    }
    out.open("details");
    out.element("summary", "Source");
    source(view, post, block, out);
    out.close();
}

fn source(view: &View, post: &Post, block: &Block, out: &mut Markup) {
    // A long block scrolls, and what scrolls can be reached by the keyboard.
    out.open("pre").set("tabindex", "0");
    out.open("code");
    excerpt::code(view, post.file, &block.excerpt, out);
    out.close();
    out.close();
}

fn code(view: &View, post: &Post, block: &Block, index: usize, out: &mut Markup) {
    source(view, post, block, out);
    let departure = post.departures.binary_search_by_key(&index, |departure| departure.block);
    let departure = departure.ok().and_then(|nth| post.departures.get(nth));
    out.open("figcaption");
    let name = block.file_name().or(Some(block.language.as_str()).filter(|language| !language.is_empty()));
    if let Some(name) = name.or((block.kind == BlockKind::Mermaid).then_some("mermaid")) {
        out.element("span", name);
    }
    caption_line(view, post, block, out);
    if let Some(departure) = departure {
        leaves(departure, out);
    }
    out.close();
}

fn leaves(Departure { file, n_lines, stays, .. }: &Departure, out: &mut Markup) {
    out.open("details").set("class", "departure");
    out.open("summary");
    out.text(&format!("{} for ", counted(*n_lines, "line", "lines")));
    out.element("code", file);
    out.close();
    out.element("p", "What stays in the post:");
    out.open("pre").set("tabindex", "0");
    out.element("code", stays);
    out.close();
    out.close();
}
