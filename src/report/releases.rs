//! The page about releases of Mermaid: who runs which, and what each brought.

use std::fmt::Write;

use crate::mermaid::feature::{Before, FEATURES, Feature, HEADERS};
use crate::mermaid::profile::{NAMED, NEWEST, Profile};

/// The page as Markdown; what `docs/mermaid.md` holds.
pub fn page() -> String {
    let mut page = format!(
        "# Where posts are read\n\n\
         Generated from the tables that `newer-syntax`, `newer-meaning`, `too-many-edges` and `text-too-long` use.\n\n\
         Merrow reads diagrams as Mermaid {NEWEST} does. Say in `merrow.toml` where yours will be read, and it tells what \
         the Mermaid there does not have yet:\n\n\
         ```toml\nmermaid = \"github\"\n```\n\n\
         | `mermaid` | release | known for | from | how sure |\n| --- | --- | --- | --- | --- |\n",
    );
    // Writing to a string cannot fail.
    for named in &NAMED {
        let (name, version, seen) = (named.name, named.version, named.seen);
        let _ =
            writeln!(page, "| `\"{name}\"` | {version} | {seen} | {} | {} |", named.source, named.certainty);
    }
    let profile = Profile::default();
    let _ = write!(
        page,
        "\nWithout the key it is `\"12\"`. A release from 10.2 on can be named as well: `mermaid = \"11.4\"`. Nobody announces \
         when a site moves to another one. To see what it runs, publish a diagram that holds the word `info` and nothing \
         else: Mermaid then draws its own version.\n\n\
         ## Limits\n\n\
         Mermaid draws flowcharts of up to {} edges (280 before 10.7) and texts of up to {} characters. Only a site can \
         raise that, with `maxEdges` and `maxTextSize`; when yours does, say it. `nodes` is Merrow's own limit, which keeps \
         a text that was made by a program from taking all memory:\n\n\
         ```toml\n[limits]\nedges = 2000\ntext = 90000\nnodes = 100000\n```\n\n",
        profile.max_edges, profile.max_text_units,
    );
    page.push_str(
        "## What each release brought\n\n\
         Found by giving a text that uses it to one release after the other, and listed as far as it could be found so. \
         Releases before 10.3 are not told apart.\n\n\
         | since | what | before |\n| --- | --- | --- |\n",
    );
    let mut features: Vec<&Feature> = FEATURES.to_vec();
    features.extend(HEADERS.iter().map(|(_, feature)| feature));
    features.sort_by_key(|feature| feature.since);
    for feature in features {
        let before = match feature.before {
            Before::Refused if feature.lost.is_some() => {
                "the diagram is refused, from the release in brackets on"
            }
            Before::Refused => "the diagram is refused",
            Before::Misread(what) => what,
        };
        let lost = feature.lost.map(|lost| format!(" ({lost})")).unwrap_or_default();
        let _ = writeln!(page, "| {}{lost} | {} | {before} |", feature.since, feature.name);
    }
    page
}
