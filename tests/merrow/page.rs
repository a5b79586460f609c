//! Laws of the page: it is well-formed, nothing of a post is live in it, and every link within it leads somewhere.

use std::collections::BTreeSet;

use merrow::base::markup::is_safe_url;
use merrow::host::live;
use merrow::host::settings_file::Project;
use merrow::host::workspace::Workspace;
use merrow::pipeline::file::Source;
use merrow::pipeline::preview::{Finished, Preview};
use merrow::pipeline::settings::Settings;
use merrow::report::page;
use usvg::roxmltree::{Document, ParsingOptions};

use crate::fixtures;

/// The page of some posts: path and text.
fn page_of(texts: &[(&str, &str)]) -> String {
    let project = Project {
        settings: Settings::default(),
        folder: std::path::absolute(".").expect("there is a folder"),
        out: None,
    };
    page_of_workspace(&Workspace::of_texts(project, texts.iter().copied()))
}

/// The page of a workspace, diagrams as text.
pub(crate) fn page_of_workspace(workspace: &Workspace) -> String {
    let sources: Vec<&Source> = workspace.files().map(|(source, _)| source).collect();
    let mut preview = Preview::default();
    preview.update(&sources, 1, |_| Finished::default());
    live::show(workspace, "Test", (&preview.posts(&sources), &workspace.findings()), &[], page::standalone)
}

/// What the page itself is made of, beside what Markdown is made of.
const ELEMENTS: &str = "html head meta link title style body a header span p div nav h1 h2 h3 h4 h5 h6 ul ol li main \
                        section article details summary figure figcaption img pre code mark strong em del sup br hr \
                        blockquote table thead tbody tr th td dl dt dd";

/// Checks the laws.
pub(crate) fn laws(page: &str, about: &str) {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{about}: {error}"));
    let elements: BTreeSet<&str> = ELEMENTS.split_whitespace().collect();
    let mut ids = BTreeSet::new();
    let mut targets = Vec::new();
    for node in document.descendants().filter(usvg::roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(elements.contains(name), "{about}: <{name}>");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(!key.starts_with("on") && key != "style", "{about}: {key}={value:?}");
            match key {
                "id" => assert!(ids.insert(value), "{about}: two of id={value:?}"),
                "href" | "src" => {
                    assert!(is_safe_url(value) || value == "data:,", "{about}: {key}={value:?}");
                    if let Some(target) = value.strip_prefix('#') {
                        targets.push(target);
                    }
                    // Nothing is loaded that a post names.
                    assert!(key == "href" || value.starts_with("/drawings/"), "{about}: {key}={value:?}");
                }
                _ => {}
            }
        }
        assert!(name != "style" || node.parent_element().is_some_and(|parent| parent.has_tag_name("head")));
        let is_link = |node: &usvg::roxmltree::Node| node.has_tag_name("a");
        assert!(
            !is_link(&node) || !node.ancestors().skip(1).any(|node| is_link(&node)),
            "{about}: a link in a link"
        );
    }
    for target in targets {
        assert!(ids.contains(target), "{about}: nothing is called {target:?}");
    }
    let styles = document.descendants().filter(|node| node.has_tag_name("style"));
    assert_eq!(styles.map(|node| node.text().unwrap_or_default()).collect::<Vec<_>>(), [page::STYLE]);
}

#[test]
fn every_fixture_makes_a_sound_page() {
    let pages = fixtures::pages();
    let texts: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    laws(&page_of(&texts), "all fixtures");
    for (path, text) in texts {
        laws(&page_of(&[(path, text)]), path);
    }
}

#[test]
fn nothing_of_a_post_is_live() {
    let table = [
        "<script>alert(1)</script>\n\n<SCRIPT SRC=//x.y/z.js></SCRIPT>",
        "a <img src=x onerror=alert(1)> b <svg/onload=alert(1)>",
        "[a](javascript:alert(1)) [b](<java\tscript:alert(1)>) [c](data:text/html,x) ![d](javascript:x)",
        "<javascript:alert(1)> <vbscript:x>",
        "[a]: javascript:alert(1)\n\n[a] [x][a]",
        "</style></title></textarea><script>alert(1)</script>\n\n# </h3><script>",
        "{{ x }} {% raw %} {{< mermaid >}}\nA[\"</script><script>alert(1)\"]\n{{< /mermaid >}}",
        "```\" onmouseover=\"alert(1)\n<script>alert(1)</script>\n```",
        "```mermaid\nflowchart LR\n  A[\"<img src=x onerror=alert(1)>\"] --> B\n  click A \"javascript:alert(1)\"\n```",
        "```mermaid\nflowchart LR\n  </code></pre><script>alert(1)</script>\n```",
        "# \"><script>alert(1)</script> {#\"onclick=x}",
        "|<script>|\n|-|\n|\"'><img src=x onerror=alert(1)>|",
        "[^<script>]: x\n\n[a[^<script>]](https://x.y) [^<script>]",
        "---\ntitle: </title><script>alert(1)</script>\n---\ntext",
        "<!-- --><script>x</script> -->",
        "<pre class=\"mermaid\"><script>alert(1)</script></pre>",
        "![a ![b](c) [d](https://x.y)](https://x.y/z.png)\n[![a [b](https://x.y)](c)](https://x.y)",
        "\u{0}\u{b}\u{fffe} & &amp; &lt;script&gt;",
    ];
    for text in table {
        let page = page_of(&[("a.md", text)]);
        laws(&page, text);
        for live in ["<script", "onerror=\"", "href=\"javascript", "<svg", "{{", "{%"] {
            assert!(!page.contains(live), "{live} of {text}");
        }
    }
    let all = table.join("\n\n");
    laws(&page_of(&[("\"><script>.md", &all), ("a'b/index.md", &all), ("c/index.md", "")]), "all together");
}

#[test]
fn deep_and_long_posts_end() {
    for part in ["> ", "- ", "*a ", "[", "<b>", "![", "| a ", "# a\n", "[^1]", "`", "<!-- ", "```\n", "~~"] {
        laws(&page_of(&[("a.md", &part.repeat(5_000))]), part);
    }
}

#[test]
fn posts_link_to_each_other_within_the_page() {
    let page = page_of(&[
        (
            "posts/a.md",
            "# A\n\n[b](b.md#part) [own](#a) [gone](c.md) [away](https://x.y/z?a=b) [nowhere](b.md#none)",
        ),
        ("posts/b.md", "# B\n\n## Part\n"),
    ]);
    laws(&page, "two posts");
    for link in [
        "<a href=\"#posts-b-md~h~part\">b</a>",
        "<a href=\"#posts-a-md~h~a\">own</a>",
        "<span class=\"link\" title=\"c.md\">gone</span>",
        "<a href=\"https://x.y/z?a=b\" rel=\"noopener noreferrer\">away</a>",
        "<a href=\"#posts-b-md\">nowhere</a>",
    ] {
        assert!(page.contains(link), "{link}");
    }
}

#[test]
fn a_finding_stands_below_what_it_is_about() {
    let post =
        "# Title\n\nwords\n\n```mermaid\nsequenceDiagram\n    participant A\n    A->>B: hello\n```\n\nend\n";
    let page = page_of(&[("a.md", post)]);
    laws(&page, "a finding");
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("no {part}"));
    let card = at("id=\"a-md~undeclared-participant~1\"");
    assert!(at("id=\"a-md~block~0\"") < card && card < at("<p>end</p>"));
    assert!(at("href=\"#a-md~undeclared-participant~1\"") < at("<p>words</p>"), "the list leads to it");
    assert!(page.contains("<mark>B</mark>"), "its place is marked");
}

#[test]
fn a_secret_is_not_shown() {
    let options = "option = value\n".repeat(60);
    let post = format!("> ```ini\n> {}password = k3Y9fQz81LmXw\n> ```\n", options.replace('\n', "\n> "));
    for post in [&post, &post.replace("> ", "")] {
        let page = page_of(&[("a.md", post)]);
        laws(&page, "a secret");
        assert!(page.contains("a-md~secret-in-gist~1") && page.contains("•••"), "it is told");
        assert!(!page.contains("k3Y9fQz81LmXw"), "and not shown");
    }
}
