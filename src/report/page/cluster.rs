//! A cluster as posts state it: its nodes, its votes, and everything else that is said, with the places.

use crate::base::markup::Markup;
use crate::base::text::{FileId, Place};
use crate::report::outline::{self, FactLine, Group, Thing};

use super::view::{View, lab_name};
use crate::report::counted;

/// A fact that many places state names this many of them.
const PLACES_SHOWN: usize = 3;

/// A card names so many nodes.
const NODES_SHOWN: usize = 8;

/// Values up to so many characters are short.
const SHORT: usize = 40;

/// Writes what a lab says.
pub(super) fn article(view: &View, lab: usize, out: &mut Markup) {
    let Some(model) = view.page.labs.get(lab) else {
        return;
    };
    let name = lab_name(lab);
    out.open("article")
        .set("id", &name)
        .set("class", "cluster")
        .set("aria-labelledby", format!("{name}~title"));
    out.open("header");
    out.open("h2").set("id", format!("{name}~title"));
    out.text(&view.lab_title(lab));
    out.close();
    out.open("p").set("class", "facts");
    out.element("span", "as stated by");
    for file in model.files {
        match view.post_name(*file) {
            Some(post) => {
                out.open("a").set("href", format!("#{post}"));
                out.text(view.source(*file).path);
                out.close();
            }
            None => out.element("code", view.source(*file).path),
        }
    }
    out.close();
    out.close();
    // Among the lines of one file its name needs no saying.
    let here = match model.files {
        [only] => Some(*only),
        _ => None,
    };
    for group in outline::of(model.intended) {
        write_group(view, &name, &group, here, out);
    }
    out.close();
}

/// Writes the card of a lab: how much it says, and whether it agrees with itself.
pub(super) fn card(view: &View, lab: usize, out: &mut Markup) {
    let Some(model) = view.page.labs.get(lab) else {
        return;
    };
    let groups = outline::of(model.intended);
    let facts = || groups.iter().flat_map(|group| &group.things).flat_map(|thing| &thing.facts);
    let n_nodes = model.intended.cluster.nodes.len();
    let n_disputes = facts().filter(|fact| fact.is_disputed).count();
    out.open("li");
    out.open("a").set("class", "card").set("href", format!("#{}", lab_name(lab)));
    out.open("span").set("class", "title");
    out.text(&view.lab_title(lab));
    out.close();
    nodes(&groups, out);
    out.open("span").set("class", "facts");
    if n_nodes > 0 {
        out.element("span", &counted(n_nodes, "node", "nodes"));
    }
    if facts().count() > 0 {
        out.element("span", &counted(facts().count(), "fact", "facts"));
    }
    if n_disputes > 0 {
        out.open("span").set("class", "badge error");
        out.text(&counted(n_disputes, "dispute", "disputes"));
        out.close();
    }
    out.close();
    out.close();
    out.close();
}

/// The nodes with their addresses, for those who look rather than read.
fn nodes(groups: &[Group], out: &mut Markup) {
    let Some(group) = groups.iter().find(|group| group.title == "nodes") else {
        return;
    };
    out.open("span").set("class", "nodes");
    for thing in group.things.iter().take(NODES_SHOWN) {
        let is_disputed = thing.facts.iter().any(|fact| fact.is_disputed);
        out.open("span").set("class", if is_disputed { "node disputed" } else { "node" });
        out.text(&thing.name);
        let address = thing.facts.iter().find(|fact| fact.name.contains("address"));
        for (value, _) in address.iter().flat_map(|fact| &fact.values).take(1) {
            out.element("code", value);
        }
        out.close();
    }
    out.close();
}

fn write_group(view: &View, lab: &str, group: &Group, here: Option<FileId>, out: &mut Markup) {
    // Whole sentences are for those who look for them; what is drawn above shows them better.
    let n_lines: usize =
        group.things.iter().flat_map(|thing| &thing.facts).map(|fact| fact.values.len()).sum();
    let is_long = n_lines > 24 && group.title != "nodes";
    out.open("section");
    out.element("h3", group.title);
    if is_long {
        let key = format!("{lab}~{}", group.title);
        out.open("details").set("data-key", key);
        out.element(
            "summary",
            &format!(
                "{} in {}",
                counted(n_lines, "line", "lines"),
                counted(group.things.len(), "part", "parts")
            ),
        );
    }
    let values = group.things.iter().flat_map(|thing| &thing.facts).flat_map(|fact| &fact.values);
    // Sentences need the width of the page; what is short stands side by side.
    let has_sentences = values.into_iter().any(|(value, _)| value.chars().count() > SHORT);
    out.open("ul").set("class", if has_sentences { "things long" } else { "things" });
    for thing in &group.things {
        write_thing(view, thing, here, out);
    }
    out.close();
    if is_long {
        out.close();
    }
    out.close();
}

fn write_thing(view: &View, thing: &Thing, here: Option<FileId>, out: &mut Markup) {
    let is_disputed = thing.facts.iter().any(|fact| fact.is_disputed);
    out.open("li").set("class", if is_disputed { "thing disputed" } else { "thing" });
    out.element("strong", &thing.name);
    places(view, &thing.mentions, here, out);
    if !thing.facts.is_empty() {
        out.open("dl");
        for fact in &thing.facts {
            write_fact(view, fact, here, out);
        }
        out.close();
    }
    out.close();
}

fn write_fact(view: &View, fact: &FactLine, here: Option<FileId>, out: &mut Markup) {
    let mut merged: Vec<(&str, Vec<Place>)> = Vec::new();
    for (value, place) in &fact.values {
        match merged.iter_mut().find(|(known, _)| known == value) {
            Some((_, places)) => places.push(*place),
            None => merged.push((value, vec![*place])),
        }
    }
    out.element("dt", fact.name);
    for (value, stated) in merged {
        out.open("dd");
        out.element("span", value);
        if fact.is_disputed {
            out.text(" ");
            out.open("span").set("class", "badge error");
            out.text("disputed");
            out.close();
        }
        places(view, &stated, here, out);
        out.close();
    }
}

fn places(view: &View, places: &[Place], here: Option<FileId>, out: &mut Markup) {
    if places.is_empty() {
        return;
    }
    out.text(" ");
    out.open("span").set("class", "places");
    for place in places.iter().take(PLACES_SHOWN) {
        view.place_link(*place, here, out);
        out.text(" ");
    }
    if let Some(more) = places.len().checked_sub(PLACES_SHOWN).filter(|more| *more > 0) {
        out.text(&format!("and {more} more"));
    }
    out.close();
}
