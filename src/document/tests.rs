//! Whole documents: what is a block, where it stands, and laws over arbitrary text.

use proptest::prelude::*;

use super::*;

/// Kind, text and section of each block of a Markdown text.
fn blocks(text: &str) -> Vec<(BlockKind, String)> {
    let document = read(text, SourceKind::Markdown);
    laws(text, &document);
    document.blocks.into_iter().map(|block| (block.kind, block.excerpt.text)).collect()
}

fn diagrams(text: &str) -> Vec<String> {
    let kept = blocks(text).into_iter().filter(|(kind, _)| *kind == BlockKind::Mermaid);
    kept.map(|(_, text)| text).collect()
}

/// What holds for every document.
fn laws(text: &str, document: &Document) {
    let file = Span::from(0..text.len());
    let mut done = 0;
    for block in &document.blocks {
        assert!(file.contains(block.span), "{block:?} in {text:?}");
        assert!(block.span.contains(block.opening), "{block:?} in {text:?}");
        assert!(block.span.start >= done, "{block:?} overlaps the one before in {text:?}");
        done = block.span.end;
        let excerpt = &block.excerpt;
        assert!(block.span.contains(excerpt.full_span()), "{block:?} in {text:?}");
        if excerpt.map.is_contiguous(0..excerpt.text.len()) {
            assert_eq!(excerpt.full_span().slice(text), excerpt.text);
        }
        for (at, c) in excerpt.text.char_indices() {
            if excerpt.map.is_contiguous(at..at + c.len_utf8()) {
                assert_eq!(
                    excerpt.span(at..at + c.len_utf8()).slice(text),
                    &excerpt.text[at..at + c.len_utf8()]
                );
            }
        }
        for attribute in &block.attributes {
            assert!(block.opening.contains(attribute.span), "{attribute:?} in {text:?}");
        }
    }
    for comment in &document.comments {
        assert!(comment.span.slice(text).starts_with("<!--"), "{comment:?} in {text:?}");
        assert!(comment.span.contains(comment.excerpt.full_span()));
    }
    for link in &document.links {
        assert!(!link.span.slice(text).is_empty(), "{link:?} in {text:?}");
    }
    if let Some(front_matter) = &document.front_matter {
        assert!(file.contains(front_matter.span));
        let problem = front_matter.problem.as_ref().map_or(front_matter.span, |problem| problem.span);
        assert!(front_matter.span.contains(problem), "{problem:?} in {text:?}");
    }
}

/// What holds for the flow of every document.
fn flow_laws(text: &str, kind: SourceKind) {
    let document = read(text, kind);
    let steps = flow(text, kind, &document);
    let mut open = Vec::new();
    let mut blocks = Vec::new();
    let mut anchors = std::collections::BTreeSet::new();
    for Step { kind, span } in &steps {
        assert!(Span::from(0..text.len()).contains(*span), "{kind:?} {span:?} in {text:?}");
        match kind {
            StepKind::Open(element) => {
                open.push(element);
                assert!(open.len() <= MAX_DEPTH, "{text:?}");
                if let Element::Heading { anchor, .. } = element {
                    assert!(anchors.insert(anchor), "{anchor:?} twice in {text:?}");
                }
            }
            StepKind::Close => assert!(open.pop().is_some(), "{text:?}"),
            StepKind::Block(index) => {
                blocks.push(*index);
                let holds = |element: &&&Element| {
                    matches!(element, Element::Quote | Element::Item | Element::Footnote(_))
                };
                assert!(open.last().is_none_or(|last| holds(&last)), "{open:?} in {text:?}");
            }
            StepKind::Html(html) => assert!(!html.starts_with("<!--"), "{text:?}"),
            _ => {}
        }
    }
    assert_eq!(open, Vec::<&Element>::new(), "{text:?}");
    assert_eq!(blocks, (0..document.blocks.len()).collect::<Vec<_>>(), "{text:?}");
}

#[test]
fn a_diagram_is_found_however_it_is_fenced() {
    let table = [
        ("```mermaid\nA\n```\n", "A\n"),
        ("~~~~ mermaid {theme=x}\nA\n~~~\n~~~~", "A\n~~~\n"),
        ("```{.mermaid #x}\nA\n```", "A\n"),
        ("```{mermaid}\nA\n```", "A\n"),
        ("``` Mermaid\nA", "A"),
        ("```mermaid", ""),
        ("```mermaid\n```", ""),
        ("```mermaid\r\nA\r\n\r\n  B\r\n```\r\n", "A\n\n  B\n"),
        ("\u{feff}```mermaid\nA\n```\ntext", "A\n"),
        ("> ```mermaid\n> A\n>   B\n> ```\n", "A\n  B\n"),
        ("1. x\n\n   ```mermaid\n   A\n\n     B\n   ```\n", "A\n\n  B\n"),
        ("- ```mermaid\n\tA\n\t\tB\n\t```\n", "  A\n  \tB\n"),
        (">\t```mermaid\r\n>\tA\r\n> ```\r\n", "A\n"),
        ("[^1]: note\n\n    ```mermaid\n    A\n    ```\n\nx[^1]", "A\n"),
        ("text\n{{< mermaid >}}\nA --> B\n\n    C\n{{< /mermaid >}}\ntext", "A --> B\n\n    C\n"),
        ("{% mermaid %}\nA\n{% endmermaid %}", "A\n"),
        (":::mermaid\nA\n:::\n", "A\n"),
        ("<pre class=\"mermaid\">\nA --&gt; B\n\nC\n</pre>\n", "A --> B\n\nC"),
        ("> <pre class=\"mermaid\">\n> A\n> B</pre>\n", "A\nB"),
    ];
    for (text, diagram) in table {
        assert_eq!(diagrams(text), [diagram], "{text}");
    }
}

#[test]
fn a_fence_that_is_shown_is_no_diagram() {
    for text in [
        "````markdown\n```mermaid\nA\n```\n````\n",
        "~~~\n```mermaid\nA\n```\n~~~\n",
        "<!--\n```mermaid\nA\n```\n-->\n",
        "    ```mermaid\n    A\n    ```\n",
        "`{{< mermaid >}}` and\n\n```text\n{{< mermaid >}}\nA\n{{< /mermaid >}}\n```\n",
        "```\n:::mermaid\nA\n:::\n```\n",
        "<!-- {% mermaid %}\nA\n{% endmermaid %} -->\n",
        "text ```mermaid A```\n",
    ] {
        assert!(diagrams(text).is_empty(), "{text}");
    }
}

#[test]
fn what_stands_in_a_container_is_no_markdown() {
    let text = "{{< mermaid >}}\n# A\n```text\n{{< /mermaid >}}\n# B\n```mermaid\nC\n```\n";
    assert_eq!(diagrams(text), ["# A\n```text\n", "C\n"]);
    let sections: Vec<_> =
        read(text, SourceKind::Markdown).blocks.into_iter().map(|block| block.section).collect();
    assert_eq!(sections, [None, Some("B".to_owned())]);
}

#[test]
fn an_end_is_marked_as_open_or_closed() {
    let table = [
        ("```mermaid\nA\n```", true),
        ("```mermaid\nA\n", false),
        ("```mermaid", false),
        ("```mermaid\n```", true),
        ("````mermaid\nA\n```\n", false),
        ("> ```mermaid\n> A\n\ntext", false),
        ("> ```mermaid\n> A\n> ```\ntext", true),
        ("> ```mermaid\n> ```\ntext", true),
        ("```mermaid\r\nA\r\n```\r\n", true),
        ("    indented", true),
        ("<pre class=\"mermaid\">A", false),
        (":::mermaid\nA", false),
    ];
    for (text, is_closed) in table {
        let document = read(text, SourceKind::Markdown);
        assert_eq!(document.blocks[0].is_closed, is_closed, "{text}");
    }
}

#[test]
fn a_block_knows_its_section_and_its_opening() {
    let text = "# One `x` {#id}\n\ntext\n\n  ```bash title=\"a b\"\n  ls\n  ```\n\nTwo\n---\n\n```\nx\n```\n";
    let document = read(text, SourceKind::Markdown);
    let [one, two] = &document.blocks[..] else { panic!("{document:?}") };
    assert_eq!(one.section.as_deref(), Some("One x"));
    assert_eq!(one.opening.slice(text), "```bash title=\"a b\"");
    assert_eq!(one.attributes[0].span.slice(text), "title=\"a b\"");
    assert_eq!(one.span.slice(text), "```bash title=\"a b\"\n  ls\n  ```");
    assert_eq!((two.section.as_deref(), two.language.as_str()), (Some("Two"), ""));
}

#[test]
fn links_are_found_in_prose_code_and_comments() {
    let text = "---\nurl: https://a.b\n---\n[x](gists/c.conf \"t\") [y][r] [z](#top) ![i](p%20q.png)\n<!-- https://c.d -->\n\
                ```\n# https://gist.github.com/...\n```\n\n[r]: other.md#part\n";
    let document = read(text, SourceKind::Markdown);
    let links: Vec<_> =
        document.links.iter().map(|link| (link.target.as_str(), link.span.slice(text))).collect();
    assert_eq!(
        links,
        [
            ("https://a.b", "https://a.b"),
            ("gists/c.conf", "gists/c.conf"),
            ("other.md#part", "[y][r]"),
            ("p%20q.png", "p%20q.png"),
            ("https://c.d", "https://c.d"),
            ("https://gist.github.com/...", "https://gist.github.com/..."),
        ]
    );
    assert_eq!(document.comments[0].excerpt.text, " https://c.d ");
}

#[test]
fn a_file_that_is_one_block_is_one_block() {
    let text = "\u{feff}graph TD\r\n  A --> B\r\n";
    let document = read(text, SourceKind::Mermaid);
    assert_eq!(document.blocks[0].excerpt.text, "graph TD\n  A --> B\n");
    laws(text, &document);
    let document = read(text, SourceKind::Config { language: "sh" });
    assert_eq!((document.blocks[0].kind, document.blocks[0].language.as_str()), (BlockKind::Code, "sh"));
}

#[test]
fn hostile_texts_end() {
    for part in [
        "{{< mermaid ",
        "{% mermaid %}",
        "> ",
        "<pre class=",
        "<!-- ",
        "![",
        "](",
        "mermaid ",
        ":::mermaid\n",
        "https://",
        "&",
        "```mermaid\n",
        "[a](b)",
        "<pre class=mermaid>&",
        "- ",
    ] {
        let text = part.repeat(20_000);
        let document = read(&text, SourceKind::Markdown);
        assert!(document.blocks.len() <= 20_000);
        flow_laws(&text, SourceKind::Markdown);
    }
}

/// Pieces that decide how Markdown is read.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "```mermaid",
        "```",
        "~~~",
        "````",
        " {theme=x}",
        "{.mermaid}",
        "\n",
        "\r\n",
        "\n\n",
        "\t",
        "    ",
        "> ",
        ">\t",
        "- ",
        "1. ",
        "A --> B",
        "é✓",
        "<!--",
        "-->",
        "<pre class=\"mermaid\">",
        "</pre>",
        "&gt;",
        "&#x2713;",
        "{{< mermaid >}}",
        "{{< /mermaid >}}",
        "{% mermaid %}",
        "{% endmermaid %}",
        ":::mermaid",
        ":::",
        "# H",
        "---",
        "\u{feff}",
        "title: x",
        "https://a.b",
        "[x](y.md)",
        "[^1]: ",
        "`",
        "|a|b|\n|-|-|\n",
        "\r",
        "\0",
        "+++",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn reading_is_total_and_spans_hold(text in markdown()) {
        laws(&text, &read(&text, SourceKind::Markdown));
        laws(&text, &read(&text, SourceKind::Mermaid));
        flow_laws(&text, SourceKind::Markdown);
        flow_laws(&text, SourceKind::Mermaid);
    }

    #[test]
    fn reading_is_total_on_anything(text in any::<String>()) {
        laws(&text, &read(&text, SourceKind::Markdown));
        flow_laws(&text, SourceKind::Markdown);
    }
}
